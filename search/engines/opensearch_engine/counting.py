"""Counting in a cluster: values, words and cables, exactly.

Owns the aggregations. Must not know pages or what is stored.

A list of values is exact if every shard gives all of its own; a list that would be too long is read page by page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.plans import Clause
from search.engines.opensearch_engine.schema import CABLE_NUMBER

# The buckets that one answer may have: OpenSearch refuses more than 65,535.
MOST_BUCKETS = 60_000
_PAGE = 10_000

Buckets = dict[str, Any]

# The different cables. All documents of a cable are in one shard, so the numbers of the shards add up; OpenSearch's own
# count of different values is an estimate.
CABLES: Buckets = {
    "scripted_metric": {
        "init_script": "state.seen = new HashSet()",
        "map_script": f"state.seen.add(doc['{CABLE_NUMBER}'].value)",
        "combine_script": "return (long) state.seen.size()",
        "reduce_script": "long all = 0; for (each in states) { if (each != null) { all += each } } return all",
    }
}


def values(field: str, most: int, include: str = "") -> Buckets:
    """The values of a column, at most so many; `include` is a regular expression of Lucene's for those that count."""
    asked: dict[str, Any] = {"field": field, "size": most, "shard_size": most}
    if include:
        asked["include"] = include
    return {"terms": asked}


def listed(found: Buckets) -> list[tuple[str, int]] | None:
    """The values with their numbers, None if the list is not whole."""
    if found["sum_other_doc_count"] or found["doc_count_error_upper_bound"]:
        return None
    return [(bucket["key"], bucket["doc_count"]) for bucket in found["buckets"]]


def every_value(
    cluster: Cluster, query: Clause, fields: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], int]]:
    """All combinations of the values of some columns, in order, each with how many documents have it."""
    asked: dict[str, Any] = {
        "size": _PAGE,
        "sources": [{field: {"terms": {"field": field}}} for field in fields],
    }
    while True:
        body = {"size": 0, "query": query, "aggs": {"page": {"composite": asked}}}
        found = cluster.search(body)["aggregations"]["page"]
        for bucket in found["buckets"]:
            yield tuple(bucket["key"][field] for field in fields), bucket["doc_count"]
        if len(found["buckets"]) < _PAGE:
            return
        asked = {**asked, "after": found["after_key"]}
