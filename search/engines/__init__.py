"""The engines by name, and the two doors to an index folder: `open_searcher` and `open_writer`.

Owns the list of engines and the choice among them. An engine's module, and the library under it, is loaded when an
index of that engine is opened and not before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module, metadata
from pathlib import Path
from typing import cast

from corpus.model import Cable
from search.engines.advising import AdvisedSearcher, advising
from search.engines.folding import FoldingSearcher
from search.engines.manifest import (
    IndexManifest,
    check_schema,
    read_manifest,
    rebuild_advice,
)
from search.engines.peopled import PeopledSearcher
from search.engines.protocols import Searcher
from search.engines.reading import FolderSearcher
from search.engines.writing import ClusterModule, EngineModule, FolderWriter
from search.errors import IndexMissing, IndexOutdated, SearchError

# The engines that keep an index in a folder; the first is the default. Each has the module `<name>_engine`.
ENGINES = ("tantivy", "whoosh")
DEFAULT_ENGINE = ENGINES[0]
# The engine that keeps its index on a cluster; the folder then says where.
CLUSTER_ENGINE = "opensearch"
# The setting with the address of that cluster; `search.engines.opensearch_engine.place` has the others.
CLUSTER_URL = "CABLEGRAM_OPENSEARCH_URL"
_ALL = (*ENGINES, CLUSTER_ENGINE)
_LOG = logging.getLogger(__name__)


def open_searcher(folder: Path) -> Searcher:
    """A reader of the index in `folder`, whichever engine wrote it; it follows commits and rebuilds.

    Raises IndexMissing, IndexOutdated or IndexDamaged; the message names the command that builds the index.
    """

    def open_data(manifest: IndexManifest) -> Searcher:
        engine = _engine_of(folder, manifest)
        check_schema(folder, manifest, engine.schema_fingerprint())
        return AdvisedSearcher(
            folder, lambda: PeopledSearcher(engine.open_reader(folder / manifest.data), folder)
        )

    return FoldingSearcher(folder, FolderSearcher(folder, open_data))


def open_writer(folder: Path, engine: str | None = None, *, rebuild: bool = False) -> FolderWriter:
    """A writer of the index in `folder`, which is made if it isn't there. It locks on entering.

    `engine` is one of ENGINES or CLUSTER_ENGINE; None takes the one the index has, or the default for a new one.
    `rebuild` starts from nothing, with any engine; the old index answers until the new one is committed, and stays if
    that fails.

    Raises SearchError for an engine that does not exist; IndexOutdated, and on entering also IndexLocked and
    IndexDamaged.
    """
    if engine is not None:
        return FolderWriter(folder, _load(engine), _application(), _forget, rebuild=rebuild)
    try:
        manifest = read_manifest(folder)
    except IndexMissing:
        chosen = _load(DEFAULT_ENGINE)
    except SearchError:
        if not rebuild:
            raise
        chosen = _load(DEFAULT_ENGINE)
    else:
        chosen = _engine_of(folder, manifest)
    return FolderWriter(folder, chosen, _application(), _forget, rebuild=rebuild)


def prepare(engine: str, cable: Cable) -> bytes:
    """What a writer of that engine needs of a cable (`FolderWriter.put_prepared`). Any process can make it.

    Raises ValueError for a cable that can't be indexed.
    """
    return _load(engine).prepare(cable)


def is_current(manifest: IndexManifest) -> bool:
    """Whether this version reads and writes an index of that manifest. Raises SearchError for an unknown engine."""
    if manifest.engine not in _ALL:
        return False
    return manifest.schema == _load(manifest.engine).schema_fingerprint()


@contextmanager
def packed_cables(manifest: IndexManifest, folder: Path) -> Iterator[Callable[[str], bytes | None]]:
    """What gives the packed cable of a look-up key, or None, from an index that may be of another version.

    Raises SearchError if it can't be read, IndexOutdated if its engine keeps cables elsewhere.
    """
    engine = _engine_of(folder, manifest)
    if not engine.IN_FOLDER:
        raise IndexOutdated(
            f"The index {folder} is on a cluster: copy it to this machine with the version of Cablegram that wrote it"
            f" ({manifest.application}), migrate that copy, and copy it back"
        )
    with advising(folder), engine.packed_cables(folder / manifest.data) as stored:
        yield stored


def committed_mark(folder: Path) -> tuple[str, str]:
    """The data folder of the index, and the mark of its last commit: what `FolderWriter.mark` gives, without a writer.

    The mark is "" where there is none. Raises SearchError if it can't be read.
    """
    manifest = read_manifest(folder)
    with advising(folder):
        return manifest.data, _engine_of(folder, manifest).commit_mark(folder / manifest.data)


def _engine_of(folder: Path, manifest: IndexManifest) -> EngineModule:
    if manifest.engine not in _ALL:
        raise IndexOutdated(
            f"The index {folder} was written by the engine {manifest.engine}, which this version of "
            f"Cablegram does not have; {rebuild_advice(folder)}"
        )
    return _load(manifest.engine)


def _load(engine: str) -> EngineModule:
    if engine not in _ALL:
        raise SearchError(f"There is no engine {engine!r}; the engines are {', '.join(_ALL)}.")
    try:
        return cast(EngineModule, import_module(f"search.engines.{engine}_engine"))
    except ModuleNotFoundError as error:
        if engine != CLUSTER_ENGINE or error.name != "opensearchpy":
            raise
        raise SearchError(
            "The engine opensearch needs opensearch-py; install it with: pip install 'cablegram[opensearch]'"
        ) from error


def _forget(data: Path) -> None:
    """Frees what an engine keeps elsewhere for a data folder that is about to be removed.

    The folder goes in any case, so what can't be freed is told.
    """
    if data.name.rpartition("-")[0] == CLUSTER_ENGINE:
        try:
            cast(ClusterModule, _load(CLUSTER_ENGINE)).forget(data)
        except SearchError as error:
            _LOG.warning("What %s stood for is left behind. %s", data, error)


def _application() -> str:
    """The version of the installed application."""
    return metadata.version("cablegram")
