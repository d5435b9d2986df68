"""What each engine finds: questions over the corpus with what is expected, read off it by eye."""

from __future__ import annotations

import pytest
from read_by_eye import OSLO_AND_HEADS, QUESTIONS, expected

from corpus.model import Cable
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import And, Filter, Node, Not, Query, Range, Word

# The question, the filters, and what is found.
FILTERED = [
    ("", [Filter("section", ("summary",))], "07GUANGZHOU1/1 06HANOI2/1 05LAPAZ3/1"),
    ("", [Filter("section", ("Press Round-up",))], "04CAIRO6"),
    ("putian", [Filter("section", ("Background",))], "07GUANGZHOU1/2"),
    ("", [Filter("section", ("Mixed Bag",))], ""),
    (
        "",
        [Filter("tag", ("ETRD", "KPAO"))],
        "07GUANGZHOU1 06HANOI2 04CAIRO6 07LONDON10 07LONDON11",
    ),
    ("", [Filter("tag", ("ETRD",), ("VM",))], "07GUANGZHOU1"),
    ("quagga OR wheat", [Filter("tag", (), ("SENV",))], "08PARIS7 08PARIS8/2"),
    (
        "",
        [Filter("mark", ("S/NF",)), Filter("classification", ("Secret",))],
        "05LAPAZ3/1",
    ),
    ("", [Filter("origin", ("san jose",))], "05SANJOSE4"),
    ("snow OR banquo", [Filter("region", (), ("Europe",))], OSLO_AND_HEADS),
    ("review", [Filter("mark", (), ("U", "SBU"))], "07GUANGZHOU1/head 06HANOI2/2"),
    ("", [Filter("year", ("2004", "1989")), Filter("mark", (), ("S",))], "04CAIRO6"),
    (
        "injunction",
        [Filter("part", ("summary",)), Filter("tag", ("CH", "VM"))],
        "07GUANGZHOU1/1",
    ),
    ("quagga", [Filter("tag", ("nosuchtag",))], ""),
]


def ask(searcher: Searcher, text: str, filters: list[Filter]) -> set[tuple[str, str]]:
    read = parse(text)
    assert not read.problems
    result = searcher.search(Query(read.tree, tuple(filters), grouped=False, size=1000))
    found = {(hit.cable.id, hit.anchor) for hit in result.hits}
    assert len(result.hits) == len(found) == result.units
    assert len({cable for cable, _ in found}) == result.cables
    return found


@pytest.mark.parametrize(("text", "notation"), QUESTIONS, ids=[text for text, _ in QUESTIONS])
def test_a_question_finds_exactly_these_paragraphs(
    filled: Searcher, cables: list[Cable], text: str, notation: str
) -> None:
    assert ask(filled, text, []) == expected(notation, cables)


@pytest.mark.parametrize(("text", "filters", "notation"), FILTERED)
def test_filters_narrow_it(
    filled: Searcher, cables: list[Cable], text: str, filters: list[Filter], notation: str
) -> None:
    assert ask(filled, text, filters) == expected(notation, cables)


def test_an_empty_question_finds_every_paragraph(filled: Searcher, cables: list[Cable]) -> None:
    assert ask(filled, "", []) == expected(" ".join(cable.id for cable in cables), cables)


def test_a_range_that_ends_before_it_begins_finds_nothing(filled: Searcher) -> None:
    for turned in (Range("2007-07", "2007-06", "date"), Range("9", "1", "number")):
        assert filled.search(Query(turned)).paragraphs == 0


def test_a_deep_tree_is_answered(filled: Searcher) -> None:
    tree: Node = Word("putian")
    for _ in range(60):
        tree = Not(And((Not(tree), Not(Word("enforcement")))))
    assert filled.search(Query(tree)).paragraphs == 2
