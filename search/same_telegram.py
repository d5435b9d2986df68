"""The telegrams of an index folder brought in line with its cables, when these have changed.

Owns when that is due, and where the texts come from. Must not know how a cable is read from its page.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from search import sources as manifests
from search.engines import open_searcher
from search.errors import SearchError
from search.telegrams.comparing import Text, text_of
from search.telegrams.store import FILE_NAME, open_to_read, open_to_write
from search.telegrams.updating import update


def is_current(folder: Path) -> bool:
    """Whether `telegrams.sqlite` is right for what the index has now."""
    store = open_to_read(folder)
    if store is None:
        return False
    with store:
        return store.state == _state(folder)


def renew(folder: Path) -> None:
    """Compare what is new in the index, and write down which cables are one telegram.

    If that is interrupted, what was known before stays, and the next run of the indexer does it. Raises SearchError if
    the file can't be written.
    """
    try:
        with (
            closing(open_searcher(folder)) as searcher,
            manifests.read(folder) as manifest,
            open_to_write(folder) as store,
        ):

            def text(key: str) -> Text | None:
                cable = searcher.get(key)
                return None if cable is None else text_of(cable)

            update(store, manifest.signatures(), text, _state(folder))
    except sqlite3.OperationalError as error:
        raise SearchError(
            f"Cannot write {folder / FILE_NAME} ({error}); run cablegram index again."
        ) from error


def copy(folder: Path, target: Path) -> None:
    """Take what is known of the telegrams over to a copy of an index."""
    store = open_to_read(folder)
    if store is None:
        return
    with store, closing(sqlite3.connect(target / FILE_NAME)) as connection:
        store.connection.backup(connection)
        connection.execute("UPDATE about SET state = ?", (_state(target),))
        connection.commit()


def _state(folder: Path) -> str:
    """What is another whenever the indexer has written down other cables: the identity of the file of sources."""
    try:
        found = (folder / manifests.FILE_NAME).stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"
