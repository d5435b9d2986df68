"""What a machine may do to an index and to what is written from it: told as what it is, made good by the next run."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from command_line import Run
from servers import COMMAND, PATIENCE, running, serve

from search.engines import ENGINES

NO_ROOM = "could not be unpacked on this machine (File too large)"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine that keeps its index in a folder."""
    return str(request.param)


@pytest.fixture
def unwritable(run: Run, pages: Path, tmp_path: Path, engine: str) -> Iterator[Path]:
    """An index in which nothing can be written, as on a read-only mount, or as another user's index is."""
    assert run("index", "pages", "--engine", engine).code == 0
    folder = tmp_path / "cablegram-index"
    places = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        assert path.stat().st_mode & 0o044 == 0o044, f"{path} is for its owner only"
        path.chmod(0o444)
    for place in places:
        place.chmod(0o555)
    yield folder
    for place in places:
        place.chmod(0o755)


def test_an_index_that_cannot_be_written_to_is_read(unwritable: Path, program: Run) -> None:
    before = {path: path.stat().st_mtime_ns for path in unwritable.rglob("*")}
    found = program("search", "injunction", "--json", powerless=True)
    assert found.json["total"]["cables"] == 2
    assert len(program("export", powerless=True).out.splitlines()) == 2
    assert program("status", powerless=True).code == 0
    assert {path: path.stat().st_mtime_ns for path in unwritable.rglob("*")} == before


def test_an_index_that_cannot_be_read_is_not_called_damaged(
    run: Run, pages: Path, program: Run, tmp_path: Path, engine: str
) -> None:
    assert run("index", "pages", "--engine", engine).code == 0
    (data,) = (tmp_path / "cablegram-index").glob(f"{engine}-*")
    for path in data.iterdir():
        path.chmod(0)
    done = program("search", "injunction", powerless=True)
    assert done.code == 2
    assert "Permission denied" in done.err
    assert "damaged" not in done.err
    assert "--rebuild" not in done.err


def test_a_full_temporary_folder_is_told_as_such_and_the_file_is_read_again(
    run: Run, tmp_path: Path, environment: dict[str, str], orchard: str
) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("orchard.txt", orchard)
        archive.writestr(".padding", os.urandom(9_000_000))
    (tmp_path / "in").mkdir()
    with gzip.open(tmp_path / "in" / "cables.zip.gz", "wb", 1) as packed:
        packed.write(inner.getvalue())
    # A file may have four megabytes: what is unpacked on the way has nine, and the index has less.
    done = subprocess.run(
        ["/bin/sh", "-c", f'ulimit -f 8192; exec "{COMMAND}" index in --workers 1'],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert NO_ROOM in done.stdout
    assert "damaged" not in done.stdout
    again = run("index", "in", "--json").json
    assert again["cables"] == 1
    assert again["set_aside"] == []
    assert not run("index", "in", "--json").json["changed"]


class TestOutput:
    def test_rights_and_names_of_a_file_stay(self, asking: Run, tmp_path: Path) -> None:
        target, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
        target.write_text("before")
        target.chmod(0o640)
        link.symlink_to(target.name)
        assert asking("export", "-o", link).code == 0
        assert link.is_symlink()
        assert len(target.read_text("utf-8").splitlines()) == 2
        assert target.stat().st_mode & 0o777 == 0o640
        other = tmp_path / "other.jsonl"
        os.link(target, other)
        assert asking("export", "nose", "-o", target).code == 0
        assert other.read_bytes() == target.read_bytes()
        assert len(other.read_text("utf-8").splitlines()) == 1
        assert target.stat().st_mode & 0o777 == 0o640
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            "link.jsonl",
            "other.jsonl",
            "real.jsonl",
        ]

    def test_a_new_file_has_the_usual_rights(self, asking: Run, tmp_path: Path) -> None:
        (tmp_path / "usual").touch()
        assert asking("export", "-o", tmp_path / "new").code == 0
        assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode

    @pytest.mark.parametrize("command", [("export",), ("batch", "list.txt")])
    def test_what_is_no_file_is_refused(
        self, run: Run, pages: Path, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        assert run("index", "pages").code == 0
        (tmp_path / "list.txt").write_text("nose\n")
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        for name, said in (
            ("pipe", "no regular file"),
            ("pages", "a folder"),
            ("/dev/null", "no regular file"),
        ):
            done = run(*command, "-o", name)
            assert done.code == 2
            assert f"{name} is {said}" in done.err
        assert pipe.is_fifo()

    def test_a_full_disk_leaves_what_was_there(
        self, run: Run, pages: Path, tmp_path: Path, orchard: str
    ) -> None:
        (pages / "orchard.txt").write_text(orchard.replace("It is dry.", "It is dry. " * 400))
        assert run("index", "pages").code == 0
        kept, other = tmp_path / "kept.txt", tmp_path / "other.txt"
        kept.write_text("before")
        other.write_text("before")
        os.link(other, tmp_path / "name.txt")
        for target in (kept, other):
            done = subprocess.run(
                ["/bin/sh", "-c", f'ulimit -f 2; exec "{COMMAND}" export -o "{target}"'],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
            assert done.returncode == 2
            assert done.stderr == "cablegram: File too large\n"
            assert target.read_text() == "before"
        assert not list(tmp_path.glob(".*.part"))


@pytest.fixture
def long_index(run: Run, pages: Path, engine: str, orchard: str) -> Path:
    """An index whose export is longer than a pipe holds."""
    for number in range(200, 230):
        text = orchard.replace("900102", f"900{number}").replace("It is dry.", "It is dry. " * 400)
        (pages / f"{number}.txt").write_text(text)
    assert run("index", "pages", "--engine", engine).code == 0
    return pages.parent


def test_an_interrupted_export_says_no_more_than_that(long_index: Path) -> None:
    with subprocess.Popen(
        [COMMAND, "export"], cwd=long_index, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        process.stdout.close()
    assert said.split() == ["cablegram:", "interrupted"]
    assert process.returncode == 130


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="the system has no disk that is always full"
)
def test_a_full_disk_behind_an_export_says_no_more_than_that(long_index: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "export"],
            cwd=long_index,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=PATIENCE,
        )
    assert done.stderr == b"cablegram: No space left on device\n"
    assert done.returncode == 2


class TestStates:
    """The index and its list of sources, of different commits."""

    def test_an_older_engine_is_told_and_mended(
        self, run: Run, pages: Path, tmp_path: Path, engine: str
    ) -> None:
        assert run("index", "pages/harbour.txt", "--engine", engine).code == 0
        (data,) = (tmp_path / "cablegram-index").glob(f"{engine}-*")
        shutil.copytree(data, tmp_path / "older")
        assert run("index", "pages").code == 0
        whole = run("export").out
        shutil.rmtree(data)
        (tmp_path / "older").rename(data)
        self._told_and_mended(run, whole)

    def test_an_older_list_is_told_and_mended(
        self, run: Run, pages: Path, tmp_path: Path, engine: str
    ) -> None:
        assert run("index", "pages/harbour.txt", "--engine", engine).code == 0
        sources = tmp_path / "cablegram-index" / "sources.sqlite"
        shutil.copy(sources, tmp_path / "older")
        assert run("index", "pages").code == 0
        whole = run("export").out
        shutil.copy(tmp_path / "older", sources)
        self._told_and_mended(run, whole)

    def test_whoever_starts_a_server_is_told(self, run: Run, pages: Path, tmp_path: Path) -> None:
        assert run("index", "pages").code == 0
        (tmp_path / "cablegram-index" / "sources.sqlite").write_bytes(b"no list at all")
        with running(serve(tmp_path / "cablegram-index"), tmp_path) as server:
            assert "sources.sqlite is damaged" in server.said
            with urlopen(f"{server.address}/search?q=nose", timeout=PATIENCE) as answer:
                assert answer.status == 200

    def test_a_cable_of_no_known_source_is_told(
        self, run: Run, pages: Path, tmp_path: Path
    ) -> None:
        assert run("index", "pages/harbour.txt").code == 0
        sources = tmp_path / "cablegram-index" / "sources.sqlite"
        shutil.copy(sources, tmp_path / "older")
        assert run("index", "pages/orchard.txt").code == 0
        shutil.copy(tmp_path / "older", sources)
        mended = run("index", "pages/harbour.txt")
        assert "1 of its cables had no source in the list" in mended.out
        assert run("status", "--json").json["cables"] == 1

    @staticmethod
    def _told_and_mended(run: Run, whole: str) -> None:
        for command in ("status", "export"):
            done = run(command)
            assert done.code
            assert "are of different commits" in done.err
        mended = run("index", "pages", "--json")
        assert mended.json["changed"]
        assert "were of different commits" in mended.json["set_aside"][0]["reason"]
        assert run("export").out == whole
        assert run("status").code == 0
        assert not run("index", "pages", "--json").json["changed"]

    def test_a_list_that_is_gone_is_told_by_all_that_need_it(
        self, run: Run, pages: Path, tmp_path: Path, engine: str
    ) -> None:
        assert run("index", "pages", "--engine", engine).code == 0
        (tmp_path / "cablegram-index" / "sources.sqlite").unlink()
        for command in (["export"], ["copy", "--to", "other"], ["status"], ["index", "pages"]):
            done = run(*command)
            assert done.code, command
            assert "sources.sqlite is missing" in done.err
        assert not (tmp_path / "other").exists()
        assert run("search", "nose").code == 0
        assert run("export", "nose").code == 0
        assert run("index", "pages", "--rebuild").code == 0
        assert len(run("export").out.splitlines()) == 2


def test_visitors_are_not_shown_where_an_index_is(run: Run, pages: Path, tmp_path: Path) -> None:
    assert run("index", "pages").code == 0
    place = tmp_path / "cablegram-index"

    def asked(address: str) -> tuple[int, str]:
        try:
            with urlopen(address, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    with running(serve(place), tmp_path) as server:
        for path in place.rglob("*"):
            # Other files in their places: what is cut short under a program that has it in memory ends that program.
            if path.is_file():
                path.unlink()
                path.touch()
        for address in (
            "/search?q=nose",
            "/api/v1/search?q=nose",
            "/status",
            "/healthz",
            "/unapi?id=07GUANGZHOU900101",
        ):
            code, body = asked(server.address + address)
            assert code == 503, address
            assert str(tmp_path) not in body
            assert "--rebuild" not in body
            assert "cablegram index" not in body
            assert "be read right now" in body
        code, body = asked(f"{server.address}/metrics")
        assert code == 200
        assert "cablegram_index_readable 0.0" in body
        assert 'status="503"' in body
        # Whoever runs the server is told.
        while "is damaged" not in server.said:
            assert server.read(PATIENCE)
