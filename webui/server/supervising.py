"""The process that `cablegram serve` is: it holds the socket, and another process answers.

Owns that process: how it is begun, replaced (SIGHUP), begun anew when it dies, and ended (SIGTERM, Ctrl-C). Must not
know what is served; it loads neither an engine nor the pages.

The socket is bound once and stays, so a replacement costs no request: the new process takes connections beside the old
one as soon as its index is open, and only then the old one is told to finish what it has. One that can't be begun
leaves the old one where it is. A new process is a new Python: it reads the settings, the index and the code again.
"""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from search.cli.console import tell
from search.settings import Settings
from search.system.logs import in_json, log
from webui.server import notifying
from webui.server.orders import HAND_ON, HELD, STOP, Inbox

# What a new process runs: nothing of the folder that it is started in gets into its way (-P), and it finds what this
# one finds.
_PROGRAM = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1])['path']; "
    "from webui.server.serving import main; main()"
)
# The C library of Linux gives each thread a heap of its own, and what one has freed is not had by another: of a server
# that answers long the memory grows by that. Whoever sets the number is obeyed; other systems don't know it.
_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
_SIGNALS = (STOP, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
# A process ends itself in the time that the settings give it; one that has not by so many seconds later is ended.
_GRACE = 10.0
# How often a process that dies is begun again at once; then there is a pause before each.
_DIED_SOON, _PAUSE = 5.0, 1.0


class NotServing(Exception):
    """The first process could not be begun; `code` is what it ended with, having said why."""

    def __init__(self, code: int) -> None:
        self.code = code


@dataclass(slots=True)
class _Worker:
    """A process that answers. It says by `ready` that it does, and sees by `life` that this one is still there."""

    process: subprocess.Popen[bytes]
    ready: int
    life: int
    answers: bool = False
    began: float = field(default_factory=time.monotonic)

    def told(self, order: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(order)

    def close(self) -> None:
        os.close(self.ready)
        os.close(self.life)


class Supervisor:
    """Keeps one process answering at a socket. `flags` and `config` are what the command was given."""

    def __init__(
        self,
        listener: socket.socket,
        settings: Settings,
        flags: Mapping[str, object],
        config: Path | None,
    ) -> None:
        self._listener, self._settings = listener, settings
        self._given = {"flags": dict(flags), "config": str(config) if config else None}
        self._current: _Worker | None = None
        self._fresh: _Worker | None = None
        self._old: list[_Worker] = []
        self._again = False  # another order to reload came during a reload

    def run(self) -> bool:
        """Serve until SIGTERM or Ctrl-C; says whether it was Ctrl-C. Raises NotServing if it never began to."""
        with Inbox(_SIGNALS) as inbox:
            self._fresh = self._begin()
            try:
                while True:
                    for order in self._wait(inbox):
                        if order in (STOP, signal.SIGINT):
                            self._stop(inbox)
                            return order == signal.SIGINT
                        if order == signal.SIGHUP:
                            self._reload()
                    self._look()
            finally:
                for each in self._all():
                    each.process.kill()
                    each.process.wait()
                    each.close()

    def _all(self) -> list[_Worker]:
        return [each for each in (self._current, self._fresh, *self._old) if each is not None]

    def _begin(self) -> _Worker:
        ready, ready_there = os.pipe()
        life_there, life = os.pipe()
        number = self._listener.fileno()
        given = {
            **self._given,
            "path": sys.path,
            "listener": number,
            "ready": ready_there,
            "life": life_there,
        }
        command = [sys.executable, "-P", "-c", _PROGRAM, json.dumps(given)]
        # Handed down: before its first line it can take no order, and must not die of one.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
        try:
            process = subprocess.Popen(  # noqa: S603 - our own
                command,
                pass_fds=(number, ready_there, life_there),
                env={**_FEW_ARENAS, **os.environ},
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            os.close(ready_there)
            os.close(life_there)
        return _Worker(process, ready, life)

    def _wait(self, inbox: Inbox) -> list[signal.Signals]:
        """What has come; waits for a signal, or until the process that begins says that it answers."""
        waited: list[Inbox | int] = [inbox]
        if self._fresh is not None:
            waited.append(self._fresh.ready)
        found, _, _ = select.select(waited, [], [])
        if self._fresh is not None and self._fresh.ready in found and os.read(self._fresh.ready, 1):
            self._took_over()
        return inbox.read() if inbox in found else []

    def _took_over(self) -> None:
        before, self._current, self._fresh = self._current, self._fresh, None
        if self._current is not None:
            self._current.answers = True
        if before is not None:
            before.told(HAND_ON)
            self._old.append(before)
            _say("reloaded", "Reloaded: another process answers, with the settings as they are now")
        notifying.ready()
        if self._again:
            self._again = False
            self._reload()

    def _reload(self) -> None:
        if self._fresh is not None:
            self._again = True
            return
        notifying.reloading()
        self._fresh = self._begin()

    def _look(self) -> None:
        """Sees which processes have ended, and begins another where one must answer."""
        for each in [each for each in self._old if each.process.poll() is not None]:
            self._old.remove(each)
            each.close()
        fresh, current = self._fresh, self._current
        if fresh is not None and (code := fresh.process.poll()) is not None:
            self._fresh = None
            fresh.close()
            if current is None or current.process.poll() is not None:
                raise NotServing(code if code > 0 else 1)
            self._again = False
            _say(
                "reload failed",
                "The server was not reloaded, and goes on as it was; the reason stands above",
                level=logging.ERROR,
            )
            notifying.ready()
        if current is not None and (code := current.process.poll()) is not None:
            self._current = None
            current.close()
            _say(
                "died",
                f"The process that answers ended ({_ended(code)}); another one is begun",
                level=logging.ERROR,
                code=code,
            )
            if self._fresh is None:
                if time.monotonic() - current.began < _DIED_SOON:
                    time.sleep(_PAUSE)
                self._fresh = self._begin()

    def _stop(self, inbox: Inbox) -> None:
        """Tells all to finish, and waits until they have; another order to stop ends them at once."""
        notifying.stopping()
        # The last one who has it closes it.
        self._listener.close()
        if self._fresh is not None:
            self._fresh.process.kill()
        for each in self._all():
            each.told(STOP)
        end = time.monotonic() + self._settings.leave_seconds + self._settings.stop_seconds + _GRACE
        while any(each.process.poll() is None for each in self._all()):
            left = end - time.monotonic()
            found, _, _ = select.select([inbox], [], [], max(0.0, left))
            if left <= 0 or any(order in (STOP, signal.SIGINT) for order in found and inbox.read()):
                return


def _ended(code: int) -> str:
    return f"by the signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _say(event: str, sentence: str, *, level: int = logging.INFO, **facts: int) -> None:
    if in_json():
        log(event, sentence, level=level, facts=facts)
    else:
        tell(f"cablegram: {sentence}")
