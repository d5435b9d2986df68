"""The count of what indexing costs: what is counted, what is said of it, and that it fails where that became dearer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.instructions import FLOORS, Cost, _cost, calibration, setting, verdict
from benchmarks.synthesize import write

HERE = "CPython 3.11 x86_64"
FLOOR = {HERE: 10.0}


def cost(ratio: float) -> Cost:
    return Cost(ratio * 1000, 1_000_000)


@pytest.mark.parametrize("ratio", [9.0, 9.99, 10.0, 10.49])
def test_what_costs_no_more_is_allowed(ratio: float) -> None:
    allowed, told = verdict(cost(ratio), FLOOR, HERE)
    assert allowed
    assert f"{ratio / 10:.3f} times the floor (10.000, {HERE})" in told
    assert ("keep that with make cost COST=--renew" in told) is (ratio < 9.7)


@pytest.mark.parametrize("ratio", [10.51, 12.0])
def test_what_costs_more_is_not(ratio: float) -> None:
    allowed, told = verdict(cost(ratio), FLOOR, HERE)
    assert not allowed
    assert "dearer by more than 5%" in told
    assert "make cost COST=--renew" in told


def test_without_a_floor_that_is_said() -> None:
    allowed, told = verdict(cost(99), FLOOR, "CPython 3.99 riscv64")
    assert allowed
    assert "no floor is kept for CPython 3.99 riscv64" in told


def test_the_floors_are_ratios() -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert floors
    assert all(len(name.split()) == 3 and 0 < floor < 1000 for name, floor in floors.items())
    assert len(setting().split()) == 3


def test_the_calibration_is_the_same_each_time() -> None:
    assert calibration() == calibration()


def test_the_program_that_is_counted_indexes(root: Path, tmp_path: Path) -> None:
    for name, cables in (("cables", 6), ("warm", 2)):
        with (tmp_path / f"{name}.csv").open("wb") as file:
            write(file, cables, 1)
    subprocess.run(
        [sys.executable, "benchmarks/instructions.py", "--counted", str(tmp_path)],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        check=True,
    )
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))
    assert told["paragraphs"] > 6
    assert len({told["before"], told["calibration"], told["indexing"]}) == 3
    # What valgrind says at the end of each of the three: both have the count of what was before.
    for name, total in (("before", "1,000"), ("calibration", "3,000"), ("indexing", "2,001,000")):
        log = f"==7== Cachegrind\n==7== \n==7== I   refs:      {total}\n"
        (tmp_path / f"{told[name]}.log").write_text(log, "utf-8")
    assert _cost(tmp_path) == Cost(2_000_000 / told["paragraphs"], 2000)


def test_a_count_that_was_not_told_is_a_fault(tmp_path: Path) -> None:
    told = {"before": 1, "calibration": 2, "indexing": 3, "paragraphs": 4}
    (tmp_path / "told.json").write_text(json.dumps(told), "utf-8")
    (tmp_path / "1.log").write_text("==1== Killed\n", "utf-8")
    with pytest.raises(RuntimeError, match="did not say how many"):
        _cost(tmp_path)
