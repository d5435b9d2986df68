"""Real cables written as flat pages are read as they were before; shares have floors, which only rise.

Numbers, marks, sections and text are compared. What can't be told from one line (paragraphs without a number, titles
without a rule behind a table) is why the floors of the last layouts are lower. Pages that were cut are told, and hardly
a good one is.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from flat_pages import LAYOUTS, cut_page, flat, read_flat, real_cables, share_kept

from corpus.model import Cable

_ALARMS = frozenset({"page-cut", "paragraph-cut", "text-missing"})


@pytest.fixture(scope="module")
def cables(root: Path, shared: Path) -> Mapping[str, list[Cable]]:
    sets: dict[str, list[Cable]] = {"samples": [], "telegrams": []}
    for cable in real_cables(root, shared):
        old = cable.date is not None and cable.date.year < 1980
        sets["telegrams" if old else "samples"].append(cable)
    assert [len(each) for each in sets.values()] >= [30, 230]
    return sets


@pytest.fixture(scope="module")
def floors(root: Path) -> Mapping[str, object]:
    read: dict[str, object] = json.loads((root / "tests/golden/flat_pages.json").read_text("utf-8"))
    return read


def codes(read: Cable | None) -> set[str]:
    return {problem.code for problem in read.problems} if read is not None else set()


# Each cable with what was read from its flat page.
Again = Mapping[str, list[tuple[Cable, Cable | None]]]


@pytest.fixture(scope="module", params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def again(layout: str, cables: Mapping[str, list[Cable]]) -> Again:
    return {
        which: [(cable, read_flat(flat(cable, LAYOUTS[layout]))) for cable in several]
        for which, several in cables.items()
    }


def test_flat_pages(layout: str, again: Again, floors: Mapping[str, Mapping[str, float]]) -> None:
    for which, several in again.items():
        kept = [share_kept(cable, read) for cable, read in several]
        share = 100 * sum(one for one, _ in kept) / sum(all_of for _, all_of in kept)
        assert share >= floors[layout][which], which


def test_hardly_a_good_page_raises_an_alarm(again: Again) -> None:
    # What was damaged before is no good page.
    several = [
        read
        for each in again.values()
        for cable, read in each
        if not _ALARMS & {problem.code for problem in cable.problems}
    ]
    alarmed = sum(bool(codes(read) & _ALARMS) for read in several)
    assert alarmed <= 0.03 * len(several)


def test_cut_pages_are_told(cables: Mapping[str, list[Cable]], floors: Mapping[str, float]) -> None:
    draw = random.Random(3)  # noqa: S311 - drawn for a test
    pages = [cut_page(cable, draw) for cable in cables["samples"] for _ in range(6)]
    told = [
        bool({"page-cut", "text-missing"} & codes(read_flat(page)))
        for page in pages
        if page is not None
    ]
    assert len(told) > 150
    assert 100 * sum(told) / len(told) >= floors["cut pages told"]
