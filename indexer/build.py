"""The pipeline: inputs are found, read, parsed and written to an index; a second run reads only what changed.

Owns which pages are read again, which cable wins when several pages have it, and what becomes of pages that are gone.
Must not know what a page looks like (`indexer.parse` does), how an engine works, or who is asking.

What the index has always follows from the pages alone, whatever the order of the runs:

- a page whose bytes changed is read again, and its cables replace the ones it had;
- a page that is gone from a folder that was given is taken out, with its cables. A folder in which nothing at all
  is left is more likely not mounted than emptied: its cables stay, and it is set aside;
- a page that can't be read any more keeps the cables of its last reading, and is set aside;
- a cable that is on several pages is indexed once, with the most text; the other pages are named as doubles.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from corpus.model import Cable
from indexer.errors import NotACable
from indexer.finding import Found, PageFile, find
from indexer.page import RawPage, SetAside
from indexer.parse import parse
from indexer.reading import MAX_PAGE_BYTES, decode, load
from search import manifest as manifests
from search.engine import IndexWriter
from search.engines import open_searcher, open_writer
from search.engines.lock import LOCK_FILE
from search.engines.manifest import read_manifest
from search.errors import IndexLocked, IndexMissing, SearchError
from search.manifest import Double, Holding, Manifest, Rank, Source, ranked
from search.results import IndexStats

# Told after each page: how many are done, of how many, and which one it was.
Watch = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did to the pages, and what the index holds after it.

    `stats` and `problems` (code -> count) tell of the whole index, `set_aside`, `doubles` and `passed_over` of the
    inputs of this run. `changed` is false when the index was left as it was.
    """

    stats: IndexStats
    changed: bool
    new: int
    replaced: int
    unchanged: int
    removed: int
    problems: dict[str, int]
    set_aside: tuple[SetAside, ...]
    doubles: tuple[Double, ...]
    passed_over: tuple[str, ...]
    seconds: float


def build(
    inputs: Sequence[str],
    folder: Path,
    *,
    engine: str | None = None,
    rebuild: bool = False,
    limit: int = MAX_PAGE_BYTES,
    watch: Watch | None = None,
) -> Report:
    """Bring the index in `folder` up to date with the inputs, in one commit; on any error it stays as it was.

    `limit` is the largest page in bytes. `rebuild` starts from nothing: the index then has the inputs and no more.
    Raises `NoSuchInput` for an input that is not there, and `SearchError` if the index can't be written.
    """
    start = time.perf_counter()
    found = find(inputs, folder)
    _check_free(folder)
    old = Manifest() if rebuild else manifests.read(folder)
    with ExitStack() as stack:
        run = _Run(folder, old, stack, engine, rebuild, limit)
        run.take(found, watch)
        new = run.finish()
    if run.writes:
        manifests.settle(folder)
    searcher = open_searcher(folder)
    try:
        stats = searcher.stats()
    finally:
        searcher.close()
    return Report(
        stats=stats,
        changed=run.writes,
        new=run.counts["new"],
        replaced=run.counts["replaced"],
        unchanged=run.counts["unchanged"],
        removed=run.counts["removed"],
        problems=new.problems(),
        set_aside=tuple(run.set_aside),
        doubles=new.doubles(),
        passed_over=tuple(found.passed_over),
        seconds=time.perf_counter() - start,
    )


def parse_page(page: RawPage) -> tuple[Cable, ...] | SetAside:
    """The cables of a page, or why there are none.

    A fault of the parser's own is told like any other reason: one page must not cost the user all the others.
    """
    try:
        return parse(page)
    except NotACable as error:
        return SetAside(page.address, error.reason, error.advice, error.line)
    except Exception as error:
        fault = f"{type(error).__name__}: {error}".strip(": ")
        return SetAside(
            page.address, f"Cablegram failed on it ({fault})", "please report it with the page"
        )


@cache
def reader_version() -> str:
    """A fingerprint of everything that decides how a page is read: a page is read again when it is another."""
    digest = hashlib.sha256()
    house = Path(__file__).resolve().parent.parent
    rooms = (
        *(house / "indexer").rglob("*.py"),
        *(house / "corpus").glob("*.py"),
        *(house / "corpus" / "tables").rglob("*"),
    )
    for file in sorted(
        file for file in rooms if file.is_file() and "__pycache__" not in file.parts
    ):
        digest.update(file.relative_to(house).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _has_index(folder: Path, engine: str | None = None) -> bool:
    """Whether there is an index, written by that engine if one is named."""
    try:
        return engine in (None, read_manifest(folder).engine)
    except IndexMissing:
        return False
    except SearchError:  # there is one; the writer says what is wrong with it, or makes it anew
        return True


def _check_free(folder: Path) -> None:
    """An index is made in a new or an empty folder only, so that no folder of the user's is ever cleared."""
    if _has_index(folder):
        return
    try:
        names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise SearchError(
            f"{folder} is a file; name a folder for the index with --index"
        ) from error
    if names and LOCK_FILE not in names:
        raise SearchError(
            f"{folder} is not empty and holds no index; name a new or an empty folder with --index"
        )


class _Run:
    """One run over the inputs. `indexed` is what the index has of each cable, as far as it is known."""

    def __init__(
        self,
        folder: Path,
        old: Manifest,
        stack: ExitStack,
        engine: str | None,
        rebuild: bool,
        limit: int,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.set_aside: list[SetAside] = []
        self._folder = folder
        self._old = old
        self._stack = stack
        self._engine = engine
        self._rebuild = rebuild
        self._limit = limit
        self._writer: IndexWriter | None = None
        self._sources: dict[str, Source] = dict(old.sources)
        self._ranks: dict[str, set[Rank]] = {c: set(r) for c, r in old.ranks().items()}
        unsure = [source for source in old.sources.values() if source.unsure]
        self._touched = {held.cable for source in unsure for held in source.cables}
        self._indexed = {c: min(r) for c, r in self._ranks.items() if c not in self._touched}

    @property
    def writes(self) -> bool:
        """Whether this run has anything to write."""
        return self._writer is not None

    def take(self, found: Found, watch: Watch | None) -> None:
        """Read and parse what is new or changed, note what is gone."""
        for number, file in enumerate(found.files, 1):
            self._page(file)
            if watch is not None:
                watch(number, len(found.files), file.address)
        for path, aside in found.set_aside:
            self._keep_aside(str(path), aside)
        for folder in found.folders:  # set aside once, or a file then; now it can be listed
            self._forget(str(folder))
        for root in found.roots:
            self._gone_from(root, found)

    def finish(self) -> Manifest:
        """Bring the index in line with what is now known of the pages, and announce it."""
        self._settle()
        same = self._sources == self._old.sources and self._writer is None
        if same and not self._rebuild and _has_index(self._folder, self._engine):
            return self._old
        self._open()
        new = Manifest(self._sources, datetime.now(UTC).replace(microsecond=0))
        manifests.announce(self._folder, new)
        return new

    def _open(self) -> IndexWriter:
        if self._writer is None:
            writer = open_writer(self._folder, self._engine, rebuild=self._rebuild)
            self._writer = self._stack.enter_context(writer)
            if not self._rebuild and manifests.read(self._folder) != self._old:
                raise IndexLocked(
                    f"Another process wrote to the index {self._folder} meanwhile; run the command again"
                )
        return self._writer

    def _page(self, file: PageFile) -> None:
        path = str(file.path)
        before = self._sources.get(path)
        content = load(file, self._limit)
        if isinstance(content, SetAside):
            self._keep_aside(path, content)
            return
        known = before is not None and before.digest == content.digest
        if before is not None and known and before.reader == reader_version():
            self.counts["unchanged"] += 1
            self._sources[path] = same = _as_read(before)
            if same.reason:
                self.set_aside.append(SetAside(file.address, same.reason, same.advice, same.line))
            return
        self.counts["new" if before is None else "replaced"] += 1
        self._parsed(path, content.digest, decode(content), file.address)

    def _parsed(self, path: str, digest: str, page: RawPage | SetAside, address: str) -> None:
        cables = page if isinstance(page, SetAside) else parse_page(page)
        source = Source(path, address, digest, reader_version())
        self._forget(path)
        if isinstance(cables, SetAside):
            self.set_aside.append(cables)
            self._sources[path] = _with_reason(source, cables)
            return
        self._sources[path] = source = replace(source, cables=tuple(map(_holding, cables)))
        for cable_id, rank in ranked(source):
            self._ranks.setdefault(cable_id, set()).add(rank)
            self._touched.add(cable_id)
        for cable, (cable_id, rank) in zip(cables, ranked(source), strict=True):
            if min(self._ranks[cable_id]) == rank:
                self._open().put(cable)
                self._indexed[cable_id] = rank

    def _forget(self, path: str) -> None:
        """The cables that a page had are no longer its own; what the index has of them is settled at the end."""
        before = self._sources.pop(path, None)
        for cable, rank in ranked(before) if before is not None else ():
            self._ranks[cable].discard(rank)
            self._touched.add(cable)
            # Put again under the same rank, its text may still be another.
            if self._indexed.get(cable) == rank:
                del self._indexed[cable]

    def _keep_aside(self, path: str, aside: SetAside) -> None:
        """A page that can't be read now: what was read of it before stays."""
        self.set_aside.append(aside)
        before = self._sources.get(path, Source(path, aside.address))
        self._sources[path] = _with_reason(before, aside)

    def _gone_from(self, root: PageFile, found: Found) -> None:
        inside = f"{root.path}{os.sep}"
        seen = {str(file.path) for file in found.files}
        seen.update(str(path) for path, _ in found.set_aside)
        known = [path for path in self._sources if path.startswith(inside)]
        gone = [path for path in known if path not in seen and _is_gone(Path(path))]
        if not any(path.startswith(inside) for path in seen) and any(
            self._sources[path].cables for path in gone
        ):
            self.set_aside.append(
                SetAside(
                    root.address,
                    f"nothing is left in it of the {len(gone)} files that the index was made from,"
                    " so the index keeps their cables",
                    "bring them back, or drop the cables with --rebuild",
                )
            )
            return
        for path in gone:
            self.counts["removed"] += 1
            self._forget(path)

    def _settle(self) -> None:
        """Make the index have each cable from its best page, and no cable that no page has any more."""
        while self._touched:
            cable = self._touched.pop()
            ranks = self._ranks.get(cable, set())
            if not ranks:
                self._open().delete(cable)
            elif self._indexed.get(cable) != min(ranks):
                # Its page is not of this run, or not changed; read once more it settles all of its cables.
                _, path, _ = min(ranks)
                self._again(path, self._sources[path].address)

    def _again(self, path: str, address: str) -> None:
        content = load(PageFile(Path(path), address), self._limit)
        if isinstance(content, SetAside):
            self._forget(path)
            self._keep_aside(path, content)
        else:
            self._parsed(path, content.digest, decode(content), address)


def _is_gone(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # it may be there: the folder above it can't be searched
        return False
    return False


def _holding(cable: Cable) -> Holding:
    problems = Counter(problem.code for problem in cable.problems)
    weight = sum(len(paragraph.text) for paragraph in cable.paragraphs)
    return Holding(cable.id, weight, len(cable.paragraphs), dict(sorted(problems.items())))


def _with_reason(source: Source, aside: SetAside) -> Source:
    return replace(source, reason=aside.reason, advice=aside.advice, line=aside.line)


def _as_read(source: Source) -> Source:
    """A page whose bytes are known: a reason beside its cables was that it could not be read for a while."""
    return replace(source, reason="", advice="", line=None) if source.cables else source
