"""The file of sources that was announced: complete, and beside the valid one as long as an engine commits.

Owns how it is told from the valid one and takes its place. Must not know whether a commit came through
(`indexer.runs.commits` does).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from search.sources.form import ANNOUNCED, FILE_NAME


def is_announced(folder: Path) -> bool:
    """Whether a file was announced in that index folder, and neither accepted nor withdrawn."""
    return (folder / ANNOUNCED).exists()


def mark_before(folder: Path) -> tuple[str, str] | None:
    """The data folder of the index, and the mark of its commit, before the commit for which a file was announced.

    None if it can't be read: it is of another version, or was never complete.
    """
    try:
        with closing(sqlite3.connect(folder / ANNOUNCED)) as connection:
            return next(connection.execute("SELECT folder, mark FROM about"), None)
    except sqlite3.DatabaseError:
        return None


def accept(folder: Path) -> None:
    """Make what was announced valid."""
    (folder / ANNOUNCED).replace(folder / FILE_NAME)
    reach_the_disk(folder)


def withdraw(folder: Path) -> None:
    """Take away what was announced; what was valid before stays so."""
    (folder / ANNOUNCED).unlink()
    reach_the_disk(folder)


def reach_the_disk(path: Path) -> None:
    """Wait until a file, or the entries of a folder, would survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
