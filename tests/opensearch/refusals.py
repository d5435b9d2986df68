"""What a cluster, or a gateway before it, may refuse: a cable, a user, a request, an index that is gone.

    python -m pytest tests/opensearch/refusals.py

The file has a name that pytest does not look for: it needs a JDK. `make test-opensearch` names it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search.engines import CLUSTER_URL, open_searcher, open_writer
from search.engines.opensearch_engine.place import PASSWORD
from search.engines.opensearch_engine.place import USER as USER_SETTING
from search.engines.opensearch_engine.schema import PREFIX
from search.errors import IndexMissing, IndexOutdated, SearchError

sys.path.insert(0, str(Path(__file__).parent))
from gateway import USER, Gateway, gateway
from load import Load, Row, Watch, cable, ids, names, seen, until
from server import Cluster

COMMAND = Path(sys.executable).with_name("cablegram")
pytestmark = pytest.mark.usefixtures("address")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in the test's folder, with the settings that the test has made."""

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [COMMAND, *arguments],
            cwd=tmp_path,
            env=dict(os.environ),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return command


@pytest.fixture
def before(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """A gateway before a node, with the right password set."""
    with gateway(cluster.nodes[0].url, "open sesame") as server:
        monkeypatch.setenv(CLUSTER_URL, server.url)
        monkeypatch.setenv(USER_SETTING, USER)
        monkeypatch.setenv(PASSWORD, server.password)
        yield server


def page(number: int, *paragraphs: str) -> str:
    """A page with the cable 07LAPAZ<number>, in the form of a saved text."""
    told = "\n\n".join(f"{place}. (U) {text}" for place, text in enumerate(paragraphs, start=1))
    return (
        f"Cablegate: Wells\n\nDE RUEHLP #{number:04}/01 1451847\nR 251847Z MAY 07\n\nUNCLAS LA PAZ {number:06}\n\n"
        f"E.O. 12958: N/A\nTAGS: EAGR, BL\nSUBJECT: Wells\n\n{told}\n"
    )


def write_pages(folder: Path) -> None:
    """Thirty pages; the seventh has more than a megabyte for a cluster."""
    folder.mkdir()
    # Words that are all different, so that they can't be packed into less.
    long = " ".join(f"word{number:x}" for number in range(20_000)) + "."
    for number in range(1, 31):
        text = long if number == 7 else f"Well {number} is dry. Its water went to the plant."
        (folder / f"{number}.txt").write_text(page(number, text), "utf-8")


def place_of(folder: Path) -> dict[str, str]:
    """Where the index of a folder is."""
    (path,) = folder.glob("opensearch-*/cluster.json")
    found: dict[str, str] = json.loads(path.read_bytes())
    return found


def test_a_cable_that_is_too_large_is_set_aside_and_the_others_are_there(
    before: Gateway, run: Run, tmp_path: Path
) -> None:
    write_pages(tmp_path / "pages")
    before.most = 60_000
    index = ("index", "pages", "--index", "newsroom")
    for again in (("--engine", "opensearch"), ()):
        done = run(*index, *again, "--json")
        assert done.returncode == 1, done.stderr
        report = json.loads(done.stdout)
        assert report["cables"] == 29
        (aside,) = report["set_aside"]
        assert aside["address"] == "pages/7.txt"
        assert "bytes are too many for a request" in aside["reason"]
        assert "offers it again" in aside["advice"]
        assert report["double_count"] == 0
        assert report["changed"] is True
    assert before.refused[413] > 2
    assert "pages/7.txt" in run("status", "--index", "newsroom").stdout
    before.most = 100_000_000
    done = run(*index)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ids(tmp_path / "newsroom") == Counter(f"07LAPAZ{number}" for number in range(1, 31))
    assert "Nothing changed" in run(*index).stdout


def test_a_copy_names_what_the_cluster_could_not_take(
    before: Gateway, run: Run, tmp_path: Path
) -> None:
    write_pages(tmp_path / "pages")
    assert run("index", "pages", "--index", "one").returncode == 0
    before.most = 60_000
    done = run("copy", "--index", "one", "--to", "three", "--engine", "opensearch")
    assert done.returncode == 1
    assert "not whole: 1 cable could not be taken, 2007LAPAZ7 for one: " in done.stderr
    assert "three: 29 cables" in done.stdout
    before.most = 100_000_000
    assert run("copy", "--index", "one", "--to", "four", "--engine", "opensearch").returncode == 0


def test_a_wrong_password_is_one_sentence_and_nothing_is_lost_by_it(
    before: Gateway, run: Run, table: list[Row], tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    load = Load(folder)
    load.start()
    load.goes_on(40, "before the password changes")
    watch = Watch(load)
    watch.start()
    until(lambda: watch.answers > 0, "an answer")
    before.password = "another"  # noqa: S105 - of this test
    until(lambda: bool(load.refusals and watch.unanswered), "a sentence to each of them")
    done = run("search", "alpha", "--index", "index")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"refuses the user {USER}; set {USER_SETTING} and {PASSWORD}" in done.stderr
    # A load that comes to an end under the wrong password never reached the cluster: it is begun anew with the right.
    before.password = os.environ[PASSWORD]
    load.goes_on(40, "with the right password")
    load.stop()
    watch.stop()
    table.append(seen("a wrong password", [load], watch))
    assert watch.wrong == []
    told = {*load.refusals, *watch.unanswered}
    # On a machine that has too much to do a part may be silent for some seconds, which is said as well.
    expected = (f"refuses the user {USER}", "No answer: ")
    assert [each for each in told if not any(sentence in each for sentence in expected)] == []
    assert ids(folder) == Counter(names(range(load.acknowledged)))


def remapped(cluster: Cluster, folder: Path, **fields: object) -> None:
    """The index of a folder made anew by hand, empty, with other fields: what an operator may do who moves it."""
    index = place_of(folder)["index"]
    (told,) = json.loads(cluster.ask("GET", index)).values()
    cluster.ask("DELETE", index)
    told["mappings"]["properties"] |= fields
    settings = {name: told["settings"]["index"][name] for name in ("analysis", "refresh_interval")}
    body = {"settings": settings, "mappings": told["mappings"], "aliases": told["aliases"]}
    cluster.ask("PUT", index, body)


def test_a_cable_in_conflict_with_the_mapping_is_refused_whole_and_the_others_are_there(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        writer.put(cable(0))
    # The head is taken, and so are the paragraphs up to the 127th.
    remapped(cluster, folder, number_number={"type": "byte"})
    many = [f"beta {number}" for number in range(150)]
    with open_writer(folder) as writer:
        for number in range(5):
            writer.put(cable(number, *many[: 150 if number == 1 else 1]))
    assert list(writer.refused) == ["2007PARIS1"]
    assert "out of range for a byte" in writer.refused["2007PARIS1"]
    assert ids(folder) == {"07PARIS0": 2, "07PARIS2": 2, "07PARIS3": 2, "07PARIS4": 2}
    # Of one that was there, nothing is left of either: no mixture of old and new.
    with open_writer(folder) as writer:
        writer.put(cable(1))
        writer.put(cable(2, *many))
        writer.put(cable(5))
        assert writer.delete("07PARIS3")
    assert list(writer.refused) == ["2007PARIS2"]
    assert ids(folder) == {"07PARIS0": 2, "07PARIS1": 1, "07PARIS4": 2, "07PARIS5": 1}
    with open_writer(folder) as writer:
        writer.put(cable(2))
    assert not writer.refused
    assert ids(folder)["07PARIS2"] == 1


def test_an_index_that_refuses_every_cable_is_not_published(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        writer.put(cable(1))
    writer = open_writer(folder, rebuild=True)
    writer.__enter__()
    # Lucene takes no term of more than 32,766 bytes, and a cable is found by its id.
    for letter in "XY":
        writer.put(replace(cable(2), id=f"07PARIS{letter * 40_000}2"))
    with pytest.raises(SearchError, match=r"refused all 2 cables of a new index .*immense term"):
        writer.__exit__(None, None, None)
    assert ids(folder) == {"07PARIS1": 1}
    with open_writer(folder, rebuild=True) as writer:
        writer.put(cable(2))
    assert ids(folder) == {"07PARIS2": 1}
    indexes = cluster.ask("GET", f"_cat/indices/{PREFIX}*?h=index").split()
    assert len(indexes) == 1


def test_a_name_that_somebodys_index_has_is_refused_before_anything_is_sent(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.ask("PUT", "ordinary", {})
    monkeypatch.setenv(CLUSTER_URL, f"{cluster.nodes[0].url}/ordinary")
    refused = pytest.raises(IndexOutdated, match="has an index that is called ordinary already")
    with refused, open_writer(tmp_path / "index", "opensearch"):
        pytest.fail("it was let in")
    assert "ordinary" in json.loads(cluster.ask("GET", "ordinary"))
    assert cluster.ask("GET", f"_cat/indices/{PREFIX}*?h=index").split() == []


def test_a_newsrooms_own_template_is_minded_and_takes_nothing_from_the_schema(
    cluster: Cluster, tmp_path: Path
) -> None:
    theirs = {
        "index_patterns": [f"{PREFIX}*"],
        "priority": 900,
        "template": {
            "settings": {"number_of_shards": 2, "index.codec": "best_compression"},
            "mappings": {"properties": {"number_position": {"type": "boolean"}}},
        },
    }
    cluster.ask("PUT", "_index_template/theirs", theirs)
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        writer.put(cable(1, "beta"))
    cluster.ask("DELETE", "_index_template/theirs")
    assert ids(folder) == {"07PARIS1": 2}
    (told,) = json.loads(cluster.ask("GET", place_of(folder)["index"])).values()
    found = told["settings"]["index"]
    assert (found["number_of_shards"], found["codec"]) == ("2", "best_compression")
    assert found["refresh_interval"] == "-1"


def test_an_index_that_may_not_be_written_to_is_told_and_loses_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        writer.put(cable(1))
    index = place_of(folder)["index"]
    cluster.ask("PUT", f"{index}/_settings", {"index.blocks.write": True})
    writer = open_writer(folder)
    writer.__enter__()
    writer.put(cable(1, "beta"))
    writer.put(cable(2))
    with pytest.raises(SearchError, match=r"can't be written to: .*blocked.*\.$"):
        writer.__exit__(None, None, None)
    assert ids(folder) == {"07PARIS1": 1}
    cluster.ask("PUT", f"{index}/_settings", {"index.blocks.write": False})
    with open_writer(folder) as writer:
        writer.put(cable(2))
    assert ids(folder) == {"07PARIS1": 1, "07PARIS2": 1}


def test_an_index_that_somebody_deleted_is_missed_and_not_made_anew(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    load = Load(folder)
    load.start()
    load.goes_on(40, "before the index is deleted")
    watch = Watch(load)
    watch.start()
    until(lambda: watch.answers > 0, "an answer")
    index = place_of(folder)["index"]
    cluster.ask("DELETE", index)
    until(lambda: bool(load.refusals and watch.unanswered), "a sentence to each of them")
    load.stop()
    watch.stop()
    assert (load.broken, watch.wrong) == ([], [])
    for sentence in (*load.refusals, *watch.unanswered):
        assert "cablegram index --rebuild PATH" in sentence
    with pytest.raises(IndexMissing):
        open_searcher(folder)
    with pytest.raises(IndexMissing), open_writer(folder):
        pytest.fail("an index that is gone was written to")
    assert index not in cluster.ask("GET", "_cat/indices?h=index")


def test_an_index_comes_back_from_a_snapshot_and_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        for number in range(3):
            writer.put(cable(number))
    index = place_of(folder)["index"]
    chosen = {"indices": index, "include_global_state": False}
    cluster.ask("PUT", "_snapshot/backups", {"type": "fs", "settings": {"location": "here"}})
    cluster.ask("PUT", "_snapshot/backups/one?wait_for_completion=true", chosen)
    with open_writer(folder) as writer:
        writer.put(cable(3))
    cluster.ask("DELETE", index)
    cluster.ask("POST", "_snapshot/backups/one/_restore?wait_for_completion=true", chosen)
    assert ids(folder) == Counter(names(range(3)))
    with open_writer(folder) as writer:
        writer.put(cable(0, "beta"))
        writer.put(cable(4))
    assert ids(folder) == {"07PARIS0": 2, "07PARIS1": 1, "07PARIS2": 1, "07PARIS4": 1}
