"""The lock that lets one process, and one writer in it, write to an index.

Owns the file `write.lock` of an index folder. Must not know an engine. The operating system drops the lock
with the process that holds it, so a writer that was killed leaves nothing to clean up.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from search.errors import IndexLocked, SearchError

LOCK_FILE = "write.lock"


class WriteLock:
    """An exclusive lock on an index folder, taken at once or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock. Raises IndexLocked if another writer has it, SearchError if it can't be made."""
        path = self._folder / LOCK_FILE
        try:
            # A new open file for each writer: flock then also keeps apart two writers of one process.
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise SearchError(
                f"Cannot write to the index {self._folder}: {error.strerror}."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise IndexLocked(
                f"Another process is writing to the index {self._folder}; try again when it has finished."
            ) from error
        except OSError as error:
            os.close(descriptor)
            raise SearchError(f"Cannot lock the index {self._folder}: {error.strerror}.") from error
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; the file stays, since deleting it would let two writers in."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
