"""What each engine finds for the parts of the language that depend on an index's own words, or on where words stand."""

from __future__ import annotations

import pytest
from read_by_eye import LANGUAGE, expected

from corpus.model import Cable
from search.answers.results import SearchResult
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Query


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
