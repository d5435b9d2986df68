"""The table of remarks of a draft: what of a source was set aside, passed over, or refused by a cluster.

Owns the statements that write to it. Must not know which remarks are kept by name: `indexer.runs.remarks` says so.
"""

from __future__ import annotations

import os

from search.sources.form import File, storable


class RemarkTable:
    """The remarks of a file that is being written; `Manifest.set_aside` and `passed_over` read them."""

    def __init__(self, file: File) -> None:
        self._file = file

    def counts(self, source: int) -> dict[str, int]:
        """How many things were remarked of a source, by kind: those without a name of their own count too.

        What was passed over counts once, however many of its kind there are in the same place.
        """
        counted = (
            "SELECT kind, SUM(CASE WHEN kind = 'passed over' AND reason <> '' THEN 1 ELSE count END)"
            " FROM remark WHERE source = ? GROUP BY kind"
        )
        return dict(self._file.rows(counted, source))

    def passed_over(self, source: int) -> set[tuple[str, str]]:
        """Address and reason of what was passed over in a source."""
        named = "SELECT address, reason FROM remark WHERE source = ? AND kind = 'passed over'"
        return set(self._file.rows(named, source))

    def count_on(self, source: int, address: str, what: str, count: int) -> bool:
        """Add to what was passed over before in the same place; says whether there was any."""
        done = self._file.connection.execute(
            "UPDATE remark SET count = count + ? WHERE source = ? AND kind = 'passed over'"
            " AND address = ? AND reason = ?",
            (count, source, storable(address), what),
        )
        return done.rowcount > 0

    def add(
        self,
        source: int,
        kind: str,
        address: str,
        reason: str = "",
        advice: str = "",
        line: int | None = None,
        count: int = 1,
    ) -> None:
        """Enter a remark; one without a reason stands for all that have no name of their own."""
        texts = (storable(address), storable(reason), storable(advice))
        self._file.connection.execute(
            "INSERT INTO remark (source, kind, address, reason, advice, line, count)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (source, kind, *texts, line, count),
        )

    def count_one_more(self, source: int, kind: str) -> None:
        """Count one more in the remark without a reason."""
        count = "UPDATE remark SET count = count + 1 WHERE source = ? AND kind = ? AND reason = ''"
        self._file.connection.execute(count, (source, kind))

    def drop_refused(self, path: str) -> None:
        """Strike out that the index could not take cables of a source."""
        self._file.connection.execute(
            "DELETE FROM remark WHERE kind = 'refused' AND source IN (SELECT id FROM source WHERE path = ?)",
            (os.fsencode(path),),
        )
