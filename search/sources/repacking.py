"""The cables that `sources.sqlite` keeps, packed anew for this version.

Owns the statements that do it, on a copy of the file. Must not know how a cable is packed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

# Each column that has a packed cable: the table, the column, and what is packed in nothing.
_PACKED = (("text", "packed"), ("brought", "packed"), ("waiting", "packed"), ("arrival", "before"))
# The table has no row number where its key is its place.
_KEYS = {"arrival": "id"}
_PLACE = "source, page, place"


def repack(file: Path, anew: Callable[[bytes], bytes]) -> None:
    """Put `anew(packed)` in the place of each packed cable of the file; all of them, or none."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for table, column in _PACKED:
            key = _KEYS.get(table, _PLACE)
            here = " AND ".join(f"{name} = ?" for name in key.split(", "))
            # (The names are those above.)
            rows = connection.execute(f"SELECT {key}, {column} FROM {table} ORDER BY {key}")  # noqa: S608
            # A row is asked for while others are written: SQLite goes on where it was, for the key stays.
            for *at, packed in rows.fetchall() if table == "arrival" else rows:
                if packed:
                    connection.execute(
                        f"UPDATE {table} SET {column} = ? WHERE {here}",  # noqa: S608
                        (anew(packed), *at),
                    )
