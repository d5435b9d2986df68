"""Text twice on a page, and two cables on one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Cable, SegmentKind
from indexer.page import RawPage
from indexer.parse import parse


@pytest.fixture(scope="module")
def wire(root: Path) -> Callable[[str], str]:
    def telegram(name: str) -> str:
        text = (root / f"corpus/samples/telegrams/{name}.txt").read_text(encoding="utf-8")
        return text[text.index("VZCZC") :] if "VZCZC" in text else text[text.index("DE RU") :]

    return telegram


def test_a_whole_text_twice(wire: Callable[[str], str], read: Callable[[str], Cable]) -> None:
    once = wire("09ACCRA900031")
    single, double = read(once), read(once + "\n\n" + once)
    assert double.paragraphs == single.paragraphs
    assert double.tags == single.tags
    copies = [s for s in double.segments if s.kind is SegmentKind.DUPLICATE]
    assert sum(len(s.text) for s in copies) > 0.7 * len(once)


def test_a_header_twice_with_blanks_lost(
    wire: Callable[[str], str], read: Callable[[str], Cable]
) -> None:
    once = wire("09ACCRA900031")
    start, end = once.index("E.O. "), once.index("1. (")
    header = once[start:end]
    single = read(once)
    double = read(once[:end] + header.replace(", ", ",") + once[end:])
    assert double.paragraphs == single.paragraphs
    assert double.subject == single.subject
    assert double.references == single.references


def test_two_cables_on_one_page(wire: Callable[[str], str]) -> None:
    one, other = wire("09ACCRA900031"), wire("08LIMA900029")
    page = RawPage(one + "\n" + other, "page", "text", "00")
    first, second = parse(page)
    assert (first.id, second.id) == ("09ACCRA900031", "08LIMA900029")
    parts = ["".join(segment.text for segment in cable.segments) for cable in (first, second)]
    assert "".join(parts) == page.text
    # Each has its own lines, and says with which line of the page they begin.
    assert (first.first_line, second.first_line) == (1, parts[0].count("\n") + 1)
    (alone,) = parse(RawPage(other, "page", "text", "00"))
    assert second.paragraphs == alone.paragraphs
    (alone,) = parse(RawPage(one, "page", "text", "00"))
    assert first.paragraphs == alone.paragraphs


def test_the_problems_of_the_second_cable_have_the_lines_of_the_page(
    wire: Callable[[str], str],
) -> None:
    one, other = wire("09ACCRA900031"), wire("08LIMA900029")
    stray = other.replace("\nE.O. ", "\nQQSOMETHING 17 THAT NO FIELD HAS\nE.O. ", 1)
    text = f"{one}\n{stray}"
    _, second = parse(RawPage(text, "page", "text", "00"))
    (found,) = [each.line for each in second.problems if each.code == "unplaced"]
    assert found is not None
    assert text.split("\n")[found - 1] == "QQSOMETHING 17 THAT NO FIELD HAS"


def test_a_line_that_comes_again_is_no_copy(
    read: Callable[[str], Cable], wire: Callable[[str], str]
) -> None:
    once = wire("09ACCRA900031")
    twice = once.replace("2. (S) The", "The same line again.\n\nThe same line again.\n\n2. (S) The")
    assert " ".join(p.text for p in read(twice).paragraphs).count("The same line again.") == 2
