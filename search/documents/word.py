"""The text of a document of Word (.docx): what is seen of it, with the numbers that Word counts.

The source: ECMA-376, part 1, 17 (WordprocessingML). Owns its words. Must not know what the text says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from search.documents.office_text import (
    LEVELS,
    LONGEST_NUMBER,
    Attributes,
    Level,
    Lists,
    Page,
    Parts,
    number_of,
)

TEXT, _NUMBERS, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")

# What was struck out or moved away, what only a field's program needs, and the second form of a text box.
_UNSEEN = frozenset(
    {"del", "moveFrom", "instrText", "Fallback", "delText", "rPrChange", "pPrChange"}
)
# What is set off on the left by so much is a quotation: a fifth of an inch, in twentieths of a point.
_INDENT = 288
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def word_text(parts: Parts, *, marked: bool = False) -> str:
    """The text of a document. Raises the parts' error, and what shows damage.

    `marked` has what a draft is read for: `> ` before the paragraphs that are set off as quotations, by their style or
    by an indent on the left, and notes as Markdown has them, `[^2]` and `[^2]: ` (`[^e2]` for endnotes).
    """
    lists, styles = _lists(parts)
    page = Page(parts.error)
    _read(parts, TEXT, page, lists, styles, marked=marked)
    for name in _NOTES:
        notes = Page(parts.error)
        _read(parts, name, notes, lists, styles, marked=marked)
        if any(line.strip() for line in notes.lines):
            page.lines += ["", *notes.lines]
    return page.text()


def _lists(parts: Parts) -> tuple[Lists, dict[str, tuple[str, int]]]:
    """The lists of a document by number, and the styles that count: style -> list, level."""
    lists = Lists()
    abstract: dict[str, dict[int, Level]] = defaultdict(dict)
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
            here["level"] = abstract[here["abstract"]][number_of(said.get("ilvl"))] = Level()
        elif (
            tag in {"start", "numFmt", "lvlText"}
            and "level" in here
            and here.get("abstract") is not None
        ):
            level: Level = here["level"]
            if tag == "start":
                level.start = number_of(value)
            elif tag == "numFmt":
                level.form = value
            else:
                level.text = value[:LONGEST_NUMBER]

    parts.read(_NUMBERS, numbering, lambda tag: None)
    styles: dict[str, tuple[str, int]] = {}

    def style(tag: str, said: Attributes) -> None:
        if tag == "style":
            here["style"] = said.get("styleId", "")
        elif tag == "ilvl":
            here["depth"] = number_of(said.get("val"))
        elif tag == "numPr":
            here["depth"] = 0
        elif tag == "numId" and here.get("style"):
            styles[here["style"]] = (said.get("val", ""), here.get("depth", 0))

    parts.read(_STYLES, style, lambda tag: None)
    return lists, styles


def _read(
    parts: Parts,
    name: str,
    page: Page,
    lists: Lists,
    styles: Mapping[str, tuple[str, int]],
    *,
    marked: bool,
) -> None:
    unseen = 0
    taking = False
    counted_as: list[tuple[str, int] | None] = []  # of the paragraphs that are open
    changed: list[str] = []
    set_off: list[bool] = []  # of the paragraphs that are open

    def start(tag: str, said: Attributes) -> None:
        nonlocal unseen, taking
        if unseen or tag in _UNSEEN:
            # `w:del` in the settings of a paragraph says that its end was struck out, and holds nothing.
            unseen += 1
        elif tag == "p":
            page.begin()
            counted_as.append(None)
            set_off.append(False)
        elif tag == "t":
            taking = True
        elif tag == "tr":
            page.begin_row()
        elif tag == "tc":
            page.begin_cell()
        elif tag in _SIGNS and not (tag == "tab" and "val" in said):
            page.add(_SIGNS[tag])
        elif tag == "sym":
            page.add(_symbol(said.get("char", "")))
        elif tag in {"footnoteReference", "endnoteReference"}:
            page.add(_note_mark(tag, said.get("id", ""), marked=marked))
        elif tag in {"footnote", "endnote"}:
            changed.append(said.get("type") or said.get("id", ""))
        elif tag in {"footnoteRef", "endnoteRef"} and changed:
            page.add(_note_mark(tag, changed[-1], marked=marked) + (":" if marked else ""))
        elif counted_as:
            _counts(tag, said.get("val", ""), counted_as, styles)
            set_off[-1] = set_off[-1] or _sets_off(tag, said)

    def end(tag: str) -> None:
        nonlocal unseen, taking
        if unseen:
            unseen -= 1
        elif tag == "p" and counted_as:
            found = counted_as.pop()
            quoted = set_off.pop() and found is None and marked
            page.end(lists.next(found[0], found[0], found[1]) if found else ">" if quoted else "")
        elif tag == "t":
            taking = False
        elif tag == "tr":
            page.end_row()

    def text(data: str) -> None:
        if taking and not unseen:
            page.add(data)

    parts.read(name, start, end, text)


def _counts(
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
        counted_as[-1] = (found[0] if found else "", min(number_of(value), LEVELS))
    elif tag == "numId":
        counted_as[-1] = None if value == "0" else (value, found[1] if found else 0)


def _note_mark(tag: str, name: str, *, marked: bool) -> str:
    """What stands for a note where it is referred to, and before the note itself."""
    if not marked:
        return f"[{name}]"
    return f"[^{'e' if tag.startswith('endnote') else ''}{name}]"


def _sets_off(tag: str, said: Attributes) -> bool:
    """Whether a setting of a paragraph makes a quotation of it."""
    if tag == "pStyle":
        return "quot" in said.get("val", "").lower()
    # A paragraph of which only the first line stands in, or hangs out, is none.
    left = number_of(said.get("left", said.get("start", "")))
    return tag == "ind" and left >= _INDENT and not said.get("hanging")


def _symbol(code: str) -> str:
    """A character of a font of symbols: those of the private area are Latin-1 moved by F000."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return (
        chr(number - 0xF000 if 0xF020 <= number <= 0xF0FF else number) if number < 0x110000 else ""
    )
