"""The engines by name, and the two doors to an index folder: `open_searcher` and `open_writer`.

Owns the list of engines and the choice among them. An engine's module, and the library under it, is loaded when an
index of that engine is opened and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

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
from search.errors import IndexMissing, IndexOutdated, SearchError
from search.people.decisions import decisions_file

if TYPE_CHECKING:
    from search.engines.writing import ClusterModule, EngineModule, FolderWriter

# The engines that keep an index in a folder; the first is the default. Each has the module `<name>_engine`.
ENGINES = ("tantivy", "whoosh")
DEFAULT_ENGINE = ENGINES[0]
# The engine that keeps its index on a cluster; the folder then says where.
CLUSTER_ENGINE = "opensearch"
# The setting with the address of that cluster; `search.engines.opensearch_engine.place` has the others.
CLUSTER_URL = "CABLEGRAM_OPENSEARCH_URL"
_ALL = (*ENGINES, CLUSTER_ENGINE)


def open_searcher(folder: Path) -> Searcher:
    """A reader of the index in `folder`, whichever engine wrote it; it follows commits and rebuilds.

    Raises IndexMissing, IndexOutdated or IndexDamaged; the message names the command that builds the index.
    """

    return open_together([folder], [decisions_file(folder)])


def open_together(folders: Sequence[Path], decisions: Sequence[Path] = ()) -> FoldingSearcher:
    """A reader of several index folders, which answers as of one index that holds what they hold, and nothing else.

    All are of one engine. Of a cable that several have, only that of the first is there; which cables are one telegram
    each folder knows of its own. `decisions` are the files with what archives decided of their people.

    Raises what `open_searcher` does, and SearchError where the engines differ.
    """

    def open_data(manifests: Sequence[IndexManifest]) -> Searcher:
        engine = _engine_of(folders[0], manifests[0])
        for folder, manifest in zip(folders, manifests, strict=True):
            check_schema(folder, manifest, _engine_of(folder, manifest).schema_fingerprint())
            if manifest.engine != manifests[0].engine:
                raise SearchError(
                    f"The index {folder} is of the engine {manifest.engine}, and {folders[0]} of {manifests[0].engine};"
                    " what is read together must be of one."
                )
        datas = [each / one.data for each, one in zip(folders, manifests, strict=True)]

        def opened() -> Searcher:
            reader = engine.open_union(datas) if len(datas) > 1 else engine.open_reader(datas[0])
            return PeopledSearcher(reader, *decisions)

        return AdvisedSearcher(folders[0], opened, *folders[1:])

    return FoldingSearcher(folders, FolderSearcher(folders, open_data))


def open_writer(folder: Path, engine: str | None = None, *, rebuild: bool = False) -> FolderWriter:
    """A writer of the index in `folder`, which is made if it isn't there. It locks on entering.

    `engine` is one of ENGINES or CLUSTER_ENGINE; None takes the one the index has, or the default for a new one.
    `rebuild` starts from nothing, with any engine; the old index answers until the new one is committed, and stays if
    that fails.

    Raises SearchError for an engine that does not exist; IndexOutdated, and on entering also IndexLocked and
    IndexDamaged.
    """
    from search.engines.writing import FolderWriter

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


def engine_for(folder: Path, engine: str | None) -> str:
    """The name of the engine that a rebuild of the index in `folder` gets: the one that is named, else its own."""
    if engine is not None:
        return engine
    try:
        manifest = read_manifest(folder)
    except SearchError:
        return DEFAULT_ENGINE
    return _engine_of(folder, manifest).NAME


def is_in_folder(engine: str) -> bool:
    """Whether all of an index of that engine is in its folder. Raises SearchError for one that does not exist."""
    return _load(engine).IN_FOLDER


def is_usable(folder: Path) -> bool:
    """Whether this version can go on writing to the index in `folder`."""
    try:
        manifest = read_manifest(folder)
        check_schema(folder, manifest, _engine_of(folder, manifest).schema_fingerprint())
        committed_mark(folder)
    except SearchError:
        return False
    return True


def adopt(folder: Path, made: Path, announce: Callable[[str], None]) -> None:
    """Put the index in the folder `made`, inside of `folder`, in the place of the index in `folder`.

    The lock of `folder` has to be held. `announce` is told the new name of its data folder first. Until the manifest is
    written the old index answers, and stays if that fails.
    """
    from search.engines.adopting import adopt as put

    put(folder, made, _application(), _forget, announce)


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
        return cast("EngineModule", import_module(f"search.engines.{engine}_engine"))
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
            cast("ClusterModule", _load(CLUSTER_ENGINE)).forget(data)
        except SearchError as error:
            import logging

            logging.getLogger(__name__).warning("What %s stood for is left behind. %s", data, error)


def _application() -> str:
    """The version of the installed application."""
    from importlib import metadata

    return metadata.version("cablegram")
