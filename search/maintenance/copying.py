"""An index copied to another engine: from the machine to a cluster, or back.

Owns the order of the steps and the comparison of the counts. Must not know an engine, nor load the parser: the cables
are read from one index and put into the other as they are.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from corpus.late_dataclasses import dataclass
from search import sources as manifests
from search.answers.results import IndexStats
from search.engines import committed_mark, open_searcher, open_writer
from search.engines.manifest import read_manifest
from search.errors import IndexMissing, SearchError
from search.maintenance import same_telegram
from search.maintenance.agreement import check_lost
from search.maintenance.digests import write_digests
from search.people import decisions as people
from search.sources.announced import accept


@dataclass(frozen=True, slots=True)
class Copied:
    """What the old index holds and what the new one does.

    `missing` cables should have been in the old one; `refused` ones the new one could not take: by look-up key, each
    with the reason.
    """

    before: IndexStats
    after: IndexStats
    missing: tuple[str, ...]
    refused: Mapping[str, str]

    @property
    def whole(self) -> bool:
        """Whether the new index has all of the old one."""
        counts = (self.before.cables, self.before.paragraphs)
        return (
            not self.missing
            and not self.refused
            and counts == (self.after.cables, self.after.paragraphs)
        )


def copy(folder: Path, target: Path, engine: str | None = None) -> Copied:
    """Copy the index in `folder` to a new one in `target`, with what it was made from; in one commit.

    `cablegram index` goes on with the new one as with the old. Raises SearchError if there is an index in `target`, if
    the old one is written to meanwhile, or if either can't be read or written; then there is no new index.
    """
    _refuse_taken(target)
    check_lost(folder)
    sources = folder / manifests.FILE_NAME
    stamp = _stamp(sources)
    missing: list[str] = []
    with closing(open_searcher(folder)) as searcher, manifests.read(folder) as manifest:
        before = searcher.stats()
        with open_writer(target, engine) as writer:
            for cable_id in manifest.cables():
                cable = searcher.get(cable_id)
                if cable is None:
                    missing.append(cable_id)
                else:
                    writer.put(cable)
            announced = target / manifests.ANNOUNCED
            if stamp is not None:
                # As the indexer does it: what the index is made from is announced before the commit, and valid after.
                shutil.copyfile(sources, announced)
            if _stamp(sources) != stamp:
                announced.unlink(missing_ok=True)
                raise SearchError(
                    f"The index {folder} was written to while it was copied; run the command again."
                )
        if stamp is not None:
            accept(target, committed_mark(target))
            same_telegram.copy(folder, target)
        if (decided := folder / people.FILE_NAME).exists():
            # What the archive decided of who is who follows from nothing else.
            shutil.copyfile(decided, target / people.FILE_NAME)
    write_digests(target)
    with closing(open_searcher(target)) as searcher:
        return Copied(before, searcher.stats(), tuple(missing), dict(writer.refused))


def _refuse_taken(target: Path) -> None:
    try:
        taken = read_manifest(target)
    except IndexMissing:
        return
    raise SearchError(
        f"There is an index in {target} already (engine {taken.engine}); copy to a folder without one."
    )


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells the file from the one that replaces it; None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns
