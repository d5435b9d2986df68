"""Reading with tantivy: all matches, exact counts, and what is stored.

Owns the asking. Must not know how matches become a page of results.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import tantivy

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph
from search.answer import FacetCount, Match, present, selection
from search.deadline import check
from search.engines.answering import AnsweringSearcher
from search.engines.stored import bytes_below, unpack_cable, unpack_paragraph
from search.engines.tantivy_engine.counting import count_values
from search.engines.tantivy_engine.files import open_index, reading
from search.engines.tantivy_engine.lexicon import TantivyLexicon, number_of
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import CABLE, NAME, SHOWN
from search.engines.tantivy_engine.window import (
    choose,
    read_matches,
)
from search.plan import All, Plan
from search.query import Query
from search.resolving import Lexicon, resolve
from search.results import CableSummary, IndexStats, SearchResult
from search.standing import ranked


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
            self._stats: tuple[tuple[int, int], IndexStats] | None = None
            self._translation = Translation(self._index.schema)
            self._latest()

    def search(self, query: Query) -> SearchResult:
        """Answer a question; see Searcher."""
        started = time.perf_counter()
        with reading(self._data, self._advice):
            searcher = self._latest()
            translation = Translation(self._index.schema, searcher)
            lexicon = TantivyLexicon(searcher, translation)
            resolved = resolve(query, lexicon)
        query, plan = resolved.query, resolved.plan
        facets = {field: FacetCount() for field in query.facets}
        # Fields without a filter of their own are counted among the same paragraphs, in one pass.
        among: dict[Plan, dict[str, FacetCount]] = {}
        for field, count in facets.items():
            among.setdefault(plan.without(field), {})[field] = count
        with reading(self._data, self._advice):
            for paragraphs, counts in among.items():
                check()
                count_values(searcher, translation.clause(paragraphs), counts)
            check()
            chosen = choose(searcher, translation, plan, query)
            if chosen is None:
                question = translation.question(plan)
                # A limit of 0 would panic.
                hits = searcher.search(question, limit=max(1, number_of(searcher, question))).hits
                found = list(read_matches(searcher, hits))
                chosen = selection(query, ranked(found, query.sort, lexicon))

        def load(match: Match) -> tuple[CableSummary, Paragraph]:
            with reading(self._data, self._advice):
                return _shown(searcher, cast(tantivy.DocAddress, match.address))

        return present(query, chosen, facets, load, started, resolved.notes, resolved.words)

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id; see Searcher."""
        wanted = self._translation.cable(lookup_key(cable_id))
        with reading(self._data, self._advice):
            searcher = self._latest()
            found = searcher.search(wanted, limit=1, count=False).hits
            return unpack_cable(_stored(searcher, found[0][1], CABLE)) if found else None

    @contextmanager
    def lexicon(self) -> Iterator[Lexicon]:
        """The words of the last commit; see AnsweringSearcher."""
        with reading(self._data, self._advice):
            searcher = self._latest()
            yield TantivyLexicon(searcher, Translation(self._index.schema, searcher))

    def stats(self) -> IndexStats:
        """How much the index holds now; see Searcher."""
        with reading(self._data, self._advice):
            stamp, searcher = self._newest()
            # Asked for by every page, and the same until the next commit.
            known = self._stats
            if known is None or known[0] != stamp:
                cables = number_of(searcher, self._translation.whole)
                paragraphs = number_of(searcher, self._translation.clause(All()))
                known = (stamp, IndexStats(NAME, cables, paragraphs, bytes_below(self._data)))
                self._stats = known
            return known[1]

    def close(self) -> None:
        """Free the index; tantivy unmaps its files with the last use of them."""
        del self._index

    def _latest(self) -> tantivy.Searcher:
        """The last commit."""
        return self._newest()[1]

    def _newest(self) -> tuple[tuple[int, int], tantivy.Searcher]:
        """The last commit, and its stamp. tantivy's own watching of the file would be half a second late."""
        with self._lock:
            found = (self._data / "meta.json").stat()
            stamp = (found.st_ino, found.st_mtime_ns)
            if stamp != self._stamp:
                self._index.reload()
                self._stamp = stamp
            return stamp, self._index.searcher()


def _shown(
    searcher: tantivy.Searcher, address: tantivy.DocAddress
) -> tuple[CableSummary, Paragraph]:
    return unpack_paragraph(_stored(searcher, address, SHOWN))


def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress, name: str) -> bytes:
    return cast(bytes, searcher.doc(address).get_first(name))
