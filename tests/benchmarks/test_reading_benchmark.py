"""The measurement of reading by two commits: a checkout reads as itself, and what another reads otherwise is told."""

from __future__ import annotations

import shutil
from pathlib import Path

from measuring import measuring

from benchmarks.reading_side_by_side import side_by_side
from indexer.page import RawPage

PAGES = [
    RawPage(f"SUBJECT: LAMP {n}\nTAGS: KIPR\n\n1. (U) It was lit.\n", "page", "text", "0" * 64)
    for n in range(3)
]


def test_a_checkout_beside_itself(root: Path) -> None:
    printed = measuring(root, "reading_side_by_side", str(root), "--rounds", "1")
    rows = [line.split() for line in printed.splitlines()[1:]]
    assert {" ".join(row[:-6]) for row in rows} >= {"sample scoop", "sample nara", "all samples"}
    assert all(row[-1] == "0" and float(row[-6]) > 0 for row in rows)


def test_a_checkout_that_reads_otherwise_is_told(root: Path, tmp_path: Path) -> None:
    for room in ("indexer", "corpus", "search"):
        shutil.copytree(root / room, tmp_path / room)
    parse = tmp_path / "indexer/parse.py"
    code = parse.read_text("utf-8")
    parse.write_text(code.replace("else facts.source", "else 'another'"), "utf-8")
    assert parse.read_text("utf-8") != code
    seconds, differ = side_by_side([root, tmp_path], PAGES, 2)
    assert differ == len(PAGES)
    assert min(seconds) > 0
