"""Results folded: the versions of one telegram are one entry, the version that ranks first, with exact counts.

Owns which versions a page leaves out, and which others are named. Must not know an engine, nor how telegrams are found.

An engine is asked first which of the cables with versions the question finds, in its order. All but the first of each
telegram are then left out of the page, and of nothing else: paragraphs, cables and facets count all versions.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from search.answers.ordering import Order
from search.answers.results import SearchResult
from search.deadline import limited
from search.engines.forwarding import ForwardingSearcher
from search.engines.protocols import Searcher
from search.engines.reading import FolderSearcher
from search.language.tree import Query
from search.telegrams import FILE_NAME

_Answer = TypeVar("_Answer")
_Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Telegrams:
    """The cables whose telegram has several versions, by look-up key, and the ids of each telegram's versions."""

    of: Mapping[str, int]
    ids: Mapping[int, tuple[str, ...]]
    keys: frozenset[str]

    def others(self, cable_id: str) -> tuple[str, ...]:
        """The ids of the other versions of a cable's telegram, the fullest first."""
        number = self.of.get(lookup_key(cable_id))
        return () if number is None else tuple(e for e in self.ids[number] if e != cable_id)


_NONE = Telegrams({}, {}, frozenset())


class FoldingSearcher(ForwardingSearcher):
    """A searcher of index folders that folds the versions of a telegram where a query asks for that."""

    def __init__(self, folders: Sequence[Path], searcher: FolderSearcher) -> None:
        self._folders = tuple(folders)
        self._searcher = searcher
        self._lock = threading.Lock()
        self._stamp: tuple[_Stamp | None, ...] = ()
        self._telegrams = _NONE

    def ask(self, question: Callable[[Searcher], _Answer]) -> _Answer:
        """Put a question to the searcher of the folder."""
        return question(self._searcher)

    def close(self) -> None:
        """Free the index."""
        self._searcher.close()

    def rest(self) -> None:
        """Free what is open until the next call, which opens it again."""
        self._searcher.rest()

    def search(self, query: Query) -> SearchResult:
        """Answer a question; see Searcher."""
        if not (query.fold and query.grouped):
            return self._searcher.search(query)
        with limited(query.seconds):
            return fold(self._searcher, query, self.telegrams())

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands, one version of each telegram if it asks so; see Searcher."""
        plain = replace(query, fold=False)
        if query.fold and query.grouped:
            telegrams = self.telegrams()
            if telegrams.keys:
                plain = replace(plain, without=_hidden(self._searcher, query, telegrams))
        return self._searcher.order(plain)

    def telegrams(self) -> Telegrams:
        """The telegrams with several versions, as the last run of the indexer left them."""
        with self._lock:
            stamp = self._read_stamp()
            if stamp != self._stamp:
                self._telegrams = _together([_read(each) for each in self._folders])
                self._stamp = stamp
            return self._telegrams

    def _read_stamp(self) -> tuple[_Stamp | None, ...]:
        return tuple(_stamp(each / FILE_NAME) for each in self._folders)


def _stamp(file: Path) -> _Stamp | None:
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_ino, found.st_mtime_ns


def _read(folder: Path) -> Telegrams:
    from search.telegrams.store import ask

    return ask(folder, lambda store: _telegrams(*store.telegrams()), _NONE)


def _together(found: Sequence[Telegrams]) -> Telegrams:
    """The telegrams of several indexes, each of which knows its own; a cable that stands in several joins them."""
    if len(found) == 1:
        return found[0]
    of: dict[str, int] = {}
    ids: dict[int, tuple[str, ...]] = {}
    for one in found:
        for versions in one.ids.values():
            keys = list(map(lookup_key, versions))
            joined = {of[key] for key in keys if key in of}
            number = min(joined, default=len(ids) and max(ids) + 1)
            names = dict.fromkeys(name for each in sorted(joined) for name in ids.pop(each))
            ids[number] = tuple(dict.fromkeys((*names, *versions)))
            of |= {lookup_key(name): number for name in ids[number]}
    return _telegrams(of, ids)


def _telegrams(of: Mapping[str, int], ids: Mapping[int, tuple[str, ...]]) -> Telegrams:
    return Telegrams(of, ids, frozenset(of))


def fold(searcher: Searcher, query: Query, telegrams: Telegrams) -> SearchResult:
    """The answer to a query whose page has one version of each telegram."""
    hidden = _hidden(searcher, query, telegrams) if telegrams.keys else frozenset()
    plain = replace(query, fold=False)
    if not hidden:
        found = searcher.search(plain)
        return _naming(replace(found, telegrams=found.cables), telegrams)
    page = searcher.search(replace(plain, without=hidden, facets=(), listed=()))
    whole = replace(plain, page=1, after="", size=1, per_cable=1, snippets=False)
    counted = searcher.search(whole)
    answer = replace(
        counted,
        hits=page.hits,
        groups=page.groups,
        after=page.after,
        telegrams=page.cables,
        milliseconds=counted.milliseconds + page.milliseconds,
    )
    return _naming(answer, telegrams)


def _hidden(searcher: Searcher, query: Query, telegrams: Telegrams) -> frozenset[str]:
    """The look-up keys of the versions that are found and stand behind another one of their telegram."""
    asked = replace(query, fold=False, among=telegrams.keys, names=True, grouped=True, page=1)
    bare = replace(asked, after="", size=len(telegrams.keys), per_cable=1, snippets=False)
    seen: set[int] = set()
    hidden = []
    for name in searcher.search(replace(bare, facets=(), listed=())).names:
        key = lookup_key(name)
        number = telegrams.of[key]
        if number in seen:
            hidden.append(key)
        seen.add(number)
    return frozenset(hidden)


def _naming(found: SearchResult, telegrams: Telegrams) -> SearchResult:
    names = dict.fromkeys(hit.cable.id for hit in found.hits)
    versions = {name: others for name in names if (others := telegrams.others(name))}
    return replace(found, versions=versions)
