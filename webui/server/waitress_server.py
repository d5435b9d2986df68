"""waitress as `cablegram serve` sets it up, and what it leaves to others: readers who have stopped reading.

Owns the numbers that keep it answering: connections, memory of an answer, seconds of silence. Must not know what is
answered.

waitress closes connections that are silent between requests. It waits for ever in the middle of one: for a reader who
no longer takes the answer, which holds a thread, and for a client that goes on sending a request byte by byte. A
thread looks for both here; what it reads of a channel (`last_activity`, `total_outbufs_len`, `requests`, `request`) is
what waitress's own maintenance goes by.
"""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from webui.middleware.resets import end_in_reset
from webui.server.closing import Channel

# Each open connection is one; waitress's own 100 are gone when a hundred clients send nothing. Some of what the process
# may open is kept for the index's files.
CONNECTIONS = 2_000
_FILES = 500
# Seconds of silence between requests, and in the middle of an answer or a request.
IDLE = 60
STALLED = 30
# What a slow reader has not taken yet is kept in memory up to here, and then no more of it is made.
_KEPT = 1 << 20


def make_server(app: Flask, listener: socket.socket, threads: int) -> BaseWSGIServer:
    """A server of an application, at a socket that listens."""
    server = create_server(
        app,
        sockets=[listener],
        threads=threads,
        connection_limit=_connections(),
        # `select` can't look at more than 1,024.
        asyncore_use_poll=True,
        channel_timeout=IDLE,
        cleanup_interval=IDLE // 4,
        outbuf_high_watermark=_KEPT,
        # Without it nobody looks whether a client has left while it is answered.
        channel_request_lookahead=1,
    )
    # So that it can come to an end without a lost request.
    # (Of one socket the library makes this kind; several would make another, which has no channels of its own.)
    made = cast(BaseWSGIServer, server)
    made.channel_class = Channel
    return made


def _connections() -> int:
    """As many connections as the process may open, up to our own number."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + _FILES
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    known = wanted if soft == resource.RLIM_INFINITY else soft
    return max(100, min(CONNECTIONS, known - _FILES))


@contextmanager
def watching(server: BaseWSGIServer, stalled: float = STALLED) -> Iterator[None]:
    """Closes the connections on which nothing moves any more, as long as the context lasts."""
    over = threading.Event()
    thread = threading.Thread(
        target=_watch, args=(server, stalled, over), name="stalled", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(server: BaseWSGIServer, stalled: float, over: threading.Event) -> None:
    # Requests that have not come whole, and since when that is known.
    begun: dict[int, tuple[object, float]] = {}
    while not over.wait(stalled / 4):
        now = time.time()
        # (Its type is given wrongly: it is a dict of channels by file number.)
        channels = dict(cast(dict[int, Any], server.active_channels))
        begun = {number: each for number, each in begun.items() if number in channels}
        for number, channel in channels.items():
            writing = channel.requests and channel.total_outbufs_len
            if writing and now - channel.last_activity > stalled:
                _cut(channel)
            elif channel.request is None:
                begun.pop(number, None)
            elif (known := begun.setdefault(number, (channel.request, now)))[
                0
            ] is not channel.request:
                begun[number] = (channel.request, now)
            # A list or a draft may be megabytes, over a slow line.
            elif now - known[1] > 4 * stalled:
                _cut(channel)


def _cut(channel: Any) -> None:
    """Ends a connection in a reset, so that half an answer isn't taken for a whole one. waitress's own thread is woken
    by that, closes it, and lets the thread go that was writing."""
    end_in_reset(channel.socket)
    try:
        channel.socket.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It has been closed meanwhile, which is what is wanted.
        return
