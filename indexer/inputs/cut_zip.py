"""A .zip that lost its end, and with it the list of its members: what can be had by going from part to part.

Owns the headers that stand before each part. Must not know what the parts are.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from indexer.errors import ArchiveDamaged
from indexer.inputs import office
from indexer.inputs.containers import (
    BITE,
    Budget,
    Inside,
    Member,
    counted,
    joined,
    named,
)

# What stands before a part (APPNOTE.TXT of PKWARE, 4.3.7): mark, version, flags, method, time, date, checksum, packed
# size, size, length of the name, length of what is said besides.
_HEADER = struct.Struct("<4s5H3L2H")
_MARK = b"PK\x03\x04"
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 0x1, 0x8, 0x800

_LARGE = 0xFFFFFFFF


def members(
    file: BinaryIO, address: str, budget: Budget, fault: ArchiveDamaged
) -> Iterator[Inside]:
    """The parts that stand whole in a damaged .zip, in their order; then `fault` is raised, which was wrong with it.

    `file` stands at the start and can go back.
    """
    first = True
    while (part := _next_part(file)) is not None:
        name, method, packed, checksum, known = part
        if first and office.is_part(name):  # whose parts are no pages by themselves
            break
        first = False
        start = file.tell()
        unpacked = _Part(file, method, packed if known else None, checksum if known else None)
        inside = named(address, name)
        if not name.endswith("/"):
            if isinstance(inside, str):
                yield Member(inside, counted(joined(unpacked.pieces()), "the ZIP archive", budget))
            else:
                yield from inside
        end = unpacked.end(start)
        if end is None:
            break
        file.seek(end)
        _skip_behind(file)
    raise fault


def _next_part(file: BinaryIO) -> tuple[str, int, int, int, bool] | None:
    """Name, method, packed size and checksum of the part that begins here, and whether the last two are known."""
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size or not head.startswith(_MARK):
        return None
    _, _, flags, method, _, _, checksum, packed, _, long, more = _HEADER.unpack(head)
    name = file.read(long)
    if len(file.read(more)) < more or flags & _ENCRYPTED or packed == _LARGE:
        return None
    text = name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    known = not flags & _SIZES_BEHIND
    if method != zipfile.ZIP_DEFLATED and not (known and method == zipfile.ZIP_STORED):
        return None
    return text, method, packed, checksum, known


class _Part:
    """A part that is unpacked as it is read; where it ends is known when it was read to its end."""

    def __init__(
        self, file: BinaryIO, method: int, packed: int | None, checksum: int | None
    ) -> None:
        self._file = file
        self._method = method
        self._packed = packed
        self._checksum = checksum
        self._used = 0  # packed bytes
        self._sum = 0
        self._ended = False

    def pieces(self) -> Iterator[bytes]:
        """What comes out of it. Raises what `counted` takes for damage."""
        unpack = zlib.decompressobj(-zlib.MAX_WBITS)
        stored = self._method == zipfile.ZIP_STORED
        start = self._file.tell()
        while not (unpack.eof or (stored and self._used == self._packed)):
            self._file.seek(start + self._used)
            left = BITE if self._packed is None else min(BITE, self._packed - self._used)
            data = self._file.read(left)
            if not data:
                raise EOFError("it ends in the middle of this part")
            out = data if stored else unpack.decompress(data, BITE)
            rest = unpack.unconsumed_tail or unpack.unused_data
            self._used += len(data) - len(rest)
            self._sum = zlib.crc32(out, self._sum)
            if out:
                yield out
        self._ended = True
        if self._checksum is not None and self._sum != self._checksum:
            raise ValueError("the checksum of this part is another one")

    def end(self, start: int) -> int | None:
        """Where the part ends that began at `start`, None if it is cut. What was not read is read now."""
        if not self._ended:
            self._file.seek(start)
            self._used = self._sum = 0
            with suppress(EOFError, ValueError, zlib.error):
                for _ in self.pieces():
                    pass
        return start + self._used if self._has_ended() else None

    def _has_ended(self) -> bool:
        return self._ended


def _skip_behind(file: BinaryIO) -> None:
    """Go to the next part: behind one there may be its sizes, with a mark or without, in 12 or in 20 bytes."""
    start = file.tell()
    behind = file.read(64)
    at = behind.find(_MARK)
    file.seek(start + at if at >= 0 else start)
