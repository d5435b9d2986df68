"""What stands in an index folder around a commit: the announced manifest, and what became of the commit it is for.

Owns the question whether a commit came through. Must not know what a manifest says, nor an engine.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from search.sources import ANNOUNCED, FILE_NAME


def stamp(folder: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What changes whenever someone writes to the index: the identities of its manifest and of an announced one."""
    found: list[tuple[int, int, int] | None] = []
    for name in (FILE_NAME, ANNOUNCED):
        try:
            status = (folder / name).stat()
        except (FileNotFoundError, NotADirectoryError):
            found.append(None)
        else:
            found.append((status.st_ino, status.st_mtime_ns, status.st_size))
    return tuple(found)


def interrupted(folder: Path) -> bool:
    """Whether the last run ended between its two steps."""
    return (folder / ANNOUNCED).exists()


def resolve(folder: Path, mark: tuple[str, str]) -> None:
    """Find out whether the commit came through around which the last run ended; with that engine's lock held.

    `mark` is what `FolderWriter.mark` gives now. Does nothing if that can't tell.
    """
    announced = folder / ANNOUNCED
    if not mark[1] or not announced.exists():
        return
    try:
        with closing(sqlite3.connect(announced)) as connection:
            before = next(connection.execute("SELECT folder, mark FROM about"), None)
    except (
        sqlite3.DatabaseError
    ):  # of another version, or never complete: then it was not announced
        before = None
    if before is None:
        return
    if mark[0] == before[0] and mark != before:
        announced.replace(folder / FILE_NAME)
    else:
        announced.unlink()
    reach_the_disk(folder)


def reach_the_disk(path: Path) -> None:
    """Wait until a file, or the entries of a folder, would survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
