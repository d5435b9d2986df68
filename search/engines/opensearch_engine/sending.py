"""Sending documents to a cluster: in bulk, one request at a time, again where the cluster asks for it.

Owns the size of the requests, the pauses, and what is final. Must not know cables or the form of a document.

One request is under way at a time, and the next waits for its answer: that is the back-pressure. What a node had no
room for (429), or could not do for the moment (a shard that is moving, a connection that broke), is sent again after a
pause that doubles and is drawn at random, so that many writers don't come back at once. A document keeps its id, so one
that is sent twice is there once.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import TransportError

from corpus.late_dataclasses import dataclass
from search.engines.opensearch_engine.cluster import Cluster, PartMissing
from search.errors import SearchError

# A request of some megabytes is what the makers of OpenSearch advise to begin with.
MOST_BYTES = 4_000_000
# The pauses: the first, the longest, and for how long it is tried in all. A lost node is missed after seconds, and an
# operator who restarts one needs minutes.
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 15.0
PATIENCE = 300.0
# What one request may take: a cluster with much to do is not asked twice for the same.
BULK_SECONDS = 60.0
# How long a node itself waits for a shard that is not there, or a primary that is moving, before it says so: an index
# that was deleted under a request is waited for as long.
WAIT = "15s"
# What may be otherwise a moment later: too many requests, a shard without a primary, a gateway without a node.
_PASSING = frozenset({429, 502, 503, 504})
# A shard whose primary never learnt that it is one, after most nodes were lost: it does not pass by itself.
_NO_PRIMARY = "not in primary mode"
_PASSES = 503
_NOT_FOUND = 404
# From here on the fault is the cluster's and not the document's: a cable is not set aside for it.
_FAULT = 500
# Who asks may not write, or nobody may: that is about no document, and would be the same for each of them.
_FORBIDDEN = frozenset({401, 403})
# A request that a node, or a gateway before it, finds too large; half of it may not be.
_TOO_LARGE = 413

_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class Operation:
    """A document of the cable `key` to be written, or without `fields` to be deleted."""

    key: str
    id: str
    fields: dict[str, Any] | None

    def lines(self) -> str:
        """What a bulk request says of it."""
        what = "delete" if self.fields is None else "index"
        head = json.dumps({what: {"_id": self.id, "routing": self.key}})
        if self.fields is None:
            return f"{head}\n"
        return f"{head}\n{json.dumps(self.fields, separators=(',', ':'))}\n"


class Patience:
    """The pauses between tries of one thing, and their end."""

    def __init__(
        self,
        cluster: Cluster,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cluster = cluster
        self._pause = pause
        self._clock = clock
        self._began = clock()
        self._tried = 0

    def wait(self, trouble: str) -> None:
        """Pause before the next try. Raises SearchError if it has been tried for too long."""
        self._tried += 1
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self._tried)
        if self._clock() - self._began + longest > PATIENCE:
            first = (
                "start the node with that shard's primary again, " if _NO_PRIMARY in trouble else ""
            )
            raise SearchError(
                f"The cluster {', '.join(self._cluster.place.hosts)} took nothing for {PATIENCE:.0f} seconds "
                f"({trouble}); {first}run the command again when it has recovered, nothing is lost."
            )
        self._pause(random.uniform(FIRST_PAUSE, longest))  # noqa: S311 - no key is made of it


def patiently(cluster: Cluster, action: Callable[[], _Done]) -> _Done:
    """What an action gives, which is tried again while the cluster can't do it for the moment."""
    patience = Patience(cluster)
    while True:
        try:
            with cluster.asking():
                return action()
        except SearchError as error:
            if not isinstance(error, PartMissing) and not _passes(error.__cause__):
                raise
            patience.wait(type(error.__cause__ or error).__name__)


class Sender:
    """Collects operations and sends them; the cables of which something was refused for good are in `refused`."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._held: list[tuple[Operation, str]] = []
        self._size = 0
        self._most = MOST_BYTES
        self.refused: dict[str, str] = {}

    def add(self, operation: Operation) -> None:
        """Send an operation, now or with others. Raises SearchError if the cluster can't take any for too long."""
        lines = operation.lines()
        if self._held and self._size + len(lines) > self._most:
            self.finish()
        self._held.append((operation, lines))
        self._size += len(lines)

    def finish(self) -> None:
        """Send what is held back."""
        waiting, self._held, self._size = self._held, [], 0
        self._deliver(waiting)

    def _deliver(self, waiting: list[tuple[Operation, str]]) -> None:
        patience = Patience(self._cluster)
        while waiting:
            waiting, trouble = self._sent(waiting)
            if waiting:
                patience.wait(trouble)

    def _sent(self, wanted: list[tuple[Operation, str]]) -> tuple[list[tuple[Operation, str]], str]:
        """Sends operations once; gives those that have to be sent again, and why."""
        body = "".join(lines for _, lines in wanted)
        try:
            with self._cluster.asking():
                answered = self._cluster.client.bulk(
                    body=body,
                    index=self._cluster.place.writing,
                    params={
                        "require_alias": "true",
                        "timeout": WAIT,
                        "request_timeout": BULK_SECONDS,
                    },
                )
        except SearchError as error:
            if _is_too_large(error.__cause__):
                self._halve(wanted)
                return [], ""
            if not _passes(error.__cause__):
                raise
            return wanted, type(error.__cause__).__name__
        again = []
        trouble = ""
        for (operation, lines), item in zip(wanted, answered["items"], strict=True):
            (told,) = item.values()
            status = told["status"]
            if status == _NOT_FOUND and "error" in told:
                # Not about the document: a node that was cut off and is back may not know of an index that was made
                # meanwhile, or of a shard that has moved. A document that is gone already is told without an error.
                if _kind(told) == "index_not_found_exception" and not self._is_there():
                    raise self._cluster.missing()
                status = _PASSES
            # A node without room on its disk says 429, one that can't write there 500: both are about no document.
            if status in _PASSING or status >= _FAULT:
                again.append((operation, lines))
                reason = _reason(told["error"]) if "error" in told else ""
                trouble = f"status {status}{reason and f', {reason}'}"
            elif operation.fields is None and status == _NOT_FOUND:
                continue  # it is gone already
            elif status in _FORBIDDEN or (operation.fields is None and status >= 300):
                where = ", ".join(self._cluster.place.hosts)
                reason = _reason(told.get("error", status))
                raise SearchError(f"The cluster {where} can't be written to: {reason}.")
            elif status >= 300:
                self.refused.setdefault(operation.key, _reason(told.get("error", status)))
        return again, trouble

    def _halve(self, wanted: list[tuple[Operation, str]]) -> None:
        """Send in two what was too large for one request, and less at once from now on."""
        if len(wanted) == 1:
            ((operation, lines),) = wanted
            self.refused[operation.key] = f"{len(lines)} bytes are too many for a request"
            return
        self._most = max(1, self._most // 2)
        middle = len(wanted) // 2
        self._deliver(wanted[:middle])
        self._deliver(wanted[middle:])

    def _is_there(self) -> bool:
        """Whether the manager of the cluster knows of the index."""
        with self._cluster.asking():
            return bool(self._cluster.client.indices.exists_alias(name=self._cluster.place.writing))


def _passes(error: BaseException | None) -> bool:
    """Whether it may go better a moment later."""
    if isinstance(error, NoConnection):
        return True
    return isinstance(error, TransportError) and error.status_code in _PASSING


def _is_too_large(error: BaseException | None) -> bool:
    return isinstance(error, TransportError) and error.status_code == _TOO_LARGE


def _kind(told: dict[str, Any]) -> str:
    error = told.get("error")
    return str(error.get("type", "")) if isinstance(error, dict) else ""


def _reason(error: Any) -> str:
    if isinstance(error, dict):
        cause = error.get("caused_by") or {}
        error = f"{error.get('reason', error.get('type'))} {cause.get('reason', '')}"
    return " ".join(str(error).split())[:300].rstrip(".")
