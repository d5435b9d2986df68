"""Archives: what is inside a .zip, a .tar or a .gz, as streams, without ever writing a name of theirs to the disk.

Owns the recognition of archives by their first bytes, the walk through one, and what an archive may cost: a small file
that unpacks to a mountain is stopped (`Budget`). Must not know what the members are; `indexer.inputs.files` does, and
comes back here for an archive inside an archive.
"""

from __future__ import annotations

import bz2
import gzip
import io
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Literal, Protocol, cast

from indexer.errors import ArchiveDamaged, ArchiveOvergrown
from indexer.inputs.finding import DOCUMENTATION, printable
from indexer.page import PassedOver, SetAside

Kind = Literal["ZIP", "tar", "gzip", "bzip2"]

# How the archives start. A .tar has its mark behind the first member's name.
_SIGNATURES: tuple[tuple[bytes, int, Kind], ...] = (
    (b"PK\x03\x04", 0, "ZIP"),
    (b"PK\x05\x06", 0, "ZIP"),  # with nothing in it
    (b"\x1f\x8b", 0, "gzip"),
    (b"BZh", 0, "bzip2"),
    (b"ustar", 257, "tar"),
)

# Text of cables shrinks to a third or a tenth. What grows by more than this, and beyond any small collection, was made
# to hurt. Counted over all that is unpacked from one file, archives inside it included.
MOST_GROWTH = 200
FREE_BYTES = 200_000_000
# The list of a .zip's members is held in memory, some 600 bytes for each; so many bytes list about 300,000.
_MOST_LISTING = 32_000_000
# The headers of a .tar are read whole; real ones have some hundred bytes.
_MOST_AT_ONCE = 1 << 17
_BITE = 1 << 16
# An archive in an archive is kept on the disk, under a name of the system's, from this size on.
_IN_MEMORY = 8_000_000

# What says where a .zip's list is, at its end: bytes 12 to 16 of the one, 40 to 48 of the one for large files.
_LISTING_NOTE, _LARGE_LISTING_NOTE = b"PK\x05\x06", b"PK\x06\x06"
_NOTES_WITHIN = 66_000
# The ways in which a .zip packs that need little memory to unpack.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_ENCRYPTED = 1  # the bit that says so
# The first member of a .zip that is a document of an office program or an e-book.
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
# Where macOS puts what it knows of the files in an archive.
_SHADOWS = "__MACOSX"

# Whatever shows that an archive is not sound: the libraries raise all of these.
_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
_ADVICE = "take it from its source again; what stood whole before the damage was read"


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(slots=True)
class Budget:
    """How much may be unpacked from one file on disk, whose size in bytes is `size`."""

    size: int
    unpacked: int = field(default=0, init=False)

    def spend(self, count: int) -> None:
        """Count unpacked bytes. Raises `ArchiveOvergrown` when they are too many."""
        self.unpacked += count
        most = max(FREE_BYTES, self.size * MOST_GROWTH)
        if self.unpacked > most:
            raise ArchiveOvergrown(
                f"more than {most:,} bytes come out of it, over {MOST_GROWTH} times its size"
            )


@dataclass(frozen=True, slots=True)
class Member:
    """Something in an archive; `stream` can be read once, from its start, before the next one is asked for.

    Reading it raises `ArchiveDamaged` or `ArchiveOvergrown`.
    """

    address: str
    stream: BinaryIO


Inside = Member | SetAside | PassedOver


def archive_kind(head: bytes) -> Kind | None:
    """Which archive a file is that starts with these bytes (the first 512 are enough), None if it is none."""
    found = (kind for mark, at, kind in _SIGNATURES if head.startswith(mark, at))
    return next(found, None)


def members(stream: BinaryIO, kind: Kind, address: str, budget: Budget) -> Iterator[Inside]:
    """What is in an archive, in its order; folders and hidden files are left out, documentation is passed over.

    `stream` stands at the archive's start. A member's address is `archive.zip/inner/page.html`; what a .gz holds has
    the address of the .gz. Of a damaged archive the rest is set aside. Raises `ArchiveOvergrown`.
    """
    try:
        if kind == "ZIP":
            yield from _in_zip(stream, address, budget)
        elif kind == "tar":
            yield from _in_tar(stream, address, budget)
        else:
            unpack = gzip.GzipFile(fileobj=stream) if kind == "gzip" else bz2.BZ2File(stream)
            yield Member(address, _counted(cast("_Readable", unpack), kind, budget))
    except ArchiveDamaged as error:
        yield set_damaged_aside(address, error)
    except _DAMAGE as error:
        yield set_damaged_aside(address, _damaged(kind, error))


def set_damaged_aside(address: str, error: ArchiveDamaged) -> SetAside:
    """What is said of an archive, or of a member, that can't be read on."""
    return SetAside(address, str(error), _ADVICE)


def _damaged(kind: Kind, error: BaseException) -> ArchiveDamaged:
    fault = " ".join(str(error).split())[:200] or type(error).__name__
    return ArchiveDamaged(f"the {kind} archive is damaged ({fault})")


class _Counted(io.RawIOBase):
    """A stream out of an archive: what is read counts, and damage is told as such."""

    def __init__(self, source: _Readable, kind: Kind, budget: Budget) -> None:
        self._source = source
        self._kind = kind
        self._budget = budget

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read up to a bite into the buffer; see io.RawIOBase."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._source.read(min(len(view), _BITE))
        except _DAMAGE as error:
            raise _damaged(self._kind, error) from error
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def _counted(source: _Readable, kind: Kind, budget: Budget) -> BinaryIO:
    return io.BufferedReader(_Counted(source, kind, budget), _BITE)


def _in_zip(stream: BinaryIO, address: str, budget: Budget) -> Iterator[Inside]:
    with _seekable(stream) as file:
        listing = _listing_size(file)
        if listing > _MOST_LISTING:
            reason = f"the ZIP archive's list of members has {listing:,} bytes, more than {_MOST_LISTING:,}"
            yield SetAside(address, reason, "unpack it")
            return
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if names and names[0] in _OFFICE:
                reason = "it is an office document or an e-book, not a page"
                yield SetAside(address, reason, "save its text as a text file")
                return
            for info in archive.infolist():
                if info.is_dir():
                    continue
                inside = _named(address, info.filename)
                if not isinstance(inside, str):
                    yield from inside
                elif info.flag_bits & _ENCRYPTED:
                    yield SetAside(inside, "it is encrypted", "unpack the archive")
                elif info.compress_type not in _PACKED:
                    yield SetAside(inside, "it is packed in a way that is not read", "unpack it")
                else:
                    yield from _zip_member(archive, info, inside, budget)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, address: str, budget: Budget
) -> Iterator[Inside]:
    try:
        unpacked = archive.open(info)
    except _DAMAGE as error:
        yield set_damaged_aside(address, _damaged("ZIP", error))
        return
    with unpacked:
        yield Member(address, _counted(cast("_Readable", unpacked), "ZIP", budget))


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself, or a copy of it in which one can go back."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy, _BITE)
        copy.seek(0)
        yield cast("BinaryIO", copy)


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

    def read(self, size: int) -> bytes:
        """Read exactly so many bytes, fewer at the end only."""
        if size > _MOST_AT_ONCE:
            raise ValueError(f"a header of {size:,} bytes")
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def seek(self, to: int) -> None:
        """Go forward."""
        if to < self._at:
            raise ValueError("its parts are not in order")
        while self._at < to and self.read(min(_BITE, to - self._at)):
            pass


def _in_tar(stream: BinaryIO, address: str, budget: Budget) -> Iterator[Inside]:
    archive: Any  # whose list of members is not declared
    with tarfile.open(fileobj=cast("BinaryIO", _Forward(stream)), mode="r:") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # it would remember them all
            if not info.isreg() or info.issparse():
                continue
            inside = _named(address, info.name)
            unpacked = archive.extractfile(info)
            if not isinstance(inside, str):
                yield from inside
            elif unpacked is not None:
                yield Member(inside, _counted(cast("_Readable", unpacked), "tar", budget))


def _named(address: str, name: str) -> str | tuple[PassedOver, ...]:
    """The address of a member; or what is said of one that is not read."""
    parts = [part for part in PurePosixPath(name).parts if part not in {"/", "."}]
    if any(part.startswith(".") and part != ".." for part in parts) or _SHADOWS in parts:
        return ()
    inside = f"{address}/{printable('/'.join(parts))}"
    if parts and PurePosixPath(name).suffix.lower() in DOCUMENTATION:
        return (PassedOver(inside, "documentation"),)
    return inside
