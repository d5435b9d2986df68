"""The OpenSearch engine: an index on a cluster of machines, asked through opensearch-py.

Owns everything that touches the cluster; nothing outside this package imports opensearch-py. Must not know the query
language, how terms are made or what a page of results looks like. See `search.engines.writing.EngineModule` for what
stands here. The data folder of such an index holds one small file, which names the cluster and the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from opensearchpy.exceptions import NotFoundError

from search.engines.advising import Unusable
from search.engines.opensearch_engine import administration
from search.engines.opensearch_engine.administration import Administration
from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.joined import JoinedCluster
from search.engines.opensearch_engine.place import (
    Place,
    Settings,
    new_place,
    read_place,
    siblings,
    write_place,
)
from search.engines.opensearch_engine.reader import ClusterReader
from search.engines.opensearch_engine.schema import NAME, SCHEMA
from search.engines.opensearch_engine.writer import ClusterBatch, prepare, prepared_cable
from search.engines.protocols import Searcher
from search.engines.stored import fingerprint
from search.engines.writing import Batch
from search.errors import IndexMissing, IndexOutdated, SearchError

__all__ = [
    "IN_FOLDER",
    "NAME",
    "commit_mark",
    "forget",
    "open_batch",
    "open_reader",
    "open_union",
    "open_written",
    "prepare",
    "prepared_cable",
    "schema_fingerprint",
]

# The data folder says where the index is.
IN_FOLDER = False


def schema_fingerprint() -> str:
    """Changes whenever an index that was written before can't be read any more."""
    return fingerprint(f"{NAME} {SCHEMA}")


def open_batch(data: Path, *, create: bool) -> Batch:
    """A batch for the index that `data` names; `create` chooses the place of a new one.

    Raises SearchError if no cluster is named or it can't be reached, IndexMissing if it has lost the index.
    """
    settings = Settings.read()
    place = new_place(data, settings) if create else read_place(data, settings)
    cluster = Cluster(place, settings)
    try:
        managed = Administration(cluster, settings, schema_fingerprint())
        # A cluster that can't be reached is told before anything is read, and not at the commit.
        known = managed.exists()
        if create:
            _refuse_taken(managed, place, siblings(data))
            write_place(data, place)
        elif not known:
            raise cluster.missing()
        return ClusterBatch(managed, data, create=create)
    except BaseException:
        cluster.close()
        raise


def commit_mark(data: Path) -> str:
    """The mark of the last commit of the index that `data` names; "" if it is not made yet. Raises SearchError."""
    settings = Settings.read()
    with closing(Cluster(read_place(data, settings), settings)) as cluster:
        return Administration(cluster, settings, schema_fingerprint()).mark()


def open_reader(data: Path) -> Searcher:
    """A reader of what the alias of `data` points to, also after another folder's writer has let it point elsewhere.

    Raises IndexMissing if the cluster has no such index, IndexOutdated if it is of another schema.
    """
    settings = Settings.read()
    return _reader(read_place(data, settings), settings)


def open_written(data: Path) -> Searcher | None:
    """A reader of the very index that `data` names, whatever the alias points to; None if it is not made yet."""
    settings = Settings.read()
    place = read_place(data, settings)
    try:
        return _reader(replace(place, alias=place.index), settings)
    except Unusable as error:
        if error.kind is not IndexMissing:
            raise
        return None


def open_union(datas: Sequence[Path]) -> Searcher:
    """A reader of what the aliases of several folders point to, which answers as of one index that holds all of that.

    Raises as `open_reader` does, and SearchError if they are not on one cluster.
    """
    settings = Settings.read()
    return _checked(JoinedCluster([read_place(each, settings) for each in datas], settings))


def _reader(place: Place, settings: Settings) -> Searcher:
    return _checked(Cluster(place, settings))


def _checked(cluster: Cluster) -> Searcher:
    """A reader of that; closes it if it can't be read."""
    place = cluster.place
    try:
        with cluster.asking():
            try:
                told = cluster.client.indices.get_mapping(index=place.alias)
            except NotFoundError as error:
                raise cluster.missing() from error
        for index, mapped in told.items():
            found = mapped["mappings"].get("_meta", {}).get("cablegram")
            if found != schema_fingerprint():
                raise Unusable(
                    IndexOutdated,
                    f"The index {index} of the cluster was written by another version of Cablegram, or is none of "
                    "Cablegram's",
                )
        return ClusterReader(cluster)
    except BaseException:
        cluster.close()
        raise


def forget(data: Path) -> None:
    """Delete the index that a data folder names, because the folder is about to be removed.

    Raises SearchError if that can't be done.
    """
    settings = Settings.read()
    try:
        own = read_place(data, Settings())
    except Unusable:
        return  # it names none: its build died before it had one
    # Where the settings say that the cluster is now. If it is not there, they may be about another cluster.
    places = dict.fromkeys((read_place(data, settings), own))
    try:
        # One that nobody has is gone already.
        any(administration.forget(each, siblings(data), settings) for each in places)
    except SearchError as error:
        raise SearchError(f"{error} Delete the index {own.index} there by hand.") from error


def _refuse_taken(managed: Administration, place: Place, ours: list[Place]) -> None:
    """An alias that stands for an index of somebody else's is not taken away from it."""
    foreign = managed.behind_alias() - {each.index for each in ours}
    if managed.is_index(place.alias):
        raise IndexOutdated(
            f"The cluster has an index that is called {place.alias} already; choose another name in --url"
        )
    if foreign:
        raise IndexOutdated(
            f"The cluster has an index {place.alias} already ({', '.join(sorted(foreign))}), which this folder did not "
            "make; choose another name in --url, or delete that index"
        )
