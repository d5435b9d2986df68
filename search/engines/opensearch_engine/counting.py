"""Counting in a cluster: values, words and cables, exactly.

Owns the aggregations. Must not know pages or what is stored.

A list of values is exact if every shard gives all of its own; a list that would be too long is read page by page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.plans import Clause
from search.engines.opensearch_engine.schema import CABLE_NUMBER, KIND
from search.units import UnitKind

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
# How many units there are of each kind.
KINDS: Buckets = {"terms": {"field": KIND, "size": len(UnitKind), "shard_size": len(UnitKind)}}


def by_kind(found: Buckets) -> dict[UnitKind, int]:
    """The numbers of `KINDS`."""
    return {UnitKind(bucket["key"]): bucket["doc_count"] for bucket in found["buckets"]}


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
) -> Iterator[tuple[tuple[Any, ...], int]]:
    """All combinations of the values of some columns, in order, each with how many documents have it.

    What has more than a page of them is read at one point in time, so that a commit in between doesn't change them.
    """
    first = _some(cluster, query, fields, {})["buckets"]
    if len(first) < _PAGE:
        yield from _counted(first, fields)
        return
    with cluster.one_point() as point:
        found = _some(cluster, query, fields, point)
        yield from _counted(found["buckets"], fields)
        while len(found["buckets"]) == _PAGE:
            found = _some(cluster, query, fields, point, found["after_key"])
            yield from _counted(found["buckets"], fields)


def _some(
    cluster: Cluster,
    query: Clause,
    fields: Sequence[str],
    point: Mapping[str, Any],
    after: Buckets | None = None,
) -> Buckets:
    """A page of combinations, behind the last one of the page before."""
    asked: Buckets = {
        "size": _PAGE,
        "sources": [{field: {"terms": {"field": field}}} for field in fields],
    }
    if after is not None:
        asked["after"] = after
    body = {"size": 0, "query": query, "aggs": {"page": {"composite": asked}}, **point}
    found: Buckets = cluster.search(body, point=bool(point))["aggregations"]["page"]
    return found


def _counted(
    buckets: Sequence[Buckets], fields: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], int]]:
    for bucket in buckets:
        yield tuple(bucket["key"][field] for field in fields), bucket["doc_count"]
