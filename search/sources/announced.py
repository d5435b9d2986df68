"""The file of sources that was announced: complete, and beside the valid one as long as an engine commits.

Owns how it is told from the valid one and takes its place. Must not know whether a commit came through
(`indexer.runs.commits` does).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from search.errors import SearchError
from search.sources.form import ANNOUNCED, FILE_NAME, SETTLED
from search.system.disk import reach_the_disk


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


def announce(folder: Path, made: Path, name: str) -> None:
    """Announce what the index in `made` was made from for the one in `folder`, of which `name` becomes the data folder.

    If the power fails before it does, the next run sees by the name which of both belong together. Raises SearchError.
    """
    sources = made / FILE_NAME
    try:
        with closing(sqlite3.connect(sources)) as connection, connection:
            # No commit of this data folder was there before: whatever mark it has, it is the new one.
            connection.execute("UPDATE about SET folder = ?, mark = ''", (name,))
    except sqlite3.DatabaseError as error:
        raise SearchError(f"Cannot write {sources}: {error}.") from error
    reach_the_disk(sources)
    (folder / ANNOUNCED).unlink(missing_ok=True)
    forget_journal(folder)
    # The same file under two names: the other one goes with what it was made in.
    os.link(sources, folder / ANNOUNCED)
    reach_the_disk(folder)


def accept(folder: Path, mark: tuple[str, str]) -> None:
    """Make what was announced valid, for the commit of that `mark`: its data folder, and what the engine calls it.

    The mark is "" where it is not known; then nothing will be compared.
    """
    announced = folder / ANNOUNCED
    # Its journal is SQLite's own care: whoever opens what a loss of power left has the file as it was before.
    with closing(sqlite3.connect(announced)) as connection, connection:
        connection.execute(SETTLED)
        connection.execute("DELETE FROM settled")
        if mark[1]:
            connection.execute("INSERT INTO settled VALUES (?, ?)", mark)
    reach_the_disk(announced)
    announced.replace(folder / FILE_NAME)
    reach_the_disk(folder)


def withdraw(folder: Path) -> None:
    """Take away what was announced; what was valid before stays so."""
    (folder / ANNOUNCED).unlink()
    forget_journal(folder)
    reach_the_disk(folder)


def forget_journal(folder: Path) -> None:
    """Take away what a loss of power left beside an announced file, before another one takes its name."""
    (folder / f"{ANNOUNCED}-journal").unlink(missing_ok=True)
