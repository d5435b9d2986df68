"""How the styles write a day, a month, a year, a span of them, all as precise as they are known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date

from corpus.dates import MONTHS

# The MLA Handbook, 9th edition, section 6.40, and table T12 of The Bluebook, 21st edition: only May, June and July are
# written out.
SHORT_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip

# A date's units, as `Work.date` has them.
Units = tuple[int, ...]


def american(date: Units, end: Units, months: tuple[str, ...] = MONTHS) -> str:
    """`March 23, 2007`, `March 2007`, `2007`; `February 1–3, 1973` for a span; "" without a date."""
    match (date, end):
        case ((year, month, day), (other, same, last)) if (year, month) == (other, same):
            return f"{months[month - 1]} {day}–{last}, {year}"
        case ((year, month), (other, last)) if year == other:
            return f"{months[month - 1]}–{months[last - 1]} {year}"
        case ((year, month, day), (other, *_)) if year == other:
            return f"{months[month - 1]} {day}–{american(end, (), months)}"
        case ((year, month, day), ()):
            return f"{months[month - 1]} {day}, {year}"
        case ((year, month), ()):
            return f"{months[month - 1]} {year}"
        case _:
            return _others(date, end, lambda each: american(each, (), months))


def british(date: Units, end: Units) -> str:
    """`23 Mar. 2007`, `Mar. 2007`, `2007`; `1–3 Feb. 1973` for a span; "" without a date."""
    match (date, end):
        case ((year, month, day), (other, same, last)) if (year, month) == (other, same):
            return f"{day}–{last} {SHORT_MONTHS[month - 1]} {year}"
        case ((year, month), (other, last)) if year == other:
            return f"{SHORT_MONTHS[month - 1]}–{SHORT_MONTHS[last - 1]} {year}"
        case ((year, month, day), (other, *_)) if year == other:
            return f"{day} {SHORT_MONTHS[month - 1]}–{british(end, ())}"
        case ((year, month, day), ()):
            return f"{day} {SHORT_MONTHS[month - 1]} {year}"
        case ((year, month), ()):
            return f"{SHORT_MONTHS[month - 1]} {year}"
        case _:
            return _others(date, end, lambda each: british(each, ()))


def year_first(date: Units, end: Units) -> str:
    """`2007, March 23`, `2007, March`, `2007`; `1973, February 1–3` for a span; "" without a date."""
    match (date, end):
        case ((year, month, day), (other, same, last)) if (year, month) == (other, same):
            return f"{year}, {MONTHS[month - 1]} {day}–{last}"
        case ((year, month), (other, last)) if year == other:
            return f"{year}, {MONTHS[month - 1]}–{MONTHS[last - 1]}"
        case ((year, month, day), (other, later, last)) if year == other:
            return f"{year}, {MONTHS[month - 1]} {day}–{MONTHS[later - 1]} {last}"
        case ((year, month, day), ()):
            return f"{year}, {MONTHS[month - 1]} {day}"
        case ((year, month), ()):
            return f"{year}, {MONTHS[month - 1]}"
        case _:
            return _others(date, end, lambda each: year_first(each, ()))


def _others(date: Units, end: Units, one: Callable[[Units], str]) -> str:
    """A span whose ends have no year in common; a year alone; nothing."""
    if date and end:
        return f"{one(date)}–{one(end)}"
    return f"{date[0]}" if date else ""


def units_of(day: Date) -> Units:
    """A day of the calendar as the units of a date."""
    return (day.year, day.month, day.day)
