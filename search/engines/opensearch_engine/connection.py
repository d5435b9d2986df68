"""A connection to one of several nodes, which is asked for a sign of life first if it has said nothing for a while.

Owns the sign, and how long a node without one is passed by. Must not know what is asked of the cluster.

A node that is cut off, or whose process stands still, may still take a connection and never answer. A search or a bulk
request is given long enough for hard work, so without the sign each process that begins would wait that long for it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Mapping
from typing import Any

from opensearchpy import Urllib3HttpConnection
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import TransportError

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
        self._heard = self._silent = -math.inf

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
        now = time.monotonic()
        if now - self._heard > QUIET_SECONDS and now - self._silent > PASSED_BY_SECONDS:
            self._sign()
        answer = super().perform_request(method, url, params, body, timeout, ignore, headers)
        self._heard = time.monotonic()
        return answer

    def _sign(self) -> None:
        try:
            super().perform_request("HEAD", "/", timeout=SIGN_SECONDS)
        except NoConnection:
            self._silent = time.monotonic()
            raise
        except TransportError:
            return  # it answers; the request itself will be told that this user may not ask, or what else is wrong
