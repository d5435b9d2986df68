"""What all containers have in common: what may come out of one, what is said of a member, and how damage is told.

Owns the budget of a file on disk, which every container in it spends from, and the streams that are counted. Must not
know any form of container: `indexer.inputs.archives` and its neighbours do.
"""

from __future__ import annotations

import io
import lzma
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol, cast

from indexer.errors import ArchiveDamaged, ArchiveOvergrown, MachineFailed
from indexer.inputs.finding import is_documentation, printable
from indexer.page import PassedOver, RawPage, SetAside, Unread
from search.system.disk import machine_fault

# Text of cables shrinks to a third or a tenth. What grows by more than this, and beyond any small collection, was made
# to hurt. Counted over all that is unpacked from one file, containers inside it included.
MOST_GROWTH = 200
FREE_BYTES = 200_000_000
# So much is read of a stream at once, in bytes.
BITE = 1 << 16
# A container in a container is kept on the disk, under a name of the system's, from this size on.
_IN_MEMORY = 8_000_000
# Where macOS puts what it knows of the files in an archive.
_SHADOWS = "__MACOSX"

# Whatever shows that an archive is not sound: the libraries raise all of these.
DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
_ADVICE = "take it from its source again"
_ADVICE_TO_MACHINE = "make room, on the disk of TMPDIR too, and run again: it is read again"


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes:
        """Read so many bytes, fewer at the end."""
        ...


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
class About:
    """What a container says of a member, and of all that is in it.

    `url` is its address on the web, `charset` the encoding that was declared for it; "" where nothing is said.
    `among` is the address of a container that holds much else than cables (a web archive, a mailbox): what in it is no
    page of a cable is counted, and not set aside one by one. `mail` says that the member is a mail's own text.
    """

    url: str = ""
    charset: str = ""
    among: str = ""
    mail: bool = False


NOTHING_SAID = About()


@dataclass(frozen=True, slots=True)
class Member:
    """Something in a container; `stream` can be read once, from its start, before the next one is asked for.

    Reading it raises `ArchiveDamaged` or `ArchiveOvergrown`. `about` is None where the container says nothing: what
    was said of the container itself then goes for the member too.
    """

    address: str
    stream: BinaryIO
    about: About | None = None


Inside = Member | RawPage | SetAside | PassedOver


def set_damaged_aside(
    address: str, error: ArchiveDamaged, whole_parts: int | None = None
) -> SetAside:
    """What is said of a container, or of a member, that can't be read on.

    `whole_parts` is how many parts of a container were read all the same, None for what has no parts.
    """
    kind, advice = (
        (Unread, _ADVICE_TO_MACHINE) if isinstance(error, MachineFailed) else (SetAside, _ADVICE)
    )
    if whole_parts is None:
        return kind(address, str(error), advice)
    said = "no part of it was"
    if whole_parts:
        said = (
            f"{whole_parts:,} whole {'part of it was' if whole_parts == 1 else 'parts of it were'}"
        )
    return kind(address, f"{error}; {said} read", advice)


def damaged(what: str, error: BaseException) -> ArchiveDamaged:
    """The error for `what` (`the ZIP archive`), with what the library said, or the machine if that failed."""
    if said := machine_fault(error):
        return MachineFailed(f"{what} could not be unpacked on this machine ({said})")
    fault = " ".join(str(error).split())[:200] or type(error).__name__
    return ArchiveDamaged(f"{what} is damaged ({fault})")


class _Counted(io.RawIOBase):
    """A stream out of a container: what is read counts, and damage is told as such."""

    def __init__(self, source: Readable, what: str, budget: Budget) -> None:
        # A whole bite is gathered here, piece by piece: the other way of reading forgets the pieces before damage.
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._fault: ArchiveDamaged | None = None
        self._what = what
        self._budget = budget

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read up to a bite into the buffer; see io.RawIOBase. What stands before damage is given first."""
        if self._fault is not None:
            raise self._fault
        view = memoryview(buffer).cast("B")
        most = min(len(view), BITE)
        got = 0
        while got < most:
            try:
                data = self._read(most - got)
            except ArchiveDamaged as error:
                self._fault = error
            except DAMAGE as error:
                self._fault = damaged(self._what, error)
            else:
                view[got : got + len(data)] = data
                got += len(data)
                if data:
                    continue
            break
        if self._fault is not None and not got:
            raise self._fault
        self._budget.spend(got)
        return got


def counted(source: Readable, what: str, budget: Budget) -> BinaryIO:
    """A stream out of `what` (`the ZIP archive`) that spends from the budget as it is read."""
    return io.BufferedReader(_Counted(source, what, budget), BITE)


class _Pieces:
    """Pieces of bytes, made as they are asked for, to be read like a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        """Read at most so many bytes; none at the end only."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        if size < 0:
            size = len(self._rest)
        data, self._rest = self._rest[:size], self._rest[size:]
        return data


def joined(pieces: Iterator[bytes]) -> Readable:
    """Pieces of bytes as something to read from."""
    return _Pieces(pieces)


def bites(source: Readable) -> Iterator[bytes]:
    """What is left in a stream, a bite at a time."""
    while data := source.read(BITE):
        yield data


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself, or a copy of it in which one can go back."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy, BITE)
        copy.seek(0)
        yield cast("BinaryIO", copy)


def named(address: str, name: str) -> str | tuple[PassedOver, ...]:
    """The address of a member that a container calls `name`; or what is said of one that is not read."""
    parts = [part for part in PurePosixPath(name).parts if part not in {"/", "."}]
    if any(part.startswith(".") and part != ".." for part in parts) or _SHADOWS in parts:
        return ()
    inside = f"{address}/{printable('/'.join(parts))}"
    if parts and is_documentation(name):
        return (PassedOver(inside, "documentation"),)
    return inside
