"""What a server was told to do: stop, or hand its work on to the process that replaces it.

Owns the signals, and that the server's loop wakes up for them. Must not know how a server ends.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType

STOP = signal.SIGTERM
# A successor takes new connections already.
HAND_ON = signal.SIGUSR1
# What waits, in a process that is just begun, until it listens.
HELD = (STOP, HAND_ON, signal.SIGINT)


class Orders:
    """The orders so far. `wake` is called with each, so that whoever waits for connections looks here."""

    def __init__(self, wake: Callable[[], object] = bool) -> None:
        self.wake = wake
        self._stopping = threading.Event()
        self._handing_on = threading.Event()
        # Whether Ctrl-C was how it was told to stop.
        self.interrupted = False

    def stop(self) -> None:
        """No more requests: those that run are finished."""
        self._stopping.set()
        self.wake()

    def hand_on(self) -> None:
        """The same, and somebody else takes what comes."""
        self._handing_on.set()
        self.wake()

    def stopping(self) -> bool:
        """Whether it was told to stop, and nobody takes its place."""
        return self._stopping.is_set()

    def given(self) -> bool:
        """Whether it was told to end in either way."""
        return self._stopping.is_set() or self._handing_on.is_set()

    def listen(self, *, interrupts: bool) -> None:
        """From now on signals are orders. `interrupts` says whether Ctrl-C is one too, or somebody else's affair."""
        signal.signal(STOP, lambda *_: self.stop())
        signal.signal(HAND_ON, lambda *_: self.hand_on())
        if interrupts:
            signal.signal(signal.SIGINT, self._interrupted)
        else:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD)

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        # The second one is for who will not wait.
        if self.stopping():
            raise KeyboardInterrupt
        self.interrupted = True
        self.stop()


class Inbox:
    """The signals that came to this process, in a with statement: a pipe, waited for beside whatever else there is."""

    def __init__(self, numbers: Sequence[signal.Signals]) -> None:
        self._numbers = numbers
        # On a terminal that goes away SIGHUP says just that.
        self._on_terminal = sys.stdin is not None and sys.stdin.isatty()

    def __enter__(self) -> Inbox:
        self._reading, writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(writing, False)
        self._writing = writing
        self._before = {number: signal.signal(number, _noted) for number in self._numbers}
        self._woken = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._woken)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._reading)
        os.close(self._writing)

    def fileno(self) -> int:
        """To be waited for: it can be read when a signal has come."""
        return self._reading

    def read(self) -> list[signal.Signals]:
        """What has come, in order; a hangup of the terminal that the program was started on is an order to stop."""
        try:
            came = os.read(self._reading, 1 << 10)
        except BlockingIOError:
            return []
        found = [signal.Signals(number) for number in came]
        return [
            STOP if each is signal.SIGHUP and self._on_terminal and _terminal_is_gone() else each
            for each in found
        ]


def _noted(number: int, frame: FrameType | None) -> None:
    """Python only writes a signal into the pipe if it has a handler."""


def _terminal_is_gone() -> bool:
    try:
        os.tcgetpgrp(sys.stdin.fileno())
    except OSError:
        return True
    return False
