"""The parser's invariant on damaged pages: the segments of a page's cables, joined, are the page.

Nothing but `NotACable` is raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import SegmentKind
from indexer.errors import NotACable
from indexer.lines.html import visible_lines
from indexer.page import RawPage
from indexer.parse import parse

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
CASES = Path(__file__).resolve().parents[1] / "golden" / "cases"
TEXTS = {
    path.name: path.read_text(encoding="utf-8")
    for path in (*sorted(SAMPLES.rglob("*/*.txt")), *sorted(CASES.glob("*.txt")))
}
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*/*.html"))}

Edit = tuple[str, float, float]
_edits = st.lists(
    st.tuples(
        st.sampled_from(["cut", "double", "swap", "drop", "blank", "glue"]),
        st.floats(0, 1),
        st.floats(0, 1),
    ),
    max_size=8,
)


def damaged(text: str, edits: Sequence[Edit]) -> str:
    """The text with stretches of its lines cut, doubled, swapped, dropped, emptied or glued together."""
    lines = text.splitlines(keepends=True)
    for what, start, size in edits:
        if not lines:
            break
        at = int(start * (len(lines) - 1))
        end = min(len(lines), at + 1 + int(size * 12))
        piece = lines[at:end]
        if what == "cut":
            lines = lines[:end]
        elif what == "double":
            lines[end:end] = piece
        elif what == "swap":
            lines = [*lines[:at], *lines[end:], *piece]
        elif what == "drop":
            del lines[at:end]
        elif what == "blank":
            lines[at:at] = ["\n", " \t\n"]
        else:
            lines[at:end] = ["".join(piece).replace("\n", "") + "\n"]
    return "".join(lines)


def check(page: RawPage, visible: str) -> None:
    try:
        cables = parse(page)
    except NotACable:
        return
    parts = ["".join(segment.text for segment in cable.segments) for cable in cables]
    assert "".join(parts) == visible
    assert cables[0].first_line == 1
    for cable in cables:
        anchors = [paragraph.anchor for paragraph in cable.paragraphs]
        assert len(anchors) == len(set(anchors))
        assert {s.anchor for s in cable.segments if s.kind is SegmentKind.PARAGRAPH} <= set(anchors)
        # What could not be placed is reported and can be found.
        unplaced = [s for s in cable.segments if s.kind is SegmentKind.UNPLACED]
        assert all(segment.anchor in anchors for segment in unplaced)
        assert bool(unplaced) == any(problem.code == "unplaced" for problem in cable.problems)
        for segment in cable.segments:
            if segment.kind is SegmentKind.BLANK:
                assert not segment.text.replace("\xa0", " ").strip()


@given(name=st.sampled_from(sorted(TEXTS)), edits=_edits)
@settings(max_examples=examples(250), suppress_health_check=[HealthCheck.too_slow])
def test_damaged_text(name: str, edits: list[Edit]) -> None:
    text = damaged(TEXTS[name], edits)
    check(RawPage(text, name, "text", "00"), text)


@given(name=st.sampled_from(sorted(PAGES)), edits=_edits)
@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.too_slow])
def test_damaged_html(name: str, edits: list[Edit]) -> None:
    markup = damaged(PAGES[name], edits)
    check(RawPage(markup, name, "html", "00"), "".join(line.text for line in visible_lines(markup)))


@given(names=st.lists(st.sampled_from(sorted(TEXTS)), min_size=2, max_size=5), edits=_edits)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_text_of_several_cables(names: list[str], edits: list[Edit]) -> None:
    text = damaged("\n".join(TEXTS[name] for name in names), edits)
    check(RawPage(text, "several", "text", "00"), text)


@given(names=st.lists(st.sampled_from(sorted(PAGES)), min_size=2, max_size=3), edits=_edits)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_html_of_several_cables(names: list[str], edits: list[Edit]) -> None:
    markup = damaged("\n".join(PAGES[name] for name in names), edits)
    visible = "".join(line.text for line in visible_lines(markup))
    check(RawPage(markup, "several", "html", "00"), visible)


@given(
    text=st.text(alphabet=st.sampled_from("1.2()USBC \n\r\t-=¶:AREFTOags\x0c\xa0"), max_size=400)
)
@settings(max_examples=examples(300))
def test_any_text(text: str) -> None:
    check(RawPage(text, "any", "text", "00"), text)


@given(
    markup=st.text(alphabet=st.sampled_from("<>/pbrdiv ='\"&;#x1.(U)\nSUBJECT: TAGS"), max_size=400)
)
@settings(max_examples=examples(200))
def test_any_markup(markup: str) -> None:
    check(
        RawPage(markup, "any", "html", "00"), "".join(line.text for line in visible_lines(markup))
    )


@pytest.mark.parametrize("size", [1000, 100_000])
@pytest.mark.parametrize(
    "unit", ["-", "1", "1. (U) ", "(", "A. ", "REF: ", "SUBJECT: a ", "\t", " x   y   "]
)
def test_one_line_of_any_length(unit: str, size: int) -> None:
    text = unit * (size // len(unit))
    check(RawPage(text, "long", "text", "00"), text)


def test_aad_and_seed(shared: Path) -> None:
    import json

    rows = (shared / "data/aad/telegrams.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows]
    texts.append((shared / "seed/scoop-07GUANGZHOU376.txt").read_text(encoding="utf-8"))
    assert len(texts) == 239
    for text in [*texts, "\n".join(texts)]:
        check(RawPage(text, "aad", "text", "00"), text)
