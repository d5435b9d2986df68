"""The rows of a table in a file: fields with a sign between them, in quotation marks where need be.

Owns the splitting of a stream into rows and fields, in the ways that programs write them. Must not know what a column
means.

Rows are read as a stream: no more is held than one row, and each byte is looked at once. A row that is broken costs
itself and nothing else: the reader goes on at the next line that starts as a row does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import islice
from typing import BinaryIO, NamedTuple

# So many bytes of a line are enough to see whether it starts a row.
ROW_START_BYTES = 160
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What may follow the last field of a row.
_LINE_END = re.compile(rb"[ \t]*+\r?\n?\Z")
# What a backslash is taken off from: `\"`, `\\`, and the line ends that MySQL writes so; elsewhere it is text.
_ESCAPED = re.compile(rb"\\(\r\n|[\"\\\r\n])")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written.

    `separator` is one byte; `columns` how many fields a row has. With `backslash` a quotation mark inside a field is
    escaped by one; else it is doubled, and a backslash is text. `starts` finds the start of a row in a line's first
    bytes, its group `mark` what stands before the first field; None where the first row is to tell how the others
    start; `first` has the bytes of which such a start begins with one, and is empty where it may begin with any.
    `skipped` is how many lines stand above the first row.
    """

    separator: bytes = b","
    columns: int = 0
    backslash: bool = False
    starts: re.Pattern[bytes] | None = None
    skipped: int = 0
    first: frozenset[bytes] = frozenset()


class Row(NamedTuple):
    """A row, with the line it starts in; `digest` is the SHA-256 of its bytes."""

    line: int
    fields: tuple[bytes, ...]
    digest: str


class BrokenRow(NamedTuple):
    """A row that can't be read, and why."""

    line: int
    reason: str


def read_rows(stream: BinaryIO, dialect: Dialect, limit: int) -> Iterator[Row | BrokenRow]:
    """The rows of a table, in order; `stream` stands at its start, `limit` is the largest row in bytes."""
    row = _Row(dialect, limit)
    starts, learnt, first = dialect.starts, dialect.starts is None, dialect.first
    quoted = True  # whether this table puts its first fields in quotation marks
    number, start, skipping, whole, opened = 0, 1, False, True, b""
    while line := stream.readline(limit + 1):
        begins = None
        if whole:  # else it is the rest of a line that is longer than a row may be
            number += 1
            if starts and (not first or line[:1] in first):
                begins = starts.match(line, 0, ROW_START_BYTES)
            # By far most lines are inside an open field from their start to their end.
            if (
                begins is None
                and row.pieces is not None
                and b'"' not in line
                and line[:1] != _BYTE_ORDER_MARK[:1]
                and row.size + len(line) <= limit
            ):
                whole = line[-1:] == b"\n"
                row.size += len(line)
                row.pieces.append(line)
                row.lines.append(line)
                continue
        whole = line.endswith(b"\n")
        if number <= dialect.skipped:
            continue
        if number == dialect.skipped + 1 and begins:
            quoted = bool(begins["mark"])
        # Inside a field a mark is escaped: a line that starts as a row does, with its marks, is one even there.
        if begins and (learnt or begins["mark"] or (not quoted and not row.inside)):
            if row.started:
                yield BrokenRow(start, "a field is opened by a quotation mark and never closed")
            row = _Row(dialect, limit)
            start, skipping = number, False
        elif skipping or (not row.started and not line.strip()):
            continue
        elif not row.started:
            start = number
        if not row.started:
            opened = line[:ROW_START_BYTES]
        try:
            complete = row.add(line)
        except _Broken as reason:
            yield BrokenRow(start, str(reason))
            # Where no line tells that it starts a row, the next one may.
            skipping = starts is not None
            row = _Row(dialect, limit)
            continue
        if complete:
            yield row.complete(start)
            row = _Row(dialect, limit)
            starts = starts or _like(opened, dialect.separator)
    if row.started:
        yield BrokenRow(start, "the file ends in the middle of it")


# The first two fields of a row, and what their letters and figures are like.
_TWO_FIELDS = rb'"?([^"%b\r\n]{1,70})"?%b"?([^"%b\r\n]{1,70})"?%b'
_FIGURES_OR_LETTERS = re.compile(rb"[0-9]+|[A-Za-z\x80-\xff]+|.", re.DOTALL)
_DISTINCT = 10


def _like(line: bytes, separator: bytes) -> re.Pattern[bytes] | None:
    """How rows start that start like this one: `1979LAPAZ06001,31 jul 1979,`; None if text may start so as well.

    Such a start is one even inside a field that is open.
    """
    sign = re.escape(separator)
    first = re.match(_TWO_FIELDS % (sign, sign, sign, sign), line)
    if first is None or len(first[1]) + len(first[2]) < _DISTINCT:
        return None
    shapes = [b"".join(map(_shape, _FIGURES_OR_LETTERS.findall(field))) for field in first.groups()]
    if not all(any(sign in shape for shape in shapes) for sign in (rb"[0-9]+", b"A-Z")):
        return None
    return re.compile(rb'(?P<mark>"?)%b"?%b"?%b"?%b' % (shapes[0], sign, shapes[1], sign))


def _shape(run: bytes) -> bytes:
    if run.isdigit():
        return rb"[0-9]+"
    return rb"[A-Za-z\x80-\xff]+" if run.isalpha() or run[0] > 0x7F else re.escape(run)


def has_a_row(head: bytes, dialect: Dialect) -> bool:
    """Whether one of the first rows in the beginning of a file is whole, or the first is longer than what is there."""
    found = list(islice(read_rows(BytesIO(head), dialect, len(head) + 1), _LOOKED_AT))
    if any(isinstance(each, Row) for each in found):
        return True
    return len(found) == 1 and len(head) >= _LONG


# So many rows are looked at; a first row may be longer than so many bytes.
_LOOKED_AT, _LONG = 5, 1 << 16
# Line ends written as two letters, in tables that have none inside their fields: `FM LIMA\nTO STATE`.
_WRITTEN_END = re.compile(rb"(?:\\r)?\\n")
_FEWEST_ENDS = 3


def with_line_ends(field: bytes) -> bytes:
    """A field whose line ends are written as two letters, with real ones; any other as it is."""
    if b"\n" in field or field.count(b"\\n") < _FEWEST_ENDS:
        return field
    return _WRITTEN_END.sub(b"\n", field).replace(b"\\t", b"\t")


class _Broken(Exception):
    """A row that can't be read; the message says why."""


class _Signs(NamedTuple):
    """The patterns of a dialect.

    `quoted` is the rest of a field up to its closing mark, a backslash taking the next byte with it: `he said
    \\"no\\"",`; `bare` a field without marks: `12/28/1966 18:48,`.
    """

    quoted: re.Pattern[bytes]
    bare: re.Pattern[bytes]


@cache
def _signs(separator: bytes, backslash: bool) -> _Signs:
    sign = re.escape(separator)
    # Between tabs nobody sets marks that need escaping: one inside a field is text.
    mark = b"" if separator == b"\t" else b'"'
    if backslash:
        return _Signs(
            re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL),
            re.compile(
                rb"[^%b%b\\\r\n]*+(?:\\.[^%b%b\\\r\n]*+)*+" % (mark, sign, mark, sign), re.DOTALL
            ),
        )
    return _Signs(re.compile(rb'[^"]*+"'), re.compile(rb"[^%b\r\n]*+" % sign))


class _Row:
    """A row, gathered line by line."""

    def __init__(self, dialect: Dialect, limit: int) -> None:
        self._dialect = dialect
        self._signs = _signs(dialect.separator, dialect.backslash)
        self._limit = limit
        self.size = 0
        self.lines: list[bytes] = []  # of which the digest is made
        self._fields: list[bytes] = []
        self.pieces: list[bytes] | None = None  # of a field whose closing mark is still to come
        self._bare: list[bytes] = []  # of a field without marks whose line end a backslash escaped

    @property
    def started(self) -> bool:
        """Whether a line of it was read."""
        return self.size > 0

    @property
    def inside(self) -> bool:
        """Whether the next line goes on with a field."""
        return self.pieces is not None or bool(self._bare)

    def add(self, line: bytes) -> bool:
        """Add a line; says whether the row is complete. Raises `_Broken`."""
        self.size += len(line)
        if self.size > self._limit:
            raise _Broken(f"it has more than {self._limit:,} bytes")
        self.lines.append(line)
        at = len(_BYTE_ORDER_MARK) if line.startswith(_BYTE_ORDER_MARK) else 0
        separator = self._dialect.separator
        while True:
            if self.pieces is None and not self._bare and line[at : at + 1] == b'"':
                self.pieces = []
                at += 1
            if self.pieces is None:
                field = self._signs.bare.match(line, at)
                at = field.end() if field else at
                self._bare.append(field.group() if field else b"")
                # MySQL writes fields without marks, and the line ends inside them behind a backslash.
                if at == len(line) and self._bare[-1].endswith(b"\\\n"):
                    return False
                self._fields.append(b"".join(self._bare))
                self._bare = []
            else:
                closed = self._signs.quoted.match(line, at)
                if closed is None:
                    self.pieces.append(line[at:])
                    return False
                self.pieces.append(line[at : closed.end() - 1])
                at = closed.end()
                if line[at : at + 1] == b'"':  # a doubled mark, as other programs write one
                    self.pieces.append(b'"')
                    at += 1
                    continue
                self._fields.append(b"".join(self.pieces))
                self.pieces = None
            if line[at : at + 1] != separator:
                break
            at += 1
        if not _LINE_END.match(line, at):
            raise _Broken("a quotation mark inside it is not escaped")
        columns = self._dialect.columns
        if columns and len(self._fields) != columns:
            raise _Broken(f"it has {len(self._fields)} columns instead of {columns}")
        return True

    def complete(self, line: int) -> Row:
        """The row; its first line is `line`."""
        fields = self._fields
        if self._dialect.backslash:
            fields = [_ESCAPED.sub(rb"\1", each) if b"\\" in each else each for each in fields]
        digest = hashlib.sha256(b"".join(self.lines)).hexdigest()
        return Row(line, tuple(fields), digest)
