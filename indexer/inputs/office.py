"""Documents of office programs: the text of .docx (Word) and .odt (OpenDocument), a line for each paragraph.

Owns what these two call a paragraph, a tab, a number that the program counts, a note, a text that was struck out. Must
not know what the text says. The XML is read by the parser that reads the volumes of FRUS, which takes no entities.

The sources: ECMA-376, part 1, 17 (WordprocessingML); OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from indexer.errors import NotACable
from indexer.inputs.containers import (
    BITE,
    DAMAGE,
    Budget,
    Readable,
    counted,
    damaged,
    set_damaged_aside,
)
from indexer.page import RawPage, SetAside
from indexer.sources.frus.safe_xml import SafeParser, local

Form = Literal["docx", "odt", "other"]

_WORD_TEXT, _WORD_NUMBERS, _WORD_STYLES = (
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
)
_WORD_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_OPEN_TEXT, _OPEN_KIND, _OPEN_STYLES = "content.xml", "mimetype", "styles.xml"
_OPEN_TEXT_KIND = b"application/vnd.oasis.opendocument.text"
_CONTENTS = "[Content_Types].xml"
# The longest text of a document, and the deepest nesting: tables in tables. Bytes; elements.
_MOST_BYTES = 60_000_000
_MOST_DEPTH = 200
# A paragraph that is longer than the longest line of a telegram is no line of one: it is set off by empty lines.
_LONGEST_LINE = 100
_LEVELS = 9
# What stands around a number (`Article %1.`), in characters.
_LONGEST_NUMBER = 40

Attributes = Mapping[str, str]


def form_of(archive: zipfile.ZipFile) -> Form | None:
    """Which office document a .zip is, None if it is none; spreadsheets, e-books and the like are `other`."""
    names = set(archive.namelist())
    if _CONTENTS in names:
        return "docx" if _WORD_TEXT in names else "other"
    if _OPEN_KIND not in names or archive.namelist()[0] != _OPEN_KIND:
        return None
    try:
        with archive.open(_OPEN_KIND) as file:
            kind = file.read(len(_OPEN_TEXT_KIND) + 64)
    except DAMAGE:
        return "other"
    return "odt" if kind.startswith(_OPEN_TEXT_KIND) and _OPEN_TEXT in names else "other"


def is_part(name: str) -> bool:
    """Whether a .zip that begins with a member of that name is an office document."""
    return name in {_CONTENTS, _OPEN_KIND} or name.startswith("word/")


def read_document(
    archive: zipfile.ZipFile, form: Form, address: str, digest: str, budget: Budget
) -> RawPage | SetAside:
    """The text of a document, or why there is none; `digest` is the SHA-256 of its bytes."""
    if form == "other":
        reason = (
            "it is an office document or an e-book, but none with a text that is read (.docx, .odt)"
        )
        return SetAside(address, reason, "save its text as a text file")
    try:
        parts = _Parts(archive, budget)
        text = _word(parts) if form == "docx" else _open_document(parts)
    except NotACable as error:
        reason = f"the document is damaged ({error.reason})"
        return SetAside(address, reason, "save it again, or save its text as a text file")
    except DAMAGE as error:
        return set_damaged_aside(address, damaged("the document", error))
    if not text.strip():
        return SetAside(address, "the document has no text", "save it again")
    return RawPage(text, address, "text", digest)


class _Parts:
    """The parts of a document, by name."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        self._names = set(archive.namelist())

    def read(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None],
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read one, if it is there, by handlers that are given names without prefixes. Raises `NotACable`, damage."""
        if name not in self._names:
            return
        parser = SafeParser()
        depth = 0

        def started(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _MOST_DEPTH:
                raise NotACable("its elements stand in each other too deep")
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
            stream = counted(cast("Readable", packed), "the document", self._budget)
            while data := stream.read(BITE):
                size += len(data)
                if size > _MOST_BYTES:
                    raise NotACable(f"its text has more than {_MOST_BYTES:,} bytes")
                parser.feed(data, final=False)
        parser.feed(b"", final=True)


class _Page:
    """The lines of a text as they come."""

    def __init__(self) -> None:
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
                raise NotACable(f"its text has more than {_MOST_BYTES:,} characters")
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
class _Level:
    """How one level of a list counts: `text` is `%1.` in Word's way of writing it."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _Lists:
    """The numbers that a program counts, list by list."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=lambda: defaultdict(dict))
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
            said = levels.get(above, _Level())
            text = text.replace(f"%{above + 1}", _numeral(counts.get(above, said.start), said.form))
        return text


def _numeral(number: int, form: str) -> str:
    if form in {"lowerLetter", "a", "upperLetter", "A"}:
        letter = chr(ord("a") + (number - 1) % 26) * min(_LEVELS, 1 + (number - 1) // 26)
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


# Word ----------------------------------------------------------------------------------------------------------------

# What was struck out or moved away, what only a field's program needs, and the second form of a text box.
_WORD_UNSEEN = frozenset(
    {"del", "moveFrom", "instrText", "Fallback", "delText", "rPrChange", "pPrChange"}
)
_WORD_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def _word(parts: _Parts) -> str:
    lists, styles = _word_lists(parts)
    page = _Page()
    _word_part(parts, _WORD_TEXT, page, lists, styles)
    for name in _WORD_NOTES:
        notes = _Page()
        _word_part(parts, name, notes, lists, styles)
        if any(line.strip() for line in notes.lines):
            page.lines += ["", *notes.lines]
    return page.text()


def _word_lists(parts: _Parts) -> tuple[_Lists, dict[str, tuple[str, int]]]:
    """The lists of a document by number, and the styles that count: style -> list, level."""
    lists = _Lists()
    abstract: dict[str, dict[int, _Level]] = defaultdict(dict)
    here: dict[str, Any] = {}

    def numbering(tag: str, said: Attributes) -> None:
        value = said.get("val", "")
        if tag == "abstractNum":
            here.update(abstract=said.get("abstractNumId", ""), num=None)
        elif tag == "num":
            here.update(num=said.get("numId", ""), abstract=None)
        elif tag == "abstractNumId" and here.get("num") is not None:
            lists.levels[here["num"]] = abstract[value]
        elif tag == "lvl" and here.get("abstract") is not None:
            here["level"] = abstract[here["abstract"]][_number(said.get("ilvl"))] = _Level()
        elif (
            tag in {"start", "numFmt", "lvlText"}
            and "level" in here
            and here.get("abstract") is not None
        ):
            level: _Level = here["level"]
            if tag == "start":
                level.start = _number(value)
            elif tag == "numFmt":
                level.form = value
            else:
                level.text = value[:_LONGEST_NUMBER]

    parts.read(_WORD_NUMBERS, numbering, lambda tag: None)
    styles: dict[str, tuple[str, int]] = {}

    def style(tag: str, said: Attributes) -> None:
        if tag == "style":
            here["style"] = said.get("styleId", "")
        elif tag == "ilvl":
            here["depth"] = _number(said.get("val"))
        elif tag == "numPr":
            here["depth"] = 0
        elif tag == "numId" and here.get("style"):
            styles[here["style"]] = (said.get("val", ""), here.get("depth", 0))

    parts.read(_WORD_STYLES, style, lambda tag: None)
    return lists, styles


def _word_part(
    parts: _Parts, name: str, page: _Page, lists: _Lists, styles: Mapping[str, tuple[str, int]]
) -> None:
    unseen = 0
    taking = False
    counted_as: list[tuple[str, int] | None] = []  # of the paragraphs that are open
    changed: list[str] = []

    def start(tag: str, said: Attributes) -> None:
        nonlocal unseen, taking
        if unseen or tag in _WORD_UNSEEN:
            # `w:del` in the settings of a paragraph says that its end was struck out, and holds nothing.
            unseen += 1
        elif tag == "p":
            page.begin()
            counted_as.append(None)
        elif tag == "t":
            taking = True
        elif tag == "tr":
            page.begin_row()
        elif tag == "tc":
            page.begin_cell()
        elif tag in _WORD_SIGNS and not (tag == "tab" and "val" in said):
            page.add(_WORD_SIGNS[tag])
        elif tag == "sym":
            page.add(_symbol(said.get("char", "")))
        elif tag in {"footnoteReference", "endnoteReference"}:
            page.add(f"[{said.get('id', '')}]")
        elif tag in {"footnote", "endnote"}:
            changed.append(said.get("type") or said.get("id", ""))
        elif tag in {"footnoteRef", "endnoteRef"} and changed:
            page.add(f"[{changed[-1]}]")
        elif counted_as:
            _word_counts(tag, said.get("val", ""), counted_as, styles)

    def end(tag: str) -> None:
        nonlocal unseen, taking
        if unseen:
            unseen -= 1
        elif tag == "p" and counted_as:
            found = counted_as.pop()
            page.end(lists.next(found[0], found[0], found[1]) if found else "")
        elif tag == "t":
            taking = False
        elif tag == "tr":
            page.end_row()

    def text(data: str) -> None:
        if taking and not unseen:
            page.add(data)

    parts.read(name, start, end, text)


def _word_counts(
    tag: str,
    value: str,
    counted_as: list[tuple[str, int] | None],
    styles: Mapping[str, tuple[str, int]],
) -> None:
    """Whether the paragraph that is open counts, by its style or by itself."""
    found = counted_as[-1]
    if tag == "pStyle":
        counted_as[-1] = styles.get(value)
    elif tag == "ilvl":
        counted_as[-1] = (found[0] if found else "", min(_number(value), _LEVELS))
    elif tag == "numId":
        counted_as[-1] = None if value == "0" else (value, found[1] if found else 0)


def _symbol(code: str) -> str:
    """A character of a font of symbols: those of the private area are Latin-1 moved by F000."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return (
        chr(number - 0xF000 if 0xF020 <= number <= 0xF0FF else number) if number < 0x110000 else ""
    )


def _number(value: str | None) -> int:
    try:
        return max(0, min(int(value or 0), 1_000_000))
    except ValueError:
        return 0


# OpenDocument --------------------------------------------------------------------------------------------------------

_OPEN_UNSEEN = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "desc", "title"}
)


def _open_document(parts: _Parts) -> str:
    lists = _Lists()
    _open_lists(parts, _OPEN_STYLES, lists)
    _open_lists(parts, _OPEN_TEXT, lists)
    page, notes = _Page(), _Page()
    unseen = 0
    body = False
    items: list[
        list[Any]
    ] = []  # the lists that are open: the style, the counter, whether the item waits for its number
    taken = 0
    into = [page]

    def start(tag: str, said: Attributes) -> None:
        nonlocal unseen, body, taken
        here = into[-1]
        if unseen or tag in _OPEN_UNSEEN:
            unseen += 1
        elif tag == "text" and not body:
            body = True
        elif tag in {"p", "h"}:
            here.begin()
        elif tag == "table-row":
            here.begin_row()
        elif tag == "table-cell":
            here.begin_cell()
        elif tag == "s":
            here.add(" " * max(1, min(_number(said.get("c") or "1"), 1_000)))
        elif tag == "tab":
            here.add("\t")
        elif tag == "line-break":
            here.add("\n")
        elif tag == "list":
            style = said.get("style-name") or (items[-1][0] if items else "")
            if not items:
                taken += 1
            counter = style if said.get("continue-numbering") == "true" else f"{style}\0{taken}"
            items.append([style, items[0][1] if items else counter, False])
        elif tag == "list-item" and items:
            items[-1][2] = True
        elif tag == "note-body":
            into.append(notes)
            notes.begin()
        elif tag == "note-citation":
            here.add("[")

    def end(tag: str) -> None:
        nonlocal unseen
        if unseen:
            unseen -= 1
        elif tag in {"p", "h"}:
            number = ""
            if items and items[-1][2] and into[-1] is page:
                items[-1][2] = False
                number = lists.next(items[-1][0], items[-1][1], len(items) - 1)
            into[-1].end(number)
        elif tag == "table-row":
            into[-1].end_row()
        elif tag == "list" and items:
            items.pop()
        elif tag == "note-body" and len(into) > 1:
            into.pop().end()
        elif tag == "note-citation":
            into[-1].add("]")

    def text(data: str) -> None:
        if body and not unseen:
            into[-1].add(data.replace("\n", " "))

    parts.read(_OPEN_TEXT, start, end, text)
    if any(line.strip() for line in notes.lines):
        page.lines += ["", *notes.lines]
    return page.text()


def _open_lists(parts: _Parts, name: str, lists: _Lists) -> None:
    """The styles of lists that one part of a document has."""
    here: list[str] = [""]

    def start(tag: str, said: Attributes) -> None:
        if tag == "list-style":
            here[0] = said.get("name", "")
        elif tag.startswith("list-level-style-") and here[0]:
            depth = max(0, _number(said.get("level")) - 1)
            shown = max(1, _number(said.get("display-levels") or "1"))
            form = said.get("num-format", "")
            counts = tag.endswith("number") and form
            numbers = ".".join(f"%{at + 1}" for at in range(max(0, depth + 1 - shown), depth + 1))
            prefix, suffix = said.get("num-prefix", ""), said.get("num-suffix", "")
            text = f"{prefix[:_LONGEST_NUMBER]}{numbers}{suffix[:_LONGEST_NUMBER]}"
            kind = form if counts else "none" if tag.endswith("number") else "bullet"
            first = _number(said.get("start-value") or "1")
            lists.levels[here[0]][depth] = _Level(kind, text, first)

    parts.read(name, start, lambda tag: None)
