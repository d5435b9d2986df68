"""The memory of `cablegram serve` after so many requests: whether it is the same after 100,000 as after 1,000.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/memory.py [--cables 3000] [--users 4] [--at 1000 10000 100000]
[--json]`. Cables are made up (`benchmarks/synthetic_cables.py`, three paragraphs of each) and indexed; users ask for
their words, and hardly anything twice. Of a hundred requests 35 are searches of the API, 30 its cables, 29 suggestions,
5 pages of results, and one is a cable's page: so it takes minutes and not hours. Memory is told of the server with all
of its processes, and of the one that answers alone: `kept`, what the machine has to keep for it (no pages of files),
and `resident`, with the pages of the index that it has looked at.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks.load import Load, ask
from benchmarks.processes import tree_megabytes
from benchmarks.synthetic_cables import synthetic_cables
from benchmarks.users import serving_process
from corpus.cable_json import cable_to_json
from corpus.model import Cable

_BIN = Path(sys.executable).parent
_SERVE = ("cablegram", "serve", "--port", "0", "--threads", "4")
_PARAGRAPHS = 3
_SEED = 11
AT = (1_000, 10_000, 100_000)
# What a hundred requests are; `{one}`, `{two}` are words, `{start}` the beginning of one, `{cable}` is an id.
_KINDS = {
    "/api/v1/search?q={one}&size=5": 18,
    "/api/v1/search?q={one}+{two}&size=5": 17,
    "/api/v1/cables/{cable}": 30,
    "/opensearch-suggestions?q={start}": 29,
    "/search?q={one}+{two}": 5,
    "/cable/{cable}": 1,
}


def addresses(cables: Sequence[Cable], count: int) -> list[str]:
    """So many addresses, of all kinds in turn."""
    drawn = random.Random(_SEED)  # noqa: S311 - no secret
    kinds = [kind for kind, times in _KINDS.items() for _ in range(times)]
    drawn.shuffle(kinds)
    found = []
    for number in range(count):
        cable = drawn.choice(cables)
        words = drawn.choice(cable.paragraphs).text.rstrip(".").lower().split()
        one, two = drawn.choice(words), drawn.choice(words)
        kind = kinds[number % len(kinds)]
        found.append(
            kind.format(one=quote_plus(one), two=quote_plus(two), start=one[:4], cable=cable.id)
        )
    return found


def measure(count: int, users: int, at: tuple[int, ...]) -> list[dict[str, object]]:
    """Memory in megabytes after so many answers each time, and what the answers were."""
    cables = [
        replace(each, paragraphs=each.paragraphs[:_PARAGRAPHS]) for each in synthetic_cables(count)
    ]
    with tempfile.TemporaryDirectory(prefix="cablegram-memory-") as place:
        exported, index = Path(place) / "cables.jsonl", Path(place) / "index"
        with exported.open("w", encoding="utf-8") as out:
            out.writelines(f"{json.dumps(cable_to_json(each))}\n" for each in cables)
        command = [_BIN / "cablegram", "index", str(exported), "--index", str(index)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        asked = addresses(cables, max(at))
        with serving_process(_SERVE, index) as (address, process):
            rows = [_row(process, 0, 0.0, Load(0))]
            done = 0
            for wanted in at:
                load = Load(wanted - done)
                # (Each user begins at another sixteenth of them: `ask`.)
                pages = asked[done:wanted]
                began = time.perf_counter()
                crowd = [
                    threading.Thread(target=ask, args=(load, address, pages, number, 0.0))
                    for number in range(0, 16, 16 // users)
                ]
                for each in crowd:
                    each.start()
                for each in crowd:
                    each.join()
                done = wanted
                rows.append(_row(process, done, time.perf_counter() - began, load))
                print(rows[-1], file=sys.stderr, flush=True)
        return rows


def _row(process: int, answers: int, seconds: float, load: Load) -> dict[str, object]:
    (answering,) = _children(process)
    return {
        "answers": answers,
        "kept MB": round(tree_megabytes(process), 1),
        "answering kept MB": round(_status(answering, "RssAnon"), 1),
        "answering resident MB": round(_status(answering, "VmRSS"), 1),
        "processes": 2 + len(_children(answering)),
        "seconds": round(seconds, 1),
        "statuses": dict(sorted(load.statuses.items())),
        "faults": dict(load.wrong),
        "broken": len(load.broken),
    }


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(each) for task in tasks for each in (task / "children").read_text().split()]


def _status(process: int, name: str) -> float:
    """A line of `/proc/PID/status`, in megabytes."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


def main() -> int:
    """Print a line for each number of answers; the exit code is 1 if one was none."""
    options = argparse.ArgumentParser(description="the memory of a server after many requests")
    options.add_argument("--cables", type=int, default=3_000)
    options.add_argument("--users", type=int, default=4)
    options.add_argument("--at", type=int, nargs="+", default=list(AT))
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    rows = measure(chosen.cables, chosen.users, tuple(chosen.at))
    if chosen.json:
        print(json.dumps(rows, indent=1))
    else:
        for row in rows:
            print("  ".join(f"{name} {value}" for name, value in row.items()))
    return 1 if any(row["faults"] or row["broken"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
