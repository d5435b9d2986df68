"""A server under load while its index grows and its processes are killed: how many answers, how quick, what failed.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/load.py [--pages DIR] [--users 16] [--requests 24000]
[--server serve|gunicorn] [--kill-every 60] [--think 0.0] [--json]`. The pages (the sample cables unless said) are
copied and indexed; then so many users ask for words, phrases and cables of that very collection, each on a connection
of its own that stays, while `cablegram index` takes in one page after the other, and every so many seconds one of the
processes that answer is killed (SIGKILL). What breaks in the second of a kill is counted by itself: that process had
requests, and nobody can answer them. All else that is no whole answer is a fault. 503 with Retry-After is told apart.
Before that the same users ask a tenth as often with nothing beside them, for the time that an answer takes then.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

from benchmarks.growth_systems import percentile
from benchmarks.users import serving_process
from corpus.sample_cables import samples_folder
from search import sources as manifests
from search.engines import open_searcher

_BIN = Path(sys.executable).parent
_PATIENCE = 120.0
# So long before and after a kill what breaks is taken for its work, in seconds.
_AT_A_KILL = 1.0
_WORD = re.compile(r"[A-Za-z]{4,12}")
_SEED = 7
SERVERS = {
    "serve": ("cablegram", "serve", "--port", "0", "--threads", "8"),
    "gunicorn": (
        "gunicorn", "--bind", "127.0.0.1:0", "--workers", "2", "--worker-class", "gthread", "--threads", "4",
        "--limit-request-line", "8190", "webui.wsgi:create()",
    ),
}  # fmt: skip
# A page that is taken in while the users ask; its words are found by nobody else.
_PAGE = """R {day:02}1200Z MAR 09
FM AMCONSUL GUANGZHOU
TO RUEHC/SECSTATE WASHDC
UNCLAS GUANGZHOU {number:06}
E.O. 12958: N/A
TAGS: ECON, CH
SUBJECT: LANTERNS ON PIER {number}

1. (SBU) Summary: the lanterns of pier {number} were counted while others asked. End summary.

2. (U) There were {number} dozen of them.
"""


class Load:
    """What the users got. Counts are of all of them, times in milliseconds."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.lock = threading.Lock()
        self.begun = 0
        self.statuses: Counter[int] = Counter()
        self.times: list[float] = []
        self.broken: list[tuple[float, str]] = []
        self.wrong: Counter[str] = Counter()
        self.kills: list[float] = []
        self.over = threading.Event()

    def another(self) -> bool:
        """Whether one more request is to be made; it is counted."""
        with self.lock:
            if self.over.is_set() or self.begun >= self.wanted:
                return False
            self.begun += 1
            return True

    def told(self, rows: int) -> dict[str, object]:
        """The figures; `rows` is how often the index was brought up to date."""
        at_kills = [
            said
            for moment, said in self.broken
            if any(abs(moment - kill) <= _AT_A_KILL for kill in self.kills)
        ]
        return {
            "answers": self.statuses.total(),
            "statuses": dict(sorted(self.statuses.items())),
            "faults": dict(self.wrong),
            "broken at a kill": len(at_kills),
            "broken elsewhere": len(self.broken) - len(at_kills),
            "kills": len(self.kills),
            "index runs": rows,
            "p50 ms": round(percentile(self.times, 50), 1) if self.times else None,
            "p95 ms": round(percentile(self.times, 95), 1) if self.times else None,
            "longest ms": round(max(self.times), 1) if self.times else None,
        }


def addresses(index: Path) -> list[str]:
    """What users ask: one word, two, a phrase, a cable, the API; drawn from the collection, the same each time."""
    drawn = random.Random(_SEED)  # noqa: S311 - no secret
    found: list[str] = []
    with closing(open_searcher(index)) as searcher, manifests.read(index) as ledger:
        for cable_id in ledger.cables():
            cable = searcher.get(cable_id)
            if cable is None:
                continue
            found.append(f"/cable/{quote(cable_id)}")
            for paragraph in cable.paragraphs[:12]:
                words = _WORD.findall(paragraph.text)
                if len(words) < 4:
                    continue
                place = drawn.randrange(len(words) - 1)
                one, two = drawn.choice(words), drawn.choice(words)
                found += [
                    f"/search?q={quote_plus(one)}",
                    f"/search?q={quote_plus(f'{one} {two}')}",
                    f"/api/v1/search?q={quote_plus(two)}",
                ]
                if (phrase := " ".join(words[place : place + 2])) in paragraph.text:
                    found.append(f"/search?q={quote_plus(chr(34) + phrase + chr(34))}")
    drawn.shuffle(found)
    return found


def ask(load: Load, address: str, pages: Sequence[str], number: int, think: float) -> None:
    """One user: one request after the other, on a connection that stays as long as the server keeps it."""
    where = urlsplit(address).netloc
    connection = http.client.HTTPConnection(where, timeout=_PATIENCE)
    place = number * len(pages) // 16
    while load.another():
        path = pages[place % len(pages)]
        place += 1
        before = time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            with load.lock:
                load.broken.append((time.monotonic(), repr(error)))
            connection.close()
            continue
        with load.lock:
            load.statuses[answer.status] += 1
            load.times.append((time.perf_counter() - before) * 1000)
            # A cable may be told to come back for; nothing else is anything but an answer.
            if answer.status != 200 and not answer.headers["Retry-After"]:
                load.wrong[f"{answer.status} {urlsplit(path).path}"] += 1
        if think:
            time.sleep(think)
    connection.close()


def keep_indexing(load: Load, pages: Path, index: Path) -> int:
    """Take in one page after the other until the load is over; how many runs of the indexer that were."""
    runs = 0
    while not load.over.is_set():
        text = _PAGE.format(number=900_500 + runs, day=1 + runs % 28)
        (pages / f"09GUANGZHOU{900_500 + runs}.txt").write_text(text, "utf-8")
        command = [_BIN / "cablegram", "index", str(pages), "--index", str(index), "--workers", "1"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        runs += 1
    return runs


def keep_killing(load: Load, parent: int, seconds: float) -> None:
    """Kill one of the processes that answer, every so many seconds."""
    while not load.over.wait(seconds):
        tasks = Path(f"/proc/{parent}/task").iterdir()
        children = [int(each) for task in tasks for each in (task / "children").read_text().split()]
        if children:
            load.kills.append(time.monotonic())
            os.kill(min(children), signal.SIGKILL)


def measure(
    pages: Path | None, server: str, *, users: int, requests: int, kill_every: float, think: float
) -> dict[str, object]:
    """The figures of one load."""
    with tempfile.TemporaryDirectory(prefix="cablegram-load-") as place:
        copied, index = Path(place) / "pages", Path(place) / "index"
        if pages is None:
            with samples_folder() as samples:
                shutil.copytree(samples, copied)
        else:
            shutil.copytree(pages, copied)
        command = [_BIN / "cablegram", "index", str(copied), "--index", str(index)]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
        asked = addresses(index)
        load = Load(requests)
        runs = [0]
        with serving_process(SERVERS[server], index) as (address, process):
            quiet = _crowd(Load(max(users, requests // 10)), address, asked, users, think)
            beside = [
                threading.Thread(
                    target=lambda: runs.append(keep_indexing(load, copied, index)), name="index"
                )
            ]
            if kill_every:
                beside.append(
                    threading.Thread(target=keep_killing, args=(load, process, kill_every))
                )
            began = time.perf_counter()
            for thread in beside:
                thread.start()
            _crowd(load, address, asked, users, think)
            seconds = time.perf_counter() - began
            load.over.set()
            for thread in beside:
                thread.join()
        told = load.told(runs[-1])
        return {
            "server": server,
            "users": users,
            "seconds": round(seconds, 1),
            "answers a second": round(load.statuses.total() / seconds, 1),
            "p95 ms before": round(percentile(quiet.times, 95), 1) if quiet.times else None,
            **told,
        }


def _crowd(load: Load, address: str, asked: Sequence[str], users: int, think: float) -> Load:
    """What so many users get, until they have asked as often as they should."""
    threads = [
        threading.Thread(target=ask, args=(load, address, asked, number, think))
        for number in range(users)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load


def main() -> int:
    """Print the figures; the exit code is 1 if anything but a kill cost an answer."""
    options = argparse.ArgumentParser(description="a server under load")
    options.add_argument("--pages", type=Path)
    options.add_argument("--users", type=int, default=16)
    options.add_argument("--requests", type=int, default=24_000)
    options.add_argument("--server", choices=SERVERS, default="serve")
    options.add_argument("--kill-every", type=float, default=60.0, metavar="SECONDS")
    options.add_argument("--think", type=float, default=0.0, metavar="SECONDS")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    found = measure(
        chosen.pages,
        chosen.server,
        users=chosen.users,
        requests=chosen.requests,
        kill_every=chosen.kill_every,
        think=chosen.think,
    )
    if chosen.json:
        print(json.dumps(found, indent=1))
    else:
        for name, value in found.items():
            print(f"{name:18}{value}")
    return 1 if found["faults"] or found["broken elsewhere"] else 0


if __name__ == "__main__":
    sys.exit(main())
