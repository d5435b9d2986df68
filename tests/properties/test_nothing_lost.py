"""The second invariant: each line that is no chrome, rule, blank or page mark is found by its words where it was put.

The first one (`test_partition`) says where each line went; this one that a heading over no paragraph, a line taken for
a field's or a list that looks like titles is not lost to search.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from examples import examples
from flat_pages import LAYOUTS, flat, real_cables
from found import lost_lines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import NotACable
from indexer.page import Markup, RawPage
from indexer.parse import parse

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpus" / "samples"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*/*.txt"))}
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*/*.html"))}

HEADER = (
    "R 230844Z MAR 07\nFM AMCONSUL GUANGZHOU\nTO RUEHC/SECSTATE WASHDC\nUNCLAS GUANGZHOU 000376\n\n"
    "E.O. 12958: N/A\nTAGS: PREL\nSUBJECT: TUGS\n\n"
)
# Lines that look like titles, items, rows, labels, marks and ends, each between empty lines or right under another.
_LINES = st.sampled_from(
    [
        "1. (U) The port raised its fees.",
        "2. The tugs wait, and",
        "they will wait till May.",
        "Case Number: 70411",
        "Place of Birth: TIMBUKTU",
        "--(3)New Fees Would Hurt Shippers",
        "- The first point",
        "SUMMARY",
        "Comment",
        "II. THE HARBOR",
        "Tug Crews Threaten to Strike",
        '"Banks Under Water"',
        "-----------",
        "---- The Outlook ----",
        "¶2009. Shippers will appeal.",
        "GUANGZHOU 00000376 002 OF 002",
        "END SUMMARY",
        "REF: BEIJING 12 (SBU) On March 3 the port raised its fees again, as we had been told it would.",
        "Year      Fee      Tons",
        "QUILL",
        "UNCLASSIFIED",
        "",
    ]
)


def check(text: str, markup: Markup = "text") -> None:
    try:
        cables = parse(RawPage(text, "page", markup, "0" * 64))
    except NotACable:
        return
    for cable in cables:
        assert lost_lines(cable) == []


def shuffled(text: str, moves: Sequence[tuple[float, float, bool]]) -> str:
    """The text with lines moved, or emptied."""
    lines = text.splitlines(keepends=True)
    for start, end, blank in moves:
        one, other = int(start * (len(lines) - 1)), int(end * (len(lines) - 1))
        lines[other:other] = ["\n", lines[one]] if blank else [lines[one]]
    return "".join(lines)


_moves = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans()), max_size=8)


@given(name=st.sampled_from(sorted(TEXTS)), moves=_moves)
@settings(max_examples=examples(120), suppress_health_check=[HealthCheck.too_slow])
def test_text_whose_lines_moved(name: str, moves: list[tuple[float, float, bool]]) -> None:
    check(shuffled(TEXTS[name], moves))


@given(name=st.sampled_from(sorted(PAGES)), moves=_moves)
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
def test_html_whose_lines_moved(name: str, moves: list[tuple[float, float, bool]]) -> None:
    check(shuffled(PAGES[name], moves), "html")


@given(lines=st.lists(st.tuples(_LINES, st.booleans()), max_size=24))
@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
def test_lines_that_look_like_others(lines: list[tuple[str, bool]]) -> None:
    check(HEADER + "".join(line + ("\n\n" if apart else "\n") for line, apart in lines))


@given(lines=st.lists(_LINES, min_size=2, max_size=12))
@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.too_slow])
def test_all_of_them_on_one_line(lines: list[str]) -> None:
    check(HEADER + " ".join(lines) + "\n")


@pytest.mark.parametrize("name", LAYOUTS)
def test_real_cables_as_flat_pages(name: str, root: Path, shared: Path) -> None:
    # Each cable in two of the layouts.
    cables = list(real_cables(root, shared))
    at = list(LAYOUTS).index(name)
    for cable in [each for number, each in enumerate(cables) if (number + at) % len(LAYOUTS) < 2]:
        assert lost_lines(cable) == []
        check(flat(cable, LAYOUTS[name]))
