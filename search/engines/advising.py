"""An index that is of no use as it is: the engine gives the reason, and here the command is added that builds it anew.

Owns the end of that sentence, which needs the folder as the user names it. Must not know an engine: it raises
`Unusable`, and knows no folder but its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from search.engines.forwarding import ForwardingSearcher
from search.engines.manifest import rebuild_advice
from search.engines.protocols import Searcher
from search.errors import SearchError

_Answer = TypeVar("_Answer")


class Unusable(SearchError):
    """Raised by an engine over an index that has to be built anew: the kind of error, and why."""

    def __init__(self, kind: type[SearchError], reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@contextmanager
def advising(folder: Path, *others: Path) -> Iterator[None]:
    """Turns `Unusable` into the error that it is of, whose message names the command that builds the index anew.

    Of several folders that are read together the reason names the one that is meant.
    """
    try:
        yield
    except Unusable as error:
        advice = rebuild_advice(Path("INDEX") if others else folder)
        raise error.kind(f"{error}; {advice}") from error


class AdvisedSearcher(ForwardingSearcher):
    """An engine's searcher of the index in a folder, or in several; its errors say how the index is built anew."""

    def __init__(self, folder: Path, open_data: Callable[[], Searcher], *others: Path) -> None:
        self._folders = (folder, *others)
        with advising(*self._folders):
            self._searcher = open_data()

    def ask(self, question: Callable[[Searcher], _Answer]) -> _Answer:
        """Put a question to it; see ForwardingSearcher."""
        with advising(*self._folders):
            return question(self._searcher)

    def close(self) -> None:
        """Free the index."""
        self._searcher.close()
