"""One deadline for each request, and few long ones at once: the others are answered meanwhile.

Owns when a request is long, and how many of those there may be. Must not know what is asked.

A question is long once it has worked for `PATIENCE` seconds of the processor, or has been waited for `WAITING` seconds,
whatever it is: no list of dear questions would be whole, and many quick ones at once are no long one.
It then needs a place, and there are fewer places than threads; without one it ends with `Busy`. What was long is
remembered, and needs its place at once when it is asked again. An export needs one if it has more than its first
piece, and keeps it while it is written, however slowly its reader takes it.

With a lane (`lane.py`) the places are processes: a request that turns out to be long is given up here and asked anew
there. Only so many requests are at work here at once as there are threads; those that wait for the lane are none of
them.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from flask import Flask, request

from search.deadline import limited, watched
from search.errors import Busy, SearchError
from search.system.processes import WorkerDied
from webui.errors import Left
from webui.middleware.lane import GONE, RETRY_AFTER, Begun, Lane, busy
from webui.middleware.resets import end_in_reset

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# After so many seconds of the processor a request is long; nine of ten pages take a tenth of it. And after so many by
# the clock: an engine on another machine takes none of this one's processor, but the thread waits.
PATIENCE = 0.25
WAITING = 3.0
# All the work of a request; what answers many questions (a list, a draft) has this long and ends by itself before.
SECONDS = 12.0
_SECONDS_OF_MANY = 40.0
_MANY = ("/batch", "/check", "/api/v1/batch", "/api/v1/check")
# What watches over the server does not wait for those that are at work.
_AT_ONCE = frozenset({"/healthz", "/readyz", "/metrics"})
# So many long requests are remembered, the last ones.
_REMEMBERED = 2_000
_NAME = "cablegram.turn"
# By this name it is noted whether the request was long.
LONG = "cablegram.long"
# Why a request that was to be answered elsewhere is not.
_REFUSED = "cablegram.refused"


class Moved(BaseException):
    """The request is long, and is answered in another process. No error: nothing on its way may answer it."""


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

    def forget(self, asked: bytes) -> None:
        """It is long no more."""
        with self._lock:
            self._long.pop(asked, None)

    def was_long(self, asked: bytes) -> bool:
        """Whether this request was long when it was asked before."""
        with self._lock:
            return asked in self._long


class Turn:
    """One request: how long it has worked, and whether it has a place. Its `look` is called while it works.

    With `moves` it has no place here: where it would need one it raises Moved.
    """

    def __init__(
        self,
        places: Places,
        asked: bytes,
        gone: Callable[[], bool] | None,
        *,
        known: bool = False,
        moves: bool = False,
    ) -> None:
        self._places, self._asked, self._gone, self._moves = places, asked, gone, moves
        self._lock = threading.Lock()
        self.placed = False
        # Once an answer has begun nothing can be said any more: it is written to its end.
        self._begun = False
        # What comes through a lane is judged anew: the one place is its own.
        self._known = known
        self._began = time.perf_counter()
        # What each thread that works on it had worked before, in seconds of the processor.
        self._before = {threading.get_ident(): time.thread_time()}
        self._worked: dict[int, float] = {}

    def look(self) -> None:
        """Raises Left if nobody waits for the answer; Busy, or Moved, if it is long and there is no place for it."""
        if self._gone is not None and self._gone():
            raise Left("Whoever asked this has hung up.")
        if not (self.placed or self._begun) and self._is_long():
            self._places.remember(self._asked)
            self.take()

    def arrive(self) -> None:
        """The request is let in, and nothing is done for it yet. Raises Moved if it was long before."""
        if self._known and self._moves:
            raise Moved

    def _is_long(self) -> bool:
        if self._known or time.perf_counter() - self._began > WAITING:
            return True
        thread, now = threading.get_ident(), time.thread_time()
        self._worked[thread] = now - self._before.setdefault(thread, now)
        return sum(tuple(self._worked.values())) > PATIENCE

    def take(self) -> None:
        """Takes a place, once. Raises Busy if there is none, Moved if there are none here."""
        if self._moves:
            self._places.remember(self._asked)
            raise Moved
        with self._lock:
            if self.placed:
                return
            if not self._places.take():
                raise busy(self._places.count)
            self.placed = True

    def begin(self) -> None:
        """The answer's first bytes leave."""
        self._begun = True

    def end(self) -> None:
        """The answer is over, whole or not."""
        with self._lock:
            if self.placed:
                self.placed = False
                self._places.give_back()


# What is told of an answer that another process gave: its environment, how it begins, in how many seconds it did.
Told = Callable[["WSGIEnvironment", Begun, float], None]


class Turns:
    """The application with a turn for each request. `places` is how many long ones are answered at once.

    With a lane those are answered there, `told` is told of each, and `threads` are at work here at once.
    """

    def __init__(
        self,
        app: WSGIApplication,
        places: int,
        lane: Lane | None = None,
        told: Told | None = None,
        threads: int = 1,
    ) -> None:
        self._app, self._lane, self._told = app, lane, told
        self._places = Places(places)
        self._working = nullcontext() if lane is None else threading.Semaphore(threads)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer; its pieces are made under the request's turn."""
        try:
            return self._here(environ, start_response)
        except Moved:
            return self._elsewhere(environ, start_response)

    def _here(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with nullcontext() if environ.get("PATH_INFO", "") in _AT_ONCE else self._working:
            moves = self._lane is not None and _REFUSED not in environ
            asked = _digest(environ)
            known = GONE not in environ and self._places.was_long(asked)
            turn = Turn(self._places, asked, _gone(environ), known=known, moves=moves)
            environ[_NAME] = turn
            try:
                with limited(_seconds(environ)), watched(turn.look):
                    body = self._app(environ, start_response)
                environ[LONG] = int(turn.placed)
            except BaseException:
                turn.end()
                raise
        return _Body(body, turn, environ)

    def _elsewhere(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if self._lane is None:
            raise TypeError("only a turn that moves raises Moved")
        began = time.perf_counter()
        try:
            answer = self._lane.ask(environ, _seconds(environ), _gone(environ))
        except WorkerDied:
            ended = (
                f"What worked on this was ended from outside. Ask again in {RETRY_AFTER} seconds."
            )
            environ[_REFUSED] = Busy(ended, RETRY_AFTER)
        except (SearchError, Left) as error:
            environ[_REFUSED] = error
        else:
            seconds = time.perf_counter() - began
            if not answer.begun.facts.get(LONG):
                # It was long because much else was at work, or because nothing was in memory yet.
                self._places.forget(_digest(environ))
            if self._told is not None:
                self._told(environ, answer.begun, seconds)
            start_response(answer.begun.status, answer.begun.headers)
            return _Body(answer, environ[_NAME], environ)
        return self._here(environ, start_response)


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


def install(
    app: Flask, places: int, lane: Lane | None = None, told: Told | None = None, threads: int = 1
) -> None:
    """Gives an application's requests their turns. What is installed later is asked after the request was let in."""
    app.wsgi_app = Turns(app.wsgi_app, places, lane, told, threads)  # type: ignore[method-assign]
    app.before_request(_arrive)


def refuse() -> None:
    """What is asked before a request is counted: raises why it could not be answered elsewhere, if it was to be."""
    if (error := request.environ.get(_REFUSED)) is not None:
        raise error


def _arrive() -> None:
    turn: Turn = request.environ[_NAME]
    turn.arrive()


def places_for(threads: int) -> int:
    """How many of so many threads may be at long requests: not all, and one where there is only one."""
    return max(1, threads // 2)


def take_a_place() -> None:
    """The request that is being answered is long. Raises Busy if there is no place for it."""
    turn: Turn = request.environ[_NAME]
    turn.take()


def _seconds(environ: WSGIEnvironment) -> float:
    return _SECONDS_OF_MANY if environ.get("PATH_INFO", "") in _MANY else SECONDS


def _gone(environ: WSGIEnvironment) -> Callable[[], bool] | None:
    """What says whether nobody waits for the answer any more, where the server has it."""
    return environ.get(GONE) or environ.get("waitress.client_disconnected")


def _digest(environ: WSGIEnvironment) -> bytes:
    """What a request is remembered by. Two lists of one length are taken for one: then both need a place at once."""
    size = environ.get("CONTENT_LENGTH") or ""
    asked = f"{size} {environ.get('PATH_INFO', '')}?{environ.get('QUERY_STRING', '')}"
    return hashlib.blake2b(asked.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _break_off(environ: WSGIEnvironment) -> None:
    """Has an answer over HTTP/1.0 end in a reset; in HTTP/1.1 the last chunk is missing, which is enough."""
    if environ.get("SERVER_PROTOCOL") != "HTTP/1.0":
        return
    # waitress gives a bound method of the connection's channel, and gunicorn the socket itself.
    checks = environ.get("waitress.client_disconnected")
    connection = environ.get("gunicorn.socket") or getattr(
        getattr(checks, "__self__", None), "socket", None
    )
    if connection is not None:
        end_in_reset(connection)
        if "gunicorn.socket" in environ:
            # gunicorn says goodbye before it closes.
            connection.close()
