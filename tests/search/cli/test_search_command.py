"""What `cablegram search` asks for: facets where they are printed, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from memory_engine import MemoryIndex

from corpus.model import Cable, Paragraph, Part, Post
from search.answers.results import SearchResult
from search.cli import ask
from search.fields import FACETS
from search.language.tree import Query


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Query]:
    """The questions that the command asks, of an index of one cable."""
    index = MemoryIndex()
    with index.writer() as writer:
        lamps = Paragraph("p1", 1, "U", None, Part.BODY, "The lamps of the pier were lit.")
        writer.put(Cable("07LIMA1", origin=Post("LIMA", "Lima"), paragraphs=(lamps,)))
    searcher = index.searcher()
    asked: list[Query] = []
    search = searcher.search

    def search_noted(query: Query) -> SearchResult:
        asked.append(query)
        return search(query)

    monkeypatch.setattr(searcher, "search", search_noted)
    monkeypatch.setattr(ask, "open_searcher", lambda _: searcher)
    return asked


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(ask.search, ["lamps", "--index", str(folder), *arguments])


@pytest.mark.parametrize("arguments", [[], ["--group"]])
def test_lines_for_people_count_no_facet(
    asked: list[Query], tmp_path: Path, arguments: list[str]
) -> None:
    done = run(tmp_path, *arguments)
    assert done.exit_code == 0
    assert "1 paragraph in 1 cable" in done.output
    assert [query.facets for query in asked] == [()]


def test_json_counts_every_facet(asked: list[Query], tmp_path: Path) -> None:
    done = run(tmp_path, "--json")
    assert [query.facets for query in asked] == [FACETS]
    facets = json.loads(done.output)["facets"]
    assert tuple(facets) == FACETS
    assert facets["origin"] == [{"value": "Lima", "count": 1}]


def test_what_is_filtered_by_is_counted_for_the_advice(asked: list[Query], tmp_path: Path) -> None:
    assert run(tmp_path, "--origin", "Lima").exit_code == 0
    # The value is there, so that nothing else has to be asked.
    assert [query.facets for query in asked] == [("origin",)]
    done = run(tmp_path, "--origin", "Lina")
    assert "no paragraph has the origin Lina; there is Lima" in done.output
