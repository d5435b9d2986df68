"""The reference tables as rows of text.

Owns how `corpus/tables/*.csv` is found and read, also from inside a wheel. Must not know what any of the
tables means: that is for `corpus.posts` and `corpus.tags`.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO

Row = dict[str, str]


def read_table(name: str) -> tuple[Row, ...]:
    """The rows of one table, in the file's order, each a dict from column to text.

    `name` is the file's name without `.csv`. Raises `FileNotFoundError` if there is no such table. Nothing
    is kept: a caller caches what it makes of the rows.
    """
    table = files("corpus").joinpath("tables", f"{name}.csv")
    return tuple(csv.DictReader(StringIO(table.read_text(encoding="utf-8"))))
