"""Folders that are watched: a run now, and another whenever something has come, gone or changed.

Owns when the next run is due. Must not know what a run does.

A file that is being written changes every moment, so a run waits until nothing has changed for a while. One that is
written more slowly than that is read as far as it goes, and once more when it is whole: nothing is lost by it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

# So long nothing may have changed before a run begins, in seconds; but after so long it begins in any case, so that a
# folder into which something is always being written is indexed too.
QUIET = 2.0
PATIENCE = 60.0
# After a run that failed, the next one.
AGAIN = 60.0
# How often it is looked whether it is time, in milliseconds.
_TICK = 250
# What browsers and copying programs call a file that is not whole yet: they rename it in the end.
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".swp", "~")


class NotWatched(Exception):
    """Something can't be watched; the message is one sentence for the user."""


def watching(
    paths: Sequence[str], index: Path, run: Callable[[], bool], idle: Callable[[], None]
) -> None:
    """Run now and after each change in the folders, until Ctrl-C; `run` says whether it came through.

    `idle` is told after each run that did: from then on nothing is lost by an end.

    Raises `NotWatched`; KeyboardInterrupt if the end comes in the middle of a run.
    """
    try:
        # Here, because it comes with an extra.
        from watchfiles import watch
    except ModuleNotFoundError as error:
        raise NotWatched(
            "--watch needs watchfiles; install it with: pip install 'cablegram[alerts]'"
        ) from error
    for path in paths:
        if not Path(path).is_dir():
            raise NotWatched(
                f"--watch is for folders, and {path} is none; name the folder it is in"
            )
    inside = f"{os.path.abspath(index)}{os.sep}"  # noqa: PTH100 - of one that may not be there yet

    def concerns(_change: object, path: str) -> bool:
        name = path.rpartition(os.sep)[2]
        return not (
            f"{os.path.abspath(path)}{os.sep}".startswith(inside)  # noqa: PTH100
            or name.startswith(".")
            or name.endswith(_UNFINISHED)
        )

    first_change: float | None = None
    last_change = due = time.monotonic()
    running = False
    # It watches from here on, also while a run goes on: what changes meanwhile comes with the next look.
    changes = watch(
        *paths,
        watch_filter=concerns,
        debounce=_TICK,
        step=50,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    try:
        for found in changes:
            now = time.monotonic()
            if found:
                last_change = now
                first_change = first_change or now
            waited = first_change is not None and (
                now - last_change >= QUIET or now - first_change >= PATIENCE
            )
            if not waited and now < due:
                continue
            first_change = None
            running = True
            due = float("inf") if run() else time.monotonic() + AGAIN
            running = False
            if due == float("inf"):
                idle()
    except KeyboardInterrupt:
        if running:
            raise
