"""zstd, from the standard library where it has it (Python 3.14), else from its backport. Owns that choice alone."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["zstd"]
