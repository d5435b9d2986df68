"""Which index folders are meant: one, several that are read together, or none for an index in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Folders = Path | Sequence[Path] | None


def folders_of(folders: Folders) -> tuple[Path, ...]:
    """The folders, none for an index in memory."""
    if folders is None:
        return ()
    return (folders,) if isinstance(folders, Path) else tuple(folders)
