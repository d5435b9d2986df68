"""From a file to a page: its bytes, decoded, or the reason why they are no page.

The only place of this room that opens an input. What a file is, is told by its content and never by its name. Must
not know what a cable is.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from dataclasses import dataclass
from itertools import islice

from corpus.model import Problem
from indexer.finding import PageFile, unreadable
from indexer.page import Markup, RawPage, SetAside

# The longest telegrams fill some hundred kilobytes; a page of this size is a dump or a mistake. Bytes.
MAX_PAGE_BYTES = 20_000_000

# How a file starts that is no text: its first bytes, what to call it, what to do about it.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", "save its text as a text file"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save its text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
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
# The mark that a Unicode text may start with; the four-byte marks start with the two-byte ones, so they stand first.
_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)

# What a page of markup starts with: `<!DOCTYPE html>`, `<html lang="en">`, `<?xml version="1.0"?>`, `<!-- saved -->`.
# A telegram never starts with a `<`.
_STARTS_AS_MARKUP = re.compile(
    r"\s*<(?:[A-Za-z][A-Za-z0-9:-]*[\s/>]|!DOCTYPE\b|!--|\?xml\b)", re.IGNORECASE
)
# The elements that a piece of a page has although its beginning is lost: `...</td></tr><br>`, `</p>`.
_HOLDS_MARKUP = re.compile(
    r"</(?:html|body|head|div|p|pre|table|tr|td|span|a)\s*>|<br\s*/?>", re.IGNORECASE
)
# A text that quotes one address as `<a href=...>...</a>` is still a text; a page has an element every few lines.
_FEW_ELEMENTS = 3

# Control characters that no text has: all of ASCII's but tab, line feed, form feed, carriage return, escape and the
# substitute that ended files once. A NUL alone makes a file binary, others do by their number.
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\x1b\x1a")
_CONTROL_SHARE = 0.05

# In a damaged UTF-8 text the sound multi-byte characters outnumber the stray bytes; a text in Windows-1252 has hardly
# a pair of accented letters that happens to be one. `\xc3\xa9` is é.
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_STRAY_BYTES = "cablegram-stray-bytes"

# `<meta charset="windows-1251">`, `<meta http-equiv=Content-Type content="text/html; charset=koi8-r">`. Latin-1 is not
# in it: pages that declare it are in Windows-1252, as every browser knows.
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?"
    rb"(windows-125\d|iso-8859-(?!1\b)\d\d?|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-jp|euc-kr)\b",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4_096


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file and their SHA-256, in hexadecimal."""

    data: bytes
    digest: str
    address: str


def read(file: PageFile, limit: int = MAX_PAGE_BYTES) -> RawPage | SetAside:
    """The page in a file of at most `limit` bytes, or why there is none."""
    content = load(file, limit)
    return content if isinstance(content, SetAside) else decode(content)


def load(file: PageFile, limit: int = MAX_PAGE_BYTES) -> Content | SetAside:
    """The bytes of a file. Never reads more than `limit` of them, and never waits for a pipe."""
    address = file.address
    try:
        status = file.path.stat()
        if not stat.S_ISREG(status.st_mode):
            return SetAside(address, "it is no regular file", "save what it gives to a file")
        if status.st_size > limit:
            return _too_large(address, status.st_size, limit)
        with file.path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        return unreadable(address, error)
    if len(data) > limit:  # it grew meanwhile
        return _too_large(address, len(data), limit)
    return Content(data, hashlib.sha256(data).hexdigest(), address)


def decode(content: Content) -> RawPage | SetAside:
    """The text of a page; what had to be guessed or repaired is a problem of the page."""
    data, address = content.data, content.address
    if not data.strip():
        reason = "the file holds nothing but white space" if data else "the file is empty"
        return SetAside(address, reason, "save the page again")
    for signature, name, advice in _SIGNATURES:
        if data.startswith(signature):
            return SetAside(address, f"it is {name}, not a page", advice)
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if encoding in {"utf-16", "utf-32"}:
        text, problems = _decode_marked(data, encoding)
    else:
        binary = _binary(address, data)
        if binary is not None:
            return binary
        text, problems = _decode_bytes(data)
    return RawPage(text, address, _markup(text), content.digest, problems)


def _too_large(address: str, size: int, limit: int) -> SetAside:
    return SetAside(
        address,
        f"the file has {size:,} bytes, more than the {limit:,} that a page may have",
        "split it, or allow more with --max-page-size",
    )


def _binary(address: str, data: bytes) -> SetAside | None:
    at = data.find(b"\x00")
    if at < 0:
        controls = len(data) - len(data.translate(None, _CONTROLS))
        if controls <= len(data) * _CONTROL_SHARE:
            return None
        at = next(index for index, byte in enumerate(data) if byte in _CONTROLS)
    return SetAside(
        address,
        "it is a binary file, not a page",
        "leave it out, or save its text as UTF-8",
        line=_line(data, at),
    )


def _decode_marked(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        message = (
            f"some bytes are not {encoding.upper()} and were replaced by the replacement character"
        )
        return text, (Problem("encoding", message, line),)


def _decode_bytes(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
    sound = len(_UTF8_CHARACTER.findall(data))
    stray = len(_NOT_ASCII.findall(_UTF8_CHARACTER.sub(b"", data)))
    if sound > stray:
        message = f"bytes that are not UTF-8 were read as Windows-1252: {stray}"
        return data.decode("utf-8-sig", _STRAY_BYTES), (Problem("encoding", message, line),)
    declared = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    names = (declared[1].decode("ascii").lower(),) if declared else ()
    for name in (*names, "windows-1252"):
        try:
            text = data.decode(name)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    else:
        text, name = data.decode("latin-1"), "latin-1"
    return text, (Problem("encoding", f"the page is not UTF-8 and was read as {name}", line),)


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: the byte that is not UTF-8, read as Windows-1252 (Latin-1 where that has none)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.start + 1]
    try:
        return stray.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return stray.decode("latin-1"), error.start + 1


codecs.register_error(_STRAY_BYTES, _stray_byte)


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _markup(text: str) -> Markup:
    if _STARTS_AS_MARKUP.match(text):
        return "html"
    elements = list(islice(_HOLDS_MARKUP.finditer(text), _FEW_ELEMENTS))
    return "html" if len(elements) == _FEW_ELEMENTS else "text"
