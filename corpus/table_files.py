"""The reference tables as rows of text.

Owns how `corpus/tables/*.csv` is found and read, also from inside a wheel. Must not know what any of the
tables means: that is for `corpus.posts` and `corpus.tags`.
"""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

Row = dict[str, str]


def read_table(name: str) -> tuple[Row, ...]:
    """The rows of one table, in the file's order, each a dict from column to text.

    `name` is the file's name without `.csv`. Raises `FileNotFoundError` if there is no such table. Nothing
    is kept: a caller caches what it makes of the rows.
    """
    lines = csv.reader(StringIO(_text(f"{name}.csv")))
    columns = next(lines)
    return tuple(dict(zip(columns, line, strict=True)) for line in lines)


def _text(name: str) -> str:
    try:
        return (Path(__file__).parent / "tables" / name).read_text(encoding="utf-8")
    except (NotADirectoryError, FileNotFoundError):
        # In an archive there are no files. Loading what reads archives takes as long as all of the tables.
        from importlib.resources import files

        return files("corpus").joinpath("tables", name).read_text(encoding="utf-8")
