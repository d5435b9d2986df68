"""An index as an earlier version would have left it, brought to this one from its stored cables alone."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from corpus.cable_json import cable_to_json
from indexer.runs.build import build
from search import sources as manifests
from search.engines import ENGINES, open_searcher, packing, stored
from search.engines.manifest import read_manifest
from search.engines.packing import PACKING_FILE
from search.engines.tantivy_engine import schema as tantivy_schema
from search.engines.tantivy_engine import writer as tantivy_writer
from search.errors import IndexDamaged, IndexOutdated, SearchError
from search.language.parser import parse
from search.language.tree import Query
from search.maintenance import migrating
from search.maintenance.verifying import verify

# What is asked of both indexes: words, a field, a facet of many values, the facet that an earlier version lacked.
ASKED = ("injunction", "origin:guangzhou", "has:problems", "section:comment trade")
FACETS = ("origin", "year", "section", "tag")


class BrokenOffError(Exception):
    """The migration ends here."""


@contextmanager
def earlier(engine: str) -> Iterator[None]:
    """This program as it may have been: a field less, another number, and cables that had another form."""
    older = stored.DICTIONARY.replace(b'"subject"', b'"heading"')
    assert older != stored.DICTIONARY
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(import_module(f"search.engines.{engine}_engine"), "SCHEMA", 1)
        patched.setattr(tantivy_schema, "MANY_VALUED", ())
        patched.setattr(tantivy_writer, "MANY_VALUED", ())
        patched.setattr(stored, "DICTIONARY", older)
        patched.setattr(packing, "DICTIONARY", older)
        patched.setattr(stored.unpack_cable, "__defaults__", (older,))
        yield


@pytest.fixture(scope="module", params=ENGINES)
def old(
    request: pytest.FixtureRequest, pages: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("old") / "index"
    with earlier(request.param):
        build([str(pages)], folder, engine=request.param, workers=1)
    return folder


@pytest.fixture
def index(old: Path, tmp_path: Path) -> Path:
    """A copy of it, to be brought over."""
    shutil.copytree(old, tmp_path / "index")
    return tmp_path / "index"


def digest(folder: Path) -> str:
    """What an index holds and answers, its texts of other versions and its news too."""
    told: list[object] = []
    with closing(open_searcher(folder)) as searcher, manifests.read(folder) as ledger:
        for cable_id in ledger.cables():
            cable = searcher.get(cable_id)
            assert cable is not None
            told.append(cable_to_json(cable))
            told += [
                cable_to_json(text)
                for each in cable.versions
                if (text := ledger.text(cable_id, each)) is not None
            ]
        told += [(each.key, str(each.before)) for each in ledger.arrivals(0, 1_000)]
        for question in ASKED:
            found = searcher.search(Query(parse(question).tree, facets=FACETS, size=50))
            told.append([found.cables, found.paragraphs, str(found.facets)])
            told += [[hit.anchor for hit in group.hits] for group in found.groups]
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def state(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("lock")
    }


def test_what_is_brought_over_is_as_if_it_was_built_anew(
    index: Path, pages: Path, tmp_path: Path
) -> None:
    before = read_manifest(index)
    with pytest.raises(IndexOutdated, match=f"cablegram migrate --index {index}"):
        open_searcher(index)
    found = migrating.plan(index)
    assert (found.current, found.cables) == (False, 6)
    assert found.free > found.needed > 10_000

    done = migrating.migrate(index, workers=2 if before.engine == "tantivy" else 1)
    assert (done.changed, done.cables) == (True, 6)
    assert read_manifest(index).schema != before.schema
    assert not (index / before.data).exists()
    assert verify(index).faults == ()
    build([str(pages)], tmp_path / "fresh", engine=before.engine, workers=1)
    assert digest(index) == digest(tmp_path / "fresh")
    # No page was read, and none need be: the next run finds all of them as they were.
    again = build([str(pages)], index, workers=1)
    assert (again.changed, again.unchanged) == (False, 7)
    assert migrating.migrate(index).changed is False


def test_what_breaks_off_leaves_the_old_index_and_is_gone_on_with(
    index: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(index)

    def broken(*_: object) -> None:
        raise BrokenOffError

    with monkeypatch.context() as patched:
        patched.setattr(migrating, "repack", broken)
        with pytest.raises(BrokenOffError):
            migrating.migrate(index)
    assert state(index) == before

    # The new index is there, and its list of sources is not yet known to belong to it.
    with monkeypatch.context() as patched:
        late = migrating.NOTE
        patched.setattr(migrating, "finish", lambda at: (at / late).exists() and broken())
        with pytest.raises(BrokenOffError):
            migrating.migrate(index)
    assert (index / manifests.ANNOUNCED).exists()
    again = build([str(pages)], index, workers=1)
    assert (again.unchanged, again.replaced, again.new) == (7, 0, 0)
    assert verify(index).faults == ()


def test_what_cannot_be_brought_over_says_why(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = index / read_manifest(index).data
    kept = (data / PACKING_FILE).read_text("utf-8")
    (data / PACKING_FILE).write_text(kept.replace('"packing": 1', '"packing": 99'), "utf-8")
    with pytest.raises(IndexOutdated, match="can't be migrated, its pages have to be read again"):
        migrating.plan(index)
    # Packed with what nobody knows any more.
    (data / PACKING_FILE).write_text(kept.replace("heading", "matter"), "utf-8")
    with pytest.raises(IndexOutdated, match="is stored in a form that this version can't read"):
        migrating.migrate(index)
    (data / PACKING_FILE).write_text(kept, "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]
        with pytest.raises(SearchError, match="needs about 1 MB beside it"):
            migrating.migrate(index)
    (index / manifests.FILE_NAME).unlink()
    with pytest.raises(IndexDamaged, match="is missing, the list of what the index was made from"):
        migrating.plan(index)
