"""Honest readers beside those who send the worst they can: how long a page takes then, and what the others get.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/attack.py INDEX [--senders 8] [--seconds 30] [--json]`. It starts
`cablegram serve` with its defaults. Two readers ask for pages of results of the usual kinds, and rest a quarter of a
second after each; first alone, and then beside senders of each sort, and of all:

    repeated    the dearest questions and exports that are known here, again and again
    changing    the same with other words each time, so that none was asked before
    stalled     whole exports, of which they read the first bytes and then nothing

A sender sends the next as soon as it is answered or refused. An answer to a reader that is not 200 is an error.
`/healthz` is asked meanwhile, and the memory of all of the server's processes is looked at.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.growth_systems import percentile
from benchmarks.processes import tree_megabytes
from benchmarks.users import addresses, serving_process
from benchmarks.words import Words, words

READERS = 2
_REST = 0.25
_PATIENCE = 120.0
# Words of these ranks are in many paragraphs.
_COMMON = 60
# Of a word that is asked for with letters off.
_LONG = 7


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds of a reader's page at the median and for 95 of 100, of /healthz for 95, and what senders got."""

    beside: str
    pages: int
    p50: float
    p95: float
    healthz: float
    errors: int
    megabytes: float
    senders: dict[str, int]


def worst(drawn: random.Random, known: Words) -> Iterator[str]:
    """The dearest that is known, with other words each time."""
    common = [word for word in known.vocabulary[:_COMMON] if len(word) > 3]
    long = [word for word in known.vocabulary[1_000:30_000] if len(word) >= _LONG]
    while True:
        one, two, three = drawn.sample(common, 3)
        letters = drawn.sample("aeiourstnl", 4)
        misspelt = [
            word[:3] + "qz" + word[5:] + drawn.choice("xyz") for word in drawn.sample(long, 11)
        ]
        yield _search(" ".join(f"{word}~2" for word in misspelt))
        yield _search(f"{one} NEAR/30 {two} NEAR/30 {three}")
        yield _search(" ".join(f"*{letter}*" for letter in letters))
        yield _search(f"/.*{letters[0]}.*{letters[1]}.*/ /.*{letters[2]}.*{letters[3]}/")
        yield _search("?*" * 9 + letters[0])
        yield f"/search.jsonl?q={quote(one)}"
        yield _search(f'"{one[:2]}* {two[:2]}* {three[:2]}*"')
        yield f"/terms?q={quote(one)}&unit=month&since=1900&until=2100"
        yield _search(f"same:cable {one} {two} {three}") + "&sort=references&page=400"


def _search(typed: str) -> str:
    return f"/search?q={quote(typed)}"


def get(address: str, path: str) -> tuple[int, float]:
    """The status of an answer, read to its end, and its milliseconds; 0 where the connection broke."""
    to = urlsplit(address)
    before = time.perf_counter()
    try:
        with closing(
            http.client.HTTPConnection(to.hostname or "", to.port, timeout=_PATIENCE)
        ) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            while answer.read(1 << 16):
                pass
            return answer.status, (time.perf_counter() - before) * 1000
    except (OSError, http.client.HTTPException):
        return 0, (time.perf_counter() - before) * 1000


def stall(address: str, over: threading.Event) -> int:
    """Asks for everything, and takes the first bytes; the status, once the server has cut it off or time is over."""
    to = urlsplit(address)
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(_PATIENCE)
        reader.connect((to.hostname or "", to.port or 0))
        reader.sendall(b"GET /search.jsonl HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        status = int(reader.recv(100).split(b" ")[1])
        if status == 200:
            over.wait(_PATIENCE)
    return status


def measured(
    address: str,
    process: int,
    beside: str,
    send: Sequence[Callable[[], int]],
    pages: Sequence[str],
    seconds: float,
    over: threading.Event,
) -> Row:
    """One row: readers for so many seconds beside the senders, each of which is called again and again."""
    over.clear()
    times: list[float] = []
    health: list[float] = []
    got: Counter[str] = Counter()
    errors: list[int] = []
    lock = threading.Lock()

    def sender(one: Callable[[], int]) -> None:
        while not over.is_set():
            status = one()
            with lock:
                got[str(status)] += 1

    def reader(number: int) -> None:
        for path in islice(cycle(pages), number * 7, None):
            if over.is_set():
                return
            status, took = get(address, path)
            times.append(took) if status == 200 else errors.append(status)
            over.wait(_REST)

    def watcher() -> None:
        while not over.wait(1.0):
            health.append(get(address, "/healthz")[1])

    threads = [threading.Thread(target=sender, args=(each,)) for each in send]
    threads += [threading.Thread(target=reader, args=(each,)) for each in range(READERS)]
    threads.append(threading.Thread(target=watcher))
    for each in threads:
        each.start()
    over.wait(seconds)
    megabytes = tree_megabytes(process)
    over.set()
    for each in threads:
        each.join()
    return Row(
        beside,
        len(times),
        percentile(times, 50),
        percentile(times, 95),
        percentile(health, 95),
        len(errors),
        megabytes,
        dict(got),
    )


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="honest readers beside senders of the worst")
    options.add_argument("index", type=Path)
    options.add_argument("--senders", type=int, default=8)
    options.add_argument("--seconds", type=float, default=30.0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", action="store_true")
    options.add_argument("--sorts", nargs="*", default=["repeated", "changing", "stalled", "all"])
    chosen = options.parse_args()
    known = words(chosen.seed)
    drawn = random.Random(chosen.seed)  # noqa: S311 - which words, not a secret
    fixed = cycle(list(islice(worst(drawn, known), 9)))
    changing = worst(drawn, known)
    over, lock = threading.Event(), threading.Lock()
    pages = addresses(chosen.index)
    if not chosen.json:
        print("| beside | pages | p50 ms | p95 ms | /healthz p95 ms | errors | MB | senders got |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    command = ("cablegram", "serve", "--port", "0")
    with serving_process(command, chosen.index) as (address, process):

        def of(paths: Iterator[str]) -> Callable[[], int]:
            def send() -> int:
                with lock:
                    path = next(paths)
                return get(address, path)[0]

            return send

        sorts: dict[str, Callable[[], int]] = {
            "repeated": of(fixed),
            "changing": of(changing),
            "stalled": lambda: stall(address, over),
        }
        measured(address, process, "", [], pages, chosen.seconds / 2, over)  # warm
        rows = [("nobody", [])]
        rows += [(name, [sorts[name]] * chosen.senders) for name in chosen.sorts if name in sorts]
        if "all" in chosen.sorts:
            rows.append(("all", list(islice(cycle(sorts.values()), chosen.senders))))
        rows.append(("nobody, afterwards", []))
        for name, send in rows:
            row = measured(address, process, name, send, pages, chosen.seconds, over)
            if chosen.json:
                print(json.dumps(asdict(row)), flush=True)
            else:
                print(
                    f"| {row.beside} | {row.pages} | {row.p50:.0f} | {row.p95:.0f} | {row.healthz:.0f} | {row.errors}"
                    f" | {row.megabytes:.0f} | {row.senders or ''} |",
                    flush=True,
                )


if __name__ == "__main__":
    sys.exit(main())
