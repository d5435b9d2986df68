"""Web archives: the pages in WARC and ARC files, each with its address on the web and the date of its capture.

Owns everything that touches warcio, and how a web server packs what it sends. A WACZ is a .zip with such files in it;
which of its parts have pages is told here too. Must not know what a page looks like.

The sources: ISO 28500 for WARC, RFC 9110 and 9112 for what stands in a record of HTTP, the WACZ specification.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from corpus.web_address import is_web_address
from indexer.errors import ArchiveDamaged, ArchiveOvergrown
from indexer.inputs.compression import Unzstd
from indexer.inputs.containers import (
    BITE,
    About,
    Budget,
    Inside,
    Member,
    Readable,
    bites,
    counted,
    damaged,
    joined,
)
from indexer.inputs.finding import printable
from indexer.page import PassedOver, SetAside

_WHAT = "the web archive"
BESIDE = "parts of a web archive that are no pages"
_CUT = "it ends in the middle of a record"
NO_PAGES = "captures that are no pages"
# How the two kinds begin; an ARC file is what the Internet Archive wrote before there was WARC.
_STARTS = (b"WARC/", b"filedesc://")
# The headers of a record and of its HTTP response have some kilobytes; they are read whole.
_MOST_HEADERS = 1_000_000
# An address of thousands of characters is one that a script made.
_LONGEST_ADDRESS = 2_000

# What a web server calls things that have no text: `image/png`, `text/css`, `application/javascript`.
_NO_PAGE = re.compile(
    r"image/|audio/|video/|font/|text/css|application/(?:x-)?(?:font|javascript|ecmascript|json|wasm|ocsp)|"
    r"text/(?:javascript|ecmascript|json)|application/(?:ld|manifest)\+json",
    re.IGNORECASE,
)
# `text/html; charset=windows-1251`
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
# What is left of `2010-11-28T18:03:01Z` when it is written as web archives write it, 20101128180301.
_NOT_A_DIGIT = re.compile(r"\D+")
_STAMP_DIGITS = 14
_OK = "200"


def recognise(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a web archive."""
    return head.startswith(_STARTS)


def is_packed(names: Iterable[str]) -> bool:
    """Whether a .zip with members of these names is a WACZ."""
    found = list(names)
    return "datapackage.json" in found and any(map(holds_pages, found))


def holds_pages(name: str) -> bool:
    """Whether a part of a WACZ is a web archive; beside those it has indexes, lists of pages, logs."""
    return PurePosixPath(name).parts[:1] == ("archive",)


def records(stream: BinaryIO, address: str, budget: Budget) -> Iterator[Inside]:
    """The pages of a web archive, in its order, as members of it; what is none is counted, damage is set aside.

    `stream` stands at the start of the archive. A page's address is `crawl.warc/20101128180301/http://host/page`.
    Raises `ArchiveOvergrown`, and `ArchiveDamaged` at the end.
    """
    passed: Counter[str] = Counter()
    fault: ArchiveDamaged | None = None
    try:
        yield from _records(stream, address, budget, passed)
    except ArchiveOvergrown:
        raise
    except ArchiveDamaged as error:
        fault = error
    except Exception as error:
        # The library has errors of its own, and others where a record makes no sense.
        fault = damaged(_WHAT, error)
    yield from (PassedOver(address, what, count) for what, count in sorted(passed.items()))
    if fault is not None:
        raise fault


class _Guarded:
    """A stream as warcio wants one, that gives only so much while `left` says so: headers are read whole."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.left: int | None = None

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, fewer at the end."""
        # No more than is there: reading on may come upon damage, which is for later.
        data: bytes = self._stream.read1(size)  # type: ignore[attr-defined]
        if self.left is not None:
            self.left -= len(data)
            if self.left < 0:
                raise ArchiveDamaged(f"{_WHAT} has headers of more than {_MOST_HEADERS:,} bytes")
        return data


def _records(
    stream: BinaryIO, address: str, budget: Budget, passed: Counter[str]
) -> Iterator[Inside]:
    from warcio.archiveiterator import ArchiveIterator

    class Records(ArchiveIterator):  # type: ignore[misc]
        """Without what it prints where a record is longer or shorter than it says."""

        INC_RECORD = ""

    guarded = _Guarded(stream)
    guarded.left = _MOST_HEADERS
    walk = Records(guarded, arc2warc=True)
    for record in walk:
        guarded.left = None
        headers = record.rec_headers
        if record.rec_type is None or headers.get_header("Content-Length") is None:
            raise EOFError(_CUT)
        uri = headers.get_header("WARC-Target-URI") or ""
        stamp = _NOT_A_DIGIT.sub("", headers.get_header("WARC-Date") or "")[:_STAMP_DIGITS]
        place = f"{address}/{stamp or '-'}/{printable(uri[:_LONGEST_ADDRESS])}"
        what = _no_page(record, uri)
        if what is None:
            said = _content_type(record)
            charset = CHARSET.search(said)
            about = About(
                url=uri if is_web_address(uri) else "",
                charset=charset[1] if charset else "",
                among=address,
            )
            body = counted(joined(_body(record)), "this capture", budget)
            if body.peek(1):  # type: ignore[attr-defined]
                yield Member(place, body, about)
            else:
                passed[NO_PAGES] += 1
        elif what:
            passed[what] += 1
        for _ in bites(cast("Readable", record.raw_stream)):
            pass
        if getattr(record.raw_stream, "limit", 0) > 0:
            reason = "the web archive ends in the middle of this capture"
            yield SetAside(place, reason, "take the archive from its source again")
        guarded.left = _MOST_HEADERS
        errors = walk.err_count
        walk.read_to_end()
        if walk.err_count > errors:
            reason = "behind this capture the web archive has something that is no record"
            yield SetAside(place, reason, "take the archive from its source again")
    if walk.next_line:
        # A record began, and the library took the end of the file in its headers for the end of the archive.
        raise EOFError(_CUT)


def _no_page(record: Any, uri: str) -> str | None:
    """What a record is that is no page, None for a page; "" for one that tells of others and is not counted."""
    kind = record.rec_type
    if kind == "revisit":
        return "captures of unchanged pages, revisit records"
    if kind == "continuation":
        return "parts of captures that stand in several records"
    if kind not in {"response", "resource", "conversion"}:
        return ""
    if kind == "response" and record.http_headers is not None:
        status = record.http_headers.get_statuscode()
        if status != _OK:
            return f"captures with the HTTP status {printable(status[:20]) or 'unknown'}"
    # What a crawler keeps for itself (`urn:pageinfo:`, `metadata://`), and what is no page by its protocol (`dns:`).
    if not uri.startswith(("http:", "https:", "ftp:", "file:")):
        return NO_PAGES
    return NO_PAGES if _NO_PAGE.match(_content_type(record).strip()) else None


def _content_type(record: Any) -> str:
    """What a capture is by its own word."""
    if record.http_headers is not None:
        return record.http_headers.get_header("Content-Type") or ""
    return record.rec_headers.get_header("Content-Type") or ""


def _body(record: Any) -> Iterator[bytes]:
    """What the server sent, unpacked."""
    source: Readable = record.raw_stream
    if record.http_headers is None:
        yield from bites(source)
        return
    transfer = record.http_headers.get_header("Transfer-Encoding") or ""
    if "chunked" in transfer.lower():
        from warcio.bufferedreaders import ChunkedDataReader

        source = ChunkedDataReader(source)
    pieces = bites(source)
    coded = record.http_headers.get_header("Content-Encoding") or ""
    # Named in the order in which they were laid on.
    for coding in reversed(coded.lower().split(",")):
        pieces = decoded(pieces, coding.strip())
    yield from pieces


def decoded(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """What comes out of a body that was packed as `coding` says; a body that only claims to be packed as it is."""
    unpack = _UNPACKERS.get(coding)
    if unpack is None:
        yield from pieces
        return
    first = next(pieces, b"")
    started = False
    try:
        for out in unpack(_chain(first, pieces)):
            started = started or bool(out)
            yield out
    except (zlib.error, ValueError):
        if started:
            raise
        yield first
        yield from pieces


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _gunzip(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield from _inflate(pieces, 16 + zlib.MAX_WBITS)


def _deflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """`deflate` is to have a header by the standard; some servers leave it away."""
    first = next(pieces, b"")
    bare = len(first) < 2 or first[0] & 0x0F != 8 or int.from_bytes(first[:2], "big") % 31
    yield from _inflate(_chain(first, pieces), -zlib.MAX_WBITS if bare else zlib.MAX_WBITS)


def _inflate(pieces: Iterator[bytes], bits: int) -> Iterator[bytes]:
    unpack = zlib.decompressobj(bits)
    for piece in pieces:
        data = piece
        while data:
            if unpack.eof:  # several streams, one behind the other
                unpack = zlib.decompressobj(bits)
            yield unpack.decompress(data, BITE)
            rest = unpack.unconsumed_tail or unpack.unused_data
            if len(rest) == len(data):
                break
            data = rest


def _unbrotli(pieces: Iterator[bytes]) -> Iterator[bytes]:
    import brotli

    unpack = brotli.Decompressor()
    for piece in pieces:
        try:
            yield unpack.process(piece, output_buffer_limit=BITE)
            while not unpack.can_accept_more_data() and not unpack.is_finished():
                yield unpack.process(b"", output_buffer_limit=BITE)
        except brotli.error as error:
            raise ValueError(str(error) or "it is no brotli") from error


def _unzstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpack = Unzstd()
    for piece in pieces:
        data = piece
        while data or not (unpack.eof or unpack.needs_input):
            if unpack.eof:
                unpack = Unzstd()
            yield unpack.decompress(data, BITE)
            data = unpack.unused_data if unpack.eof else b""


# Names of RFC 9110 and of the register of IANA.
_UNPACKERS = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflated,
    "br": _unbrotli,
    "zstd": _unzstd,
}
