"""The telegrams of an index folder brought in line with its cables, when these have changed.

Owns when that is due, and where the texts come from. Must not know how a cable is read from its page.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from search import sources as manifests
from search.engines import open_searcher
from search.telegrams import store
from search.telegrams.comparing import Text, text_of
from search.telegrams.updating import update


def is_current(folder: Path) -> bool:
    """Whether `telegrams.sqlite` is right for what the index has now."""
    return store.ask(folder, lambda known: known.state, "") == state_of(folder)


def renew(folder: Path, changed: Collection[str] | None = None, since: str = "") -> None:
    """Compare what is new in the index, and write down which cables are one telegram.

    `changed` are the look-up keys of all cables that a run may have changed, and `since` is what `state_of` gave before
    it: if what is written down is right for that state, the others are not looked at.

    If that is interrupted, what was known before stays, and the next run of the indexer does it. Raises SearchError if
    the file can't be written.
    """
    with (
        closing(open_searcher(folder)) as searcher,
        manifests.read(folder) as manifest,
        store.writing(folder) as known,
    ):

        def text(key: str) -> Text | None:
            cable = searcher.get(key)
            return None if cable is None else text_of(cable)

        if changed is None or known.state != since:
            update(known, manifest.signatures(), text, state_of(folder))
        else:
            update(known, manifest.signatures_of(changed), text, state_of(folder), changed)


def copy(folder: Path, target: Path) -> None:
    """Take what is known of the telegrams over to a copy of an index."""
    store.copy(folder, target, state_of(target))


def state_of(folder: Path) -> str:
    """What is another whenever the indexer has written down other cables: the identity of the file of sources."""
    try:
        found = (folder / manifests.FILE_NAME).stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"
