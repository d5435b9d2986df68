"""The indexes and the alias of a cluster: making, refreshing, publishing and dropping an index.

Owns what happens to an index as a whole. Must not know plans or documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from opensearchpy.exceptions import NotFoundError, RequestError

from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.place import Place, Settings
from search.engines.opensearch_engine.plans import Clause
from search.engines.opensearch_engine.schema import (
    OWNER,
    SCHEMA,
    TEMPLATE,
    WINDOW,
    mapping,
    settings,
    template,
)
from search.engines.opensearch_engine.sending import Patience, patiently

# A request about an index waits so long for a manager to be elected.
_WAIT = {"cluster_manager_timeout": "60s"}


class Administration:
    """What a writer does to the index of its place."""

    def __init__(self, cluster: Cluster, settings: Settings, fingerprint: str) -> None:
        self.cluster = cluster
        self._client = cluster.client
        self._place = cluster.place
        self._settings = settings
        self._fingerprint = fingerprint

    def create(self) -> None:
        """Make the index; the template of our schema is brought in if the cluster has none, or an older one.

        Of templates only that of the highest priority counts, and it may be the newsroom's own. So what a cable needs
        is said here once more: a template decides about the rest, the number of shards among it.
        """
        sizes = {
            "number_of_shards": self._settings.shards,
            "number_of_replicas": self._settings.replicas,
        }
        body: dict[str, Any] = {
            "settings": {
                **settings(),
                **{name: size for name, size in sizes.items() if size is not None},
            },
            "mappings": mapping(self._fingerprint),
            "aliases": {self._place.writing: {}},
        }
        with self.cluster.asking():
            if not self._has_template():
                self._client.indices.put_index_template(
                    name=TEMPLATE, body=template(self._fingerprint)
                )
            try:
                self._client.indices.create(index=self._place.index, body=body, params=_WAIT)
            except RequestError as error:
                # The name is new for every build: a request that was sent again after a timeout finds its own index.
                if error.error != "resource_already_exists_exception":
                    raise

    def refresh(self) -> None:
        """Make what was written seen by readers, in every copy."""
        index = self._place.index
        patience = Patience(self.cluster)
        while True:
            told = patiently(self.cluster, lambda: self._client.indices.refresh(index=index))
            failed = told["_shards"]["failed"]
            if not failed:
                return
            # A copy on a node that was lost; it counts until the node is given up.
            patience.wait(f"{failed} copies could not be refreshed")

    def publish(self) -> None:
        """Let the alias point to the index, and to no other, in one step."""
        add = {"add": {"index": self._place.index, "alias": self._place.alias}}
        others = self.behind_alias() - {self._place.index}
        remove = [
            {"remove": {"index": each, "alias": self._place.alias}} for each in sorted(others)
        ]
        body = {"actions": [*remove, add]}
        patiently(
            self.cluster, lambda: self._client.indices.update_aliases(body=body, params=_WAIT)
        )

    def mark(self) -> str:
        """The mark that was set last; "" for none, and where the index is not made yet."""
        with self.cluster.asking():
            # Whoever may only search may ask for the mapping, and not whether the index exists.
            try:
                told = self._client.indices.get_mapping(index=self._place.index)
            except NotFoundError:
                return ""
        (found,) = told.values()
        return str(found["mappings"].get("_meta", {}).get("mark", ""))

    def set_mark(self, mark: str) -> None:
        """Mark the index with something else than before."""
        body = {"_meta": {**mapping(self._fingerprint)["_meta"], "mark": mark}}
        patiently(
            self.cluster,
            lambda: self._client.indices.put_mapping(
                index=self._place.index, body=body, params=_WAIT
            ),
        )

    def behind_alias(self) -> set[str]:
        """The indexes that the alias points to."""
        with self.cluster.asking():
            try:
                return set(self._client.indices.get_alias(name=self._place.alias))
            except NotFoundError:
                return set()

    def is_index(self, name: str) -> bool:
        """Whether the name is an index's own, and no alias."""
        with self.cluster.asking():
            try:
                # What it gives is named by index, whichever name it was asked by.
                return name in self._client.indices.get_alias(index=name)
            except NotFoundError:
                return False

    def exists(self) -> bool:
        """Whether the cluster has the index."""
        with self.cluster.asking():
            return bool(self._client.indices.exists(index=self._place.index))

    def drop(self) -> None:
        """Delete the index, if there is one."""
        with self.cluster.asking():
            self._client.indices.delete(
                index=self._place.index, params={"ignore_unavailable": "true", **_WAIT}
            )

    def has(self, query: Clause, routing: str) -> bool:
        """Whether a document is there by the last commit."""
        body = {"size": 0, "query": query, "track_total_hits": 1}
        found = patiently(
            self.cluster,
            lambda: self.cluster.search(body, routing=routing, index=self._place.index),
        )
        return bool(found["hits"]["total"]["value"])

    def documents_of(self, keys: Iterable[str]) -> dict[str, set[str]]:
        """The ids of the documents of some cables, by look-up key."""
        found: dict[str, set[str]] = {}
        body: dict[str, Any] = {
            "size": WINDOW,
            "query": {"bool": {"filter": [{"terms": {OWNER: list(keys)}}]}},
            "_source": False,
            "docvalue_fields": [OWNER],
            "sort": [{"cable_number": "asc"}, {"number_position": {"order": "asc"}}],
        }
        while True:
            answered = patiently(
                self.cluster, lambda: self.cluster.search(body, index=self._place.index)
            )
            hits = answered["hits"]["hits"]
            for hit in hits:
                found.setdefault(hit["fields"][OWNER][0], set()).add(hit["_id"])
            if len(hits) < WINDOW:
                return found
            body["search_after"] = hits[-1]["sort"]

    def close(self) -> None:
        """Free the connections."""
        self.cluster.close()

    def _has_template(self) -> bool:
        try:
            told = self._client.indices.get_index_template(name=TEMPLATE)
        except NotFoundError:
            return False
        (found,) = told["index_templates"]
        mapped = found["index_template"].get("template", {}).get("mappings", {})
        same = mapped.get("_meta", {}).get("cablegram") == self._fingerprint
        return bool(same and found["index_template"].get("version") == SCHEMA)


def forget(place: Place, others: Iterable[Place], settings: Settings) -> bool:
    """Delete the index of a place that is no longer wanted; its alias goes back to another of them, or goes with it.

    Says whether it was there.
    """
    cluster = Cluster(place, settings)
    try:
        administration = Administration(cluster, settings, "")
        if not administration.exists():
            return False
        if place.index in administration.behind_alias():
            for other in others:
                back = Administration(Cluster(other, settings), settings, "")
                try:
                    if other.alias == place.alias and back.exists():
                        back.publish()
                finally:
                    back.close()
        administration.drop()
        return True
    finally:
        cluster.close()
