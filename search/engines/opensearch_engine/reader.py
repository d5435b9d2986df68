"""Reading from a cluster: a page of matches, exact counts, and what is stored.

Owns the asking, in as few requests as there can be. Must not know how matches become a page of results.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from corpus.ids import lookup_key
from corpus.model import Cable
from search.answers.answer import FacetCount, Match, present
from search.answers.ordering import Order, key, whole_order
from search.answers.results import CableSummary, IndexStats, SearchResult
from search.engines.answering import AnsweringSearcher, units_at
from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.counting import (
    CABLES,
    KINDS,
    MOST_BUCKETS,
    by_kind,
    every_value,
    listed,
    values,
)
from search.engines.opensearch_engine.lexicon import ClusterLexicon
from search.engines.opensearch_engine.plans import HEADS, clause, every_of, question
from search.engines.opensearch_engine.schema import NAME
from search.engines.opensearch_engine.window import chosen_of_all, page, walk, windowed
from search.engines.stored import unpack_unit
from search.fields import BY_NAME, UNIT_FIELDS
from search.language.tree import Query
from search.plans.lowering import PARAGRAPHS, QueryPlan
from search.plans.plan import Plan
from search.plans.rewriting import Lexicon, resolve
from search.units import Unit

_CABLES = "cables"
# So many whole cables are read by one request, some kilobytes each.
_CABLES_AT_ONCE = 200


class ClusterReader(AnsweringSearcher):
    """Answers from the last commit, which is what the cluster was last refreshed to show."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def search(self, query: Query) -> SearchResult:
        """Answer a question; see Searcher."""
        started = time.perf_counter()
        lexicon = ClusterLexicon(self._cluster)
        resolved = resolve(query, lexicon)
        query, plan = resolved.query, resolved.plan
        body = _request(query, plan)
        found = page(self._cluster, query, body) if windowed(query) else None
        if found is None:
            with self._cluster.one_point() as point:
                counted = self._cluster.search({**body, "size": 0, **point}, point=True)
                matches = list(walk(self._cluster, point, query, body))
                ranked = _ranked(matches, query, lexicon)
                chosen = chosen_of_all(self._cluster, point, query, ranked)
        else:
            chosen, counted = found
            told = counted["aggregations"][_CABLES]
            cables = int(told["number"]["value"] or 0)
            chosen = replace(chosen, counts=by_kind(told["kinds"]), cables=cables)
        facets = self._facets(query, plan, counted["aggregations"])
        return present(
            query, chosen, lambda: facets, _load, started, resolved.notes, resolved.words
        )

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands, walked through once at one point in time; see Searcher."""
        lexicon = ClusterLexicon(self._cluster)
        resolved = resolve(query, lexicon)
        asked = resolved.query
        body = _request(replace(asked, facets=()), resolved.plan)
        with self._cluster.one_point() as point:
            matches = list(walk(self._cluster, point, asked, body))
        keys = [key(each, asked.sort) for each in _ranked(matches, asked, lexicon)]
        return whole_order(asked, keys, resolved.notes)

    def read(
        self, cables: Sequence[str], positions: Sequence[int]
    ) -> Sequence[tuple[CableSummary, Unit] | None]:
        """The units at these places, some hundred cables a request; see Searcher."""
        lexicon = ClusterLexicon(self._cluster)
        found: list[tuple[CableSummary, Unit] | None] = []
        for start in range(0, len(cables), _CABLES_AT_ONCE):
            names = cables[start : start + _CABLES_AT_ONCE]
            there = lexicon.cables({lookup_key(name) for name in names})
            places = positions[start : start + _CABLES_AT_ONCE]
            found += units_at(names, places, lambda name, there=there: there.get(lookup_key(name)))  # type: ignore[misc]
        return found

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id; see Searcher."""
        return ClusterLexicon(self._cluster).cable(lookup_key(cable_id))

    @contextmanager
    def lexicon(self) -> Iterator[Lexicon]:
        """The words of the last commit; see AnsweringSearcher."""
        yield ClusterLexicon(self._cluster)

    def stats(self) -> IndexStats:
        """How much the index holds now; see Searcher. The bytes are those of all copies."""
        filters = {"cables": HEADS, "paragraphs": clause(PARAGRAPHS)}
        body = {"size": 0, "aggs": {"numbers": {"filters": {"filters": filters}}}}
        found = self._cluster.search(body)["aggregations"]["numbers"]["buckets"]
        with self._cluster.asking():
            told = self._cluster.client.indices.stats(
                index=self._cluster.place.alias, metric="store"
            )
        return IndexStats(
            NAME,
            found["cables"]["doc_count"],
            found["paragraphs"]["doc_count"],
            told["_all"]["total"]["store"]["size_in_bytes"],
        )

    def close(self) -> None:
        """Free the connections."""
        self._cluster.close()

    def _facets(
        self, query: Query, plan: QueryPlan, counted: Mapping[str, Any]
    ) -> dict[str, FacetCount]:
        facets = {field: FacetCount() for field in query.facets}
        for field, count in facets.items():
            found = listed(counted[f"facet_{field}"]["values"])
            if found is None:
                every = every_value(self._cluster, clause(plan.counted(field)), [f"shown_{field}"])
                found = [(value, number) for (value,), number in every]
            for value, number in found:
                count.add(value, number)
        return facets


def _request(query: Query, plan: QueryPlan) -> dict[str, Any]:
    """The query, the filters and the counts of a question.

    A filter whose own field is counted comes behind the counting, because its field is counted without it; the others
    narrow the query itself, which is quicker. See `QueryPlan.counted` for what each field is counted among.
    """
    late = [(name, each) for name, each in plan.filters if name in query.facets]
    early = [each for name, each in plan.filters if name not in query.facets]
    aggregations = {_CABLES: _among([each for _, each in late], {"number": CABLES, "kinds": KINDS})}
    for field in query.facets:
        among = [each for name, each in late if name != field]
        if field not in UNIT_FIELDS:
            among.append(PARAGRAPHS)
        # The buckets of one answer are shared by the fields that are counted in it.
        most = MOST_BUCKETS // len(query.facets)
        counts = {"values": values(f"shown_{field}", most)}
        aggregations[f"facet_{field}"] = _among(among, counts)
    return {
        "query": question(plan, early),
        "post_filter": every_of([each for _, each in late]),
        "aggs": aggregations,
    }


def _among(filters: list[Plan], counts: dict[str, Any]) -> dict[str, Any]:
    return {"filter": every_of(filters), "aggs": counts}


def _ranked(matches: list[Match], query: Query, lexicon: ClusterLexicon) -> list[Match]:
    """The matches with how often their cables are cited, if that is the order; read for all of them at once."""
    if query.sort != "referenced":
        return matches
    names = {match.cable: BY_NAME["cites"].normal(match.cable) for match in matches}
    citing = lexicon.citing(set(names.values()))
    return [replace(match, rank=citing.get(names[match.cable], 0)) for match in matches]


def _load(match: Match) -> tuple[CableSummary, Unit]:
    return unpack_unit(cast(str, match.address).encode())
