"""When a document was sent, as far as its dateline and the volume's own dates tell.

Owns the choice between them. Must not guess: a time of the clock without its time zone is only good for the day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corpus.model import DatePrecision, Problem

# ISO 8601 as the markup has it: `1974-05-21T14:48:00`, `1949-04-29T19:00:00-04:00`, `1969-01-20`, `1969-01`, `1969`.
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,9})?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?"
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# A date as printed: `May 21, 1974, 1448Z`, `October 30, 1980, 1320Z.`, `April 11, 1949`.
_PRINTED = re.compile(
    rf"(?P<month>{'|'.join(_MONTHS)})\s(?P<day>\d{{1,2}}),\s(?P<year>\d{{4}})"
    r"(?P<wire>,?\s(?P<hour>\d\d)(?P<minute>\d\d)Z)?"
)
# A dateline that stands in a plain paragraph: `Algiers, November 6, 1975, 2035Z.`
_DATELINE = re.compile(rf"(?P<place>[A-Z][^\d,.:;]{{1,40}}), {_PRINTED.pattern}\.?")
# The names of TEI's attributes for the first and for the last moment that a date can mean.
_FROM = ("when", "from", "notBefore")
_TO = ("when", "to", "notAfter")
_COARSER: tuple[DatePrecision, ...] = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Sent:
    """A date in UTC, how precise it is, and what was odd about it."""

    date: datetime | None
    precision: DatePrecision = "minute"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    """A moment as written (`clock`, on no particular meridian) and in UTC, where the zone is known."""

    clock: datetime
    precision: DatePrecision
    utc: datetime | None = None


def sent(attributes: Mapping[str, str], dates: Sequence[Mapping[str, str]], printed: str) -> Sent:
    """The date of a document.

    `attributes` are the document's (`doc-dateTime-min` and `-max`, as the editors reckoned it), `dates` those of the
    dates in its dateline, `printed` the dateline's words.
    """
    words = _printed(printed)
    ends = [(attributes.get("doc-dateTime-min", ""), attributes.get("doc-dateTime-max", ""))]
    ends.extend((_first(date, _FROM), _first(date, _TO)) for date in dates)
    marked = [found for start, end in ends if (found := _span(start, end))]
    exact = next((each for each in marked if each.utc is not None), None)
    best = exact or words if words is not None and words.utc is not None else exact
    if best is not None:
        other = words if best is exact else next(iter(marked), None)
        return Sent(best.utc, "minute", _differing(best, other))
    best = next(iter(marked), words)
    if best is None:
        return Sent(None, "minute", (Problem("date-missing", "the dateline gives no date"),))
    if best.precision != "minute":
        return Sent(best.clock, best.precision, _differing(best, words))
    impossible = _PRINTED.search(printed)
    if impossible is not None and impossible["wire"]:
        # The wire's hour is printed, but there is no such hour (`1280Z`): the editors' reading of it counts.
        odd = Problem("date-odd", f"the dateline gives an impossible time: {impossible.group()}")
        return Sent(best.clock, "minute", (odd,))
    return Sent(_start(best.clock, "day"), "day", _differing(best, words))


def plain_dateline(text: str) -> str | None:
    """The place, if a paragraph is nothing but a dateline, else None."""
    found = _DATELINE.fullmatch(text)
    return found["place"] if found else None


def _first(date: Mapping[str, str], names: Sequence[str]) -> str:
    return next((date[name] for name in names if name in date), "")


def _iso(written: str) -> _Moment | None:
    found = _ISO.fullmatch(written.strip())
    if found is None:
        return None
    try:
        day = datetime(
            int(found["year"]), int(found["month"] or 1), int(found["day"] or 1), tzinfo=UTC
        )
        if found["hour"] is None:
            return _Moment(day, "day" if found["day"] else "month" if found["month"] else "year")
        clock = day.replace(hour=int(found["hour"]), minute=int(found["minute"]))
    except ValueError:
        return None
    zone = found["zone"]
    return _Moment(clock, "minute", clock - _offset(zone) if zone else None)


def _printed(text: str) -> _Moment | None:
    """The first date in a text; a time that no clock shows leaves the day."""
    found = _PRINTED.search(text)
    if found is None:
        return None
    try:
        day = datetime(
            int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]), tzinfo=UTC
        )
    except ValueError:
        return None
    if not found["wire"] or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return _Moment(day, "day")
    clock = day.replace(hour=int(found["hour"]), minute=int(found["minute"]))
    return _Moment(clock, "minute", clock)


def _offset(zone: str) -> timedelta:
    """How far a zone is ahead of UTC: `-05:00`, `Z`."""
    if zone == "Z":
        return timedelta()
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return -size if zone[0] == "-" else size


def _span(start: str, end: str) -> _Moment | None:
    """What two ends of a span have in common: the minute, the day, the month or the year they stand in."""
    first, last = _iso(start), _iso(end or start)
    if first is None or last is None:
        return None
    if first == last:
        return first
    for precision in _COARSER:
        if _start(first.clock, precision) == _start(last.clock, precision):
            return _Moment(_start(first.clock, precision), precision)
    return None


def _start(moment: datetime, precision: DatePrecision) -> datetime:
    """The first moment of the day, the month or the year that a moment stands in."""
    moment = moment.replace(hour=0, minute=0)
    if precision == "day":
        return moment
    return moment.replace(day=1) if precision == "month" else moment.replace(day=1, month=1)


def _differing(taken: _Moment, other: _Moment | None) -> tuple[Problem, ...]:
    """A problem if the date that was not taken is another one; a day apart may be the zones' doing."""
    if other is None or other.precision not in {"minute", "day"}:
        return ()
    both = taken.precision == other.precision == "minute"
    apart = abs((taken.utc or taken.clock) - (other.utc or other.clock))
    if apart <= (timedelta() if both else timedelta(days=1)):
        return ()
    message = (
        f"the volume has two dates for this document: {taken.clock:%F %R}, {other.clock:%F %R}"
    )
    return (Problem("date-differs", message),)
