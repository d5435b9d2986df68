"""From a file to what it holds: pages, cables that were exported, and whatever is set aside, with the reason.

The only place of this room that opens an input. What a file is, is told by its content and never by its name: an
archive, a dump, an export, a volume of documents, or a page. All but a page are read as streams. Must not know what a
cable is.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from indexer.errors import ArchiveDamaged, ArchiveOvergrown, NotACable
from indexer.inputs import catalogue, dump, jsonl, pdf, tables
from indexer.inputs.archives import Budget, Member, archive_kind, members, set_damaged_aside
from indexer.inputs.encodings import decode_text, encoding_of_mark, unmarked_utf16
from indexer.inputs.finding import STANDARD_INPUT, PageFile, unreadable
from indexer.inputs.jsonl import Exported
from indexer.page import Markup, PassedOver, RawPage, SetAside
from indexer.sources import frus

# The longest telegrams fill some hundred kilobytes; a page of this size is a mistake. Bytes. Rows of a dump, lines of
# an export and members of an archive are held to it too.
MAX_PAGE_BYTES = 20_000_000
# An archive in an archive in an archive; a .tar.gz is two of them.
MOST_DEPTH = 4

# What is enough of a file to see what it is.
_HEAD = 1 << 16

# How a file starts that is no text: its first bytes, what to call it, what to do about it.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it"),
    (b"\x89PNG\r\n", "a PNG picture", "save the text that it shows"),
    (b"\xff\xd8\xff", "a JPEG picture", "save the text that it shows"),
    (b"GIF8", "a GIF picture", "save the text that it shows"),
    (b"II*\x00", "a TIFF picture", "save the text that it shows"),
    (b"MM\x00*", "a TIFF picture", "save the text that it shows"),
    (b"RIFF", "a picture, a sound or a film", "save the text that it shows"),
    (b"{\\rtf", "an RTF document", "save its text as a text file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", "save its text as a text file"),
    (b"SQLite format 3\x00", "an SQLite database", "export its pages"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"MZ\x90\x00", "a program", "leave it out"),
)

# What a page of markup starts with: `<!DOCTYPE html>`, `<html lang="en">`, `<?xml version="1.0"?>`, `<!-- saved -->`.
# A telegram never starts with a `<`.
_STARTS_AS_MARKUP = re.compile(
    r"\s*+<(?:[A-Za-z][A-Za-z0-9:-]*[\s/>]|!DOCTYPE\b|!--|\?xml\b)", re.IGNORECASE
)
# The elements that a piece of a page has although its beginning is lost: `...</td></tr><br>`, `</p>`.
_HOLDS_MARKUP = re.compile(
    r"</(?:html|body|head|div|p|pre|table|tr|td|span|a)\s*+>|<br\s*+/?>", re.IGNORECASE
)
# A text that quotes one address as `<a href=...>...</a>` is still a text; a page has an element every few lines.
_FEW_ELEMENTS = 3

# Control characters that no text has: all of ASCII's but tab, line feed, form feed, carriage return, escape and the
# substitute that ended files once. They make a file binary by their number, NULs by a smaller one: a few are damage.
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\x1b\x1a")
_CONTROL_SHARE = 0.05
_NUL_SHARE = 0.01

# What reading a page of markup may cost. The library that reads it goes to the end of the page for each tag or comment
# that is opened and never closed; so many characters may be looked at in vain, which takes a few seconds. And it keeps
# a kilobyte for each element; real pages have some thousands.
_MOST_IN_VAIN = 100_000_000
_MOST_ELEMENTS = 300_000
# Each reference to a character (`&#x000A;`, `&lt;`) is a piece of text to it.
_MOST_ENTITIES = 1_000_000
# A text's line is held as a line, as its words and as a paragraph at once: fifteen times its length in memory. A whole
# telegram collapsed into one has some hundred thousand characters.
_LONGEST_LINE = 10_000_000
# What is opened, and what closes it.
_COMMENTS = (("<!--", "-->"), ("<![", "]>"))

Item = RawPage | Exported | SetAside | PassedOver


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a page and their SHA-256, in hexadecimal."""

    data: bytes
    digest: str
    address: str


def fingerprint(file: PageFile, limit: int = MAX_PAGE_BYTES) -> str | SetAside:
    """The SHA-256 of a file's bytes, in hexadecimal, or why there can't be a page in it.

    Reads it as a stream, and not at all where it is too large for a page and nothing else.
    """
    try:
        with _opened(file) as stream:
            if isinstance(stream, SetAside):
                return stream
            size = os.fstat(stream.fileno()).st_size
            if size > limit and not _is_streamed(stream.peek(_HEAD)):
                return _too_large(file.address, f"the file has {size:,} bytes", limit)
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return unreadable(file.address, error)


@dataclass(slots=True)
class Position:
    """How many bytes of a file were read."""

    bytes: int = 0


def read(
    file: PageFile, limit: int = MAX_PAGE_BYTES, position: Position | None = None
) -> Iterator[Item]:
    """What a file holds, in its order; `limit` is the largest page in bytes. Nothing is raised.

    `position` is kept at where the reading is.
    """
    try:
        with _opened(file) as stream:
            if isinstance(stream, SetAside):
                yield stream
                return
            budget = Budget(os.fstat(stream.fileno()).st_size)
            for item in _items(cast("BinaryIO", stream), file.address, limit, budget):
                if position is not None:
                    position.bytes = stream.tell()
                yield item
    except ArchiveOvergrown as error:
        yield SetAside(
            file.address, str(error), "what came out before was read; unpack it if you trust it"
        )
    except OSError as error:
        yield unreadable(file.address, error)


@contextmanager
def standard_input() -> Iterator[PageFile]:
    """What comes in at standard input, kept in a temporary file as long as it is needed."""
    with tempfile.NamedTemporaryFile(prefix="cablegram-") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        copy.seek(0)
        digest = hashlib.file_digest(copy, "sha256").hexdigest()
        yield PageFile(Path(copy.name), "standard input", f"{STANDARD_INPUT} {digest}")


@contextmanager
def _opened(file: PageFile) -> Iterator[BufferedReader | SetAside]:
    """A file as a stream. Never waits for a pipe."""
    if not stat.S_ISREG(file.path.stat().st_mode):
        yield SetAside(file.address, "it is no regular file", "save what it gives to a file")
        return
    with file.path.open("rb", buffering=_HEAD) as stream:
        yield cast("BufferedReader", stream)


def _is_streamed(head: bytes) -> bool:
    return archive_kind(head) is not None or _is_table(head) or jsonl.recognise(head)


def _is_table(head: bytes) -> bool:
    return (
        dump.recognise(head)
        or isinstance(tables.recognise(head), tables.Table)
        or catalogue.recognise(head)
    )


def _items(
    stream: BinaryIO, address: str, limit: int, budget: Budget, depth: int = 0
) -> Iterator[Item]:
    head = cast("BufferedReader", stream).peek(_HEAD)
    kind = archive_kind(head)
    if kind is not None and depth == MOST_DEPTH:
        yield SetAside(address, f"it is an archive inside {depth} others", "unpack the outer ones")
    elif kind is not None:
        for inside in members(stream, kind, address, budget):
            if not isinstance(inside, Member):
                yield inside
                continue
            try:
                yield from _items(inside.stream, inside.address, limit, budget, depth + 1)
            except ArchiveDamaged as error:
                yield set_damaged_aside(inside.address, error)
    elif (dialect := dump.dialect_of(head)) is not None:
        days_first = dump.day_first(head)
        yield from dump.read_rows(stream, address, limit, dialect, days_first=days_first)
    elif jsonl.recognise(head):
        yield from jsonl.read_lines(stream, address, limit)
    elif isinstance(table := tables.recognise(head), SetAside):
        yield replace(table, address=address)
    elif table is not None:
        yield from tables.read_rows(stream, address, limit, table)
    elif catalogue.recognise(head):
        yield from catalogue.read_rows(stream, address, limit)
    elif jsonl.looks_like_json(head):
        yield SetAside(
            address,
            "it is JSON, but not of cables",
            "give cables as `cablegram export` writes them",
        )
    else:
        data = stream.read(limit + 1)
        if len(data) > limit:
            yield _too_large(address, f"it has more than {limit:,} bytes", limit)
            return
        page = decode(Content(data, hashlib.sha256(data).hexdigest(), address))
        if isinstance(page, RawPage) and frus.recognise(page.text):
            yield from _documents(page)
        elif isinstance(page, RawPage) and page.markup == "html":
            yield _too_costly(page) or page
        elif isinstance(page, RawPage):
            yield _too_long(page) or page
        else:
            yield page


def _documents(volume: RawPage) -> Iterator[Item]:
    """The telegrams of a volume, a page each; what else is in it is counted."""
    documents = frus.documents(volume.text, volume.address)
    try:
        for page in documents:
            yield replace(page, problems=volume.problems + page.problems)
    except NotACable as error:
        yield SetAside(volume.address, error.reason, error.advice, error.line)
    if documents.others:
        yield PassedOver(volume.address, "documents that are no telegrams", documents.others)


def decode(content: Content) -> RawPage | SetAside:
    """The text of a page; what had to be guessed or repaired is a problem of the page."""
    data, address = content.data, content.address
    if not data.strip():
        reason = "the file holds nothing but white space" if data else "the file is empty"
        return SetAside(address, reason, "save the page again")
    if data.startswith(pdf.SIGNATURE):
        return pdf.read_document(data, address, content.digest)
    for signature, name, advice in _SIGNATURES:
        if data.startswith(signature):
            return SetAside(address, f"it is {name}, not a page", advice)
    wide = encoding_of_mark(data) in {"utf-16", "utf-32"} or unmarked_utf16(data) is not None
    binary = None if wide else _binary(address, data)
    if binary is not None:
        return binary
    text, problems = decode_text(data)
    return RawPage(text, address, _markup(text), content.digest, problems)


def _too_costly(page: RawPage) -> SetAside | None:
    """Why a page of markup is not read, if it was made to hurt or is badly broken."""
    text = page.text
    elements = text.count("<")
    if elements > _MOST_ELEMENTS:
        reason = f"its markup has {elements:,} elements, more than {_MOST_ELEMENTS:,}"
        return SetAside(page.address, reason, "save it as text")
    entities = text.count("&")
    if entities > _MOST_ENTITIES:
        reason = f"its markup has {entities:,} character references, more than {_MOST_ENTITIES:,}"
        return SetAside(page.address, reason, "save it as text")
    in_vain = sum(piece.count("<") * len(piece) for piece in text.split(">"))
    for opened, closed in _COMMENTS:
        end = text.rfind(closed) + 1
        in_vain += text.count(opened, end) * (len(text) - end)
    if in_vain > _MOST_IN_VAIN:
        reason = "its markup is broken: too many tags or comments are opened and never closed"
        return SetAside(page.address, reason, "save it again, or as text")
    return None


def _too_long(page: RawPage) -> SetAside | None:
    """Why a text is not read that has a line like no telegram's."""
    start = line = 0
    while len(page.text) - start > _LONGEST_LINE:
        line += 1
        end = page.text.find("\n", start)
        size = (end if end >= 0 else len(page.text)) - start
        if size > _LONGEST_LINE:
            reason = f"its line has {size:,} characters, more than {_LONGEST_LINE:,}"
            return SetAside(page.address, reason, "break it into lines", line)
        start = end + 1
    return None


def _too_large(address: str, what: str, limit: int) -> SetAside:
    reason = f"{what}, and a page may have {limit:,}"
    return SetAside(address, reason, "split it, or allow more with --max-page-size")


def _binary(address: str, data: bytes) -> SetAside | None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    nuls = data.count(0)
    if controls <= len(data) * _CONTROL_SHARE and nuls <= len(data) * _NUL_SHARE:
        return None
    at = next(index for index, byte in enumerate(data) if byte in _CONTROLS)
    return SetAside(
        address,
        "it is a binary file, not a page",
        "leave it out, or save its text as UTF-8",
        line=data.count(b"\n", 0, at) + 1,
    )


def _markup(text: str) -> Markup:
    if _STARTS_AS_MARKUP.match(text):
        return "html"
    elements = list(islice(_HOLDS_MARKUP.finditer(text), _FEW_ELEMENTS))
    return "html" if len(elements) == _FEW_ELEMENTS else "text"
