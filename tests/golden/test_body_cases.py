"""Layouts in which archives have cables: a small page of each kind, and its paragraphs. All names are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Cable, SegmentKind
from indexer.page import RawPage
from indexer.parse import parse

CASES = Path(__file__).resolve().parent / "cases"


def case(number: str) -> Cable:
    (path,) = CASES.glob(f"{number}-*")
    markup = "html" if path.suffix == ".html" else "text"
    (cable,) = parse(RawPage(path.read_text("utf-8"), path.name, markup, "0" * 64))
    return cable


def anchors(cable: Cable) -> list[str]:
    return [paragraph.anchor for paragraph in cable.paragraphs]


def sections(cable: Cable) -> list[str | None]:
    return [paragraph.section for paragraph in cable.paragraphs]


def kinds(cable: Cable, kind: SegmentKind) -> int:
    return sum(segment.kind is kind for segment in cable.segments)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("01", ["p1"]),
        ("02", ["u1"]),
        ("03", ["p1", "p2"]),
        ("05", ["p1"]),
        ("06", ["p1", "p2"]),
        ("07", ["p1", "p2", "p3"]),
        ("08", ["p1", "p2", "p3", "p4"]),
        ("09", ["p1", "p2", "p3", "p4"]),
        ("10", ["p1", "p2"]),
        ("12", ["u1", "u2"]),
        ("14", ["p1", "p2"]),
        ("15", ["p1", "p2"]),
        ("16", ["p1", "p2"]),
        ("17", ["p1", "p2", "p3", "p4", "p5"]),
        ("18", ["p1", "p2"]),
        ("21", ["p1", "p2", "p3"]),
        ("22", ["p1", "p2"]),
        ("23", ["p1", "p2", "p3", "p4"]),
        ("34", ["p1", "p2", "p3", "p4"]),
        ("35", ["p1", "p2"]),
        ("36", ["p1", "p2"]),
        ("38", ["p1", "p2", "p3"]),
        ("41", ["p1", "p2", "p3"]),
        ("42", ["p1", "p2", "p3"]),
        ("43", ["u1"]),
    ],
)
def test_paragraphs_without_a_doubt(number: str, expected: list[str]) -> None:
    cable = case(number)
    assert anchors(cable) == expected
    # The page of case 41 calls itself the first of four sections, and has no other.
    doubts = ["section-missing"] if number == "41" else []
    assert [problem.code for problem in cable.problems] == doubts


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("07", [None, "Port Raises Fees", "Tug Crews Threaten to Strike"]),
        ("10", ["Summary", "Summary"]),
        ("12", [None, "A.1. Tug Crews"]),
        ("14", ["Summary", "Summary"]),
        ("18", [None, "LOCK GATES AND DREDGING"]),
        ("21", [None, "...And Shippers Pay", "...But Tug Crews Wait"]),
        ("22", ["SUMMARY", "TUG CREWS"]),
        ("41", [None, "Fees and Tugs", "Fees and Tugs"]),
        ("42", [None, "OPENING SESSION", "OPENING SESSION"]),
    ],
)
def test_sections(number: str, expected: list[str | None]) -> None:
    assert sections(case(number)) == expected


@pytest.mark.parametrize(
    ("number", "signer"),
    [
        ("01", "SMITH"),
        ("02", "GOLDBERG"),
        ("03", "GOLDBERG"),
        ("12", "GOLDBERG"),
        ("34", "GOLDBERG"),
        ("15", "ARNALL"),
    ],
)
def test_signers(number: str, signer: str) -> None:
    cable = case(number)
    assert cable.signed_by == (signer,)
    assert signer not in "".join(paragraph.text for paragraph in cable.paragraphs)


@pytest.mark.parametrize(
    ("number", "marks"), [("06", 1), ("18", 1), ("34", 2), ("35", 2), ("38", 1), ("41", 1)]
)
def test_page_marks(number: str, marks: int) -> None:
    cable = case(number)
    assert kinds(cable, SegmentKind.PAGE_MARK) == marks
    assert not any("OF 00" in paragraph.text for paragraph in cable.paragraphs)


def test_a_form_is_lines_of_the_paragraph() -> None:
    lines = case("01").paragraphs[0].text.split("\n")
    assert lines[1:3] == ["Case Number: 70411", "Rank/Name: LTC HORATIO QUILLFEATHER"]
    assert lines[-1] == "Start Date: 3/24/2010"


def test_a_table_of_contents_is_lines_of_its_paragraph() -> None:
    assert case("17").paragraphs[1].text.split("\n")[3] == "--(5)Tug Crews Hold Pilot Captive"


def test_what_stands_on_the_line_of_the_references() -> None:
    for number, ids in (
        ("02", ["09STATE57598"]),
        ("34", ["09GUANGZHOU370", "09BEIJING218"]),
        ("42", ["09GUANGZHOU294", "09GUANGZHOU344"]),
    ):
        assert [reference.id for reference in case(number).references] == ids
    assert case("02").paragraphs[0].mark == "SBU"


def test_pilcrows_that_an_archive_put() -> None:
    assert case("05").paragraphs[0].text == (
        "A new tariff takes effect on May 1, 2009. Shippers will appeal on May 3. "
        "The harbor master offered two reasons:\nA. Silt.\nB. Tides."
    )


def test_subjects() -> None:
    assert case("10").subject == "HARBOR FEES RISE AND SHIPPERS APPEAL"
    assert case("15").subject == "SIX LOCK GATES INSPECTED"
    assert case("41").subject.endswith(
        "OF MUDS EU REFORM WITH HARBOR OFFICIALS (CORRECTED COPY - SPACING)"
    )


def test_recipients_are_those_of_the_wire() -> None:
    cable = case("16")
    assert [each.name for each in cable.recipients] == ["SECSTATE WASHDC"]
    assert [each.name for each in cable.info_recipients] == ["AMEMBASSY BOGOTA"]


def test_the_date_that_a_newspaper_put_over_the_cable() -> None:
    cable = case("36")
    assert cable.date is not None
    assert (cable.id, f"{cable.date:%FT%R}") == ("09GUANGZHOU413", "2009-03-22T15:05")


def test_a_sentence_with_empty_lines_in_it() -> None:
    (only,) = case("43").paragraphs
    assert "\n" not in only.text
    assert "that began in February, a tug crew of the south bank was fined" in only.text
