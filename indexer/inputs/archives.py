"""Archives: what is inside a .zip, a .tar, a .gz, ..., as streams, without ever writing a name of theirs to the disk.

Owns the recognition of archives by their first bytes and the walk through one. What they may cost is told by
`indexer.inputs.containers`. Must not know what the members are; `indexer.inputs.files` does, and comes back here for an
archive inside an archive.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal, cast

from indexer.inputs import cut_zip, office, seven_zip, web_archives
from indexer.inputs.compression import (
    DICTIONARY_FRAME,
    FRAME_HEADER,
    MOST_DICTIONARY,
    Dictionary,
    Unzstd,
)
from indexer.inputs.containers import (
    BITE,
    DAMAGE,
    Budget,
    Inside,
    Member,
    Readable,
    counted,
    damaged,
    joined,
    named,
    seekable,
    set_damaged_aside,
)
from indexer.page import PassedOver, SetAside

Kind = Literal["ZIP", "tar", "gzip", "bzip2", "xz", "Zstandard", "7z"]

# How the archives start. A .tar has its mark behind the first member's name.
_SIGNATURES: tuple[tuple[bytes, int, Kind], ...] = (
    (b"PK\x03\x04", 0, "ZIP"),
    (b"PK\x05\x06", 0, "ZIP"),  # with nothing in it
    (b"PK\x07\x08PK\x03\x04", 0, "ZIP"),  # in several parts, of which there is one
    (b"\x1f\x8b", 0, "gzip"),
    (b"BZh", 0, "bzip2"),
    (b"\xfd7zXZ\x00", 0, "xz"),
    (b"\x28\xb5\x2f\xfd", 0, "Zstandard"),
    (DICTIONARY_FRAME, 0, "Zstandard"),
    (seven_zip.SIGNATURE, 0, "7z"),
    (b"ustar", 257, "tar"),
)

# The list of a .zip's members is held in memory, some 600 bytes for each; so many bytes list about 300,000.
_MOST_LISTING = 32_000_000
# The headers of a .tar are read whole; real ones have some hundred bytes.
_MOST_AT_ONCE = 1 << 17
# An .xz says how much memory unpacking it takes; its tightest setting asks for 65 MB. Bytes.
_MOST_XZ_MEMORY = 1 << 28

# What says where a .zip's list is, at its end: bytes 12 to 16 of the one, 40 to 48 of the one for large files.
_LISTING_NOTE, _LARGE_LISTING_NOTE = b"PK\x05\x06", b"PK\x06\x06"
_NOTES_WITHIN = 66_000
# The ways in which a .zip packs that need little memory to unpack.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_ENCRYPTED = 1  # the bit that says so


def archive_kind(head: bytes) -> Kind | None:
    """Which archive a file is that starts with these bytes (the first 512 are enough), None if it is none."""
    found = (kind for mark, at, kind in _SIGNATURES if head.startswith(mark, at))
    return next(found, None)


def members(stream: BinaryIO, kind: Kind, address: str, budget: Budget) -> Iterator[Inside]:
    """What is in an archive, in its order; folders and hidden files are left out, documentation is passed over.

    `stream` stands at the archive's start. A member's address is `archive.zip/inner/page.html`; what a .gz holds has
    the address of the .gz. Raises `ArchiveOvergrown`, and `ArchiveDamaged` when what stands whole was given.
    """
    what = f"the {kind} archive"
    try:
        if kind == "ZIP":
            yield from _in_zip(stream, address, budget)
        elif kind == "tar":
            yield from _in_tar(stream, address, budget)
        elif kind == "7z":
            yield from seven_zip.members(stream, address, budget)
        else:
            yield Member(address, counted(_unpacked(stream, kind), what, budget))
    except DAMAGE as error:
        raise damaged(what, error) from error


def _unpacked(stream: BinaryIO, kind: Kind) -> Readable:
    """The one stream that is in a .gz, a .bz2, an .xz or a .zst."""
    if kind == "gzip":
        return cast("Readable", gzip.GzipFile(fileobj=stream))
    if kind == "bzip2":
        return bz2.BZ2File(stream)
    return joined(_frames(stream, kind))


def _frames(stream: BinaryIO, kind: Kind) -> Iterator[bytes]:
    """What comes out of an .xz or a .zst, whose parts stand one behind the other, a bite at a time.

    How much memory one may take is bounded: by us for xz, by the library for zstd (a window of 128 MB).
    """
    data = b""
    dictionary: Dictionary | None = None
    while data or (data := stream.read(BITE)):
        while len(data) < FRAME_HEADER and (more := stream.read(BITE)):
            data += more
        if kind == "Zstandard" and data.startswith(DICTIONARY_FRAME):
            dictionary, data = _dictionary(stream, data)
            continue
        if kind == "xz":
            data = data.lstrip(b"\0")  # between the parts and behind the last there may be zeros
            if not data:
                continue
            unpack: Any = lzma.LZMADecompressor(memlimit=_MOST_XZ_MEMORY)
        else:
            unpack = Unzstd(dictionary)
        while not unpack.eof:
            out = unpack.decompress(data, BITE)
            if out:
                yield out
            data = b""
            if unpack.needs_input and not unpack.eof and not (data := stream.read(BITE)):
                raise EOFError("it ends before its end")
        data = unpack.unused_data


def _dictionary(stream: BinaryIO, data: bytes) -> tuple[Dictionary, bytes]:
    """The dictionary in the frame that begins with `data`, and what was read of what stands behind it."""
    size = int.from_bytes(data[FRAME_HEADER - 4 : FRAME_HEADER], "little")
    if size > MOST_DICTIONARY:
        raise ValueError(f"its dictionary has more than {MOST_DICTIONARY:,} bytes")
    held = bytearray(data[FRAME_HEADER:])
    while len(held) < size and (more := stream.read(BITE)):
        held += more
    if len(data) < FRAME_HEADER or len(held) < size:
        raise EOFError("it ends in its dictionary")
    return Dictionary(bytes(held[:size])), bytes(held[size:])


def _in_zip(stream: BinaryIO, address: str, budget: Budget) -> Iterator[Inside]:
    with seekable(stream) as file:
        listing = _listing_size(file)
        if listing > _MOST_LISTING:
            reason = f"the ZIP archive's list of members has {listing:,} bytes, more than {_MOST_LISTING:,}"
            yield SetAside(address, reason, "unpack it")
            return
        try:
            archive = zipfile.ZipFile(file)
        except DAMAGE as error:
            file.seek(0)
            cut = listing == 0 and isinstance(error, zipfile.BadZipFile)
            missing = EOFError("its end is missing, and with it the list of its members")
            fault = damaged("the ZIP archive", missing if cut else error)
            yield from cut_zip.members(file, address, budget, fault)
            return
        with archive:
            if (form := office.form_of(archive)) is not None:
                file.seek(0)
                digest = hashlib.file_digest(cast("io.BytesIO", file), "sha256").hexdigest()
                yield office.read_document(archive, form, address, digest, budget)
                return
            yield from _listed(archive, address, budget)


def _listed(archive: zipfile.ZipFile, address: str, budget: Budget) -> Iterator[Inside]:
    """The members of a .zip that has a list of them."""
    crawled = web_archives.is_packed(archive.namelist())
    beside = 0
    for info in archive.infolist():
        if info.is_dir():
            continue
        if crawled and not web_archives.holds_pages(info.filename):
            beside += 1
            continue
        inside = named(address, info.filename)
        if not isinstance(inside, str):
            yield from inside
        elif info.flag_bits & _ENCRYPTED:
            yield SetAside(inside, "it is encrypted", "unpack the archive")
        elif info.compress_type not in _PACKED:
            yield SetAside(inside, "it is packed in a way that is not read", "unpack it")
        else:
            yield from _zip_member(archive, info, inside, budget)
    if beside:
        yield PassedOver(address, web_archives.BESIDE, beside)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, address: str, budget: Budget
) -> Iterator[Inside]:
    try:
        unpacked = archive.open(info)
    except DAMAGE as error:
        yield set_damaged_aside(address, damaged("the ZIP archive", error))
        return
    with unpacked:
        yield Member(address, counted(cast("Readable", unpacked), "the ZIP archive", budget))


def _listing_size(file: BinaryIO) -> int:
    """How many bytes the list of a .zip's members has by its own word, read before the list is."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _NOTES_WITHIN))
    tail = file.read(_NOTES_WITHIN)
    file.seek(0)
    found = 0
    for note, first, form in ((_LISTING_NOTE, 12, "<L"), (_LARGE_LISTING_NOTE, 40, "<Q")):
        at = tail.rfind(note)
        if at >= 0 and at + first + struct.calcsize(form) <= len(tail):
            (said,) = struct.unpack_from(form, tail, at + first)
            found = max(found, said if said < size else 0)
    return found


class _Forward:
    """A stream as tarfile wants one, that only goes forward: nothing of it is kept."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        self.last = b""  # what was read last: at an archive's end the header of no member

    def read(self, size: int) -> bytes:
        """Read exactly so many bytes, fewer at the end only."""
        if size > _MOST_AT_ONCE:
            raise ValueError(f"a header of {size:,} bytes")
        data = self._stream.read(size)
        self._at += len(data)
        self.last = data
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def seek(self, to: int) -> None:
        """Go forward."""
        if to < self._at:
            raise ValueError("its parts are not in order")
        while self._at < to and self.read(min(BITE, to - self._at)):
            pass


def _in_tar(stream: BinaryIO, address: str, budget: Budget) -> Iterator[Inside]:
    archive: Any  # whose list of members is not declared
    forward = _Forward(stream)
    with tarfile.open(fileobj=cast("BinaryIO", forward), mode="r:") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # it would remember them all
            if not info.isreg() or info.issparse():
                continue
            inside = named(address, info.name)
            unpacked = archive.extractfile(info)
            if not isinstance(inside, str):
                yield from inside
            elif unpacked is not None:
                yield Member(inside, counted(cast("Readable", unpacked), "the tar archive", budget))
    # The library takes whatever is no header for the end. The end is a block of zeros, and nothing else is.
    if forward.last != bytes(tarfile.BLOCKSIZE):
        raise EOFError("it ends before its end, or goes on with what is no part of it")
