"""Reading with tantivy: all matches, exact counts, and what is stored.

Owns the asking. Must not know how matches become a page of results.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import tantivy
from tantivy import Query as Clause

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph
from search.answer import FacetCount, Match, answer
from search.engines.answering import AnsweringSearcher
from search.engines.stored import bytes_below, unpack_cable, unpack_paragraph
from search.engines.tantivy_engine.files import open_index, reading
from search.engines.tantivy_engine.lexicon import TantivyLexicon, number_of
from search.engines.tantivy_engine.plans import SCALE, Translation
from search.engines.tantivy_engine.schema import CABLE, ID, NAME, SHOWN, id_of
from search.fields import POSITION
from search.plan import All, Plan
from search.query import Query
from search.resolving import Lexicon, resolve
from search.results import CableSummary, IndexStats, SearchResult
from search.standing import ranked

# The buckets that one aggregation may have; tantivy refuses more.
_MOST_BUCKETS = 65_000


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
                _count(searcher, translation.clause(paragraphs), counts)
            found = list(_matches(searcher, translation.question(plan)))
            matches = ranked(found, query.sort, lexicon)

        def load(match: Match) -> tuple[CableSummary, Paragraph]:
            with reading(self._data, self._advice):
                return _shown(searcher, cast(tantivy.DocAddress, match.address))

        return answer(query, matches, facets, load, started, resolved.notes, resolved.words)

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
            searcher = self._latest()
            cables = number_of(searcher, self._translation.whole)
            paragraphs = number_of(searcher, self._translation.clause(All()))
            return IndexStats(NAME, cables, paragraphs, bytes_below(self._data))

    def close(self) -> None:
        """Free the index; tantivy unmaps its files with the last use of them."""
        del self._index

    def _latest(self) -> tantivy.Searcher:
        """The last commit. tantivy's own watching of the file would be half a second late."""
        with self._lock:
            found = (self._data / "meta.json").stat()
            stamp = (found.st_ino, found.st_mtime_ns)
            if stamp != self._stamp:
                self._index.reload()
                self._stamp = stamp
            return self._index.searcher()


def _matches(searcher: tantivy.Searcher, clause: Clause) -> Iterator[Match]:
    """All matches, read at once: a page needs the totals and the best of each cable."""
    number = number_of(searcher, clause)
    hits = searcher.search(clause, limit=number, count=False).hits if number else []
    addresses = [address for _, address in hits]
    columns = [
        searcher.fast_field_values(name, addresses)
        for name in (f"number_{POSITION}", "number_date", *ID)
    ]
    cables: dict[tuple[int, ...], str | None] = {}
    for (score, address), position, date, *numbers in zip(hits, *columns, strict=True):
        key = tuple(numbers)
        if key not in cables:
            cables[key] = id_of(key)
        cable = cables[key] or _shown(searcher, address)[0].id
        yield Match(cable, position, score / SCALE, date, address)


def _count(searcher: tantivy.Searcher, clause: Clause, counts: Mapping[str, FacetCount]) -> None:
    """Counts the values of several fields over the same paragraphs, exactly."""
    # tantivy takes the best of each segment before it adds up, so only a list of all values has exact counts.
    most = _MOST_BUCKETS // len(counts)
    asked = {
        name: {"terms": {"field": f"shown_{name}", "size": most, "segment_size": most}}
        for name in counts
    }
    found = searcher.aggregate(clause, asked)
    for name, count in counts.items():
        buckets = found[name]["buckets"]
        if found[name]["sum_other_doc_count"]:
            buckets = _all_buckets(searcher, clause, name)
        for bucket in buckets:
            count.add(bucket["key"], bucket["doc_count"])


def _all_buckets(searcher: tantivy.Searcher, clause: Clause, name: str) -> Iterator[dict[str, Any]]:
    """The values of a field that has too many for one list, page after page."""
    page: dict[str, Any] = {
        "sources": [{"value": {"terms": {"field": f"shown_{name}"}}}],
        "size": _MOST_BUCKETS,
    }
    while True:
        found = searcher.aggregate(clause, {"page": {"composite": page}})["page"]
        for bucket in found["buckets"]:
            yield {"key": bucket["key"]["value"], "doc_count": bucket["doc_count"]}
        if len(found["buckets"]) < _MOST_BUCKETS:
            return
        page = {**page, "after": found["after_key"]}


def _shown(
    searcher: tantivy.Searcher, address: tantivy.DocAddress
) -> tuple[CableSummary, Paragraph]:
    return unpack_paragraph(_stored(searcher, address, SHOWN))


def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress, name: str) -> bytes:
    return cast(bytes, searcher.doc(address).get_first(name))
