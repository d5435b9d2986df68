"""A draft as paragraphs: from a file or pasted text, plain, Markdown or Word.

Owns what a paragraph of a draft is, which of them are set off as quotations, and which are footnotes. Must not know
cables or an index.

- `>` sets lines off, and so does an indent deeper than that of most paragraphs. An indented first line does not, nor
  an indented line of a few words, which is a title.
- `[^1]: ...`, `[1] ...` and `¹ ...` at the start of a line are footnotes; indented paragraphs behind go on with them.
- Wrapped lines are joined; a word that a hyphen parts at the end of a line is one word again. A long line is a
  paragraph by itself, as programs copy it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import IO

from search.documents import word
from search.documents.errors import Unreadable
from search.documents.office_text import Parts

# Lines as long as this are not wrapped: each is a paragraph. Characters.
_UNWRAPPED = 160
# What an indent must be deeper than the rest by to set a paragraph off, in blanks, and how many words it must have.
_DEEPER = 2
_FEWEST_WORDS = 6
_TAB = 4

# `> The lamp`, `> > The lamp`: quoted in Markdown and in mail.
_QUOTED = re.compile(r" {0,3}(?:> ?)+")
# `[^1]: See 06PARIS12`, `[^e2]:See`, `[3] See`: a footnote; `¹ See`: one with its raised number.
_NOTE = re.compile(r" {0,3}(?:\[\^(?P<name>[\w-]{1,20})\]:|\[(?P<number>[0-9]{1,4})\]:?)\s*")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_NOTE = re.compile(rf" {{0,3}}(?P<number>[{_RAISED}]{{1,4}})\s*(?=\S)")
_DIGITS = str.maketrans(_RAISED, "0123456789")
# `- item`, `* item`, `12. item`, `3) item`: an item of a list is a paragraph.
_ITEM = re.compile(r"\s*(?:[-*•–]\s+|[0-9]{1,3}[.)]\s+)(?=\S)")
# `## Title`
_HEADING = re.compile(r" {0,3}#{1,6}\s+")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})[^`]*$")
# `minis-` with `ter` on the next line: one word that a line end parts.
_PARTED = re.compile(r"(?<=[^\W\d_])[-‐¬\u00ad]$")
_SOFT_HYPHEN = "\u00ad"

# Word writes so much around each character of a text at most, and something around none.
_BYTES_A_CHARACTER = 100
_PDF, _ZIP, _RTF = b"%PDF-", b"PK\x03\x04", b"{\\rtf"
_WORD_97 = b"\xd0\xcf\x11\xe0"
_WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_PASTE = "paste its text, or save it as a text file or as .docx"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a draft, its lines joined by blanks. `line` is its first line, from 1.

    `set_off` if it is a quotation by its form, `note` the mark of the footnote it is or belongs to, "" if none.
    `begins` are the places in its text where its further lines begin, each with its number.
    """

    text: str
    line: int
    set_off: bool = False
    note: str = ""
    begins: tuple[tuple[int, int], ...] = ()

    def line_at(self, place: int) -> int:
        """The line in which that place of its text stands."""
        return next(
            (number for begin, number in reversed(self.begins) if begin <= place), self.line
        )


def read_draft(data: bytes, most: int | None = None) -> tuple[Block, ...]:
    """The paragraphs of a file: a text in any usual encoding, Markdown, or a Word document (.docx).

    `most` is how many characters a draft may have, None for any number. Raises `TooLong` for more, and `Unreadable` for
    any other kind of file, and for a damaged one, with what to do.
    """
    if data.startswith(_ZIP):
        return blocks_of(_short_enough(_word_text(data, most), most), wrapped=False)
    for sign, kind in ((_PDF, "a PDF"), (_RTF, "an RTF file"), (_WORD_97, "an old Word file")):
        if data.startswith(sign):
            raise Unreadable(f"it is {kind}", advice=_PASTE)
    if _WEB_PAGE.match(data):
        raise Unreadable("it is a web page", advice=_PASTE)
    return blocks_of(_short_enough(_decoded(data), most))


class TooLong(Unreadable):
    """A draft with more characters than it may have."""


def _short_enough(text: str, most: int | None) -> str:
    if most is not None and len(text) > most:
        raise TooLong(f"it has more than {most:,} characters")
    return text


class _Bounded:
    """A part of a document, of which no more is unpacked than a draft of so many characters needs."""

    def __init__(self, source: IO[bytes], most: int) -> None:
        self._source = source
        self._most = most
        self._left = most * _BYTES_A_CHARACTER

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TooLong(f"it has more than {self._most:,} characters")
        return data


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise Unreadable("it is no text", advice=_PASTE)
    else:
        # Windows-1252 leaves a few bytes open, Latin-1 none.
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("its text is cut in the middle of a character", advice=_PASTE)


def _word_text(data: bytes, most: int | None) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if word.TEXT not in archive.namelist():
                raise Unreadable("it is an archive and no Word document", advice=_PASTE)
            counted = None if most is None else partial(_Bounded, most=most)
            return word.word_text(Parts(archive, counted=counted), marked=True)
    except TooLong:
        raise
    except Unreadable as error:
        if error.advice == _PASTE:
            raise
        raise Unreadable(f"the document is damaged ({error.reason})", advice=_PASTE) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        fault = " ".join(str(error).split())[:200] or type(error).__name__
        raise Unreadable(f"the document is damaged ({fault})", advice=_PASTE) from error


@dataclass(slots=True)
class _Open:
    """A paragraph that lines are still added to. `first` and `rest` are the indents of its lines, in blanks."""

    line: int
    set_off: bool
    note: str
    item: bool
    indents: list[int] = field(default_factory=list)
    text: str = ""
    begins: list[tuple[int, int]] = field(default_factory=list)

    def add(self, line: str, indent: int, number: int) -> None:
        self.indents.append(indent)
        if not self.text:
            self.text = line
            return
        if _PARTED.search(self.text) and line[:1].islower():
            self.text = _PARTED.sub(_SOFT_HYPHEN, self.text)
        else:
            self.text += " "
        self.begins.append((len(self.text), number))
        self.text += line


def blocks_of(text: str, *, wrapped: bool = True) -> tuple[Block, ...]:
    """The paragraphs of a text; without `wrapped` each line is one."""
    found: list[_Open] = []
    current: _Open | None = None
    note = ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    for number, raw in enumerate(lines, start=1):
        line = raw.expandtabs(_TAB).replace("\u00a0", " ").rstrip()
        if not line or _FENCE.match(line):
            current = None
            continue
        quoted = _QUOTED.match(line)
        line = line[quoted.end() :] if quoted else line
        if not line.strip():
            current = None
            continue
        indent = len(line) - len(line.lstrip())
        mark = None if quoted else _NOTE.match(line) or _RAISED_NOTE.match(line)
        if mark:
            note = (mark.groupdict().get("name") or mark["number"]).translate(_DIGITS)
            line = line[mark.end() :]
        elif current is None and not (note and indent >= _DEEPER):
            note = ""
        item = bool(_ITEM.match(line))
        heading = _HEADING.match(line)
        alone = not wrapped or bool(heading) or len(line) >= _UNWRAPPED
        if current is None or mark or item or alone or bool(quoted) != current.set_off:
            current = _Open(number, bool(quoted), note, item or bool(mark))
            found.append(current)
        current.add((line[heading.end() :] if heading else line).strip(), indent, number)
        if alone:
            current = None
    return tuple(_closed(found))


def _closed(found: list[_Open]) -> list[Block]:
    usual: Counter[int] = Counter()
    for each in found:
        if not (each.set_off or each.item or each.note):
            usual[min(each.indents)] += 1
    base = min(usual, key=lambda indent: (-usual[indent], indent), default=0)
    return [
        Block(
            each.text,
            each.line,
            each.set_off or _stands_in(each, base),
            each.note,
            tuple(each.begins),
        )
        for each in found
        if each.text
    ]


def _stands_in(block: _Open, base: int) -> bool:
    return (
        not (block.item or block.note)
        and min(block.indents) >= base + _DEEPER
        and len(block.text.split()) >= _FEWEST_WORDS
    )
