"""The manifest of an index folder and its lock: what is written, refused and said."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.engines.lock import LOCK_FILE, WriteLock
from search.engines.manifest import (
    MANIFEST_FILE,
    IndexManifest,
    build_command,
    check_schema,
    read_manifest,
    rebuild_command,
    write_manifest,
)
from search.errors import IndexDamaged, IndexLocked, IndexMissing, IndexOutdated, SearchError

MANIFEST = IndexManifest(engine="tantivy", schema="abc", data="tantivy-1", application="0.1.0")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path) == MANIFEST
    assert json.loads((tmp_path / MANIFEST_FILE).read_bytes()) == {
        "engine": "tantivy",
        "schema": "abc",
        "data": "tantivy-1",
        "application": "0.1.0",
    }


def test_it_is_replaced_in_one_step(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    with (tmp_path / MANIFEST_FILE).open("rb") as open_before:
        write_manifest(tmp_path, IndexManifest("whoosh", "def", "whoosh-2", "0.2.0"))
        # Who has the old file open still reads all of it: it was not written over.
        assert json.load(open_before)["engine"] == "tantivy"
    assert read_manifest(tmp_path).engine == "whoosh"
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST_FILE]


def test_no_manifest_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as missing:
        read_manifest(tmp_path)
    assert str(missing.value) == (
        f"There is no index in {tmp_path}; build one with: cablegram index PATH... --index {tmp_path}"
    )


def test_commands_quote_the_folder() -> None:
    folder = Path("/an index/it's")
    quoted = "'/an index/it'\"'\"'s'"
    assert build_command(folder) == f"cablegram index PATH... --index {quoted}"
    assert rebuild_command(folder) == f"cablegram index --rebuild PATH... --index {quoted}"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_what_is_no_json_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST_FILE).write_bytes(content)
    with pytest.raises(IndexDamaged) as damaged:
        read_manifest(tmp_path)
    assert rebuild_command(tmp_path) in str(damaged.value)


@pytest.mark.parametrize("found", [[], "text", None, {}, {"engine": "tantivy"}, {"engine": 1}])
def test_another_form_is_of_another_version(tmp_path: Path, found: object) -> None:
    (tmp_path / MANIFEST_FILE).write_text(json.dumps(found))
    with pytest.raises(IndexOutdated) as outdated:
        read_manifest(tmp_path)
    assert rebuild_command(tmp_path) in str(outdated.value)


def test_a_manifest_that_is_a_folder_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / MANIFEST_FILE).mkdir()
    with pytest.raises(SearchError) as refused:
        read_manifest(tmp_path)
    assert str(refused.value).startswith(f"Cannot read {tmp_path / MANIFEST_FILE}")


def test_another_schema_is_of_another_version(tmp_path: Path) -> None:
    check_schema(tmp_path, MANIFEST, "abc")
    with pytest.raises(IndexOutdated) as outdated:
        check_schema(tmp_path, MANIFEST, "def")
    assert "version 0.1.0" in str(outdated.value)
    assert rebuild_command(tmp_path) in str(outdated.value)


def test_the_lock_is_taken_once_and_given_back(tmp_path: Path) -> None:
    first, second = WriteLock(tmp_path), WriteLock(tmp_path)
    first.acquire()
    with pytest.raises(IndexLocked):
        second.acquire()
    first.release()
    first.release()
    second.acquire()
    second.release()
    assert (tmp_path / LOCK_FILE).exists()


# Takes the lock of the folder argv[1], and lives on in a process of its own that ends with its standard input.
HOLDER = """
import os
import sys
from pathlib import Path

from search.engines.lock import WriteLock

lock = WriteLock(Path(sys.argv[1]))
lock.acquire()
if os.fork() == 0:
    # Said by this one: it drops what it inherited of the lock when it begins.
    print("held", flush=True)
    sys.stdin.read()
    os._exit(0)
os.wait()
"""


def test_the_lock_of_a_writer_that_was_killed_is_free(tmp_path: Path) -> None:
    """Also while a process lives that it had started."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    with holder.stdin, holder.stdout:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexLocked):
            WriteLock(tmp_path).acquire()
        holder.kill()
        holder.wait()
        lock = WriteLock(tmp_path)
        lock.acquire()
        lock.release()


def test_a_lock_is_given_back_by_any_thread(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path)
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    lock.acquire()
    lock.release()


def test_a_lock_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).mkdir()
    with pytest.raises(SearchError) as refused:
        WriteLock(tmp_path).acquire()
    assert str(refused.value) == f"Cannot write to the index {tmp_path}: Is a directory."
