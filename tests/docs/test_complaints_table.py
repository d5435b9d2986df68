"""The table of complaints names tests that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

# `tests/webui/test_complaints.py::test_years_stand_in_their_order`.
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def functions_of(path: Path) -> set[str]:
    """The test functions of a file."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    functions = (each for each in module.body if isinstance(each, ast.FunctionDef))
    return {each.name for each in functions if each.name.startswith("test_")}


@pytest.fixture(scope="module")
def rows(root: Path) -> list[str]:
    lines = (root / "docs/complaints.md").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith("| ---")][1:]


def test_each_complaint_is_held_by_a_test_that_is_there(root: Path, rows: list[str]) -> None:
    assert len(rows) > 10
    for row in rows:
        named = _TEST.findall(row)
        assert named, row
        for path, name in named:
            assert name in functions_of(root / path), (path, name)
