"""What can befall an index folder: it is missing, old, damaged, rebuilt while it is searched."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from corpus.model import Cable
from search.engines import DEFAULT_ENGINE, ENGINES, open_searcher, open_writer
from search.engines.lock import LOCK_FILE
from search.engines.manifest import MANIFEST_FILE
from search.engines.origin import ORIGIN_FILE
from search.engines.protocols import IndexWriter, Searcher
from search.errors import IndexDamaged, IndexMissing, IndexOutdated, SearchError
from search.language.tree import Query, Word


class FolderStore(Protocol):
    folder: Path
    engine: str

    def writer(self) -> IndexWriter: ...

    def searcher(self) -> Searcher: ...


Build = Callable[[str, str], Cable]


def found(searcher: Searcher, word: str) -> int:
    return searcher.search(Query(Word(word))).paragraphs


def test_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as missing:
        open_searcher(tmp_path / "nothing here")
    assert "cablegram index " in str(missing.value)
    assert f"--index '{tmp_path}/nothing here'" in str(missing.value)
    (tmp_path / "a file").write_text("text")
    with pytest.raises(IndexMissing):
        open_searcher(tmp_path / "a file")


def test_an_index_can_not_be_made_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("text")
    with pytest.raises(SearchError) as refused, open_writer(tmp_path / "a file"):
        pytest.fail("a file was taken for a folder")
    assert "Cannot make the index" in str(refused.value)


def test_an_engine_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SearchError) as refused:
        open_writer(tmp_path, "lucene")
    assert (
        str(refused.value)
        == "There is no engine 'lucene'; the engines are tantivy, whoosh, opensearch."
    )


def test_a_new_index_gets_the_default_engine_and_keeps_it(tmp_path: Path, cable: Build) -> None:
    with open_writer(tmp_path / "new") as writer:
        writer.put(cable("07PARIS1", "alpha"))
    assert json.loads((tmp_path / "new" / MANIFEST_FILE).read_bytes())["engine"] == DEFAULT_ENGINE
    for engine in ENGINES:
        with open_writer(tmp_path / engine, engine) as writer:
            writer.put(cable("07PARIS1", "alpha"))
        with open_writer(tmp_path / engine) as writer:
            writer.put(cable("07PARIS2", "alpha"))
        searcher = open_searcher(tmp_path / engine)
        assert searcher.stats().engine == engine
        assert found(searcher, "alpha") == 2
        searcher.close()


@pytest.mark.parametrize(
    "change",
    [{"schema": "0"}, {"engine": "lucene"}, {"schema": None}, {"data": 7}],
    ids=["schema", "engine", "form", "types"],
)
def test_an_index_of_another_version_is_refused(
    built: FolderStore, change: dict[str, object]
) -> None:
    path = built.folder / MANIFEST_FILE
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change))
    for opening in (open_searcher, lambda folder: open_writer(folder).__enter__()):
        with pytest.raises(IndexOutdated) as refused:
            opening(built.folder)
        assert "cablegram index --rebuild PATH... --index " in str(refused.value)


def test_another_engine_needs_a_rebuild(built: FolderStore, cable: Build) -> None:
    (other,) = (engine for engine in ENGINES if engine != built.engine)
    with pytest.raises(IndexOutdated) as refused, open_writer(built.folder, other):
        pytest.fail("two engines in one index")
    assert built.engine in str(refused.value)
    assert "--rebuild" in str(refused.value)

    searcher = built.searcher()
    assert found(searcher, "alpha") == 2
    with open_writer(built.folder, other, rebuild=True) as writer:
        writer.put(cable("07PARIS3", "gamma"))
        assert found(searcher, "alpha") == 2
    assert (found(searcher, "alpha"), found(searcher, "gamma")) == (0, 1)
    assert searcher.stats().engine == other
    assert searcher.get("07PARIS1") is None
    searcher.close()
    assert len([path for path in built.folder.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_that_fails_leaves_the_old_index(built: FolderStore, cable: Build) -> None:
    def fail() -> None:
        with open_writer(built.folder, rebuild=True) as writer:
            writer.put(cable("07PARIS3", "gamma"))
            raise ZeroDivisionError

    searcher = built.searcher()
    with pytest.raises(ZeroDivisionError):
        fail()
    assert (found(searcher, "alpha"), found(searcher, "gamma")) == (2, 0)
    searcher.close()
    assert len([path for path in built.folder.iterdir() if path.is_dir()]) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"no"])
def test_a_damaged_manifest(built: FolderStore, cable: Build, content: bytes) -> None:
    (built.folder / MANIFEST_FILE).write_bytes(content)
    with pytest.raises(IndexDamaged) as refused:
        built.searcher()
    assert "--rebuild" in str(refused.value)
    with pytest.raises(IndexDamaged), built.writer():
        pytest.fail("it was written to")
    with open_writer(built.folder, built.engine, rebuild=True) as writer:
        writer.put(cable("07PARIS3", "alpha"))
    searcher = built.searcher()
    assert found(searcher, "alpha") == 1
    searcher.close()


def data_files(store: FolderStore) -> list[Path]:
    """The files that hold the index; locks are empty, and the mark of the machine holds none of it."""
    paths = (
        path
        for path in store.folder.rglob("*")
        if path.parent != store.folder and path.name != ORIGIN_FILE
    )
    return sorted(path for path in paths if path.is_file() and path.stat().st_size)


@pytest.mark.parametrize("damage", ["cut", "emptied", "removed"])
def test_damaged_files(built: FolderStore, damage: str) -> None:
    for path in data_files(built):
        if damage == "removed":
            path.unlink()
        else:
            content = path.read_bytes()
            path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"")
    with pytest.raises(IndexDamaged) as refused:
        built.searcher()
    assert str(built.folder) in str(refused.value)
    assert "--rebuild" in str(refused.value)
    with pytest.raises(IndexDamaged), built.writer():
        pytest.fail("it was written to")


def test_a_cable_that_can_not_be_put_changes_nothing(built: FolderStore, cable: Build) -> None:
    good = cable("07PARIS1", "gamma")
    with built.writer() as writer:
        with pytest.raises(ValueError, match="surrogates not allowed"):
            writer.put(replace(good, subject="\ud800"))
        writer.put(cable("07PARIS3", "alpha"))
    searcher = built.searcher()
    assert (found(searcher, "alpha"), found(searcher, "gamma")) == (3, 0)
    assert searcher.get("07PARIS1") == cable("07PARIS1", "alpha")
    searcher.close()


def test_the_lock_file_is_no_lock(built: FolderStore, cable: Build) -> None:
    (built.folder / LOCK_FILE).touch()
    with built.writer() as writer:
        writer.put(cable("07PARIS3", "alpha"))


def test_searching_goes_on_while_an_index_is_rebuilt(built: FolderStore, cable: Build) -> None:
    searcher = built.searcher()
    stop = threading.Event()
    seen: set[int] = set()
    errors: list[BaseException] = []

    def search() -> None:
        try:
            while not stop.is_set():
                seen.add(found(searcher, "alpha"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(3):
        with open_writer(built.folder, rebuild=True) as writer:
            for each in range(number + 1):
                writer.put(cable(f"07PARIS{each}", "alpha"))
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert seen <= {1, 2, 3}
    assert found(searcher, "alpha") == 3
    searcher.close()


def test_a_closed_searcher_says_so(built: FolderStore) -> None:
    searcher = built.searcher()
    searcher.close()
    searcher.close()
    with pytest.raises(RuntimeError):
        searcher.search(Query())


def test_a_writer_outside_its_with_statement_says_so(built: FolderStore, cable: Build) -> None:
    writer = built.writer()
    with pytest.raises(RuntimeError):
        writer.put(cable("07PARIS3", "alpha"))
    with writer:
        pass
    with pytest.raises(RuntimeError):
        writer.delete("07PARIS1")
