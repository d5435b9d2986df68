"""Reading an index folder: one searcher that stays valid while the index under it is rebuilt.

Owns the moment at which a reader changes from one data folder to the next. Must not know an engine: commits inside a
data folder are the engine's own to notice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from search.answers.ordering import Order
from search.answers.results import SearchResult
from search.deadline import limited
from search.engines.forwarding import ForwardingSearcher
from search.engines.manifest import MANIFEST_FILE, IndexManifest, read_manifest
from search.engines.protocols import Searcher
from search.errors import IndexClosed, SearchError
from search.language.tree import Query

# What tells one manifest file from the one that replaced it: a new file has another inode or another time.
_Stamp = tuple[int, int]
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class _Opened:
    """A searcher of one data folder and how many calls are using it."""

    searcher: Searcher
    stamp: _Stamp | None
    users: int = 0


class FolderSearcher(ForwardingSearcher):
    """The searcher of an index folder; a rebuilt index is opened by the first call after its commit."""

    def __init__(self, folder: Path, open_data: Callable[[IndexManifest], Searcher]) -> None:
        self._folder = folder
        self._open_data = open_data
        self._lock = threading.Lock()
        self._closed = False
        self._current = self._open()

    def ask(self, question: Callable[[Searcher], _Answer]) -> _Answer:
        """Put a question; again if a rebuild has taken the files away while it was being answered."""
        while True:
            with self._lease() as opened:
                try:
                    return question(opened.searcher)
                except SearchError:
                    if self._is_current(opened):
                        raise

    def search(self, query: Query) -> SearchResult:
        """Answer a question, in the time that it may take; see Searcher."""
        with limited(query.seconds):
            return super().search(query)

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands, in the time that it may take; see Searcher."""
        with limited(query.seconds):
            return super().order(query)

    def close(self) -> None:
        """Free the index, as soon as no call uses it any more."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._retire(self._current)

    def _open(self) -> _Opened:
        """Opens what the manifest names now; a rebuild that comes in between is no error."""
        while True:
            # The stamp first: if the manifest changes in between, the next call opens again, for nothing at worst.
            stamp = self._read_stamp()
            manifest = read_manifest(self._folder)
            try:
                return _Opened(self._open_data(manifest), stamp)
            except SearchError:
                if read_manifest(self._folder) == manifest:
                    raise

    def _read_stamp(self) -> _Stamp | None:
        try:
            found = (self._folder / MANIFEST_FILE).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_ino, found.st_mtime_ns

    @contextmanager
    def _lease(self) -> Iterator[_Opened]:
        with self._lock:
            if self._closed:
                raise IndexClosed(f"The index {self._folder} has been closed; open it again.")
            self._follow()
            opened = self._current
            opened.users += 1
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1
                if opened is not self._current or self._closed:
                    self._retire(opened)

    def _follow(self) -> None:
        if not self._is_current(self._current):
            old = self._current
            self._current = self._open()
            self._retire(old)

    def _is_current(self, opened: _Opened) -> bool:
        # Without a manifest the folder was taken away under a running server: what is open still answers.
        return self._read_stamp() in (opened.stamp, None)

    @staticmethod
    def _retire(opened: _Opened) -> None:
        if opened.users == 0:
            opened.searcher.close()
