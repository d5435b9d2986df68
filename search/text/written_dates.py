"""Dates as people type them: `March 1974`, `3/1974`, `4 Mar 1974`, `19730201`, `the 1970s`, `1974-1975`.

Owns which spellings name which dates, what is told of one that may mean something else, and why a text is no date.
The result is in the form of `search.text.dates`. A table of our own, and no library: those take `10/1974` for a day of
this month, and guess where a person would ask. Must not know fields, queries or pages, nor today's date.
"""

from __future__ import annotations

import calendar
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from corpus.dates import MONTHS, full_year
from corpus.late_patterns import late_pattern
from search.text import dates


class Written(NamedTuple):
    """The dates that a text names, the first and the last (mostly one); `note` tells how a doubtful text was read."""

    first: str
    last: str
    note: str = ""


class NoDate(NamedTuple):
    """A text that is no date; `reason` is a sentence for who typed it."""

    reason: str


# How else a month is written than by its English name or the beginning of that: without accents, in small letters.
_OTHER_NAMES = (
    ("enero", "ene", "janvier", "janv", "januar", "janner", "janeiro", "gennaio"),
    ("febrero", "fevrier", "fevr", "fev", "februar", "feber", "fevereiro", "febbraio", "febuary"),
    ("marzo", "mars", "marz", "maerz", "marco"),
    ("abril", "abr", "avril", "avr", "aprile"),
    ("mayo", "mai", "maio", "maggio"),
    ("junio", "juin", "juni", "junho", "giugno"),
    ("julio", "juillet", "juil", "juli", "julho", "luglio"),
    ("agosto", "ago", "aout"),
    ("septiembre", "setiembre", "septembre", "setembro", "set", "settembre"),
    ("octubre", "octobre", "oktober", "okt", "outubro", "out", "ottobre"),
    ("noviembre", "novembre", "novembro"),
    ("diciembre", "dic", "decembre", "dezember", "dez", "dezembro", "dicembre"),
)
_SHORTEST = 3  # letters of an English name: `Jan`, `Sept`
_MONTH_OF = {name: number for number, names in enumerate(_OTHER_NAMES, 1) for name in names} | {
    name.lower()[:length]: number
    for number, name in enumerate(MONTHS, 1)
    for length in range(_SHORTEST, len(name) + 1)
}
# Words that stand around a date and say nothing: `Monday, the 4th of March, 1974`.
_AROUND = frozenset(
    {
        *("the", "of", "de", "del", "on", "in", "st", "nd", "rd", "th"),
        *(day.lower() for day in calendar.day_name),
        *(day.lower() for day in calendar.day_abbr),
        *("tues", "weds", "thur", "thurs"),
    }
)
# The first and the last month of a part of a year; a winter is named after the year in which it begins.
_PARTS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "q1": (1, 3),
    "q2": (4, 6),
    "q3": (7, 9),
    "q4": (10, 12),
}

_YEAR = r"[1-9][0-9]{3}"
# `1970s`, `the 1970's`, `'70s`.
_DECADE = late_pattern(r"(?:the )?'?(?P<decade>(?:[1-9][0-9])?[0-9]0)'?s")
# `spring 1974`, `spring of 1974`, `mid-1974`, `late 1974`, `Q1 1974`, `1974 Q1`.
_PART = late_pattern(
    rf"(?:the )?(?P<part>{'|'.join(_PARTS)})[ -]?(?:of |in )?(?P<year>{_YEAR})"
    rf"|(?P<year_first>{_YEAR})[ -]?(?P<quarter>q[1-4])"
)
# `1974-1975`, `1974/1975`, `1969-76`.
_YEARS = late_pattern(rf"(?P<first>{_YEAR}) ?[-/] ?(?P<last>{_YEAR}|[0-9]{{2}})")
# `March 1974 to May 1974`, `March - May 1974`.
_FROM_TO = late_pattern(r"(?:from )?(?P<first>.+?) (?:to|until|till|through|-) (?P<last>.+)")
# The date-time group of a cable: `230844Z MAR 07`.
_GROUP = late_pattern(
    r"(?P<day>[0-9]{2})(?P<hour>[0-9]{2})(?P<minute>[0-9]{2}) ?z ?(?P<month>[a-z]{3}) ?(?P<year>[0-9]{4}|[0-9]{2})"
)
# `19730201`, `197302`.
_DIGITS = late_pattern(r"(?P<year>1[5-9][0-9]{2}|20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})?")
# `3/1974`, `4.3.1974`, `74-03-04`, `1974 / 3`: two or three numbers with one sign between them.
_NUMBERS = late_pattern(r"([0-9]{1,4}) ?([-/.]) ?([0-9]{1,4})(?: ?\2 ?([0-9]{1,4}))?")
# The words and numbers of `04MAR1974`, `March 4th, '74`, each by itself.
_ITEM = late_pattern(r"'?[0-9]+|[a-z]+|[^\sa-z0-9.,/-]")
_DASHES = str.maketrans("‐‑‒–—−’‘`´", "------''''")
_FOUR, _TWO = 4, 2  # digits
_DAYS = 31
_YEAR_MONTHS = 12

# What is typed is at most a line.
LONGEST = 80


@lru_cache(maxsize=256)
def read(text: str) -> Written | NoDate:
    """The dates that a text names, or why it names none."""
    asked = text.strip()
    if dates.span(asked) is not None:
        return Written(asked, asked)
    if len(asked) > LONGEST:
        return NoDate(f"“{asked[:40]}…” is not a date. {HINT}")
    plain = _plain(asked)
    for reading in (_period, _from_to, _group, _digits, _numbers, _words):
        found = reading(asked, plain)
        if found is not None:
            return found
    return NoDate(f"“{asked}” is not a date. {HINT}")


def why_no_date(text: str) -> str:
    """Why a text is no date; "" if it is one."""
    found = read(text)
    return found.reason if isinstance(found, NoDate) else ""


HINT = "Use 1974, March 1974 or 4 March 1974."


def in_words(date: str) -> str:
    """`2007`, `March 2007`, `23 March 2007`, `23 March 2007, 08:44`."""
    day, _, clock = date.partition("T")
    year, *rest = day.split("-")
    if not rest:
        return year
    found = f"{MONTHS[int(rest[0]) - 1]} {year}"
    if len(rest) > 1:
        found = f"{int(rest[1])} {found}"
    return f"{found}, {clock[:5]}" if clock else found


def _plain(text: str) -> str:
    """In small letters without accents, dashes and blanks made one."""
    folded = unicodedata.normalize("NFKD", text.translate(_DASHES)).lower()
    kept = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(kept.split()).strip(" .,;:()")


def _told(asked: str, first: str, last: str, more: str = "") -> Written:
    """A reading that is told, because another may have been meant."""
    words = in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
    return Written(first, last, f"“{asked}” was read as {words}{more}.")


def _period(asked: str, plain: str) -> Written | NoDate | None:
    """A decade, a part of a year, several years."""
    if found := _DECADE.fullmatch(plain):
        first = full_year(found["decade"])
        whole = Written(str(first), str(first + 9))
        return whole if len(found["decade"]) == _FOUR else _told(asked, *whole[:2])
    if found := _PART.fullmatch(plain):
        year = int(found["year"] or found["year_first"])
        first, last = _PARTS[found["part"] or found["quarter"]]
        ends = year + (last < first)
        return _told(asked, f"{year}-{first:02}", f"{ends}-{last:02}")
    if found := _YEARS.fullmatch(plain):
        first, last = int(found["first"]), int(found["last"])
        if len(found["last"]) == _FOUR:
            return _ordered(asked, str(first), str(last))
        # What may be a month or a day, also a wrong one (`2007-13`), is no year.
        if last > _DAYS and last > first % 100:
            return _told(asked, str(first), str(first // 100 * 100 + last))
    return None


def _from_to(asked: str, plain: str) -> Written | NoDate | None:
    found = _FROM_TO.fullmatch(plain)
    if found is None:
        return None
    last = read(found["last"])
    if isinstance(last, NoDate):
        return None
    first = read(found["first"])
    if isinstance(first, NoDate):  # `March to May 1974`
        first = read(f"{found['first']} {last.first[:_FOUR]}")
    if isinstance(first, NoDate):
        return None
    note = first.note or last.note
    ordered = _ordered(asked, first.first, last.last)
    return ordered._replace(note=ordered.note or note)


def _ordered(asked: str, first: str, last: str) -> Written:
    """From the earlier to the later, and told where they stood the other way round."""
    begins, ends = dates.span(first), dates.span(last)
    if begins is not None and ends is not None and begins[0] > ends[1]:
        return _told(asked, last, first)
    return Written(first, last)


def _group(asked: str, plain: str) -> Written | NoDate | None:
    found = _GROUP.fullmatch(plain)
    if found is None or found["month"] not in _MONTH_OF:
        return None
    day = f"{full_year(found['year']):04}-{_MONTH_OF[found['month']]:02}-{found['day']}"
    date = f"{day}T{found['hour']}:{found['minute']}"
    return Written(date, date) if dates.span(date) else NoDate(f"There is no “{asked}”. {HINT}")


def _digits(asked: str, plain: str) -> Written | NoDate | None:
    found = _DIGITS.fullmatch(plain)
    if found is None:
        return None
    if found["day"]:
        return _date(asked, int(found["year"]), int(found["month"]), int(found["day"]))
    read_as = _date(asked, int(found["year"]), int(found["month"]))
    return read_as if isinstance(read_as, NoDate) else _told(asked, *read_as[:2])


def _numbers(asked: str, plain: str) -> Written | NoDate | None:
    found = _NUMBERS.fullmatch(plain)
    if found is None:
        return None
    first, sign, second, third = found.groups()
    if third is None:
        return _month_and_year(asked, first, second)
    if len(first) == _FOUR:
        return _date(asked, int(first), int(second), int(third))
    if len(third) == _FOUR or (len(third) == _TWO and int(first) <= _DAYS):
        return _day_and_month(asked, (int(first), int(second)), sign, third)
    if len(first) == _TWO and int(third) <= _DAYS:  # 74-03-04
        return _again(asked, _date(asked, full_year(first), int(second), int(third)))
    return None


def _month_and_year(asked: str, first: str, second: str) -> Written | NoDate | None:
    if len(first) == _FOUR and len(second) <= _TWO:
        return _date(asked, int(first), int(second))
    if len(second) == _FOUR and len(first) <= _TWO:
        return _date(asked, int(second), int(first))
    if len(first) <= _TWO and len(second) == _TWO:
        if int(second) <= _DAYS:
            return _without_a_year(asked)
        return _again(asked, _date(asked, full_year(second), int(first)))
    return None


def _day_and_month(
    asked: str, numbers: tuple[int, int], sign: str, written_year: str
) -> Written | NoDate:
    """`3/4/1974`: the month first, as these cables' authors write; `3.4.1974`: the day first, as all do with dots."""
    year = full_year(written_year)
    month, day = numbers if sign != "." else numbers[::-1]
    if month > _YEAR_MONTHS >= day:
        month, day = day, month
    found = _date(asked, year, month, day)
    if isinstance(found, NoDate):
        return found
    if day <= _YEAR_MONTHS and day != month:
        other = f"{year:04}-{day:02}-{month:02}"
        return _told(asked, *found[:2], f"; for {in_words(other)} use {other}")
    return _again(asked, found) if len(written_year) == _TWO else found


def _words(asked: str, plain: str) -> Written | NoDate | None:
    """A month by its name, with a year or a day and a year around it."""
    items = [item for item in _ITEM.findall(plain) if item not in _AROUND]
    months = [place for place, item in enumerate(items) if item in _MONTH_OF]
    if len(months) != 1:
        return None
    place = months[0]
    month = _MONTH_OF[items[place]]
    numbers = items[:place] + items[place + 1 :]
    if not all(number.strip("'").isdecimal() for number in numbers) or len(numbers) > _TWO:
        return None
    if not numbers:
        return _without_a_year(asked)
    years = [number for number in numbers if len(number) == _FOUR or number.startswith("'")]
    years = years or [number for number in numbers if int(number) > _DAYS] or numbers[1:]
    if len(years) != 1 or len(years[0].strip("'")) not in (_TWO, _FOUR):
        return _without_a_year(asked) if not years else None
    if place == 0 and len(numbers) == _TWO and numbers[0] == years[0]:  # `May 1974 4`
        return None
    numbers.remove(years[0])
    digits = years[0].strip("'")
    found = _date(asked, full_year(digits), month, *map(int, numbers))
    return _again(asked, found) if len(digits) == _TWO else found


def _date(asked: str, year: int, month: int, *day: int) -> Written | NoDate:
    if not 1 <= month <= _YEAR_MONTHS:
        return NoDate(f"“{asked}” is not a date: there is no month {month}.")
    if day and year > 0:
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day[0] <= days:
            name = f"{MONTHS[month - 1]} {year}"
            return NoDate(f"“{asked}” is not a date: {name} has {days} days.")
    found = "-".join([f"{year:04}", *(f"{unit:02}" for unit in (month, *day))])
    return Written(found, found) if dates.span(found) else NoDate(f"There is no year {year}.")


def _again(asked: str, found: Written | NoDate) -> Written | NoDate:
    """A year of two digits may be of another century: it is told."""
    return found if isinstance(found, NoDate) else _told(asked, found.first, found.last)


def _without_a_year(asked: str) -> NoDate:
    return NoDate(f"“{asked}” has no year. {HINT}")
