"""What became of the commit around which a run ended, and whether someone else wrote to the index.

Owns the question whether a commit came through. Must not know what a manifest says, nor an engine.
"""

from __future__ import annotations

from pathlib import Path

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


def resolve(folder: Path, mark: tuple[str, str]) -> None:
    """Find out whether the commit came through around which the last run ended; with that engine's lock held.

    `mark` is what `FolderWriter.mark` gives now. Does nothing if that can't tell.
    """
    if not mark[1] or not is_announced(folder):
        return
    before = mark_before(folder)
    if before is None:
        return
    if mark[0] == before[0] and mark != before:
        accept(folder)
    else:
        withdraw(folder)
