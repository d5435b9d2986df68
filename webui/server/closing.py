"""The end of a server without a lost request: what is running is answered, and nobody is sent away half served.

Owns the order of the steps. Must not know what is answered.

1. For `leave` seconds all goes on, and only `/readyz` says that it will end: a load balancer looks elsewhere meanwhile.
2. No new connection is begun. If nobody takes over, connections that the system has accepted for us are taken first:
   closing the socket would reset them. So that there is a last one, the socket drops the packets that would begin
   another (`webui.server.listening`); its client tries again after a second, and is refused.
3. Each answer from now on tells its client that the connection ends with it. A connection on which nothing happens is
   closed, but not at once: a request may be on its way on it.
4. What has not come to its end in `patience` seconds is cut off, in a reset.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import WSGITask

from webui.server.listening import HANDSHAKE, begin_no_more, waiting
from webui.server.orders import Orders

# How often the loop looks at a clock when it must, in seconds.
_TICK = 0.05
# A connection is silent after so many seconds without a byte: when the server stops, and when another takes over, which
# keeps nobody waiting.
_SILENT, _SILENT_BESIDE = 0.5, 5.0


class _Task(WSGITask):
    def build_response_header(self) -> bytes:
        if getattr(self.channel.server, "ending", False):
            cast(Any, self.request).headers["CONNECTION"] = "close"
        return super().build_response_header()


class Channel(HTTPChannel):
    """A connection that, once its server is ending, says so with each answer."""

    task_class = _Task


def run(
    server: BaseWSGIServer,
    listener: socket.socket,
    orders: Orders,
    *,
    leave: float,
    patience: float,
) -> int:
    """Answer until there is an order, and come to an end; gives how many connections had to be cut off."""
    orders.wake = server.pull_trigger
    while not orders.given():
        _turn(server, 1.0)
    _until(server, time.monotonic() + leave, lambda: not orders.stopping())
    if orders.stopping():
        begin_no_more(listener)
        _until(server, time.monotonic() + HANDSHAKE)
        # One connection is taken in each turn of the loop.
        while waiting(listener) and server.readable():
            _turn(server, 0.0)
    # Ending the server itself would take the pipe away by which its threads wake the loop.
    wasyncore.dispatcher.close(server)
    server.ending = True  # type: ignore[attr-defined]
    end = time.monotonic() + patience
    _until(server, end, lambda: _all_over(server, orders))
    left = list(_channels(server).values())
    for each in left:
        each.will_close = True
        each.connected = False
    server.task_dispatcher.shutdown(timeout=1)
    for each in left:
        with suppress(OSError):
            each.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        each.handle_close()
    cast(Any, server).trigger.close()
    return len(left)


def _turn(server: BaseWSGIServer, seconds: float) -> None:
    wasyncore.loop(timeout=seconds, map=cast(Any, server)._map, use_poll=True, count=1)


def _until(server: BaseWSGIServer, end: float, over: Callable[[], bool] = bool) -> None:
    while not over() and (left := end - time.monotonic()) > 0:
        _turn(server, min(_TICK, left))


def _all_over(server: BaseWSGIServer, orders: Orders) -> bool:
    silent = _SILENT if orders.stopping() else _SILENT_BESIDE
    now = time.time()
    for channel in list(_channels(server).values()):
        busy = channel.requests or channel.request is not None or channel.total_outbufs_len
        if not busy and now - channel.last_activity > silent:
            channel.will_close = True
    return not _channels(server)


def _channels(server: BaseWSGIServer) -> dict[int, Any]:
    return cast(dict[int, Any], server.active_channels)
