"""Which cables are one telegram, in the file `telegrams.sqlite` of an index folder: the one owner of its form.

Owns the tables and the questions asked of them. Must not know how two cables are compared.

All of it follows from the cables of the index: a file that is missing, or of another form, is made anew by the next run
of the indexer. A run changes it in one transaction, so that readers have the groups of one state or of the next, and a
run that is killed leaves those of the last one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from urllib.parse import quote

from search.errors import SearchError
from search.telegrams.comparing import Kind
from search.telegrams.signatures import FORM

_Answer = TypeVar("_Answer")

FILE_NAME = "telegrams.sqlite"
_VERSION = 2
_WAIT = 30.0  # seconds for a run that writes
# A cable with a digest of its signature as it was when it was entered (the sources have the signature), and what that
# says of its words and marks; `hint` has what of it leads to others, by the kind of hint. A hint is the largest part of
# the file: its value has a sign, so that four bytes are enough, and the most frequent kinds take none.
# A pair are two cables that are one telegram, the first the one with more words, or two that surely are not; `alike` is
# how much of the longer one the other has. A member is a cable of a telegram with several versions: `telegram` is the
# number of the fullest of them, `kind` what this one is, `share` how much of the shorter of both is in the other.
# `about` names the state of the sources for which all of that is right.
_SCHEMA = """
CREATE TABLE about (form INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE cable (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, id TEXT NOT NULL, words INTEGER NOT NULL,
    marks INTEGER NOT NULL, digest BLOB NOT NULL);
CREATE TABLE hint (kind INTEGER NOT NULL, value INTEGER NOT NULL, cable INTEGER NOT NULL,
    PRIMARY KEY (kind, value, cable)) WITHOUT ROWID;
CREATE TABLE pair (one INTEGER NOT NULL, other INTEGER NOT NULL, kind TEXT NOT NULL, share REAL NOT NULL,
    alike REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX pair_other ON pair (other);
CREATE TABLE member (cable INTEGER PRIMARY KEY, telegram INTEGER NOT NULL, kind TEXT NOT NULL, share REAL NOT NULL);
CREATE INDEX member_telegram ON member (telegram);
"""
MARK, BAND, NUMBER = range(3)
_HALF = 1 << 31
# The kind of a pair that is surely two telegrams, which keeps a third one from making one of both.
APART = "apart"


def hint_value(number: int) -> int:
    """A number of 32 bits without a sign as the table of hints has it."""
    return number - _HALF


@dataclass(frozen=True, slots=True)
class Member:
    """A version of a telegram: its cable, what kind of version it is, and whether it is the fullest of them.

    `share` is how much of the words of the shorter one, of this and the fullest, the other has, from 0 to 1.
    """

    cable: str
    kind: Kind
    share: float
    fullest: bool


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
        for key, name, number in self._rows(wanted):
            of[key] = number
            ids[number] = (*ids.get(number, ()), name)
        return of, ids

    def versions(self, key: str) -> tuple[Member, ...]:
        """All versions of a cable's telegram, itself among them, the fullest first; none for one that stands alone."""
        wanted = (
            "SELECT id, m.kind, m.share, m.cable = telegram FROM member AS m JOIN cable ON number = m.cable"
            " WHERE telegram = (SELECT telegram FROM member JOIN cable ON number = member.cable WHERE key = ?)"
            " ORDER BY m.cable <> telegram, share DESC, id"
        )
        return tuple(
            Member(name, kind, share, bool(fullest))
            for name, kind, share, fullest in self._rows(wanted, key)
        )

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
            found = list(self._rows(wanted, MARK, hint_value(mark), most + 1))
            if len(found) <= most:
                for (name,) in found:
                    yield mark, name

    def _rows(self, statement: str, *given: object) -> Iterator[tuple[Any, ...]]:
        yield from self.connection.execute(statement, given)


@contextmanager
def writing(folder: Path) -> Iterator[Store]:
    """The file of an index folder, in a transaction; made if it is not there, emptied if it is of another form.

    What is not committed is lost. Raises SearchError if it can't be written.
    """
    path = folder / FILE_NAME
    try:
        with _opened(path) as store:
            yield store
    except sqlite3.OperationalError as error:
        raise SearchError(f"Cannot write {path} ({error}); run cablegram index again.") from error


def _opened(path: Path) -> Store:
    connection = _connected(path)
    try:
        return _prepared(connection)
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError:
        # It is damaged: it follows from the index, and is made anew.
        connection.close()
        path.unlink()
        return _prepared(_connected(path))


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_WAIT, isolation_level=None)


def in_memory() -> Store:
    """An empty one that is kept nowhere."""
    return _prepared(sqlite3.connect(":memory:", isolation_level=None))


def _prepared(connection: sqlite3.Connection) -> Store:
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("BEGIN IMMEDIATE")
    if not _is_known(connection):
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


def ask(folder: Path | None, question: Callable[[Store], _Answer], otherwise: _Answer) -> _Answer:
    """What the file of an index folder answers; `otherwise` if there is none of this form, or it is damaged.

    The next run of the indexer makes it anew, and until then each cable stands for itself.
    """
    if folder is None or not (folder / FILE_NAME).exists():
        return otherwise
    address = f"file:{quote(os.fsencode((folder / FILE_NAME).absolute()))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_WAIT)) as connection:
        try:
            if not _is_known(connection):
                return otherwise
            return question(Store(connection))
        except sqlite3.DatabaseError:
            return otherwise


def copy(folder: Path, target: Path, state: str) -> None:
    """Take the file over to another folder, where the sources are of that state."""

    def copied(store: Store) -> None:
        with closing(sqlite3.connect(target / FILE_NAME)) as connection:
            store.connection.backup(connection)
            connection.execute("UPDATE about SET state = ?", (state,))
            connection.commit()

    ask(folder, copied, None)


def _is_known(connection: sqlite3.Connection) -> bool:
    """Whether this version of Cablegram wrote the file."""
    known = next(connection.execute("PRAGMA user_version")) == (_VERSION,)
    return known and next(connection.execute("SELECT form FROM about"), None) == (FORM,)
