"""Dates of any precision, as they are typed: `2007`, `2007-03`, `2007-03-23`, `2007-03-23T08:44`.

Owns their form and their minutes since 1970-01-01T00:00, the number that documents and ranges share: by the clock of
the place for what is asked, in UTC for the order. Must not know fields, queries or engines.
"""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from corpus.late_patterns import late_pattern

# A date in ISO 8601's extended form, cut after any unit (`Z` may be said): `2007`, `2007-03-23T08:44Z`.
# Years have four digits and do not begin with 0, so that each date has a neighbour on both sides that can be written.
_DATE = late_pattern(
    r"(?P<year>[1-9][0-9]{3})"
    r"(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[Tt](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})[Zz]?)?)?)?"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = datetime(1000, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
# Where a date begins in the units that it does not say; the year is always said.
_BEGINNING = (1000, 1, 1, 0, 0)
# How a date of one, two, three or five units is written.
_FORMS = {1: "%Y", 2: "%Y-%m", 3: "%Y-%m-%d", 5: "%Y-%m-%dT%H:%M"}


def minutes(moment: datetime) -> int:
    """Minutes since 1970-01-01T00:00Z, negative before; a moment without a zone is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // _MINUTE


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; as it is without a zone, and at the ends of the calendar, where there may be no such."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # 1 January 0001, 00:00 +01:00
        return moment


# The same few dates are asked for again and again: the limits of a search, once for each bar of its timeline.
@lru_cache(maxsize=1_024)
def span(text: str) -> tuple[int, int] | None:
    """The first and the last minute of the date that `text` names; None if it names none."""
    units = _units(text)
    return None if units is None else span_of(*units)


def span_of(*units: int) -> tuple[int, int]:
    """The first and the last minute of a year, a month, a day or a minute, told by its units."""
    first, last = _bounds(units)
    return minutes(first), minutes(last)


def after(text: str) -> str | None:
    """The next date of the same precision (`2007-12`: `2008-01`); None if there is none."""
    units = _units(text)
    if units is None:
        return None
    _, last = _bounds(units)
    return None if last >= _LAST else (last + _MINUTE).strftime(_FORMS[len(units)])


def before(text: str) -> str | None:
    """The previous date of the same precision (`2007-01`: `2006-12`); None if there is none."""
    units = _units(text)
    if units is None:
        return None
    first, _ = _bounds(units)
    return None if first <= _FIRST else (first - _MINUTE).strftime(_FORMS[len(units)])


def _units(text: str) -> tuple[int, ...] | None:
    """Year, month, day, hour and minute, as far as they are said, if there is such a date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    units = tuple(int(unit) for unit in match.groups() if unit is not None)
    try:
        _bounds(units)
    except ValueError:  # the 31st of June, a 25th hour
        return None
    return units


def _bounds(units: tuple[int, ...]) -> tuple[datetime, datetime]:
    """The first and the last minute; raises ValueError where the calendar or the clock has no such thing."""
    year, month, day, hour, minute = units + _BEGINNING[len(units) :]
    first = datetime(year, month, day, hour, minute, tzinfo=UTC)
    match len(units):
        case 1:
            return first, first.replace(month=12, day=31, hour=23, minute=59)
        case 2:
            last_day = calendar.monthrange(year, month)[1]
            return first, first.replace(day=last_day, hour=23, minute=59)
        case 3:
            return first, first.replace(hour=23, minute=59)
        case _:
            return first, first
