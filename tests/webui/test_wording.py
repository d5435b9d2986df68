"""How marks, dates, anchors and counts are put into words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from webui.pages.wording import (
    Moment,
    counted,
    level,
    moment,
    paragraph_label,
    paragraph_name,
    place,
    shortened,
)


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("U", "u"),
        ("UNCLASSIFIED", "u"),
        ("UNCLAS", "u"),
        ("SBU", "sbu"),
        ("SBU/NF", "sbu"),
        ("LOU", "sbu"),
        ("SENSITIVE BUT UNCLASSIFIED", "sbu"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "sbu"),
        ("UNCLASSIFIED//SBU", "sbu"),
        ("LIMITED OFFICIAL USE", "sbu"),
        ("C", "c"),
        ("C - ENTIRE TEXT", "c"),
        ("CONFIDENTIAL//NOFORN", "c"),
        ("S/NF", "s"),
        ("secret", "s"),
        ("TS", "ts"),
        ("TOP SECRET", "ts"),
        ("EXDIS", "none"),
        ("", "none"),
        ("<b>", "none"),
    ],
)
def test_level(mark: str, expected: str) -> None:
    assert level(mark) == expected


def test_a_moment_is_told_by_the_clock_of_its_place() -> None:
    date = datetime(2007, 3, 23, 8, 44, tzinfo=UTC)
    assert moment(date, "minute") == Moment("23 March 2007, 08:44 UTC", "2007-03-23T08:44Z")
    evening = datetime(1949, 12, 31, 20, tzinfo=timezone(timedelta(hours=-5)))
    assert moment(evening, "minute") == Moment(
        "31 December 1949, 20:00 UTC−05:00", "1949-12-31T20:00-05:00"
    )
    assert moment(evening.replace(tzinfo=None), "minute") == Moment(
        "31 December 1949, 20:00 local time", "1949-12-31T20:00"
    )
    assert moment(date, "year") == Moment("2007", "2007")
    assert moment(None, "minute") is None


@pytest.mark.parametrize(
    ("first", "last", "precision", "text"),
    [
        ((1973, 2, 1), (1973, 2, 3), "day", "1 to 3 February 1973"),
        ((1973, 2, 28), (1973, 3, 1), "day", "28 February to 1 March 1973"),
        ((1973, 12, 31), (1974, 1, 2), "day", "31 December 1973 to 2 January 1974"),
        ((1973, 3, 1), (1973, 5, 1), "month", "March to May 1973"),
        ((1949, 1, 1), (1951, 1, 1), "year", "1949 to 1951"),
    ],
)
def test_a_span_says_once_what_both_ends_have(
    first: tuple[int, int, int], last: tuple[int, int, int], precision: str, text: str
) -> None:
    ends = (datetime(*each, tzinfo=UTC) for each in (first, last))
    assert moment(next(ends), precision, next(ends)) == Moment(text, "")


@pytest.mark.parametrize(
    ("anchor", "number", "label", "name"),
    [
        ("p12", 12, "¶12", "Paragraph 12"),
        ("p4b", 4, "¶4b", "Paragraph 4b"),
        ("u1", None, "unnumbered 1", "Unnumbered paragraph 1"),
    ],
)
def test_paragraphs(anchor: str, number: int | None, label: str, name: str) -> None:
    assert paragraph_label(anchor, number) == label
    assert paragraph_name(anchor, number) == name


def test_counts_places_and_long_texts() -> None:
    assert counted(1, "cable") == "1 cable"
    assert counted(1284, "paragraph") == "1,284 paragraphs"
    assert counted(0, "stretch", "stretches") == "0 stretches"
    assert place("Guangzhou", "China") == "Guangzhou, China"
    assert place("Singapore", "Singapore") == "Singapore"
    assert place("", "") == ""
    assert shortened("one  two three", 8) == "one two …"
    assert shortened("one two", 8) == "one two"
