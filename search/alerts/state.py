"""What the alerts of an index have told, in the file `alerts.sqlite` of its folder: the one owner of its form.

Owns what is remembered and in which steps it is written. Must not know what is new, nor how it is delivered.

What is found and what is to be delivered of it are written in one step, with how far each alert has come. So at
any moment a hit is either not found yet, and will be, or stands here once; whatever was not delivered is delivered by
the next run. How that is done only once is for each kind of delivery to say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec

from corpus.late_dataclasses import dataclass
from search.errors import SearchError

STATE_FILE = "alerts.sqlite"
LOCK_FILE = "alerts.lock"
_VERSION = 1
# `alert` has how far each alert has come in the arrivals of a lineage (`search.sources`), and with which of its hits
# its feed was written last. `told` has every hit that was found, once for each alert, cable and text; `entry` is what
# is said of it. `parcel` is what is to be delivered, until it is: `content` in full, `at` the size of the file that it
# is being written behind. `sent` has to whom a parcel came already, by a digest of the address.
_SCHEMA = """
CREATE TABLE alert (
    name TEXT PRIMARY KEY, lineage TEXT NOT NULL, after INTEGER NOT NULL, feed INTEGER NOT NULL DEFAULT -1
) WITHOUT ROWID;
CREATE TABLE told (
    id INTEGER PRIMARY KEY AUTOINCREMENT, alert TEXT NOT NULL, cable TEXT NOT NULL, words BLOB NOT NULL,
    entry BLOB NOT NULL
);
CREATE UNIQUE INDEX told_once ON told (alert, cable, words);
CREATE INDEX told_order ON told (alert, id);
CREATE TABLE parcel (
    id TEXT PRIMARY KEY, place INTEGER NOT NULL, alert TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    content TEXT NOT NULL, target TEXT NOT NULL DEFAULT '', at INTEGER
) WITHOUT ROWID;
CREATE TABLE sent (parcel TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (parcel, target)) WITHOUT ROWID;
"""

Kind = Literal["file", "message"]


@dataclass(frozen=True, slots=True)
class Found:
    """What is said of a hit: its cable, what of it was found, the passage that matched, when it was indexed.

    `date` is the cable's as people read it. `path` is its address inside a site, not encoded.
    """

    cable: str
    subject: str
    date: str
    origin: str
    tags: tuple[str, ...]
    anchor: str
    place: str
    passage: str
    path: str
    indexed: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something to deliver: a part of a file, or a message. `id` is the same however often it is tried."""

    id: str
    alert: str
    kind: Kind
    title: str
    content: str
    target: str = ""
    at: int | None = None


class State:
    """The file of state, open for one run at a time. Use it in a with statement.

    Everything raises `SearchError` if the file can't be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / STATE_FILE
        self._lock_path = folder / LOCK_FILE

    def __enter__(self) -> Self:
        """Waits until no other run is under way: it may be telling what this one would."""
        # Here, because who only serves needs none.
        from filelock import FileLock

        self._lock = FileLock(self._lock_path, fallback_to_soft=False)
        try:
            self._lock.acquire()
        except OSError as error:
            raise self._failed(error.strerror or str(error)) from error
        try:
            with self._understood():
                self._connection = sqlite3.connect(self._path, isolation_level=None)
                self._prepare()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
        self._lock.release()

    def _prepare(self) -> None:
        run = self._connection.execute
        # What was written has to be there after a loss of power too.
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        (version,) = next(run("PRAGMA user_version"))
        if version == 0:
            self._connection.executescript(
                f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;"
            )
        elif version != _VERSION:
            self._connection.close()
            raise SearchError(
                f"{self._path} was written by another version of Cablegram; move it away,"
                " and the alerts begin with what is indexed from now on."
            )

    # How far each alert is.

    def after(self, alert: str, lineage: str) -> int | None:
        """The last arrival that an alert was asked about; None if it is new, or the index another one."""
        wanted = "SELECT after FROM alert WHERE name = ? AND lineage = ?"
        found = next(self._rows(wanted, alert, lineage), None)
        return int(found[0]) if found else None

    def knows(self, alert: str) -> bool:
        """Whether an alert was asked before, of this index or of one that was here before."""
        return any(self._rows("SELECT 1 FROM alert WHERE name = ?", alert))

    def begin(self, begun: Mapping[str, int], lineage: str) -> None:
        """Alerts begin, each behind an arrival: what came before is not told."""
        with self._step() as run:
            for alert, after in begun.items():
                run(
                    "INSERT INTO alert (name, lineage, after) VALUES (?, ?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET lineage = excluded.lineage, after = excluded.after",
                    (alert, lineage, after),
                )

    def forget(self, *alerts: str) -> None:
        """Strike alerts out, with all that they told; one of the same name begins anew."""
        parcels = "SELECT id FROM parcel WHERE alert = ?"
        with self._step() as run:
            for alert in alerts:
                run("DELETE FROM alert WHERE name = ?", (alert,))
                run("DELETE FROM told WHERE alert = ?", (alert,))
                run(f"DELETE FROM sent WHERE parcel IN ({parcels})", (alert,))  # noqa: S608 - of constants
                run("DELETE FROM parcel WHERE alert = ?", (alert,))

    def names(self) -> list[str]:
        """The names of the alerts that were asked, in order."""
        return [name for (name,) in self._rows("SELECT name FROM alert ORDER BY name")]

    # What was found.

    @contextmanager
    def finding(self) -> Iterator[Finding]:
        """One step: what is entered in its context is there as a whole, or not at all."""
        with self._step() as run:
            yield Finding(run)

    def told(self, alert: str, most: int) -> list[tuple[int, bytes, Found]]:
        """The last hits of an alert, newest first, each with its number and what its text is known by."""
        wanted = "SELECT id, words, entry FROM told WHERE alert = ? ORDER BY id DESC LIMIT ?"
        return [
            (number, words, msgspec.json.decode(entry, type=Found))
            for number, words, entry in self._rows(wanted, alert, most)
        ]

    def count(self, alert: str) -> int:
        """How many hits an alert has told."""
        return int(next(self._rows("SELECT COUNT(*) FROM told WHERE alert = ?", alert))[0])

    def count_after(self, alert: str, last: int) -> int:
        """How many hits an alert has told behind one of them."""
        wanted = "SELECT COUNT(*) FROM told WHERE alert = ? AND id > ?"
        return int(next(self._rows(wanted, alert, last))[0])

    def last_told(self, alert: str) -> int:
        """The number of an alert's last hit, 0 for none."""
        return int(
            next(self._rows("SELECT COALESCE(MAX(id), 0) FROM told WHERE alert = ?", alert))[0]
        )

    # What is delivered.

    def feed_written(self, alert: str) -> int:
        """With which of its hits an alert's feed was written last; -1 for never."""
        return int(next(self._rows("SELECT feed FROM alert WHERE name = ?", alert))[0])

    def note_feeds(self, written: Mapping[str, int]) -> None:
        """The feeds of alerts were written, each up to one of its hits."""
        with self._step() as run:
            for alert, last in written.items():
                run("UPDATE alert SET feed = ? WHERE name = ?", (last, alert))

    def parcels(self) -> list[Parcel]:
        """What is not delivered yet, in the order in which it was found."""
        wanted = "SELECT id, alert, kind, title, content, target, at FROM parcel ORDER BY place, id"
        return [Parcel(*row) for row in self._rows(wanted)]

    def note_place(self, parcel: str, at: int) -> None:
        """A part of a file is about to be written behind so many bytes."""
        with self._understood():
            self._connection.execute("UPDATE parcel SET at = ? WHERE id = ?", (at, parcel))

    def has_sent(self, parcel: str, target: str) -> bool:
        """Whether a parcel came to an address."""
        return any(self._rows("SELECT 1 FROM sent WHERE parcel = ? AND target = ?", parcel, target))

    def note_sent(self, parcel: str, target: str) -> None:
        """A parcel came to an address."""
        with self._understood():
            self._connection.execute("INSERT OR IGNORE INTO sent VALUES (?, ?)", (parcel, target))

    def delivered(self, parcel: str) -> None:
        """A parcel is where it should be."""
        with self._step() as run:
            run("DELETE FROM parcel WHERE id = ?", (parcel,))
            run("DELETE FROM sent WHERE parcel = ?", (parcel,))

    @contextmanager
    def _step(self) -> Iterator[Any]:
        with self._understood():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            with self._understood():
                yield self._connection.execute
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _rows(self, statement: str, *given: object) -> Iterator[tuple[Any, ...]]:
        with self._understood():
            yield from self._connection.execute(statement, given)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._failed(str(error)) from error

    def _failed(self, reason: str) -> SearchError:
        return SearchError(
            f"What the alerts have told can't be kept in {self._path} ({reason}); nothing more is told before it can."
        )


class Finding:
    """What is entered in one step of a `State`."""

    def __init__(self, run: Any) -> None:
        self._run = run

    def tell(self, alert: str, cable: str, words: bytes, found: Found) -> bool:
        """Enter a hit; says whether it is one that was not told before."""
        done = self._run(
            "INSERT OR IGNORE INTO told (alert, cable, words, entry) VALUES (?, ?, ?, ?)",
            (alert, cable, words, msgspec.json.encode(found)),
        )
        return bool(done.rowcount)

    def send(self, parcel: Parcel) -> None:
        """Enter what is to be delivered, behind all that is entered already."""
        self._run(
            "INSERT INTO parcel (id, place, alert, kind, title, content, target)"
            " VALUES (?, (SELECT COALESCE(MAX(place), 0) + 1 FROM parcel), ?, ?, ?, ?, ?)",
            (parcel.id, parcel.alert, parcel.kind, parcel.title, parcel.content, parcel.target),
        )

    def come_to(self, alert: str, after: int) -> None:
        """An alert was asked about all arrivals up to that one."""
        self._run("UPDATE alert SET after = ? WHERE name = ? AND after < ?", (after, alert, after))


def has_state(folder: Path) -> bool:
    """Whether alerts have told anything of the index in that folder."""
    return (folder / STATE_FILE).exists()


def copy_state(folder: Path, place: Path) -> Path:
    """A copy of the file of state, as of one moment, in another folder: a run may be under way. Raises SearchError."""
    target = place / STATE_FILE
    try:
        with (
            closing(sqlite3.connect(folder / STATE_FILE)) as before,
            closing(sqlite3.connect(target)) as after,
        ):
            before.backup(after)
    except sqlite3.Error as error:
        raise SearchError(f"Cannot copy {folder / STATE_FILE}: {error}.") from error
    return target
