"""How counts, dates, marks and anchors are put into words: the small things that every page says the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from corpus.dates import MONTHS, iso_date
from search.units import label

Level = Literal["u", "sbu", "c", "s", "ts", "none"]

# The beginnings of a classification or a portion mark, and how high it is: `S/NF`, `SECRET//NOFORN`,
# `UNCLAS E F T O`. An initialism has to stand alone, a word may go on (`UNCLASSIFIED`).
_LEVELS: tuple[tuple[str, Level], ...] = (
    ("TOP SECRET", "ts"),
    ("TS", "ts"),
    ("SECRET", "s"),
    ("S", "s"),
    ("CONFIDENTIAL", "c"),
    ("C", "c"),
    ("SBU", "sbu"),
    ("LOU", "sbu"),
    ("FOUO", "sbu"),
    ("UNCLAS", "u"),
    ("U", "u"),
)
# Not classified and yet not for everybody: `SENSITIVE BUT UNCLASSIFIED`, `LIMITED OFFICIAL USE`,
# `UNCLASSIFIED//FOR OFFICIAL USE ONLY`, `UNCLASSIFIED//SBU`, `UNCLAS SENSITIVE`.
_CONTROLLED = re.compile(r"SENSITIVE|OFFICIAL USE|SBU")
# Where a beginning ends: the `S` of `S/NF` does, the one of `SBU` does not.
_GOES_ON = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `url` is from the root of the site."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to see the same page."""

    text: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """A classification or a portion mark, as printed, and how high it is (the style sheet's colour)."""

    text: str
    level: Level


@dataclass(frozen=True, slots=True)
class Moment:
    """A date for people, and the same for machines (ISO 8601, as precise as it is known; "" for a span)."""

    text: str
    machine: str


def counted(number: int, one: str, many: str = "") -> str:
    """`1 cable`, `1,284 paragraphs`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(date: datetime | None, precision: str, end: datetime | None = None) -> Moment | None:
    """A date as precisely as it is known and as printed, by the clock of its place; None for an unknown one.

    `20:00 UTC−05:00`; where the zone is not known `20:00 local time`. With an `end` it is a span.
    """
    if date is None:
        return None
    words = _words(date, precision)
    if end is not None:
        return Moment(_span(words, _words(end, precision), precision), "")
    return Moment(" ".join(words), iso_date(date, precision) or "")


def _words(date: datetime, precision: str) -> tuple[str, ...]:
    """Year, month, day and clock, those that are known, in the order in which people say them."""
    year, month, day = f"{date.year:04}", MONTHS[date.month - 1], str(date.day)
    match precision:
        case "year":
            return (year,)
        case "month":
            return (month, year)
        case "day":
            return (day, month, year)
        case _:
            return (day, month, f"{year},", f"{date.hour:02}:{date.minute:02}", _zone(date))


def _zone(date: datetime) -> str:
    if date.tzinfo is None:
        return "local time"
    ahead = date.isoformat(timespec="minutes")[len("2007-03-23T08:44") :]
    return f"UTC{ahead.replace('-', '−')}" if date.utcoffset() else "UTC"


def _span(first: tuple[str, ...], last: tuple[str, ...], precision: str) -> str:
    """`1 to 3 February 1973`, `31 December 1973 to 2 January 1974`: what both end with is said once."""
    same = 0
    while precision != "minute" and same < len(first) - 1 and first[-1 - same] == last[-1 - same]:
        same += 1
    return f"{' '.join(first[: len(first) - same])} to {' '.join(last)}"


@lru_cache(maxsize=512)
def level(mark: str) -> Level:
    """How high a classification or a portion mark is; `none` for one that is not known."""
    text = " ".join(mark.upper().split())
    found: Level = "none"
    for beginning, meant in _LEVELS:
        goes_on = _GOES_ON.match(text, len(beginning))
        if text.startswith(beginning) and (len(beginning) > 4 or not goes_on):
            found = meant
            break
    return "sbu" if found in ("u", "none") and _CONTROLLED.search(text) else found


def badge(mark: str | None) -> Badge | None:
    """The badge of a classification or a portion mark, None where there is none."""
    return Badge(mark, level(mark)) if mark else None


def paragraph_label(anchor: str, number: int | None) -> str:
    """`¶12`; `¶4b` for a number that came again; `unnumbered 35` for one without a number."""
    return label(anchor, number)


def paragraph_name(anchor: str, number: int | None) -> str:
    """The paragraph's name for those who hear it."""
    if number is None:
        return f"Unnumbered paragraph {anchor.lstrip('u')}"
    return f"Paragraph {anchor.removeprefix('p')}"


def place(origin: str, country: str) -> str:
    """`Guangzhou, China`; a post named like its country stands alone."""
    return ", ".join(dict.fromkeys(one for one in (origin, country) if one))


def shortened(text: str, limit: int = 90) -> str:
    """The text, cut at a blank where it is longer than `limit` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"
