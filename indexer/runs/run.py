"""One run of the indexer over its inputs.

Owns what is read again, what becomes of files that are gone or can't be read, and that the engine in the end has each
cable from its best place. Which place that is, the ledger says. Must not know what a page looks like, how an engine
works, or who is asking.

Nothing here grows with the number of cables: they are put as they are read, and what must be remembered of them is in
the ledger, on the disk. Now and then what was taken is committed, the ledger with the index, so that a run that broke
off is gone on with from there.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus.ids import lookup_key
from corpus.model import Cable
from indexer.inputs.files import fingerprint, read
from indexer.inputs.finding import STANDARD_INPUT, Found, PageFile, no_cable_in, no_page_in
from indexer.page import PassedOver, SetAside, Unread
from indexer.runs.commits import agrees, resolve, stamp
from indexer.runs.ledger import Ledger
from indexer.runs.merging import Committed, record, record_wanted, settle
from indexer.runs.pool import Page, Pipeline
from indexer.runs.steps import Begun, Ended, Progress, Watch, size, steps
from indexer.runs.worker import Ready, reader_version
from search import sources as manifests
from search.asking.advice import ANYTHING
from search.engines import open_searcher, open_writer
from search.engines.manifest import read_manifest
from search.engines.protocols import Searcher
from search.engines.writing import FolderWriter
from search.errors import IndexLocked, IndexMissing, SearchError
from search.exports.entries import results
from search.language.tree import Query
from search.maintenance.agreement import check_lost, disagreement
from search.maintenance.digests import write_digests
from search.sources.announced import is_announced
from search.sources.manifest import Manifest
from search.sources.records import Facts, Input, Place

# Progress is told after each file, and between so many pages of one that has many.
_PAGES_BETWEEN = 100
# So long after the start a new index is first committed, and so long after each commit the next one is due, in seconds;
# or longer, so that committing takes no more than a twentieth of the time.
_FIRST_COMMIT = 2.0
_NEXT_COMMIT = 20.0
_COMMIT_SHARE = 20
# A file that is another each time it is looked at is given up after so many readings.
_MOST_READINGS = 2


def has_index(folder: Path, engine: str | None = None) -> bool:
    """Whether there is an index, written by that engine if one is named."""
    try:
        return engine in (None, read_manifest(folder).engine)
    except IndexMissing:
        return False
    except SearchError:  # there is one; the writer says what is wrong with it, or makes it anew
        return True


class Run:
    """One run over the inputs. Nothing is opened for writing before something has changed."""

    def __init__(
        self,
        folder: Path,
        books: ExitStack,
        stack: ExitStack,
        *,
        engine: str | None,
        fresh: bool,
        limit: int,
        workers: int,
        watch: Watch | None = None,
        readers: Path | None = None,
    ) -> None:
        """`readers` is the folder of the index that a rebuild in `folder` is to replace: readers have it until then."""
        self.counts: Counter[str] = Counter()
        self.loose: list[SetAside] = []  # told in this run, and not kept
        self.ledger: Ledger | None = None
        self._folder = folder
        self._readers = readers or folder
        self._books = books
        self._stack = stack
        self._engine = engine
        self._fresh = fresh
        self._limit = limit
        self._workers = workers
        self._watch = watch
        if not fresh:
            check_lost(folder)
        self._stamp = stamp(folder)
        self._old = books.enter_context(
            manifests.nothing(folder) if fresh else manifests.read(folder)
        )
        # Commits on the way would show a rebuild of an index before its end.
        self._on_the_way = not (fresh and has_index(folder))
        self._writer: FolderWriter | None = None
        self._committed: Committed | None = None
        self._published: Searcher | None = None
        self._due = 0.0
        # The file that is being read, and its number in the ledger.
        self._current: tuple[Input, int] | None = None
        self._amended = False  # whether the ledger has how far that file was read
        self._kept: dict[str, PageFile] = {}  # what is there in this run only: standard input
        self._readings: Counter[str] = Counter()

    @property
    def known(self) -> Manifest:
        """What is known of the sources by now."""
        return self.ledger.manifest if self.ledger else self._old

    def index(self, found: Found) -> None:
        """Read and parse what is new or changed, note what is gone."""
        if not self._fresh and (
            is_announced(self._folder) or self._old.unfinished or disagreement(self._folder)
        ):
            self._open()
        self._kept = {file.name: file for file in found.files if file.known_as}
        self._read(found.files)
        for path, aside in found.set_aside:
            self._keep_aside(str(path), aside)
        for folder in found.folders:  # set aside once, or a file then; now it can be listed
            self._forget(str(folder))
        for root in found.without_pages():
            inside = f"{root.path}{os.sep}"
            if not any(source.path.startswith(inside) for source in self.known.sources()):
                self.loose.append(no_page_in(root, found.passed_over))
        for root, files in found.chances():
            if not any(self.known.has_cables(file.name) for file in files):
                self.loose.append(no_cable_in(root, files))
        for root in found.roots:
            self._gone_from(root, found)

    def finish(self, *, rebuild: bool) -> None:
        """Bring the index in line with what is now known of the pages, and announce it."""
        if self.ledger is None and not rebuild and has_index(self._folder, self._engine):
            return
        ledger, writer, committed = self._open()
        ledger.settle_plain()
        if ledger.compares:
            self._commit()  # so that cables of this run can be taken from the index again
        settle(ledger, writer, committed, self._again)
        ledger.announce(writer.mark())

    def close(self) -> None:
        """Set aside what the engine's commit could not take, and make what is known of the pages valid."""
        if self.ledger is None or self._writer is None:
            return
        if self._writer.refused:
            self.ledger.remarks.refuse(self._writer.refused)
        self.ledger.replace()
        if self._readers == self._folder:  # a rebuild's files get other names yet
            write_digests(self._folder)

    def _open(self) -> tuple[Ledger, FolderWriter, Committed]:
        if self.ledger is None or self._writer is None or self._committed is None:
            self._writer = self._stack.enter_context(self._unopened())
            if stamp(self._folder) != self._stamp:
                raise IndexLocked(
                    f"Another process wrote to the index {self._folder} meanwhile; run the command again"
                )
            mark = self._writer.mark()
            if not self._fresh:
                resolve(self._folder, mark)
            agreed = self._fresh or agrees(self._folder, mark)
            self.ledger = self._books.enter_context(
                Ledger.open(
                    self._folder, fresh=self._fresh, before=self._before, known=self._readers
                )
            )
            if not agreed:
                self._doubt_all(self.ledger)
            self._committed = Committed(self._writer, self._stack)
            self._due = time.monotonic() + (_FIRST_COMMIT if self._fresh else _NEXT_COMMIT)
        return self.ledger, self._writer, self._committed

    def _doubt_all(self, ledger: Ledger) -> None:
        """The index and what is known of its sources are of different commits: all of it is read again."""
        with closing(open_searcher(self._folder)) as searcher:
            every = results(searcher, Query(ANYTHING, sort="oldest"), whole=False)
            unknown = ledger.doubt_all(lookup_key(each.cable.id) for each in every)
        reason = "the index and its list of sources were of different commits, so all sources were read again"
        if unknown:
            reason += f"; {unknown:,} of its cables had no source in the list, and stay only if they were found now"
        self.loose.append(
            SetAside(
                str(self._folder),
                reason,
                "index the folders of the others again" if unknown else "",
            )
        )

    def _before(self, key: str) -> Cable | None:
        """A cable as readers of the index have it now: before this run, or as its last commit on the way left it."""
        if self._published is None:
            try:
                self._published = open_searcher(self._readers)
            except SearchError:
                # There is no index yet, or none that this version reads: that is why it is built anew.
                return None
            self._stack.callback(self._published.close)
        return self._published.get(key)

    def _commit(self) -> None:
        """Commit what was taken so far, and go on."""
        ledger, writer, committed = self._open()
        if not self._on_the_way:
            writer.checkpoint()
        else:
            ledger.announce(writer.mark(), last=False)
            writer.checkpoint()
            if writer.refused:
                ledger.remarks.refuse(writer.refused)
                ledger.announce(writer.mark(), last=False)
            ledger.replace()
        committed.renew()

    def _read(self, files: Sequence[PageFile]) -> None:
        """Read those of some files that are new or changed, enter them and put their cables."""
        all_bytes = sum(size(file.path) for file in files) if self._watch else 0
        done = bytes_done = 0
        cables = paragraphs = 0
        where = ""

        def tell(here: int) -> None:
            if self._watch is not None:
                at = (done, len(files), bytes_done + here, all_bytes)
                self._watch(Progress(*at, cables, paragraphs, where))

        with Pipeline(self._workers) as pipeline:
            for step in pipeline.ready(
                self._unopened().engine, steps(files, self._limit, self._first_page)
            ):
                if isinstance(step, Begun):
                    where = step.file.address
                    self._begin(step)
                elif isinstance(step, Ended):
                    self._end(step)
                    done += 1
                    bytes_done += size(step.file.path) if self._watch else 0
                    tell(0)
                elif isinstance(step, tuple):
                    page, ready = step
                    taken = self._take(page, ready)
                    cables += len(taken)
                    paragraphs += sum(each.paragraphs for each in taken)
                    if page.number % _PAGES_BETWEEN == _PAGES_BETWEEN - 1:
                        where = ready.found
                        tell(page.position)
                self._commit_if_due()

    def _first_page(self, file: PageFile, digest: str) -> int | None:
        before = self.known.source(file.name)
        if before is None or before.digest != digest or before.reader != reader_version():
            return 0
        return before.pages  # None: it was read to its end

    def _unopened(self) -> FolderWriter:
        """The writer, which is entered only when something has changed."""
        if self._writer is None:
            self._writer = open_writer(self._folder, self._engine, rebuild=self._fresh)
        return self._writer

    def _begin(self, step: Begun) -> None:
        file = step.file
        self._current = None
        if isinstance(step.digest, SetAside):
            self._keep_aside(file.name, step.digest)
            return
        before = self.known.source(file.name)
        if step.first is None:
            self.counts["unchanged"] += 1
            if before is not None and before.reason:  # it could not be read for a while
                self._open()[0].amend(replace(before, reason="", advice="", line=None))
            if self.known.has_refused(file.name):
                self._open()[0].remarks.offer_again(file.name)
            return
        ledger = self._open()[0]
        self._readings[file.name] += 1
        if step.first and before is not None:
            self.counts["gone on with"] += 1
            self._current, self._amended = (before, ledger.go_on(before)), True
            return
        if self._readings[file.name] == 1:
            self.counts["new" if before is None else "replaced"] += 1
        self._amended = False
        source = Input(file.name, file.address, True, step.digest, reader_version())
        self._current = replace(source, pages=0), ledger.begin(source)

    def _take(self, page: Page, ready: Ready) -> tuple[Facts, ...]:
        """Enter the cables of a page, and put them; gives what was entered."""
        ledger, writer, _ = self._open()
        if self._current is None:
            raise RuntimeError("a page comes after its file has begun")
        source, number = self._current
        source = replace(source, pages=page.number + 1)
        if source.alone and (page.number or ready.found != source.address):
            source = replace(source, alone=False)
        self._current = source, number
        if isinstance(ready.cables, SetAside | PassedOver):
            ledger.remarks.note(number, ready.cables)
            if isinstance(ready.cables, Unread):
                # What the machine failed on is not known: the next run reads the file from its start.
                self._current = replace(source, digest=""), number
            return ()
        if ready.cut is not None:
            ledger.remarks.note(number, ready.cut)
        for place, each in enumerate(ready.cables):
            at = Place(number, page.number, place)
            held = ledger.hold(at, each.facts)
            try:
                if each.prepared is None:
                    raise ValueError(each.fault)
                if len(held) == 1 and not each.facts.also:
                    ledger.arrive(each.facts.key, partial(writer.prepared_cable, each.prepared))
                    writer.put_prepared(each.facts.cable, each.prepared)
                    ledger.give(each.facts.key, at, ())
                else:  # it is in several places, which it has to name; its page is not parsed again for that
                    record(ledger, writer, held, at, writer.prepared_cable(each.prepared))
            except ValueError as error:
                ledger.release(at)
                ledger.remarks.note(number, _refused(ready.found, error))
        return tuple(each.facts for each in ready.cables)

    def _end(self, step: Ended) -> None:
        if self._current is None:
            return
        source, _ = self._current
        self._current = None
        if step.changed:
            reason = "it changed while it was read"
            source = replace(source, digest="", reason=reason, advice="run again")
        if not source.digest or self._amended or not source.alone:
            self._open()[0].amend(replace(source, pages=None))

    def _commit_if_due(self) -> None:
        if self.ledger is None or self._writer is None or time.monotonic() < self._due:
            return
        if not self._on_the_way:
            return
        if self._current is not None:
            self.ledger.amend(self._current[0])
            self._amended = True
        start = time.monotonic()
        self.ledger.settle_plain()
        self._commit()
        taken = time.monotonic() - start
        self._due = time.monotonic() + max(_NEXT_COMMIT, _COMMIT_SHARE * taken)

    def _forget(self, path: str) -> None:
        if self.known.source(path) is not None:
            self._open()[0].forget(path)

    def _keep_aside(self, path: str, aside: SetAside) -> None:
        """A file that can't be read now: what was read of it before stays."""
        before = self.known.source(path)
        said = replace(
            before or Input(path, aside.address),
            reason=aside.reason,
            advice=aside.advice,
            line=aside.line,
        )
        if before is None:
            self._open()[0].begin(said)
        elif said != before:
            self._open()[0].amend(said)

    def _gone_from(self, root: PageFile, found: Found) -> None:
        inside = f"{root.path}{os.sep}"
        seen = {str(file.path) for file in found.files}
        seen.update(str(path) for path, _ in found.set_aside)
        gone = [
            source.path
            for source in self.known.sources()
            if source.path.startswith(inside)
            and source.path not in seen
            and _is_gone(Path(source.path))
        ]
        if not any(path.startswith(inside) for path in seen) and any(
            self.known.has_cables(path) for path in gone
        ):
            self.loose.append(
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

    def _again(self, source: Input) -> None:
        """Take those cables of a source that are wanted; all of them if it has changed meanwhile."""
        ledger, writer, _ = self._open()
        file = self._kept.get(source.path) or PageFile(Path(source.path), source.address)
        digest = fingerprint(file, self._limit)
        if source.path not in self._kept and source.path.startswith(f"{STANDARD_INPUT} "):
            reason = "it came in at standard input, which can't be read again"
            digest = SetAside(source.address, reason, "give it once more")
        elif self._readings[source.path] == _MOST_READINGS:
            reason = "it is another one each time it is read"
            digest = SetAside(source.address, reason, "run again when it is complete")
        if isinstance(digest, SetAside):
            ledger.forget(source.path)
            self._keep_aside(source.path, digest)
            return
        same = digest == source.digest and source.reader == reader_version()
        if not (same and record_wanted(ledger, writer, source, read(file, self._limit))):
            ledger.amend(replace(source, digest=""))  # all of it is read, whatever it was before
            self._read((file,))


def _refused(found: str, error: ValueError) -> SetAside:
    fault = " ".join(str(error).split())[:200]
    return SetAside(
        found, f"an index can't hold this cable ({fault})", "please report it with the page"
    )


def _is_gone(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # it may be there: the folder above it can't be searched
        return False
    return False
