"""The rule by which a date answers a span of dates, against the rule said in sets of minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Cable, DatePrecision
from search.plans.dates import span_plan
from search.plans.plan import AllOf, AnyOf, Flat, Nothing, NumberRange, Plan
from search.text.date_spans import FIRST, LAST, Span, answers, days, months, span_of, years
from search.text.dates import span

Days = tuple[int, int, int]


def dated(first: Days, precision: DatePrecision = "day", last: Days | None = None) -> Span:
    end = datetime(*last, tzinfo=UTC) if last else None
    found = span_of(Cable("X", datetime(*first, tzinfo=UTC), precision, date_end=end))
    assert found is not None
    return found


YEAR = dated((1973, 1, 1), "year")
MARCH = dated((1973, 3, 1), "month")
DAY = dated((1973, 3, 23))
FEBRUARY_1_TO_3 = dated((1973, 2, 1), last=(1973, 2, 3))
NEW_YEAR = dated((1973, 12, 31), last=(1974, 1, 2))
SPRING = dated((1973, 3, 1), "month", (1973, 5, 1))
TWO_YEARS = dated((1973, 1, 1), "year", (1974, 1, 1))
LEAP_FEBRUARY = dated((1972, 2, 1), "month")


@pytest.mark.parametrize(
    ("known", "of_years", "of_months", "of_days"),
    [
        (YEAR, ("1973",), (), ()),
        (MARCH, ("1973",), ("1973-03",), ()),
        (DAY, ("1973",), ("1973-03",), ("1973-03-23",)),
        (LEAP_FEBRUARY, ("1972",), ("1972-02",), ()),
        (FEBRUARY_1_TO_3, ("1973",), ("1973-02",), ()),
        (NEW_YEAR, ("1973", "1974"), ("1973-12", "1974-01"), ()),
        # Each of the three months is less than what is known, and so is each of the two years.
        (SPRING, ("1973",), (), ()),
        (TWO_YEARS, (), (), ()),
        # Mid-January to mid-March: January and March have days besides, February has none.
        (dated((1973, 1, 15), last=(1973, 3, 15)), ("1973",), ("1973-01", "1973-03"), ()),
    ],
)
def test_a_date_counts_in_what_is_no_less_than_is_known(
    known: Span, of_years: tuple[str, ...], of_months: tuple[str, ...], of_days: tuple[str, ...]
) -> None:
    assert (years(known), months(known), days(known)) == (of_years, of_months, of_days)


@pytest.mark.parametrize(
    ("known", "low", "high", "expected"),
    [
        (YEAR, "1973", "1973", True),
        (YEAR, "1973-05", "1973-05", False),
        (YEAR, "1973-03", "1974-02", True),
        (YEAR, "1973-03", "1973-12", False),
        (YEAR, "1972-12", "1973-01", True),
        (YEAR, "1974", "1974", False),
        (YEAR, "1973-07-04", None, True),
        (YEAR, None, "1973-07-04", True),
        (YEAR, "1974", None, False),
        (YEAR, None, "1972", False),
        (YEAR, "1973-01-01T00:00", "1973-12-31T23:59", True),
        (FEBRUARY_1_TO_3, "1973-02-02", "1973-02-02", False),
        (FEBRUARY_1_TO_3, "1973-02-02", "1973-02-03", False),
        (FEBRUARY_1_TO_3, "1973-02-01", "1973-02-03", True),
        (FEBRUARY_1_TO_3, "1973-02-03", "1973-02-04", True),
        (FEBRUARY_1_TO_3, "1973-01-31", "1973-02-01", True),
        (FEBRUARY_1_TO_3, "1973-02-04", "1973-02", False),
        (NEW_YEAR, "1974-01-01", "1974-01-01", False),
        (NEW_YEAR, "1974", "1974", True),
        (DAY, "1973-03-23T10:00", "1973-03-23T10:00", False),
        (DAY, "1973-03-23T10:00", "1973-03-24", True),
        (Span(*(span("1973-03-23T10:00") or ())), "1973-03-23T10:00", "1973-03-23T10:00", True),
        (Span(*(span("1973-03-23T10:00") or ())), "1973-03-23", "1973-03-23", True),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_answered_if_it_may_be_and_is_not_narrower(
    known: Span, low: str | None, high: str | None, expected: bool
) -> None:
    ends = (low and span(low), high and span(high))
    assert answers(known, ends[0] and ends[0][0], ends[1] and ends[1][1]) is expected


def test_a_place_keeps_its_day() -> None:
    evening = datetime(1949, 12, 31, 20, tzinfo=timezone(timedelta(hours=-5)))
    for date in (evening, evening.replace(tzinfo=None)):
        known = span_of(Cable("X", date))
        assert known is not None
        assert (years(known), days(known)) == (("1949",), ("1949-12-31",))


def test_the_ends_of_the_calendar_have_a_span() -> None:
    assert dated((9999, 1, 1), "year").last == dated((9999, 12, 31)).last
    assert years(dated((1, 1, 1), "month")) == ("0001",)
    assert span_of(Cable("X")) is None


def test_an_end_before_the_beginning_is_passed_over() -> None:
    assert dated((1973, 3, 23), last=(1973, 3, 1)) == DAY


minute = st.integers(0, 9)


@given(minute, minute, st.none() | minute, st.none() | minute)
def test_the_rule_and_its_plan_are_what_they_are_in_sets(
    one: int, other: int, low: int | None, high: int | None
) -> None:
    known = Span(min(one, other), max(one, other))
    may_be = set(range(known.first, known.last + 1))
    asked = {
        at for at in range(-5, 15) if (low is None or low <= at) and (high is None or at <= high)
    }
    expected = bool(may_be & asked) and not asked < may_be
    assert answers(known, low, high) is expected
    assert holds(span_plan((None, None), low, high), known) is expected


def holds(asked: Plan, known: Span) -> bool:
    """What an engine does with the plan."""
    match asked:
        case Flat(part):
            return holds(part, known)
        case AnyOf(parts):
            return any(holds(part, known) for part in parts)
        case AllOf(parts):
            return all(holds(part, known) for part in parts)
        case NumberRange(field, low, high):
            number = {FIRST: known.first, LAST: known.last}[field]
            return (low is None or low <= number) and (high is None or number <= high)
        case _:
            assert asked == Nothing()
            return False
