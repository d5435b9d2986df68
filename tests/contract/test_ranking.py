"""What every engine ranks first, and that ranking finds and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest
from memory_engine import MemoryIndex

from corpus.model import Cable
from search.engines.protocols import IndexWriter, Searcher
from search.language.parser import parse
from search.language.questions import question
from search.language.tree import Filter, Match, Node, Query


class Store(Protocol):
    """An empty index; see conftest."""

    def writer(self) -> IndexWriter: ...

    def searcher(self) -> Searcher: ...


FILLER = "one two three four five six seven eight"


@pytest.fixture
def ranked(store: Store, cable: Callable[[str, str], Cable]) -> Searcher:
    with store.writer() as writer:
        writer.put(cable("07PARIS1", f"inspecting reports {FILLER}"))
        writer.put(cable("07PARIS2", f"reports {FILLER} inspecting"))
        writer.put(cable("07PARIS3", f"reporting {FILLER} inspectors"))
        writer.put(cable("07PARIS4", f"the {FILLER} of"))
        writer.put(cable("07PARIS5", f"reported {FILLER} inspected"))
    return store.searcher()


def order(searcher: Searcher, tree: Node, **more: object) -> list[str]:
    result = searcher.search(Query(tree, grouped=False, **more))  # type: ignore[arg-type]
    assert result.paragraphs == result.cables == len(result.hits)
    assert all(a.score >= b.score > 0 for a, b in zip(result.hits, result.hits[1:], strict=False))
    return [hit.cable.id.removeprefix("07PARIS") for hit in result.hits]


def test_the_exact_form_comes_first(ranked: Searcher) -> None:
    assert order(ranked, parse("reporting").tree)[0] == "3"
    assert order(ranked, parse("reported").tree)[0] == "5"
    assert sorted(order(ranked, parse("reporting").tree)) == ["1", "2", "3", "5"]


def test_neighbours_come_first(ranked: Searcher) -> None:
    assert order(ranked, parse("inspecting reports").tree) == ["1", "2", "5"]


def test_any_finds_what_has_one_word_and_all_what_has_both(ranked: Searcher) -> None:
    tree = question("What of the inspectors who were reporting?")
    assert order(ranked, tree) == ["3"]
    found = order(ranked, tree, match="any")
    assert (found[0], sorted(found)) == ("3", ["1", "2", "3", "5"])


def test_any_still_requires_what_chooses(ranked: Searcher) -> None:
    tree = parse("the inspectors reported -two").tree
    assert order(ranked, tree, match="any") == []
    tree = parse("inspectors reported -seven id:07PARIS9").tree
    assert order(ranked, tree, match="any") == []
    tree = parse("the nosuchword reporting id:07PARIS3").tree
    assert order(ranked, tree, match="any") == ["3"]


def test_filters_choose_among_any(ranked: Searcher) -> None:
    tree = question("reporting inspectors")
    query = Query(tree, (Filter("part", (), ("body",)),), match="any", facets=("part",))
    result = ranked.search(query)
    assert (result.paragraphs, result.facets[0].values[0].count) == (0, 4)


def test_stop_words_are_not_marked_where_they_do_not_count(ranked: Searcher) -> None:
    (hit,) = ranked.search(Query(parse("the three id:07PARIS4").tree, match="any")).hits
    assert [run.text for run in hit.snippet if run.marked] == ["three"]


@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize("text", ["quagga number", "snow fell", "wheat OR rose", "F-16 jets"])
def test_scores_are_the_oracles_within_a_tenth(
    store: Store, cables: list[Cable], text: str, match: Match
) -> None:
    """tantivy keeps a length in a byte, and averages over paragraphs with and without words; Whoosh scores a
    phrase by its words, so none is here."""
    memory = MemoryIndex()
    for each in (memory, store):
        with each.writer() as writer:
            for cable in cables:
                writer.put(cable)
    query = Query(parse(text).tree, grouped=False, size=100, match=match)
    expected, found = (
        {(hit.cable.id, hit.anchor): hit.score for hit in searcher.search(query).hits}
        for searcher in (memory.searcher(), store.searcher())
    )
    assert found == pytest.approx(expected, rel=0.1)
