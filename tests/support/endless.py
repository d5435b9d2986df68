"""Streams for measuring readers: one whose lines are made as they are read, one that counts the lines it gave."""

from __future__ import annotations

import io
from collections.abc import Iterable


class Endless(io.RawIOBase):
    """A stream of these lines, one after the other."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._lines, b"")
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


class Counted(io.BytesIO):
    """A stream that knows in `reads` how many lines it was asked for."""

    reads = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.reads += 1
        return super().readline(size)
