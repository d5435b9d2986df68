"""When a document was sent, as far as its dateline and the volume's own dates tell.

Owns the choice between them. A document keeps the day and the clock of its place: that is what the dateline prints, and
what the dates marked in it say (`1949-12-31T08:00:00+08:00`). The dates that the volume gives the document itself are
reckoned from those, by the clock of the publisher (`1949-12-30T19:00:00-05:00`): they tell the moment, and not what is
printed; so do dates marked by another clock than the one that is printed. Must not guess: a time that the markup gives
without its time zone, and the dateline not at all, is only good for the day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from corpus.dates import MONTHS
from corpus.model import DatePrecision, Problem

# ISO 8601 as the markup has it: `1974-05-21T14:48:00`, `1949-04-29T19:00:00-04:00`, `1969-01-20`, `1969-01`, `1969`.
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d{1,9})?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?"
)
_MONTH = "|".join(MONTHS)
# A date as printed, with the hour of the wire or of a clock on the wall: `May 21, 1974, 1448Z`, `October 30, 1980,
# 1320Z.`, `April 11, 1949`, `April 29, 1949—7 p. m.`, `May 31, 1974, 10:30 a.m.`, `December 8, 1941—noon`. The hours of
# a talk are no time of sending (`3–4:30 p.m.`, `11:30 a.m.–noon`), and `midnight` and `12 p.m.` are the end of a day to
# one writer and the beginning, or noon, to another.
_PRINTED = re.compile(
    rf"(?P<month>{_MONTH})\s(?P<day>\d{{1,2}}),\s(?P<year>\d{{4}})"
    r"(?:(?P<wire>,?\s(?P<hour>\d\d)(?P<minute>\d\d)Z)"
    r"|(?:,\s|\s?[—–]\s?)(?P<clock>(?P<hour12>\d{1,2})(?::(?P<minute12>\d\d))?\s(?P<half>[ap])\.\s?m\b|(?:12 )?noon\b)"
    r"(?!\.?\s?[—–-]))?"
)
# Days as printed, the first without what it has in common with the last: `February 1–3, 1973`, `February 1 to 3, 1973`,
# `October 30–November 2, 1956`, `December 31, 1973–January 2, 1974`.
_PRINTED_DAYS = re.compile(
    rf"(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:,\s(?P<year>\d{{4}}))?(?:\s?[–—-]\s?|\sto\s)"
    rf"(?:(?P<last_month>{_MONTH})\s)?(?P<last_day>\d{{1,2}}),\s(?P<last_year>\d{{4}})"
)
# A dateline that stands in a plain paragraph: `Algiers, November 6, 1975, 2035Z.`
_DATELINE = re.compile(rf"(?P<place>[A-Z][^\d,.:;]{{1,40}}), {_PRINTED.pattern}\.?")
# The place before a date, with whatever behind it: `Batavia, March 15, 1949—6 p.m. [Received March 16—1 p.m.]`.
_PLACE = re.compile(rf"\[?(?P<place>[A-Z][^\d,.:;\[\]]{{1,40}})\]?,\]? (?=\[?(?:{_MONTH})\b)")
# The names of TEI's attributes for the first and for the last moment that a date can mean.
_FROM = ("when", "from", "notBefore")
_TO = ("when", "to", "notAfter")
# No clock is further ahead of UTC, or behind it.
_AHEAD, _BEHIND = timedelta(hours=14), timedelta(hours=-12)
_QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Sent:
    """A date as a cable has it, `date_end` included, and what was odd about it."""

    date: datetime | None
    precision: DatePrecision = "minute"
    problems: tuple[Problem, ...] = ()
    end: datetime | None = None

    @property
    def year(self) -> int | None:
        """The year, if there is but one."""
        years = {each.year for each in (self.date, self.end) if each is not None}
        return years.pop() if len(years) == 1 else None


@dataclass(frozen=True, slots=True)
class _Moment:
    """A date as written: `clock` has no zone, `ahead` is how far it is ahead of UTC, where that is known.

    `end` is the last day, month or year of a span.
    """

    clock: datetime
    precision: DatePrecision
    ahead: timedelta | None = None
    end: datetime | None = None

    @property
    def utc(self) -> datetime | None:
        """The moment in UTC, still without a zone."""
        return None if self.ahead is None else self.clock - self.ahead

    def sent(self, *problems: Problem) -> Sent:
        """The date of a cable."""
        zone = UTC if self.precision != "minute" else _zone(self.ahead)
        end = self.end and self.end.replace(tzinfo=UTC)
        return Sent(self.clock.replace(tzinfo=zone), self.precision, problems, end)

    def day(self) -> _Moment:
        """The day alone."""
        return _Moment(self.clock.replace(hour=0, minute=0), "day")


def sent(attributes: Mapping[str, str], dates: Sequence[Mapping[str, str]], printed: str) -> Sent:
    """The date of a document.

    `attributes` are the document's (`doc-dateTime-min` and `-max`, as the publisher reckoned it), `dates` those of the
    dates in its dateline, `printed` the dateline's words.
    """
    words = _printed(printed)
    in_line = [found for date in dates if (found := _span(*_ends(date)))]
    reckoned = _span(attributes.get("doc-dateTime-min", ""), attributes.get("doc-dateTime-max", ""))
    marked = next((each for each in in_line if each.utc is not None), None)
    if marked is not None:
        # The wire's hour is printed in UTC: what an offset makes of it is not what a reader of the volume sees.
        if words is not None and words.utc is not None:
            return words.sent(*_differing(words, marked))
        return _at_the_place(marked, None, words)
    line = next(iter(in_line), None)
    if words is not None and words.utc is not None:
        return words.sent(*_differing(words, line or reckoned))
    if reckoned is not None and reckoned.utc is not None:
        return _at_the_place(reckoned, line, words)
    best = line or reckoned or words
    if best is None:
        return Sent(None, "minute", (Problem("date-missing", "the dateline gives no date"),))
    return _without_a_zone(best, words, printed)


def _at_the_place(reckoned: _Moment, line: _Moment | None, words: _Moment | None) -> Sent:
    """A moment of which the publisher's clock is known, by the clock of its place as far as the dateline tells."""
    for told in (words, line):
        if told is not None and told.precision == "minute":
            there = _by_clock(reckoned, told)
            return there.sent() if there else told.sent(*_differing(told, reckoned))
    told = words or line
    if told is None or told.precision != "day" or told.end is not None:
        return reckoned.sent()
    if told.clock == reckoned.day().clock:
        return reckoned.sent()
    utc = reckoned.utc or reckoned.clock
    if -_AHEAD <= utc - told.clock < _DAY - _BEHIND:
        return told.sent()
    return reckoned.sent(*_differing(reckoned, told))


def _by_clock(moment: _Moment, told: _Moment | None) -> _Moment | None:
    """A moment by the clock of a place, which tells the zone; None where there is no such zone."""
    if told is None or told.precision != "minute" or told.ahead is not None or moment.utc is None:
        return None
    if told.clock == moment.clock:
        return moment
    ahead = told.clock - moment.utc
    possible = _BEHIND <= ahead <= _AHEAD and not ahead % _QUARTER
    return _Moment(told.clock, "minute", ahead) if possible else None


def _without_a_zone(best: _Moment, words: _Moment | None, printed: str) -> Sent:
    """A date of which no zone is known; its time is good if the dateline prints it."""
    if words is not None and words.precision == "minute" and best in (words, words.day()):
        return words.sent()
    if best.precision != "minute":
        return best.sent(*_differing(best, words))
    impossible = _PRINTED.search(printed)
    if impossible is not None and impossible["wire"]:
        # The wire's hour is printed, but there is no such hour (`1280Z`): the editors' reading of it counts.
        odd = Problem("date-odd", f"the dateline gives an impossible time: {impossible.group()}")
        return _Moment(best.clock, "minute", timedelta()).sent(odd)
    return best.day().sent(*_differing(best, words))


def plain_dateline(text: str) -> str | None:
    """The place, if a paragraph is nothing but a dateline, else None."""
    found = _DATELINE.fullmatch(text)
    return found["place"] if found else None


def leading_place(text: str) -> str:
    """The place that a dateline begins with, "" for one that gives none."""
    found = _PLACE.match(text)
    return found["place"].strip() if found else ""


def _ends(date: Mapping[str, str]) -> tuple[str, str]:
    """The first and the last moment as marked; what is only `notBefore` a day has no last one, and is no date."""
    start, end = (
        next((date[name] for name in names if name in date), "") for names in (_FROM, _TO)
    )
    return start, end or date.get("from", "")


def _iso(written: str) -> _Moment | None:
    found = _ISO.fullmatch(written.strip())
    if found is None:
        return None
    try:
        day = _day(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        if found["hour"] is None:
            return _Moment(day, "day" if found["day"] else "month" if found["month"] else "year")
        clock = day.replace(hour=int(found["hour"]), minute=int(found["minute"]))
    except ValueError:
        return None
    ahead = _offset(found["zone"])
    # No zone is a day ahead, and at the ends of the calendar there may be no such moment in UTC.
    possible = ahead is None or (abs(ahead) < _DAY and 1 < clock.year < _LAST_YEAR)
    return _Moment(clock, "minute", ahead) if possible else None


def _printed(text: str) -> _Moment | None:
    """The first date in a text; a time that no clock shows leaves the day."""
    days = _PRINTED_DAYS.search(text)
    found = _PRINTED.search(text)
    if days is not None and (found is None or days.start() <= found.start()):
        return _printed_days(days)
    if found is None:
        return None
    try:
        day = _day(int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        return None
    hour, minute = _hour(found)
    if hour is None or hour > 23 or minute > 59:
        return _Moment(day, "day")
    clock = day.replace(hour=hour, minute=minute)
    return _Moment(clock, "minute", timedelta() if found["wire"] else None)


def _printed_days(found: re.Match[str]) -> _Moment | None:
    last_month = found["last_month"] or found["month"]
    first_year = found["year"] or found["last_year"]
    try:
        first = _day(int(first_year), MONTHS.index(found["month"]) + 1, int(found["day"]))
        last = _day(int(found["last_year"]), MONTHS.index(last_month) + 1, int(found["last_day"]))
    except ValueError:
        return None
    return _from_day_to_day(first, last)


def _hour(found: re.Match[str]) -> tuple[int | None, int]:
    """The hour and the minute that are printed; None for none, and for twelve o'clock sharp of which half is unsure."""
    if found["wire"]:
        return int(found["hour"]), int(found["minute"])
    if not found["clock"]:
        return None, 0
    if not found["half"]:
        return 12, 0
    hour, minute = int(found["hour12"]), int(found["minute12"] or 0)
    if not 1 <= hour <= 12 or (hour == 12 and not minute):
        return None, 0
    return hour % 12 + (12 if found["half"] == "p" else 0), minute


def _offset(zone: str | None) -> timedelta | None:
    """How far a zone is ahead of UTC: `-05:00`, `Z`; None without one."""
    if zone is None or zone == "Z":
        return None if zone is None else timedelta()
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return -size if zone[0] == "-" else size


def _zone(ahead: timedelta | None) -> timezone | None:
    if ahead is None:
        return None
    return timezone(ahead) if ahead else UTC


def _span(start: str, end: str) -> _Moment | None:
    """From the first to the last moment that a date can mean: the minute, or days, months or years."""
    first, last = _iso(start), _iso(end)
    if first is None or last is None:
        return None
    if first == last:
        return first
    return _from_day_to_day(*sorted((first.clock, _last_day(last))))


def _last_day(moment: _Moment) -> datetime:
    """The last day of the month or the year that is written."""
    date = moment.clock
    if moment.precision == "year":
        return date.replace(month=12, day=31)
    if moment.precision == "month":
        return date.replace(day=calendar.monthrange(date.year, date.month)[1])
    return date


def _from_day_to_day(first: datetime, last: datetime) -> _Moment:
    """Both days included; whole months are told as months, and whole years as years."""
    first, last = (each.replace(hour=0, minute=0) for each in (first, last))
    precision: DatePrecision = "day"
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        precision = "year" if (first.month, last.month) == (1, 12) else "month"
        last = last.replace(day=1, month=1 if precision == "year" else last.month)
    return _Moment(first, precision, end=last if last != first else None)


def _day(year: int, month: int, day: int) -> datetime:
    """Raises ValueError where the calendar has no such day."""
    return datetime(year, month, day, tzinfo=UTC).replace(tzinfo=None)


def _differing(taken: _Moment, other: _Moment | None) -> tuple[Problem, ...]:
    """A problem if the date that was not taken is another one; a day apart may be the zones' doing."""
    if other is None or other.precision not in {"minute", "day"} or taken.end or other.end:
        return ()
    both = taken.precision == other.precision == "minute"
    zoned = taken.utc is not None and other.utc is not None
    one, two = (each.utc if zoned and each.utc else each.clock for each in (taken, other))
    if abs(one - two) <= (timedelta() if both else _DAY):
        return ()
    message = (
        f"the volume has two dates for this document: {taken.clock:%F %R}, {other.clock:%F %R}"
    )
    return (Problem("date-differs", message),)
