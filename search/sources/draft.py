"""The file of sources while a run writes it: a draft, which is announced and then takes the place of the valid file.

Owns the statements that write to `sources.sqlite` (those of `remarks` stand beside it), and the steps by which a draft
becomes the valid file. Must not know which of several places of a cable is to be kept: `indexer.runs.ledger` says so.

What is asked of a draft beside what is written to it, its `manifest` answers. Questions raise `IndexDamaged` if the
file can't be understood.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, Self, get_args

from corpus.model import Cable, Version
from search.engines.stored import pack_cable
from search.sources.announced import forget_journal
from search.sources.arrivals import ArrivalTable
from search.sources.form import (
    ANNOUNCED,
    DRAFT,
    FILE_NAME,
    RANK,
    SCHEMA,
    SETTLED,
    VERSION,
    File,
    storable,
)
from search.sources.manifest import Manifest
from search.sources.records import Facts, Given, Held, Input, Place
from search.sources.remarks import RemarkTable
from search.system.disk import reach_the_disk

# The tables that have a cable of a place: see the schema.
Packed = Literal["text", "brought", "waiting"]
_PACKED: tuple[Packed, ...] = get_args(Packed)
# What `touched` has for something that no page has any more.
_NO_SOURCE = -1
# `wanted` are the places that have to be read again.
_WORK = """
PRAGMA temp_store = FILE;
CREATE TEMP TABLE wanted (source INTEGER, page INTEGER, place INTEGER, PRIMARY KEY (source, page, place)) WITHOUT ROWID;
"""
# The keys that this run has touched, whether they are settled again or not.
_CHANGED = """
CREATE TEMP TABLE changed (key TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO temp.changed SELECT key FROM main.touched;
CREATE TEMP TRIGGER note_touched AFTER INSERT ON main.touched
BEGIN INSERT OR IGNORE INTO changed VALUES (NEW.key); END;
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS holding_doubles ON holding (key) WHERE NOT best;
CREATE INDEX IF NOT EXISTS holding_problems ON holding (problems, best) WHERE best;
"""
# A source that was about to change when the power failed: its stamp is another in what was announced. One that was to
# come is taken over, so that it is looked at; what the index has of any of them is not known.
_UNSURE = """
CREATE TEMP TABLE unsure AS
    SELECT path FROM main.source LEFT JOIN announced.source AS next USING (path) WHERE source.stamp IS NOT next.stamp
    UNION
    SELECT path FROM announced.source AS next LEFT JOIN main.source USING (path) WHERE source.stamp IS NOT next.stamp;
INSERT OR REPLACE INTO main.touched (key)
    SELECT key FROM main.holding JOIN main.source ON source.id = source WHERE path IN unsure;
INSERT OR REPLACE INTO main.touched (key) SELECT key FROM announced.touched;
INSERT OR REPLACE INTO main.touched (key)
    SELECT key FROM announced.holding AS h JOIN announced.source AS s ON s.id = h.source WHERE path IN unsure;
CREATE TEMP TABLE coming AS
    SELECT id, id + (SELECT COALESCE(MAX(id), 0) FROM main.source) AS new FROM announced.source
    WHERE path NOT IN (SELECT path FROM main.source);
INSERT INTO main.source
    SELECT new, path, address, alone, digest, reader, stamp, reason, advice, line, NULL
    FROM announced.source JOIN coming USING (id);
INSERT INTO main.holding
    SELECT new, page, place, key, cable, weight, paragraphs, problems, form, found, version, also, 0, signature
    FROM announced.holding AS h JOIN coming ON coming.id = h.source;
INSERT INTO main.waiting
    SELECT new, page, place, packed FROM announced.waiting AS w JOIN coming ON coming.id = w.source;
INSERT INTO main.text
    SELECT new, page, place, packed FROM announced.text AS t JOIN coming ON coming.id = t.source;
INSERT INTO main.brought
    SELECT new, page, place, packed FROM announced.brought AS b JOIN coming ON coming.id = b.source;
INSERT OR REPLACE INTO main.known SELECT key, first, pages FROM announced.known;
INSERT OR IGNORE INTO main.arrival SELECT id, key, moment, before FROM announced.arrival;
UPDATE main.source SET digest = '', pages = NULL WHERE path IN unsure;
UPDATE main.holding SET best = 0 WHERE key IN (SELECT key FROM main.touched);
DROP TABLE unsure;
DROP TABLE coming;
"""


class Draft:
    """The file of a run, while it is written. Only one may be open for a folder: hold the engine's lock."""

    def __init__(self, file: File) -> None:
        self.manifest: Final = Manifest(file)
        self.remarks: Final = RemarkTable(file)
        self.arrivals: Final = ArrivalTable(file)
        self._file = file
        self._connection = file.connection
        self._folder = file.folder
        self._stamp = uuid.uuid4().hex
        self._noted = False  # whether what is touched is noted
        # The tables of cables that have none.
        self._empty: set[Packed] = set()

    @classmethod
    def open(cls, folder: Path, *, fresh: bool, known: Path | None = None) -> Self:
        """A draft that begins as a copy of the valid file, or with nothing if it is `fresh` or there is none.

        What came when it takes over from the index in the folder `known`, its own if that is not named.

        Raises `IndexDamaged`, `IndexOutdated`.
        """
        path = folder / DRAFT
        path.unlink(missing_ok=True)
        valid = folder / FILE_NAME
        copied = valid.exists() and not fresh
        if copied:
            shutil.copyfile(valid, path)
        draft = cls(File(sqlite3.connect(path), folder))
        try:
            before = (known or folder) / FILE_NAME
            draft._prepare(copied=copied, valid=before if before.exists() else None)
        except BaseException:
            draft.close()
            raise
        return draft

    def _prepare(self, *, copied: bool, valid: Path | None) -> None:
        with self._file.understood():
            # What is in the draft counts only when it was announced: nothing has to reach the disk before.
            self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            self._connection.execute("PRAGMA cache_size = -4000")
            if copied:
                self._file.check_version()
            else:
                self._connection.executescript(SCHEMA)
                self._connection.execute(f"PRAGMA user_version = {VERSION}")
                self.arrivals.begin(valid)
            self._connection.execute(SETTLED)
            # What grows with the whole index, and is asked after each run; a file of an earlier version has none.
            self._connection.executescript(_INDEXES)
            self.arrivals.forget()
            self._connection.executescript(_WORK)
            if copied:
                self._connection.executescript(_CHANGED)
            self._noted = copied
        self._look_for_empty()

    def _look_for_empty(self) -> None:
        """Most runs keep no cable of a place: what is empty need not be asked for each cable."""
        self._empty = {
            table
            for table in _PACKED
            if next(self._file.rows(f"SELECT 1 FROM {table} LIMIT 1"), None) is None  # noqa: S608 - of constants
        }

    def changed(self) -> list[str] | None:
        """The keys of all cables that this run may have changed; None for a run that began with nothing."""
        if not self._noted:
            return None
        return [key for (key,) in self._file.rows("SELECT key FROM temp.changed")]

    def close(self) -> None:
        """Free the file; what was not announced is lost."""
        self._file.close()

    def doubt_announced(self) -> None:
        """Of what was announced and may have been committed or not: doubt each source that was about to change.

        Its digest is forgotten and all of its cables are touched; a source that was to come is taken over.
        """
        with self._file.understood():
            self._connection.execute("ATTACH ? AS announced", (str(self._folder / ANNOUNCED),))
            self._connection.executescript(_UNSURE)
            self._look_for_empty()
            self._connection.commit()
            self._connection.execute("DETACH announced")

    def doubt_all(self, keys: Iterable[str]) -> None:
        """Doubt each source, and all of these cables that the index has, whichever it has them from."""
        with self._file.understood():
            self._connection.execute("UPDATE source SET digest = '', pages = NULL")
            self._connection.execute("UPDATE holding SET best = 0")
            self._connection.execute("INSERT OR REPLACE INTO touched (key) SELECT key FROM holding")
            given = ((key,) for key in keys)
            self._connection.executemany("INSERT OR REPLACE INTO touched (key) VALUES (?)", given)
            self._connection.commit()

    # The steps by which it becomes the valid file.

    def announce(self, mark: tuple[str, str], *, last: bool) -> None:
        """Put the draft beside the valid file, complete and on the disk; or a copy of it, if it goes on.

        `mark` is the data folder of the index and the mark of its commit before.
        """
        self._connection.execute("DELETE FROM about")
        self._connection.execute("DELETE FROM settled")
        built = datetime.now(UTC).replace(microsecond=0).isoformat()
        self._connection.execute("INSERT INTO about VALUES (?, ?, ?)", (built, *mark))
        self._connection.commit()
        draft = self._folder / DRAFT
        if not last:
            draft = draft.with_suffix(".copy")
            shutil.copyfile(self._folder / DRAFT, draft)
            self._stamp = uuid.uuid4().hex
        reach_the_disk(draft)
        forget_journal(self._folder)
        draft.replace(self._folder / ANNOUNCED)
        reach_the_disk(self._folder)

    @contextmanager
    def changing_the_announced(self) -> Iterator[None]:
        """A context in which a draft can be written to though it ended with its announcement.

        What is announced then has what was written. A draft that goes on is changed, and the announced copy is not.
        """
        draft, announced = self._folder / DRAFT, self._folder / ANNOUNCED
        ended = not draft.exists()
        if ended:
            # What is announced has to be whole at any time: a copy of it stands there meanwhile.
            copy = draft.with_suffix(".copy")
            shutil.copyfile(announced, copy)
            reach_the_disk(copy)
            os.link(announced, draft)
            copy.replace(announced)
        yield
        self._connection.commit()
        if ended:
            reach_the_disk(draft)
            draft.replace(announced)
            reach_the_disk(self._folder)

    # Sources.

    def number(self, path: str) -> int | None:
        """The number of the source of that path."""
        found = self._file.rows("SELECT id FROM source WHERE path = ?", os.fsencode(path))
        return next((int(number) for (number,) in found), None)

    def enter(self, source: Input) -> int:
        """Enter a source that is not there; gives its number."""
        entered = self._connection.execute(
            "INSERT INTO source (path, address, alone, digest, reader, stamp, reason, advice, line, pages)"
            " VALUES (:path, :address, :alone, :digest, :reader, :stamp, :reason, :advice, :line, :pages)",
            self._row(source),
        )
        self._connection.commit()
        return int(entered.lastrowid or 0)

    def amend(self, source: Input) -> None:
        """Change what is said of a source; its cables stay."""
        self._connection.execute(
            "UPDATE source SET address = :address, alone = :alone, digest = :digest, stamp = :stamp, reason = :reason,"
            " advice = :advice, line = :line, pages = :pages WHERE path = :path",
            self._row(source),
        )
        self._connection.commit()

    def strike(self, number: int) -> None:
        """Strike out a source, with its cables, which are touched."""
        run = self._connection.execute
        found = (number,)
        run("INSERT OR IGNORE INTO touched (key) SELECT key FROM holding WHERE source = ?", found)
        run("UPDATE touched SET source = ?, told = '[]' WHERE source = ?", (_NO_SOURCE, number))
        for table in ("holding", "text", "brought", "waiting", "remark", "wanted"):
            run(f"DELETE FROM {table} WHERE source = ?", found)  # noqa: S608 - of constants
        run("DELETE FROM source WHERE id = ?", found)
        self._connection.commit()

    def _row(self, source: Input) -> dict[str, object]:
        return {
            **asdict(source),
            "path": os.fsencode(source.path),
            "address": storable(source.address),
            "reason": storable(source.reason),
            "advice": storable(source.advice),
            "stamp": self._stamp,
        }

    # Cables, and where they stand.

    def best_places(self, keys: Iterable[str]) -> list[tuple[int, str, str]]:
        """Where the index has these cables from: the source's number, where it was found as people see it, the key.

        In the order of the sources.
        """
        wanted = "SELECT source, found, key FROM holding WHERE key = ? AND best"
        return sorted(place for key in keys for place in self._file.rows(wanted, key))

    def untake(self, keys: Iterable[str]) -> None:
        """Note that the index has none of these cables, and was given none that is not settled yet."""
        each = [(key,) for key in keys]
        self._connection.executemany("UPDATE holding SET best = 0 WHERE key = ?", each)
        nothing = (
            "UPDATE touched SET source = NULL, page = NULL, place = NULL, told = '[]' WHERE key = ?"
        )
        self._connection.executemany(nothing, each)
        self.arrivals.doubt(key for (key,) in each)

    def touch_missing(self, path: str) -> None:
        """Touch the cables of a source that the index has from nowhere."""
        self._connection.execute(
            "INSERT OR IGNORE INTO touched (key) SELECT key FROM holding AS h JOIN source ON source.id = h.source"
            " WHERE path = ? AND NOT EXISTS (SELECT 1 FROM holding WHERE key = h.key AND best)",
            (os.fsencode(path),),
        )
        self._connection.commit()

    def hold(self, at: Place, facts: Facts) -> None:
        """Enter a cable of a source, and touch it."""
        self._connection.execute(
            "INSERT INTO holding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
            (
                *(at.source, at.page, at.place, facts.key, facts.cable),
                *(facts.weight, facts.paragraphs, facts.problems, storable(facts.version.source)),
                *(storable(facts.found), _listed((facts.version,)), _listed(facts.also)),
                facts.signature,
            ),
        )
        self._connection.execute("INSERT OR IGNORE INTO touched (key) VALUES (?)", (facts.key,))

    def held(self, key: str) -> list[Held]:
        """All that hold a cable, the best first."""
        wanted = (
            "SELECT holding.source, page, place, cable, version, also, best, packed NOT NULL FROM holding"
            " JOIN source ON source.id = holding.source LEFT JOIN text USING (source, page, place)"
            " WHERE key = ? ORDER BY "
        )
        return [
            Held(Place(*at), cable, _versions(own)[0], _versions(also), bool(best), bool(has_text))
            for *at, cable, own, also, best, has_text in self._file.rows(wanted + RANK, key)
        ]

    def release(self, at: Place) -> None:
        """Strike out a cable of a source, with the passages that it brought."""
        for table in ("holding", "brought"):
            wanted = f"DELETE FROM {table} WHERE source = ? AND page = ? AND place = ?"  # noqa: S608 - of constants
            self._connection.execute(wanted, _numbers(at))

    def pack(self, table: Packed, at: Place, cable: Cable) -> None:
        """Keep a cable of a place. Raises ValueError if it is no text that could be shown."""
        self._empty.discard(table)
        self._connection.execute(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?)",  # noqa: S608 - of constants
            (*_numbers(at), pack_cable(cable)),
        )

    def unpacked(self, table: Packed, at: Place) -> Cable | None:
        """The cable that is kept of a place."""
        wanted = f"SELECT packed FROM {table} WHERE source = ? AND page = ? AND place = ?"  # noqa: S608 - of constants
        found = next(self._file.rows(wanted, *_numbers(at)), None)
        return self._file.cable(found[0]) if found else None

    def drop(self, table: Packed, at: Place) -> None:
        """Strike out the cable that is kept of a place, if there is one."""
        if table in self._empty:
            return
        wanted = f"DELETE FROM {table} WHERE source = ? AND page = ? AND place = ?"  # noqa: S608 - of constants
        self._connection.execute(wanted, _numbers(at))

    # What the engine was given, and what it should have.

    def give(self, key: str, at: Place, told: tuple[Version, ...]) -> None:
        """Note what the engine was given for a key."""
        self._connection.execute(
            "UPDATE touched SET source = ?, page = ?, place = ?, told = ? WHERE key = ?",
            (*_numbers(at), _listed(told), key),
        )

    def given(self, key: str) -> Given | None:
        """What the engine was given for a key since it was touched, None for nothing."""
        wanted = "SELECT source, page, place, told FROM touched WHERE key = ? AND source NOT NULL"
        found = next(self._file.rows(wanted, key), None)
        return Given(Place(*found[:3]), _versions(found[3])) if found else None

    def settle_plain(self) -> None:
        """Settle the keys with one place only, from which the engine was given the cable, and told of no version."""
        plain = (
            " (SELECT t.source, t.page, t.place FROM touched AS t JOIN holding USING (source, page, place)"
            " WHERE told = '[]' AND (SELECT COUNT(*) FROM holding AS h WHERE h.key = t.key) = 1)"
        )
        run = self._connection.execute
        run(f"UPDATE holding SET best = 1 WHERE (source, page, place) IN {plain}")  # noqa: S608
        run(f"DELETE FROM touched WHERE (source, page, place) IN {plain}")  # noqa: S608

    @property
    def has_touched(self) -> bool:
        """Whether a key is touched that a page still has."""
        left = "SELECT 1 FROM touched JOIN holding USING (key) LIMIT 1"
        return next(self._file.rows(left), None) is not None

    def touched(self) -> Iterator[str]:
        """The keys that are touched, in order; they may be settled meanwhile."""
        last = ""
        wanted = "SELECT key FROM touched WHERE key > ? ORDER BY key LIMIT 1000"
        while some := list(self._file.rows(wanted, last)):
            for (last,) in some:
                yield last

    def settle(self, key: str, best: Place | None) -> None:
        """Note that the engine has a cable from that place, or that it has none; the key is not touched any more."""
        if best is not None:
            mark = "UPDATE holding SET best = (source, page, place) = (?, ?, ?) WHERE key = ?"
            self._connection.execute(mark, (*_numbers(best), key))
        self._connection.execute("DELETE FROM touched WHERE key = ?", (key,))

    # What has to be read again.

    def want(self, at: Place) -> None:
        """Note that a place has to be read again."""
        self._connection.execute("INSERT OR IGNORE INTO wanted VALUES (?, ?, ?)", _numbers(at))

    def wanted(self) -> list[Input]:
        """The sources with places that have to be read again."""
        paths = self._file.rows(
            "SELECT path FROM source WHERE id IN (SELECT source FROM wanted) ORDER BY path"
        )
        found = [self.manifest.source(os.fsdecode(path)) for (path,) in paths]
        return [source for source in found if source is not None]

    def wanted_on(self, number: int, page: int) -> set[int]:
        """Which of the cables on a page of a source have to be read again."""
        wanted = "SELECT place FROM wanted WHERE source = ? AND page = ?"
        return {place for (place,) in self._file.rows(wanted, number, page)}

    def none_wanted(self) -> None:
        """Strike out what had to be read again."""
        self._connection.execute("DELETE FROM wanted")


def _numbers(at: Place) -> tuple[int, int, int]:
    return at.source, at.page, at.place


def _listed(named: tuple[Version, ...]) -> str:
    # Most cables are told of none.
    if not named:
        return "[]"
    return json.dumps([(each.source, each.address, each.digest) for each in named])


def _versions(listed: str) -> tuple[Version, ...]:
    return tuple(Version(*each) for each in json.loads(listed))
