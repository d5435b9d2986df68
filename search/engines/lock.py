"""The lock that lets one process, and one writer in it, write to an index.

Owns the file `write.lock` of an index folder, and what is said if it can't be had. Must not know an engine. The
operating system drops the lock with the process that holds it, so a writer that was killed leaves nothing to clean up,
not even if processes that it started live on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from search.errors import IndexLocked, SearchError

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_FILE = "write.lock"


class WriteLock:
    """An exclusive lock on an index folder, taken at once or not at all. It may be given back by another thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: BaseFileLock | None = None

    def acquire(self) -> None:
        """Take the lock. Raises IndexLocked if another writer has it, SearchError if it can't be made."""
        # Here, because who only reads needs none: the start of each command would take 16 ms longer.
        from filelock import FileLock, Timeout

        lock = FileLock(
            self._folder / LOCK_FILE,
            blocking=False,
            thread_local=False,
            # The lock of files without the system's help would outlive a writer that was killed.
            fallback_to_soft=False,
        )
        try:
            lock.acquire()
        except Timeout as error:
            raise IndexLocked(
                f"Another process is writing to the index {self._folder}; try again when it has finished."
            ) from error
        except OSError as error:
            raise SearchError(
                f"Cannot write to the index {self._folder}: {error.strerror}."
            ) from error
        self._held = lock

    def release(self) -> None:
        """Give the lock back; the file stays, since deleting it would let two writers in."""
        if self._held is not None:
            self._held.release()
            self._held = None
