"""What each engine finds for the parts of the language that depend on an index's own words, or on where words stand."""

from __future__ import annotations

import pytest
from read_by_eye import LANGUAGE, expected

from corpus.model import Cable
from search.answers.results import SearchResult
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Filter, Query


def ask(searcher: Searcher, text: str, **more: object) -> SearchResult:
    read = parse(text)
    return searcher.search(Query(read.tree, grouped=False, size=1000, **more))  # type: ignore[arg-type]


def found(result: SearchResult) -> set[tuple[str, str]]:
    places = {(hit.cable.id, hit.anchor) for hit in result.hits}
    assert len(result.hits) == len(places) == result.units
    return places


@pytest.mark.parametrize(("text", "notation"), LANGUAGE, ids=[text for text, _ in LANGUAGE])
def test_a_question_finds_exactly_these_paragraphs(
    filled: Searcher, cables: list[Cable], text: str, notation: str
) -> None:
    assert found(ask(filled, text)) == expected(notation, cables)


def test_half_of_a_surrogate_pair_is_found_nowhere_and_harms_nothing(filled: Searcher) -> None:
    # A byte of a command line that is no UTF-8, as Python has it; JSON can write one too.
    half = "\udcff"
    assert filled.get(f"no{half}such") is None
    assert filled.similar(f"no{half}such") == ()
    assert filled.complete(f"put{half}") == ()
    for text in (f"/put{half}.*/", f"origin:{half}", f"put{half}*", f'"putian {half}x"', half):
        assert found(ask(filled, text)) == set()
    assert found(ask(filled, "putian", filters=(Filter("origin", (half,)),))) == set()
    excluding = (Filter("origin", (), (half,)),)
    assert found(ask(filled, "putian", filters=excluding)) == found(ask(filled, "putian"))
