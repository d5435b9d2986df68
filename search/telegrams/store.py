"""Which cables are one telegram, in the file `telegrams.sqlite` of an index folder: the one owner of its form.

Owns the tables and the questions asked of them. Must not know how two cables are compared.

All of it follows from the cables of the index: a file that is missing, or of another form, is made anew by the next run
of the indexer. A run changes it in one transaction, so that readers have the groups of one state or of the next, and a
run that is killed leaves those of the last one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self, cast
from urllib.parse import quote

from search.telegrams.comparing import Kind
from search.telegrams.signatures import FORM

FILE_NAME = "telegrams.sqlite"
_VERSION = 1
_WAIT = 30.0  # seconds for a run that writes
# A cable with its signature as it was when it was entered; `hint` has what of it leads to others, by the kind of hint.
# A pair are two cables that are one telegram, the first the one with more words, or two that surely are not; `alike` is how much of
# the longer one the other has; a member is a cable of a telegram with
# several versions: `telegram` is the number of the fullest of them, `kind` and `share` what this one is to it. `about`
# names the state of the sources for which all of that is right.
_SCHEMA = """
CREATE TABLE about (form INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE cable (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, id TEXT NOT NULL, signature BLOB NOT NULL);
CREATE TABLE hint (kind INTEGER NOT NULL, value INTEGER NOT NULL, cable INTEGER NOT NULL,
    PRIMARY KEY (kind, value, cable)) WITHOUT ROWID;
CREATE TABLE pair (one INTEGER NOT NULL, other INTEGER NOT NULL, kind TEXT NOT NULL, share REAL NOT NULL,
    alike REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX pair_other ON pair (other);
CREATE TABLE member (cable INTEGER PRIMARY KEY, telegram INTEGER NOT NULL, kind TEXT NOT NULL, share REAL NOT NULL);
CREATE INDEX member_telegram ON member (telegram);
"""
NUMBER, BAND, MARK = range(3)
# The kind of a pair that is surely two telegrams, which keeps a third one from making one of both.
APART = "apart"


@dataclass(frozen=True, slots=True)
class Member:
    """A version of a telegram: its cable, and what it is to the fullest version, which is `kind` "fullest" itself.

    `share` is how much of the shorter one's words the other has, from 0 to 1.
    """

    cable: str
    kind: Kind | str
    share: float


class Store:
    """The open file. Close it, or use it in a with statement."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection: Final = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free the file; what was not committed is lost."""
        self.connection.close()

    # What readers ask.

    @property
    def state(self) -> str:
        """The state of the sources that it is right for; "" for none."""
        return str(next(self._rows("SELECT state FROM about"), ("",))[0])

    def telegrams(self) -> tuple[dict[str, int], dict[int, tuple[str, ...]]]:
        """The telegrams with several versions: the number of each cable's by its look-up key, and the ids of each one's
        versions, the fullest first."""
        wanted = (
            "SELECT key, id, telegram FROM member AS m JOIN cable ON number = m.cable"
            " ORDER BY telegram, m.cable <> telegram, share DESC, id"
        )
        of: dict[str, int] = {}
        ids: dict[int, tuple[str, ...]] = {}
        for key, name, number in cast(Iterable[tuple[str, str, int]], self._rows(wanted)):
            of[key] = number
            ids[number] = (*ids.get(number, ()), name)
        return of, ids

    def versions(self, key: str) -> tuple[Member, ...]:
        """All versions of a cable's telegram, itself among them, the fullest first; none for one that stands alone."""
        wanted = (
            "SELECT id, m.kind, m.share FROM member AS m JOIN cable ON number = m.cable WHERE telegram ="
            " (SELECT telegram FROM member JOIN cable ON number = member.cable WHERE key = ?)"
            " ORDER BY m.cable <> telegram, share DESC, id"
        )
        return tuple(Member(*row) for row in self._rows(wanted, key))

    def counts(self) -> tuple[int, int, int]:
        """How many cables there are, telegrams with several versions, and versions of these."""
        cables = next(self._rows("SELECT COUNT(*) FROM cable"))[0]
        several, versions = next(
            self._rows("SELECT COUNT(DISTINCT telegram), COUNT(*) FROM member")
        )
        return int(cables), int(several), int(versions)

    def with_marks(self, marks: Sequence[int], most: int) -> Iterator[tuple[int, str]]:
        """Each mark that at most so many cables have, with the id of each of them."""
        wanted = "SELECT id FROM hint JOIN cable ON number = hint.cable WHERE kind = ? AND value = ? LIMIT ?"
        for mark in marks:
            found = list(self._rows(wanted, MARK, mark, most + 1))
            if len(found) <= most:
                for (name,) in found:
                    yield mark, name

    def _rows(self, statement: str, *given: object) -> Iterator[tuple[object, ...]]:
        yield from self.connection.execute(statement, given)


def open_to_write(folder: Path) -> Store:
    """The file of an index folder, in a transaction; made if it is not there, emptied if it is of another form."""
    path = folder / FILE_NAME
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        return _prepared(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise
        # It is damaged: it follows from the index, and is made anew.
        path.unlink()
        return _prepared(sqlite3.connect(path, timeout=_WAIT, isolation_level=None))


def in_memory() -> Store:
    """An empty one that is kept nowhere."""
    return _prepared(sqlite3.connect(":memory:", isolation_level=None))


def _prepared(connection: sqlite3.Connection) -> Store:
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("BEGIN IMMEDIATE")
    known = next(connection.execute("PRAGMA user_version")) == (_VERSION,)
    if not known or next(connection.execute("SELECT form FROM about"), None) != (FORM,):
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (name,) in tables:
            connection.execute(f"DROP TABLE {name}")
        for statement in filter(str.strip, _SCHEMA.split(";")):
            connection.execute(statement)
        connection.execute("INSERT INTO about VALUES (?, '')", (FORM,))
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    return Store(connection)


def open_to_read(folder: Path) -> Store | None:
    """The file of an index folder; None if there is none of this form."""
    path = folder / FILE_NAME
    if not path.exists():
        return None
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=_WAIT, check_same_thread=False)
    try:
        if next(connection.execute("PRAGMA user_version")) == (_VERSION,) and (
            next(connection.execute("SELECT form FROM about"), None) == (FORM,)
        ):
            return Store(connection)
    except sqlite3.DatabaseError:
        # Damaged: as if there were none, until the next run makes it anew.
        connection.close()
        return None
    connection.close()
    return None
