"""The file to which an alert adds its hits.

Owns that each part is written once, wherever a run ended: before a part is written it is noted where it begins, so
that the next run finds out how much of it is there. Whoever takes the file away has what was in it, and a new one has
what comes.
"""

from __future__ import annotations

import os
from pathlib import Path

from search.alerts.state import Parcel, State


def write_part(state: State, parcel: Parcel) -> None:
    """Write a part behind the end of its file, or what of it is missing there. Raises OSError if it can't be."""
    path = Path(parcel.target)
    content = parcel.content.encode("utf-8", "backslashreplace")
    if parcel.at is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        state.note_place(parcel.id, path.stat().st_size if path.exists() else 0)
        missing = content
    else:
        missing = content[_there(path, parcel.at, content) :]
    with path.open("ab") as file:
        file.write(missing)
        file.flush()
        os.fsync(file.fileno())
    state.delivered(parcel.id)


def _there(path: Path, at: int, content: bytes) -> int:
    """How much of a part stands at its place; 0 if someone else has written there."""
    try:
        with path.open("rb") as file:
            file.seek(at)
            found = file.read(len(content))
            goes_on = bool(file.read(1))
    except FileNotFoundError:
        return 0
    whole = found == content
    torn = content.startswith(found) and not goes_on
    return len(found) if whole or torn else 0
