"""How long a question may take.

Owns the clock of the question that is being answered in this thread. Must not know an engine: engines and whoever
looks through an index for them call `check` where the work is.

A question that is given up has no answer: half of its matches would be a wrong count, and nobody could tell.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from search.errors import TooSlow

# When the question has to be answered, by `time.perf_counter`, and how many seconds it was given.
_limit: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """What is done inside may take so long; None is as long as it takes."""
    token = _limit.set(None if seconds is None else (time.perf_counter() + seconds, seconds))
    try:
        yield
    finally:
        _limit.reset(token)


def remaining() -> float | None:
    """The seconds that are left, at least 0; None is as long as it takes."""
    limit = _limit.get()
    return None if limit is None else max(0.0, limit[0] - time.perf_counter())


def check() -> None:
    """Raises TooSlow if the time is over."""
    limit = _limit.get()
    if limit is not None and time.perf_counter() > limit[0]:
        raise TooSlow(
            f"This question was given up after {limit[1]:g} seconds; more letters before a *, fewer words, or a "
            "filter make it quicker."
        )
