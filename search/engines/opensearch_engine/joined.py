"""Several indexes of one cluster asked as one: each request names them all, and is scored by what these have together.

Owns how they are asked. Must not know why these and no others. A cable that stands in several of them is the first
one's: each request leaves out its documents in the others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from opensearchpy.exceptions import NotFoundError

from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.counting import every_value
from search.engines.opensearch_engine.place import Place, Settings
from search.engines.opensearch_engine.plans import HEADS, Clause
from search.engines.opensearch_engine.schema import OWNER
from search.errors import SearchError

# How often, in seconds, it is looked whether one of them has another commit, and with it other cables.
_LOOK = 2.0
# `index.max_terms_count` is 65,536 where nobody has set it.
_MOST_TERMS = 60_000
# The indexes behind each alias, with the marks of their last commits.
_State = tuple[tuple[tuple[str, str], ...], ...]


class JoinedCluster(Cluster):
    """A cluster and those indexes of it that are asked together. Safe to use from several threads."""

    def __init__(self, places: Sequence[Place], settings: Settings) -> None:
        """Raises SearchError if they are not all on one cluster."""
        if len({frozenset(each.hosts) for each in places}) > 1:
            raise SearchError(
                "Collections that are read together must be on one cluster; set CABLEGRAM_OPENSEARCH_URL to its"
                " address."
            )
        self._places, self._settings = tuple(places), settings
        super().__init__(
            replace(places[0], alias=",".join(each.alias for each in places)), settings
        )
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._state: _State = ()
        self._hidden: list[Clause] = []

    def search(
        self,
        body: Mapping[str, Any],
        *,
        routing: str = "",
        point: bool = False,
        index: str = "",
        beside: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The answer of all of them; see Cluster."""
        hidden = self._twice()
        asked = _without(body, hidden)
        near = _without(beside, hidden) if beside is not None else None
        return super().search(asked, routing=routing, point=point, index=index, beside=near)

    def _twice(self) -> list[Clause]:
        """What is left out: the documents of cables that an index before it has as well."""
        with self._lock:
            if time.monotonic() - self._looked < _LOOK:
                return self._hidden
            state = self._read_state()
            if state != self._state:
                self._hidden = self._find(state)
                self._state = state
            self._looked = time.monotonic()
            return self._hidden

    def _read_state(self) -> _State:
        found = []
        for place in self._places:
            with self.asking():
                try:
                    told = self.client.indices.get_mapping(index=place.alias)
                except NotFoundError as error:
                    raise self.missing() from error
            marks = ((name, each["mappings"].get("_meta", {})) for name, each in told.items())
            found.append(tuple(sorted((name, str(meta.get("mark", ""))) for name, meta in marks)))
        return tuple(found)

    def _find(self, state: _State) -> list[Clause]:
        known: set[str] = set()
        hidden: list[Clause] = []
        for place, indexes in zip(self._places, state, strict=True):
            with closing(Cluster(place, self._settings)) as alone:
                own = {key for (key,), _ in every_value(alone, HEADS, [OWNER])}
            twice = sorted(own & known)
            known |= own
            here: Clause = {"terms": {"_index": [name for name, _ in indexes]}}
            for start in range(0, len(twice), _MOST_TERMS):
                some: Clause = {"terms": {OWNER: twice[start : start + _MOST_TERMS]}}
                hidden.append({"bool": {"filter": [here, some]}})
        return hidden


def _without(body: Mapping[str, Any], hidden: list[Clause]) -> dict[str, Any]:
    """A request that leaves some documents out; the scores of the others stay."""
    if not hidden:
        return dict(body)
    query = body.get("query", {"match_all": {}})
    return {**body, "query": {"bool": {"must": [query], "must_not": hidden}}}
