"""Dates of any precision, their minutes and their neighbours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from search.text.dates import after, before, minutes, span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2007", datetime(2007, 1, 1, tzinfo=UTC), datetime(2007, 12, 31, 23, 59, tzinfo=UTC)),
        ("2008-02", datetime(2008, 2, 1, tzinfo=UTC), datetime(2008, 2, 29, 23, 59, tzinfo=UTC)),
        (
            "2007-03-23",
            datetime(2007, 3, 23, tzinfo=UTC),
            datetime(2007, 3, 23, 23, 59, tzinfo=UTC),
        ),
        ("1969-12-31T23:59", datetime(1969, 12, 31, 23, 59, tzinfo=UTC), None),
        ("2007-03-23t08:44z", datetime(2007, 3, 23, 8, 44, tzinfo=UTC), None),
        ("9999", datetime(9999, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
    ],
)
def test_a_date_spans_its_whole_last_unit(
    text: str, first: datetime, last: datetime | None
) -> None:
    assert span(text) == (minutes(first), minutes(last or first))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "07",
        "0999",
        "2007-3",
        "2007-00",
        "2007-13",
        "2007-02-29",
        "2007-01-00",
        "2007-01-01T24:00",
        "2007-01-01T08",
        "2007/01",
        "２００７",
        " 2007",
        "2007\n",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert (span(text), after(text), before(text)) == (None, None, None)


def test_minutes_count_from_1970_in_utc() -> None:
    assert minutes(datetime(1970, 1, 1, 0, 1, tzinfo=UTC)) == 1
    assert minutes(datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)) == -1
    assert minutes(datetime(1970, 1, 1, 2, 0, tzinfo=timezone(timedelta(hours=2)))) == 0
    assert minutes(datetime(1970, 1, 1, 0, 5)) == 5  # noqa: DTZ001 - a cable's date is UTC, said or not


@pytest.mark.parametrize(
    ("text", "next_one"),
    [
        ("2007", "2008"),
        ("2007-12", "2008-01"),
        ("2008-02-28", "2008-02-29"),
        ("2007-12-31T23:59", "2008-01-01T00:00"),
    ],
)
def test_neighbours_are_of_the_same_precision(text: str, next_one: str) -> None:
    assert (after(text), before(next_one)) == (next_one, text)


def test_the_first_and_the_last_date_have_no_neighbour_beyond() -> None:
    assert (after("9999"), after("9999-12-31T23:59")) == (None, None)
    assert (before("1000"), before("1000-01-01")) == (None, None)
