"""The measurement of people against the tags of FRUS: floors that a change must not go below (`docs/people.md`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.people import measure
from benchmarks.people_gold import read_gold
from search.people.reading import Names, read_names

# Volume -> recall and precision of texts without tags.
FLOORS = {
    "frus1969-76ve09p1": (0.93, 0.98),
    "frus1969-76ve15p1": (0.92, 0.91),
    "frus1977-80v21": (0.90, 0.95),
}


@pytest.mark.parametrize("name", FLOORS)
def test_people_are_read_as_well_as_before(shared: Path, name: str) -> None:
    volume = read_gold(shared / "data" / "frus" / f"{name}.xml")
    recall, precision = FLOORS[name]
    text = measure(volume, tagged=False)
    assert text.recall >= recall
    assert text.precision >= precision
    tagged = measure(volume, tagged=True)
    assert tagged.recall >= 0.96
    assert tagged.named >= 0.97 * tagged.right
    assert tagged.split_share <= 0.05
    assert tagged.merged_share <= 0.01


@pytest.mark.parametrize(
    "unit",
    ["A", "A. ", "Mr. ", "Minister of ", "Mora ", "MORA ", "a ", " ", "\t", ", ", "cleared by ", "Mora, ",
     "Mora-", "’", "Mora's ", "for Mora from "],
)  # fmt: skip
def test_work_grows_with_the_text(unit: str) -> None:
    few, many = (_steps(unit * (length // len(unit))) for length in (3_000, 30_000))
    assert many <= 11 * max(few, 300)


def _steps(text: str) -> int:
    """How many calls and lines of our own reading a text takes."""
    import sys

    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found: list[Names] = read_names([text])
    finally:
        sys.setprofile(before)
    assert len(found) == 1
    return steps
