"""Counting with tantivy: the values that matching paragraphs have, and the cables they are of, exactly.

Owns the aggregations and their limits. Must not know plans, pages or what is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tantivy
from tantivy import Query as Clause

from search.answer import FacetCount
from search.engines.tantivy_engine.schema import CABLE_NUMBER

# The buckets that one aggregation may have; tantivy refuses more.
MOST_BUCKETS = 65_000
# As far as so many matches it is quicker to read the number of each one's cable than to have them counted by cable.
MOST_READ = 8_000
# So many values of a field are asked for beside those of other fields; what has more is asked for by itself.
MOST_VALUES = 3_000


def count_values(
    searcher: tantivy.Searcher, clause: Clause, facets: Mapping[str, FacetCount]
) -> None:
    """Counts the values of several fields over the same paragraphs, in one pass."""
    if facets:
        _aggregate(searcher, clause, _columns(facets))


def count_with_cables(
    searcher: tantivy.Searcher, clause: Clause, facets: Mapping[str, FacetCount], matches: int
) -> int:
    """The same, and how many cables the paragraphs are of; `matches` is how many paragraphs there are."""
    if matches <= MOST_READ:
        count_values(searcher, clause, facets)
        # A limit of 0 would panic.
        found = searcher.search(
            clause, limit=max(1, matches), count=False, order_by_field=CABLE_NUMBER
        )
        return len({number for number, _ in found.hits})
    return len(_aggregate(searcher, clause, _columns(facets), CABLE_NUMBER))


def _columns(facets: Mapping[str, FacetCount]) -> dict[str, FacetCount]:
    return {f"shown_{name}": each for name, each in facets.items()}


def _aggregate(
    searcher: tantivy.Searcher,
    clause: Clause,
    facets: Mapping[str, FacetCount],
    listed: str | None = None,
) -> list[dict[str, Any]]:
    """Counts the values of columns; gives the buckets of one more, if one is named."""
    asked = {name: _values(name, MOST_VALUES) for name in facets}
    if listed:
        asked[listed] = _values(listed, max(1, MOST_BUCKETS - MOST_VALUES * len(facets)))
    found = searcher.aggregate(clause, asked)
    for name, facet in facets.items():
        buckets = _all_buckets(searcher, clause, name, found[name])
        facet.add_all([(bucket["key"], bucket["doc_count"]) for bucket in buckets])
    return _all_buckets(searcher, clause, listed, found[listed]) if listed else []


def _values(field: str, most: int) -> dict[str, Any]:
    # tantivy takes the best of each segment before it adds up, so only a list of all values has exact counts.
    return {"terms": {"field": field, "size": most, "segment_size": most}}


def _all_buckets(
    searcher: tantivy.Searcher, clause: Clause, field: str, found: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The values of a field: those that were found, or page after page if they were too many for one list."""
    if found["sum_other_doc_count"]:
        # By itself, one list may hold them all, in a fraction of the time of page after page.
        found = searcher.aggregate(clause, {"values": _values(field, MOST_BUCKETS)})["values"]
    if not found["sum_other_doc_count"]:
        buckets: list[dict[str, Any]] = found["buckets"]
        return buckets
    every = []
    page: dict[str, Any] = {
        "sources": [{"value": {"terms": {"field": field}}}],
        "size": MOST_BUCKETS,
    }
    while True:
        found = searcher.aggregate(clause, {"page": {"composite": page}})["page"]
        every += [
            {"key": bucket["key"]["value"], "doc_count": bucket["doc_count"]}
            for bucket in found["buckets"]
        ]
        if len(found["buckets"]) < MOST_BUCKETS:
            return every
        page = {**page, "after": found["after_key"]}
