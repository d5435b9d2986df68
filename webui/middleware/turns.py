"""One deadline for each request, and few long ones at once: the others are answered meanwhile.

Owns when a request is long, and how many of those there may be. Must not know what is asked.

A question is long once it has worked for `PATIENCE` seconds of the processor, or has been waited for `WAITING` seconds,
whatever it is: no list of dear questions would be whole, and many quick ones at once are no long one.
It then needs a place, and there are fewer places than threads; without one it ends with `Busy`. What was long is
remembered, and needs its place at once when it is asked again. An export needs one if it has more than its first
piece, and keeps it while it is written, however slowly its reader takes it.
"""

from __future__ import annotations

import hashlib
import socket
import struct
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from flask import Flask, request

from search.deadline import limited, watched
from search.errors import Busy
from webui.errors import Left

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# After so many seconds of the processor a request is long; nine of ten pages take a tenth of it. And after so many by
# the clock: an engine on another machine takes none of this one's processor, but the thread waits.
PATIENCE = 0.5
WAITING = 3.0
# All the work of a request; what answers many questions (a list, a draft) has this long and ends by itself before.
SECONDS = 12.0
_SECONDS_OF_MANY = 40.0
_MANY = ("/batch", "/check", "/api/v1/batch", "/api/v1/check")
# Whoever is refused may come back after so many seconds: no question is answered for longer than `SECONDS`.
RETRY_AFTER = 10
# So many long requests are remembered, the last ones.
_REMEMBERED = 2_000
_NAME = "cablegram.turn"


class Places:
    """The places for long requests of one process, and which requests were long. Safe to use from several threads."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._free = threading.Semaphore(count)
        self._lock = threading.Lock()
        self._long: OrderedDict[bytes, None] = OrderedDict()

    def take(self) -> bool:
        """Takes a place, if there is one."""
        return self._free.acquire(blocking=False)

    def give_back(self) -> None:
        """Somebody else may have it."""
        self._free.release()

    def remember(self, asked: bytes) -> None:
        """This request was long."""
        with self._lock:
            self._long[asked] = None
            self._long.move_to_end(asked)
            while len(self._long) > _REMEMBERED:
                self._long.popitem(last=False)

    def was_long(self, asked: bytes) -> bool:
        """Whether this request was long when it was asked before."""
        with self._lock:
            return asked in self._long


class Turn:
    """One request: how long it has worked, and whether it has a place. Its `look` is called while it works."""

    def __init__(self, places: Places, asked: bytes, gone: Callable[[], bool] | None) -> None:
        self._places, self._asked, self._gone = places, asked, gone
        self._lock = threading.Lock()
        self._placed = False
        # Once an answer has begun nothing can be said any more: it is written to its end.
        self._begun = False
        self._known = places.was_long(asked)
        self._began = time.perf_counter()
        # What each thread that works on it had worked before, in seconds of the processor.
        self._before = {threading.get_ident(): time.thread_time()}
        self._worked: dict[int, float] = {}

    def look(self) -> None:
        """Raises Left if nobody waits for the answer, Busy if the request is long and there is no place for it."""
        if self._gone is not None and self._gone():
            raise Left("Whoever asked this has hung up.")
        if not (self._placed or self._begun) and self._is_long():
            self._places.remember(self._asked)
            self.take()

    def _is_long(self) -> bool:
        if self._known or time.perf_counter() - self._began > WAITING:
            return True
        thread, now = threading.get_ident(), time.thread_time()
        self._worked[thread] = now - self._before.setdefault(thread, now)
        return sum(tuple(self._worked.values())) > PATIENCE

    def take(self) -> None:
        """Takes a place, once. Raises Busy if there is none."""
        with self._lock:
            if self._placed:
                return
            if not self._places.take():
                raise Busy(
                    f"This takes long, and the server answers no more than {self._places.count} such questions and "
                    f"exports at once. Ask again in {RETRY_AFTER} seconds, or ask for less.",
                    RETRY_AFTER,
                )
            self._placed = True

    def begin(self) -> None:
        """The answer's first bytes leave."""
        self._begun = True

    def end(self) -> None:
        """The answer is over, whole or not."""
        with self._lock:
            if self._placed:
                self._placed = False
                self._places.give_back()


class Turns:
    """The application with a turn for each request. `places` is how many long ones are answered at once."""

    def __init__(self, app: WSGIApplication, places: int) -> None:
        self._app = app
        self._places = Places(places)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer; its pieces are made under the request's turn."""
        turn = Turn(self._places, _digest(environ), environ.get("waitress.client_disconnected"))
        environ[_NAME] = turn
        many = environ.get("PATH_INFO", "") in _MANY
        try:
            with limited(_SECONDS_OF_MANY if many else SECONDS), watched(turn.look):
                body = self._app(environ, start_response)
        except BaseException:
            turn.end()
            raise
        return _Body(body, turn, environ)


class _Body:
    """An answer piece by piece. One that breaks off must not look whole."""

    def __init__(self, body: Iterable[bytes], turn: Turn, environ: WSGIEnvironment) -> None:
        self._body, self._turn, self._environ = body, turn, environ

    def __iter__(self) -> Iterator[bytes]:
        pieces = iter(self._body)
        self._turn.begin()
        while True:
            try:
                with watched(self._turn.look):
                    piece = next(pieces, None)
            except BaseException:
                _break_off(self._environ)
                self._turn.end()
                raise
            if piece is None:
                self._turn.end()
                return
            yield piece

    def close(self) -> None:
        """The server's last word, whether all was taken or not."""
        try:
            if (close := getattr(self._body, "close", None)) is not None:
                close()
        finally:
            self._turn.end()


def install(app: Flask, places: int) -> None:
    """Gives an application's requests their turns."""
    app.wsgi_app = Turns(app.wsgi_app, places)  # type: ignore[method-assign]


def places_for(threads: int) -> int:
    """How many of so many threads may be at long requests: not all, and one where there is only one."""
    return max(1, threads // 2)


def take_a_place() -> None:
    """The request that is being answered is long. Raises Busy if there is no place for it."""
    turn: Turn = request.environ[_NAME]
    turn.take()


def _digest(environ: WSGIEnvironment) -> bytes:
    asked = f"{environ.get('PATH_INFO', '')}?{environ.get('QUERY_STRING', '')}"
    return hashlib.blake2b(asked.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _break_off(environ: WSGIEnvironment) -> None:
    """Makes the connection end in a reset.

    In HTTP/1.0 an answer of unknown length ends where the connection does (RFC 9112, 6.3): one that is broken off and
    closed as usual is taken for whole. In HTTP/1.1 the last chunk is missing, which is enough.
    """
    checks = environ.get("waitress.client_disconnected")
    connection = environ.get("gunicorn.socket") or getattr(
        getattr(checks, "__self__", None), "socket", None
    )
    if connection is not None and environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        no_lingering = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_lingering)
        if "gunicorn.socket" in environ:
            # gunicorn says goodbye before it closes.
            connection.close()
