"""A tantivy index in a folder that this process may read and not write to: a read-only mount, another user's index.

Owns the way round. tantivy takes a lock before it reads which segments there are, and a lock is a file that is opened
for writing. So a temporary folder has links to the files of the segments, which are never changed, and a copy of the
one file that names them. Must not know what is in any of them.

Without the lock a file may be taken away between the two. The file that names the segments is another one then, and it
is tried again.
"""

from __future__ import annotations

import os
from pathlib import Path

from search.engines.tantivy_engine.files import META
from search.errors import SearchError

# What tantivy opens for writing where it only reads, and what it reads beside the segments.
_LOCK = ".tantivy-meta.lock"
_MANAGED = ".managed.json"


def may_lock(data: Path) -> bool:
    """Whether tantivy can read the index in `data` where it stands."""
    lock, managed = data / _LOCK, data / _MANAGED
    return (
        os.access(data, os.W_OK)
        and (not lock.exists() or os.access(lock, os.R_OK | os.W_OK))
        and (not managed.exists() or os.access(managed, os.R_OK))
    )


class Mirror:
    """The links of one index; removed when it is closed, unless they stand in a folder that was given."""

    def __init__(self, data: Path, folder: Path | None = None) -> None:
        from tempfile import TemporaryDirectory  # what reads where it stands needs none

        self._data = data
        self._place: TemporaryDirectory[str] | None = None
        if folder is not None:
            self.folder = folder
            return
        try:
            self._place = TemporaryDirectory(prefix="cablegram-")
        except OSError as error:
            raise SearchError(
                f"The index {data.parent} can't be written to, so it is read by links in a temporary folder, and"
                f" none can be made: {error.strerror}; set TMPDIR to a folder that can be written to."
            ) from error
        self.folder = Path(self._place.name)

    def follow(self) -> None:
        """Have links to all that the last commit names. Raises OSError if that can't be read or linked."""
        while True:
            meta = (self._data / META).read_bytes()
            self._link()
            if (self._data / META).read_bytes() == meta:
                break
        fresh = self.folder / f"{META}.new"
        fresh.write_bytes(meta)
        fresh.replace(self.folder / META)

    def close(self) -> None:
        """Remove the links; what is open stays readable."""
        if self._place is not None:
            self._place.cleanup()

    def _link(self) -> None:
        there = {path.name for path in self._data.iterdir() if not path.name.startswith(".")}
        here = {path.name for path in self.folder.iterdir()}
        for name in here - there - {META}:
            (self.folder / name).unlink()
        for name in there - here - {META}:
            (self.folder / name).symlink_to(self._data.absolute() / name)
