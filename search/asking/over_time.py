"""Time in years, months and days: which periods a span of dates has, and how much of an answer falls into each.

Owns the units and the counting by them. Must not know an engine, an address or a picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from corpus.late_dataclasses import dataclass
from search.engines.protocols import Searcher
from search.language.tree import Filter, Query
from search.text.dates import after, before, span

Unit = Literal["year", "month", "day"]
# How many characters of an ISO date name a period of each unit; also the names of the fields that are counted.
UNITS: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}

# A span of at most so many years is shown by months, one of at most so many months by days: more bars than some sixty
# are too narrow to be told apart.
_YEARS_BY_MONTH = 4
_MONTHS_BY_DAY = 2
# What is asked to add up words: how many paragraphs have which number of them.
_LENGTHS = Query(facets=("words",), facet_limit=0, size=1, per_cable=1, snippets=False)

# A misread year (0197, 2970) must not make a picture of thousands of empty years.
MOST_PERIODS = 400


@dataclass(frozen=True, slots=True)
class Window:
    """The span that is looked at, in periods of one unit; both ends are included, "" for an open one."""

    unit: Unit
    first: str = ""
    last: str = ""


def window(since: str, until: str) -> Window:
    """The unit in which a span of dates is best seen. An open side, or a span that is none, is seen by years."""
    if not (since and until) or span(since) is None or span(until) is None:
        return Window("year", since[:4], until[:4])
    first, last = since[:4], until[:4]
    if not 0 <= int(last) - int(first) < _YEARS_BY_MONTH:
        return Window("year", first, last)
    months = Window(
        "month", _opened(since, UNITS["month"], "-01"), _opened(until, UNITS["month"], "-12")
    )
    count = len(_steps(months.first, months.last))
    if not 0 < count <= _MONTHS_BY_DAY:
        return months
    return Window("day", _opened(since, UNITS["day"], "-01"), _last_day(until))


def window_in(unit: Unit, since: str, until: str) -> Window:
    """A span of dates in a unit that is given; "" leaves a side open."""
    length = UNITS[unit]
    return Window(unit, _opened(since, length, "-01"), _last_day(until)[:length] if until else "")


def periods(shown: Window, *counted: Mapping[str, int]) -> tuple[str, ...]:
    """The periods of a window in their order, empty ones too; an open end is the first or the last that counts.

    At most `MOST_PERIODS`, the latest of them. A window that has as many or more is taken from the first period that
    counts to the last: else all that is shown of one that ends in 9999 would be empty.
    """
    known = sorted(period for counts in counted for period, count in counts.items() if count)
    first = shown.first or (known[0] if known else "")
    last = shown.last or (known[-1] if known else "")
    if not first or not last:
        return ()
    found = _steps(first, last)
    if len(found) == MOST_PERIODS and known:
        return _steps(max(first, known[0]), min(last, known[-1]))
    return found


def counts(
    searcher: Searcher, query: Query, unit: Unit, told: list[str] | None = None
) -> dict[str, int]:
    """How many paragraphs that answer the query fall into each year, month or day; periods without any are left out.

    Where the query can't be answered whole, what is left out is added to `told`.
    """
    asked = replace(
        query, facets=(unit,), facet_limit=0, page=1, size=1, per_cable=1, after="", snippets=False
    )
    result = searcher.search(asked)
    if told is not None:
        told += result.cuts
    (facet,) = result.facets
    return {each.value: each.count for each in facet.values if each.count}


def words(searcher: Searcher, shown: Window, counted: Mapping[str, int]) -> dict[str, int]:
    """How many words the paragraphs of each period have; `counted` are the periods that have paragraphs at all."""
    found = {}
    for period in periods(shown, counted):
        if counted.get(period):
            lengths = replace(_LENGTHS, filters=(Filter(shown.unit, (period,)),))
            (facet,) = searcher.search(lengths).facets
            found[period] = sum(int(each.value) * each.count for each in facet.values)
    return found


# The years of a collection are the same for most of its searches.
@lru_cache(maxsize=64)
def _steps(first: str, last: str) -> tuple[str, ...]:
    """From one period to another of the same unit, the latest `MOST_PERIODS`; none if they stand the wrong way round.

    Backwards, so that a span of all centuries takes no more steps than it has periods to show.
    """
    found: list[str] = []
    now: str | None = last
    while now is not None and now >= first and len(found) < MOST_PERIODS:
        found.append(now)
        now = before(now)
    return tuple(reversed(found))


def _opened(date: str, length: int, filling: str) -> str:
    """A date cut or filled up to a length: `2007` to `2007-01`; no date stays none."""
    while date and len(date) < length:
        date += filling
    return date[:length]


def _last_day(until: str) -> str:
    """The last day of what a date names: `2007-02` to `2007-02-28`."""
    if len(until) >= UNITS["day"]:
        return until[: UNITS["day"]]
    month = _opened(until, UNITS["month"], "-12")
    following = after(month)
    return (before(f"{following}-01") if following else None) or f"{month}-31"
