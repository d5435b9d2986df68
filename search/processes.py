"""Work that is shared by several processes: how many there may be, and how each begins and ends.

Owns what a process does first. Must not know what it works on: the indexer reads pages in them, a list of names is
answered in them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait


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
