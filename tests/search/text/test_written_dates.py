"""Dates as people type them: which they are, which of them are told, and why a text is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import dates
from search.text.written_dates import NoDate, Written, in_words, read


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1974", "1974"),
        (" 1974-03 ", "1974-03"),
        ("1974-3", "1974-03"),
        ("March 1974", "1974-03"),
        ("march, 1974", "1974-03"),
        ("Sept. 1974", "1974-09"),
        ("1974 March", "1974-03"),
        ("marzo de 1974", "1974-03"),
        ("März 1974", "1974-03"),
        ("Febuary 1974", "1974-02"),
        ("3/1974", "1974-03"),
        ("10/1974", "1974-10"),
        ("1974/3", "1974-03"),
        ("4 Mar 1974", "1974-03-04"),
        ("Mar 4, 1974", "1974-03-04"),
        ("Monday, the 4th of March 1974", "1974-03-04"),
        ("15 août 1974", "1974-08-15"),
        ("04MAR1974", "1974-03-04"),
        ("1974/3/4", "1974-03-04"),
        ("13/4/1974", "1974-04-13"),
        ("4/13/1974", "1974-04-13"),
        ("4/4/1974", "1974-04-04"),
        ("19730201", "1973-02-01"),
        ("230844Z MAR 07", "2007-03-23T08:44"),
    ],
)
def test_one_date(text: str, date: str) -> None:
    assert read(text) == Written(date, date)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1974-1975", "1974", "1975"),
        ("1974–1975", "1974", "1975"),
        ("1974 to 1975", "1974", "1975"),
        ("March to May 1974", "1974-03", "1974-05"),
        ("4 March 1974 - 1975", "1974-03-04", "1975"),
        ("the 1970s", "1970", "1979"),
    ],
)
def test_several_years_or_months(text: str, first: str, last: str) -> None:
    assert read(text) == Written(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last", "note"),
    [
        ("3/4/1974", "1974-03-04", "1974-03-04", "4 March 1974; for 3 April 1974 use 1974-04-03"),
        ("3.4.1974", "1974-04-03", "1974-04-03", "3 April 1974; for 4 March 1974 use 1974-03-04"),
        ("3/4/74", "1974-03-04", "1974-03-04", "4 March 1974; for 3 April 1974 use 1974-04-03"),
        ("4 Mar 07", "2007-03-04", "2007-03-04", "4 March 2007"),
        ("Mar 74", "1974-03", "1974-03", "March 1974"),
        ("March '07", "2007-03", "2007-03", "March 2007"),
        ("74-03-04", "1974-03-04", "1974-03-04", "4 March 1974"),
        ("197302", "1973-02", "1973-02", "February 1973"),
        ("'70s", "1970", "1979", "1970 to 1979"),
        ("1969-76", "1969", "1976", "1969 to 1976"),
        ("spring 1974", "1974-03", "1974-05", "March 1974 to May 1974"),
        ("winter of 1974", "1974-12", "1975-02", "December 1974 to February 1975"),
        ("mid-1974", "1974-05", "1974-08", "May 1974 to August 1974"),
        ("Q4 1974", "1974-10", "1974-12", "October 1974 to December 1974"),
        ("1975 to 1974", "1974", "1975", "1974 to 1975"),
    ],
)
def test_what_may_be_meant_otherwise_is_told(text: str, first: str, last: str, note: str) -> None:
    assert read(text) == Written(first, last, f"“{text}” was read as {note}.")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soon", "“soon” is not a date. Use 1974, March 1974 or 4 March 1974."),
        ("30 Feb 1974", "“30 Feb 1974” is not a date: February 1974 has 28 days."),
        ("31/4/1974", "“31/4/1974” is not a date: April 1974 has 30 days."),
        ("13/1974", "“13/1974” is not a date: there is no month 13."),
        ("2007-13", "“2007-13” is not a date: there is no month 13."),
        ("19731301", "“19731301” is not a date: there is no month 13."),
        ("3/4/0000", "There is no year 0."),
        # The 14th, or 2014? A person is asked.
        ("March 14", "“March 14” has no year."),
        ("14 March", "“14 March” has no year."),
        ("March", "“March” has no year."),
        ("3/07", "“3/07” has no year."),
        ("3 4 1974", "“3 4 1974” is not a date."),
        ("May 1974 4", "“May 1974 4” is not a date."),
        ("march march 1974", "is not a date."),
        ("1974 elections", "is not a date."),
        ("x" * 500, "is not a date."),
    ],
)
def test_what_is_no_date_says_why(text: str, why: str) -> None:
    found = read(text)
    assert isinstance(found, NoDate)
    assert why in found.reason
    assert len(found.reason) < 150


@given(st.text(st.sampled_from("0123456789/-. '’marchsetz–to日١²"), max_size=24))
def test_any_text_is_read_and_what_is_read_is_a_date(text: str) -> None:
    found = read(text)
    if isinstance(found, Written):
        first, last = dates.span(found.first), dates.span(found.last)
        assert first is not None
        assert last is not None
        assert first[0] <= last[1]
        if "T" not in found.first:
            assert read(in_words(found.first)) == Written(found.first, found.first)
