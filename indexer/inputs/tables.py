"""Tables whose columns have names: a cable a row, as archives give them for download and researchers keep them.

Owns which column is which, by the names in `corpus/tables/columns.csv`: the archive's CSV (`Document Number`, `Draft
Date`, `Message Text`), and copies of the dump `cables.csv` with a row of names. A file that is a table but can't be
read as one is told, and never taken for a telegram. Must not know what a cable's text says.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO, TextIOWrapper
from itertools import islice
from typing import BinaryIO, NamedTuple, cast

from corpus.model import Problem
from corpus.posts import compact
from corpus.table_files import read_table
from indexer.inputs import dump, rows
from indexer.inputs.encodings import decode_text
from indexer.inputs.rows import BrokenRow, Dialect
from indexer.page import PageFacts, RawPage, SetAside
from indexer.sources import nara
from indexer.sources.written_dates import written_date

# The mark of UTF-16, in either order of bytes.
_WIDE = (b"\xff\xfe", b"\xfe\xff")
# What makes a row of names one: so many columns that are known, of all at least this share, none of them longer.
_FEWEST_NAMES, _SHARE, _LONGEST_NAME = 3, 0.5, 60
# A list of cables without their texts is known by more, since pages have short ones.
_FEWEST_IN_LIST, _FEWEST_ROWS = 4, 3
# A row that no name explains: a date and a cable's number among its first fields, of so many.
_FEWEST_FIELDS, _FIRST_FIELDS = 4, 5
_ADVICE = (
    "give it a first row of names such as Document Number, Draft Date, From, Subject, Message Text"
)
# `07GUANGZHOU376`, `1974LAPAZ00173`, `74 LA PAZ 173`; a row's own number is none.
_CABLE_NUMBER = re.compile(r"(?:\d\d|\d{4}) ?[A-Z][A-Z -]{1,40}?\d{1,7}(?:_[a-z])?", re.IGNORECASE)
_DATE = re.compile(dump.DATE.decode())
_NARA_NUMBER = re.compile(r"19\d\d[A-Z]")
# A backslash before a mark in the middle of a field: this table escapes its marks so.
_BACKSLASHED = re.compile(rb'\\"(?![,;|\t\r\n])')
# The columns of the archive's record, by the titles that its record page has.
_RECORD = {
    "id": "Document Number",
    "date": "Draft Date",
    "origin": "From",
    "subject": "Subject",
    "tags": "TAGS",
    "references": "Reference",
    "classification": "Original Classification",
}


class Column(NamedTuple):
    """What a column holds, "" for what is not read; the lower `rank`, its place in our table, the surer is its name."""

    field: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file: how it is written, what its columns hold, and whether days stand before months."""

    dialect: Dialect
    columns: tuple[Column, ...]
    days_first: bool = False


@cache
def _names() -> Mapping[str, Column]:
    return {
        compact(row["as_written"]): Column(row["field"], rank)
        for rank, row in enumerate(read_table("columns"))
    }


def column_of(name: str) -> Column | None:
    """What a column holds, by its name in whatever spelling: `Document Number`, `documentNumber`, `DOC_NUMBER`."""
    return _names().get(compact(name))


def recognise(head: bytes) -> Table | SetAside | None:
    """The table that a file holds which starts so; `SetAside`, without an address, for one that can't be read.

    None for anything else.
    """
    if head.startswith(_WIDE):
        head = head.decode("utf-16", "ignore").encode()
    lines = dump.first_lines(head)
    for above, line in enumerate(lines):
        if len(line) > _LONGEST_NAME * 60:
            continue
        for separator in dump.SEPARATORS:
            names = line.split(separator)
            if len(names) < _FEWEST_NAMES or max(map(len, names)) > _LONGEST_NAME + 2:
                continue
            named = _named(_fields(line, separator))
            if named is not None:
                return _table(head, lines, above, separator, named)
    return _unnamed(lines) or (_of_any_columns(head) if lines else None)


def _fields(line: bytes, separator: bytes) -> list[str]:
    text = line.decode("utf-8-sig", "replace").strip("\r\n")
    try:
        return next(csv.reader([text], delimiter=separator.decode()), [])
    except csv.Error:
        return []


def _named(fields: Sequence[str]) -> tuple[Column, ...] | None:
    """What each column of a row of names holds, None if the row is none."""
    if any(len(field) > _LONGEST_NAME for field in fields):
        return None
    found = [column_of(field) for field in fields]
    known = [each for each in found if each is not None]
    kinds = {each.field for each in known if each.field}
    enough = len(kinds) >= _FEWEST_NAMES or kinds == {"id", "text"}
    if not enough or len(known) < len(fields) * _SHARE:
        return None
    return tuple(each or Column() for each in found)


def _table(
    head: bytes, lines: Sequence[bytes], above: int, separator: bytes, named: tuple[Column, ...]
) -> Table | SetAside | None:
    fields = {each.field for each in named if each.field}
    if "text" not in fields:
        alike = sum(len(_fields(line, separator)) == len(named) for line in lines[above + 1 :])
        if len(fields) < _FEWEST_IN_LIST or alike < _FEWEST_ROWS:
            return None
        reason = "it is a table of cables without their texts"
        return SetAside("", reason, "give one that has them, in a column such as Message Text")
    backslash = _BACKSLASHED.search(head) is not None
    dialect = Dialect(separator, len(named), backslash, None, above + 1)
    # Words with commas between them are no row of names, unless rows follow.
    if len(fields) <= _FEWEST_IN_LIST and not rows.has_a_row(head, dialect):
        return None
    if len(fields) < _FEWEST_NAMES and not _has_a_number(head, dialect, named):
        return None
    return Table(dialect, named, dump.day_first(head))


def _has_a_number(head: bytes, dialect: Dialect, named: Sequence[Column]) -> bool:
    """Whether the column of ids has a cable's number in one of the first rows."""
    at = next(at for at, column in enumerate(named) if column.field == "id")
    first = islice(rows.read_rows(BytesIO(head), dialect, len(head) + 1), _FEWEST_ROWS)
    return any(
        _CABLE_NUMBER.fullmatch(each.fields[at].decode("utf-8", "replace").strip())
        for each in first
        if isinstance(each, rows.Row)
    )


def _unnamed(lines: Sequence[bytes]) -> SetAside | None:
    """Why a table is not read whose columns no name explains; None for anything else."""
    for separator in dump.SEPARATORS:
        found = 0
        for line in lines:
            if not (line[:1].isdigit() or line[:1] == b'"'):
                continue
            if line.count(separator) + 1 < _FEWEST_FIELDS:
                continue
            first = [field.strip() for field in _fields(line[:400], separator)[:_FIRST_FIELDS]]
            dates = [each for each in first if _DATE.fullmatch(each)]
            numbers = [each for each in first if _CABLE_NUMBER.fullmatch(each)]
            # (A line that can't be read has no fields.)
            own = first[:1] and (first[0].isdigit() or first[0] in dates or first[0] in numbers)
            found += bool(dates and numbers and own)
        # Saved pages have rows of one table with tabs in them.
        if found >= (_FEWEST_ROWS if separator == b"\t" else 1):
            reason = "it is a table of cables whose columns have no names that are known"
            return SetAside("", reason, _ADVICE)
    return None


def _of_any_columns(head: bytes) -> SetAside | None:
    """Why a table is not read that has texts of several lines in its fields, whatever the columns are called."""
    first = head.split(b"\n", 1)[0]
    for separator in dump.SEPARATORS if b'"' in head else ():
        if first.count(separator) + 1 < _FEWEST_NAMES:
            continue
        found = list(islice(rows.read_rows(BytesIO(head), Dialect(separator), len(head) + 1), 2))
        whole = [each.fields for each in found if isinstance(each, rows.Row)]
        if (
            len(whole) == len(found) == 2
            and len({len(fields) for fields in whole}) == 1
            and all(len(field) <= _LONGEST_NAME for field in whole[0])
            and any(b"\n" in field for fields in whole[1:] for field in fields)
        ):
            reason = "it is a table, and its columns have no names that are known"
            return SetAside("", reason, _ADVICE)
    return None


def read_rows(
    stream: BinaryIO, address: str, limit: int, table: Table
) -> Iterator[RawPage | SetAside]:
    """The rows of a table, in order: a page each, or the reason why a row is none.

    `stream` stands at the start of the file; `limit` is the largest row in bytes. The address of a page is
    `telegrams.csv:line 12`, the line where its row starts.
    """
    if not _is_wide(stream):
        yield from _pages(stream, address, limit, table)
        return
    narrowed = _Narrowed(stream)
    try:
        yield from _pages(cast("BinaryIO", narrowed), address, limit, table)
    finally:
        narrowed.leave()


def _pages(
    stream: BinaryIO, address: str, limit: int, table: Table
) -> Iterator[RawPage | SetAside]:
    for row in rows.read_rows(stream, table.dialect, limit):
        if isinstance(row, BrokenRow):
            advice = f"a row has {table.dialect.columns} fields, as the row of names has"
            yield SetAside(address, f"the row is broken: {row.reason}", advice, row.line)
            continue
        values: list[str] = []
        problems: tuple[Problem, ...] = ()
        for column, value in zip(table.columns, row.fields, strict=True):
            whole = rows.with_line_ends(value) if column.field in {"text", "header"} else value
            text, doubts = decode_text(whole) if whole else ("", ())
            values.append(text)
            problems = problems or doubts
        said = said_by(zip(table.columns, values, strict=True))
        place = f"{address}:line {row.line}"
        page = page_of(said, place, row.digest, problems, days_first=table.days_first)
        yield page or SetAside(
            address, "the row has no text", "look it up in the archive", row.line
        )


def _is_wide(stream: BinaryIO) -> bool:
    peek = getattr(stream, "peek", None)
    return peek is not None and peek(2).startswith(_WIDE)


class _Narrowed:
    """The lines of a stream in UTF-16, as spreadsheets save "Unicode text", in UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._text = TextIOWrapper(stream, "utf-16", errors="replace", newline="\n")

    def readline(self, size: int) -> bytes:
        """The next line, at most so many characters of it."""
        return self._text.readline(size).encode()

    def leave(self) -> None:
        """Leave the stream to whoever opened it."""
        self._text.detach()


def said_by(pairs: Iterable[tuple[Column, str]]) -> dict[str, str]:
    """What a row says by its fields; of several columns for one field the surest that says something."""
    said: dict[str, str] = {}
    for (field, _), value in sorted(pairs, key=lambda pair: pair[0].rank):
        if not field or not value.strip():
            continue
        if field == "id" and not _CABLE_NUMBER.fullmatch(value.strip()):
            continue
        said.setdefault(field, value)
    # `reference` may be the cable's own number, where no other column has it.
    if "id" not in said and _CABLE_NUMBER.fullmatch(said.get("references", "").strip()):
        said["id"] = said.pop("references")
    return said


def page_of(
    said: Mapping[str, str],
    address: str,
    digest: str,
    problems: tuple[Problem, ...] = (),
    *,
    days_first: bool = False,
) -> RawPage | None:
    """The page of a row, by what its fields say; None where it has no text.

    A row of the archive's is read as its record page is: what the columns say stands in for what the text has lost.
    """
    parts = [said[each] for each in ("header", "text") if said.get(each)]
    if not any(part.strip() for part in parts):
        return None
    written = said.get("date", "")
    date = written_date(written, day_first=days_first)
    if written and date.date is None:
        message = f"the table's date for this cable can't be read: {written!r}"
        problems = (*problems, Problem("date-unreadable", message))
    ident = "".join(said.get("id", "").split())
    ident = ident.upper() if ident.islower() else ident
    of_years = date.date is not None and date.date.year in nara.YEARS
    if _NARA_NUMBER.match(ident) or (not ident and of_years):
        record = nara.told({title: said.get(field, "") for field, title in _RECORD.items()})
        facts = nara.facts_of(record)
    else:
        facts = PageFacts(
            dump.NAME,
            title=said.get("subject", "").strip(),
            classification=said.get("classification", "").strip(),
            origin=said.get("origin", "").strip(),
            tags=said.get("tags", ""),
            references=said.get("references", "") if "header" not in said else "",
        )
    facts = replace(facts, id=ident, created=date.date, precision=date.precision, closed=True)
    return RawPage("\n\n".join(parts), address, "text", digest, problems, facts)
