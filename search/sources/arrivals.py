"""What comes to an index as news: cables that it never had, and cables that another page made others.

Owns when something is news, and the statements that write it down; `search.sources.form` tells what the tables hold.
Must not know who wants to hear of it: `search.alerts` does.

A page that is read again, because it was named again, moved, or because its reader is a newer one, is no news. What is
known is kept when a cable goes, and when an index is rebuilt: else the same page would be news again.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from corpus.model import Cable, SegmentKind, Version
from search.engines.stored import DICTIONARY, pack_cable
from search.sources.form import OLDEST, VERSION, File

_MARK_BYTES = 8
# Of so many cables that were changed last it is kept what was there before, at some kilobytes each: an alert that is
# asked for longer ago than that many changes is told that it is too late for the earlier ones.
MOST_KEPT = 10_000
_TABLES = {
    "known": "key, first, pages",
    # What was packed otherwise than we do (its first bytes say with what) is no longer known: empty.
    "arrival": "id, key, moment, CASE WHEN substr(before, 3, 4) <> :ours THEN x'' ELSE before END",
    "lineage": "name",
}
_OURS = zlib.adler32(DICTIONARY).to_bytes(4, "big")
# What was there before is no longer known of all but the last ones: empty, which no cable is.
_FORGET = """
    UPDATE arrival SET before = x'' WHERE length(before) > 0 AND id <=
        (SELECT id FROM arrival WHERE length(before) > 0 ORDER BY id DESC LIMIT 1 OFFSET ?)
"""
Before = Callable[[], Cable | None]
_NO_VERSION = Version("", "", "")


class ArrivalTable:
    """The arrivals of a file that is being written; `Manifest.arrivals` reads them."""

    def __init__(self, file: File) -> None:
        self._file = file

    def begin(self, valid: Path | None) -> None:
        """Take over what the valid file knows, if there is one that can be read; else begin with nothing."""
        if valid is not None and self._taken_over(valid):
            return
        for table in _TABLES:
            self._file.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - of constants
        self._file.connection.execute("INSERT INTO lineage VALUES (?)", (uuid.uuid4().hex,))
        self._file.connection.commit()

    def forget(self) -> None:
        """Keep of `MOST_KEPT` cables what was there before they were changed, the last ones.

        For the beginning of a run: behind the last one the alerts were asked, for which all of it was there.
        """
        self._file.connection.execute(_FORGET, (MOST_KEPT,))
        self._file.connection.commit()

    def _taken_over(self, valid: Path) -> bool:
        """False for a file of an unknown form, or one that is damaged: a rebuild is what helps against that."""
        with closing(sqlite3.connect(valid)) as old:
            try:
                # (These tables are the same in each form that is read.)
                if not OLDEST <= next(old.execute("PRAGMA user_version"))[0] <= VERSION:
                    return False
                for table, columns in _TABLES.items():
                    rows = old.execute(f"SELECT {columns} FROM {table}", {"ours": _OURS})  # noqa: S608 - of constants
                    places = ", ".join("?" * len(rows.description))
                    self._file.connection.executemany(
                        f"INSERT INTO {table} VALUES ({places})",  # noqa: S608 - of constants
                        rows,
                    )
            except sqlite3.DatabaseError:
                return False
        self._file.connection.commit()
        return True

    def arrive(self, key: str, now: Callable[[], Cable], before: Before) -> None:
        """The engine is about to be given a cable: note whether that is news.

        `now` and `before` give it as it is to be and as the index has it; they are asked only where that matters.
        """
        run = self._file.connection.execute
        pages = self._pages(key)
        found = next(self._file.rows("SELECT pages FROM known WHERE key = ?", key), None)
        if found is None:
            moment = int(datetime.now(UTC).timestamp())
            run("INSERT INTO known VALUES (?, ?, ?)", (key, moment, b"".join(sorted(pages))))
            run("INSERT INTO arrival (key, moment) VALUES (?, ?)", (key, moment))
            return
        known = _marks(found[0])
        if pages <= known:
            return
        run(
            "UPDATE known SET pages = ? WHERE key = ?",
            (b"".join(sorted(pages | known)), key),
        )
        old = before()
        if old is not None and _told(old) == _told(now()):
            return
        moment = int(datetime.now(UTC).timestamp())
        packed = None if old is None else pack_cable(_compared(old))
        run("INSERT INTO arrival (key, moment, before) VALUES (?, ?, ?)", (key, moment, packed))

    def doubt(self, keys: Iterable[str]) -> None:
        """The engine could not take these cables: when they are offered again, they are news."""
        self._file.connection.executemany(
            "UPDATE known SET pages = x'' WHERE key = ?", [(key,) for key in keys]
        )

    def _pages(self, key: str) -> set[bytes]:
        """The marks of the pages of a cable, those that an export named too.

        A page without a digest of its own (a cable that a program wrote) has that of its file.
        """
        wanted = (
            "SELECT version, also, digest, page, place FROM holding JOIN source ON source.id = holding.source"
            " WHERE key = ?"
        )
        found: set[bytes] = set()
        for version, also, *place in self._file.rows(wanted, key):
            for _, address, digest in (*json.loads(version), *json.loads(also)):
                found.add(_mark(digest or json.dumps([address, *place])))
        return found


def _mark(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "backslashreplace"), digest_size=_MARK_BYTES).digest()


def _marks(joined: bytes) -> set[bytes]:
    return {joined[at : at + _MARK_BYTES] for at in range(0, len(joined), _MARK_BYTES)}


def _compared(cable: Cable) -> Cable:
    """What of a cable can be found: of its page the lines of the header."""
    header = tuple(each for each in cable.segments if each.kind is SegmentKind.HEADER)
    return replace(cable, segments=header)


def _told(cable: Cable) -> Cable:
    """What of a cable is news when it is another: not where it was read, nor what the reader doubted."""
    passages = tuple(replace(each, version=_NO_VERSION) for each in cable.passages)
    return replace(
        _compared(cable),
        passages=passages,
        versions=(),
        problems=(),
        address="",
        digest="",
        source="",
        url="",
        first_line=1,
    )
