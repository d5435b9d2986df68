"""What reads names: the rules, unless another reader is chosen by `CABLEGRAM_NAMES=module:function`.

Owns the choice. A reader takes what `search.people.reading.read_names` takes and gives what it gives, so that a
statistical model (spaCy, GLiNER) can stand in its place, or add to it. It is asked for each cable that is indexed, in
each process that prepares cables. Must not know what is made of the names.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from search.errors import SearchError
from search.people.reading import Names, read_names

VARIABLE = "CABLEGRAM_NAMES"


class NoRecognizer(SearchError):
    """The reader of names that was chosen can't be loaded."""


class Recognizer(Protocol):
    """Reads the names of one cable's texts; see `read_names`, which is the default."""

    def __call__(
        self,
        texts: Sequence[str],
        tagged: Mapping[str, str] | None = None,
        heard: Iterable[str] = (),
        year: int | None = None,
    ) -> list[Names]:
        """Whom and what each text names."""
        ...


def recognizer() -> Recognizer:
    """The reader that was chosen. Raises NoRecognizer."""
    named = os.environ.get(VARIABLE)
    return _loaded(named) if named else read_names


@cache
def _loaded(named: str) -> Recognizer:
    module, _, function = named.partition(":")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise NoRecognizer(
            f"{VARIABLE} is {named!r}; write module:function of a module that is installed: {error}."
        ) from error
    return cast(Recognizer, found)
