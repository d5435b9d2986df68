"""What an index was made from: each input with its digest and its cables, or why nothing came of it.

Owns the form of the file `sources.sqlite` in the index folder, and the reading of it: it lets a second run of the
indexer read only what changed, lets `cablegram status` tell what was set aside, and holds the texts of a cable that the
index has from another place. Must not know an engine, nor how a
page is read: the indexer writes the file (`indexer.runs.ledger`).

It is a file of SQLite because an index of a quarter of a million cables must be brought up to date without holding all
of them in memory. The file is never changed where it stands: the indexer writes another one and puts it in its place.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from corpus.ids import lookup_key
from corpus.model import Cable, Version
from search.engines.manifest import rebuild_command
from search.engines.stored import unpack_cable
from search.errors import IndexDamaged, IndexOutdated

FILE_NAME = "sources.sqlite"
# The one to come, complete, while the engine commits; and the one that is still being written.
ANNOUNCED = "sources.sqlite.next"
DRAFT = "sources.sqlite.draft"
VERSION = 6

# A source is an input; a holding is a cable as one page of it has it: the `place`-th cable of its `page`-th page. Its
# `key` is the look-up key of its id, `weight` the length of its paragraphs in characters. `version` and `also` are a
# list of source, address and digest each: how the cable names itself, and other versions that it brought with it. The
# index has those of which `best` is 1. A text is the cable of a holding that the index names as another version, as
# `pack_cable` writes it, without its page: a cable with one place has none. `brought` are the passages of other
# versions that the cable of a holding had when it was read, in a cable with nothing else: an export has some. A remark
# is something in a source that was set aside ('aside') or passed over, or a cable that the index could not take
# ('refused'): none of its holdings is the best until it does. `pages` of a source is how many of its pages were read
# before the run broke off, NULL if it was read to its end.
#
# `touched` is empty, unless the run broke off: the keys whose cables were changed and of which the index may not have
# what it should. `source`, `page` and `place` name what the engine was given for a key, with the versions it was told
# of; -1 stands for something that no page has any more. Nothing was given if they are NULL. `waiting` are whole cables
# that are better than what the engine was given for their keys: they are put when the text of that is kept.
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
"""
# Of several holdings of one cable the first in this order is the best: most text that is not blacked out, then the
# first path, then the first place. It depends on nothing but the pages, so a run that adds one page gives what a whole
# run gives.
RANK = "holding.weight DESC, source.path, holding.page, holding.place"

_SOURCE = "path, address, alone, digest, reader, reason, advice, line, pages"


@dataclass(frozen=True, slots=True)
class Input:
    """One input and what came of it.

    `path` is absolute and names it; `address` is how people see it. `alone` says that it is one page, and no archive,
    dump or export. `reader` tells which version of the parser read it. An empty `digest` says that what the index has
    of it is not known. `reason`, if not empty, says why it can't be read now; its cables are those of an earlier run.
    `pages`, if not None, is how many of its pages were read before the run broke off.
    """

    path: str
    address: str
    alone: bool = True
    digest: str = ""
    reader: str = ""
    reason: str = ""
    advice: str = ""
    line: int | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """An input, or `count` parts of one, that were set aside: the reason, and what to do about it."""

    address: str
    reason: str
    advice: str = ""
    line: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Double:
    """A cable that occurs more than once: where the one was found that is indexed, and one that is not."""

    cable: str
    kept: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of one form (`scoop`, `nara`, ...) there is in a source; see `Input` for the first three."""

    path: str
    address: str
    alone: bool
    form: str
    pages: int
    cables: int
    paragraphs: int


class Manifest:
    """The sources of an index, as one run of the indexer left them. Close it, or use it in a with statement.

    Every method raises `IndexDamaged` if the file can't be understood.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

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
        """Free the file."""
        self._connection.close()

    @property
    def built(self) -> datetime | None:
        """When the index last changed; None for none."""
        found = self.rows("SELECT built FROM about")
        return next((datetime.fromisoformat(built) for (built,) in found if built), None)

    def sources(self) -> Iterator[Input]:
        """All sources, by path."""
        for row in self.rows(f"SELECT {_SOURCE} FROM source ORDER BY path"):  # noqa: S608 - of constants
            yield _source(row)

    def source(self, path: str) -> Input | None:
        """The source of that path."""
        found = self.rows(f"SELECT {_SOURCE} FROM source WHERE path = ?", os.fsencode(path))  # noqa: S608 - of constants
        return next(map(_source, found), None)

    def count(self) -> int:
        """How many sources there are."""
        return int(next(self.rows("SELECT COUNT(*) FROM source"))[0])

    @property
    def unfinished(self) -> bool:
        """Whether the last run broke off, so that the index may not have all that it should."""
        left = "SELECT 1 FROM touched UNION ALL SELECT 1 FROM source WHERE pages NOT NULL LIMIT 1"
        return next(self.rows(left), None) is not None

    def cables_of(self, path: str) -> list[str]:
        """The ids of the cables that a source has, in its order, whether the index took them from there or not."""
        wanted = (
            "SELECT cable FROM holding JOIN source ON source.id = source WHERE path = ?"
            " ORDER BY page, place"
        )
        return [cable for (cable,) in self.rows(wanted, os.fsencode(path))]

    def cables(self) -> Iterator[str]:
        """The ids of the cables in the index, in their alphabetical order."""
        for (cable,) in self.rows("SELECT cable FROM holding WHERE best ORDER BY cable"):
            yield cable

    def tallies(self) -> Iterator[Tally]:
        """What each source has, form by form."""
        for path, address, alone, *counted in self.rows(
            "SELECT path, address, alone, form, COUNT(DISTINCT page), COUNT(*), SUM(paragraphs)"
            " FROM holding JOIN source ON source.id = source GROUP BY source, form ORDER BY path, form"
        ):
            yield Tally(os.fsdecode(path), address, bool(alone), *counted)

    def problems(self) -> dict[str, int]:
        """How often each problem code occurs in the cables that are indexed, most frequent first."""
        counts: Counter[str] = Counter()
        for problems, times in self.rows(
            "SELECT problems, COUNT(*) FROM holding WHERE best GROUP BY problems"
        ):
            for code, count in json.loads(problems).items():
                counts[code] += count * times
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def doubles(self, most: int) -> tuple[Double, ...]:
        """The first places whose cable was taken from another place, by cable."""
        wanted = (
            "SELECT kept.cable, kept.found, holding.found FROM holding"
            " JOIN holding AS kept ON kept.key = holding.key AND kept.best"
            " JOIN source ON source.id = holding.source"
            " WHERE NOT holding.best ORDER BY kept.cable, "
        )
        wanted += f"{RANK} LIMIT ?"
        return tuple(Double(*row) for row in self.rows(wanted, most))

    def double_count(self) -> int:
        """How many places there are whose cable was taken from another place."""
        wanted = (
            "SELECT COUNT(*) FROM holding WHERE NOT best"
            " AND EXISTS (SELECT 1 FROM holding AS kept WHERE kept.key = holding.key AND kept.best)"
        )
        return int(next(self.rows(wanted))[0])

    def has_refused(self, path: str) -> bool:
        """Whether a source has cables that the index could not take."""
        wanted = (
            "SELECT 1 FROM remark JOIN source ON source.id = source WHERE path = ? AND kind = 'refused'"
            " LIMIT 1"
        )
        return any(self.rows(wanted, os.fsencode(path)))

    def versions(self, cable_id: str) -> frozenset[Version]:
        """Those of the other versions of a cable whose texts are kept, as the cable names them (`Cable.versions`).

        What an export named as another version, without the page itself, has no text.
        """
        return frozenset(version for version, _ in self._texts(cable_id))

    def text(self, cable_id: str, version: Version) -> Cable | None:
        """The cable as that other place has it, without its segments; None if its text is not kept."""
        for named, packed in self._texts(cable_id):
            if named == version:
                return self.unpacked(packed)
        return None

    def unpacked(self, packed: bytes) -> Cable:
        """A cable that is kept here."""
        try:
            return unpack_cable(packed)
        except (ValueError, zlib.error) as error:
            raise _damaged(self._folder) from error

    def _texts(self, cable_id: str) -> Iterator[tuple[Version, bytes]]:
        wanted = "SELECT version, packed FROM holding JOIN text USING (source, page, place) WHERE key = ?"
        for named, packed in self.rows(wanted, lookup_key(cable_id)):
            [own] = json.loads(named)
            yield Version(*own), packed

    def set_aside(self) -> Iterator[tuple[Input, Aside]]:
        """What could not be read, by path, each with the source that it belongs to."""
        columns = ", ".join(f"source.{name.strip()}" for name in _SOURCE.split(","))
        both = (
            f"SELECT {columns}, 0, source.address, source.reason, source.advice, source.line, 1"  # noqa: S608 - of constants
            " FROM source WHERE reason <> '' UNION ALL"
            f" SELECT {columns}, 0, source.address, 'reading it broke off after ' || pages || ' of its pages',"
            " 'index it again: it goes on there', NULL, 1 FROM source WHERE pages NOT NULL AND reason = '' UNION ALL"
            f" SELECT {columns}, remark.id, remark.address, remark.reason, remark.advice, remark.line, count"
            " FROM remark JOIN source ON source.id = source WHERE kind IN ('aside', 'refused') ORDER BY 1, 10"
        )
        for row in self.rows(both):
            _, address, reason, advice, line, count = row[9:]
            said = reason or f"and {count:,} more parts of it"
            yield _source(row[:9]), Aside(address, said, advice, line, count)

    def passed_over(self) -> Iterator[tuple[str, str, str, int]]:
        """What in a source is no page, and was not meant to be one: the source's path, its address, what, how many."""
        for path, *said in self.rows(
            "SELECT path, remark.address, remark.reason, count FROM remark JOIN source ON source.id = source"
            " WHERE kind = 'passed over' ORDER BY path, remark.id"
        ):
            address, what, count = said
            yield os.fsdecode(path), address, what, count

    def check_version(self) -> None:
        """Raises `IndexOutdated` unless this version of Cablegram wrote the file."""
        if next(self.rows("PRAGMA user_version")) != (VERSION,):
            raise IndexOutdated(
                f"{self._folder / FILE_NAME} was written by another version of Cablegram;"
                f" build the index anew with: {rebuild_command(self._folder)}"
            )

    def rows(self, statement: str, *given: object) -> Iterator[tuple[Any, ...]]:
        """The rows that a question of SQL gives."""
        with self.understood():
            yield from self._connection.execute(statement, given)

    @contextmanager
    def understood(self) -> Iterator[None]:
        """Turns what SQLite raises over a damaged file into IndexDamaged."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise _damaged(self._folder) from error


def read(folder: Path) -> Manifest:
    """The manifest of the index in that folder, an empty one if there is none.

    Raises `IndexDamaged` if it can't be understood, `IndexOutdated` if another version wrote it.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return nothing(folder)
    # It is never changed where it stands: no lock is needed, and none is left.
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro&immutable=1"
    manifest = Manifest(sqlite3.connect(address, uri=True), folder)
    try:
        with manifest.understood():
            manifest.check_version()
    except BaseException:
        manifest.close()
        raise
    return manifest


def nothing(folder: Path) -> Manifest:
    """The manifest of an index that was made from nothing."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    return Manifest(connection, folder)


def _damaged(folder: Path) -> IndexDamaged:
    return IndexDamaged(
        f"{folder / FILE_NAME} is damaged; build the index anew with: {rebuild_command(folder)}"
    )


def _source(row: tuple[Any, ...]) -> Input:
    path, address, alone, *rest = row
    return Input(os.fsdecode(path), address, bool(alone), *rest)
