"""Reading with tantivy: all matches, exact counts, and what is stored.

Owns the asking. Must not know how matches become a page of results.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.answers.answer import FacetCount, Load, Match, Selection, present
from search.answers.cable_rank import ranked
from search.answers.ordering import Order, whole_order
from search.answers.results import Brief, CableSummary, IndexStats, SearchResult
from search.deadline import check
from search.engines.answering import AnsweringSearcher
from search.engines.stored import Shown, bytes_below
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.files import META, open_index, reading
from search.engines.tantivy_engine.joined import Junction
from search.engines.tantivy_engine.lexicon import TantivyLexicon, number_of
from search.engines.tantivy_engine.mirror import Mirror, may_lock
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import NAME
from search.engines.tantivy_engine.totals import Totals
from search.engines.tantivy_engine.window import Window, choose, keys_of_all
from search.language.tree import Query
from search.plans.lowering import PARAGRAPHS, QueryPlan
from search.plans.rewriting import Lexicon, resolve
from search.units import Unit

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

# So many counts are made at once, beside the pages of those who ask.
_THREADS = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Commit:
    """What belongs to one commit: its searcher, the questions, words and counts of that searcher."""

    searcher: tantivy.Searcher
    translation: Translation
    lexicon: TantivyLexicon
    totals: Totals


class TantivyReader(AnsweringSearcher):
    """Answers from the last commit."""

    def __init__(self, data: Path, *others: Path) -> None:
        """Of several data folders the reader answers as of one index; see `joined`."""
        self._datas = (data, *others)
        self._data = data
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._junction = Junction(self._datas) if others else None
        self._mirror = None if others or may_lock(data) else Mirror(data)
        with self._reading():
            if self._mirror is not None:
                self._mirror.follow()
            if self._junction is None:
                self._index = open_index(data if self._mirror is None else self._mirror.folder)
                self._index.config_reader("manual")
            self._stamps: tuple[tuple[int, int], ...] = ()
            self._stats: tuple[_Commit, IndexStats] | None = None
            self._commit = self._latest()

    def search(self, query: Query) -> SearchResult:
        """Answer a question; see Searcher."""
        started = time.perf_counter()
        with self._reading():
            commit = self._latest()
            resolved = resolve(query, commit.lexicon)
            query, plan = resolved.query, resolved.plan
        with commit.totals.facets(self._pool, plan, query) as counted:
            with self._reading():
                chosen = _choose(commit, plan, query)
                cables = chosen.cables
                if cables is None:
                    cables = commit.totals.cables(plan.whole, chosen.units)
                counts = chosen.counts
                if counts is None:
                    counts = commit.totals.kinds(plan.whole, chosen.units)
                selection = Selection(counts, cables, chosen.shown, chosen.after)
                load = self._loading(commit, selection, names=query.names)

            def facets() -> dict[str, FacetCount]:
                with self._reading():
                    return counted(counts)

            # The facets are counted while the cards are made.
            return present(query, selection, facets, load, started, resolved.notes, resolved.words)

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands; see Searcher."""
        with self._reading():
            commit = self._latest()
            resolved = resolve(query, commit.lexicon)
            asked, plan = resolved.query, resolved.plan
            question = commit.translation.question(plan)

            def with_ranks(matches: Sequence[Match]) -> Sequence[Match]:
                # How long a cable is stands in a column, which was read with the match.
                return (
                    ranked(matches, asked.sort, commit.lexicon)
                    if asked.sort == "referenced"
                    else matches
                )

            keys = keys_of_all(commit.searcher, question, asked, with_ranks)
            return whole_order(asked, keys, resolved.notes)

    def read(
        self, cables: Sequence[str], positions: Sequence[int]
    ) -> Sequence[tuple[CableSummary, Unit] | None]:
        """The units at these places; see Searcher."""
        with self._reading():
            commit = self._latest()
            ids = list(dict.fromkeys(cables))
            places = stored.places_there(commit.searcher, commit.translation.schema, ids)

            @lru_cache(maxsize=64)
            def shown(cable_id: str) -> Shown | None:
                place = places.get(cable_id)
                return None if place is None else stored.shown(commit.searcher, place)

            return [
                _unit_at(shown(name), place) for name, place in zip(cables, positions, strict=True)
            ]

    def _pool(self) -> ThreadPoolExecutor:
        """The threads that count facets, made for the first question that has any."""
        with self._lock:
            if self._threads is None:
                from concurrent.futures import ThreadPoolExecutor

                self._threads = ThreadPoolExecutor(_THREADS, "cablegram-counts")
            return self._threads

    def briefs(self, queries: Sequence[Query]) -> Sequence[Brief]:
        """Many questions in short; see Searcher."""
        from search.engines.tantivy_engine.briefs import Asking, briefs

        with self._reading():
            commit = self._latest()
            asking = Asking(
                commit.searcher, commit.translation, commit.lexicon, commit.totals, self.search
            )
            return briefs(asking, queries)

    def _loading(self, commit: _Commit, chosen: Selection, *, names: bool) -> Load:
        """How the units of a page are read: where their cables are is looked up at once."""
        shown_first = () if names else chosen.shown  # only their names are wanted
        ids = dict.fromkeys(match.cable for each, _ in shown_first for match in each)
        places = stored.places(commit.searcher, commit.translation.schema, list(ids))

        # A group's units come one after the other; a piece of an export has thousands of cables.
        @lru_cache(maxsize=64)
        def shown(cable_id: str) -> Shown:
            with self._reading():
                return stored.shown(commit.searcher, places[cable_id])

        def load(match: Match) -> tuple[CableSummary, Unit]:
            found = shown(match.cable)
            return found.summary, found.unit(match.position)

        return load

    def _reading(self) -> AbstractContextManager[None]:
        """Around what reads the files of the index, and nothing else: what is raised there is told as damage."""
        return reading(self._data)

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id; see Searcher."""
        with self._reading():
            return self._latest().lexicon.cable(lookup_key(cable_id))

    @contextmanager
    def lexicon(self) -> Iterator[Lexicon]:
        """The words of the last commit; see AnsweringSearcher."""
        with self._reading():
            yield self._latest().lexicon

    def stats(self) -> IndexStats:
        """How much the index holds now; see Searcher."""
        with self._reading():
            commit = self._latest()
            # Asked for by every page, and the same until the next commit.
            known = self._stats
            if known is None or known[0] is not commit:
                cables = number_of(commit.searcher, commit.translation.whole)
                paragraphs = number_of(commit.searcher, commit.translation.clause(PARAGRAPHS))
                size = sum(map(bytes_below, self._datas))
                known = (commit, IndexStats(NAME, cables, paragraphs, size))
                self._stats = known
            return known[1]

    def close(self) -> None:
        """Free the index; tantivy unmaps its files with the last use of them."""
        if self._threads is not None:
            self._threads.shutdown()
        del self._commit
        del self._index
        for links in (self._mirror, self._junction):
            if links is not None:
                links.close()

    def _latest(self) -> _Commit:
        """The last commit. tantivy's own watching of the file would be half a second late."""
        with self._lock:
            stamps = tuple(map(_stamp, self._datas))
            if stamps != self._stamps and (searcher := self._follow()) is not None:
                translation = Translation(self._index.schema, searcher)
                lexicon = TantivyLexicon(searcher, translation)
                totals = Totals(searcher, translation, {})
                self._commit = _Commit(searcher, translation, lexicon, totals)
                self._stamps = stamps
            return self._commit

    def _follow(self) -> tantivy.Searcher | None:
        """Bring the index to the last commit; None if that can't be read yet and there is one that can.

        A writer of another user makes the file readable to others a moment after it has written it.
        """
        while True:
            named = tuple(map(_stamp, self._datas))
            try:
                if self._junction is not None:
                    self._index, searcher = self._junction.join()
                    return searcher
                if self._mirror is not None:
                    self._mirror.follow()
                self._index.reload()
            except PermissionError:
                if not self._stamps:
                    raise
                return None
            except (OSError, ValueError):
                # Without tantivy's lock the files may have been merged into others meanwhile.
                alone = self._mirror is None and self._junction is None
                if alone or tuple(map(_stamp, self._datas)) == named:
                    raise
            else:
                return self._index.searcher()


def _stamp(data: Path) -> tuple[int, int]:
    """What tells one commit's file from the one that replaced it."""
    found = (data / META).stat()
    return found.st_ino, found.st_mtime_ns


def _choose(commit: _Commit, plan: QueryPlan, query: Query) -> Window:
    """The page of a query."""
    check()

    def in_rank(matches: Sequence[Match]) -> Sequence[Match]:
        # How long a cable is, a match knows already.
        return (
            ranked(matches, query.sort, commit.lexicon) if query.sort == "referenced" else matches
        )

    return choose(commit.searcher, commit.translation, plan, query, in_rank)


def _unit_at(cable: Shown | None, place: int) -> tuple[CableSummary, Unit] | None:
    """A unit with its cable; None if the cable is gone, or has become one without such a unit."""
    try:
        return None if cable is None else (cable.summary, cable.unit(place))
    except LookupError:
        return None
