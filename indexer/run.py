"""One run of the indexer over its inputs.

Owns what is read again, what becomes of files that are gone or can't be read, and that the engine in the end has each
cable from its best place. Which place that is, the ledger says. Must not know what a page looks like, how an engine
works, or who is asking.

Nothing here grows with the number of cables: they are put as they are read, and what must be remembered of them is in
the ledger, on the disk.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from corpus.ids import lookup_key
from corpus.model import Cable, Version
from indexer.finding import STANDARD_INPUT, Found, PageFile, no_page_in
from indexer.holding import Held, Place, compared, versions
from indexer.ledger import Ledger, interrupted, stamp
from indexer.page import PassedOver, SetAside
from indexer.reader import cables_of, cut_short, reader_version
from indexer.reading import Item, fingerprint, read
from indexer.sources.jsonl import Exported
from search import manifest as manifests
from search.engine import IndexWriter, Searcher
from search.engines import open_searcher, open_writer
from search.engines.manifest import read_manifest
from search.errors import IndexLocked, IndexMissing, SearchError
from search.manifest import Manifest, Source

# Told after each file, and between the pages of one that has many: how many files are done, of how many, and where the
# reading is.
Watch = Callable[[int, int, str], None]
_PAGES_BETWEEN = 500
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
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.loose: list[SetAside] = []  # told in this run, and not kept
        self.ledger: Ledger | None = None
        self._folder = folder
        self._books = books
        self._stack = stack
        self._engine = engine
        self._fresh = fresh
        self._limit = limit
        self._stamp = stamp(folder)
        self._old = books.enter_context(
            manifests.nothing(folder) if fresh else manifests.read(folder)
        )
        self._writer: IndexWriter | None = None
        self._committed: Searcher | None = None
        self._kept: dict[str, PageFile] = {}  # what is there in this run only: standard input
        self._readings: Counter[str] = Counter()

    @property
    def known(self) -> Manifest:
        """What is known of the sources by now."""
        return self.ledger or self._old

    def take(self, found: Found, watch: Watch | None) -> None:
        """Read and parse what is new or changed, note what is gone."""
        if interrupted(self._folder) and not self._fresh:
            self._open()
        self._kept = {file.name: file for file in found.files if file.known_as}
        total = len(found.files)
        for number, file in enumerate(found.files):

            def here(where: str, done: int = number) -> None:
                if watch is not None:
                    watch(done, total, where)

            self._file(file, here)
            here(file.address, number + 1)
        for path, aside in found.set_aside:
            self._keep_aside(str(path), aside)
        for folder in found.folders:  # set aside once, or a file then; now it can be listed
            self._forget(str(folder))
        for root in found.without_pages():
            inside = f"{root.path}{os.sep}"
            if not any(source.path.startswith(inside) for source in self.known.sources()):
                self.loose.append(no_page_in(root))
        for root in found.roots:
            self._gone_from(root, found)

    def finish(self, *, rebuild: bool) -> None:
        """Bring the index in line with what is now known of the pages, and announce it."""
        if self.ledger is None and not rebuild and has_index(self._folder, self._engine):
            return
        ledger, writer = self._open()
        self._settle(ledger, writer)
        ledger.announce()

    def close(self) -> None:
        """Set aside what the engine's commit could not take, and make what is known of the pages valid."""
        if self.ledger is None or self._writer is None:
            return
        if self._writer.refused:
            self.ledger.refuse(self._writer.refused)
        self.ledger.replace()

    def _open(self) -> tuple[Ledger, IndexWriter]:
        if self.ledger is None or self._writer is None:
            writer = open_writer(self._folder, self._engine, rebuild=self._fresh)
            self._writer = self._stack.enter_context(writer)
            if stamp(self._folder) != self._stamp:
                raise IndexLocked(
                    f"Another process wrote to the index {self._folder} meanwhile; run the command again"
                )
            self.ledger = self._books.enter_context(Ledger.open(self._folder, fresh=self._fresh))
        return self.ledger, self._writer

    def _file(self, file: PageFile, watch: Callable[[str], None]) -> None:
        digest = fingerprint(file, self._limit)
        if isinstance(digest, SetAside):
            self._keep_aside(file.name, digest)
            return
        before = self.known.source(file.name)
        if before is not None and before.digest == digest and before.reader == reader_version():
            self.counts["unchanged"] += 1
            if before.reason:  # it could not be read for a while
                ledger, _ = self._open()
                ledger.amend(replace(before, reason="", advice="", line=None))
            if self.known.has_refused(file.name):
                ledger, _ = self._open()
                ledger.offer_again(file.name)
            return
        self.counts["new" if before is None else "replaced"] += 1
        self._read(file, digest, watch)

    def _read(self, file: PageFile, digest: str, watch: Callable[[str], None]) -> None:
        """Enter a file and put its cables."""
        ledger, writer = self._open()
        self._readings[file.name] += 1
        before = _identity(file.path)
        source = Source(file.name, file.address, True, digest, reader_version())
        number = ledger.begin(source)
        for page, item in enumerate(read(file, self._limit)):
            cables = cables_of(item)
            found = item.place if isinstance(item, Exported) else item.address
            if source.alone and (page or found != file.address):
                source = replace(source, alone=False)
            if isinstance(cables, SetAside | PassedOver):
                ledger.remark(number, cables)
                continue
            if (cut := cut_short(cables, found)) is not None:
                ledger.remark(number, cut)
            for place, cable in enumerate(cables):
                at = Place(number, page, place)
                held = ledger.hold(at, cable, found, _problems(cable))
                try:
                    _take(ledger, writer, held, at, cable)
                except ValueError as error:
                    ledger.release(at)
                    ledger.remark(number, _refused(found, error))
            if page % _PAGES_BETWEEN == _PAGES_BETWEEN - 1:
                watch(found)
        if _identity(file.path) != before:
            source = replace(
                source, digest="", reason="it changed while it was read", advice="run again"
            )
        if not source.alone or source.reason:
            ledger.amend(source)

    def _forget(self, path: str) -> None:
        if self.known.source(path) is not None:
            ledger, _ = self._open()
            ledger.forget(path)

    def _keep_aside(self, path: str, aside: SetAside) -> None:
        """A file that can't be read now: what was read of it before stays."""
        before = self.known.source(path)
        said = replace(
            before or Source(path, aside.address),
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
            self.known.cables_of(path) for path in gone
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

    def _settle(self, ledger: Ledger, writer: IndexWriter) -> None:
        """Make the index have each cable from its best place, with all others named, and none that no page has.

        And make the ledger have the texts of those others.
        """
        while True:
            for key in ledger.unsettled():
                held = ledger.held(key)
                wanted = [each for each in compared(held) if not self._has_text(ledger, each)]
                if not held:
                    writer.delete(key)
                elif not self._is_right(ledger, writer, key, held):
                    # Its page is not of this run; read once more, it settles all of its cables.
                    wanted.append(held[0])
                for each in wanted:
                    ledger.want(each.at)
                if not wanted:
                    ledger.settle(key, held)
            sources = ledger.wanted()
            if not sources:
                return
            for source in sources:
                self._again(ledger, writer, source)
            ledger.none_wanted()

    def _is_right(self, ledger: Ledger, writer: IndexWriter, key: str, held: list[Held]) -> bool:
        """Whether the engine has the best of them, with the others named; a cable it had before is put again."""
        best, others = held[0], versions(held)
        given = ledger.given(key)
        if given is not None and given.at == best.at and given.told == others:
            return True
        before = self._before(best)
        if before is None:
            return False
        if given is not None or before.versions != others:
            writer.put(replace(before, versions=others))
            ledger.give(key, best.at, others)
        return True

    def _has_text(self, ledger: Ledger, held: Held) -> bool:
        """Whether the text of another version is kept; that of a cable which the index had before is kept now."""
        if held.has_text:
            return True
        before = self._before(held)
        if before is None:
            return False
        ledger.keep(held.at, before)
        return True

    def _before(self, held: Held) -> Cable | None:
        """The cable as the last commit has it, if it has it from that place."""
        if not held.was_best or self._fresh:
            return None
        if self._committed is None:
            self._committed = open_searcher(self._folder)
            self._books.callback(self._committed.close)
        cable = self._committed.get(held.cable)
        own = cable and Version(cable.source, cable.address, cable.digest)
        return cable if own == held.version else None

    def _again(self, ledger: Ledger, writer: IndexWriter, source: Source) -> None:
        """Take those cables of a source that are wanted; all of them if it has changed meanwhile."""
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
        if not (same and _take_wanted(ledger, writer, source, read(file, self._limit))):
            self._read(file, digest, lambda where: None)


def _refused(found: str, error: ValueError) -> SetAside:
    fault = " ".join(str(error).split())[:200]
    return SetAside(
        found, f"an index can't hold this cable ({fault})", "please report it with the page"
    )


def _take(ledger: Ledger, writer: IndexWriter, held: list[Held], at: Place, cable: Cable) -> None:
    """Put the best of all that hold a cable, with the others named; of one of the others keep the text.

    Raises ValueError for a cable that an index can't hold.
    """
    if held[0].at != at:
        ledger.keep(at, cable)
        return
    others = versions(held)
    writer.put(replace(cable, versions=others))
    ledger.give(lookup_key(cable.id), at, others)


def _take_wanted(
    ledger: Ledger, writer: IndexWriter, source: Source, items: Iterable[Item]
) -> bool:
    """Take the cables of a source that have to be read again; says whether all of them were there."""
    for page, item in enumerate(items):
        number, places = ledger.wanted_on(source.path, page)
        cables = cables_of(item) if places else ()
        for place in places:
            if isinstance(cables, SetAside | PassedOver) or place >= len(cables):
                return False
            held = ledger.held(lookup_key(cables[place].id))
            at = Place(number, page, place)
            if all(each.at != at for each in held):
                return False
            _take(ledger, writer, held, at, cables[place])
    return True


def _identity(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written to; None if it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _is_gone(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # it may be there: the folder above it can't be searched
        return False
    return False


def _problems(cable: Cable) -> str:
    """How often each problem code occurs in a cable, as JSON; equal for equal counts."""
    return json.dumps(Counter(problem.code for problem in cable.problems), sort_keys=True)
