"""What reading one page may take of the machine: time of the processor, and memory of a process that reads.

Owns both bounds. Must not know what is read.
"""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# What a process that reads may take beside what it has when it begins: a page of twenty megabytes takes a third of it.
MOST_MEMORY = 1_500_000_000
_given: list[int] = []


class OutOfTime(BaseException):
    """The time is over. No Exception, so that nothing on the way takes it for one of its own."""


@contextmanager
def limited_time(seconds: float) -> Iterator[None]:
    """A context that may take so many seconds of the processor. Raises OutOfTime in the middle of it.

    Only the main thread of a process can be told; in another one there is no limit. Not to be used inside itself.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def bound_memory(most: int = MOST_MEMORY) -> None:
    """From now on this process may take so many bytes of memory more; asking for more then raises MemoryError.

    Linux keeps it; where a system does not, nothing is bounded.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = most + _taken()
    if hard != resource.RLIM_INFINITY and hard <= bound:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
    _given[:] = [most]


def bounded() -> int | None:
    """How many bytes this process was given, None for any number."""
    return _given[0] if _given else None


def _taken() -> int:
    """The memory that counts and is taken already, in bytes; 0 where the system does not say."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - no file of a user's
            sizes = [line.split()[1] for line in status if line.startswith("VmData:")]
    except OSError:
        return 0
    return 1024 * int(sizes[0]) if sizes else 0
