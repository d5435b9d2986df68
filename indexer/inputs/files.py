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
from io import BufferedReader, RawIOBase
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal, cast

from indexer.errors import ArchiveDamaged, ArchiveOvergrown, NotACable
from indexer.inputs import (
    archives,
    catalogue,
    dump,
    jsonl,
    mail,
    mail_parts,
    markdown,
    pdf,
    tables,
    web_archives,
)
from indexer.inputs.archives import archive_kind, members
from indexer.inputs.containers import (
    NOTHING_SAID,
    About,
    Budget,
    Inside,
    Member,
    set_damaged_aside,
)
from indexer.inputs.costs import too_costly, too_long
from indexer.inputs.encodings import decode_text, encoding_of_mark, unmarked_utf16
from indexer.inputs.finding import STANDARD_INPUT, PageFile, is_markdown, unread, unreadable
from indexer.inputs.jsonl import Exported
from indexer.inputs.kinds import known_kind
from indexer.page import Markup, PassedOver, RawPage, SetAside
from indexer.sources import frus

# The longest telegrams fill some hundred kilobytes; a page of this size is a mistake. Bytes. Rows of a dump, lines of
# an export and members of an archive are held to it too.
MAX_PAGE_BYTES = 20_000_000
# A container in a container in a container; a .tar.gz is two of them, a WACZ three, with what is in a capture four.
MOST_DEPTH = 6

# What is enough of a file to see what it is.
_HEAD = 1 << 16

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

Item = RawPage | Exported | SetAside | PassedOver
Container = archives.Kind | mail.Kind | Literal["web archive"]
Page = RawPage | SetAside | PassedOver


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a page and their SHA-256, in hexadecimal; `about` is what its container says of it."""

    data: bytes
    digest: str
    address: str
    about: About = NOTHING_SAID


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
            about = About(among=file.address) if file.by_chance else NOTHING_SAID
            for item in _items(cast("BinaryIO", stream), file.address, limit, budget, about):
                if position is not None:
                    position.bytes = stream.tell()
                yield item
    except ArchiveOvergrown as error:
        yield SetAside(
            file.address, str(error), "what came out before was read; unpack it if you trust it"
        )
    except FileNotFoundError as error:
        yield unreadable(file.address, error)
    except (OSError, MemoryError) as error:
        # Its bytes were read a moment ago, for its digest: it is the machine that fails.
        yield unread(file.address, error)


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
    return _container(head) is not None or _is_table(head) or jsonl.recognise(head)


def _container(head: bytes) -> Container | None:
    """Which container a file is that starts with these bytes, None for none."""
    kind = archive_kind(head)
    if kind is not None:
        return kind
    return "web archive" if web_archives.recognise(head) else mail.recognise(head)


def _inside(
    stream: BinaryIO, kind: Container, address: str, about: About, budget: Budget
) -> Iterator[Inside]:
    if kind == "web archive":
        return web_archives.records(stream, address, budget)
    if kind == "mailbox":
        return mail.messages(stream, address)
    if kind == "mail":
        return mail_parts.parts(stream, address, about, budget)
    return members(stream, kind, address, budget)


def _is_table(head: bytes) -> bool:
    return (
        dump.recognise(head)
        or isinstance(tables.recognise(head), tables.Table)
        or catalogue.recognise(head)
    )


def _items(
    stream: BinaryIO, address: str, limit: int, budget: Budget, about: About, depth: int = 0
) -> Iterator[Item]:
    head = cast("BufferedReader", stream).peek(_HEAD)
    kind = _container(head)
    if kind is not None and depth == MOST_DEPTH:
        yield SetAside(address, f"it is a container inside {depth} others", "unpack the outer ones")
    elif kind is not None:
        yield from _parts(stream, kind, address, limit, budget, about, depth)
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
    elif jsonl.looks_like_json(head) and about.among:
        yield PassedOver(about.among, web_archives.NO_PAGES)
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
        content = Content(data, hashlib.sha256(data).hexdigest(), address, about)
        yield from _checked(decode(content))


def _parts(
    stream: BinaryIO,
    kind: Container,
    address: str,
    limit: int,
    budget: Budget,
    about: About,
    depth: int,
) -> Iterator[Item]:
    """What the parts of a container hold; of a damaged one how many parts were read."""
    whole = 0
    try:
        for inside in _inside(stream, kind, address, about, budget):
            if not isinstance(inside, Member):
                yield _placed(inside, about)
                continue
            said = inside.about or about
            if not said.among and is_markdown(inside.address):
                said = replace(said, among=inside.address)
            part = _peekable(inside.stream)
            try:
                yield from _items(part, inside.address, limit, budget, said, depth + 1)
                whole += 1
            except ArchiveDamaged as error:
                yield set_damaged_aside(inside.address, error)
    except ArchiveDamaged as error:
        yield set_damaged_aside(address, error, whole)


def _peekable(stream: BinaryIO) -> BinaryIO:
    """A stream that one can look into without reading on."""
    return (
        stream
        if hasattr(stream, "peek")
        else cast("BinaryIO", BufferedReader(cast("RawIOBase", stream), _HEAD))
    )


def _checked(page: Page) -> Iterator[Item]:
    """A page that can be read at a reasonable cost, or why not; a volume as its documents."""
    if not isinstance(page, RawPage):
        yield page
    elif frus.recognise(page.text):
        yield from _documents(page)
    elif page.markup == "html":
        yield too_costly(page) or page
    else:
        yield too_long(page) or page


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


def decode(content: Content) -> Page:
    """The text of a page; what had to be guessed or repaired is a problem of the page."""
    data, address, about = content.data, content.address, content.about
    if not data.strip():
        reason = "the file holds nothing but white space" if data else "the file is empty"
        return SetAside(address, reason, "save the page again")
    if pdf.recognise(data):
        return _placed(pdf.read_document(data, address, content.digest), about)
    if (kind := known_kind(data)) is not None:
        if content.about.among and not kind.holds_text:
            return PassedOver(content.about.among, web_archives.NO_PAGES)
        return SetAside(address, f"it is {kind.name}, not a page", kind.advice)
    wide = encoding_of_mark(data) in {"utf-16", "utf-32"} or unmarked_utf16(data) is not None
    binary = None if wide else _binary(address, data)
    if binary is not None:
        return binary
    text, problems = decode_text(data, about.charset)
    markup = _markup(text)
    if markup == "text" and is_markdown(address):
        text = markdown.plain_text(text)
        # A note has its writer's words around the cable, as a mail does.
        about = replace(about, mail=True)
    page = RawPage(text, address, markup, content.digest, problems)
    return _placed(page, about)


def _placed(page: Page, about: About) -> Page:
    """A page with what its container says of it."""
    if isinstance(page, RawPage) and about != NOTHING_SAID:
        return replace(page, url=about.url, among=about.among, mail=about.mail)
    return page


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
