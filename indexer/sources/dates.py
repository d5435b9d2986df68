"""The dates that pages print beside a cable, and how exact they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from corpus.dates import MONTH_NUMBERS, MONTHS, hour_of_day
from corpus.model import DatePrecision, SegmentKind
from indexer.lines.lines import Line

# `2007-03-23 08:44`, `2007-03-23`, `2007 March 23, 08:44 (Friday)`.
_DATE = re.compile(
    r"(?P<year>\d{4})[ -](?P<month>[A-Z][a-z]+|\d\d)[ -](?P<day>\d{1,2})(?:,?\s+(?P<hour>\d\d):(?P<minute>\d\d))?"
)
# A field that holds no more than this: `1973 March`, `1973-03`, `1973`.
_MONTH_OR_YEAR = re.compile(r"(?P<year>\d{4})(?:[ -](?P<month>[A-Z][a-z]+|\d\d))?")

# The line that newspapers put over a cable: `Sunday, 22 March 2009, 15:05`, `Friday, March 6, 2009 at 4:10 pm`.
_DATELINE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8})|(?P<month_first>[A-Z][a-z]{2,8}) (?P<day_behind>\d{1,2}),?) "
    r"(?P<year>(?:19|20)\d\d)"
    r"(?P<time>,? (?:at )?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?)?"
)
# What a cable begins with, under such a line.
_ABOVE_CABLE = frozenset({"class", "caveats", "transmission", "routes", "dtg", "eo", "de"})
_LONGEST_DATELINE = 60


class Printed(NamedTuple):
    """A date in UTC, and how precise it is; None without one."""

    date: datetime | None = None
    precision: DatePrecision = "minute"


def printed_date(text: str, *, midnight_is_a_day: bool = False) -> Printed:
    """The first date in a text, if it is a real one.

    With `midnight_is_a_day` a page writes `00:00` where it knows the day alone.
    """
    match = _DATE.search(text) or _MONTH_OR_YEAR.fullmatch(text.strip())
    if match is None:
        return Printed()
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    month = said.get("month", "01")
    if not month.isdigit() and month not in MONTHS:
        return Printed()
    units = {name: int(value) for name, value in said.items() if name != "month"}
    try:
        date = datetime(
            units["year"],
            int(month) if month.isdigit() else MONTHS.index(month) + 1,
            units.get("day", 1),
            units.get("hour", 0),
            units.get("minute", 0),
            tzinfo=UTC,
        )
    except ValueError:
        return Printed()
    if "hour" in said and not (midnight_is_a_day and date.hour == date.minute == 0):
        return Printed(date)
    return Printed(date, "day" if "day" in said else "month" if "month" in said else "year")


def place_dateline(lines: Sequence[Line]) -> Printed | None:
    """Place as chrome the date that a newspaper put over a cable, and give it; None without one.

    It is the first line of a page, or of a part of it, with the cable's own first line under it.
    """
    for at, line in enumerate(lines):
        if line.kind is not None or line.blank:
            continue
        if len(line.words) < _LONGEST_DATELINE and (match := _DATELINE.fullmatch(line.words)):
            below = next((each for each in lines[at + 1 : at + 6] if not each.blank), None)
            opens = below.opens if below is not None else None
            printed = _dateline(match)
            if opens is not None and opens.field in _ABOVE_CABLE and printed is not None:
                line.assign(SegmentKind.CHROME)
                return printed
        # A page in two parts, the wire's header and the cable: the line may stand over the second.
        if "pre" not in line.inside:
            return None
    return None


def _dateline(match: re.Match[str]) -> Printed | None:
    """What a newspaper's line says; None where there is no such day."""
    month = (match["month"] or match["month_first"])[:3].upper()
    if month not in MONTH_NUMBERS:
        return None
    try:
        date = datetime(
            int(match["year"]),
            MONTH_NUMBERS[month],
            int(match["day"] or match["day_behind"]),
            hour_of_day(match["hour"] or "0", match["half"]),
            int(match["minute"] or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return Printed(date, "minute" if match["time"] else "day")
