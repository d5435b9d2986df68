"""The `cables.csv` dump: 251,287 cables in one file of 1.7 GB, a row each.

Owns the form of its rows: eight columns (number, date, reference id, origin, classification, references, header, body),
no row of names, fields in quotation marks, a quotation mark inside a field escaped with a backslash, line ends inside
fields as they are or behind a backslash. Copies of it that other programs wrote have other signs between the fields,
other dates, doubled marks, lines above the first row, or no references. Must not know what a cable's text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import BinaryIO

from corpus.ids import can_name
from corpus.model import Problem
from indexer.inputs import rows
from indexer.inputs.encodings import decode_text
from indexer.inputs.rows import BrokenRow, Dialect, Row
from indexer.page import PageFacts, RawPage, SetAside
from indexer.sources.written_dates import day_comes_first, written_date

NAME = "dump"
COLUMNS = 8
_FIELDS = "number, date, reference id, origin, classification, references, header and body"


# What stands between the fields: the comma of the dump, and what other programs put in its place.
SEPARATORS = (b",", b";", b"|", b"\t")
# A date as tables have it: `12/28/1966 18:48`, `1966-12-28T18:48:00Z`, `28.12.1966`, `28 Dec 1966`,
# seconds since 1970.
DATE = (
    rb"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)|\d{4}[-/.]\d\d?[-/.]\d\d?|"
    rb"\d{1,2}[ -][A-Za-z]{3,9}\.?[ -](?:\d{4}|\d\d)|\d{10}(?!\d))"
    rb"(?:[ T]{1,2}\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?"
)
# The same in a head of a file, for a look at the order of day and month.
_ANY_DATE = re.compile(rb"(?<![\w/.-])\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?![\w/-])")
# How many lines may stand above the first row: a row of names, a comment, `sep=;`.
MOST_ABOVE = 10
_BEGINS_ROW = frozenset({b'"', b"\xef", *(b"%d" % digit for digit in range(10))})


@cache
def _starts(separator: bytes) -> re.Pattern[bytes]:
    """How a row starts: `"1","12/28/1966 18:48","66BUENOSAIRES2481",`.

    The marks may be missing around fields that need none. The number is the dump's own and means nothing.
    """
    sign = re.escape(separator)
    return re.compile(
        rb'(?:\xef\xbb\xbf)?(?P<mark>"?)\d{1,9}(?P=mark)%b'
        rb'(?P<mark2>"?)%b(?P=mark2)%b'
        rb'(?P<mark3>"?)[\w.-]{3,60}(?P=mark3)%b' % (sign, DATE, sign, sign)
    )


COMMAS = Dialect(b",", COLUMNS, True, _starts(b","), first=_BEGINS_ROW)


def recognise(head: bytes) -> bool:
    """Whether a file starts as the dump does, by one of its first rows; `head` is its beginning."""
    return dialect_of(head) is not None


def dialect_of(head: bytes) -> Dialect | None:
    """How the dump is written that a file holds, None if it holds none; `head` is its beginning."""
    for above, line in enumerate(first_lines(head)):
        # Hardly a line of a page begins as a number or with a mark.
        if line[:1] not in _BEGINS_ROW:
            continue
        for separator in SEPARATORS:
            starts = _starts(separator)
            if not starts.match(line[: rows.ROW_START_BYTES]):
                continue
            for columns in (COLUMNS, COLUMNS - 1):
                found = Dialect(separator, columns, True, starts, above, _BEGINS_ROW)
                if rows.has_a_row(head, found):
                    return found
    return None


def first_lines(head: bytes) -> list[bytes]:
    """The lines among which a table begins, none of a page of markup."""
    if head.startswith(b"<"):
        return []
    return head.split(b"\n", MOST_ABOVE + 1)[: MOST_ABOVE + 1]


def day_first(head: bytes) -> bool:
    """Whether the dates of a table have their day before their month: the first tells that can be read one way only."""
    told = (day_comes_first(date.group().decode()) for date in _ANY_DATE.finditer(head))
    return next((each for each in told if each is not None), False)


def read_rows(
    stream: BinaryIO,
    address: str,
    limit: int,
    dialect: Dialect = COMMAS,
    *,
    days_first: bool = False,
) -> Iterator[RawPage | SetAside]:
    """The rows of a dump, in order: a page each, or the reason why a row is none.

    `stream` stands at the start of the dump; `limit` is the largest row in bytes. A page's text is the row's header, an
    empty line and its body; its address is `cables.csv:line 12345`, the line where the row starts.
    """
    for row in rows.read_rows(stream, dialect, limit):
        if isinstance(row, BrokenRow):
            advice = f"a row has {dialect.columns} fields in quotation marks, {_FIELDS}"
            yield SetAside(address, f"the row is broken: {row.reason}", advice, row.line)
        else:
            yield _page(row, address, days_first)


def _page(row: Row, address: str, days_first: bool) -> RawPage | SetAside:
    fields: Sequence[bytes] = row.fields
    header, body = map(rows.with_line_ends, fields[-2:])
    text, problems = decode_text(header + b"\n\n" + body)
    written, cable, origin, classification = (decode_text(each)[0].strip() for each in fields[1:5])
    if not can_name(cable):
        reason = f"the row's reference id can name no cable: {cable[:60]!a}"
        return SetAside(address, reason, "an id is letters and digits, as 07LIMA1", row.line)
    created = written_date(written, day_first=days_first, midnight_is_a_day=False)
    if created.date is None:
        message = f"the dump's date for this cable can't be read: {written!r}"
        problems = (*problems, Problem("date-unreadable", message))
    facts = PageFacts(
        NAME,
        id=cable,
        created=created.date,
        precision=created.precision,
        classification=classification,
        origin=origin,
        closed=True,
    )
    return RawPage(text, f"{address}:line {row.line}", "text", row.digest, problems, facts)
