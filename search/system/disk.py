"""Where the machine ends: which errors are its own and say nothing of a file's content, and what has reached the disk.

Owns both questions. Must not know what a file holds.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

# What the system answers whatever a file holds: no place, no right, no memory, too many open files, a bad disk or net.
_MACHINE = frozenset(
    getattr(errno, name)
    for name in (
        *("EACCES", "EPERM", "EROFS", "EIO", "ENOSPC", "EDQUOT", "EFBIG", "EMFILE", "ENFILE"),
        *("ENOMEM", "ESTALE", "ETIMEDOUT", "ENODEV", "ENXIO", "EREMOTEIO", "EBUSY"),
    )
    if hasattr(errno, name)
)
# How deep one error may stand inside others.
_MOST_CAUSES = 20


def machine_fault(error: BaseException) -> str:
    """What the machine said, where an error is its own or was raised because of one; "" for any other.

    Libraries wrap the system's error in their own: what was raised from what is gone back.
    """
    each: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if each is None:
            return ""
        if isinstance(each, MemoryError):
            return os.strerror(errno.ENOMEM)
        if isinstance(each, OSError) and each.errno is not None and each.errno in _MACHINE:
            return each.strerror or os.strerror(each.errno)
        each = each.__cause__
    return ""


def said_by_code(code: int) -> str:
    """What the machine says by that number, "" if that says nothing of the machine: see `machine_fault`."""
    return os.strerror(code) if code in _MACHINE else ""


def reach_the_disk(path: Path) -> None:
    """Wait until a file, or the entries of a folder, would survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
