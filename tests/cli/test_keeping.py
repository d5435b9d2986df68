"""`cablegram verify`, `backup` and `restore`: what is whole is told from what is not, and comes back as it was."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Done, Run

from search.engines import ENGINES
from search.engines.lock import WriteLock


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine that keeps its index in a folder."""
    return str(request.param)


@pytest.fixture
def index(run: Run, pages: Path, tmp_path: Path, engine: str) -> Path:
    """An index of the two pages."""
    assert run("index", "pages", "--engine", engine).code == 0
    return tmp_path / "cablegram-index"


def content(folder: Path) -> dict[str, bytes]:
    """The files of an index that are not locks, drafts or times."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix in {".json", ".sqlite", ".term", ".idx", ".seg", ".toc", ".store"}
        if not path.name.startswith(".")
    }


class TestVerify:
    def test_an_index_that_is_whole(self, index: Path, run: Run) -> None:
        before = content(index)
        done = run("verify", "--json")
        assert done.code == 0
        assert done.json["whole"]
        assert (done.json["cables"], done.json["faults"], done.json["notes"]) == (2, [], [])
        assert content(index) == before

    def test_a_bit_that_rots_is_seen_in_each_file(self, index: Path, run: Run) -> None:
        files = [index / name for name in json.loads((index / "digests.json").read_text())["files"]]
        assert len(files) >= 4
        for path in files:
            whole = path.read_bytes()
            for at in {0, len(whole) // 3, len(whole) // 2, len(whole) - 1}:
                rotten = bytearray(whole)
                rotten[at] ^= 1
                path.write_bytes(rotten)
                done = run("verify")
                assert done.code, (path, at)
                assert path.name in done.out + done.err, (path, at)
            path.write_bytes(whole)
        assert run("verify").code == 0

    def test_what_has_rotted_is_not_taken_for_sound_by_the_next_run(
        self, run: Run, pages: Path, tmp_path: Path
    ) -> None:
        assert run("index", "pages").code == 0
        (term,) = (tmp_path / "cablegram-index").rglob("*.term")
        rotten = bytearray(term.read_bytes())
        rotten[len(rotten) // 2] ^= 1
        term.write_bytes(rotten)
        page = (pages / "orchard.txt").read_text("utf-8").replace("900102", "900103")
        (pages / "new.txt").write_text(page, "utf-8")
        assert run("index", "pages/new.txt").code == 0
        assert f"{term.name} is not as it was written" in run("verify").out

    def test_a_file_that_is_gone_and_one_that_was_cut(
        self, index: Path, run: Run, engine: str
    ) -> None:
        path = next(index.rglob("*.term" if engine == "tantivy" else "*.seg"))
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        assert f"bytes instead of {len(whole):,}" in run("verify").out
        path.unlink()
        assert f"{path.name} is missing" in run("verify").out

    def test_a_cable_that_is_not_there(self, index: Path, run: Run) -> None:
        from search.engines import open_writer

        with open_writer(index) as writer:
            assert writer.delete("07GUANGZHOU900101")
        said = run("verify")
        assert said.code == 1
        assert "07GUANGZHOU900101 is in the list of sources and not in the index" in said.out
        assert "are of different commits" in said.out

    def test_where_there_is_none(self, run: Run) -> None:
        assert run("verify").code == 2

    def test_without_digests_the_rest_is_looked_at(self, index: Path, run: Run) -> None:
        (index / "digests.json").unlink()
        done = run("verify", "--json")
        assert done.json["whole"]
        assert "no digests are kept" in done.json["notes"][0]
        (index / "digests.json").write_text("[]")
        assert run("verify").code == 1


class TestBackup:
    def test_what_comes_back_is_the_same_and_is_gone_on_with(
        self, index: Path, run: Run, pages: Path, tmp_path: Path
    ) -> None:
        before, whole = content(index), run("export").out
        assert run("backup", "kept.tar").code == 0
        shutil.rmtree(index)
        done = run("restore", "kept.tar", "--json")
        assert (done.code, done.json["cables"]) == (0, 2)
        assert content(index) == before
        assert run("export").out == whole
        assert run("verify", "--json").json["notes"] == []
        assert not run("index", "pages", "--json").json["changed"]
        (pages / "harbour.txt").unlink()
        assert run("index", "pages", "--json").json["cables"] == 1

    @pytest.mark.parametrize("other", ENGINES)
    def test_another_engine_is_filled_from_it(self, index: Path, run: Run, other: str) -> None:
        whole = run("export").out
        assert run("backup", "kept.tar").code == 0
        assert run("restore", "kept.tar", "--index", "other", "--engine", other).code == 0
        assert run("verify", "--index", "other").code == 0
        assert run("export", "--index", "other").out == whole

    def test_the_same_index_gives_the_same_file(
        self, index: Path, run: Run, tmp_path: Path
    ) -> None:
        for name in ("one.tar", "two.tar"):
            assert run("backup", name).code == 0
        assert (tmp_path / "one.tar").read_bytes() == (tmp_path / "two.tar").read_bytes()
        with tarfile.open(tmp_path / "one.tar") as archive:
            assert archive.getnames()[0] == "backup.json"

    def test_a_damaged_index_is_not_backed_up(self, index: Path, run: Run, tmp_path: Path) -> None:
        largest = max(index.rglob("*-1/*"), key=lambda path: path.stat().st_size)
        rotten = bytearray(largest.read_bytes())
        rotten[len(rotten) // 2] ^= 1
        largest.write_bytes(rotten)
        done = run("backup", "kept.tar")
        assert done.code == 2
        assert largest.name in done.err
        assert not (tmp_path / "kept.tar").exists()

    def test_an_index_that_is_written_to_is_not_backed_up(
        self, index: Path, run: Run, tmp_path: Path
    ) -> None:
        lock = WriteLock(index)
        lock.acquire()
        try:
            done = run("backup", "kept.tar")
        finally:
            lock.release()
        assert done.code == 2
        assert "Another process is writing" in done.err
        assert not (tmp_path / "kept.tar").exists()

    def test_an_index_of_another_user_is_backed_up(
        self, index: Path, run: Run, program: Run, tmp_path: Path
    ) -> None:
        places = [index, *(path for path in index.rglob("*") if path.is_dir())]
        for place in places:
            place.chmod(0o555)
        try:
            done = program("backup", "kept.tar", powerless=True)
        finally:
            for place in places:
                place.chmod(0o755)
        assert done.code == 0
        assert run("restore", "kept.tar", "--index", "again").code == 0

    def test_nothing_is_restored_over_something(self, index: Path, run: Run, pages: Path) -> None:
        before = content(index)
        assert run("backup", "kept.tar").code == 0
        for folder in ("cablegram-index", "pages"):
            done = run("restore", "kept.tar", "--index", folder)
            assert done.code == 2
            assert "is not empty" in done.err
        assert content(index) == before


Damage = Callable[[bytes], bytes]


def _rot(at: float) -> Damage:
    def rotten(whole: bytes) -> bytes:
        place = int(len(whole) * at)
        return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]

    return rotten


def _with(info: tarfile.TarInfo, data: bytes = b"") -> Damage:
    """Another member behind the others."""

    def changed(whole: bytes) -> bytes:
        file = io.BytesIO(whole)
        with tarfile.open(fileobj=file, mode="a") as archive:
            archive.addfile(info, io.BytesIO(data))
        return file.getvalue()

    return changed


def _named(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


@pytest.mark.parametrize(
    "damage",
    [
        *(_rot(at) for at in (0.0, 0.01, 0.3, 0.5, 0.7, 0.9)),
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:600],
        lambda whole: b"",
        lambda whole: b"no backup at all",
        _with(_named("../outside")),
        _with(_named("/outside")),
        _with(_named("tantivy-1/../../outside")),
        _with(_named("link", tarfile.SYMTYPE, "/etc/passwd")),
        _with(_named("sources.sqlite", tarfile.LNKTYPE, "/etc/passwd")),
        _with(_named("tantivy-1/more")),
    ],
)
def test_a_damaged_backup_makes_no_index(
    run: Run, asking: Run, tmp_path: Path, damage: Damage
) -> None:
    assert asking("backup", tmp_path / "kept.tar").code == 0
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "bad.tar").write_bytes(damage((tmp_path / "kept.tar").read_bytes()))
    done: Done = run("restore", inside / "bad.tar", "--index", inside / "index")
    assert done.code == 2
    assert "bad.tar" in done.err
    assert [path.name for path in inside.iterdir()] == ["bad.tar"]
    assert not (tmp_path / "outside").exists()


def test_a_list_that_names_what_is_no_file_of_an_index(
    run: Run, asking: Run, tmp_path: Path
) -> None:
    """The list is whoever's made the backup: its names are held to be names of an index's files."""
    assert asking("backup", tmp_path / "kept.tar").code == 0
    with (
        tarfile.open(tmp_path / "kept.tar") as archive,
        tarfile.open(tmp_path / "bad.tar", "w") as bad,
    ):
        for info in archive:
            file = archive.extractfile(info)
            assert file is not None
            data = file.read()
            if info.name == "backup.json":
                told = json.loads(data)
                empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                told["files"]["../outside"] = [0, empty]
                data = json.dumps(told).encode()
                info.size = len(data)
            bad.addfile(info, io.BytesIO(data))
        bad.addfile(_named("../outside"))
    done = run("restore", "bad.tar", "--index", "made/index")
    assert done.code == 2
    assert "'../outside'" in done.err
    assert not list(tmp_path.rglob("outside"))
    assert not (tmp_path / "made" / "index").exists()


def test_a_backup_of_whoosh_from_elsewhere_is_not_unpacked_unless_asked_for(
    run: Run, pages: Path, tmp_path: Path
) -> None:
    assert run("index", "pages", "--engine", "whoosh").code == 0
    assert run("backup", "kept.tar").code == 0
    whole = (tmp_path / "kept.tar").read_bytes()
    told = whole.index(b'"origin": "') + len(b'"origin": "')
    (tmp_path / "other.tar").write_bytes(whole[:told] + b"0" * 64 + whole[told + 64 :])
    done = run("restore", "other.tar", "--index", "other")
    assert done.code == 2
    assert "The backup other.tar was not made on this machine" in done.err
    assert not (tmp_path / "other").exists()
    assert run("restore", "other.tar", "--index", "other", CABLEGRAM_TRUST_WHOOSH="yes").code == 0
    assert run("search", "nose", "--index", "other").code == 0


def test_what_the_archive_decided_of_people_and_telegrams_go_along(
    run: Run, pages: Path, tmp_path: Path
) -> None:
    assert run("index", "pages").code == 0
    decided = tmp_path / "cablegram-index" / "people.csv"
    decided.write_text("decision,one,other,note\nsame,Ann Mora,Anna Mora,a letter\n", "utf-8")
    assert run("backup", "kept.tar").code == 0
    assert run("restore", "kept.tar", "--index", "same").code == 0
    assert run("restore", "kept.tar", "--index", "other", "--engine", "whoosh").code == 0
    assert run("copy", "--to", "copied").code == 0
    for name in ("same", "other", "copied"):
        assert (tmp_path / name / "people.csv").read_text("utf-8") == decided.read_text("utf-8")
        assert (tmp_path / name / "telegrams.sqlite").exists()
        assert run("verify", "--index", name).code == 0


def test_what_alerts_have_told_goes_along(run: Run, pages: Path, tmp_path: Path) -> None:
    assert run("index", "pages").code == 0
    assert run("alerts", "add", "smells", "nose", "--file", "found.txt").code == 0
    assert run("alerts", "run").code == 0
    assert (tmp_path / "cablegram-index" / "alerts.sqlite").exists()
    assert run("backup", "kept.tar").code == 0
    assert run("restore", "kept.tar", "--index", "again").code == 0
    assert (tmp_path / "again" / "alerts.sqlite").stat().st_size > 0
    assert run("verify", "--index", "again").code == 0
