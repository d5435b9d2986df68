"""Writing to an index folder: the lock, the batch of an engine, the commit that readers see.

Owns the order of the steps. Must not know what an engine does with a cable: it gets the engine's module as an
`EngineModule`, whose batch puts and deletes, commits and discards.

A build from nothing, or a rebuild, writes into a data folder of its own and becomes visible when the manifest names
that folder; until then the old index answers. What a dead build left is cleared by the next writer.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, cast

from corpus.model import Cable
from search.engines.advising import AdvisedSearcher, advising
from search.engines.lock import WriteLock
from search.engines.manifest import (
    IndexManifest,
    check_schema,
    read_manifest,
    rebuild_advice,
    write_manifest,
)
from search.engines.packing import keep_packing
from search.engines.protocols import IndexWriter, Searcher
from search.errors import IndexMissing, IndexOutdated, SearchError

# The data folders of an index are its engine and a count: `tantivy-1`, and `tantivy-2` after a rebuild.
_DATA_FOLDER = re.compile(r"[a-z]+-([0-9]+)")


class Batch(Protocol):
    """Changes on top of an engine's last commit; nothing of them is seen before `checkpoint` or `commit`.

    All raise OSError where the files can't be written.
    """

    @property
    def refused(self) -> Mapping[str, str]:
        """The cables that the commit could not take, by look-up key, with the reason; see IndexWriter."""
        return {}

    def put(self, cable_id: str, prepared: bytes) -> None:
        """Index a cable, as the engine prepared it, instead of the one of the same id, committed or of this batch."""

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; says whether there was one, committed or of this batch."""

    def checkpoint(self) -> None:
        """Make what was put and deleted so far durable and visible at once, and go on."""

    def mark(self) -> str:
        """What is another after each commit that changed something, and only then; "" if the engine can't tell."""

    def commit(self) -> None:
        """Make the batch durable and visible at once, and free what it held."""

    def discard(self) -> None:
        """Forget the batch and free what it held."""


class EngineModule(Protocol):
    """What a module of an engine with files offers.

    It raises `Unusable` of an index that has to be built anew, and needs to know no command for that.

    `NAME` is what `--engine` takes and the manifest keeps; `schema_fingerprint` changes whenever an index
    written before can't be read any more. `IN_FOLDER` says that all of the index is in the data folder.
    """

    NAME: str
    IN_FOLDER: bool

    def schema_fingerprint(self) -> str:
        """A hash of the field table and of the engine's own schema."""

    def prepare(self, cable: Cable) -> bytes:
        """What a batch needs of a cable to index it. Any process can make it: it needs no index.

        Raises ValueError for a cable that can't be indexed.
        """

    def prepared_cable(self, prepared: bytes) -> Cable:
        """The cable that `prepare` was given, whole."""

    def commit_mark(self, data: Path) -> str:
        """The mark of the last commit in a data folder (`Batch.mark`), asked by whoever has no batch.

        Raises SearchError if it can't be read.
        """

    def packed_cables(self, data: Path) -> AbstractContextManager[Callable[[str], bytes | None]]:
        """What gives the packed cable (`search.engines.stored`) of a look-up key, None if there is none.

        Of an older index too: it goes by nothing but the fields `owner` and `cable`, which no version may rename.
        Only an engine whose index is IN_FOLDER is asked.
        """

    def open_batch(self, data: Path, *, create: bool) -> Batch:
        """A batch on the files in `data`; `create` makes the first, in an empty folder."""

    def open_reader(self, data: Path) -> Searcher:
        """A reader of the files in `data`."""


class ClusterModule(EngineModule, Protocol):
    """What the module of an engine offers whose data folder only names where the index is."""

    def open_written(self, data: Path) -> Searcher | None:
        """A reader of the very index that `data` names, published or not; None if it is not made yet."""

    def forget(self, data: Path) -> None:
        """Delete what `data` names, because the folder is about to be removed."""


class FolderWriter(IndexWriter):
    """The writer of an index folder, for any engine; entered, it holds the folder's lock."""

    def __init__(
        self,
        folder: Path,
        engine: EngineModule,
        application: str,
        forget: Callable[[Path], None],
        *,
        rebuild: bool,
    ) -> None:
        self._folder = folder
        self._engine = engine
        self._application = application
        self._forget = forget
        self._rebuild = rebuild
        self._lock = WriteLock(folder)
        self._old: IndexManifest | None = None
        self._damaged = False  # there is an index, and its manifest can't be read
        self._data = ""
        self._batch: Batch | None = None
        self._refused: Mapping[str, str] = {}

    @property
    def refused(self) -> Mapping[str, str]:
        """What the commit could not take; see IndexWriter."""
        return self._refused

    def __enter__(self) -> Self:
        """Raises IndexLocked, IndexOutdated, IndexDamaged, or SearchError if the folder can't be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SearchError(f"Cannot make the index {self._folder}: {error.strerror}.") from error
        self._lock.acquire()
        try:
            self._open()
        except BaseException:
            self._lock.release()
            raise
        return self

    def _open(self) -> None:
        try:
            self._old = read_manifest(self._folder)
        except IndexMissing:
            self._old = None
            self._clear(keep=None)
        except SearchError:
            if not self._rebuild:
                raise
            # What it named can't be told from what a dead build left, so nothing is cleared before the commit.
            self._old = None
            self._damaged = True
        else:
            self._clear(keep=self._old.data)
        kept = None if self._rebuild else self._old
        if kept is not None:
            if kept.engine != self._engine.NAME:
                raise IndexOutdated(
                    f"The index {self._folder} was written by the engine {kept.engine}; to change to "
                    f"{self._engine.NAME} {rebuild_advice(self._folder)}"
                )
            check_schema(self._folder, kept, self._engine.schema_fingerprint())
        self._data = kept.data if kept else self._next_data_folder()
        data = self._folder / self._data
        if kept is None:
            data.mkdir()
        with advising(self._folder):
            self._batch = self._engine.open_batch(data, create=kept is None)
        if kept is None:
            keep_packing(data)

    @property
    def engine(self) -> str:
        """The name of the engine, for `search.engines.prepare`."""
        return self._engine.NAME

    def put(self, cable: Cable) -> None:
        """Index a cable; see IndexWriter. Raises SearchError if it can't be written."""
        self.put_prepared(cable.id, self._engine.prepare(cable))

    def put_prepared(self, cable_id: str, prepared: bytes) -> None:
        """Index a cable that `search.engines.prepare` prepared; see IndexWriter. Raises SearchError like `put`."""
        with self._writing():
            self._entered().put(cable_id, prepared)

    def prepared_cable(self, prepared: bytes) -> Cable:
        """The cable that was prepared for this engine: its page need not be parsed again."""
        return self._engine.prepared_cable(prepared)

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; see IndexWriter. Raises SearchError if it can't be written."""
        with self._writing():
            return self._entered().delete(cable_id)

    def checkpoint(self) -> None:
        """Commit what was put and deleted so far, and go on. Raises SearchError if it can't be written.

        It is seen from now on, unless this is a rebuild of an index: then the old one answers until the end.
        """
        with self._writing():
            batch = self._entered()
            batch.checkpoint()
            self._refused = batch.refused
            if self._old is None and not self._damaged:
                self._publish()

    def committed(self) -> Searcher | None:
        """A reader of what this writer has committed so far, closed by the caller; None if there is none."""
        data = self._folder / self._data
        if self._engine.IN_FOLDER:
            return AdvisedSearcher(self._folder, lambda: self._engine.open_reader(data))
        with advising(self._folder):
            written = cast(ClusterModule, self._engine).open_written(data)
        return None if written is None else AdvisedSearcher(self._folder, lambda: written)

    def mark(self) -> tuple[str, str]:
        """The data folder and the state of its last commit: how a later writer sees whether a commit came through."""
        return self._data, self._entered().mark()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        batch = self._entered()
        self._batch = None
        try:
            with self._writing():
                if kind is None:
                    batch.commit()
                    self._refused = batch.refused
                    self._publish()
                else:
                    batch.discard()
        finally:
            try:
                if self._old is None or self._data != self._old.data:
                    self._forget(self._folder / self._data)
                    shutil.rmtree(self._folder / self._data, ignore_errors=True)
            finally:
                self._lock.release()

    def _publish(self) -> None:
        fresh = IndexManifest(
            engine=self._engine.NAME,
            schema=self._engine.schema_fingerprint(),
            data=self._data,
            application=self._application,
        )
        if fresh != self._old:
            write_manifest(self._folder, fresh)
            self._old = fresh
            self._clear(keep=self._data)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A full disk, most often: said in one sentence, and the with statement discards the batch."""
        try:
            with advising(self._folder):
                yield
        except OSError as error:
            raise SearchError(f"Cannot write to the index {self._folder}: {error}.") from error

    def _entered(self) -> Batch:
        if self._batch is None:
            raise RuntimeError("an index writer is used inside its with statement only")
        return self._batch

    def _clear(self, keep: str | None) -> None:
        """Removes the data folders that no manifest names."""
        for path in self._data_folders():
            if path.name != keep:
                self._forget(path)
                shutil.rmtree(path)

    def _next_data_folder(self) -> str:
        counts = [int(path.name.rpartition("-")[2]) for path in self._data_folders()]
        return f"{self._engine.NAME}-{max(counts, default=0) + 1}"

    def _data_folders(self) -> list[Path]:
        return [
            path
            for path in self._folder.iterdir()
            if _DATA_FOLDER.fullmatch(path.name) and path.is_dir()
        ]
