"""How a question was answered, for whoever wants to know: by the engine's library alone, or by work of ours beside it.

Owns the names of those ways. Must not know an engine: whoever does the work says so with `note`, and nothing changes by
it. docs/engines.md has a table made of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Way(StrEnum):
    """What is done beside the library's own search; without any of these the library answers alone."""

    WORDS = "words"  # the index's words are looked through for those that are meant, and these are asked for
    CABLES = (
        "cables"  # the cables in which each part is true are found first, then their paragraphs
    )
    WEIGHTS = "weights"  # a cable's or paragraph's words are weighed, and the heaviest asked for
    PARAGRAPHS = "paragraphs"  # paragraphs that may match are read and looked at
    POSITIONS = "positions"  # the places of words are compared here, not in the library


_noted: ContextVar[set[Way] | None] = ContextVar("noted", default=None)


@contextmanager
def noted() -> Iterator[set[Way]]:
    """The ways that are gone inside, as they are gone."""
    ways: set[Way] = set()
    token = _noted.set(ways)
    try:
        yield ways
    finally:
        _noted.reset(token)


def note(way: Way) -> None:
    """This way is gone now."""
    ways = _noted.get()
    if ways is not None:
        ways.add(way)
