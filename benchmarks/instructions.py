"""What indexing costs, counted: instructions of the processor a paragraph, held to a floor kept beside this file.

`make cost` runs it, and CI with it: it fails where a paragraph costs over 5% more than the floor says. Nothing is
timed, so that what else the machine does changes nothing. A floor is renewed, after a change that was worth its cost or
made indexing cheaper, by

    make cost COST=--renew

The cables are those of `benchmarks/synthesize.py`, as a dump. They are read, analysed, made documents and written by
`indexer.runs.build` in one process, ledger and commits with them; what is needed once (loading, tables, patterns) is
done before, with other cables. Counted is by valgrind, which needs no rights and no counters of the processor's, and
sees what Python's own events do not: patterns, tantivy, compression.

Another build of Python, another C library or processor take more or fewer instructions for the same. So the same
program, at the same point, counts work that is no work of ours (`calibration`), and the floor is the ratio of the two:
kept for each version of Python and kind of machine. Where none is kept, that is said, and nothing is held to it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import environment
from benchmarks.synthesize import write

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("instructions.json")
CABLES = 200
# A paragraph may cost so much more than the floor says.
ALLOWED = 1.05
# What is far below has a floor that holds nothing any more.
_WORTH_RENEWING = 0.97
_WARM_CABLES = 12
_SEED, _WARM_SEED = 1, 2
# Rounds of the calibration: about as much as some tens of cables take.
_ROUNDS = 20
# The line with which valgrind ends: `==12== I   refs:      5,907,796,761`.
_COUNT = re.compile(r"I\s+refs:\s+([\d,]+)")


@dataclass(frozen=True, slots=True)
class Cost:
    """What was counted: instructions a paragraph, and of the calibration."""

    paragraph: float
    calibration: int

    @property
    def ratio(self) -> float:
        """A paragraph, in thousandths of the calibration."""
        return 1000 * self.paragraph / self.calibration


def setting() -> str:
    """Of which Python and machine a floor is: `CPython 3.11 x86_64`."""
    version = ".".join(platform.python_version_tuple()[:2])
    return f"{platform.python_implementation()} {version} {platform.machine()}"


def verdict(cost: Cost, floors: Mapping[str, float], name: str) -> tuple[bool, str]:
    """Whether the cost is allowed, and what is said of it."""
    floor = floors.get(name)
    told = f"{cost.paragraph:,.0f} instructions a paragraph, {cost.ratio:.3f} thousandths of the calibration"
    if floor is None:
        return True, f"{told}; no floor is kept for {name}: make cost COST=--renew keeps this one"
    share = cost.ratio / floor
    told = f"{told}, {share:.3f} times the floor ({floor:.3f}, {name})"
    if share > ALLOWED:
        return False, (
            f"{told}: indexing became dearer by more than {ALLOWED - 1:.0%}. Find what takes more, "
            "or, if it is worth its cost, say so in the commit and renew the floor: make cost COST=--renew"
        )
    if share < _WORTH_RENEWING:
        return True, f"{told}: it became cheaper; keep that with make cost COST=--renew"
    return True, told


def calibration() -> int:
    """Work that is none of this repository's, of the same kinds: signs, patterns, tables, JSON, SQLite, compression."""
    words = [f"w{(at * 7919) % 3001:x}" for at in range(1500)]
    pattern = re.compile(r"(?P<head>[a-f]+)?(\d+|[a-f]\d)\b")
    total = 0
    with sqlite3.connect(":memory:") as tables:
        tables.execute("CREATE TABLE counts (word TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID")
        for turn in range(_ROUNDS):
            text = " ".join(words[turn:] + words[:turn])
            counts: dict[str, int] = {}
            for line in text.replace("w9", ".\n").split("\n"):
                for word in line.strip().split(" "):
                    counts[word] = counts.get(word, 0) + 1
                if line[:1].isalpha() and line.find("a", 0, 9) >= 0:
                    total += sum(match.end() for match in pattern.finditer(line))
            held = json.loads(json.dumps(counts))
            rows = sorted(held.items(), key=lambda row: (-row[1], row[0]))[:60]
            tables.executemany("INSERT OR REPLACE INTO counts VALUES (?, ?)", rows)
            total += len(zlib.compress(text.upper().encode(), 1)) + len(rows)
    return total


def counted(folder: Path) -> None:
    """Run below valgrind: index, and tell which process's count is which.

    A process that was forked has the count of the one it came from: so loading is paid for once.
    """
    from indexer.runs.build import build

    # Commits on the way come by the clock, and valgrind takes its time: it stands still.
    time.monotonic = lambda: 0.0
    build([str(folder / "warm.csv")], folder / "warm", workers=1)
    gc.collect()
    gc.freeze()
    before = _forked(lambda: None)
    calibrated = _forked(calibration)
    report = build([str(folder / "cables.csv")], folder / "index", workers=1)
    told = {
        "before": before,
        "calibration": calibrated,
        "indexing": os.getpid(),
        "paragraphs": report.stats.paragraphs,
    }
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
    # What Python clears away at its end is no part of it.
    os._exit(0)


def _forked(work: Callable[[], object]) -> int:
    """Do some work in a process of its own, which ends with it; gives its number."""
    process = os.fork()
    if not process:
        work()
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if status:
        raise RuntimeError(f"the process ended with {status}")
    return process


def count(cables: int) -> Cost:
    """Count what so many cables cost. Raises RuntimeError, with what valgrind said, where that fails."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, number, seed in (("cables", cables, _SEED), ("warm", _WARM_CABLES, _WARM_SEED)):
            with (folder / f"{name}.csv").open("wb") as file:
                write(file, number, seed)
        command = [
            *("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"),
            f"--log-file={folder}/%p.log",
            *(sys.executable, __file__, "--counted", str(folder)),
        ]
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            env={**environment(ROOT), "PYTHONHASHSEED": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"valgrind ended with {done.returncode}: {done.stderr[-2000:]}")
        return _cost(folder)


def _cost(folder: Path) -> Cost:
    told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    before, calibrated, indexed = (
        _total((folder / f"{told[name]}.log").read_text(encoding="utf-8", errors="replace"))
        for name in ("before", "calibration", "indexing")
    )
    return Cost((indexed - before) / told["paragraphs"], calibrated - before)


def _total(log: str) -> int:
    """The instructions of a process, by what valgrind said at its end."""
    found = _COUNT.search(log)
    if found is None:
        raise RuntimeError(f"valgrind did not say how many instructions it counted: {log[-500:]}")
    return int(found[1].replace(",", ""))


def main() -> int:
    """Count, and say whether it is allowed."""
    options = argparse.ArgumentParser(description="instructions a paragraph")
    options.add_argument("--renew", action="store_true", help="keep what is counted as the floor")
    options.add_argument("--cables", type=int, default=CABLES)
    options.add_argument("--counted", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.counted is not None:
        counted(chosen.counted)
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    cost = count(chosen.cables)
    if chosen.renew:
        floors[setting()] = round(cost.ratio, 3)
        kept = json.dumps(dict(sorted(floors.items())), indent=1)
        FLOORS.write_text(f"{kept}\n", encoding="utf-8")
    allowed, told = verdict(cost, floors, setting())
    print(told)
    return 0 if allowed else 1


if __name__ == "__main__":
    sys.exit(main())
