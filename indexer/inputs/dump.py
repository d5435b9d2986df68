"""The `cables.csv` dump: 251,287 cables in one file of 1.7 GB, a row each.

Owns the form of its rows: eight columns (number, date, reference id, origin, classification, references, header, body),
no row of names, fields in quotation marks, a quotation mark inside a field escaped with a backslash, line ends inside
fields as they are or behind a backslash. Must not know what a cable's text says.

Rows are read as a stream: no more is held than one row, and each byte is looked at once. A row that is broken costs
itself and nothing else: the reader goes on at the next line that starts as a row does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from corpus.model import Problem
from indexer.inputs.encodings import decode_text
from indexer.page import PageFacts, RawPage, SetAside

NAME = "cables.csv"
COLUMNS = 8
_FIELDS = "number, date, reference id, origin, classification, references, header and body"

# How a row starts: `"1","12/28/1966 18:48","66BUENOSAIRES2481",`. The date may also stand in the order of ISO 8601, and
# the marks may be missing around fields that need none. The number is the dump's own and means nothing.
_ROW = re.compile(
    rb'(?:\xef\xbb\xbf)?(?P<mark>"?)\d{1,9}(?P=mark),'
    rb'(?P<mark2>"?)(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?(?P=mark2),'
    rb'(?P<mark3>"?)[\w.-]{3,60}(?P=mark3),',
)
# So many bytes of a line are enough to see whether it starts a row.
_ROW_START_BYTES = 160
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# The rest of a field, up to its closing mark; a backslash takes the next byte with it: `he said \"no\"",`.
_QUOTED = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
# A field without marks: `12/28/1966 18:48,`.
_BARE = re.compile(rb'[^",\\\r\n]*+(?:\\.[^",\\\r\n]*+)*+', re.DOTALL)
# What may follow the last field of a row.
_LINE_END = re.compile(rb"[ \t]*+\r?\n?\Z")
# What a backslash is taken off from: `\"`, `\\`, and the line ends that MySQL writes so; elsewhere it is text.
_ESCAPED = re.compile(rb"\\(\r\n|[\"\\\r\n])")

_DATE_FORMS = ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y")


def recognise(head: bytes) -> bool:
    """Whether a file starts as the dump does, by its first row; `head` is its beginning."""
    return _ROW.match(head) is not None


def read_rows(stream: BinaryIO, address: str, limit: int) -> Iterator[RawPage | SetAside]:
    """The rows of a dump, in order: a page each, or the reason why a row is none.

    `stream` stands at the start of the dump; `limit` is the largest row in bytes. A page's text is the row's header, an
    empty line and its body; its address is `cables.csv:line 12345`, the line where the row starts.
    """
    row = _Row(limit)
    quoted = True  # whether this dump puts its numbers in quotation marks
    number, start, skipping, whole = 0, 1, False, True
    while line := stream.readline(limit + 1):
        begins = None
        if whole:  # else it is the rest of a line that is longer than a row may be
            number += 1
            begins = _ROW.match(line[:_ROW_START_BYTES])
        whole = line.endswith(b"\n")
        if number == 1 and begins:
            quoted = bool(begins["mark"])
        # Inside a field a mark is escaped: a line that starts as a row does, with its marks, is one even there.
        if begins and (begins["mark"] or (not quoted and not row.inside)):
            if row.started:
                yield _broken(
                    address, start, "a field is opened by a quotation mark and never closed"
                )
            row = _Row(limit)
            start, skipping = number, False
        elif skipping or (not row.started and not line.strip()):
            continue
        elif not row.started:
            start = number
        try:
            complete = row.add(line)
        except _Broken as reason:
            yield _broken(address, start, str(reason))
            row = _Row(limit)
            skipping = True
            continue
        if complete:
            yield row.page(f"{address}:line {start}")
            row = _Row(limit)
    if row.started:
        yield _broken(address, start, "the file ends in the middle of it")


class _Broken(Exception):
    """A row that can't be read; the message says why."""


class _Row:
    """A row, gathered line by line."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._digest = hashlib.sha256()
        self._fields: list[bytes] = []
        self._pieces: list[bytes] | None = None  # of a field whose closing mark is still to come

    @property
    def started(self) -> bool:
        """Whether a line of it was read."""
        return self._size > 0

    @property
    def inside(self) -> bool:
        """Whether the next line goes on with a field."""
        return self._pieces is not None

    def add(self, line: bytes) -> bool:
        """Add a line; says whether the row is complete. Raises `_Broken`."""
        self._size += len(line)
        if self._size > self._limit:
            raise _Broken(f"it has more than {self._limit:,} bytes")
        self._digest.update(line)
        at = len(_BYTE_ORDER_MARK) if line.startswith(_BYTE_ORDER_MARK) else 0
        while True:
            if self._pieces is None and line[at : at + 1] == b'"':
                self._pieces = []
                at += 1
            if self._pieces is None:
                field = _BARE.match(line, at)
                at = field.end() if field else at
                self._fields.append(field.group() if field else b"")
            else:
                closed = _QUOTED.match(line, at)
                if closed is None:
                    self._pieces.append(line[at:])
                    return False
                self._pieces.append(line[at : closed.end() - 1])
                at = closed.end()
                if line[at : at + 1] == b'"':  # a doubled mark, as other programs write one
                    self._pieces.append(b'"')
                    at += 1
                    continue
                self._fields.append(b"".join(self._pieces))
                self._pieces = None
            if line[at : at + 1] != b",":
                break
            at += 1
        if not _LINE_END.match(line, at):
            raise _Broken("a quotation mark inside it is not escaped")
        if len(self._fields) != COLUMNS:
            raise _Broken(f"it has {len(self._fields)} columns instead of {COLUMNS}")
        return True

    def page(self, address: str) -> RawPage:
        """The page of a complete row."""
        fields = [_ESCAPED.sub(rb"\1", each) if b"\\" in each else each for each in self._fields]
        text, problems = decode_text(fields[6] + b"\n\n" + fields[7])
        written, cable, origin, classification = (
            decode_text(each)[0].strip() for each in fields[1:5]
        )
        created = _date(written)
        if created is None:
            message = f"the dump's date for this cable can't be read: {written!r}"
            problems = (*problems, Problem("date-unreadable", message))
        facts = PageFacts(
            NAME,
            id=cable,
            created=created,
            # A time is written with a colon (`18:48`), and some dates have none.
            precision="minute" if ":" in written else "day",
            classification=classification,
            origin=origin,
            closed=True,
        )
        return RawPage(text, address, "text", self._digest.hexdigest(), problems, facts)


def _date(written: str) -> datetime | None:
    """`12/28/1966 18:48`, month first, or the same in the order of ISO 8601; in UTC."""
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        pass
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(written, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _broken(address: str, line: int, reason: str) -> SetAside:
    advice = f"a row has {COLUMNS} fields in quotation marks, {_FIELDS}"
    return SetAside(address, f"the row is broken: {reason}", advice, line)
