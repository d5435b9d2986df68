"""The words of a cluster's index, for `search.plans.rewriting`.

Owns the reading of its columns of words. Must not know what the words are read for.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping, Sequence

from corpus.ids import lookup_key
from corpus.late_patterns import late_pattern
from corpus.model import Cable
from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.counting import MOST_BUCKETS, every_value, listed, values
from search.engines.opensearch_engine.plans import HEADS, Clause, clause, of_cable
from search.engines.opensearch_engine.schema import CABLE, OWNER
from search.engines.stored import unpack_cable
from search.fields import STRETCH
from search.plans.plan import All, Plan, Term, TermPrefix, Value, ValuePrefix
from search.plans.rewriting import Lexicon

# So many spellings are counted in one request.
_TOGETHER = 500
# What is not a letter or a digit may mean something in a regular expression of Lucene's: `F.16` is asked as `F\.16`.
_SIGN = late_pattern(r"([^\w])")
_ESCAPED = r"\\\1"
# Lucene's regular expressions have 1,000 signs at most; a longer beginning leaves few spellings in any case.
_LONGEST_BEGINNING = 400


class ClusterLexicon(Lexicon):
    """The words of the last commit; see Lexicon. What was counted once is not asked for again."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._counted: dict[tuple[str, bool, str], int] = {}

    def spellings(self, field: str, prefix: str, *, values: bool = False) -> Iterable[str]:
        """The terms or folded values that begin so."""
        found = dict(self._beginning(field, prefix, values))
        self._counted |= {(field, values, spelling): count for spelling, count in found.items()}
        return found

    def count(self, field: str, spelling: str, *, values: bool = False) -> int:
        """How many units have it now."""
        return self.counts(field, (spelling,), values=values)[spelling]

    def counts(
        self, field: str, spellings: Iterable[str], *, values: bool = False
    ) -> Mapping[str, int]:
        """How many units have each of them now."""
        asked = list(dict.fromkeys(spellings))
        unknown = [each for each in asked if (field, values, each) not in self._counted]
        for start in range(0, len(unknown), _TOGETHER):
            part = unknown[start : start + _TOGETHER]
            plans: list[Plan] = [Value(field, x) if values else Term(field, x) for x in part]
            for spelling, count in zip(part, self.numbers(plans), strict=True):
                self._counted[field, values, spelling] = count
        return {each: self._counted[field, values, each] for each in asked}

    def frequent(
        self, field: str, prefix: str, limit: int, *, values: bool = False
    ) -> Sequence[tuple[str, int]]:
        """The most frequent that begin so; see Lexicon."""
        found = sorted(self._beginning(field, prefix, values), key=lambda each: (-each[1], each[0]))
        return found[:limit]

    def units(self) -> int:
        """How many units there are now."""
        (number,) = self.numbers([All()])
        return number

    def stretches(self, plan: Plan) -> set[tuple[str, int]]:
        """Where the headings and the paragraphs under one are that a plan finds."""
        # What stands outside of any heading has no such number, and is in no combination.
        columns = [OWNER, f"number_{STRETCH}"]
        return {
            (key, place) for (key, place), _ in every_value(self._cluster, clause(plan), columns)
        }

    def keys(self, plan: Plan) -> set[str]:
        """The cables with a unit that a plan finds."""
        return {key for (key,), _ in every_value(self._cluster, clause(plan), [OWNER])}

    def cable(self, key: str) -> Cable | None:
        """The cable of that look-up key."""
        body = {"size": 1, "query": of_cable(key), "_source": [CABLE]}
        hits = self._cluster.search(body, routing=key)["hits"]["hits"]
        return unpack_cable(base64.b64decode(hits[0]["_source"][CABLE])) if hits else None

    def cables(self, keys: Collection[str]) -> dict[str, Cable]:
        """The cables of these look-up keys by their keys, as far as they are there, by one request."""
        wanted = {"bool": {"filter": [{"terms": {OWNER: sorted(keys)}}, HEADS]}}
        body = {"size": len(keys), "query": wanted, "_source": [CABLE]}
        hits = self._cluster.search(body)["hits"]["hits"]
        found = (unpack_cable(base64.b64decode(hit["_source"][CABLE])) for hit in hits)
        return {lookup_key(cable.id): cable for cable in found}

    def citing(self, names: Iterable[str]) -> Mapping[str, int]:
        """How many cables cite each of these folded references; those that none cites are left out."""
        found: dict[str, int] = {}
        asked = sorted(names)
        for start in range(0, len(asked), MOST_BUCKETS):
            part = asked[start : start + MOST_BUCKETS]
            query: Clause = {"terms": {"value_cites": part}}
            wanted = set(part)
            for (cited, _), _ in every_value(self._cluster, query, ["value_cites", OWNER]):
                if cited in wanted:
                    found[cited] = found.get(cited, 0) + 1
        return found

    def _beginning(self, field: str, prefix: str, is_value: bool) -> list[tuple[str, int]]:
        """What begins so, with how many units have it."""
        column = f"value_{field}" if is_value else f"words_{field}"
        plan: Plan = All()
        if prefix:
            plan = ValuePrefix(field, prefix) if is_value else TermPrefix(field, prefix)
        include = ""
        if prefix and len(prefix) <= _LONGEST_BEGINNING:
            # Not `word.*`: OpenSearch 2.19 knows that form, and fails in a shard whose last word comes before it.
            word = _SIGN.sub(_ESCAPED, prefix)
            include = f"{word}|{word}.+"
        query = {"bool": {"filter": [clause(plan)]}}
        body = {
            "size": 0,
            "query": query,
            "aggs": {"words": values(column, MOST_BUCKETS, include)},
        }
        found = listed(self._cluster.search(body)["aggregations"]["words"])
        if found is None:
            every = every_value(self._cluster, query, [column])
            found = [(spelling, count) for (spelling,), count in every]
        return [(spelling, count) for spelling, count in found if spelling.startswith(prefix)]

    def numbers(self, plans: Sequence[Plan]) -> list[int]:
        """How many units each plan finds."""
        if not plans:  # OpenSearch refuses to count nothing
            return []
        filters = {str(place): clause(plan) for place, plan in enumerate(plans)}
        body = {"size": 0, "aggs": {"numbers": {"filters": {"filters": filters}}}}
        found = self._cluster.search(body)["aggregations"]["numbers"]["buckets"]
        return [found[str(place)]["doc_count"] for place in range(len(plans))]
