"""A list as people keep one: a text file with a name a line, or a table (CSV) with columns for labels and filters.

Owns how a list is read and what is said of a line that can't be. Must not know what a line means, nor an index.

    Khan, A.Q.                      a line is a name, a phrase or a whole question; commas mean nothing

    name;label;origin;since         a first line with the column `name` or `query` makes a table of it: its cells are
    "Khan, A.Q.";boss;Paris;1998    parted by commas, semicolons or tabs; the other columns are known by their names
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from corpus.late_dataclasses import dataclass
from search.fields import FACETS
from search.language.tree import Filter
from search.text import written_dates

# The column of what is searched for goes by either of these.
QUERY_COLUMNS = ("query", "name")
LABEL, SINCE, UNTIL = "label", "since", "until"
COLUMNS = (*QUERY_COLUMNS, LABEL, *FACETS, SINCE, UNTIL)
# Between several values of one filter, any of which will do: commas and semicolons stand inside of values.
BETWEEN_VALUES = "|"
_DELIMITERS = (",", ";", "\t")
# A cell may have line ends, between quotation marks, but a mark that was never closed is no reason to swallow a list.
_MOST_LINES_OF_A_ROW = 5
# Ends of lines as editors count them: not the other characters at which Python would part a text.
_LINE_END = re.compile(r"\r\n|\r|\n")
# The first bytes of a spreadsheet or any other file of Office, and of a PDF document.
_NO_LIST = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


class NoList(Exception):
    """What was given is no list; the message is one sentence that says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: its number (from 1, as an editor counts), what is asked, and what goes with it.

    `since` and `until` are dates as `search.text.dates` reads them, "" for an open side. With a `problem` it is not
    asked.
    """

    number: int
    text: str
    label: str = ""
    filters: tuple[Filter, ...] = ()
    since: str = ""
    until: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A list: its lines without the blank ones, and sentences about how it was read."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file, and a sentence about its encoding where that had to be guessed.

    Raises NoList for what is no text.
    """
    if content.startswith(_NO_LIST):
        raise NoList("This is no text: save the spreadsheet or document as CSV or plain text.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ""
        except UnicodeDecodeError as error:
            raise NoList("This begins as UTF-16 and goes on as something else.") from error
    if b"\0" in content:
        raise NoList("This is no text: save the list as plain text or CSV, in UTF-8.")
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise NoList("This is text in an unknown encoding: save it in UTF-8.") from error
    return text, "The list is not in UTF-8; it was read as Windows-1252."


def read_lines(text: str) -> Lines:
    """The lines of a list. Raises NoList for a table whose heading names a column twice."""
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return Lines(())
    table = _heading(lines[first])
    if table is None:
        return Lines(
            tuple(
                Line(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()
            )
        )
    return Lines(tuple(table.rows(lines, first + 1)), tuple(table.notes(first + 1)))


@dataclass(frozen=True, slots=True)
class _Table:
    """What a heading says: the cells' delimiter, and the name of each column, "" for one that is not used."""

    delimiter: str
    names: tuple[str, ...]
    unused: tuple[str, ...] = field(default=())

    def notes(self, number: int) -> Iterator[str]:
        """What is said of the heading, which stands in the line of that number."""
        used = ", ".join(name for name in self.names if name)
        yield f"Line {number} was read as the heading of a table: {used}."
        if self.unused:
            yield f"Columns not used: {', '.join(self.unused)}."

    def rows(self, lines: Sequence[str], place: int) -> Iterator[Line]:
        """The rows from a place on."""
        while place < len(lines):
            cells, taken = self._cells(lines, place)
            if any(cell.strip() for cell in cells):
                yield self._line(place + 1, cells)
            place += taken

    def _cells(self, lines: Sequence[str], place: int) -> tuple[list[str], int]:
        """The cells of the row that begins at a place, and how many lines it has."""
        for taken in range(1, _MOST_LINES_OF_A_ROW + 1):
            text = "\n".join(lines[place : place + taken])
            if text.count('"') % 2 == 0:
                try:
                    read = list(
                        csv.reader(
                            text.splitlines(keepends=True), delimiter=self.delimiter, strict=True
                        )
                    )
                except csv.Error:
                    break
                if len(read) > 1:
                    break
                return (read[0] if read else []), taken
        # Marks that are not a table's: read as they are, this line alone.
        line = lines[place]
        return next(csv.reader([line], delimiter=self.delimiter, quoting=csv.QUOTE_NONE)), 1

    def _line(self, number: int, cells: Sequence[str]) -> Line:
        if len(cells) > len(self.names):
            problem = (
                f"This row has {len(cells)} cells and the heading {len(self.names)}: put quotation marks around a cell "
                f"that has a {_named(self.delimiter)} in it."
            )
            return Line(number, self.delimiter.join(cells).strip(), problem=problem)
        values = {
            name: " ".join(cell.split())
            for name, cell in zip(self.names, cells, strict=False)
            if name
        }
        query = next(values[name] for name in values if name in QUERY_COLUMNS)
        filters = tuple(
            Filter(name, tuple(chosen))
            for name in FACETS
            if (chosen := _values(values.get(name, "")))
        )
        dates, problems = [], []
        for name in (SINCE, UNTIL):
            read = written_dates.read(values[name]) if values.get(name) else None
            if isinstance(read, written_dates.NoDate):
                problems.append(f"In the column {name}: {read.reason}")
            dates.append(
                (read.first if name == SINCE else read.last)
                if isinstance(read, written_dates.Written)
                else ""
            )
        if not query:
            problems = ["There is nothing to search for in this row."]
        since, until = dates
        return Line(number, query, values.get(LABEL, ""), filters, since, until, " ".join(problems))


def _heading(line: str) -> _Table | None:
    """The table of which this is the heading; None if it is none."""
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        names = [" ".join(cell.split()).lower() for cell in cells]
        if not any(name in QUERY_COLUMNS for name in names):
            continue
        for name in names:
            if name in COLUMNS and names.count(name) > 1:
                raise NoList(f"The heading of this table has the column {name} twice.")
        if all(name in names for name in QUERY_COLUMNS):
            # Both are there: what is searched for is the query, and the name says what it is.
            names = [_OTHER.get(name, name) for name in names] if LABEL not in names else names
        used = tuple(name if name in COLUMNS else "" for name in names)
        used = _first_query(used)
        unused = tuple(
            " ".join(cell.split())
            for cell, name in zip(cells, used, strict=True)
            if not name and cell.strip()
        )
        return _Table(delimiter, used, unused)
    return None


_OTHER = {"name": LABEL}


def _first_query(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns with one alone for what is searched for: `query` before `name`."""
    if not all(name in names for name in QUERY_COLUMNS):
        return names
    return tuple("" if name == "name" else name for name in names)


def _values(cell: str) -> list[str]:
    return [value.strip() for value in cell.split(BETWEEN_VALUES) if value.strip()]


def _named(delimiter: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab"}[delimiter]
