"""Reading index folders: one searcher that stays valid while an index under it is rebuilt.

Owns the moment at which a reader changes from one data folder to the next. Must not know an engine: commits inside a
data folder are the engine's own to notice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
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

# What tells one manifest file from its successor: a new file has another inode or another time. One a folder.
_Stamp = tuple[tuple[int, int], ...]
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class _Opened:
    """A searcher of the data folders and how many calls are using it."""

    searcher: Searcher
    stamp: _Stamp | None
    users: int = 0


class FolderSearcher(ForwardingSearcher):
    """The searcher of one index folder or of several together; a rebuilt index is opened by the first call after its
    commit. `open_data` is given the manifests in the order of the folders."""

    def __init__(
        self, folders: Sequence[Path], open_data: Callable[[Sequence[IndexManifest]], Searcher]
    ) -> None:
        self._folders = tuple(folders)
        self._open_data = open_data
        self._lock = threading.Lock()
        self._closed = False
        self._current: _Opened | None = self._open()

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
                self._put_away()

    def rest(self) -> None:
        """Free what is open until the next call, which opens it again."""
        with self._lock:
            if not self._closed:
                self._put_away()

    def _put_away(self) -> None:
        opened, self._current = self._current, None
        if opened is not None:
            self._retire(opened)

    def _open(self) -> _Opened:
        """Opens what the manifests name now; a rebuild that comes in between is no error."""
        while True:
            # The stamp first: if a manifest changes in between, the next call opens again, for nothing at worst.
            stamp = self._read_stamp()
            manifests = self._manifests()
            try:
                return _Opened(self._open_data(manifests), stamp)
            except SearchError:
                if self._manifests() == manifests:
                    raise

    def _manifests(self) -> list[IndexManifest]:
        return [read_manifest(each) for each in self._folders]

    def _read_stamp(self) -> _Stamp | None:
        try:
            found = [(each / MANIFEST_FILE).stat() for each in self._folders]
        except (FileNotFoundError, NotADirectoryError):
            return None
        return tuple((each.st_ino, each.st_mtime_ns) for each in found)

    @contextmanager
    def _lease(self) -> Iterator[_Opened]:
        with self._lock:
            if self._closed:
                where = ", ".join(map(str, self._folders))
                raise IndexClosed(f"The index {where} has been closed; open it again.")
            opened = self._follow()
            opened.users += 1
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1
                if opened is not self._current or self._closed:
                    self._retire(opened)

    def _follow(self) -> _Opened:
        old = self._current
        if old is not None and self._is_current(old):
            return old
        fresh = self._current = self._open()
        if old is not None:
            self._retire(old)
        return fresh

    def _is_current(self, opened: _Opened) -> bool:
        # Without a manifest the folder was taken away under a running server: what is open still answers.
        return self._read_stamp() in (opened.stamp, None)

    @staticmethod
    def _retire(opened: _Opened) -> None:
        if opened.users == 0:
            opened.searcher.close()
