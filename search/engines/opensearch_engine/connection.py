"""A connection to one of several nodes, which is asked for a sign of life first if it has said nothing for a while.

Owns the sign, how long a node without one is passed by, and which to believe. Must not know what is asked for.

A node that is cut off, or whose process stands still, may still take a connection and never answer. A search or a bulk
request is given long enough for hard work, so without the sign each process that begins would wait that long for it.

When such a node goes on, it does not know yet that the others have left it out, and for a second or so it answers from
what it had (OpenSearch 2.19.1, three nodes, `leader_check.interval` 0.5 s: for 1.0 to 1.3 s in eight of eight tries,
with `cluster.no_cluster_manager_block: all` too). So one that was silent is passed by once more when it gives a sign
again. And an answer to a search that came late, without the node having worked on it that long, may have been made of
such a moment: another node is asked instead.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Collection, Mapping
from typing import Any

from opensearchpy import Urllib3HttpConnection
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import ConnectionTimeout, TransportError

# A node that answered so short a time ago needs no sign.
QUIET_SECONDS = 5.0
# What a sign may take; a node that is busy gives it within milliseconds, one that collects garbage within a second.
SIGN_SECONDS = 3.0
# How long a node that gave none is passed by. If none does, it is asked without one: all of them may be very slow.
PASSED_BY_SECONDS = 30.0


class SignedConnection(Urllib3HttpConnection):
    """See above. Threads may share it: at worst two of them ask for the sign."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._heard = self._passed_by = -math.inf
        # Whether it was silent for so long that the others may have left it out, and it not know.
        self._was_silent = False

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The node's answer. Raises TransportError; the client then asks another node."""
        began = time.monotonic()
        if began - self._heard > QUIET_SECONDS and began - self._passed_by > PASSED_BY_SECONDS:
            self._sign()
            began = time.monotonic()
        try:
            answer = super().perform_request(method, url, params, body, timeout, ignore, headers)
        except ConnectionTimeout:
            self._was_silent = True
            raise
        now = time.monotonic()
        if now - began <= QUIET_SECONDS:
            self._heard = now
            return answer
        # It may have worked that long, or stood still: before it is asked again, it has to give a sign.
        self._was_silent = True
        if _seconds_waited(url, answer[2], now - began) > SIGN_SECONDS:
            raise ConnectionTimeout("TIMEOUT", "it", "came late, and not for hard work")
        return answer

    def _sign(self) -> None:
        try:
            super().perform_request("HEAD", "/", timeout=SIGN_SECONDS)
        except NoConnection:
            self._was_silent = True
            self._passed_by = time.monotonic()
            raise
        except TransportError:
            pass  # it answers; the request itself will be told that this user may not ask, or what else is wrong
        if self._was_silent:
            self._was_silent = False
            self._passed_by = time.monotonic()
            raise NoConnection("N/A", "it", "was silent and is passed by until it knows the others")


def _seconds_waited(url: str, answer: str, seconds: float) -> float:
    """How long an answer of a search was not worked on, of the `seconds` it took; 0 for anything else.

    The node counts the time of its own work (`took`, in milliseconds) from when it reads the request.
    """
    if not url.partition("?")[0].endswith("/_search"):
        return 0.0
    took = json.loads(answer).get("took")
    return seconds - took / 1000 if isinstance(took, int) else 0.0
