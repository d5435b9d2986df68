"""Years, months and days: the unit a span is seen in, and the periods it has."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.asking import over_time
from search.asking.over_time import MOST_PERIODS, UNITS, Window, periods, window
from search.text.dates import before, span


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("", "", Window("year")),
        ("2006", "", Window("year", "2006", "")),
        ("", "2006-05", Window("year", "", "2006")),
        ("1996", "2006", Window("year", "1996", "2006")),
        ("2006", "2006", Window("month", "2006-01", "2006-12")),
        ("2005-11", "2006", Window("month", "2005-11", "2006-12")),
        ("2006-02", "2006-02", Window("day", "2006-02-01", "2006-02-28")),
        ("2006-12", "2006-12", Window("day", "2006-12-01", "2006-12-31")),
        ("2006-01-15", "2006-02", Window("day", "2006-01-15", "2006-02-28")),
        ("2006-01-15T10:20", "2006-01-15T11:00", Window("day", "2006-01-15", "2006-01-15")),
        ("9999-12", "9999-12", Window("day", "9999-12-01", "9999-12-31")),
        ("2007", "2006", Window("year", "2007", "2006")),
        ("2007-05", "2007-02", Window("month", "2007-05", "2007-02")),
    ],
)
def test_the_unit_a_span_is_seen_in(since: str, until: str, shown: Window) -> None:
    assert window(since, until) == shown


def test_empty_periods_are_there_between_others() -> None:
    assert periods(Window("year"), {"2003": 1}, {"2001": 5, "2002": 0}) == ("2001", "2002", "2003")
    assert periods(Window("month", "2001-11", "2002-02"), {}) == (
        "2001-11",
        "2001-12",
        "2002-01",
        "2002-02",
    )


def test_nothing_counted_and_the_wrong_way_round_are_no_periods() -> None:
    assert periods(Window("year"), {}, {}) == ()
    assert periods(Window("year", "2007", "2006"), {"2006": 1}) == ()


def test_a_misread_year_does_not_make_a_picture_of_all_centuries() -> None:
    found = periods(Window("year"), {"1005": 1, "2007": 3})
    assert len(found) == MOST_PERIODS
    assert found[-1] == "2007"


def test_of_a_window_of_all_centuries_the_periods_that_count_are_taken() -> None:
    found = periods(Window("month", "1000-01", "9999-12"), {"1973-11": 2}, {"1974-02": 1})
    assert found == ("1973-11", "1973-12", "1974-01", "1974-02")


@pytest.mark.parametrize("counted", [{}, {"1973-11": 1, "2010-02": 1}])
def test_a_window_of_all_centuries_takes_no_more_steps_than_periods_are_shown(
    counted: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Counter[str]()

    def before_counted(date: str) -> str | None:
        steps["before"] += 1
        return before(date)

    monkeypatch.setattr(over_time, "before", before_counted)
    assert len(periods(Window("month", "1000-01", "9999-12"), counted)) == MOST_PERIODS
    assert steps["before"] <= 2 * MOST_PERIODS


a_date = st.one_of(
    st.dates().filter(lambda date: date.year > 999).map(str),
    st.dates().filter(lambda date: date.year > 999).map(lambda date: str(date)[:7]),
    st.integers(1000, 9999).map(str),
)


@given(a_date, a_date)
def test_every_period_of_a_window_is_a_date_of_its_unit_and_inside(since: str, until: str) -> None:
    shown = window(since, until)
    found = periods(shown)
    assert list(found) == sorted(set(found))
    for period in found:
        assert len(period) == UNITS[shown.unit]
        assert span(period)
    if since <= until and since[:4] <= until[:4] and len(found) < MOST_PERIODS:
        assert found[0][: len(since)] == since[: UNITS[shown.unit]]
        assert found[-1][: len(until)] == until[: UNITS[shown.unit]]
