"""Small pages with a number and a subject each, and what an index has of them."""

from __future__ import annotations

from pathlib import Path

from search.engines import open_searcher

PAGE = """DE RUEHGZ #0{number}/01 0820844
R 230844Z MAR 07

UNCLAS GUANGZHOU 900{number}

SUBJECT: {subject}

1. (U) The lamp of the {subject} was lit.

2. (U) It went out again.
"""


def write(folder: Path, number: int, subject: str) -> None:
    """Write the page of that number into the folder."""
    folder.mkdir(exist_ok=True)
    (folder / f"{number}.txt").write_text(PAGE.format(number=number, subject=subject), "utf-8")


def subjects(index: Path) -> dict[str, str]:
    """The cables of the index with their subjects, as the engine has them."""
    searcher = open_searcher(index)
    try:
        ids = ("07GUANGZHOU900101", "07GUANGZHOU900102", "07GUANGZHOU900103")
        return {cable.id[-3:]: cable.subject for each in ids if (cable := searcher.get(each))}
    finally:
        searcher.close()
