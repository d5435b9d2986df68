"""How dates are written: as precise as they are known, for machines, on the wire and in words.

Owns the names of the months and how much of a date a precision shows. Must not know where a date is shown.
"""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime, timedelta

from corpus.model import Cable

# By name and not by locale: a date reads the same on every machine.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# By their first three letters, in capitals, as the wire writes them: `MAR`.
MONTH_NUMBERS = {name[:3].upper(): number for number, name in enumerate(MONTHS, 1)}
# How many of year, month, day, hour and minute a precision knows.
UNITS_KNOWN = {"year": 1, "month": 2, "day": 3, "minute": 5}
# Two-digit years: the oldest cables of the collections are of 1966.
_CENTURY_TURN = 66
# How long a date of so many units is in ISO 8601: `2007-03-23T08:44`.
_LETTERS = {1: 4, 2: 7, 3: 10, 5: 16}


def full_year(digits: str) -> int:
    """`07` is 2007, `74` is 1974, `2007` is itself."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= _CENTURY_TURN else 2000)


def hour_of_day(hour: str, half: str | None) -> int:
    """The hour from 0 to 23 of a clock of twelve hours: `12`, `am` is 0; of one of 24 where `half` is None or ""."""
    if not half:
        return int(hour)
    return int(hour) % 12 + (12 if half[0] in "Pp" else 0)


def units_known(date: datetime | None, precision: str) -> tuple[int, ...]:
    """Year, month, day, hour and minute by the date's own clock, as many as are known; () without a date."""
    if date is None:
        return ()
    units = (date.year, date.month, date.day, date.hour, date.minute)
    return units[: UNITS_KNOWN[precision]]


def iso_date(date: datetime | None, precision: str) -> str | None:
    """A printed date, as precise as it is known: `2007-03-23T08:44Z`, `1949-12-31T20:00-05:00`, `2007-03`.

    None without one. A time whose zone is not known has none: `1949-12-31T20:00`.
    """
    if date is None:
        return None
    # isoformat, unlike strftime, writes the years before 1000 with four digits everywhere.
    written = date.isoformat(timespec="minutes")
    length = _LETTERS[UNITS_KNOWN[precision]]
    if precision != "minute":
        return written[:length]
    return written if date.utcoffset() else f"{written[:length]}{'Z' if date.tzinfo else ''}"


def date_time_group(cable: Cable) -> str:
    """The date-time group as the wire writes it: `230844Z MAR 07`; "" for a date that is none, by another clock."""
    date = cable.date
    if date is None or cable.date_precision != "minute" or cable.date_end is not None:
        return ""
    if date.utcoffset() != timedelta():
        return ""
    return f"{date:%d%H%M}Z {MONTHS[date.month - 1][:3].upper()} {date.year % 100:02}"


def day_in_words(day: Date) -> str:
    """`23 March 2007`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
