"""How counts, dates, marks and anchors are put into words: the small things that every page says the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

# Months by name and not by locale: a date reads the same on every machine.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

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
    """A date for people, and the same for machines (ISO 8601, as precise as it is known)."""

    text: str
    machine: str


def counted(number: int, one: str, many: str = "") -> str:
    """`1 cable`, `1,284 paragraphs`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(date: datetime | None, precision: str) -> Moment | None:
    """A date in UTC as precisely as it is known, None for an unknown one."""
    if date is None:
        return None
    date = date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    year = f"{date.year:04}"
    if precision == "year":
        return Moment(year, year)
    month = MONTHS[date.month - 1]
    if precision == "month":
        return Moment(f"{month} {year}", f"{year}-{date.month:02}")
    day, machine = f"{date.day} {month} {year}", f"{year}-{date.month:02}-{date.day:02}"
    if precision == "day":
        return Moment(day, machine)
    clock = f"{date.hour:02}:{date.minute:02}"
    return Moment(f"{day}, {clock} UTC", f"{machine}T{clock}Z")


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
    """`¶12`; `¶4b` for a number that came again; `¶` and the anchor for one without a number."""
    return f"¶{anchor[1:]}" if number is not None and anchor.startswith("p") else f"¶{anchor}"


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
