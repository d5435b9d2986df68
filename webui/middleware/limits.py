"""How much one client may ask: a bucket of requests that fills up again by the minute.

Owns the buckets. Must not know what is asked: a view whose answer takes as long as many says so by `charge`.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

# So many clients are remembered; the one that has asked nothing for the longest is forgotten first.
_CLIENTS = 10_000
# What watches over the server is never refused, and what a page is made of comes with the page.
_FREE = frozenset({"static", "style", "home.healthz", "home.readyz", "metrics", "machines.robots"})
_NAME = "cablegram-limit"
# By this name it is noted in the environment as how many requests one counts, for a server that counts elsewhere.
WEIGHT = "cablegram.weight"


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

    def charge(self, client: str, more: int) -> None:
        """Takes more out for a request that was let in. The next request waits the longer."""
        with self._lock:
            # A client that was forgotten meanwhile has not asked for the longest time of all.
            if client in self._buckets:
                left, then = self._buckets[client]
                self._buckets[client] = (left - more, then)


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
    app.extensions[_NAME] = limit


def weigh(requests: int) -> None:
    """Counts the request that is answered as so many, for an answer that takes as long; nothing where nobody counts.

    It is let in all the same: how much it asks is known only when it has been read.
    """
    limit: Limit | None = current_app.extensions.get(_NAME)
    request.environ[WEIGHT] = requests
    if limit is not None and requests > 1:
        limit.charge(request.remote_addr or "", requests - 1)
