"""The executive order's line: which order, and until when the cable is to be kept secret.

Owns the dates of declassification in their spellings. The reasons are `indexer.header.classified`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date as Date

from corpus.dates import MONTH_NUMBERS, full_year
from indexer.header.blocks import ends_prose
from indexer.header.header import Header
from indexer.header.wire import words_of

# The order's number, with the label: taken off before a date is looked for.
_NUMBER = re.compile(r"\d{4,5}")
# Another field on the same line: `E.O. 12958: N/A TAGS: PREL`.
_TAGS_BEHIND = re.compile(r"\bTAGS?\b[\s:].*|\bSUBJ(?:ECT)?\b\s*:.*", re.DOTALL)
# The same inside a field of several lines, labels without colons too.
_NEXT_FIELD = re.compile(
    r"\b(?:TAGS?|SUBJ(?:ECT)?|REF(?:S|TEL)?|CLASSIFIED BY|REASONS?)\b", re.IGNORECASE
)
# `01/07/2014`, `1-7-14`, `01.07.2014`, `01/ 07/ 2014`, `O1/07/2014`: month, day, year, as Americans write.
_MONTH_FIRST = re.compile(
    r"(?<![\dO])(?P<month>[\dO]{1,2}) ?[/.-] ?(?P<day>[\dO]{1,2}) ?[/.-] ?"
    r"(?P<year>(?:19|2[O0])[\dO]{2}|[\dO]{2})(?![\dO])"
)
# `01 07 2014`, `01 07 14`: the same with the strokes lost.
_MONTH_FIRST_BLANKS = re.compile(
    r"(?<![\d.])(?P<month>[01]\d) (?P<day>[0-3]\d) (?P<year>(?:19|20)\d\d|\d\d)(?![\d/.-])"
)
# `2019/05/01`, `2014-01-07`.
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d) ?[/.-] ?(?P<month>\d{1,2}) ?[/.-] ?(?P<day>\d{1,2})(?!\d)"
)
# `20140107`, `2014 0107`.
_RUN = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)")
# `01072014`, `010714`, `01/072014`, `0107/2014`: a stroke lost.
_RUN_MONTH_FIRST = re.compile(
    r"(?<!\d)(?P<month>0[1-9]|1[0-2])/?(?P<day>[0-3]\d)/?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
)
# `7 JAN 2014`, `07JAN14`, `7 January, 2014`, `7th of May 2014`.
_DAY_AND_NAME = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -]?(?:of )?(?P<name>[A-Z]{3,9})\.?[ ,-]{0,3}"
    r"(?P<year>(?:19|20)\d\d|'?\d\d)(?!\d)",
    re.IGNORECASE,
)
# `JANUARY 7, 2014`, `Jan. 7 2014`, `May 7th, 2014`.
_NAME_AND_DAY = re.compile(
    r"\b(?P<name>[A-Z]{3,9})\.? ?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ ,]{1,3}(?P<year>(?:19|20)\d\d|'?\d\d)(?!\d)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
# `2016 March 9`, `2016-MAR-09`: the year before a month's name.
_YEAR_AND_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[ ,-]{1,2}(?P<name>[A-Z]{3,9})\.?[ -](?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)",
    re.IGNORECASE,
)
# `MARCH 2014`, `DEC. 2015`, `May, 2019`: no day.
_NAME_AND_YEAR = re.compile(
    r"(?<![\w-])(?P<name>[A-Z]{3,9})\.?,? ?'?(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
# `05/2015`, `5-2015`: no day.
_MONTH_AND_YEAR = re.compile(
    r"(?<![\d/.-])(?P<month>\d{1,2}) ?[/-] ?(?P<year>(?:19|20)\d\d)(?![\d/.-])"
)
_FORMS = (
    _YEAR_FIRST,
    _MONTH_AND_YEAR,
    _MONTH_FIRST,
    _MONTH_FIRST_BLANKS,
    _RUN,
    _RUN_MONTH_FIRST,
    _YEAR_AND_NAME,
    _DAY_AND_NAME,
    _NAME_AND_DAY,
    _NAME_AND_YEAR,
)
_LONGEST_FIELD = 4  # lines
_LONGEST_LINE = 400  # characters


def executive_order(text: str | Header) -> str | None:
    """The E.O. line as printed, without a TAGS field that stands on the same line; None without one.

    `E.O. 12958: DECL: 01/07/2014 TAGS: PREL` gives `E.O. 12958: DECL: 01/07/2014`.
    """
    for block in Header.of(text).blocks_of("eo"):
        line = _TAGS_BEHIND.sub(
            "", words_of([block.label + block.lines[0][:_LONGEST_LINE], *_more(block.lines)])
        ).strip()
        if line:
            return line
    return None


def _more(lines: Sequence[str]) -> Iterable[str]:
    """The further lines of an order's field: `DECL: after` / `korean unification`."""
    for line in lines[1:_LONGEST_FIELD]:
        if not line.strip() or ends_prose(line):
            return
        yield line[:_LONGEST_LINE]


def declassify_on(text: str | Header) -> Date | None:
    """The day on which the cable was to be declassified; None if the order names none.

    None is given for `N/A`, X1 to X8, OADR and for an event (`after korean unification`).

    Read from the E.O. line or a line of its own (`DECL: 01/07/2014`). Month before day, unless the first number
    cannot be a month; years of two digits from 66 on are of the 1900s (`GDS 9/20/85`). A month without a day
    (`DECL: MARCH 2014`) is its first day; a year alone names no day.
    """
    for place in _places(Header.of(text)):
        found = _date(place)
        if found is not None:
            return found
    return None


def _places(header: Header) -> Iterable[str]:
    orders = [
        _NUMBER.sub("", block.label) + _field(block.lines) for block in header.blocks_of("eo")
    ]
    yield from orders
    for field in ("declassify", "classified_by", "reasons"):
        for block in header.blocks_of(field):
            words = _field(block.lines)
            if field == "declassify":
                yield words
            elif "DECL" in words.upper():
                yield words[words.upper().index("DECL") :]
    if not orders and len(header.text) < 200:
        # A piece of such a line alone: `GDS 9/20/85`, `DECL 20140107`.
        yield words_of(header.text.split("\n"))


def _field(lines: Iterable[str]) -> str:
    """The field's lines up to a blank one or the next field, as one."""
    kept: list[str] = []
    for at, line in enumerate(lines):
        if (at and (not line.strip() or ends_prose(line))) or at == _LONGEST_FIELD:
            break
        kept.append(line[:_LONGEST_LINE])
    words = words_of(kept)
    match = _NEXT_FIELD.search(words)
    return words[: match.start()] if match else words


def _date(words: str) -> Date | None:
    if _DIGIT.search(words) is None:
        return None  # `N/A`, as in most
    for form in _FORMS:
        for match in form.finditer(words):
            found = _day(match)
            if found is not None:
                return found
    return None


def _day(match: re.Match[str]) -> Date | None:
    parts = {
        key: value.upper().replace("O", "0")
        for key, value in match.groupdict().items()
        if key != "name"
    }
    year = full_year(parts["year"].lstrip("'"))
    day = int(parts.get("day") or 1)
    if "month" in parts:
        month = int(parts["month"])
        if month > 12 >= day and "day" in parts:
            # The day first, as the rest of the world writes it.
            month, day = day, month
    else:
        name = match["name"].upper()
        # `DECL 01 07`: the label is not December.
        known = None if name.startswith("DECL") else MONTH_NUMBERS.get(name[:3])
        if known is None:
            return None
        month = known
    try:
        return Date(year, month, day)
    except ValueError:
        return None
