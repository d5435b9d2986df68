"""Indexes whose list of sources has an older form, which is made by its own SQL."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from indexer.runs.build import build
from search import sources as manifests
from search.engines import packing, stored
from search.engines.packing import BEFORE_THE_FILE, dictionary_of
from search.errors import IndexOutdated
from search.maintenance import migrating
from search.maintenance.verifying import verify
from search.sources.form import OLDEST, VERSION

# What form 7 had for a cable of a page, as its SQL said; all other tables are the same.
HOLDING_7 = """
CREATE TABLE holding (
    source INTEGER NOT NULL, page INTEGER NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, cable TEXT NOT NULL,
    weight INTEGER NOT NULL, paragraphs INTEGER NOT NULL, problems TEXT NOT NULL, form TEXT NOT NULL,
    found TEXT NOT NULL, version TEXT NOT NULL, also TEXT NOT NULL, best INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, page, place)
) WITHOUT ROWID;
CREATE INDEX holding_key ON holding (key);
CREATE INDEX holding_best ON holding (cable) WHERE best;
"""
NOT_IN_7 = """
DROP TABLE settled; DROP INDEX holding_doubles; DROP INDEX holding_problems;
DROP INDEX holding_key; DROP INDEX holding_best;
"""
COLUMNS_7 = "source, page, place, key, cable, weight, paragraphs, problems, form, found, version, also, best"


def to_form_7(folder: Path) -> None:
    """Put the list of sources of an index into the form that it had before, with what it says."""
    with closing(sqlite3.connect(folder / manifests.FILE_NAME)) as file, file:
        file.executescript(NOT_IN_7)
        file.execute("ALTER TABLE holding RENAME TO now")
        file.executescript(HOLDING_7)
        file.execute(f"INSERT INTO holding SELECT {COLUMNS_7} FROM now")  # noqa: S608 - of constants
        file.execute("DROP TABLE now")
        file.execute("PRAGMA user_version = 7")


def holdings(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / manifests.FILE_NAME)) as file:
        wanted = f"SELECT {COLUMNS_7}, signature FROM holding ORDER BY source, page, place"  # noqa: S608
        return list(file.execute(wanted))


@pytest.fixture(scope="module")
def current(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("current") / "index"
    build([str(pages)], folder, workers=1)
    return folder


@pytest.fixture
def index(current: Path, tmp_path: Path) -> Path:
    """An index of today's fields whose list of sources is of form 7."""
    shutil.copytree(current, tmp_path / "index")
    to_form_7(tmp_path / "index")
    return tmp_path / "index"


def test_what_the_list_says_is_what_a_new_build_says(
    index: Path, current: Path, pages: Path
) -> None:
    assert migrating.plan(index).current is False
    assert migrating.migrate(index, workers=2).changed is True
    assert holdings(index) == holdings(current)
    assert all(row[13] for row in holdings(index))
    assert verify(index).faults == ()
    again = build([str(pages)], index, workers=1)
    assert (again.changed, again.unchanged) == (False, 7)
    assert migrating.migrate(index).changed is False


@pytest.mark.parametrize(("weight", "read_again"), [(0, False), (1, True)])
def test_a_place_without_a_text_has_the_signature_of_its_twin_or_is_read_again(
    index: Path, current: Path, weight: int, read_again: bool
) -> None:
    """A page that was read twice: no text of the second is kept."""
    twin = (
        "INSERT INTO holding SELECT source, page, 9, key, cable, weight + ?, paragraphs, problems, form, found,"
        " version, also, 0 FROM holding WHERE best ORDER BY key LIMIT 1"
    )
    with closing(sqlite3.connect(index / manifests.FILE_NAME)) as file, file:
        file.execute(twin, (weight,))
        [path] = next(
            file.execute("SELECT path FROM source JOIN holding ON source = id WHERE place = 9")
        )
    migrating.migrate(index)
    [signed] = [row[13] for row in holdings(index) if row[2] == 9]
    assert bool(signed) is not read_again
    assert signed in {b"", *(row[13] for row in holdings(current))}
    with manifests.read(index) as ledger:
        doubted = [each.path for each in ledger.sources() if not each.digest]
    assert doubted == ([path.decode()] if read_again else [])


def test_what_breaks_off_leaves_the_old_list(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (index / manifests.FILE_NAME).read_bytes()

    class BrokenOffError(Exception):
        """The migration ends here."""

    def broken(_: object) -> bytes:
        raise BrokenOffError

    with monkeypatch.context() as patched:
        patched.setattr(migrating, "signature", broken)
        with pytest.raises(BrokenOffError):
            migrating.migrate(index)
    assert (index / manifests.FILE_NAME).read_bytes() == before
    assert not list(index.glob("sources.sqlite.*"))
    assert migrating.migrate(index).changed is True


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (OLDEST - 1, r"too old a version of Cablegram \(form 6, and this one knows 7 to 8\)"),
        (VERSION + 1, r"a newer version of Cablegram \(form 9, and this one knows 8\); use that"),
    ],
)
def test_other_forms_are_refused_with_what_to_do(index: Path, form: int, said: str) -> None:
    with closing(sqlite3.connect(index / manifests.FILE_NAME)) as file:
        file.execute(f"PRAGMA user_version = {form}")
    with pytest.raises(IndexOutdated, match=said) as told:
        manifests.read(index)
    assert f"build the index anew with: cablegram index --rebuild PATH... --index {index}" in str(
        told.value
    )
    with pytest.raises(IndexOutdated, match=f"its pages have to be read again: .*{said}"):
        migrating.plan(index)


def test_a_rebuild_knows_when_the_cables_of_an_older_index_came(index: Path, pages: Path) -> None:
    """What was there before a change was packed with another dictionary, so it is forgotten, and not taken for ours."""
    ours, theirs = (zlib.compressobj(zdict=each) for each in BEFORE_THE_FILE[:2])
    packed = [(each.compress(b"x") + each.flush(),) for each in (theirs, ours)]
    with closing(sqlite3.connect(index / manifests.FILE_NAME)) as file, file:
        file.execute("UPDATE known SET first = 1000")
        file.execute("UPDATE arrival SET moment = 1000")
        file.executemany(
            "INSERT INTO arrival (key, moment, before) VALUES ('1974LAPAZ900035', 2000, ?)", packed
        )
        [lineage] = next(file.execute("SELECT name FROM lineage"))
    build([str(pages)], index, workers=1, rebuild=True)
    with manifests.read(index) as ledger:
        assert {int(first.timestamp()) for _, first in ledger.newest()} == {1000}
        assert ledger.lineage == lineage
    with closing(sqlite3.connect(index / manifests.FILE_NAME)) as file:
        kept = list(file.execute("SELECT before FROM arrival WHERE before NOT NULL ORDER BY id"))
    assert kept == [(b"",), packed[1]]


def test_what_was_packed_with_says_so_itself() -> None:
    # As the versions of that time had them: their sum stands in each packed cable.
    assert [zlib.adler32(each) for each in BEFORE_THE_FILE] == [0x690A4294, 0x62663EAD, 0x9FC03156]
    for each in BEFORE_THE_FILE:
        packer = zlib.compressobj(zdict=each)
        packed = packer.compress(b"a cable") + packer.flush()
        assert dictionary_of(packed, BEFORE_THE_FILE) == each
        assert dictionary_of(packed, (stored.DICTIONARY,)) == stored.DICTIONARY
    # Without one, or cut: the first, which will fail on it.
    for packed in (zlib.compress(b"a cable"), b"", b"\x78\xbb"):
        assert dictionary_of(packed, BEFORE_THE_FILE) == packing.BEFORE_THE_FILE[0]
