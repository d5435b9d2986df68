"""Whether an index and the list of what it was made from belong together.

Owns the comparison, and what is said where they don't. Must not know an engine, nor how either is written: each says
which commit it is of. A run of the indexer keeps both in step, and mends what a loss of power left. A copy that was
taken while it ran, a file that somebody brought back, or a disk that lost the order of two folders leave two states.
"""

from __future__ import annotations

from pathlib import Path

from search import sources as manifests
from search.engines import committed_mark
from search.engines.manifest import rebuild_advice
from search.errors import IndexDamaged, SearchError
from search.sources.announced import is_announced


def lost_sources(folder: Path) -> str:
    """What is said of an index whose list of sources is gone; "" if it is there, or on its way."""
    if (folder / manifests.FILE_NAME).exists() or is_announced(folder):
        return ""
    return (
        f"{folder / manifests.FILE_NAME} is missing, the list of what the index was made from; bring it back from a"
        f" backup, or {rebuild_advice(folder)}"
    )


def check_lost(folder: Path) -> None:
    """Raises IndexDamaged, with a sentence, if the list of sources is gone."""
    fault = lost_sources(folder)
    if fault:
        raise IndexDamaged(fault)


def check_sources(folder: Path) -> None:
    """Raises IndexDamaged, with a sentence, if the list of sources is gone or of another commit than the index."""
    fault = disagreement(folder)
    if fault:
        raise IndexDamaged(fault)


def disagreement(folder: Path, *, older: bool = False) -> str:
    """What is said of an index whose list of sources is gone, or of another commit; "" if they belong together.

    Nothing is said while a run commits, nor where an engine or an older file can't tell. With `older` the list may be
    one that can be brought to this form. Raises SearchError if either can't be read.
    """
    fault = lost_sources(folder)
    if fault:
        return fault
    mark = committed_mark(folder)
    before = settled(folder, older=older)
    if is_announced(folder) or before is None or not mark[1] or before == mark:
        return ""
    # A run may have committed between the two looks.
    if settled(folder, older=older) != before or committed_mark(folder) != mark:
        return ""
    return (
        f"The index {folder} and its list of sources are of different commits, as after a copy that was taken during a"
        " run; `cablegram index` with the same PATHs reads them again and mends it"
    )


def told_at_start(folder: Path) -> str:
    """What whoever starts a server is told of the index, which can be searched all the same; "" for nothing."""
    try:
        return disagreement(folder)
    except SearchError as error:
        return str(error)


def settled(folder: Path, *, older: bool = False) -> tuple[str, str] | None:
    """The commit with which the list of sources belongs; None if that isn't known. Raises SearchError."""
    with manifests.read(folder, older=older) as manifest:
        return manifest.settled
