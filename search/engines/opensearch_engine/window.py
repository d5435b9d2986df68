"""The page of a query, read from the cluster as a page; all matches only where no window can be asked for.

Owns which request brings which page. Must not know facets, snippets or the form of what is stored.

A page of units is one request; one of cables is two: cables collapsed to their best units, and then what else was
found of these. A cursor is a place in the order, which the cluster is given as `search_after`; collapsed results have
none, so there the place of the cursor is looked up among the leaders. Beyond the window that the cluster allows, and
for an order that it does not know, all matches are walked through at one point in time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.ids import lookup_key
from search.answers.answer import Match, Selection, Shown, selection
from search.answers.ordering import key, read_cursor, write_cursor
from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.counting import KINDS, by_kind
from search.engines.opensearch_engine.plans import HEADS, SCALE
from search.engines.opensearch_engine.schema import ID, OWNER, SHOWN, WINDOW
from search.fields import POSITION
from search.language.tree import Query

_PLACE = f"number_{POSITION}"
_DATE = "number_date"
# How many paragraphs a cable has stands on each of its units.
_LENGTH = "number_paragraphs"
# What the cluster orders undated units by: the last number there is, either way.
_LAST = 2**63 - 1
_TIES: list[Any] = [{ID: "asc"}, {_PLACE: "asc"}]
_SCORE = {"_score": "desc"}
_SORTS: dict[str, list[Any]] = {
    "relevance": [_SCORE, *_TIES],
    "newest": [{_DATE: {"order": "desc", "missing": "_last"}}, *_TIES],
    "oldest": [{_DATE: {"order": "asc", "missing": "_last"}}, *_TIES],
    "longest": [{_LENGTH: "desc"}, *_TIES],
}

# The collapsed cables looked at first for the place of a cursor.
_FEWEST_LEADERS = 256
# So many cables of a page are looked into by one request; a node keeps a list of best units for each of them.
_MOST_CABLES = 1_000

Body = dict[str, Any]


def windowed(query: Query) -> bool:
    """Whether the cluster can be asked for this page: it can order so, and the page is inside of its window."""
    if query.sort not in _SORTS or (query.grouped and query.per_cable > WINDOW):
        return False
    return bool(query.after) or max(1, query.page) * query.size + 1 <= WINDOW


def page(cluster: Cluster, query: Query, body: Body) -> tuple[Selection, dict[str, Any]] | None:
    """The page, and the whole answer to the request that brought it; None if all matches must be read.

    `body` is the request without what is about the page: its query, its filters, its aggregations. The page's counts
    are left to who asks, for they are among these.
    """
    asked = {**body, "sort": _SORTS[query.sort], "size": query.size + 1, "_source": [SHOWN]}
    asked |= {"track_scores": True, "track_total_hits": True}
    if query.grouped:
        start = (max(1, query.page) - 1) * query.size
        if query.after:
            found = _behind_cursor(cluster, query, body)
            if found is None or found + query.size + 1 > WINDOW:
                return None
            start = found
        asked |= {"from": start, "collapse": {"field": OWNER}, "_source": False}
    elif query.after:
        asked["search_after"] = _search_after(query)
    else:
        asked["from"] = (max(1, query.page) - 1) * query.size
    while True:
        answered = cluster.search(asked)
        hits = answered["hits"]["hits"]
        leaders = [_match(hit, query) for hit in hits[: query.size]]
        shown = _groups(cluster, query, asked, leaders) if query.grouped else _alone(leaders)
        # A commit between the two requests, or an alias that goes to a rebuilt index, may have taken a cable away: then
        # the page is asked for again.
        if len(shown) == len(leaders):
            break
    after = ""
    if len(hits) > query.size and leaders:
        after = write_cursor(query, key(leaders[-1], query.sort))
    return Selection({}, 0, shown, after), answered


def walk(cluster: Cluster, point: Body, query: Query, body: Body) -> Iterator[Match]:
    """All matches at a point in time, in no order of relevance; their address is the id of the document.

    `body` is the request without what is about the page.
    """
    asked: Body = {
        "query": body["query"],
        "post_filter": body["post_filter"],
        "size": WINDOW,
        "_source": False,
        "track_scores": True,
        "track_total_hits": False,
        "sort": [*_TIES, {_DATE: {"order": "asc", "missing": "_last"}}, {_LENGTH: "asc"}],
        **point,
    }
    while True:
        hits = cluster.search(asked, point=True)["hits"]["hits"]
        for hit in hits:
            cable, place, date, length = hit["sort"]
            rank = length if query.sort == "longest" else 0
            yield Match(cable, place, hit["_score"] / SCALE, _date(date), hit["_id"], rank)
        if len(hits) < WINDOW:
            return
        asked["search_after"] = hits[-1]["sort"]


def chosen_of_all(cluster: Cluster, point: Body, query: Query, matches: list[Match]) -> Selection:
    """The page out of all matches at a point in time, each with what is stored of it."""
    chosen = selection(query, matches)
    wanted = [str(match.address) for group, _ in chosen.shown for match in group]
    stored: dict[str, str] = {}
    for start in range(0, len(wanted), WINDOW):
        ids = wanted[start : start + WINDOW]
        body = {"query": {"ids": {"values": ids}}, "size": len(ids), "_source": [SHOWN], **point}
        for hit in cluster.search(body, point=True)["hits"]["hits"]:
            stored[hit["_id"]] = hit["_source"][SHOWN]
    shown = tuple(
        (tuple(replace(match, address=stored[str(match.address)]) for match in group), counts)
        for group, counts in chosen.shown
    )
    return replace(chosen, shown=shown)


def _alone(leaders: Sequence[Match]) -> tuple[Shown, ...]:
    return tuple(((each,), {each.kind: 1}) for each in leaders)


def _groups(
    cluster: Cluster, query: Query, asked: Body, leaders: Sequence[Match]
) -> tuple[Shown, ...]:
    """The cables of the leaders with what is shown of each and how many of each kind were found of it.

    One that is not there any more is left out.
    """
    keys = [lookup_key(each.cable) for each in leaders]
    most = min(_MOST_CABLES, max(1, WINDOW // max(1, query.per_cable)))
    found: dict[str, Shown] = {}
    for start in range(0, len(keys), most):
        part = keys[start : start + most]
        inside = [asked["post_filter"], {"terms": {OWNER: part}}]
        body: Body = {
            "size": 0,
            "query": {"bool": {"must": [asked["query"]], "filter": inside}},
            "aggs": {"cables": _cables(query, len(part))},
        }
        answered = cluster.search(body, beside=asked)
        for bucket in answered["aggregations"]["cables"]["buckets"]:
            shown = [*_best(bucket["heads"]), *_best(bucket["others"])]
            found[bucket["key"]] = tuple(shown), by_kind(bucket["kinds"])
    return tuple(found[each] for each in keys if each in found)


def _cables(query: Query, number: int) -> Body:
    """For each cable the head, the best of the others, and the number of each kind: `search.answers.answer.best`."""
    others = {"bool": {"must_not": [HEADS]}}
    return {
        # Each cable's units are collected as they come: those that are put off until the cables are known lose their
        # scores.
        "terms": {
            "field": OWNER,
            "size": number,
            "shard_size": number,
            "collect_mode": "depth_first",
        },
        "aggs": {
            "kinds": KINDS,
            "heads": {"filter": HEADS, "aggs": {"best": _first(1)}},
            "others": {"filter": others, "aggs": {"best": _first(max(1, query.per_cable))}},
        },
    }


def _first(number: int) -> Body:
    asked = {"size": number, "sort": _SORTS["relevance"], "track_scores": True, "_source": [SHOWN]}
    return {"top_hits": asked}


def _best(found: Body) -> Iterator[Match]:
    for each in found["best"]["hits"]["hits"]:
        score, cable, place = each["sort"]
        yield Match(cable, place, score / SCALE, None, each["_source"][SHOWN])


def _behind_cursor(cluster: Cluster, query: Query, body: Body) -> int | None:
    """How many cables stand before the place of the cursor; None if more than can be looked at."""
    place = read_cursor(query)
    limit = _FEWEST_LEADERS
    asked: Body = {name: body[name] for name in ("query", "post_filter")}
    asked |= {"sort": _SORTS[query.sort], "collapse": {"field": OWNER}, "_source": False}
    asked |= {"track_scores": True, "track_total_hits": False}
    while True:
        hits = cluster.search({**asked, "size": limit})["hits"]["hits"]
        keys = [key(_match(hit, query), query.sort) for hit in hits]
        before = bisect_right(keys, place)
        if before < limit:
            return before
        if limit == WINDOW:
            return None
        limit = min(WINDOW, limit * 4)


def _search_after(query: Query) -> list[Any]:
    """The sort values of the last thing that was shown."""
    *rank, cable, place = read_cursor(query)
    first: float | int
    if query.sort == "relevance":
        first = -float(rank[0]) * SCALE
    elif query.sort == "longest":
        first = -int(rank[0])
    elif rank[0]:
        first = _LAST if query.sort == "oldest" else -_LAST - 1
    else:
        first = int(rank[1]) if query.sort == "oldest" else -int(rank[1])
    return [first, cable, place]


def _match(hit: Body, query: Query) -> Match:
    """A hit of a sorted list."""
    first, cable, place = hit["sort"]
    date = _date(first) if query.sort in ("newest", "oldest") else None
    rank = first if query.sort == "longest" else 0
    source = hit.get("_source") or {}
    return Match(cable, place, hit["_score"] / SCALE, date, source.get(SHOWN), rank)


def _date(value: int) -> int | None:
    return None if value in (_LAST, -_LAST - 1) else value
