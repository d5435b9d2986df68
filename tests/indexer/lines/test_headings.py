"""Headings, parts and labels."""

from __future__ import annotations

import pytest

from corpus.model import Part
from indexer.lines.headings import END_OF_PART, heading_text, inline_part, is_heading, part_of


def heading(
    *lines: str,
    ruled: bool = False,
    before_number: bool = True,
    numbered: bool = True,
    shouting: bool = False,
) -> bool:
    return is_heading(
        lines, ruled=ruled, before_number=before_number, numbered=numbered, shouting=shouting
    )


@pytest.mark.parametrize(
    "line",
    [
        "Background on the Provincial Review",
        "Guangdong: Medicines, Internet, and Landlord Liability",
        "Comment: Local Enforcement is a Mixed Bag",
        "SUMMARY",
        "---- SUMMARY ----",
        "* SUMMARY *",
        "*Comment*",
        "<<Economic Outlook>>",
        "THE PAPER TRAIL",
        "A. COUNTRY CONDITIONS",
        "Comment",
        "Who owns the dam?",
        "Wheat Sales in 1973 and 1974",
        "Code Sharing with Third-Country Carriers and the Problem of Double Counting",
    ],
)
def test_titles(line: str) -> None:
    assert heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "express mail carriers to ship goods abroad.",
        "Please protect accordingly.",
        "END SUMMARY",
        "-- the second point of three",
        "* Summary of the point",
        "* SUMMARY",
        "a. houses destroyed: 710",
        "The Minister left. He did not return",
        "He agreed to the terms of the agreement which the two sides had discussed at such length,",
        "",
        "-----",
        "the minister's reply",
        "E. TOTAL DISTRIBUTION 267,900 257,300 294,978",
        "Tin Exports 1,204 1,310",
        "C. SEED AND WASTE 12.5 13.1",
    ],
)
def test_no_titles(line: str) -> None:
    assert not heading(line)


@pytest.mark.parametrize(
    "line", ["-- SUMMARY --", "---- SUMMARY", "THE TALKS ------", "====FOOD===="]
)
def test_a_rule_on_the_line_tells_a_title(line: str) -> None:
    assert heading(line, shouting=True, before_number=False)


@pytest.mark.parametrize(
    "line",
    [
        "--WE SHOULD BE AUTHORIZED TO CONCLUDE",
        "C. THE PRESIDENT'S CABINET--CARLOS MIRANDA, GUIDO",
        "Q. WHAT ABOUT --",
    ],
)
def test_a_sentence_s_dash_is_no_rule(line: str) -> None:
    assert not heading(line, shouting=True, before_number=False)


def test_in_capitals_throughout_only_a_rule_or_the_place_tells() -> None:
    assert heading("ECONOMIC SITUATION", ruled=True, shouting=True)
    assert not heading("GERENTE DE OPERACIONES", shouting=True, before_number=False)


def test_unnumbered_text_has_titles_in_title_case_or_quotes() -> None:
    assert heading('"A Second Cord Between the Shores"', before_number=False, numbered=False)
    assert heading("Baltic Power Cable", before_number=False, numbered=False)
    assert not heading(
        "Three of the four dailies comment on the cable", before_number=False, numbered=False
    )


def test_a_title_needs_no_number_below_if_it_looks_like_one() -> None:
    assert heading("Text of the Declaration", before_number=False)
    assert not heading("Mr. Ortiz said no", before_number=False)


def test_heading_text() -> None:
    assert heading_text(["---- SUMMARY ----"]) == "SUMMARY"
    assert heading_text(["A Title over", "Two Lines"]) == "A Title over Two Lines"


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Summary", Part.SUMMARY),
        ("Summary and Action Request", Part.SUMMARY),
        ("Introduction", Part.INTRODUCTION),
        ("Introduction of a New Form", None),
        ("Background: The Hot End", Part.BACKGROUND),
        ("Comment: Ink Would Help", Part.COMMENT),
        ("Action Request", Part.ACTION_REQUEST),
        ("Biographic Note", Part.BIOGRAPHY),
        ("B. COMMENT", Part.COMMENT),
        ("The Dam", None),
    ],
)
def test_part_of(title: str, part: Part | None) -> None:
    assert part_of(title) is part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("SUMMARY: A delegation", Part.SUMMARY),
        ("Summary. The directorate", Part.SUMMARY),
        ("COMMENT: PRICE IS", Part.COMMENT),
        ("Action request: If the Department", Part.ACTION_REQUEST),
        ("Background checks on all of the staff. They", None),
        ("The comment: was wrong", None),
        ("", None),
    ],
)
def test_inline_part(text: str, part: Part | None) -> None:
    assert inline_part(text) is part


@pytest.mark.parametrize(
    "line",
    ["END SUMMARY", "END SUMMARY.", "End Comment.", "(END NOTE)", "End summary and comment."],
)
def test_end_of_part(line: str) -> None:
    assert END_OF_PART.fullmatch(line)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("* SUMMARY *", "SUMMARY"),
        ("*Comment*", "Comment"),
        ("<<Outlook>>", "Outlook"),
        ("* A point", "* A point"),
    ],
)
def test_signs_around_a_title(line: str, title: str) -> None:
    assert heading_text([line]) == title
