"""What an index was made from: each input with its digest and its cables, or why nothing came of it.

Owns the reading of the file `sources.sqlite`: it lets a second run of the indexer read only what changed, lets
`cablegram status` tell what was set aside, and gives the texts of a cable that the index has from another place. Must
not know how a page is read, nor how the file is written (`search.sources.draft`).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import quote

from corpus.ids import lookup_key
from corpus.model import Cable, Version
from search.sources.form import FILE_NAME, RANK, SCHEMA, VERSION, File
from search.sources.records import Arrival, Aside, Double, Input, Tally

# Of more sources than this one look at all of them is quicker than one at each.
_MOST_ASKED = 1_000
_SOURCE = "path, address, alone, digest, reader, reason, advice, line, pages"


class Manifest:
    """The sources of an index, as one run of the indexer left them. Close it, or use it in a with statement.

    Every method raises `IndexDamaged` if the file can't be understood.
    """

    def __init__(self, file: File) -> None:
        self._file = file

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
        self._file.close()

    @property
    def is_current(self) -> bool:
        """Whether the file is of this version's form."""
        return self._file.version == VERSION

    @property
    def built(self) -> datetime | None:
        """When the index last changed; None for none."""
        found = self._file.rows("SELECT built FROM about")
        return next((datetime.fromisoformat(built) for (built,) in found if built), None)

    @property
    def lineage(self) -> str:
        """What the numbers of arrivals belong to: another name, and they can't be compared. "" for no index."""
        return str(next(self._file.rows("SELECT name FROM lineage"), ("",))[0])

    @property
    def last_arrival(self) -> int:
        """The number of the last arrival, 0 for none."""
        return int(next(self._file.rows("SELECT COALESCE(MAX(id), 0) FROM arrival"))[0])

    def last_before(self, moment: datetime) -> int:
        """The number of the last arrival before a moment, 0 for none."""
        wanted = "SELECT COALESCE(MIN(id) - 1, ?) FROM arrival WHERE moment >= ?"
        found = self._file.rows(wanted, self.last_arrival, int(moment.timestamp()))
        return max(0, int(next(found)[0]))

    def arrivals(self, after: int, most: int) -> list[Arrival]:
        """The next arrivals behind a number, in order."""
        wanted = "SELECT id, key, moment, before FROM arrival WHERE id > ? ORDER BY id LIMIT ?"
        return [
            Arrival(
                number,
                key,
                datetime.fromtimestamp(moment, UTC),
                self._file.cable(before) if before else None,
                forgotten=before == b"",
            )
            for number, key, moment, before in self._file.rows(wanted, after, most)
        ]

    def first_indexed(self, cable_id: str) -> datetime | None:
        """When a cable came to the index first; None for one that never did."""
        wanted = "SELECT first FROM known WHERE key = ?"
        found = next(self._file.rows(wanted, lookup_key(cable_id)), None)
        return datetime.fromtimestamp(found[0], UTC) if found else None

    def newest(self) -> Iterator[tuple[str, datetime]]:
        """The look-up key of each cable that ever came, the last that came first, and when it did."""
        seen: set[str] = set()
        wanted = (
            "SELECT arrival.key, first FROM arrival JOIN known ON known.key = arrival.key AND first = moment"
            " WHERE before IS NULL ORDER BY id DESC"
        )
        for key, first in self._file.rows(wanted):
            if key not in seen:
                seen.add(key)
                yield key, datetime.fromtimestamp(first, UTC)

    def sources(self) -> Iterator[Input]:
        """All sources, by path."""
        for row in self._file.rows(f"SELECT {_SOURCE} FROM source ORDER BY path"):  # noqa: S608 - of constants
            yield _source(row)

    def source(self, path: str) -> Input | None:
        """The source of that path."""
        found = self._file.rows(f"SELECT {_SOURCE} FROM source WHERE path = ?", os.fsencode(path))  # noqa: S608 - of constants
        return next(map(_source, found), None)

    def counted(self, most: int | None = None) -> Iterator[tuple[Input, int]]:
        """The sources by path, all or the first so many, each with how many cables it has."""
        cables = "(SELECT COUNT(*) FROM holding WHERE holding.source = source.id)"
        wanted = f"SELECT {_SOURCE}, {cables} FROM source ORDER BY path LIMIT ?"  # noqa: S608 - of constants
        for *row, number in self._file.rows(wanted, _limit(most)):
            yield _source(tuple(row)), number

    def places(self) -> Iterator[tuple[str, str]]:
        """The ids of the cables in the index, in their alphabetical order, each with the source it was taken from."""
        wanted = "SELECT cable, path FROM holding JOIN source ON source.id = source WHERE best ORDER BY cable"
        for cable, path in self._file.rows(wanted):
            yield cable, os.fsdecode(path)

    def names_read_by(self) -> tuple[str, ...]:
        """What read names of the cables instead of the rules, or beside them, as pages tell of it."""
        found = self._file.rows("SELECT DISTINCT reader FROM source WHERE reader LIKE '% %'")
        return tuple(sorted(reader.partition(" ")[2] for (reader,) in found))

    def has_cables(self, path: str) -> bool:
        """Whether a source has any cable, whether the index took it from there or not."""
        wanted = "SELECT 1 FROM holding JOIN source ON source.id = source WHERE path = ? LIMIT 1"
        return any(self._file.rows(wanted, os.fsencode(path)))

    def count(self) -> int:
        """How many sources there are."""
        return int(next(self._file.rows("SELECT COUNT(*) FROM source"))[0])

    @property
    def unfinished(self) -> bool:
        """Whether the last run broke off, so that the index may not have all that it should."""
        left = "SELECT 1 FROM touched UNION ALL SELECT 1 FROM source WHERE pages NOT NULL LIMIT 1"
        return next(self._file.rows(left), None) is not None

    @property
    def settled(self) -> tuple[str, str] | None:
        """The data folder of the index, and the mark of its commit, with which this belongs; None if it isn't known."""
        known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'settled'"
        if next(self._file.rows(known), None) is None:
            return None
        return next(
            ((str(data), str(mark)) for data, mark in self._file.rows("SELECT * FROM settled")),
            None,
        )

    def cables_of(self, path: str) -> list[str]:
        """The ids of the cables that a source has, in its order, whether the index took them from there or not."""
        wanted = (
            "SELECT cable FROM holding JOIN source ON source.id = source WHERE path = ?"
            " ORDER BY page, place"
        )
        return [cable for (cable,) in self._file.rows(wanted, os.fsencode(path))]

    def cables(self) -> Iterator[str]:
        """The ids of the cables in the index, in their alphabetical order."""
        for (cable,) in self._file.rows("SELECT cable FROM holding WHERE best ORDER BY cable"):
            yield cable

    def taken(self) -> Iterator[tuple[str, int, Version]]:
        """The cables in the index by id, each with the number of its paragraphs, and how it names itself."""
        wanted = "SELECT cable, paragraphs, version FROM holding WHERE best ORDER BY cable"
        for cable, paragraphs, named in self._file.rows(wanted):
            [own] = json.loads(named)
            yield cable, paragraphs, Version(*own)

    def check(self) -> Iterator[str]:
        """What SQLite finds wrong with the file, in its own words; nothing in a sound one."""
        for (said,) in self._file.rows("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield str(said)

    def signatures(self) -> Iterator[tuple[str, str, bytes]]:
        """The look-up key, id and signature of each cable in the index (`search.telegrams`)."""
        wanted = "SELECT key, cable, signature FROM holding WHERE best"
        yield from cast(Iterator[tuple[str, str, bytes]], self._file.rows(wanted))

    def signatures_of(self, keys: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
        """The same of those of these cables that are in the index."""
        wanted = "SELECT key, cable, signature FROM holding WHERE key = ? AND best"
        for key in keys:
            yield from cast(Iterator[tuple[str, str, bytes]], self._file.rows(wanted, key))

    def tallies(self, paths: Collection[str] | None = None) -> Iterator[Tally]:
        """What each source has, or each of these, form by form."""
        counted = (
            "SELECT path, address, alone, form, COUNT(DISTINCT page), COUNT(*), SUM(paragraphs)"
            " FROM source CROSS JOIN holding ON source.id = holding.source"
        )
        grouped = "GROUP BY holding.source, form ORDER BY path, form"
        if paths is None or len(paths) > _MOST_ASKED:
            found = (row for row in self._file.rows(f"{counted} {grouped}"))
        else:
            each = f"{counted} WHERE path = ? {grouped}"
            found = (
                row for path in sorted(paths) for row in self._file.rows(each, os.fsencode(path))
            )
        for path, address, alone, *counts in found:
            if paths is None or os.fsdecode(path) in paths:
                yield Tally(os.fsdecode(path), address, bool(alone), *counts)

    def problems(self) -> dict[str, int]:
        """How often each problem code occurs in the cables that are indexed, most frequent first."""
        counts: Counter[str] = Counter()
        for problems, times in self._file.rows(
            "SELECT problems, COUNT(*) FROM holding WHERE best GROUP BY problems"
        ):
            for code, count in json.loads(problems).items():
                counts[code] += count * times
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def doubles(self, most: int | None = None) -> tuple[Double, ...]:
        """All places, or the first so many, whose cable was taken from another place, by cable."""
        wanted = (
            "SELECT kept.cable, kept.found, holding.found FROM holding"
            " CROSS JOIN holding AS kept ON kept.key = holding.key AND kept.best"
            " JOIN source ON source.id = holding.source"
            " WHERE NOT holding.best ORDER BY kept.cable, "
        )
        wanted += f"{RANK} LIMIT ?"
        return tuple(Double(*row) for row in self._file.rows(wanted, _limit(most)))

    def double_count(self) -> int:
        """How many places there are whose cable was taken from another place."""
        wanted = (
            "SELECT COUNT(*) FROM holding WHERE NOT best"
            " AND EXISTS (SELECT 1 FROM holding AS kept WHERE kept.key = holding.key AND kept.best)"
        )
        return int(next(self._file.rows(wanted))[0])

    def holds(self, cable_id: str) -> bool:
        """Whether a cable is in the index."""
        wanted = "SELECT 1 FROM holding WHERE key = ? AND best LIMIT 1"
        return any(self._file.rows(wanted, lookup_key(cable_id)))

    def has_refused(self, path: str) -> bool:
        """Whether a source has cables that the index could not take."""
        wanted = (
            "SELECT 1 FROM remark JOIN source ON source.id = source WHERE path = ? AND kind = 'refused'"
            " LIMIT 1"
        )
        return any(self._file.rows(wanted, os.fsencode(path)))

    def versions(self, cable_id: str) -> frozenset[Version]:
        """Those of the other versions of a cable whose texts are kept, as the cable names them (`Cable.versions`).

        What an export named as another version, without the page itself, has no text.
        """
        return frozenset(version for version, _ in self._texts(cable_id))

    def text(self, cable_id: str, version: Version) -> Cable | None:
        """The cable as that other place has it, without its segments; None if its text is not kept."""
        for named, packed in self._texts(cable_id):
            if named == version:
                return self._file.cable(packed)
        return None

    def _texts(self, cable_id: str) -> Iterator[tuple[Version, bytes]]:
        wanted = "SELECT version, packed FROM holding JOIN text USING (source, page, place) WHERE key = ?"
        for named, packed in self._file.rows(wanted, lookup_key(cable_id)):
            [own] = json.loads(named)
            yield Version(*own), packed

    def set_aside_count(self) -> int:
        """How many entries `set_aside` has."""
        wanted = (
            "SELECT (SELECT COUNT(*) FROM source WHERE reason <> '' OR pages NOT NULL)"
            " + (SELECT COUNT(*) FROM remark JOIN source ON source.id = source WHERE kind IN ('aside', 'refused'))"
        )
        return int(next(self._file.rows(wanted))[0])

    def set_aside(self, most: int | None = None) -> Iterator[tuple[Input, Aside]]:
        """What could not be read, by path, all or the first so many, each with the source that it belongs to."""
        columns = ", ".join(f"source.{name.strip()}" for name in _SOURCE.split(","))
        both = (
            f"SELECT {columns}, 0, source.address, source.reason, source.advice, source.line, 1"  # noqa: S608 - of constants
            " FROM source WHERE reason <> '' UNION ALL"
            f" SELECT {columns}, 0, source.address, 'reading it broke off after ' || pages || ' of its pages',"
            " 'index it again: it goes on there', NULL, 1 FROM source WHERE pages NOT NULL AND reason = '' UNION ALL"
            f" SELECT {columns}, remark.id, remark.address, remark.reason, remark.advice, remark.line, count"
            " FROM remark JOIN source ON source.id = source WHERE kind IN ('aside', 'refused') ORDER BY 1, 10 LIMIT ?"
        )
        for row in self._file.rows(both, _limit(most)):
            _, address, reason, advice, line, count = row[9:]
            said = reason or f"and {count:,} more parts of it"
            yield _source(row[:9]), Aside(address, said, advice, line, count)

    def passed_over(self) -> Iterator[tuple[str, str, str, int]]:
        """What in a source is no page, and was not meant to be one: the source's path, its address, what, how many."""
        for path, *said in self._file.rows(
            "SELECT path, remark.address, remark.reason, count FROM remark JOIN source ON source.id = source"
            " WHERE kind = 'passed over' ORDER BY path, remark.id"
        ):
            address, what, count = said
            yield os.fsdecode(path), address, what, count


def read(folder: Path, *, older: bool = False) -> Manifest:
    """The manifest of the index in that folder, an empty one if there is none.

    With `older` also one that can be brought to this form (`search.sources.upgrading`): its signatures can't be asked
    for. Raises `IndexDamaged` if it can't be understood, `IndexOutdated` if another version wrote it.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return nothing(folder)
    # It is never changed where it stands: no lock is needed, and none is left.
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro&immutable=1"
    file = File(sqlite3.connect(address, uri=True), folder)
    try:
        file.check_version(older=older)
    except BaseException:
        file.close()
        raise
    return Manifest(file)


def nothing(folder: Path) -> Manifest:
    """The manifest of an index that was made from nothing."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(f"{SCHEMA} PRAGMA user_version = {VERSION};")
    return Manifest(File(connection, folder))


def _limit(most: int | None) -> int:
    """A number for LIMIT, of which a negative one is none."""
    return -1 if most is None else most


def _source(row: tuple[Any, ...]) -> Input:
    path, address, alone, *rest = row
    return Input(os.fsdecode(path), address, bool(alone), *rest)
