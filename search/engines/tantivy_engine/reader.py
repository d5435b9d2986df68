"""Reading with tantivy: all matches, exact counts, and what is stored.

Owns the asking. Must not know how matches become a page of results.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import tantivy

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph
from search.answer import FacetCount, Match, Selection, present, values_wanted
from search.cable_plans import by_cable
from search.deadline import check
from search.engines.answering import AnsweringSearcher
from search.engines.stored import bytes_below, unpack_paragraph
from search.engines.tantivy_engine.counting import MOST_READ, Counting, Kind, Wanted
from search.engines.tantivy_engine.files import open_index, reading
from search.engines.tantivy_engine.lexicon import TantivyLexicon, number_of
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import MANY_VALUED, NAME, SHOWN
from search.engines.tantivy_engine.window import Window, choose
from search.fields import BY_NAME
from search.lowering import QueryPlan
from search.plan import All, Plan
from search.query import Query
from search.resolving import Lexicon, resolve
from search.results import CableSummary, IndexStats, SearchResult
from search.standing import ranked

# The file that a commit replaces.
META = "meta.json"


@dataclass(frozen=True, slots=True)
class _Commit:
    """What belongs to one commit: its searcher, the questions and the words of that searcher.

    `everything` keeps the facets of all its paragraphs, by field and `Wanted.kind`: they stand on the first page and on
    every page that is narrowed by facets alone.
    """

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    translation: Translation
    lexicon: TantivyLexicon
    everything: dict[tuple[str, Kind], FacetCount] = field(default_factory=dict)


class TantivyReader(AnsweringSearcher):
    """Answers from the last commit."""

    def __init__(self, data: Path, advice: str) -> None:
        self._data = data
        self._advice = advice
        self._lock = threading.Lock()
        with reading(self._data, self._advice):
            self._index = open_index(data)
            self._index.config_reader("manual")
            self._stamp = (0, 0)
            self._stats: tuple[_Commit, IndexStats] | None = None
            self._commit = self._latest()

    def search(self, query: Query) -> SearchResult:
        """Answer a question; see Searcher."""
        started = time.perf_counter()
        with reading(self._data, self._advice):
            commit = self._latest()
            resolved = resolve(query, commit.lexicon)
            query, plan = resolved.query, resolved.plan
            chosen = _choose(commit, plan, query)
            facets = _count(commit, plan, query)
            cables = chosen.cables
            if cables is None:
                cables = _cables(commit, plan.whole, chosen.paragraphs)

        def load(match: Match) -> tuple[CableSummary, Paragraph]:
            with reading(self._data, self._advice):
                address = cast(tantivy.DocAddress, match.address)
                return unpack_paragraph(_stored(commit.searcher, address, SHOWN))

        selection = Selection(chosen.paragraphs, cables, chosen.shown, chosen.after)
        return present(query, selection, facets, load, started, resolved.notes, resolved.words)

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id; see Searcher."""
        with reading(self._data, self._advice):
            return self._latest().lexicon.cable(lookup_key(cable_id))

    @contextmanager
    def lexicon(self) -> Iterator[Lexicon]:
        """The words of the last commit; see AnsweringSearcher."""
        with reading(self._data, self._advice):
            yield self._latest().lexicon

    def stats(self) -> IndexStats:
        """How much the index holds now; see Searcher."""
        with reading(self._data, self._advice):
            commit = self._latest()
            # Asked for by every page, and the same until the next commit.
            known = self._stats
            if known is None or known[0] is not commit:
                cables = number_of(commit.searcher, commit.translation.whole)
                paragraphs = commit.lexicon.paragraphs()
                known = (commit, IndexStats(NAME, cables, paragraphs, bytes_below(self._data)))
                self._stats = known
            return known[1]

    def close(self) -> None:
        """Free the index; tantivy unmaps its files with the last use of them."""
        del self._commit
        del self._index

    def _latest(self) -> _Commit:
        """The last commit. tantivy's own watching of the file would be half a second late."""
        with self._lock:
            found = (self._data / META).stat()
            stamp = (found.st_ino, found.st_mtime_ns)
            if stamp != self._stamp:
                self._index.reload()
                searcher = self._index.searcher()
                translation = Translation(self._index.schema, searcher)
                lexicon = TantivyLexicon(searcher, translation)
                self._commit = _Commit(searcher, self._index.schema, translation, lexicon)
                self._stamp = stamp
            return self._commit


def _choose(commit: _Commit, plan: QueryPlan, query: Query) -> Window:
    """The page of a query."""
    check()

    def in_rank(matches: Sequence[Match]) -> Sequence[Match]:
        # How long a cable is, a match knows already.
        return (
            ranked(matches, query.sort, commit.lexicon) if query.sort == "referenced" else matches
        )

    return choose(commit.searcher, commit.translation, plan, query, in_rank)


def _count(commit: _Commit, plan: QueryPlan, query: Query) -> dict[str, FacetCount]:
    """Counts the facets. Fields without a filter of their own are counted among the same paragraphs, in one pass."""
    filtered = {name for name, _ in plan.filters}
    counted = {name: FacetCount() for name in query.facets}
    by_frequency = query.facet_order == "count" and not query.facet_prefix
    # The plan that each field is counted by, and what is wanted by that plan.
    passes: dict[Plan, dict[str, Wanted]] = {}
    for name, count in counted.items():
        most = values_wanted(query, name) if by_frequency and name in MANY_VALUED else 0
        wanted = Wanted(count, most, frozenset(_named(query, name)))
        among = plan.without(name) if name in filtered else plan.whole
        if among == All() and (known := commit.everything.get((name, wanted.kind))) is not None:
            counted[name] = known
        else:
            passes.setdefault(among, {})[name] = wanted
    for among, fields in passes.items():
        check()
        clause = commit.translation.clause(among)
        Counting(commit.searcher, commit.schema, clause).values(fields)
        if among == All():
            commit.everything.update(
                ((name, wanted.kind), wanted.count)
                for name, wanted in fields.items()
                if not wanted.kind[1]
            )
    return counted


def _named(query: Query, name: str) -> set[str]:
    """The values that a query's filter names, folded: they are counted in any case."""
    normal = BY_NAME[name].normal
    return {
        normal(value)
        for each in query.filters
        if each.field == name
        for value in (*each.included, *each.excluded)
    }


def _cables(commit: _Commit, plan: Plan, paragraphs: int) -> int:
    """How many cables the paragraphs are of that a plan finds, `paragraphs` in all."""
    check()
    asked = by_cable(plan) if paragraphs > MOST_READ else None
    if asked is not None:
        return number_of(commit.searcher, commit.translation.of_cables(asked))
    clause = commit.translation.clause(plan)
    return Counting(commit.searcher, commit.schema, clause).cables(paragraphs)


def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress, name: str) -> bytes:
    return cast(bytes, searcher.doc(address).get_first(name))
