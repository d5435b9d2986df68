"""Long requests in processes of their own, so that one core of Python is left to all the others.

Owns those processes: how one is begun, asked, stopped, and ended when it does not stop. Must not know what is asked,
nor when a request is long (`turns`).

In one process all threads of Python take turns, so a question of ten seconds makes every page beside it slower. A
process of the lane has an application of its own over the same index and answers one request at a time, with less
right to a processor than the server; its answer is handed through as it comes. Begun when there is a first long
request, it stays.
"""

from __future__ import annotations

import io
import logging
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from search.errors import Busy, TooSlow
from search.system.logs import log
from search.system.processes import WorkerDied, begin
from webui.errors import Left

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication, WSGIEnvironment

# How much less than the server a process of the lane may have of a busy processor (nice).
_NICER = 10
# So long, in seconds, a request waits for a process that is free; and so many wait, the next one is refused at once.
WAITING = 3.0
WAITERS = 32
# How often it is looked whether the one who asked has left.
_LOOK = 0.25
# An answer ends itself at its deadline; what has not ended so many seconds later is ended with its process. So is a
# piece of an export that takes as long as no question may.
_GRACE = 3.0
_PIECE = 60.0
# A process that was told to stop does so when it looks at the clock next; one that has not by then is ended.
_STOPPING = 1.0
# Whoever is refused may come back after so many seconds: few questions take longer.
RETRY_AFTER = 10

# By this name an application finds in the environment what says whether nobody waits for its answer any more.
GONE = "cablegram.gone"

# What a process says.
_BEGUN, _PIECE_OF_IT, _END, _BROKEN = "begun", "piece", "end", "broken"

_Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Begun:
    """How an answer begins. `facts` are what the application noted of it in the environment, by name."""

    status: str
    headers: _Headers
    facts: dict[str, str | int]


class Lane:
    """So many processes for long requests. Safe to use from several threads; to be closed.

    `start`, a function of a module, gives the application in each process, made of `given`. `noted` are the names of
    what an application notes in the environment for the server: numbers and short texts.
    """

    def __init__(
        self,
        count: int,
        noted: Iterable[str],
        start: Callable[..., WSGIApplication],
        *given: object,
    ) -> None:
        self.count = count
        self._noted, self._start, self._given = tuple(noted), start, given
        self._free = threading.Semaphore(count)
        self._lock = threading.Lock()
        self._waiting = 0
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []

    def ask(
        self, environ: WSGIEnvironment, seconds: float, gone: Callable[[], bool] | None
    ) -> Answer:
        """The answer of a process, which has begun; to be closed, and only then the process is free for another.

        `seconds` is how long the application works on it at most; `gone` says whether nobody waits for it any more.
        Raises Busy if all are at work, Left if nobody waits, TooSlow if it had to be ended, WorkerDied if it ended.
        """
        self._take(gone)
        try:
            worker = self._worker()
            answer = Answer(worker, gone, self._done)
        except BaseException:
            self._free.release()
            raise
        answer.begin(environ, self._noted, seconds + _GRACE)
        return answer

    def close(self) -> None:
        """Ends the processes, also those at work."""
        with self._lock:
            workers, self._all, self._idle = self._all, [], []
        for each in workers:
            each.end()

    def _take(self, gone: Callable[[], bool] | None) -> None:
        with self._lock:
            if self._waiting >= WAITERS:
                raise busy(self.count)
            self._waiting += 1
        try:
            for _ in range(round(WAITING / _LOOK)):
                if self._free.acquire(timeout=_LOOK):
                    return
                if gone is not None and gone():
                    raise Left("Whoever asked this has hung up.")
        finally:
            with self._lock:
                self._waiting -= 1
        raise busy(self.count)

    def _worker(self) -> _Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        worker = _Worker(self._start, self._given)
        with self._lock:
            self._all.append(worker)
        return worker

    def _done(self, worker: _Worker, sound: bool) -> None:
        """A process is free for another request, or is not to be asked any more."""
        if not sound:
            worker.end()
        with self._lock:
            if sound and worker in self._all:
                self._idle.append(worker)
            elif worker in self._all:
                self._all.remove(worker)
        self._free.release()


def busy(count: int) -> Busy:
    """What is said where so many long requests are being answered."""
    return Busy(
        f"This takes long, and the server answers no more than {count} such questions and exports at once. Ask again "
        f"in {RETRY_AFTER} seconds, or ask for less.",
        RETRY_AFTER,
    )


class Answer:
    """An answer as it comes from a process: `begun`, and then its pieces, by iterating. To be closed."""

    begun: Begun

    def __init__(
        self,
        worker: _Worker,
        gone: Callable[[], bool] | None,
        done: Callable[[_Worker, bool], None],
    ) -> None:
        self._worker, self._gone, self._done = worker, gone, done
        self._open = True

    def begin(self, environ: WSGIEnvironment, noted: tuple[str, ...], seconds: float) -> None:
        """Asks, and waits until the answer begins. Raises what `Lane.ask` does, and is closed then."""
        try:
            self._worker.ask(environ, noted)
            _, self.begun = self._next(seconds)
        except Left:
            self.close()
            raise
        except BaseException:
            self._over(sound=False)
            raise

    def __iter__(self) -> Iterator[bytes]:
        """The pieces. Raises what `Lane.ask` does where the answer breaks off."""
        while self._open:
            try:
                kind, piece = self._next(_PIECE)
            except Left:
                self.close()
                raise
            except BaseException:
                self._over(sound=False)
                raise
            if kind == _END:
                self._over(sound=True)
            else:
                yield piece

    def close(self) -> None:
        """The process stops if it is still at work, and is free for another request."""
        if self._open:
            self._over(sound=self._worker.stop())

    def _next(self, seconds: float) -> tuple[str, Any]:
        for _ in range(round(seconds / _LOOK)):
            if (message := self._worker.message(_LOOK)) is not None:
                return message
            if self._gone is not None and self._gone():
                raise Left("Whoever asked this has hung up.")
        raise TooSlow(
            f"This question was given up after {seconds:g} seconds; more letters before a *, fewer words, or a filter "
            "make it quicker."
        )

    def _over(self, *, sound: bool) -> None:
        self._open = False
        self._done(self._worker, sound)


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, start: Callable[..., WSGIApplication], given: tuple[object, ...]) -> None:
        # Spawned, because a forked process would have the locks of this one's threads as they just are.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, start, given), daemon=True)
        self._process.start()
        # From now on only the process has this end: it is closed with it, whatever ends it.
        theirs.close()

    def ask(self, environ: WSGIEnvironment, noted: tuple[str, ...]) -> None:
        """Hands it a request. Raises WorkerDied."""
        told = {
            name: value for name, value in environ.items() if isinstance(value, (str, int, tuple))
        }
        try:
            self._connection.send((told, _body(environ), noted))
        except OSError as error:
            raise WorkerDied("a process ended before it was asked") from error

    def message(self, seconds: float) -> tuple[str, Any] | None:
        """Its next message, None if there is none in so many seconds. Raises WorkerDied."""
        try:
            found: tuple[str, Any] | None = (
                self._connection.recv() if self._connection.poll(seconds) else None
            )
        except (EOFError, OSError) as error:
            raise WorkerDied("a process ended in the middle of its work") from error
        if found is not None and found[0] == _BROKEN:
            raise WorkerDied(found[1])
        return found

    def stop(self) -> bool:
        """Has it stop the work it is at; says whether it has, in time."""
        end = time.monotonic() + _STOPPING
        try:
            self._connection.send(None)
            while (left := end - time.monotonic()) > 0:
                if (message := self.message(left)) is not None and message[0] == _END:
                    return True
        except (WorkerDied, OSError):
            # Then there is nothing left to stop.
            return False
        return False

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        self._connection.close()
        self._process.kill()
        self._process.join()


def _body(environ: WSGIEnvironment) -> bytes:
    """What came with the request, from its beginning: some of it may have been read before it was handed on."""
    body = environ["wsgi.input"]
    if not int(environ.get("CONTENT_LENGTH") or 0):
        return b""
    body.seek(0)
    return bytes(body.read())


def _serve(
    connection: Connection, start: Callable[..., WSGIApplication], given: tuple[object, ...]
) -> None:
    """What a process does: one request after another, until nobody sends one any more."""
    begin()
    os.nice(_NICER)
    app = start(*given)
    while True:
        try:
            asked = connection.recv()
        except (EOFError, OSError):
            return
        # What was told to stop had just come to its end.
        if asked is None:
            continue
        environ, body, noted = asked
        environ |= {
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            # Whatever is sent meanwhile says so.
            GONE: connection.poll,
        }
        try:
            _answer(connection, app, environ, noted)
            connection.send((_END, None))
        except OSError:
            return
        except Exception as error:
            log("failed", "an answer broke off", level=logging.ERROR, error=error)
            connection.send((_BROKEN, f"an answer broke off: {error!r}"))


def _answer(
    connection: Connection,
    app: WSGIApplication,
    environ: WSGIEnvironment,
    noted: tuple[str, ...],
) -> None:
    told: list[tuple[str, _Headers]] = []

    def start_response(
        status: str, headers: _Headers, error: object = None, /
    ) -> Callable[[bytes], object]:
        told[:] = [(status, headers)]
        return lambda _: None

    pieces = app(environ, start_response)
    try:
        facts = {name: environ[name] for name in noted if name in environ}
        connection.send((_BEGUN, Begun(*told[0], facts)))
        for piece in pieces:
            connection.send((_PIECE_OF_IT, piece))
    finally:
        if (close := getattr(pieces, "close", None)) is not None:
            close()
