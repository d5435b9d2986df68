"""`cablegram copy` from one machine to a cluster of three nodes, and back: the command itself, as a user types it.

    python -m pytest tests/opensearch/copies.py

The file has a name that pytest does not look for: it needs a JDK.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.sample_cables import samples_folder
from search.engines.opensearch_engine.schema import PREFIX

sys.path.insert(0, str(Path(__file__).parent))
from command import Command
from server import Cluster

# What is asked of each index: a word, words that meet, a pattern, a filter, no word at all.
ASKED = ("injunction", "trade ministry", "inj*tions", "court mark:SBU", "")


@pytest.fixture
def addresses(cluster: Cluster) -> str:
    """The nodes of the cluster, with commas between."""
    return cluster.url


@pytest.fixture
def run(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture
def name(cluster: Cluster) -> Iterator[str]:
    """A name for an index, which is taken from the cluster at the end."""
    yield "copied"
    cluster.ask("DELETE", f"{PREFIX}copied-*")


def found(run: Command, index: str) -> list[list[str]]:
    """The paragraphs that each question finds."""
    answers = []
    for asked in ASKED:
        told = json.loads(run("search", asked, "--index", index, "--json", "--limit", "1000"))
        answers.append(sorted(f"{hit['cable']}#{hit['anchor']}" for hit in told["hits"]))
    return answers


def test_an_index_moves_to_a_cluster_and_back_with_all_it_has(
    addresses: str, name: str, run: Command
) -> None:
    with samples_folder() as samples:
        run("index", samples, "--index", "one")
        there = run(
            "copy", "--index", "one", "--to", "many",
            "--engine", "opensearch", "--url", f"{addresses}/{name}",
        )  # fmt: skip
        back = run("copy", "--index", "many", "--to", "again", "--engine", "tantivy")
        held = "43 cables, 303 paragraphs"
        assert there.splitlines() == [
            f"one: {held}, engine tantivy",
            f"many: {held}, engine opensearch",
        ]
        assert back.splitlines() == [
            f"many: {held}, engine opensearch",
            f"again: {held}, engine tantivy",
        ]
        whole = run("export", "--index", "one")
        assert whole.count("\n") == 43
        assert run("export", "--index", "many") == whole
        assert run("export", "--index", "again") == whole
        answers = found(run, "one")
        assert all(answers)
        assert found(run, "many") == answers
        assert found(run, "again") == answers
        # What it was made from went along: nothing is read again, and what is gone goes from the copy too.
        for copied in ("many", "again"):
            goes_on = json.loads(run("index", samples, "--index", copied, "--json"))
            assert (goes_on["changed"], goes_on["files"]["unchanged"]) == (False, 43)


def test_a_name_that_another_index_has_is_not_taken(
    addresses: str, name: str, run: Command
) -> None:
    with samples_folder() as samples:
        run("index", samples, "--index", "one")
    to = ["--engine", "opensearch", "--url", f"{addresses}/{name}"]
    run("copy", "--index", "one", "--to", "many", *to)
    said = run("copy", "--index", "one", "--to", "other", *to, exits=2)
    assert f"The cluster has an index {name} already" in said
    assert said.count("\n") == 1
    run("status", "--index", "other", exits=2)
    assert found(run, "many") == found(run, "one")


def test_an_index_on_a_cluster_is_verified_backed_up_and_restored(
    addresses: str, name: str, run: Command, tmp_path: Path
) -> None:
    to = ["--engine", "opensearch", "--url", f"{addresses}/{name}"]
    with samples_folder() as samples:
        run("index", samples, "--index", "many", *to)
        whole = run("export", "--index", "many")
        checked = json.loads(run("verify", "--index", "many", "--json"))
        assert (checked["whole"], checked["cables"]) == (True, 43)
        kept = json.loads(run("backup", "kept.tar", "--index", "many", "--json"))
        assert (kept["engine"], kept["cables"], kept["paragraphs"]) == ("opensearch", 43, 303)
        # Without a cluster's address there is nowhere to bring it back to; here it can be.
        run("restore", "kept.tar", "--index", "none", exits=2)
        run("restore", "kept.tar", "--index", "one", "--engine", "tantivy")
        run("restore", "kept.tar", "--index", "other", "--url", f"{to[-1]}-two", "--engine", to[1])
        for restored in ("one", "other"):
            run("verify", "--index", restored)
            assert run("export", "--index", restored) == whole
            goes_on = json.loads(run("index", samples, "--index", restored, "--json"))
            assert not goes_on["changed"]


def test_a_cluster_that_is_ahead_of_its_sources_is_told_and_mended(
    addresses: str, name: str, run: Command, tmp_path: Path
) -> None:
    to = ["--engine", "opensearch", "--url", f"{addresses}/{name}"]
    with samples_folder() as samples:
        pages = sorted(Path(str(samples)).rglob("*.html"))
        run("index", pages[0], "--index", "many", *to)
        sources = tmp_path / "many" / "sources.sqlite"
        older = sources.read_bytes()
        run("index", samples, "--index", "many")
        whole = run("export", "--index", "many")
        sources.write_bytes(older)
        assert "are of different commits" in run("verify", "--index", "many", exits=1)
        run("index", samples, "--index", "many", exits=1)
        assert run("export", "--index", "many") == whole
        run("verify", "--index", "many")
