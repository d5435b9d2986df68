"""The list of tests that are not measured names tests that are there, and is made of what the others reach."""

from __future__ import annotations

from pathlib import Path

from unmeasured import cover, function_of, listed, unmeasured


def test_each_entry_is_a_test(root: Path) -> None:
    for name in listed():
        file, _, test = name.partition("::")
        text = (root / file).read_text(encoding="utf-8")
        assert not test or f"def {test.rpartition('::')[2]}(" in text, name


def test_the_fewest_seconds_reach_all() -> None:
    branches = {(1, line, line + 1) for line in range(300)}
    one, other = set(sorted(branches)[:200]), set(sorted(branches)[200:])
    reached = {"slow": branches, "one": one, "other": other, "again": one | set(sorted(other)[:50])}
    seconds = {"slow": 9.0, "one": 0.1, "other": 0.2, "again": 5.0}
    assert cover(reached, seconds, set()) == {"one", "other"}
    # What is reached whatever runs needs no test.
    assert cover(reached, seconds, one) == {"other"}


def test_what_is_short_or_alone_is_measured() -> None:
    seconds = {
        "a.py::long": 2.0,
        "a.py::short": 0.1,
        "a.py::chosen": 3.0,
        "b.py::long": 2.0,
        "b.py::short": 0.1,
    }
    assert unmeasured(seconds, {"a.py::chosen"}, seconds) == ["a.py::long", "b.py"]


def test_a_case_is_its_test_s() -> None:
    assert function_of("tests/a.py::test_b[x::y[0]]") == "tests/a.py::test_b"
