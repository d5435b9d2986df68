"""The dates that pages print beside a cable, and how exact they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from corpus.dates import MONTHS
from corpus.model import DatePrecision

# `2007-03-23 08:44`, `2007-03-23`, `2007 March 23, 08:44 (Friday)`.
_DATE = re.compile(
    r"(?P<year>\d{4})[ -](?P<month>[A-Z][a-z]+|\d\d)[ -](?P<day>\d{1,2})(?:,?\s+(?P<hour>\d\d):(?P<minute>\d\d))?"
)
# A field that holds no more than this: `1973 March`, `1973-03`, `1973`.
_MONTH_OR_YEAR = re.compile(r"(?P<year>\d{4})(?:[ -](?P<month>[A-Z][a-z]+|\d\d))?")


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
