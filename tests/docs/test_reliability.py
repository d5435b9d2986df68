"""The page of faults and attacks: nothing in it that no test makes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
# A test as the page names it: `tests/cli/test_faults.py::TestOutput::test_a_full_disk`.
NAMED = re.compile(r"`(tests/[\w/]+\.py)((?:::\w+)+)`")
ROWS = [
    line
    for line in PAGE.read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| ---", "| fault |", "| attack |"))
]


def test_there_are_faults_and_attacks() -> None:
    assert len(ROWS) > 30


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[1].strip() for row in ROWS])
def test_each_has_a_test_that_exists(root: Path, row: str) -> None:
    found = NAMED.findall(row.split(" | ")[-1])
    assert found, "no test is named"
    for name, path in found:
        body: list[ast.stmt] = ast.parse((root / name).read_text("utf-8")).body
        for part in path.strip(":").split("::"):
            kinds = (ast.FunctionDef, ast.ClassDef)
            inside = [each for each in body if isinstance(each, kinds) and each.name == part]
            assert inside, f"{name} has no {part}"
            body = inside[0].body
