"""Reading with Whoosh: all matches, exact counts, and what is stored.

Owns the asking. Must not know how matches become a page of results.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from whoosh import query as whoosh_query

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.answers.answer import FacetCount, Match, answer
from search.answers.cable_rank import ranked
from search.answers.ordering import Order, key, whole_order
from search.answers.results import CableSummary, IndexStats, SearchResult
from search.engines.answering import AnsweringSearcher
from search.engines.stored import bytes_below, unpack_cable, unpack_unit
from search.engines.whoosh_engine.files import open_index, open_joined, open_searcher, reading
from search.engines.whoosh_engine.lexicon import WhooshLexicon
from search.engines.whoosh_engine.plans import (
    SCALE,
    Bm25,
    clause,
    question,
    whole_cable,
    whole_cables,
)
from search.engines.whoosh_engine.schema import (
    CABLE,
    ID,
    NAME,
    ORDER,
    OWNER,
    SEPARATOR,
    SHOWN,
)
from search.engines.whoosh_engine.segments import Leaf
from search.language.tree import Query
from search.plans.lowering import PARAGRAPHS
from search.plans.plan import Plan
from search.plans.rewriting import Lexicon, resolve
from search.units import Unit


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a match's document is."""

    leaf: Leaf
    number: int


class WhooshReader(AnsweringSearcher):
    """Answers from the last commit, one call at a time: the readers of Whoosh share their place in the files."""

    def __init__(self, data: Path, *others: Path) -> None:
        """Of several data folders the reader answers as of one index; see `open_joined`."""
        self._data = data
        self._datas = (data, *others)
        self._lock = threading.Lock()
        self._stats: IndexStats | None = None
        with reading(self._data):
            self._indexes = [open_index(each) for each in self._datas]
            self._open()

    def search(self, query: Query) -> SearchResult:
        """Answer a question; see Searcher."""
        started = time.perf_counter()
        with self._lock:
            with reading(self._data):
                leaves = self._latest()
                lexicon = self._lexicon
                resolved = resolve(query, lexicon)
                query, plan = resolved.query, resolved.plan
                facets = {name: FacetCount() for name in query.facets}
                # Fields without a filter of their own are counted among the same paragraphs, those that are shown.
                among: dict[Plan, dict[str, FacetCount]] = {plan.whole: {}}
                for name, count in facets.items():
                    among.setdefault(plan.counted(name), {})[name] = count
                shown = _found(leaves, question(plan))
                at = [address for address, _ in shown]
                for each, counts in among.items():
                    found = at if each == plan.whole else _addresses(leaves, clause(each))
                    for name, count in counts.items():
                        _count(found, name, count)
                every = [_match(address, score) for address, score in shown]
                matches = ranked(every, query.sort, lexicon)
            return answer(
                query, matches, facets, self._load, started, resolved.notes, resolved.words
            )

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands; see Searcher."""
        with self._lock, reading(self._data):
            leaves = self._latest()
            resolved = resolve(query, self._lexicon)
            asked = resolved.query
            found = [_match(*each) for each in _found(leaves, question(resolved.plan))]
            keys = [key(each, asked.sort) for each in ranked(found, asked.sort, self._lexicon)]
            return whole_order(asked, keys, resolved.notes)

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id; see Searcher."""
        with self._lock, reading(self._data):
            for leaf in self._latest():
                for number in leaf.numbers(whole_cable(lookup_key(cable_id))):
                    return unpack_cable(leaf.column(CABLE)[number])
        return None

    @contextmanager
    def lexicon(self) -> Iterator[Lexicon]:
        """The words of the last commit; see AnsweringSearcher."""
        with self._lock, reading(self._data):
            self._latest()
            yield self._lexicon

    def stats(self) -> IndexStats:
        """How much the index holds now; see Searcher."""
        with self._lock, reading(self._data):
            leaves = self._latest()
            # Asked for by every page, and the same until the next commit.
            if self._stats is None:
                cables = sum(1 for leaf in leaves for _ in leaf.numbers(whole_cables()))
                paragraphs = sum(1 for leaf in leaves for _ in leaf.numbers(clause(PARAGRAPHS)))
                size = sum(map(bytes_below, self._datas))
                self._stats = IndexStats(NAME, cables, paragraphs, size)
            return self._stats

    def close(self) -> None:
        """Free the index."""
        with self._lock:
            self._searcher.close()

    def _load(self, match: Match) -> tuple[CableSummary, Unit]:
        address = cast(_Address, match.address)
        with reading(self._data):
            return unpack_unit(address.leaf.column(SHOWN)[address.number])

    def _open(self) -> None:
        generations = self._latest_generations()
        if len(self._indexes) == 1:
            self._searcher = open_searcher(self._indexes[0], weighting=Bm25())
        else:
            self._searcher = open_joined(self._indexes, _keys, weighting=Bm25())
        self._generations = generations
        self._stats = None
        self._leaves = [Leaf(searcher) for searcher, _ in self._searcher.leaf_searchers()]
        self._lexicon = WhooshLexicon(self._leaves)

    def _latest(self) -> list[Leaf]:
        if self._latest_generations() != self._generations:
            old = self._searcher
            self._open()
            old.close()
        return self._leaves

    def _latest_generations(self) -> list[int]:
        return [each.latest_generation() for each in self._indexes]


def _keys(reader: Any) -> Iterator[str]:
    """The look-up keys of the cables that stand in a reader."""
    for each in reader.lexicon(OWNER):
        if any(True for _ in reader.postings(OWNER, each).all_ids()):
            yield each.decode()


@contextmanager
def packed_cables(data: Path) -> Iterator[Callable[[str], bytes | None]]:
    """Packed cables by look-up key, from an index of any schema; see EngineModule."""
    with reading(data):
        searcher = open_searcher(open_index(data))
    leaves = [Leaf(each) for each, _ in searcher.leaf_searchers()]

    def packed(key: str) -> bytes | None:
        with reading(data):
            owned = whoosh_query.Term(OWNER, key)
            for address in _addresses(leaves, owned):
                if found := bytes(address.leaf.column(CABLE)[address.number]):
                    return found
        return None

    try:
        yield packed
    finally:
        searcher.close()


def _found(leaves: list[Leaf], asked: whoosh_query.Query) -> list[tuple[_Address, float]]:
    return [
        (_Address(leaf, number), score / SCALE)
        for leaf in leaves
        for number, score in leaf.found(asked)
    ]


def _addresses(leaves: list[Leaf], asked: whoosh_query.Query) -> list[_Address]:
    return [_Address(leaf, number) for leaf in leaves for number in leaf.numbers(asked)]


def _match(address: _Address, score: float) -> Match:
    position, dated, date = address.leaf.column(ORDER)[address.number]
    cable = address.leaf.column(ID)[address.number].decode()
    return Match(cable, position, score, date if dated else None, address)


def _count(found: list[_Address], name: str, count: FacetCount) -> None:
    """Counts what stands in the column as it is, and takes it apart afterwards: there are few different ones."""
    columns = Counter(address.leaf.column(f"shown_{name}")[address.number] for address in found)
    for together, number in columns.items():
        for value in together.decode().split(SEPARATOR) if together else ():
            count.add(value, number)
