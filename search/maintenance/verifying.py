"""Whether an index is whole: its manifest, its list of sources, the digests of its files, and each cable in it.

Owns what is looked at, in order, and what is said. Changes nothing. Must not know an engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from corpus.late_dataclasses import dataclass
from corpus.model import Version
from search import sources as manifests
from search.engines import committed_mark, open_searcher
from search.errors import IndexMissing, SearchError
from search.maintenance.agreement import disagreement
from search.maintenance.digests import faults, is_of_last_commit, read_digests
from search.sources.announced import is_announced

_NO_DIGESTS = (
    "no digests are kept of it yet: the next run of `cablegram index` that changes it writes them"
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: `faults` are sentences, none of an index that is whole; `notes` say what was not looked at.

    `files` have the digest that was kept of them, and `cables` are what the list of sources says.
    """

    faults: tuple[str, ...]
    notes: tuple[str, ...]
    files: int
    cables: int


def verify(folder: Path) -> Verified:
    """Look at all of an index. Raises IndexMissing if there is none."""
    found: list[str] = []
    notes: list[str] = []
    files = cables = 0

    def seen(told: Iterator[str]) -> int:
        count = 0
        try:
            for fault in told:
                count += 1
                found.append(fault)
        except IndexMissing:
            raise
        except SearchError as error:
            found.append(str(error))
            count += 1
        except OSError as error:
            found.append(f"{error.filename or folder}: {error.strerror or error}")
            count += 1
        return count

    unreadable = seen(_of_the_commit(folder))
    if is_announced(folder):
        notes.append("a run is going on, or was interrupted while it committed: index once more")
    try:
        digests = read_digests(folder)
    except SearchError as error:
        found.append(str(error))
        digests = None
    else:
        if digests is None:
            notes.append(_NO_DIGESTS)
    rotten = 0
    if digests is not None:
        current = is_of_last_commit(folder, digests)
        if not current:
            notes.append(
                "the digests are of an earlier commit: what was written since has none yet"
            )
        files = len(digests.files)
        rotten = seen(faults(folder, digests, current=current))
    if not unreadable:
        seen(_of_the_list(folder))
    if rotten or unreadable:
        notes.append(
            "the cables were not read: a library may do anything with a file that has changed"
        )
    else:
        counted = [0]
        seen(_of_the_cables(folder, counted))
        cables = counted[0]
    return Verified(tuple(dict.fromkeys(found)), tuple(notes), files, cables)


def _of_the_commit(folder: Path) -> Iterator[str]:
    """Whether the index can be opened at all."""
    committed_mark(folder)
    yield from ()


def _of_the_list(folder: Path) -> Iterator[str]:
    fault = disagreement(folder)
    if fault:
        yield fault
    with manifests.read(folder) as manifest:
        yield from (f"{manifests.FILE_NAME} is damaged ({said})" for said in manifest.check())
        if manifest.unfinished:
            yield "the last run was interrupted, so the index may lack cables: index once more"


def _of_the_cables(folder: Path, counted: list[int]) -> Iterator[str]:
    """Each cable of the list, read from the index."""
    with closing(open_searcher(folder)) as searcher, manifests.read(folder) as manifest:
        for cable_id, paragraphs, version in manifest.taken():
            counted[0] += 1
            try:
                cable = searcher.get(cable_id)
            except SearchError as error:
                yield f"{cable_id} can't be read: {error}"
                continue
            if cable is None:
                yield f"{cable_id} is in the list of sources and not in the index"
            elif len(cable.paragraphs) != paragraphs:
                yield f"{cable_id} has {len(cable.paragraphs):,} paragraphs instead of {paragraphs:,}"
            elif Version(cable.source, cable.address, cable.digest) != version:
                yield f"{cable_id} is from another page than the list of sources says"
        stats = searcher.stats()
        if stats.cables != counted[0]:
            yield f"the index has {stats.cables:,} cables, and its list of sources {counted[0]:,}"
