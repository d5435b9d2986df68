"""The book that a run of the indexer keeps: which page has which cable, and which of them the engine is to have.

Owns the writing of `sources.sqlite` (its form is `search.sources`'s) and the choice among several pages with one
cable. Must not know how a page is read, nor what an engine does with a cable.

A run writes into a draft, a copy of the last manifest. Two steps put it, or a copy of it, in its place, around each of
the engine's commits: `announce` before it, `replace` after it. If the power fails in between, the next run finds what
was announced, and sees by the engine's mark whether the commit came through (`indexer.runs.commits`). With an engine
that has no marks nobody knows: the next ledger then takes each source that was about to change for one whose state in
the index is not known, and has all of its cables looked at again.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, astuple, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

from corpus.model import Cable, Passage, Version
from indexer.runs.commits import interrupted, reach_the_disk
from indexer.runs.remarks import MOST_REMARKS, Remarks, text_of
from indexer.runs.versions import Facts, Given, Held, Place, compared
from search.engines.stored import pack_cable
from search.sources import (
    ANNOUNCED,
    DRAFT,
    FILE_NAME,
    RANK,
    SCHEMA,
    VERSION,
    Input,
)

# The tables that have a cable of a place.
_Packed = Literal["text", "brought", "waiting"]
# What `touched` has for something that no page has any more.
_NO_SOURCE = -1
# `wanted` are the places that have to be read again.
_WORK = """
PRAGMA temp_store = FILE;
CREATE TEMP TABLE wanted (source INTEGER, page INTEGER, place INTEGER, PRIMARY KEY (source, page, place)) WITHOUT ROWID;
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
    SELECT new, page, place, key, cable, weight, paragraphs, problems, form, found, version, also, 0
    FROM announced.holding AS h JOIN coming ON coming.id = h.source;
INSERT INTO main.waiting
    SELECT new, page, place, packed FROM announced.waiting AS w JOIN coming ON coming.id = w.source;
INSERT INTO main.text
    SELECT new, page, place, packed FROM announced.text AS t JOIN coming ON coming.id = t.source;
INSERT INTO main.brought
    SELECT new, page, place, packed FROM announced.brought AS b JOIN coming ON coming.id = b.source;
UPDATE main.source SET digest = '', pages = NULL WHERE path IN unsure;
UPDATE main.holding SET best = 0 WHERE key IN (SELECT key FROM main.touched);
DROP TABLE unsure;
DROP TABLE coming;
"""


class Ledger(Remarks):
    """The manifest of a run, while it is written. Only one may be open for a folder: hold the engine's lock."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        super().__init__(connection, folder)
        self._stamp = uuid.uuid4().hex

    @classmethod
    def open(cls, folder: Path, *, fresh: bool) -> Self:
        """The ledger of a run that goes on from the last one, or from nothing if it is `fresh`.

        Raises `IndexDamaged`, `IndexOutdated`.
        """
        draft = folder / DRAFT
        draft.unlink(missing_ok=True)
        settled = folder / FILE_NAME
        copied = settled.exists() and not fresh
        if copied:
            shutil.copyfile(settled, draft)
        ledger = cls(sqlite3.connect(draft), folder)
        try:
            ledger._prepare(copied=copied, go_on=not fresh)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def _prepare(self, *, copied: bool, go_on: bool) -> None:
        with self.understood():
            # What is in the draft counts only when it was announced: nothing has to reach the disk before.
            self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            self._connection.execute("PRAGMA cache_size = -4000")
            if copied:
                self.check_version()
            else:
                self._connection.executescript(SCHEMA)
                self._connection.execute(f"PRAGMA user_version = {VERSION}")
            self._connection.executescript(_WORK)
            if go_on and interrupted(self._folder):
                self._connection.execute("ATTACH ? AS announced", (str(self._folder / ANNOUNCED),))
                self._connection.executescript(_UNSURE)
                self._connection.commit()
                self._connection.execute("DETACH announced")

    def begin(self, source: Input) -> int:
        """Enter a source, in the place of what was known of it; gives its number in this ledger."""
        self.forget(source.path)
        self._remarks.clear()
        self._passed.clear()
        entered = self._connection.execute(
            "INSERT INTO source (path, address, alone, digest, reader, stamp, reason, advice, line, pages)"
            " VALUES (:path, :address, :alone, :digest, :reader, :stamp, :reason, :advice, :line, :pages)",
            self._row(source),
        )
        self._connection.commit()
        return int(entered.lastrowid or 0)

    def go_on(self, source: Input) -> int:
        """Go on with a source whose reading broke off; gives its number in this ledger."""
        (number,) = next(
            self.rows("SELECT id FROM source WHERE path = ?", os.fsencode(source.path))
        )
        counted = (
            "SELECT kind, SUM(CASE WHEN kind = 'passed over' AND reason <> '' THEN 1 ELSE count END)"
            " FROM remark WHERE source = ? GROUP BY kind"
        )
        # Of more than are kept by name one stands for the others.
        self._remarks = Counter(
            {kind: min(count, MOST_REMARKS + 1) for kind, count in self.rows(counted, number)}
        )
        named = (
            "SELECT source, address, reason FROM remark WHERE source = ? AND kind = 'passed over'"
        )
        self._passed = set(self.rows(named, number))
        return int(number)

    def forget(self, path: str) -> None:
        """Strike a source out, with its cables; what the index has of them is settled at the end."""
        found = next(self.rows("SELECT id FROM source WHERE path = ?", os.fsencode(path)), None)
        if found is None:
            return
        run = self._connection.execute
        run("INSERT OR IGNORE INTO touched (key) SELECT key FROM holding WHERE source = ?", found)
        run("UPDATE touched SET source = ?, told = '[]' WHERE source = ?", (_NO_SOURCE, *found))
        for table in ("holding", "text", "brought", "waiting", "remark", "wanted"):
            run(f"DELETE FROM {table} WHERE source = ?", found)  # noqa: S608 - of constants
        run("DELETE FROM source WHERE id = ?", found)
        self._connection.commit()

    def amend(self, source: Input) -> None:
        """Change what is said of a source that keeps its cables."""
        self._connection.execute(
            "UPDATE source SET address = :address, alone = :alone, digest = :digest, stamp = :stamp, reason = :reason,"
            " advice = :advice, line = :line, pages = :pages WHERE path = :path",
            self._row(source),
        )
        self._connection.commit()

    def _row(self, source: Input) -> dict[str, object]:
        return {
            **asdict(source),
            "path": os.fsencode(source.path),
            "address": text_of(source.address),
            "reason": text_of(source.reason),
            "advice": text_of(source.advice),
            "stamp": self._stamp,
        }

    def hold(self, at: Place, facts: Facts) -> list[Held]:
        """Enter a cable of a source; gives all that hold it now, the best first."""
        self._connection.execute(
            "INSERT INTO holding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (
                *(at.source, at.page, at.place, facts.key, facts.cable),
                *(facts.weight, facts.paragraphs, facts.problems, text_of(facts.version.source)),
                *(text_of(facts.found), _listed((facts.version,)), _listed(facts.also)),
            ),
        )
        self._connection.execute("INSERT OR IGNORE INTO touched (key) VALUES (?)", (facts.key,))
        return self.held(facts.key)

    def keep(self, at: Place, cable: Cable) -> None:
        """Keep the text of a cable that the index has from another place; its page is not kept.

        Raises ValueError if it is no text that could be shown: the engines refuse such a cable too.
        """
        self._pack("text", at, replace(cable, segments=(), versions=(), passages=()))

    def text_at(self, at: Place) -> Cable | None:
        """The cable of a place of which the text is kept, without its segments."""
        return self._unpacked("text", at)

    def bring(self, at: Place, cable: Cable) -> None:
        """Keep the passages that a cable brought with it, of versions whose pages may not be there.

        Raises ValueError if they are no text that could be shown.
        """
        self._pack("brought", at, Cable(cable.id, versions=cable.versions, passages=cable.passages))

    def brought(self, at: Place) -> tuple[Passage, ...]:
        """The passages that the cable of a place brought with it."""
        found = self._unpacked("brought", at)
        return found.passages if found else ()

    def wait(self, at: Place, cable: Cable) -> None:
        """Keep a whole cable until it is put. Raises ValueError if it is no text that could be shown."""
        self._pack("waiting", at, cable)

    def waiting(self, at: Place) -> Cable | None:
        """The whole cable of a place, if it waits to be put."""
        return self._unpacked("waiting", at)

    def _pack(self, table: _Packed, at: Place, cable: Cable) -> None:
        self._connection.execute(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?)",  # noqa: S608 - of constants
            (*astuple(at), pack_cable(cable)),
        )

    def _unpacked(self, table: _Packed, at: Place) -> Cable | None:
        wanted = f"SELECT packed FROM {table} WHERE source = ? AND page = ? AND place = ?"  # noqa: S608 - of constants
        found = next(self.rows(wanted, *astuple(at)), None)
        return self.unpacked(found[0]) if found else None

    def _drop(self, at: Place) -> None:
        """Strike out the text of a place, if there is one."""
        wanted = "DELETE FROM text WHERE source = ? AND page = ? AND place = ?"
        self._connection.execute(wanted, astuple(at))

    def release(self, at: Place) -> None:
        """Strike out a cable of a source, which no index can hold."""
        for table in ("holding", "brought"):
            wanted = f"DELETE FROM {table} WHERE source = ? AND page = ? AND place = ?"  # noqa: S608 - of constants
            self._connection.execute(wanted, astuple(at))

    def held(self, key: str) -> list[Held]:
        """All that hold a cable, the best first."""
        wanted = (
            "SELECT holding.source, page, place, cable, version, also, best, packed NOT NULL FROM holding"
            " JOIN source ON source.id = holding.source LEFT JOIN text USING (source, page, place)"
            " WHERE key = ? ORDER BY "
        )
        return [
            Held(Place(*at), cable, _versions(own)[0], _versions(also), bool(best), bool(has_text))
            for *at, cable, own, also, best, has_text in self.rows(wanted + RANK, key)
        ]

    def give(self, key: str, at: Place, told: tuple[Version, ...]) -> None:
        """Note what the engine was given for a key."""
        self._connection.execute(
            "UPDATE touched SET source = ?, page = ?, place = ?, told = ? WHERE key = ?",
            (*astuple(at), _listed(told), key),
        )
        self._drop(at)

    def given(self, key: str) -> Given | None:
        """What the engine was given for a key in this run, None for nothing."""
        wanted = "SELECT source, page, place, told FROM touched WHERE key = ? AND source NOT NULL"
        found = next(self.rows(wanted, key), None)
        return Given(Place(*found[:3]), _versions(found[3])) if found else None

    def settle_plain(self) -> None:
        """Settle the keys with one place only, from which the engine was given the cable: most of all."""
        plain = (
            " (SELECT t.source, t.page, t.place FROM touched AS t JOIN holding USING (source, page, place)"
            " WHERE told = '[]' AND (SELECT COUNT(*) FROM holding AS h WHERE h.key = t.key) = 1)"
        )
        run = self._connection.execute
        run(f"UPDATE holding SET best = 1 WHERE (source, page, place) IN {plain}")  # noqa: S608
        run(f"DELETE FROM touched WHERE (source, page, place) IN {plain}")  # noqa: S608

    @property
    def compares(self) -> bool:
        """Whether a key is left that has several places, so that one cable has to be compared with another."""
        left = "SELECT 1 FROM touched JOIN holding USING (key) LIMIT 1"
        return next(self.rows(left), None) is not None

    def unsettled(self) -> Iterator[str]:
        """The keys of which the engine may not have what it should, in order; they may be settled meanwhile."""
        self.settle_plain()
        last = ""
        while some := list(
            self.rows("SELECT key FROM touched WHERE key > ? ORDER BY key LIMIT 1000", last)
        ):
            for (last,) in some:
                yield last

    def settle(self, key: str, held: list[Held]) -> None:
        """Note that the engine has what it should: the first of these that hold the cable, or none. Drop old texts."""
        run = self._connection.execute
        if held:
            mark = "UPDATE holding SET best = (source, page, place) = (?, ?, ?) WHERE key = ?"
            run(mark, (*astuple(held[0].at), key))
        wanted = compared(held)
        for each in held:
            if each not in wanted:
                self._drop(each.at)
        run("DELETE FROM touched WHERE key = ?", (key,))
        for each in held:
            run("DELETE FROM waiting WHERE source = ? AND page = ? AND place = ?", astuple(each.at))

    def want(self, at: Place) -> None:
        """Note that a place has to be read again."""
        self._connection.execute("INSERT OR IGNORE INTO wanted VALUES (?, ?, ?)", astuple(at))

    def wanted(self) -> list[Input]:
        """The sources with places that have to be read again."""
        paths = self.rows(
            "SELECT path FROM source WHERE id IN (SELECT source FROM wanted) ORDER BY path"
        )
        found = [self.source(os.fsdecode(path)) for (path,) in paths]
        return [source for source in found if source is not None]

    def wanted_on(self, path: str, page: int) -> tuple[int, set[int]]:
        """The number of a source, and which of the cables on one of its pages have to be read again."""
        (number,) = next(self.rows("SELECT id FROM source WHERE path = ?", os.fsencode(path)))
        places = self.rows("SELECT place FROM wanted WHERE source = ? AND page = ?", number, page)
        return number, {place for (place,) in places}

    def none_wanted(self) -> None:
        """Strike out what had to be read again."""
        self._connection.execute("DELETE FROM wanted")

    def announce(self, mark: tuple[str, str], *, last: bool = True) -> None:
        """Write down what the index will be made from; to be called before the engine commits.

        `mark` is the engine's (`FolderWriter.mark`). With the `last` the ledger ends: nothing can be entered after it.
        """
        self._connection.execute("DELETE FROM about")
        built = datetime.now(UTC).replace(microsecond=0).isoformat()
        self._connection.execute("INSERT INTO about VALUES (?, ?, ?)", (built, *mark))
        self._connection.commit()
        draft, announced = self._folder / DRAFT, self._folder / ANNOUNCED
        if not last:
            draft = draft.with_suffix(".copy")
            shutil.copyfile(self._folder / DRAFT, draft)
            self._stamp = uuid.uuid4().hex
        reach_the_disk(draft)
        draft.replace(announced)
        reach_the_disk(self._folder)

    def replace(self) -> None:
        """Make what was announced valid; to be called after the engine has committed."""
        (self._folder / ANNOUNCED).replace(self._folder / FILE_NAME)
        reach_the_disk(self._folder)


def _listed(named: tuple[Version, ...]) -> str:
    return json.dumps([astuple(each) for each in named])


def _versions(listed: str) -> tuple[Version, ...]:
    return tuple(Version(*each) for each in json.loads(listed))
