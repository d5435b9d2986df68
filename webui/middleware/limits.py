"""How much one client may ask: a bucket of requests that fills up again by the minute.

Owns the buckets. Must not know what is asked.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

# So many clients are remembered; the one that has asked nothing for the longest is forgotten first.
_CLIENTS = 10_000
# What watches over the server is never refused, and what a page is made of comes with the page.
_FREE = frozenset({"static", "style", "home.healthz", "metrics", "machines.robots"})


class Limit:
    """The buckets of one process. Safe to use from several threads."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._lock = threading.Lock()
        # Client -> what was in its bucket, and when.
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, client: str) -> int:
        """Takes one request out; 0, or the seconds after which there is one."""
        now = self._clock()
        with self._lock:
            left, then = self._buckets.pop(client, (self._size, now))
            left = min(self._size, left + (now - then) * self._per_second)
            wait = 0 if left >= 1 else math.ceil((1 - left) / self._per_second)
            self._buckets[client] = (left if wait else left - 1, now)
            while len(self._buckets) > _CLIENTS:
                self._buckets.popitem(last=False)
        return wait


def install(app: Flask, limit: Limit) -> None:
    """Answers 429 with Retry-After to who asks too much."""

    def check() -> None:
        if request.endpoint in _FREE:
            return
        if wait := limit.spend(request.remote_addr or ""):
            raise TooManyRequests(
                f"This is more than one client may ask here; come back in {wait} seconds.",
                retry_after=wait,
            )

    app.before_request(check)
