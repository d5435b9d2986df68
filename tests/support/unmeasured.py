"""Finds the tests that need not be measured, and writes their list: `make unmeasured`.

    .venv/bin/python tests/support/unmeasured.py

To measure what a test reaches takes as long again as the test. All of them are run and measured once, each with its own
name; the fewest seconds of tests that together reach all (a greedy cover) are what is measured from then on, and those
of the others that take long are in the list. A test that is new is measured until the list is made again, and one that
alone reaches something never is in it: the floor of the coverage sees to that.
"""

from __future__ import annotations

import heapq
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "tests" / "unmeasured.txt"
# Says to tests/conftest.py that each test is measured by its name.
BY_NAME = "CABLEGRAM_MEASURED_BY_NAME"
HEAD = "# Tests that reach nothing that the others do not: they are run and not measured. Made by `make unmeasured`.\n"
# A test that takes less, in seconds with all its cases, is measured: the list is shorter for it.
SHORT = 0.3
# So many branches may be left to chance: those of threads are reached in one run and not in the next.
LEFT = 40
# Seconds that are added to each, so that one that takes none is not chosen for one branch.
ALWAYS = 0.02

Branch = tuple[int, int, int]


def listed(path: Path = LIST) -> frozenset[str]:
    """The tests that are not measured: `tests/FILE.py::test_name`, or a whole file of them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def function_of(nodeid: str) -> str:
    """A test without its case: `tests/FILE.py::test_name[case]` is `tests/FILE.py::test_name`."""
    return nodeid.partition("[")[0]


def cover(
    reached: Mapping[str, set[Branch]], seconds: Mapping[str, float], always: set[Branch]
) -> set[str]:
    """Tests that together reach all but `LEFT` branches, in few seconds: always the one with most new ones a second."""
    rest = {name: branches - always for name, branches in reached.items()}
    missing = set().union(*rest.values())

    def worth(name: str, gain: int) -> float:
        return gain / (seconds.get(name, 0.0) + ALWAYS)

    heap = [(-worth(name, len(branches)), name) for name, branches in rest.items() if branches]
    heapq.heapify(heap)
    chosen: set[str] = set()
    while heap and len(missing) > LEFT:
        _, name = heapq.heappop(heap)
        gain = len(rest[name] & missing)
        if not gain:
            continue
        # What it was worth when there was more to reach may be too much.
        if heap and worth(name, gain) < -heap[0][0]:
            heapq.heappush(heap, (-worth(name, gain), name))
            continue
        chosen.add(name)
        missing -= rest[name]
    return chosen


def unmeasured(tests: Iterable[str], chosen: set[str], seconds: Mapping[str, float]) -> list[str]:
    """The list: long tests that were not chosen, as their file where none of it was."""
    by_file: dict[str, set[str]] = defaultdict(set)
    for name in tests:
        by_file[name.partition("::")[0]].add(name)
    found: set[str] = set()
    for file, names in by_file.items():
        long = {each for each in names - chosen if seconds.get(each, 0.0) >= SHORT}
        found |= long if not long or names & chosen else {file}
    return sorted(found)


def _measure(folder: Path) -> tuple[dict[str, set[Branch]], set[Branch], Mapping[str, float]]:
    """What each test reaches, what is reached by none (imports, programs), and how long each takes."""
    data, report = folder / "coverage", folder / "junit.xml"
    command = [
        sys.executable, "-m", "pytest", "--numprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder",
        "--quiet", f"--junit-xml={report}", "--cov", "--cov-report=", "--cov-fail-under=0",
    ]  # fmt: skip
    settings = {**os.environ, "COVERAGE_FILE": str(data), BY_NAME: "1"}
    subprocess.run(command, cwd=ROOT, env=settings, check=True)
    seconds: defaultdict[str, float] = defaultdict(float)
    for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - written by pytest, just now
        file, _, within = case.get("classname", "").partition(".Test")
        name = "::".join([file.replace(".", "/") + ".py", *(["Test" + within] if within else [])])
        seconds[function_of(f"{name}::{case.get('name', '')}")] += float(case.get("time", "0"))
    reached: dict[str, set[Branch]] = defaultdict(set)
    database = sqlite3.connect(data)
    rows = database.execute(
        "SELECT context, file_id, fromno, tono FROM arc JOIN context ON context.id = context_id"
    )
    for context, *branch in rows:
        reached[context].add((branch[0], branch[1], branch[2]))
    database.close()
    return reached, reached.pop("", set()), seconds


def main() -> None:
    """Measure all, and write the list."""
    with tempfile.TemporaryDirectory() as folder:
        reached, always, seconds = _measure(Path(folder))
    names = unmeasured(seconds, cover(reached, seconds, always), seconds)
    LIST.write_text(HEAD + "".join(f"{name}\n" for name in names), encoding="utf-8")
    sys.stdout.write(f"{len(names)} entries in {LIST.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
