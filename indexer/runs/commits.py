"""What became of the commit around which a run ended, and whether someone else wrote to the index.

Owns the question whether a commit came through. Must not know how an engine or a manifest is written.
"""

from __future__ import annotations

from pathlib import Path

from search.engines import committed_mark
from search.errors import SearchError
from search.maintenance.agreement import settled
from search.sources.announced import accept, is_announced, mark_before, withdraw
from search.sources.form import ANNOUNCED, FILE_NAME


def stamp(folder: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What changes whenever someone writes to the index: the identities of its manifest and of an announced one."""
    found: list[tuple[int, int, int] | None] = []
    for name in (FILE_NAME, ANNOUNCED):
        try:
            status = (folder / name).stat()
        except (FileNotFoundError, NotADirectoryError):
            found.append(None)
        else:
            found.append((status.st_ino, status.st_mtime_ns, status.st_size))
    return tuple(found)


def settle(folder: Path) -> None:
    """Make the announced ledger the valid one, for the commit that the engine has made just now."""
    try:
        mark = committed_mark(folder)
    except SearchError:
        # There is no index, or a cluster that is away again: then it isn't known, and nothing will be compared.
        mark = ("", "")
    accept(folder, mark)


def agrees(folder: Path, mark: tuple[str, str]) -> bool:
    """Whether the valid ledger is that of the commit of this mark, as far as it is known."""
    return settled(folder) in (None, mark) or not mark[1]


def _is_older(mark: str, before: str) -> bool:
    """Whether a mark is that of an earlier commit than another: the engines of one machine count their commits."""
    return mark.isdecimal() and before.isdecimal() and int(mark) < int(before)


def resolve(folder: Path, mark: tuple[str, str]) -> None:
    """Find out whether the commit came through around which the last run ended; with that engine's lock held.

    `mark` is what `FolderWriter.mark` gives now. Does nothing if that can't tell.
    """
    if not mark[1] or not is_announced(folder):
        return
    before = mark_before(folder)
    if before is None:
        return
    if mark[0] == before[0] and mark != before and not _is_older(mark[1], before[1]):
        accept(folder, mark)
    else:
        withdraw(folder)
