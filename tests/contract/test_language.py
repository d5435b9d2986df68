"""What each engine finds for the parts of the language that depend on an index's own words, or on where words stand."""

from __future__ import annotations

import pytest

from corpus.model import Cable
from search.answers.results import SearchResult
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Query

# The question, and what it finds: `/1,3` are a cable's first and third paragraph, `/head` is its head; a cable alone
# stands for all paragraphs.
QUESTIONS = [
    # Patterns go by the words as they stand, of one index.
    ("inj*tion", "07GUANGZHOU1/1"),
    ("inj*ion*", "07GUANGZHOU1/1 06HANOI2/head"),
    ("put?an", "07GUANGZHOU1/2,3"),
    ("put??n", "07GUANGZHOU1/2,3"),
    ("put?n", ""),
    ("p*n", "07GUANGZHOU1/2,3"),
    ("q?agg*", "09BERLIN12 09BERLIN13 09BERLIN14/1"),
    ("мин?стр", "89MOSCOW5/1"),
    ("c?te", "10ABIDJAN9/head"),
    ("zz?zz", ""),
    ("quagga s?x", "09BERLIN12/6"),
    ("quagga -t?o", "09BERLIN12/1,3,4,5,6,7 09BERLIN13 09BERLIN14/1"),
    ("section:s?mmary", "07GUANGZHOU1/1 06HANOI2/1 05LAPAZ3/1"),
    ("subject:fact*y", "07GUANGZHOU1"),
    ("tag:k?pr", "07GUANGZHOU1"),
    ("tag:k?*", "07GUANGZHOU1 04CAIRO6 07LONDON10 07LONDON11"),
    ("origin:san*se", "05SANJOSE4"),
    ("mark:s?nf", "06HANOI2/2 05LAPAZ3/1"),
    ("id:07l?ndon1*", "07LONDON10 07LONDON11"),
    # Misspellings: letters put in, left out, replaced, and two that changed places.
    ("putan~", "07GUANGZHOU1/2,3"),
    ("puttian~", "07GUANGZHOU1/2,3"),
    ("pution~", "07GUANGZHOU1/2,3"),
    ("puitan~", "07GUANGZHOU1/2,3"),
    ("butian~", "07GUANGZHOU1/2,3"),
    ("butiam~", ""),
    ("butiam~2", "07GUANGZHOU1/2,3"),
    ("qagga~ six", "09BERLIN12/6"),
    ("qu~2 six", ""),
    ("injunction~", "07GUANGZHOU1/1 06HANOI2/head"),
    ("banqo~", "07LONDON10/1 07LONDON11/2"),
    ("section:backgruond~", "07GUANGZHOU1/2"),
    ("origin:guangzu~2", "07GUANGZHOU1"),
    ("origin:guangzu~1", ""),
    ("tag:kipp~", "07GUANGZHOU1"),
    ("-quaga~ (quagga OR reeds)", "09BERLIN14/2"),
    # Words near each other: in any order, so many others among them, never from a heading or the subject to the text.
    ('"wheat rose"~0', "08PARIS7"),
    ('"rose wheat"~0', "08PARIS7"),
    ('"then fell"~0', ""),
    ('"then fell"~1', "08PARIS7/2"),
    ('"fell then"~1', "08PARIS7/2"),
    ('"then rose"~2', ""),
    ('"then rose"~3', ""),
    ('"then rose"~4', "08PARIS7/2"),
    ('"fell rose then"~2', ""),
    ('"fell rose then"~3', "08PARIS7/2"),
    ('"heard brands cases"~1', ""),
    ('"heard brands cases"~2', "06HANOI2/1"),
    ('"heard brands cases judges"~2', "06HANOI2/1"),
    ('"heard brands cases judge"~2', ""),
    ('"zoo quagga"~30', ""),
    ('"animals quagga"~30', ""),
    ('"animals one quagga"~30', ""),
    ('"peace peace"~0', "04CAIRO6/2,3"),
    ('"factory shoe"~0', "07GUANGZHOU1/head"),
    ('"review shoe"~0', ""),
    ('"review shoe"~1', "07GUANGZHOU1/head"),
    ('section:"bag mixed"~0', "07GUANGZHOU1/3"),
    ("judge NEAR/2 brand", ""),
    ("judge NEAR/4 brand", "06HANOI2/1"),
    ("brands NEAR/4 judges", "06HANOI2/1"),
    ("plants NEAR/3 seen", "07GUANGZHOU1/1"),
    ("F-16 NEAR/2 over", "05LAPAZ3/2"),
    ("over NEAR/5 alto NEAR/0 el", "05LAPAZ3/2"),
    ("nobody NEAR/2 night", "09ROME15/1"),
    ("nobody NEAR/3 night", "09ROME15 09ROME16/1"),
    ("night -nobody NEAR/2 night", "09ROME15/2 09ROME16/1"),
    ("section:(press NEAR/1 up)", "04CAIRO6"),
    # Words that meet in a cable: the paragraphs with any of them.
    ("same:cable putian injunction", "07GUANGZHOU1"),
    ("same:cable factories enforcement", "07GUANGZHOU1/2,3,head"),
    ("same:cable amethyst topaz", ""),
    ("same:cable judges appeal", "06HANOI2"),
    ("same:cable quagga -reeds", "09BERLIN12 09BERLIN13"),
    ("same:cable quagga reeds", "09BERLIN14"),
    ("same:cable two three", "09BERLIN12/2,3"),
    ("same:cable (one OR two) six", "09BERLIN12/1,2,6"),
    ('same:cable "to be or" "not to be"', "07LONDON10"),
    ('same:cable "wheat fell" "rose then"~9', "08PARIS7/2"),
    ("same:cable hamlet date:2007", "07LONDON10/head"),
    ("same:cable tag:senv mark:c", "09BERLIN12"),
    ("same:cable -quagga -snow tag:senv", ""),
    ("same:cable -wheat date:2008", ""),
    ("(same:cable one two) OR reeds", "09BERLIN12/1,2 09BERLIN14/2"),
    ("mark:u (same:cable topaz marble)", "09ROME16/1,2,head"),
    # Likeness: other cables only.
    ("like:09BERLIN13", "09BERLIN12/1,2,3,4,5,6 09BERLIN14/1"),
    ("like:09BERLIN14#p1", "09BERLIN12/1,2,3,4,5,6 09BERLIN13"),
    ("like:09ROME15#p2", "09ROME16/1"),
    ('like:"2009 Rome 00015" mark:u', "09ROME16/1"),
    ("like:05SANJOSE4#p2 subject:nothing", ""),
    ("like:07NOWHERE1", ""),
    ("like:09ROME15#p9", ""),
    ("reeds OR like:09ROME15#p2", "09ROME16/1 09BERLIN14/2"),
]


def ask(searcher: Searcher, text: str, **more: object) -> SearchResult:
    read = parse(text)
    return searcher.search(Query(read.tree, grouped=False, size=1000, **more))  # type: ignore[arg-type]


def found(result: SearchResult) -> set[tuple[str, str]]:
    places = {(hit.cable.id, hit.anchor) for hit in result.hits}
    assert len(result.hits) == len(places) == result.units
    return places


def expected(notation: str, cables: list[Cable]) -> set[tuple[str, str]]:
    lengths = {cable.id: len(cable.paragraphs) for cable in cables}
    places = set()
    for part in notation.split():
        cable, _, numbers = part.partition("/")
        chosen = numbers.split(",") if numbers else map(str, range(1, lengths[cable] + 1))
        places |= {(cable, f"p{each}" if each.isdigit() else each) for each in chosen}
    return places


@pytest.mark.parametrize(("text", "notation"), QUESTIONS, ids=[text for text, _ in QUESTIONS])
def test_a_question_finds_exactly_these_paragraphs(
    filled: Searcher, cables: list[Cable], text: str, notation: str
) -> None:
    assert found(ask(filled, text)) == expected(notation, cables)
