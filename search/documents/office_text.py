"""What documents of office programs have in common: parts in XML, paragraphs that become lines, lists that count.

Owns the limits of such a document. Must not know the words of Word or of OpenDocument.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Protocol

from search.documents.errors import Unreadable
from search.documents.safe_xml import SafeParser, local

# The longest text of a document, and the deepest nesting: tables in tables. Bytes; elements.
_MOST_BYTES = 60_000_000
_MOST_DEPTH = 200
# So much is read of a part at once, in bytes.
_BITE = 1 << 16
# A paragraph that is longer than the longest line of a telegram is no line of one: it is set off by empty lines.
_LONGEST_LINE = 100
LEVELS = 9
# What stands around a number (`Article %1.`), in characters.
LONGEST_NUMBER = 40

Attributes = Mapping[str, str]


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes:
        """Read so many bytes, fewer at the end."""
        ...


class Parts:
    """The parts of a document, by name.

    What can't be read raises `error`. `counted` stands between a part and its reading, for whoever keeps count of what
    is unpacked.
    """

    def __init__(
        self,
        archive: zipfile.ZipFile,
        error: type[Unreadable] = Unreadable,
        counted: Callable[[IO[bytes]], Readable] | None = None,
    ) -> None:
        self._archive = archive
        self.error = error
        self._counted = counted
        self._names = set(archive.namelist())

    def read(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None],
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read one, if it is there, by handlers that are given names without prefixes. Raises `error`, damage."""
        if name not in self._names:
            return
        parser = SafeParser(self.error)
        depth = 0

        def started(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _MOST_DEPTH:
                raise self.error("its elements stand in each other too deep")
            start(local(tag), {local(key): value for key, value in attributes.items()})

        def ended(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(local(tag))

        parser.expat.StartElementHandler = started
        parser.expat.EndElementHandler = ended
        if text is not None:
            parser.expat.CharacterDataHandler = text
        size = 0
        with self._archive.open(name) as packed:
            stream: Readable = self._counted(packed) if self._counted else packed
            while data := stream.read(_BITE):
                size += len(data)
                if size > _MOST_BYTES:
                    raise self.error(f"its text has more than {_MOST_BYTES:,} bytes")
                parser.feed(data, final=False)
        parser.feed(b"", final=True)


class Page:
    """The lines of a text as they come; one that is too long raises `error`."""

    def __init__(self, error: type[Unreadable] = Unreadable) -> None:
        self._error = error
        self.lines: list[str] = []
        self._size = 0  # characters, of all paragraphs
        # The rows that are open: the line with which each cell begins.
        self._rows: list[list[int]] = []
        self._open: list[list[str]] = []  # paragraphs in paragraphs: a text box stands in one

    def begin(self) -> None:
        """A paragraph begins."""
        self._open.append([])

    def add(self, text: str) -> None:
        """More of the paragraph; text between paragraphs is none."""
        if self._open:
            self._size += len(text)
            if self._size > _MOST_BYTES:
                raise self._error(f"its text has more than {_MOST_BYTES:,} characters")
            self._open[-1].append(text)

    def end(self, number: str = "") -> None:
        """The paragraph ends; what the program counts stands before it."""
        if not self._open:
            return
        text = "".join(self._open.pop())
        paragraph = f"{number} {text}" if number and text.strip() else text
        if self._open and not paragraph.strip():
            return
        self._line(paragraph)

    def begin_row(self) -> None:
        """A row of a table begins."""
        self._rows.append([])

    def begin_cell(self) -> None:
        """A cell of it begins."""
        if self._rows:
            self._rows[-1].append(len(self.lines))

    def end_row(self) -> None:
        """The row ends: cells of one line each become one line."""
        if not self._rows:
            return
        starts = self._rows.pop()
        ends = [*starts[1:], len(self.lines)]
        cells = [
            [line for line in self.lines[start:end] if line.strip()]
            for start, end in zip(starts, ends, strict=True)
        ]
        if starts and all(len(cell) <= 1 for cell in cells):
            self.lines[starts[0] :] = [
                "  ".join(cell[0] if cell else "" for cell in cells).rstrip()
            ]

    def _line(self, paragraph: str) -> None:
        long = len(paragraph) > _LONGEST_LINE and "\n" not in paragraph
        if long and self.lines and self.lines[-1].strip():
            self.lines.append("")
        self.lines.extend(paragraph.split("\n"))
        if long:
            self.lines.append("")

    def text(self) -> str:
        """All of it."""
        return "\n".join(line.rstrip() for line in self.lines).strip("\n") + "\n"


@dataclass(slots=True)
class Level:
    """How one level of a list counts: `text` is `%1.` in Word's way of writing it."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Lists:
    """The numbers that a program counts, list by list."""

    levels: dict[str, dict[int, Level]] = field(default_factory=lambda: defaultdict(dict))
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, kind: str, counter: str, depth: int) -> str:
        """The number of the next item: `3.`, `(b)`; "" where there is none or only a dot."""
        levels = self.levels.get(kind, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts[counter]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.form in {"bullet", "none"}:
            return "-" if level.form == "bullet" else ""
        text = level.text
        for above in range(depth + 1):
            said = levels.get(above, Level())
            text = text.replace(f"%{above + 1}", _numeral(counts.get(above, said.start), said.form))
        return text


def _numeral(number: int, form: str) -> str:
    if form in {"lowerLetter", "a", "upperLetter", "A"}:
        letter = chr(ord("a") + (number - 1) % 26) * min(LEVELS, 1 + (number - 1) // 26)
        return letter.upper() if form in {"upperLetter", "A"} else letter
    if form in {"lowerRoman", "i", "upperRoman", "I"} and 0 < number < 4_000:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if form in {"upperRoman", "I"} else roman.lower()
    return str(number)


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def number_of(value: str | None) -> int:
    """A number in an attribute, 0 for what is none; no larger than a document can need."""
    try:
        return max(0, min(int(value or 0), 1_000_000))
    except ValueError:
        return 0
