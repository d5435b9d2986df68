"""The page that a cable was found in, as it was received: every stretch of it with what it was taken for.

Of a page with several cables each shows its own lines; they are counted as the page counts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Cable, Segment, SegmentKind
from webui.asking.address import State, build, cable_path
from webui.pages.wording import counted, paragraph_label

_NAMES = {
    SegmentKind.CHROME: "page furniture",
    SegmentKind.HEADER: "header",
    SegmentKind.HEADING: "heading",
    SegmentKind.PARAGRAPH: "paragraph",
    SegmentKind.PAGE_MARK: "page mark",
    SegmentKind.RULE: "rule",
    SegmentKind.BLANK: "blank",
    SegmentKind.END_MARK: "end mark",
    SegmentKind.DUPLICATE: "second copy",
    SegmentKind.UNPLACED: "unplaced",
}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A kind that occurs, and how often."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ReceivedSegment:
    """One stretch, verbatim. `url` leads to the paragraph it became, `label` names that; "" for none."""

    id: str
    kind: str
    name: str
    text: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """The whole of "as received"."""

    title: str
    lead: str
    cable_url: str
    legend: tuple[LegendEntry, ...]
    segments: tuple[ReceivedSegment, ...]


def received_page(cable: Cable, state: State) -> ReceivedPage:
    """Every segment that the cable has of its page, in order; those of all its cables, joined, are the page."""
    kinds = Counter(segment.kind for segment in cable.segments)
    numbers = {paragraph.anchor: paragraph.number for paragraph in cable.paragraphs}
    lines = sum(segment.text.count("\n") for segment in cable.segments)
    return ReceivedPage(
        cable.id,
        f"{_where(cable.first_line)}: all {counted(lines, 'line')}, labeled. Nothing is left out.",
        build(state, cable_path(cable.id)),
        tuple(
            LegendEntry(kind.value, f"{_NAMES[kind]} {kinds[kind]}")
            for kind in SegmentKind
            if kinds[kind]
        ),
        tuple(
            _segment(cable, index, segment, numbers, state)
            for index, segment in enumerate(cable.segments)
        ),
    )


def _where(first_line: int) -> str:
    """What is shown, in words: a cable does not know whether another stands behind it."""
    if first_line == 1:
        return "The original page of this cable"
    return f"The part of the original page with this cable, from line {first_line:,}"


def segment_at(cable: Cable, line: int) -> str:
    """The name in the address of the segment in which that line (from 1) begins, "" if there is none."""
    for index, (first, last) in enumerate(_lines(cable)):
        if first <= line <= last:
            return f"s{index}"
    return ""


def _lines(cable: Cable) -> Iterator[tuple[int, int]]:
    """The first and the last line of each segment, as the page counts; one that begins within a line begins with it."""
    line = cable.first_line
    for segment in cable.segments:
        first = line
        line += segment.text.count("\n")
        yield first, line - 1 if segment.text.endswith("\n") else line


def _segment(
    cable: Cable, index: int, segment: Segment, numbers: dict[str, int | None], state: State
) -> ReceivedSegment:
    name = _NAMES[segment.kind]
    if segment.field:
        # The short names are the wire's own: DE, DTG, E.O.
        field = segment.field.replace("_", " ")
        name = f"{name}: {field.upper() if len(field) <= 3 else field}"
    label = url = ""
    if segment.anchor in numbers:
        label = paragraph_label(segment.anchor, numbers[segment.anchor])
        url = build(state, cable_path(cable.id), segment.anchor)
    return ReceivedSegment(f"s{index}", segment.kind.value, name, segment.text, label, url)
