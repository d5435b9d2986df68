"""What reads names: the rules, unless a model or another reader is chosen.

Owns the choice. `CABLEGRAM_NAMES_MODEL` names a spaCy pipeline that reads beside the rules
(`search.people.statistical`), `CABLEGRAM_NAMES=module:function` any other reader: it takes what
`search.people.reading.read_names` takes and gives what it gives, so it can stand in the place of the rules, or add to
them. It is asked for each cable that is indexed, in each process that prepares cables. Must not know what is made of
the names.
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
MODEL = "CABLEGRAM_NAMES_MODEL"
_STATISTICAL = "search.people.statistical"


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
    if not named and os.environ.get(MODEL):
        named = f"{_STATISTICAL}:beside"
    return _loaded(named) if named else read_names


def reader_told() -> str:
    """The chosen reader as pages tell of it, "" for the rules. Raises NoRecognizer: a model is loaded for its name."""
    named = os.environ.get(VARIABLE)
    if os.environ.get(MODEL) and (not named or named.startswith(_STATISTICAL)):
        from search.people.statistical import model

        return f"a statistical model ({model().name})"
    return f"another reader of names ({named})" if named else ""


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
