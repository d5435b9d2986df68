"""Counting with tantivy: the values that matching paragraphs have, exactly.

Owns the aggregations and their limits. Must not know plans, pages or what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tantivy
from tantivy import Query as Clause

from search.answer import FacetCount

# The buckets that one aggregation may have; tantivy refuses more.
MOST_BUCKETS = 65_000


def count_values(
    searcher: tantivy.Searcher, clause: Clause, counts: Mapping[str, FacetCount]
) -> None:
    """Counts the values of several fields over the same paragraphs."""
    # tantivy takes the best of each segment before it adds up, so only a list of all values has exact counts.
    most = MOST_BUCKETS // len(counts)
    asked = {name: _values(f"shown_{name}", most) for name in counts}
    found = searcher.aggregate(clause, asked)
    for name, count in counts.items():
        buckets = found[name]["buckets"]
        if found[name]["sum_other_doc_count"]:
            buckets = _alone(searcher, clause, f"shown_{name}")
        for bucket in buckets:
            count.add(bucket["key"], bucket["doc_count"])


def number_of_values(searcher: tantivy.Searcher, clause: Clause, field: str) -> int:
    """How many different values the paragraphs have in a column; tantivy's own count of them is an estimate."""
    return sum(1 for _ in _alone(searcher, clause, field))


def _alone(searcher: tantivy.Searcher, clause: Clause, field: str) -> Iterable[dict[str, Any]]:
    """The values of a field, in one list if one holds them all: page after page takes several times as long."""
    found = searcher.aggregate(clause, {"values": _values(field, MOST_BUCKETS)})["values"]
    buckets: list[dict[str, Any]] = found["buckets"]
    return _all_buckets(searcher, clause, field) if found["sum_other_doc_count"] else buckets


def _values(field: str, most: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": most, "segment_size": most}}


def _all_buckets(
    searcher: tantivy.Searcher, clause: Clause, field: str
) -> Iterator[dict[str, Any]]:
    """The values of a field that has too many for one list, page after page."""
    page: dict[str, Any] = {
        "sources": [{"value": {"terms": {"field": field}}}],
        "size": MOST_BUCKETS,
    }
    while True:
        found = searcher.aggregate(clause, {"page": {"composite": page}})["page"]
        for bucket in found["buckets"]:
            yield {"key": bucket["key"]["value"], "doc_count": bucket["doc_count"]}
        if len(found["buckets"]) < MOST_BUCKETS:
            return
        page = {**page, "after": found["after_key"]}
