"""The dates that the fields of tables hold, in the many orders that people and programs write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from corpus.dates import MONTH_NUMBERS, hour_of_day
from indexer.header import full_year
from indexer.sources.dates import Printed

# What tables write: the year first (`2007-03-23T08:44:00Z`, `2007/03/23 8:44`, `20070323`), the month or the day first
# (`3/23/2007 8:44`, `23.03.2007`, `3/23/07`), or the month as a word (`31 jul 1979`, `23-Mar-2007`, `March 23, 2007`).
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.]?)(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)"
)
_YEAR_LAST = re.compile(
    r"(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)(?!\d)"
)
_MONTH_IN_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})[ -]?(?P<month>[A-Za-z]{3,9})\.?|(?P<month2>[A-Za-z]{3,9})\.? (?P<day2>\d{1,2}),?)"
    r"[ ,-]{0,2}(?P<year>\d{4}|\d\d)(?!\d)"
)
# Seconds since 1970: `1174639440`.
_SECONDS = re.compile(r"\d{9,10}")
# Behind the day: `T08:44:00.000+02:00`, ` 8:44 PM`, `, 08:44`.
_CLOCK = re.compile(
    r"[T, ]{1,2}(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,9})?)?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?: ?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d))?(?!\d)"
)
_LAST_MONTH = 12


def day_comes_first(written: str) -> bool | None:
    """Whether a date of figures alone has its day before its month; None where it may be either: `3/4/2007`."""
    found = _YEAR_LAST.match(written.strip())
    if found is None:
        return None
    if found["sign"] == ".":
        return True
    one, two = int(found["one"]), int(found["two"])
    return one > _LAST_MONTH if (one > _LAST_MONTH) != (two > _LAST_MONTH) else None


def written_date(
    written: str, *, day_first: bool = False, midnight_is_a_day: bool = True
) -> Printed:
    """The date that a field of a table begins with, in UTC; none where there is none, or no such day.

    `day_first` is what counts where a date of figures may be read both ways. A time of 00:00 is none, unless
    `midnight_is_a_day` is False: tables write it where they know the day alone.
    """
    text = written.strip()
    if _SECONDS.fullmatch(text):
        return Printed(datetime.fromtimestamp(int(text), UTC).replace(second=0))
    found = _YEAR_FIRST.match(text) or _YEAR_LAST.match(text) or _MONTH_IN_WORDS.match(text)
    if found is None:
        return Printed()
    clock = _CLOCK.match(text, found.end())
    try:
        day = _day(found, day_first)
        if clock is None:
            return Printed(day, "day")
        minute = day.replace(
            hour=hour_of_day(clock["hour"], clock["half"]), minute=int(clock["minute"])
        )
        if minute == day and midnight_is_a_day:
            return Printed(day, "day")
        return Printed(minute - _ahead(clock["zone"]))
    except (ValueError, OverflowError):
        return Printed()


def _day(found: re.Match[str], day_first: bool) -> datetime:
    """Raises ValueError for a day that no calendar has."""
    said = found.groupdict()
    if "one" in said:
        swapped = day_comes_first(found.group())
        swapped = day_first if swapped is None else swapped
        day, month = (said["one"], said["two"]) if swapped else (said["two"], said["one"])
    else:
        day, month = said["day"] or said["day2"], said["month"] or said["month2"]
    number = int(month) if month.isdigit() else MONTH_NUMBERS.get(month[:3].upper(), 0)
    return datetime(full_year(said["year"]), number, int(day), tzinfo=UTC)


def _ahead(zone: str | None) -> timedelta:
    if zone is None or zone[0] not in "+-":
        return timedelta()
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -size if zone[0] == "-" else size
