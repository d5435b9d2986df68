"""Reading from a cluster: a page of matches, exact counts, and what is stored.

Owns the asking, in as few requests as there can be. Must not know how matches become a page of results.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph
from search.answer import FacetCount, Match, present
from search.engines.answering import AnsweringSearcher
from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.counting import (
    CABLES,
    MOST_BUCKETS,
    every_value,
    listed,
    values,
)
from search.engines.opensearch_engine.lexicon import ClusterLexicon
from search.engines.opensearch_engine.plans import WHOLE, clause, every_of, question
from search.engines.opensearch_engine.schema import NAME
from search.engines.opensearch_engine.window import (
    chosen_of_all,
    one_point,
    page,
    walk,
    windowed,
)
from search.engines.stored import unpack_paragraph
from search.fields import BY_NAME
from search.lowering import QueryPlan
from search.plan import All, Plan
from search.query import Query
from search.resolving import Lexicon, resolve
from search.results import CableSummary, IndexStats, SearchResult

_CABLES = "cables"


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
            with one_point(self._cluster) as point:
                counted = self._cluster.search({**body, "size": 0, **point}, point=True)
                matches = list(walk(self._cluster, point, body["query"], body["post_filter"]))
                ranked = _ranked(matches, query, lexicon)
                chosen = chosen_of_all(self._cluster, point, query, ranked)
        else:
            chosen, counted = found
            cables = counted["aggregations"][_CABLES]["number"]["value"]
            chosen = replace(chosen, cables=int(cables or 0))
        facets = self._facets(query, plan, counted["aggregations"])
        return present(query, chosen, facets, _load, started, resolved.notes, resolved.words)

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id; see Searcher."""
        return ClusterLexicon(self._cluster).cable(lookup_key(cable_id))

    @contextmanager
    def lexicon(self) -> Iterator[Lexicon]:
        """The words of the last commit; see AnsweringSearcher."""
        yield ClusterLexicon(self._cluster)

    def stats(self) -> IndexStats:
        """How much the index holds now; see Searcher. The bytes are those of all copies."""
        filters = {"cables": WHOLE, "paragraphs": clause(All())}
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
                every = every_value(self._cluster, clause(plan.without(field)), [f"shown_{field}"])
                found = [(value, number) for (value,), number in every]
            for value, number in found:
                count.add(value, number)
        return facets


def _request(query: Query, plan: QueryPlan) -> dict[str, Any]:
    """The query, the filters and the counts of a question.

    A filter whose own field is counted comes behind the counting, because its field is counted without it; the others
    narrow the query itself, which is quicker.
    """
    late = [(name, each) for name, each in plan.filters if name in query.facets]
    early = [each for name, each in plan.filters if name not in query.facets]
    aggregations = {_CABLES: _among([each for _, each in late], {"number": CABLES})}
    for field in query.facets:
        others = [each for name, each in late if name != field]
        # The buckets of one answer are shared by the fields that are counted in it.
        most = MOST_BUCKETS // len(query.facets)
        counts = {"values": values(f"shown_{field}", most)}
        aggregations[f"facet_{field}"] = _among(others, counts)
    return {
        "query": question(plan, early),
        "post_filter": every_of([each for _, each in late]),
        "aggs": aggregations,
    }


def _among(filters: list[Plan], counts: dict[str, Any]) -> dict[str, Any]:
    return {"filter": every_of(filters), "aggs": counts}


def _ranked(matches: list[Match], query: Query, lexicon: ClusterLexicon) -> list[Match]:
    """The matches with how often their cables are cited, if that is the order; read for all of them at once."""
    if query.sort == "longest":
        ids = {match.cable: BY_NAME["id"].normal(match.cable) for match in matches}
        lengths = lexicon.counts("id", ids.values(), values=True)
        return [replace(match, rank=lengths[ids[match.cable]]) for match in matches]
    if query.sort != "referenced":
        return matches
    names = {match.cable: BY_NAME["cites"].normal(match.cable) for match in matches}
    citing = lexicon.citing(set(names.values()))
    return [replace(match, rank=citing.get(names[match.cable], 0)) for match in matches]


def _load(match: Match) -> tuple[CableSummary, Paragraph]:
    return unpack_paragraph(cast(str, match.address).encode())
