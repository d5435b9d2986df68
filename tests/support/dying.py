"""Runs of `cablegram alerts run` that are killed (`kill -9`) at a given step, each in a process of its own.

`python dying.py ROUNDS SEED` in a folder with an index, `alerts.toml`, `pages` and, for each round, a folder
`coming/N`. In a round the pages of its folder come and are indexed, the run is killed before one of its steps, and the
next one goes to its end. A step is whatever may last: a statement to the file of state, a file that is written to the
disk, a message that is sent, also the moment right after it. Prints, as JSON, before which of how many steps each run
was killed.

The processes are forked from this one, which has loaded everything: so a round takes no time for loading.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apprise  # noqa: F401 - loaded once, for all processes

import cablegram
import search.alerts.messages
import search.alerts.running
import search.alerts.state
import search.cli.alerts
import search.engines.tantivy_engine
from indexer import commands  # noqa: F401 - loaded once


class Steps:
    """Counts the steps, and dies before the one that it is told."""

    def __init__(self, last: int | None) -> None:
        self.count = 0
        self._last = last

    def __call__(self) -> None:
        """One more step is about to be made."""
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1


def install(step: Steps) -> None:
    """Has every step of a run over the alerts counted."""

    class Counting(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            step()
            return super().execute(*arguments)

    connect: Any = sqlite3.connect
    fsync, send = os.fsync, search.alerts.messages.send

    def counted_connect(*arguments: Any, **named: Any) -> Any:
        state = str(arguments[0]).endswith(search.alerts.state.STATE_FILE)
        return connect(*arguments, **named, **({"factory": Counting} if state else {}))

    def counted_fsync(descriptor: int) -> None:
        step()
        fsync(descriptor)
        step()

    def counted_send(*arguments: Any) -> None:
        step()
        send(*arguments)
        step()

    # This process ends with the run: what is put in their places stays there.
    vars(sqlite3)["connect"] = counted_connect
    vars(os)["fsync"] = counted_fsync
    vars(search.alerts.running)["send"] = counted_send


def forked(work: Callable[[], None]) -> int:
    """How a process ended that did this work."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(70)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ask(*arguments: str) -> int:
    """How a command ended."""

    def work() -> None:
        try:
            cablegram.main(list(arguments), prog_name="cablegram")
        except SystemExit as end:
            os._exit(int(str(end.code or 0)))

    return forked(work)


def run_until(last: int | None) -> tuple[int, int]:
    """How a run over the alerts ended that dies before that step, and how many it made (0 if it died)."""
    counted = Path("steps")
    counted.write_text("0")

    def work() -> None:
        step = Steps(last)
        install(step)
        try:
            cablegram.main(["alerts", "run"], prog_name="cablegram")
        except SystemExit as end:
            counted.write_text(str(step.count))
            os._exit(int(str(end.code or 0)))

    return forked(work), int(counted.read_text())


def main(rounds: int, seed: int) -> int:
    """All rounds; the first is not killed, and tells how many steps there are."""
    drawn = random.Random(seed)  # noqa: S311 - which steps, not a secret
    steps = 0
    kills = []
    for number in range(rounds + 1):
        for page in Path("coming", str(number)).iterdir():
            page.rename(Path("pages", page.name))
        if ask("index", "pages", "--alerts", "none.toml"):
            return 1
        if not number:
            code, steps = run_until(None)
            if code:
                return 1
            continue
        # One kill in each tenth of a run, so that no part of it is left out.
        last = drawn.randrange(steps * (number - 1) // rounds, steps * number // rounds)
        code, _ = run_until(last)
        kills.append((last, steps, code))
        if ask("alerts", "run"):
            return 1
    sys.stderr.write(json.dumps(kills))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
