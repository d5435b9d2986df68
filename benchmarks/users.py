"""Several users at once: pages of results asked over HTTP, of waitress with threads and of gunicorn with processes.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/users.py INDEX [--users 1 4 16] [--seconds 10] [--json]`. Each
user asks one page after the other without a pause, of all the usual kinds of questions in turn, and reads it to the
end; an answer that is not 200, or none at all, is an error. The users are threads of this process,
which has to share the processors with the server.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.growth_questions import USUAL, questions, rare_words
from benchmarks.growth_systems import percentile
from benchmarks.processes import environment
from webui.asking.address import State, build

ROOT = Path(__file__).resolve().parent.parent
_BIN = Path(sys.executable).parent
# What both servers say when they listen: `at http://127.0.0.1:8000/ (`, `Listening at: http://127.0.0.1:8000 (1)`.
_LISTENING = re.compile(r" at:? (http://\S+?)/? \(")
# Seconds that a server may take to begin, and an answer.
_PATIENCE = 60.0

SERVERS: dict[str, tuple[str, ...]] = {
    "waitress, 4 threads": ("cablegram", "serve", "--port", "0", "--threads", "4"),
    "gunicorn, 2 processes": (
        "gunicorn", "--bind", "127.0.0.1:0", "--workers", "2", "--threads", "4", "webui.wsgi:create()",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Served:
    """What so many users at once got: answers a second, milliseconds at the median and for 95 of 100, errors."""

    users: int
    a_second: float
    p50: float
    p95: float
    answers: int
    errors: int


def addresses(index: Path) -> list[str]:
    """Pages of results, of the usual kinds in turn."""
    asked = questions(rare_words(index))
    found = []
    for place in range(max(len(asked[kind]) for kind in USUAL)):
        for kind in USUAL:
            one = asked[kind][place % len(asked[kind])]
            state = State(one.typed)
            if one.mark:
                state = state.including("mark", one.mark)
            if one.year:
                state = state.between(one.year, one.year)
            found.append(build(state))
    return found


@contextmanager
def serving(command: Sequence[str], index: Path) -> Iterator[str]:
    """A server of the index, and its address."""
    with serving_process(command, index) as (address, _):
        yield address


@contextmanager
def serving_process(command: Sequence[str], index: Path) -> Iterator[tuple[str, int]]:
    """The same with the number of its process."""
    program, *rest = command
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(  # noqa: S603 - commands of our own
            [_BIN / program, *rest],
            cwd=ROOT,
            env={
                **{name: each for name, each in os.environ.items() if "CABLEGRAM" not in name},
                **environment(ROOT),
                "CABLEGRAM_INDEX": str(index.resolve()),
                "PYTHONUNBUFFERED": "1",
                # gunicorn puts a socket of its own there.
                "HOME": home,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield _listening(process), process.pid
        finally:
            process.terminate()
            process.communicate(timeout=_PATIENCE)


def _listening(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    said = ""
    while True:
        ready, _, _ = select.select([process.stdout], [], [], _PATIENCE)
        line = process.stdout.readline() if ready else ""
        if not line:
            raise RuntimeError(f"the server did not begin: {said}")
        said += line
        if found := _LISTENING.search(said):
            return found[1]


def ask(address: str, pages: Sequence[str], users: int, seconds: float) -> Served:
    """Has so many users ask for so long."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    times: list[float] = []
    errors: list[str] = []
    started = time.perf_counter()
    end = started + seconds

    def user(number: int) -> None:
        # Each begins at another page.
        for path in islice(cycle(pages), number * 7, None):
            before = time.perf_counter()
            try:
                with closing(http.client.HTTPConnection(host or "", port, timeout=_PATIENCE)) as to:
                    to.request("GET", path)
                    answer = to.getresponse()
                    answer.read()
                if answer.status == 200:
                    times.append((time.perf_counter() - before) * 1000)
                else:
                    errors.append(str(answer.status))
            except (OSError, http.client.HTTPException) as error:
                errors.append(str(error))
            # Looked at after an answer, so that each has one, however late its thread begins.
            if time.perf_counter() > end:
                return

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - started
    return Served(
        users,
        round(len(times) / taken, 1),
        round(percentile(times, 50), 1) if times else 0.0,
        round(percentile(times, 95), 1) if times else 0.0,
        len(times),
        len(errors),
    )


def measure(
    index: Path, numbers: Sequence[int], seconds: float
) -> dict[str, list[dict[str, object]]]:
    """What each number of users gets of each server."""
    pages = addresses(index)
    found = {}
    for name, command in SERVERS.items():
        with serving(command, index) as address:
            # Once each, not counted: every process has opened its index then, and read what it keeps.
            ask(address, pages, 4, min(seconds, 3))
            found[name] = [asdict(ask(address, pages, users, seconds)) for users in numbers]
    return found


def main() -> int:
    """Print the figures, a line a server and number of users."""
    options = argparse.ArgumentParser(description="several users at once")
    options.add_argument("index", type=Path)
    options.add_argument("--users", type=int, nargs="+", default=[1, 4, 16])
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    found = measure(chosen.index, chosen.users, chosen.seconds)
    if chosen.json:
        print(json.dumps(found, indent=1))
        return 0
    for name, rows in found.items():
        for row in rows:
            print(f"{name:24}" + "  ".join(f"{key} {value}" for key, value in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
