"""zstd, from the standard library where it has it (Python 3.14), else from its backport.

Owns that choice, and loads neither before a file asks for it.
"""

from __future__ import annotations

import sys


class Unzstd:
    """Unpacks one frame of zstd; as the decompressors of the standard library, and damage is a `ValueError`.

    A window of more than 128 MB is refused by the library.
    """

    def __init__(self) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        self._unpack = zstd.ZstdDecompressor()
        self._damage = zstd.ZstdError

    @property
    def eof(self) -> bool:
        """Whether the frame has ended."""
        return self._unpack.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out without more going in."""
        return self._unpack.needs_input

    @property
    def unused_data(self) -> bytes:
        """What stood behind the frame in what was given last."""
        return self._unpack.unused_data

    def decompress(self, data: bytes, most: int) -> bytes:
        """Take in some bytes and give at most so many."""
        try:
            return self._unpack.decompress(data, most)
        except self._damage as error:
            raise ValueError(str(error)) from error
