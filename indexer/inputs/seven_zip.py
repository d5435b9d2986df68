"""7z archives, by py7zr, which is an extra: `pip install 'cablegram[7z]'`.

Owns everything that touches py7zr. It gives what it unpacks to a writer and can't be asked for one member after the
other, so the members stand in a temporary file until they are read, under no name of theirs.
"""

from __future__ import annotations

import importlib.util
import io
import struct
import sys
import tempfile
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, cast

from indexer.errors import ArchiveDamaged, ArchiveOvergrown
from indexer.inputs.containers import (
    Budget,
    Inside,
    Member,
    counted,
    damaged,
    named,
    seekable,
)
from indexer.page import SetAside

SIGNATURE = b"7z\xbc\xaf\x27\x1c"
_WHAT = "the 7z archive"
# The list of its members, packed: it is unpacked in memory. Bytes.
_MOST_LISTING = 4_000_000
# How much memory a coder may ask for; 7-Zip's own settings go to 64 MB, its strongest to 256. Bytes.
_MOST_MEMORY = 1 << 28
# The coders that keep a window, by 7-Zip's numbers, and where in their settings its size stands: LZMA, PPMd.
_WINDOWS = {b"\x03\x01\x01": 1, b"\x03\x04\x01": 1}
_LZMA2 = b"\x21"


def members(stream: BinaryIO, address: str, budget: Budget) -> Iterator[Inside]:
    """What is in a 7z archive, in its order; see `indexer.inputs.archives.members`."""
    if importlib.util.find_spec("py7zr") is None:
        reason = "it is a 7z archive, and the library that reads those is not installed"
        yield SetAside(address, reason, "pip install 'cablegram[7z]', or unpack it")
        return
    with seekable(stream) as file, tempfile.TemporaryFile() as kept:
        told: SetAside | None = None
        fault: ArchiveOvergrown | ArchiveDamaged | None = None
        places: list[tuple[str, int, int]] = []
        try:
            told = _unpack(file, address, budget, kept, places)
        except (
            ArchiveOvergrown,
            ArchiveDamaged,
        ) as error:  # what came out before is read all the same
            fault = error
        except Exception as error:
            # Beside the usual errors the library raises its own, and others where a list of members makes no sense.
            fault = damaged(_WHAT, error)
        for name, start, size in places:
            inside = named(address, name)
            if isinstance(inside, str):
                kept.seek(start)
                part = io.BytesIO(kept.read(size)) if size < 1 << 16 else _Slice(kept, start, size)
                # It was spent from the budget when it was unpacked.
                yield Member(inside, counted(part, _WHAT, Budget(size)))
            else:
                yield from inside
        if fault is not None:
            raise fault
        if told is not None:
            yield told


def _unpack(
    file: BinaryIO,
    address: str,
    budget: Budget,
    kept: IO[bytes],
    places: list[tuple[str, int, int]],
) -> SetAside | None:
    """Unpack all members into a file; `places` has the name, the start and the size of each that came out whole."""
    import py7zr
    from py7zr.io import Py7zIO, WriterFactory

    (listing,) = struct.unpack("<Q", file.read(32)[20:28].ljust(8, b"\0"))
    file.seek(0)
    if listing > _MOST_LISTING:
        reason = (
            f"the 7z archive's list of members has {listing:,} bytes, more than {_MOST_LISTING:,}"
        )
        return SetAside(address, reason, "unpack it")
    try:
        archive = py7zr.SevenZipFile(cast("Any", file), "r")
    except py7zr.PasswordRequired:
        return SetAside(address, "it is encrypted", "unpack it")
    with archive:
        if archive.needs_password():
            return SetAside(address, "it is encrypted", "unpack it")
        if (memory := _memory(archive)) > _MOST_MEMORY:
            reason = f"unpacking the 7z archive takes {memory:,} bytes of memory"
            return SetAside(address, reason, "unpack it")

        class Writer(Py7zIO):
            """Takes what comes out of one member."""

            def __init__(self, name: str) -> None:
                self._name = name
                self._start = kept.seek(0, io.SEEK_END)
                self._size = 0

            def write(self, s: bytes | bytearray) -> int:
                budget.spend(len(s))
                self._size += len(s)
                return kept.write(s)

            def read(self, size: int | None = None) -> bytes:
                return b""

            def seek(self, offset: int, whence: int = 0) -> int:
                return 0

            def flush(self) -> None:
                return None

            def size(self) -> int:
                return self._size

            def close(self) -> None:
                if sys.exc_info()[0] is None:  # else it did not come out whole
                    places.append((self._name, self._start, self._size))

        class Factory(WriterFactory):
            """Makes a writer for each member."""

            def create(self, filename: str) -> Writer:
                return Writer(filename)

        archive.extractall(factory=Factory())
    return None


def _memory(archive: Any) -> int:
    """How much memory the coders of an archive ask for, in bytes: the largest window."""
    streams = getattr(archive.header, "main_streams", None)
    most = 0
    for folder in streams.unpackinfo.folders if streams is not None else ():
        for coder in folder.coders:
            settings: bytes = coder.get("properties") or b""
            if coder["method"] == _LZMA2 and settings:
                most = max(most, (2 | settings[0] & 1) << (settings[0] // 2 + 11))
            elif (at := _WINDOWS.get(coder["method"])) is not None and len(settings) >= at + 4:
                most = max(most, int.from_bytes(settings[at : at + 4], "little"))
    return most


class _Slice:
    """A part of a file, read from its start to its end."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self._file = file
        self._at = start
        self._end = start + size

    def read(self, size: int = -1, /) -> bytes:
        """Read so many bytes, fewer at the end."""
        left = self._end - self._at
        self._file.seek(self._at)
        data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data
