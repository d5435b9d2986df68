"""The form of the file `sources.sqlite` in an index folder: its name, its tables, and what is said if they are damaged.

Owns the schema and the open file. Must not know what is asked of it, nor what is written to it: the modules beside
this one do.

It is a file of SQLite because an index of a quarter of a million cables must be brought up to date without holding all
of them in memory. The file is never changed where it stands: the indexer writes another one and puts it in its place.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from corpus.model import Cable
from search.engines.manifest import migrate_command, rebuild_command
from search.engines.stored import unpack_cable
from search.errors import IndexDamaged, IndexOutdated, SearchError

FILE_NAME = "sources.sqlite"
# The one to come, complete, while the engine commits; and the one that is still being written.
ANNOUNCED = "sources.sqlite.next"
DRAFT = "sources.sqlite.draft"
VERSION = 8
# The oldest one that `search.sources.upgrading` brings to this one.
OLDEST = 7

# What SQLite says of the machine and not of the file, by the lowest byte of its codes.
_KIND = 0xFF
_MACHINE = frozenset(
    (
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
    )
)

# A source is an input; a holding is a cable as one page of it has it: the `place`-th cable of its `page`-th page. Its
# `key` is the look-up key of its id, `weight` the length of its paragraphs in characters. `version` and `also` are a
# list of source, address and digest each: how the cable names itself, and other versions that it brought with it.
# `signature` is what `search.telegrams.signatures` makes of it. The index has those of which `best` is 1. A text is the
# cable of a holding that the index names as another version, as `pack_cable` writes it, without its page: a cable with
# one place has none. `brought` are the passages of other versions that the cable of a holding had when it was read, in
# a cable with nothing else: an export has some. A remark is something in a source that was set aside ('aside') or
# passed over, or a cable that the index could not take
# ('refused'): none of its holdings is the best until it does. `pages` of a source is how many of its pages were read
# before the run broke off, NULL if it was read to its end.
#
# `touched` is empty, unless the run broke off: the keys whose cables were changed and of which the index may not have
# what it should. `source`, `page` and `place` name what the engine was given for a key, with the versions it was told
# of; -1 stands for something that no page has any more. Nothing was given if they are NULL. `waiting` are whole cables
# that are better than what the engine was given for their keys: they are put when the text of that is kept.
#
# `known` has every cable that the index ever took, by its key, also one that is gone since: when it came first, in
# seconds since 1970, and the marks of the pages that it was read from, eight bytes each. An arrival is news: a cable
# that was not known, or one of which a page was not known and that is another by it; then `before` is the cable as it
# was, packed without its page, NULL if the index had none. A page that is read again is no arrival, whatever
# its reader makes of it. Arrivals are numbered in their order, and no number comes twice. `lineage` has one name, which
# all states of these numbers have in common: those that go on from one another, rebuilt or not.
#
# `about` has when the manifest was written and, while it is announced only, the data folder of the index and the mark
# of its commit before.
SCHEMA = """
CREATE TABLE about (built TEXT, folder TEXT, mark TEXT);
CREATE TABLE source (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, address TEXT NOT NULL, alone INTEGER NOT NULL,
    digest TEXT NOT NULL, reader TEXT NOT NULL, stamp TEXT NOT NULL,
    reason TEXT NOT NULL, advice TEXT NOT NULL, line INTEGER, pages INTEGER
);
CREATE TABLE holding (
    source INTEGER NOT NULL, page INTEGER NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, cable TEXT NOT NULL,
    weight INTEGER NOT NULL, paragraphs INTEGER NOT NULL, problems TEXT NOT NULL, form TEXT NOT NULL,
    found TEXT NOT NULL, version TEXT NOT NULL, also TEXT NOT NULL, best INTEGER NOT NULL DEFAULT 0,
    signature BLOB NOT NULL,
    PRIMARY KEY (source, page, place)
) WITHOUT ROWID;
CREATE INDEX holding_key ON holding (key);
CREATE INDEX holding_best ON holding (cable) WHERE best;
CREATE TABLE text (
    source INTEGER NOT NULL, page INTEGER NOT NULL, place INTEGER NOT NULL, packed BLOB NOT NULL,
    PRIMARY KEY (source, page, place)
);
CREATE TABLE brought (
    source INTEGER NOT NULL, page INTEGER NOT NULL, place INTEGER NOT NULL, packed BLOB NOT NULL,
    PRIMARY KEY (source, page, place)
);
CREATE TABLE remark (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, address TEXT NOT NULL, reason TEXT NOT NULL,
    advice TEXT NOT NULL, line INTEGER, count INTEGER NOT NULL
);
CREATE INDEX remark_source ON remark (source);
CREATE TABLE touched (
    key TEXT PRIMARY KEY, source INTEGER, page INTEGER, place INTEGER, told TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE TABLE waiting (
    source INTEGER NOT NULL, page INTEGER NOT NULL, place INTEGER NOT NULL, packed BLOB NOT NULL,
    PRIMARY KEY (source, page, place)
);
CREATE TABLE lineage (name TEXT NOT NULL);
CREATE TABLE known (key TEXT PRIMARY KEY, first INTEGER NOT NULL, pages BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE arrival (id INTEGER PRIMARY KEY, key TEXT NOT NULL, moment INTEGER NOT NULL, before BLOB);
"""
# The data folder of the index and the mark of its commit with which the file belongs together; nothing where an engine
# can't tell, or where an older version of Cablegram wrote the file.
SETTLED = "CREATE TABLE IF NOT EXISTS settled (folder TEXT NOT NULL, mark TEXT NOT NULL)"
# Of several holdings of one cable the first in this order is the best: most text that is not blacked out, then the
# first path, then the first place. It depends on nothing but the pages, so a run that adds one page gives what a whole
# run gives.
RANK = "holding.weight DESC, source.path, holding.page, holding.place"


class File:
    """An open file of this form, in an index folder or in memory. Whoever opened it closes it."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self.connection: Final = connection
        self.folder: Final = folder

    def close(self) -> None:
        """Free the file."""
        self.connection.close()

    @property
    def version(self) -> int:
        """The number of its form. Raises `IndexDamaged` if the file can't be understood."""
        return int(next(self.rows("PRAGMA user_version"))[0])

    def check_version(self, *, older: bool = False) -> None:
        """Raises `IndexOutdated`, which says what to do, unless the file is of this form.

        With `older` one will do that can be brought to this form.
        """
        found = self.version
        if found == VERSION or (older and OLDEST <= found < VERSION):
            return
        wrote = f"{self.folder / FILE_NAME} was written by"
        anew = f"build the index anew with: {rebuild_command(self.folder)}"
        if found > VERSION:
            raise IndexOutdated(
                f"{wrote} a newer version of Cablegram (form {found}, and this one knows {VERSION});"
                f" use that one, or {anew}"
            )
        if found < OLDEST:
            raise IndexOutdated(
                f"{wrote} too old a version of Cablegram (form {found}, and this one knows {OLDEST} to {VERSION});"
                f" {anew}"
            )
        raise IndexOutdated(
            f"{wrote} an older version of Cablegram; bring it to this one with:"
            f" {migrate_command(self.folder)}; or {anew}"
        )

    def rows(self, statement: str, *given: object) -> Iterator[tuple[Any, ...]]:
        """The rows that a question of SQL gives. Raises `IndexDamaged` if the file can't be understood."""
        with self.understood():
            rows = self.connection.execute(statement, given)
            # Not by `yield from`: one that is left in the middle would close the rows of a file that is closed already.
            while (row := next(rows, None)) is not None:
                yield row

    @contextmanager
    def understood(self) -> Iterator[None]:
        """Turns what SQLite raises over a damaged file into `IndexDamaged`, over the machine into a `SearchError`."""
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
            # A fault of whoever asks, such as a file that was closed: it says nothing of the file.
            raise
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & _KIND in _MACHINE:
                raise SearchError(f"Cannot use {self.folder / FILE_NAME}: {error}.") from error
            raise self._damaged() from error

    def cable(self, packed: bytes) -> Cable:
        """A cable that is kept in the file, as `pack_cable` wrote it."""
        try:
            return unpack_cable(packed)
        except (ValueError, zlib.error) as error:
            raise self._damaged() from error

    def _damaged(self) -> IndexDamaged:
        return IndexDamaged(
            f"{self.folder / FILE_NAME} is damaged; build the index anew with: {rebuild_command(self.folder)}"
        )


def storable(text: str) -> str:
    """A text that can be stored: half of a surrogate pair, which a cable's JSON may hold, is written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
