"""A question that takes too long has no answer, rather than a wrong count; the same in each engine."""

from __future__ import annotations

import pytest

from search.engines.protocols import Searcher
from search.errors import TooSlow
from search.language.parser import parse
from search.language.tree import Query


@pytest.mark.parametrize(
    "text",
    ["snow", "", "qu?gg*", "quaga~2", '"one quagga number"~5', "same:cable one two", "-snow"],
)
def test_a_question_is_given_up_with_a_sentence(filled: Searcher, text: str) -> None:
    query = Query(parse(text).tree, seconds=0.0)
    with pytest.raises(TooSlow, match=r"given up after 0 seconds; .*\.$"):
        filled.search(query)


def test_the_next_question_has_its_own_time(filled: Searcher) -> None:
    with pytest.raises(TooSlow):
        filled.search(Query(parse("snow").tree, seconds=0.0))
    assert filled.search(Query(parse("snow").tree, seconds=60.0)).paragraphs == 14
    assert filled.search(Query(parse("snow").tree)).paragraphs == 14
