"""`cablegram copy`: an index in another folder, with another engine, that goes on as the first would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Run


@pytest.fixture
def indexed(run: Run, pages: Path) -> Run:
    assert run("index", pages).code == 0
    return run


def test_a_copy_of_another_engine_has_the_same_cables(indexed: Run) -> None:
    done = indexed("copy", "--to", "copied", "--engine", "whoosh")
    assert done.code == 0
    assert done.out.splitlines() == [
        "cablegram-index: 2 cables, 7 paragraphs, engine tantivy",
        "copied: 2 cables, 7 paragraphs, engine whoosh",
    ]
    assert indexed("export", "--index", "copied").out == indexed("export").out
    told = json.loads(indexed("status", "--index", "copied", "--json").out)
    assert (told["engine"], len(told["sources"])) == ("whoosh", 2)


def test_the_index_goes_on_in_the_copy(indexed: Run, pages: Path) -> None:
    indexed("copy", "--to", "copied", "--engine", "whoosh")
    again = indexed("index", pages, "--index", "copied", "--json").json
    assert (again["changed"], again["files"]["unchanged"]) == (False, 2)
    (pages / "orchard.txt").unlink()
    assert indexed("index", pages, "--index", "copied", "--json").json["cables"] == 1


def test_a_copy_is_made_where_no_index_is(indexed: Run, tmp_path: Path) -> None:
    assert indexed("copy", "--to", "copied").code == 0
    done = indexed("copy", "--to", "copied")
    assert done.code == 2
    assert "There is an index in copied already (engine tantivy)" in done.err
    assert indexed("copy", "--index", "nothing", "--to", "other").code == 2
    assert not (tmp_path / "other").exists()


def test_a_copy_that_is_not_whole_says_so(indexed: Run, tmp_path: Path) -> None:
    from search.engines import open_writer

    with open_writer(tmp_path / "cablegram-index") as writer:
        assert writer.delete("07GUANGZHOU900101")
    done = indexed("copy", "--to", "copied", "--json")
    assert done.code == 1
    told = json.loads(done.out)
    assert (told["whole"], told["missing"]) == (False, ["07GUANGZHOU900101"])
    assert "the copy is not whole: 1 cable could not be read, 07GUANGZHOU900101 for one" in done.err


def test_a_cluster_that_is_not_there_leaves_no_copy(indexed: Run, tmp_path: Path) -> None:
    done = indexed(
        "copy", "--to", "copied", "--engine", "opensearch", "--url", "http://127.0.0.1:9"
    )
    assert done.code == 2
    assert "can't be reached" in done.err
    assert indexed("status", "--index", "copied").code == 2
