"""Asking a cluster: the client, and what is said when there is no answer, or not a whole one.

Owns the connection and its errors. Must not know plans or documents.

An answer is whole or there is none: a shard that could not be asked is named in the error, never left out of a count.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConnectionTimeout,
    ImproperlyConfigured,
    NotFoundError,
    OpenSearchException,
    SSLError,
    TransportError,
)
from opensearchpy.exceptions import ConnectionError as NoConnection

from search.deadline import check, remaining
from search.engines.advising import Unusable
from search.engines.opensearch_engine.connection import PASSED_BY_SECONDS, SignedConnection
from search.engines.opensearch_engine.place import (
    CA,
    PASSWORD,
    USER,
    Place,
    Settings,
    check_password,
)
from search.errors import IndexMissing, SearchError

# What a request may take before another node is asked: one that was cut off takes a connection and never answers.
SECONDS = 15.0
# How long the cluster keeps a point in time between two requests.
_KEEP = "2m"
# What a search may take where nobody said how long.
_SEARCH_SECONDS = 30.0
# More than there are nodes behind most addresses, so that one that is down is passed by.
_TRIES = 3
_OVERLOADED = 429
_GONE = "index_not_found_exception"
# What the shards of a node say that is just going down, and the kind of answer that they come in.
_GOING = {
    "search_phase_execution_exception",
    "node_closed_exception",
    "node_disconnected_exception",
    "node_not_connected_exception",
    "index_shard_closed_exception",
    "illegal_index_shard_state_exception",
    "already_closed_exception",
}

# What the client tells its log of a node that does not answer comes out as our own sentence, and once.
logging.getLogger("opensearch").addHandler(logging.NullHandler())


class PartMissing(SearchError):
    """Some shards did not answer. They may a moment later."""


class Cluster:
    """A cluster and the one index of it that is asked."""

    def __init__(self, place: Place, settings: Settings) -> None:
        check_password(place.hosts, settings)
        self.place = place
        self._user = settings.user
        options: dict[str, Any] = {}
        if settings.user:
            options["http_auth"] = (settings.user, settings.password)
        if settings.ca and not Path(settings.ca).is_file():
            raise SearchError(
                f"There is no file {settings.ca}; {CA} names the file of who signed its certificate."
            )
        if settings.ca:
            options["ca_certs"] = settings.ca
        if len(place.hosts) > 1:
            options["connection_class"] = SignedConnection
        try:
            self.client = OpenSearch(
                hosts=list(place.hosts),
                timeout=SECONDS,
                max_retries=max(_TRIES, len(place.hosts)),
                # The only node there is would be asked for the same again while it is still at it.
                retry_on_timeout=len(place.hosts) > 1,
                dead_timeout=PASSED_BY_SECONDS,
                timeout_cutoff=0,
                pool_maxsize=16,
                **options,
            )
        except (ImproperlyConfigured, OSError) as error:
            raise SearchError(
                f"The cluster can't be asked: {error}; look at the file that {CA} names."
            ) from error

    def search(
        self,
        body: Mapping[str, Any],
        *,
        routing: str = "",
        point: bool = False,
        index: str = "",
        beside: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The answer of all shards, or of the one of a routing. `point` says that the body names a point in time.

        Asked is what the alias points to, or the `index` of that name; the same copies of the shards as for the body
        `beside` which this one is asked.

        Raises TooSlow, or PartMissing if any shard did not answer.
        """
        check()
        # Without the first the shards would score by what each of them has alone.
        params: dict[str, Any] = {
            "search_type": "dfs_query_then_fetch",
            "allow_partial_search_results": "false",
        }
        if not point:
            # The same question goes to the same copies, whose scores may differ by what they have not yet merged away.
            params["preference"] = f"q{_hash(beside or body)}"
        if routing:
            params["routing"] = routing
        params["request_timeout"] = _SEARCH_SECONDS
        left = remaining()
        if left is not None:
            body = {**body, "timeout": f"{max(1, int(left * 1000))}ms"}
            params["request_timeout"] = left + 1.0
        where = None if point else index or self.place.alias
        with self.asking():
            found = self._whole(
                lambda: self.client.search(body=dict(body), index=where, params=params)
            )
        check()
        shards = found["_shards"]
        if found["timed_out"] or shards["failed"] or shards["successful"] < shards["total"]:
            raise PartMissing(_partial(shards["total"] - shards["successful"], shards["total"]))
        return found

    def _whole(self, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What is answered, asked again if the index went away under the question: its alias has another by then."""
        for _ in range(_TRIES):
            try:
                return ask()
            except NotFoundError as error:
                if error.error == _GONE:
                    raise
                check()
        return ask()

    @contextmanager
    def one_point(self) -> Iterator[dict[str, Any]]:
        """A point in time, as a part of the requests that are to see the index as it is now."""
        with self.asking():
            params = {"keep_alive": _KEEP, "allow_partial_pit_creation": "false"}
            point = self.client.create_pit(index=self.place.alias, params=params)["pit_id"]
        try:
            yield {"pit": {"id": point, "keep_alive": _KEEP}}
        finally:
            try:
                with self.asking():
                    self.client.delete_pit(body={"pit_id": [point]})
            except SearchError as error:
                # It goes by itself when its time is over, and what was asked has its answer; a right that is missing
                # would be missing each time.
                if isinstance(error.__cause__, AuthorizationException):
                    raise

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Turns what the client raises into a sentence; TooSlow if the time of the question is over."""
        try:
            yield
        except OpenSearchException as error:
            check()
            raise self._failure(error) from error

    def missing(self) -> Unusable:
        """What is said when the cluster does not have the index."""
        where = ", ".join(self.place.hosts)
        return Unusable(IndexMissing, f"The cluster {where} has no index {self.place.alias}")

    def close(self) -> None:
        """Free the connections."""
        self.client.close()

    def _failure(self, error: OpenSearchException) -> SearchError:
        where = ", ".join(self.place.hosts)
        match error:
            case AuthenticationException():
                who = f"the user {self._user}" if self._user else "a request without a user"
                return SearchError(
                    f"The cluster {where} refuses {who}; set {USER} and {PASSWORD} to what it accepts."
                )
            case AuthorizationException():
                return SearchError(
                    f"The user {self._user or 'that is asked as'} may not do this in the cluster {where}: "
                    f"{_reason(error)}."
                )
            case NotFoundError() if not _kinds(error) - {""} or _GONE in _kinds(error):
                return self.missing()
            case SSLError():
                return SearchError(
                    f"The certificate of {where} is not trusted; {CA} names the file of who signed it."
                )
            case ConnectionTimeout():
                return SearchError(f"The cluster {where} did not answer in time; try again later.")
            case NoConnection():
                return SearchError(
                    f"The cluster {where} can't be reached ({type(error).__name__}); is it running?"
                )
            case TransportError() if error.status_code == _OVERLOADED:
                return SearchError(f"The cluster {where} has too much to do; try again later.")
            case TransportError() if failed := _failed_shards(error):
                return PartMissing(_partial(failed, None))
            case TransportError():
                return SearchError(
                    f"The cluster {where} could not do it ({error.status_code}): {_reason(error)}."
                )
            case _:
                return SearchError(f"The cluster {where} could not be understood: {error}.")


def _hash(body: Mapping[str, Any]) -> str:
    """A short name for a question, the same for the same question wherever it is asked."""
    return hashlib.blake2b(repr(body.get("query")).encode(), digest_size=6).hexdigest()


def _partial(missing: int, total: int | None) -> str:
    parts = f"{missing} of {total} parts" if total else f"{missing} part{'s'[: missing != 1]}"
    return (
        f"No answer: {parts} of the index can't be read now, and a count without them would be wrong; "
        "ask again when the cluster has recovered."
    )


def _failed_shards(error: TransportError) -> int:
    """How many shards an error is about; 0 if about something else."""
    info = error.info
    told = info.get("error") if isinstance(info, dict) else None
    if not isinstance(told, dict) or told.get("type") != "search_phase_execution_exception":
        return 0
    # A node that is just closing fails its shards with 500; so does a fault of the cluster's own, which has a reason.
    going = error.status_code == 500 and _kinds(error) <= _GOING
    if error.status_code != 503 and not going:
        return 0
    return len(told.get("failed_shards", ())) or 1


def _kinds(error: TransportError) -> set[str]:
    """The types of an error, and of what stands behind it: an index may go between the parts of a search."""
    info = error.info
    told = info.get("error") if isinstance(info, dict) else None
    if not isinstance(told, dict):
        return set()
    behind = [told, told.get("caused_by"), *told.get("root_cause", ())]
    return {str(each.get("type", "")) for each in behind if isinstance(each, dict)}


def _reason(error: TransportError) -> str:
    """The cluster's own words, in one line."""
    info = error.info
    told = info.get("error") if isinstance(info, dict) else info
    if isinstance(told, dict):
        causes = told.get("root_cause") or [told]
        told = causes[0].get("reason") or told.get("reason")
    return " ".join(str(told).split())[:300].rstrip(".")
