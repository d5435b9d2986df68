"""An index of an older version brought to this one, from the cables that are stored in it: no page is read again.

Owns the order of the steps, what it takes, and what becomes of a migration that was interrupted. Must not know an
engine, nor load the parser.

The new index is made beside the old one, which answers (for the version that wrote it) until the new one is whole.
If anything goes wrong before that, the old one stays as it was, and the next try starts again. What the index was made
from stays as it is: `cablegram index` goes on with it, and reads those pages again which this version reads otherwise.
"""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from corpus.ids import lookup_key
from corpus.model import Cable
from search import sources as manifests
from search.engines import (
    committed_mark,
    is_current,
    open_searcher,
    open_writer,
    packed_cables,
    prepare,
)
from search.engines.lock import WriteLock
from search.engines.manifest import IndexManifest, read_manifest
from search.engines.packing import dictionary_of, read_packing
from search.engines.stored import DICTIONARY, bytes_below, pack_cable, unpack_cable
from search.errors import IndexDamaged, IndexOutdated, SearchError
from search.maintenance import same_telegram
from search.maintenance.agreement import check_lost, disagreement
from search.maintenance.digests import write_digests
from search.sources.announced import accept, is_announced, withdraw
from search.sources.repacking import repack
from search.sources.upgrading import upgrading
from search.system.disk import reach_the_disk
from search.system.processes import Workers
from search.telegrams.signatures import signature

# There as long as a migration is about to show the new index: the data folder before, and the one after.
NOTE = "migration.json"
# So much larger than the old index the new one may be while it is made: pieces of it are put together at the end.
_ROOM = 1.5
_PORTION = 32
_Watch = Callable[[int, int], None]
# The id of a cable, the cable as the engine takes it, and its signature, empty where none is asked for.
_Anew = tuple[str, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a migration would do. `needed` and `free` are bytes on the disk of the index; `current`: nothing at all."""

    engine: str
    written_by: str
    current: bool
    cables: int
    needed: int
    free: int


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was done: `cables` and `paragraphs` of the index as it is now; `changed` is False if nothing had to be."""

    changed: bool
    cables: int
    paragraphs: int


def plan(folder: Path) -> Plan:
    """Look at an index. Raises SearchError, with a sentence, if it can't be migrated without its pages."""
    found = read_manifest(folder)
    free = shutil.disk_usage(folder).free
    try:
        check_lost(folder)
        with manifests.read(folder, older=True) as ledger:
            if is_current(found) and ledger.is_current:
                return Plan(found.engine, found.application, True, 0, 0, free)
            read_packing(folder / found.data)
            if ledger.unfinished or is_announced(folder):
                raise SearchError(
                    f"The last run on the index {folder} was interrupted: finish it with the version that began it"
                    f" ({found.application})"
                )
            cables = sum(1 for _ in ledger.cables())
        if fault := disagreement(folder, older=True):
            raise IndexDamaged(fault)
    except (IndexOutdated, IndexDamaged) as error:
        raise type(error)(
            f"The index {folder} can't be migrated, its pages have to be read again: {error}"
        ) from error
    size = bytes_below(folder / found.data) + (folder / manifests.FILE_NAME).stat().st_size
    return Plan(found.engine, found.application, False, cables, round(_ROOM * size), free)


def migrate(folder: Path, *, workers: int = 1, watch: _Watch | None = None) -> Migrated:
    """Bring the index in `folder` to this version; does nothing if it is of it.

    `watch` is told how many cables are done, of how many. Raises SearchError, and leaves the old index as it was.
    """
    if finish(folder):
        return _done(folder, changed=True)
    found = plan(folder)
    if found.current:
        return _done(folder, changed=False)
    if found.free < found.needed:
        raise SearchError(
            f"Migrating the index {folder} needs about {_megabytes(found.needed)} beside it until it is done, and"
            f" {_megabytes(found.free)} are free; make room, or copy the index to a larger disk first"
        )
    before = read_manifest(folder)
    try:
        _bring_over(folder, before, found.cables, workers, watch)
    except BaseException:
        finish(folder)
        raise
    finish(folder)
    same_telegram.renew(folder)
    write_digests(folder)
    return _done(folder, changed=True)


def _bring_over(
    folder: Path, before: IndexManifest, cables: int, workers: int, watch: _Watch | None
) -> None:
    """Make the new index and show it, with its list of sources announced."""
    dictionaries = read_packing(folder / before.data)

    def unpacked(packed: bytes) -> Cable:
        return unpack_cable(packed, dictionary_of(packed, dictionaries))

    with (
        manifests.read(folder, older=True) as ledger,
        packed_cables(before, folder) as stored,
        open_writer(folder, before.engine, rebuild=True) as writer,
        _draft_of_sources(folder) as draft,
    ):
        if read_manifest(folder) != before:
            raise SearchError(f"Another process wrote to the index {folder}; run the command again")
        wanted = ((cable_id, _stored(folder, stored, cable_id)) for cable_id in ledger.cables())
        with ExitStack() as opened:
            upgrade = None if ledger.is_current else opened.enter_context(upgrading(draft))
            prepare = partial(prepare_anew, before.engine, dictionaries, upgrade is not None)
            anew = _prepared(prepare, wanted, workers)
            for count, (cable_id, prepared, signed) in enumerate(anew, 1):
                writer.put_prepared(cable_id, prepared)
                if upgrade is not None:
                    upgrade.sign(lookup_key(cable_id), signed)
                if watch is not None:
                    watch(count, cables)
            if upgrade is not None:
                upgrade.finish(lambda packed: signature(unpacked(packed)))
        if dictionaries != (DICTIONARY,):
            repack(draft, lambda packed: pack_cable(unpacked(packed)))
        reach_the_disk(draft)
        _note(folder, before)
        draft.replace(folder / manifests.ANNOUNCED)


@contextmanager
def _draft_of_sources(folder: Path) -> Iterator[Path]:
    """A copy of the list of sources that can be changed; gone in the end, unless it was given another name."""
    draft = folder / manifests.DRAFT
    shutil.copyfile(folder / manifests.FILE_NAME, draft)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def finish(folder: Path) -> bool:
    """See to a migration that was interrupted when the new index was about to be shown; says whether it was shown.

    Called by whoever writes to the index next. Raises IndexLocked while a migration goes on.
    """
    if not (folder / NOTE).exists():
        return False
    lock = WriteLock(folder)
    lock.acquire()
    try:
        try:
            before = json.loads((folder / NOTE).read_bytes())["before"]
        except FileNotFoundError:
            return False
        except (ValueError, TypeError, LookupError) as error:
            raise IndexDamaged(
                f"{folder / NOTE} is damaged; delete it, and index once more"
            ) from error
        shown: bool = read_manifest(folder).data != before
        if is_announced(folder):
            if shown:
                accept(folder, committed_mark(folder))
            else:
                withdraw(folder)
        (folder / NOTE).unlink()
        return shown
    finally:
        lock.release()


def _stored(folder: Path, stored: Callable[[str], bytes | None], cable_id: str) -> bytes:
    packed = stored(lookup_key(cable_id))
    if packed is None:
        raise IndexDamaged(
            f"The index {folder} lacks {cable_id}, which its list of sources names, so its pages have to be read again"
        )
    return packed


def _prepared(
    anew: Callable[[list[tuple[str, bytes]]], list[_Anew]],
    wanted: Iterable[tuple[str, bytes]],
    workers: int,
) -> Iterator[_Anew]:
    """What `anew` makes of each cable, in order; made in so many processes, or in this one."""
    cables = iter(wanted)
    portions = iter(lambda: list(islice(cables, _PORTION)), [])
    if workers < 2:
        for portion in portions:
            yield from anew(portion)
        return
    with Workers(workers, _nothing_first) as pool:
        under_way: deque[Future[list[_Anew]]] = deque()
        for portion in portions:
            under_way.append(pool.submit(anew, portion))
            if len(under_way) > 2 * workers:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def prepare_anew(
    engine: str, dictionaries: Sequence[bytes], signed: bool, portion: list[tuple[str, bytes]]
) -> list[_Anew]:
    """Cables as the engine takes them now, from how they were packed then; for a process of its own.

    With their signatures where these are wanted (`signed`).
    """
    done = []
    for cable_id, packed in portion:
        try:
            cable = unpack_cable(packed, dictionary_of(packed, dictionaries))
        except Exception as error:
            # Whatever an older form lacks or has else: the pages have it still.
            raise IndexOutdated(
                f"The cable {cable_id} is stored in a form that this version can't read ({type(error).__name__}), so"
                " the pages have to be read again"
            ) from error
        done.append((cable_id, prepare(engine, cable), signature(cable) if signed else b""))
    return done


def _nothing_first() -> None:
    """A process needs nothing before its first portion."""


def _note(folder: Path, before: IndexManifest) -> None:
    fresh = folder / f"{NOTE}.new"
    fresh.write_text(json.dumps({"before": before.data}), "utf-8")
    fresh.replace(folder / NOTE)


def _done(folder: Path, *, changed: bool) -> Migrated:
    with closing(open_searcher(folder)) as searcher:
        stats = searcher.stats()
    return Migrated(changed, stats.cables, stats.paragraphs)


def _megabytes(count: int) -> str:
    return f"{max(1, round(count / 1_000_000)):,} MB"
