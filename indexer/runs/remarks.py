"""What the ledger says of a source beside its cables: what was set aside, passed over, or refused by a cluster.

Owns these remarks, and that a cable that was refused is offered again. Must not know how a page is read, nor an engine.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from indexer.page import PassedOver, SetAside
from indexer.runs.commits import reach_the_disk
from search.sources import ANNOUNCED, DRAFT, Manifest

# Of one source so many remarks are kept by name; of the others how many there were.
MOST_REMARKS = 1_000


class Remarks(Manifest):
    """The remarks of a manifest that is being written; a part of `indexer.runs.ledger.Ledger`."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        super().__init__(connection, folder)
        self._remarks: Counter[str] = Counter()  # of the source that was begun last
        self._passed: set[tuple[int, str, str]] = set()  # of the same: what was passed over by name

    def remark(self, source: int, said: SetAside | PassedOver, *, refused: bool = False) -> None:
        """Note what in a source is no page, or is `refused`; of many the first by name, the others by their number."""
        if isinstance(said, SetAside):
            texts = (text_of(said.address), text_of(said.reason), text_of(said.advice))
            row = ("refused" if refused else "aside", *texts, said.line, 1)
        else:
            row = ("passed over", text_of(said.address), said.what, "", None, said.count)
            if self._count_on(source, row[1], said):
                return
        kind = row[0]
        if self._remarks[kind] == MOST_REMARKS:
            row = (kind, row[1], "", "", None, 1)
        elif self._remarks[kind] > MOST_REMARKS:
            count = "UPDATE remark SET count = count + 1 WHERE source = ? AND kind = ?"
            self._connection.execute(f"{count} AND reason = ''", (source, kind))
            return
        self._remarks[kind] += 1
        self._connection.execute(
            "INSERT INTO remark (source, kind, address, reason, advice, line, count)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (source, *row),
        )

    def _count_on(self, source: int, address: str, said: PassedOver) -> bool:
        """Add to what was passed over before in the same container, which may hold millions; says whether there was."""
        if (source, address, said.what) not in self._passed:
            if len(self._passed) < MOST_REMARKS:
                self._passed.add((source, address, said.what))
            return False
        done = self._connection.execute(
            "UPDATE remark SET count = count + ? WHERE source = ? AND kind = 'passed over'"
            " AND address = ? AND reason = ?",
            (said.count, source, address, said.what),
        )
        return done.rowcount > 0

    def refuse(self, refused: Mapping[str, str]) -> None:
        """Note cables that the engine's last commit could not take, each with the reason.

        If the ledger was announced and goes on, it has to be announced once more.
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
        self._note(refused)
        if ended:
            reach_the_disk(draft)
            draft.replace(announced)
            reach_the_disk(self._folder)

    def _note(self, refused: Mapping[str, str]) -> None:
        wanted = "SELECT source, found, key FROM holding WHERE key = ? AND best"
        places = sorted(place for key in refused for place in self.rows(wanted, key))
        told = self._remarks
        last = None
        for source, found, key in places:
            if source != last:
                self._remarks = Counter()
                last = source
            reason = f"the cluster refused this cable ({refused[key]})"
            self.remark(
                source, SetAside(found, reason, "the next run offers it again"), refused=True
            )
            self._connection.execute("UPDATE holding SET best = 0 WHERE key = ?", (key,))
        self._remarks = told
        # Of one that is not settled yet, nothing was given.
        nothing = (
            "UPDATE touched SET source = NULL, page = NULL, place = NULL, told = '[]' WHERE key = ?"
        )
        self._connection.executemany(nothing, [(key,) for key in refused])
        self._connection.commit()

    def offer_again(self, path: str) -> None:
        """Have the cables of a source looked at that the index could not take."""
        self._connection.execute(
            "INSERT OR IGNORE INTO touched (key) SELECT key FROM holding AS h JOIN source ON source.id = h.source"
            " WHERE path = ? AND NOT EXISTS (SELECT 1 FROM holding WHERE key = h.key AND best)",
            (os.fsencode(path),),
        )
        self._connection.execute(
            "DELETE FROM remark WHERE kind = 'refused' AND source IN (SELECT id FROM source WHERE path = ?)",
            (os.fsencode(path),),
        )
        self._connection.commit()


def text_of(text: str) -> str:
    """A text that can be stored: half of a surrogate pair, which a cable's JSON may hold, is written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
