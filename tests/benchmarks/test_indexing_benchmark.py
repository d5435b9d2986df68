"""The measurement of where indexing takes its time, on a small dump: each step and each run has its figure."""

from __future__ import annotations

import json
from pathlib import Path

from measuring import measuring

from benchmarks.synthesize import write

STEPS = 7


def test_each_step_and_each_run_is_measured(root: Path, tmp_path: Path) -> None:
    dump, told = tmp_path / "cables.csv", tmp_path / "indexing.json"
    with dump.open("wb") as file:
        write(file, 24, 1)
    printed = measuring(
        root, "indexing", str(dump), "--cables", "16", "--day", "12", "--json", str(told)
    )
    found = json.loads(told.read_text(encoding="utf-8"))
    assert len(found["steps"]) == STEPS
    # What is worked out by a difference may come out as nothing on so few cables.
    assert sum(each > 0 for each in found["steps"].values()) >= STEPS - 2
    assert [each["workers"] for each in found["whole"]] == [1, 2]
    one, two = found["whole"]
    assert one["paragraphs"] == two["paragraphs"] > 200
    assert min(found["day"], one["seconds"], one["processor_seconds"], one["peak_mb"]) > 0
    for name in found["steps"]:
        assert f"| {name} |" in printed
    assert "12 cables added to the last: " in printed
