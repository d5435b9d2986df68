"""What there is to do in a run, file by file, and how far it is.

Owns the looking at files before they are read, and whether one changed meanwhile. Must not know what is made of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.inputs.files import Position, fingerprint, read
from indexer.inputs.finding import PageFile
from indexer.page import SetAside
from indexer.runs.pool import Between, Page


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files and bytes of so many in all, cables and paragraphs read, where the reading is."""

    files: int
    all_files: int
    bytes: int
    all_bytes: int
    cables: int
    paragraphs: int
    where: str


Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Begun(Between):
    """A file that was looked at: its digest, and from which of its pages on it is read; None if it need not be."""

    file: PageFile
    digest: str | SetAside
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Ended(Between):
    """The end of a file, and whether it changed while it was read."""

    file: PageFile
    changed: bool


def steps(
    files: Sequence[PageFile], limit: int, first_page: Callable[[PageFile, str], int | None]
) -> Iterator[Begun | Page | Ended]:
    """The steps of each file in its turn; made only as far as they are asked for.

    `first_page` tells for a file and its digest from which page on it is read, None for not at all.
    """
    for file in files:
        digest = fingerprint(file, limit)
        first = None if isinstance(digest, SetAside) else first_page(file, digest)
        yield Begun(file, digest, first)
        changed = False
        if first is not None:
            before = _identity(file.path)
            position = Position()
            for number, item in enumerate(read(file, limit, position)):
                if number >= first:
                    yield Page(number, item, position.bytes)
            changed = _identity(file.path) != before
        yield Ended(file, changed)


def size(path: Path) -> int:
    """The bytes of a file; 0 for one that is gone."""
    found = _identity(path)
    return found[1] if found else 0


def _identity(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written to; None if it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
