"""zstd, from the standard library where it has it (Python 3.14), else from its backport, and its dictionaries.

Owns that choice, and loads neither before a file asks for it.

The sources: RFC 8878 for frames and dictionaries, the IIPC's "Zstandard Compression for WARC Files 1.0" for a file
that has its own dictionary.
"""

from __future__ import annotations

import sys
from typing import Any

# How a frame begins that has a dictionary for those behind it, where it is packed itself: the frame's own mark, one of
# the sixteen of frames to skip; then its size, four bytes, the lowest first.
DICTIONARY_FRAME = b"\x5d\x2a\x4d\x18"
FRAME_HEADER = 8
_FRAME, _DICTIONARY = b"\x28\xb5\x2f\xfd", b"\x37\xa4\x30\xec"
# The library makes dictionaries of 112,640 bytes unless told otherwise; those of web archives have some hundred
# thousand. It is held in memory twice.
MOST_DICTIONARY = 16_000_000


def _library() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


class Dictionary:
    """What the frames of a file were packed with, from the bytes of the frame that has it, packed or not.

    Raises `ValueError` if it is damaged or larger than `MOST_DICTIONARY`, `EOFError` if it was cut.
    """

    def __init__(self, data: bytes) -> None:
        zstd = _library()
        if data.startswith(_FRAME):
            unpack = Unzstd()
            data = unpack.decompress(data, MOST_DICTIONARY + 1)
            if len(data) <= MOST_DICTIONARY and not unpack.eof:
                raise EOFError("its dictionary ends before its end")
        if len(data) > MOST_DICTIONARY:
            raise ValueError(f"its dictionary has more than {MOST_DICTIONARY:,} bytes")
        if not data.startswith(_DICTIONARY):
            raise ValueError("what stands in the place of its dictionary is none")
        try:
            self.read = zstd.ZstdDict(data)
        except (zstd.ZstdError, ValueError) as error:
            raise ValueError(f"its dictionary is damaged: {error}") from error


class Unzstd:
    """Unpacks one frame of zstd; as the decompressors of the standard library, and damage is a `ValueError`.

    A window of more than 128 MB is refused by the library.
    """

    def __init__(self, dictionary: Dictionary | None = None) -> None:
        zstd = _library()
        self._damage: type[Exception] = zstd.ZstdError
        try:
            self._unpack = zstd.ZstdDecompressor(dictionary.read if dictionary else None)
        except zstd.ZstdError as error:
            raise ValueError(f"its dictionary is damaged: {error}") from error

    @property
    def eof(self) -> bool:
        """Whether the frame has ended."""
        return bool(self._unpack.eof)

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out without more going in."""
        return bool(self._unpack.needs_input)

    @property
    def unused_data(self) -> bytes:
        """What stood behind the frame in what was given last."""
        return bytes(self._unpack.unused_data)

    def decompress(self, data: bytes, most: int) -> bytes:
        """Take in some bytes and give at most so many."""
        try:
            return bytes(self._unpack.decompress(data, most))
        except self._damage as error:
            raise ValueError(str(error)) from error
