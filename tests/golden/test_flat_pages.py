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
from flat_pages import LAYOUTS, cut_page, flat, real_cables, share_kept

from corpus.model import Cable
from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.parse import parse

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


def codes(text: str) -> set[str]:
    try:
        (read, *_) = parse(RawPage(text, "flat", "text", "0" * 64))
    except NotACable:
        return set()
    return {problem.code for problem in read.problems}


@pytest.mark.parametrize("name", LAYOUTS)
def test_flat_pages(
    name: str, cables: Mapping[str, list[Cable]], floors: Mapping[str, Mapping[str, float]]
) -> None:
    for which, several in cables.items():
        kept = [share_kept(cable, LAYOUTS[name]) for cable in several]
        share = 100 * sum(one for one, _ in kept) / sum(all_of for _, all_of in kept)
        assert share >= floors[name][which], which


@pytest.mark.parametrize("name", LAYOUTS)
def test_hardly_a_good_page_raises_an_alarm(name: str, cables: Mapping[str, list[Cable]]) -> None:
    # What was damaged before is no good page.
    several = [
        cable
        for each in cables.values()
        for cable in each
        if not _ALARMS & {problem.code for problem in cable.problems}
    ]
    alarmed = sum(bool(codes(flat(cable, LAYOUTS[name])) & _ALARMS) for cable in several)
    assert alarmed <= 0.03 * len(several)


def test_cut_pages_are_told(cables: Mapping[str, list[Cable]], floors: Mapping[str, float]) -> None:
    draw = random.Random(3)  # noqa: S311 - drawn for a test
    pages = [cut_page(cable, draw) for cable in cables["samples"] for _ in range(6)]
    told = [bool({"page-cut", "text-missing"} & codes(page)) for page in pages if page is not None]
    assert len(told) > 150
    assert 100 * sum(told) / len(told) >= floors["cut pages told"]
