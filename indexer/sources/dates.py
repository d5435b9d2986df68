"""The dates that pages print beside a cable."""

from __future__ import annotations

import re
from datetime import UTC, datetime

# `2007-03-23 08:44`, `2007-03-23`, `2007 March 23, 08:44 (Friday)`.
_DATE = re.compile(
    r"(?P<year>\d{4})[ -](?P<month>[A-Z][a-z]+|\d\d)[ -](?P<day>\d{1,2})(?:,?\s+(?P<hour>\d\d):(?P<minute>\d\d))?"
)
_MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
]


def printed_minute(text: str) -> datetime | None:
    """The first date in a text, in UTC (midnight without a time); None if there is none or it is no real one."""
    match = _DATE.search(text)
    if match is None:
        return None
    month = match["month"]
    if not month.isdigit() and month not in _MONTHS:
        return None
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    try:
        return datetime(
            int(match["year"]),
            number,
            int(match["day"]),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None
