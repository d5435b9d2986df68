"""The page of a query, read from the cluster as a page; all matches only where no window can be asked for.

Owns which request brings which page. Must not know facets, snippets or the form of what is stored.

Most pages are one request: the best paragraphs, or cables collapsed to their best ones. A cursor is a place in the
order, which the cluster is given as `search_after`; collapsed results have none, so there the place of the cursor is
looked up among the leaders. Beyond the window that the cluster allows, and for an order that it does not know, all
matches are walked through at one point in time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from opensearchpy.exceptions import AuthorizationException

from search.answer import Match, Selection, selection
from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.plans import SCALE, Clause
from search.engines.opensearch_engine.schema import ID, OWNER, SHOWN, WINDOW
from search.errors import SearchError
from search.fields import POSITION
from search.ordering import key, read_cursor, write_cursor
from search.query import Query

_PLACE = f"number_{POSITION}"
_DATE = "number_date"
# What the cluster orders undated paragraphs by: the last number there is, either way.
_LAST = 2**63 - 1
_TIES: list[Any] = [{ID: "asc"}, {_PLACE: "asc"}]
_SCORE = {"_score": "desc"}
_SORTS: dict[str, list[Any]] = {
    "relevance": [_SCORE, *_TIES],
    "newest": [{_DATE: {"order": "desc", "missing": "_last"}}, *_TIES],
    "oldest": [{_DATE: {"order": "asc", "missing": "_last"}}, *_TIES],
    # How many paragraphs a cable has stands on each of them.
    "longest": [{"number_paragraphs": "desc"}, *_TIES],
}

# The collapsed cables looked at first for the place of a cursor.
_FEWEST_LEADERS = 256
# How long the cluster keeps a point in time between two requests.
_KEEP = "2m"

Body = dict[str, Any]


def windowed(query: Query) -> bool:
    """Whether the cluster can be asked for this page: it can order so, and the page is inside of its window."""
    if query.sort not in _SORTS:
        return False
    return bool(query.after) or max(1, query.page) * query.size + 1 <= WINDOW


def page(cluster: Cluster, query: Query, body: Body) -> tuple[Selection, dict[str, Any]] | None:
    """The page, and the whole answer to the request that brought it; None if all matches must be read.

    `body` is the request without what is about the page: its query, its filters, its aggregations.
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
        asked |= {"from": start, "collapse": _collapsed(query)}
    elif query.after:
        asked["search_after"] = _search_after(query)
    else:
        asked["from"] = (max(1, query.page) - 1) * query.size
    answered = cluster.search(asked)
    # The cluster looks for the best of each cable in a second search of its own. A commit in between, or an alias that
    # goes to a rebuilt index, may have taken the cable away: then the page is asked for again.
    while query.grouped and not all(map(_has_best, answered["hits"]["hits"])):
        answered = cluster.search(asked)
    hits = answered["hits"]["hits"]
    shown = hits[: query.size]
    leaders = [_match(hit, query) for hit in shown]
    after = ""
    if len(hits) > query.size and leaders:
        after = write_cursor(query, key(leaders[-1], query.sort))
    groups = (
        tuple(_group(hit) for hit in shown)
        if query.grouped
        else tuple(((leader,), 1) for leader in leaders)
    )
    paragraphs = answered["hits"]["total"]["value"]
    return Selection(paragraphs, 0, groups, after), answered


@contextmanager
def one_point(cluster: Cluster) -> Iterator[Body]:
    """A point in time, as a part of the requests that are to see the index as it is now."""
    with cluster.asking():
        params = {"keep_alive": _KEEP, "allow_partial_pit_creation": "false"}
        point = cluster.client.create_pit(index=cluster.place.alias, params=params)["pit_id"]
    try:
        yield {"pit": {"id": point, "keep_alive": _KEEP}}
    finally:
        try:
            with cluster.asking():
                cluster.client.delete_pit(body={"pit_id": [point]})
        except SearchError as error:
            # It goes by itself when its time is over, and what was asked has its answer; a right that is missing would
            # be missing each time.
            if isinstance(error.__cause__, AuthorizationException):
                raise


def walk(cluster: Cluster, point: Body, query: Clause, filters: Clause) -> Iterator[Match]:
    """All matches at a point in time, in no order of relevance; their address is the id of the document."""
    body: Body = {
        "query": query,
        "post_filter": filters,
        "size": WINDOW,
        "_source": False,
        "track_scores": True,
        "track_total_hits": False,
        "sort": [*_TIES, {_DATE: {"order": "asc", "missing": "_last"}}],
        **point,
    }
    while True:
        hits = cluster.search(body, point=True)["hits"]["hits"]
        for hit in hits:
            cable, place, date = hit["sort"]
            yield Match(cable, place, hit["_score"] / SCALE, _date(date), hit["_id"])
        if len(hits) < WINDOW:
            return
        body["search_after"] = hits[-1]["sort"]


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
        (tuple(replace(match, address=stored[str(match.address)]) for match in group), total)
        for group, total in chosen.shown
    )
    return replace(chosen, shown=shown)


def _collapsed(query: Query) -> Body:
    best = {
        "name": "best",
        "size": max(1, query.per_cable),
        "sort": _SORTS["relevance"],
        "_source": [SHOWN],
    }
    return {"field": OWNER, "inner_hits": best}


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


def _has_best(hit: Body) -> bool:
    return bool(hit["inner_hits"]["best"]["hits"]["hits"])


def _group(hit: Body) -> tuple[tuple[Match, ...], int]:
    """The best paragraphs of a collapsed cable and how many of it match."""
    inner = hit["inner_hits"]["best"]["hits"]
    matches = []
    for each in inner["hits"]:
        score, cable, place = each["sort"]
        matches.append(Match(cable, place, score / SCALE, None, each["_source"][SHOWN]))
    return tuple(matches), inner["total"]["value"]


def _date(value: int) -> int | None:
    return None if value in (_LAST, -_LAST - 1) else value
