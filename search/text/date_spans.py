"""The span of time that a cable's date may lie in, and which spans that are asked for it answers: the one rule.

Owns the rule, and the years, months and days that a date counts in. All of these, the timeline, the facets, the filters
and the ranges of the query language (`search.plans.dates`), go by it. Must not know a plan or an engine.

A date is as exact as it is known: one of which only the year is known is the whole year. It answers a span that it may
lie in, unless that is narrower than what is known: `1973` answers 1973 and March 1973 to February 1974, and neither May
1973 nor March to May 1973. Time is that of the clock of the place, which is what is printed, in minutes as
`search.text.dates` counts them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

from corpus.dates import units_known
from search.text import dates

# The numbers of a document that hold the span. They are no fields of the language: there the two are `date`.
FIRST, LAST = "date_first", "date_last"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Span(NamedTuple):
    """The first and the last minute, both included."""

    first: int
    last: int


class Dated(Protocol):
    """A cable, or what a list shows of one: its date, how much of that is known, the end of one that is a span."""

    @property
    def date(self) -> datetime | None:
        """The printed date."""

    @property
    def date_precision(self) -> str:
        """The smallest unit that is known of it."""

    @property
    def date_end(self) -> datetime | None:
        """The end of a date that is a span."""


def span_of(cable: Dated) -> Span | None:
    """What a cable's date may be; None for a cable without one."""
    if cable.date is None:
        return None
    begins = _of_one(cable.date, cable.date_precision)
    if cable.date_end is None:
        return begins
    return Span(begins.first, max(begins.last, _of_one(cable.date_end, cable.date_precision).last))


def _of_one(date: datetime, precision: str) -> Span:
    """The minute, day, month or year that a date stands in, by its own clock."""
    return Span(*dates.span_of(*units_known(date, precision)))


def answers(known: Span, low: int | None, high: int | None) -> bool:
    """Whether a date answers the minutes from `low` to `high` (None: open).

    The two overlap, and what is asked for is not a part of what is known that is smaller than it.
    """
    if (low is not None and known.last < low) or (high is not None and high < known.first):
        return False
    within = low is not None and high is not None and known.first <= low and high <= known.last
    return not within or (low, high) == known


def years(known: Span) -> tuple[str, ...]:
    """The years that a date counts in."""
    return _counted(known, 4)


def months(known: Span) -> tuple[str, ...]:
    """The months."""
    return _counted(known, 7)


def days(known: Span) -> tuple[str, ...]:
    """The days."""
    return _counted(known, 10)


def first_and_last(known: Span) -> tuple[str, str]:
    """The days of a span, the first and the last; both are its month or its year, if it is all of that.

    `2007-03-23`, `2007-03`, `2007`, as the date was printed.
    """
    for letters in (4, 7):
        name = _name(known.first, letters)
        if _bounds(name) == known:
            return name, name
    return _name(known.first, 10), _name(known.last, 10)


def _counted(known: Span, letters: int) -> tuple[str, ...]:
    """The units that a date answers. One that is neither the first nor the last that it touches is narrower than it."""
    if known.first == known.last:
        return (_name(known.first, letters),)
    ends = dict.fromkeys(_name(minute, letters) for minute in known)
    return tuple(each for each in ends if answers(known, *_bounds(each)))


def _name(minute: int, letters: int) -> str:
    """The unit in which a minute lies: `2007`, `2007-03`, `2007-03-23`."""
    return (_EPOCH + timedelta(minutes=minute)).isoformat()[:letters]


def _bounds(name: str) -> tuple[int, int]:
    return dates.span_of(*(int(unit) for unit in name.split("-")))
