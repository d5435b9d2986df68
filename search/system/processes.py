"""Work that is shared by several processes: how many there may be, how each begins and ends, and how one is asked.

Owns what a process does first, and what is seen when one dies. Must not know what they work on: the indexer reads pages
in them, a list of names is answered in them.

`concurrent.futures.ProcessPoolExecutor` is not used. All of its processes answer through one pipe and one lock: of one
that dies while it writes an answer, half a message stays in the pipe, and whoever waits for answers waits for ever
(Python 3.11 to 3.13). Here each process has a pipe of its own, whose other end the system closes when the process ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self, TypeVar

_Answer = TypeVar("_Answer")
# A process ends when its pipe does; one that has not by then, in seconds, is ended.
_PATIENCE = 10.0


class WorkerDied(Exception):
    """A process was ended from outside in the middle of its work, as one is that the system has no memory for."""


class Workers:
    """So many processes, each of which does one piece of work after another; a context manager, which ends them.

    They are begun when they are needed. Each is asked by a thread of its own here, which hands it what was submitted
    and takes the answer. `start` is done once in each, with `given`, before its first piece of work.
    """

    def __init__(self, count: int, start: Callable[..., None], *given: object) -> None:
        self._start, self._given = start, given
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._begun: list[tuple[BaseProcess, Connection]] = []

    def submit(self, work: Callable[..., _Answer], *given: object) -> Future[_Answer]:
        """The answer to come of a function of a module; what it raises is raised by the future.

        With WorkerDied if the process ended before it had answered.
        """
        return self._threads.submit(self._asked, work, given)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends all; what was not begun is not done."""
        self._threads.shutdown(cancel_futures=True)
        for _, connection in self._begun:
            connection.close()
        for process, _ in self._begun:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()

    def _asked(self, work: Callable[..., _Answer], given: tuple[object, ...]) -> _Answer:
        connection: Connection | None = getattr(self._own, "connection", None)
        # One that was ended while it had nothing to do did not die over this piece of work.
        if connection is None or not self._own.process.is_alive():
            connection = self._begin()
        try:
            connection.send((work, given))
            done, answer = connection.recv()
        except (EOFError, OSError) as error:
            # The next piece of work gets another process.
            del self._own.connection
            raise WorkerDied("a process ended in the middle of its work") from error
        if not done:
            raise answer
        found: _Answer = answer
        return found

    def _begin(self) -> Connection:
        # Spawned, because a forked process would have the locks of this one's threads as they just are.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self._start, self._given), daemon=True
        )
        process.start()
        # From now on only the process has this end: it is closed with it, whatever ends it.
        theirs.close()
        self._own.connection, self._own.process = ours, process
        with self._lock:
            self._begun.append((process, ours))
        return ours


def _serve(connection: Connection, start: Callable[..., None], given: tuple[object, ...]) -> None:
    """What a process does: one piece of work after another, until nobody sends one any more."""
    started = False
    while True:
        try:
            work, asked = connection.recv()
        except (EOFError, OSError):
            return
        answer: tuple[bool, Any]
        try:
            if not started:
                start(*given)
                started = True
            answer = True, work(*asked)
        except Exception as error:
            # Whatever it is, it is raised where the answer is waited for.
            error.add_note("".join(traceback.format_exception(error)))
            answer = False, error
        connection.send(answer)


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS has no such limit
        return os.cpu_count() or 1


def begin() -> None:
    """What a process does first: Ctrl-C is for the one that started it, and with that one it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
