"""What each engine finds: questions over the corpus with what is expected, read off it by eye."""

from __future__ import annotations

import pytest

from corpus.model import Cable
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import And, Filter, Node, Not, Query, Range, Word

QUAGGA = "09BERLIN12 09BERLIN13 09BERLIN14/1"
OSLO = " ".join(f"03OSLO{number}" for number in range(20, 34))
OSLO_AND_HEADS = " ".join(f"03OSLO{number}/1,head" for number in range(20, 34))
WITHOUT_SECTION = (
    "06HANOI2/2 05LAPAZ3/2,3 05SANJOSE4 89MOSCOW5 08PARIS7 08PARIS8 10ABIDJAN9 07LONDON10 07LONDON11 "
    "09ROME15 09ROME16"
)

# The question, and what it finds: a cable stands for all its paragraphs, `/1,3` for its first and third, `/head` for
# its head.
QUESTIONS = [
    # Words, joined by AND, whatever their case; with their stems.
    ("putian", "07GUANGZHOU1/2,3"),
    ("PUTIAN", "07GUANGZHOU1/2,3"),
    ("putian enforcement", "07GUANGZHOU1/3"),
    ("putian AND enforcement", "07GUANGZHOU1/3"),
    ("putian injunction", ""),
    ("injunction", "07GUANGZHOU1/1 06HANOI2/head"),
    ("injunctions", "07GUANGZHOU1/1 06HANOI2/head"),
    ("=injunction", "07GUANGZHOU1/1"),
    ("=injunctions", "06HANOI2/head"),
    ("factory", "07GUANGZHOU1/2,head"),
    ("review", "07GUANGZHOU1/head 06HANOI2/2"),
    ("nothing", "05SANJOSE4/2 07LONDON11/head"),
    ("nosuchword", ""),
    ("wheat nosuchword", ""),
    # OR, NOT, minus, parentheses.
    ("putian OR wheat", "07GUANGZHOU1/2,3 08PARIS7 08PARIS8/2"),
    ("wheat OR nosuchword", "08PARIS7 08PARIS8/2"),
    ("putian NOT enforcement", "07GUANGZHOU1/2"),
    ("putian -enforcement", "07GUANGZHOU1/2"),
    ("-enforcement putian", "07GUANGZHOU1/2"),
    ("putian -nosuchword", "07GUANGZHOU1/2,3"),
    ("wheat -rose", "08PARIS8/2"),
    ("wheat -wheat", ""),
    (
        "NOT (quagga OR snow OR wheat)",
        "07GUANGZHOU1 06HANOI2 05LAPAZ3 05SANJOSE4 89MOSCOW5 04CAIRO6 08PARIS8/1 10ABIDJAN9 "
        "07LONDON10 07LONDON11 09BERLIN14/2 09ROME15 09ROME16",
    ),
    ("quagga (one OR two)", "09BERLIN12/1,2 09BERLIN13 09BERLIN14/1"),
    ("quagga -(one OR two OR three)", "09BERLIN12/4,5,6,7"),
    ("(quagga OR wheat) -number:1", "08PARIS7/2 08PARIS8/2 09BERLIN12/2,3,4,5,6,7"),
    ("(putian enforcement) OR (wheat rose)", "07GUANGZHOU1/3 08PARIS7"),
    ("putian OR NOT (snow OR -date:2007)", "07GUANGZHOU1 07LONDON10 07LONDON11"),
    # Phrases: unstemmed, in order, with stop words and repetitions; none runs over from subject to heading to text.
    ('"injunctions"', "06HANOI2/head"),
    ('"to be or not to be"', "07LONDON10/1"),
    ('"not to be"', "07LONDON10 07LONDON11/1"),
    ('"be not to be"', "07LONDON10/2"),
    ('"the state of the state of"', "10ABIDJAN9/2"),
    ('"state of the emergency"', ""),
    ('"wheat rose"', "08PARIS7"),
    ('"rose wheat"', ""),
    ('"peace peace"', "04CAIRO6/3"),
    ('"peace peace peace"', ""),
    ('-"wheat rose" wheat', "08PARIS8/2"),
    ('"review summary"', ""),
    ('"summary nine"', ""),
    ('"zoo zoo"', ""),
    ('"shoe factory review"', "07GUANGZHOU1/head"),
    # Punctuation, initialisms, apostrophes, accents, scripts.
    ("F-16", "05LAPAZ3/2"),
    ('"F-16"', "05LAPAZ3/2"),
    ('"16 F"', "05LAPAZ3/3"),
    ("16 F", "05LAPAZ3/2,3"),
    ("U.S.", "05SANJOSE4"),
    ("us", "05SANJOSE4"),
    ('"U.S. vessels"', "05SANJOSE4/1"),
    ("Banquo's", "07LONDON10/1 07LONDON11/2"),
    ("banquo", "07LONDON10/1 07LONDON11/2"),
    ("são", "05LAPAZ3/head"),
    ('"SAO PAULO"', "05LAPAZ3/head"),
    ("cote", "10ABIDJAN9/head"),
    ('"Côte d\'Ivoire"', "10ABIDJAN9/head"),
    ("министр", "89MOSCOW5/1"),
    ("МОСКВЕ", "89MOSCOW5/head"),
    ("السلام", "04CAIRO6/1"),
    # Prefixes go by the words as they stand.
    ("injunct*", "07GUANGZHOU1/1 06HANOI2/head"),
    ("quag*", QUAGGA),
    ("мин*", "89MOSCOW5/1"),
    ("peac* pap*", "04CAIRO6/2"),
    ("zzz*", ""),
    ("quagga -s*", "09BERLIN12/1,2,3,4,5,7 09BERLIN13 09BERLIN14/1"),
    # Fields of words.
    ("section:summary", "07GUANGZHOU1/1 06HANOI2/1 05LAPAZ3/1"),
    ("section:mixed", "07GUANGZHOU1/3"),
    ('section:"mixed bag"', "07GUANGZHOU1/3"),
    ('section:"bag mixed"', ""),
    ('section:"press round-up"', "04CAIRO6"),
    ("section:(mixed OR background)", "07GUANGZHOU1/2,3"),
    ("subject:review", "07GUANGZHOU1"),
    ("subject:injunction", "06HANOI2"),
    ("subject:putian", ""),
    # Keyword fields hold whole values, folded.
    ("origin:guangzhou", "07GUANGZHOU1"),
    ('origin:"la paz"', "05LAPAZ3"),
    ('origin:"san jose"', "05SANJOSE4"),
    ("origin:san", ""),
    ("origin:san*", "05SANJOSE4"),
    ('country:"cote d\'ivoire"', "10ABIDJAN9"),
    ('region:"east asia"', "07GUANGZHOU1 06HANOI2"),
    ("mark:S/NF", "06HANOI2/2 05LAPAZ3/1"),
    ("mark:s", "05LAPAZ3/2 89MOSCOW5"),
    ("mark:s*", "07GUANGZHOU1/1 06HANOI2/2 05LAPAZ3/1,2 89MOSCOW5 10ABIDJAN9"),
    ("tag:kipr", "07GUANGZHOU1"),
    ("tag:ETRD", "07GUANGZHOU1 06HANOI2"),
    ("tag:kpao", "04CAIRO6 07LONDON10 07LONDON11"),
    ("tag:(EG OR vm)", "06HANOI2 04CAIRO6"),
    ("tag:etrd -tag:vm", "07GUANGZHOU1"),
    ("tag:etrd tag:kipr", "07GUANGZHOU1"),
    ("classification:unclassified", "07GUANGZHOU1 05SANJOSE4 04CAIRO6 08PARIS8"),
    ("part:comment", "07GUANGZHOU1/3 07LONDON11/2 09BERLIN12/7"),
    ("source:specimen", OSLO),
    ("id:07GUANGZHOU1", "07GUANGZHOU1"),
    ('id:"2007 guangzhou 00001"', "07GUANGZHOU1"),
    ("cites:07GUANGZHOU1", "06HANOI2"),
    ('to:"secstate washdc"', "07GUANGZHOU1"),
    ("to:amembassy*", "07GUANGZHOU1"),
    ("caveat:sipdis", "07GUANGZHOU1"),
    ("has:references", "06HANOI2"),
    ("-has:date", "08PARIS7"),
    ("-has:section -mark:zz", WITHOUT_SECTION),
    # Dates of every precision, ranges with both ends and with one; a cable without a date is in none of them.
    ("date:2007", "07GUANGZHOU1 07LONDON10 07LONDON11"),
    ("date:2007-06", "07LONDON10"),
    ("date:2007-06-30", "07LONDON10"),
    ("date:2007-03-23T08:44", "07GUANGZHOU1"),
    ("date:2007-03-23T08:45", ""),
    ("date:[2006-01 TO 2007-06]", "07GUANGZHOU1 06HANOI2 07LONDON10"),
    ("date:[2006-12-31 TO 2006-12-31]", "06HANOI2"),
    ("date:[* TO 1999]", "89MOSCOW5"),
    ("date:>=2010", "10ABIDJAN9"),
    ("date:>2007-06-30 date:<2009", "07LONDON11 08PARIS8"),
    ("date:<2004", f"89MOSCOW5 {OSLO}"),
    ("date:2004-02-29", "04CAIRO6"),
    ("date:2005", "05LAPAZ3 05SANJOSE4"),
    ("date:2005-01", ""),  # of that cable no more than the year is known
    ("wheat date:[1000 TO 9999]", "08PARIS8/2"),
    ("wheat -date:2008", "08PARIS7"),
    ("year:2003 mark:u", OSLO),
    # Numbers.
    ("number:7", "09BERLIN12/7"),
    ("number:[6 TO 7]", "09BERLIN12/6,7"),
    ("number:[* TO 1] quagga", "09BERLIN12/1 09BERLIN13 09BERLIN14/1"),
    ("paragraphs:>3", "09BERLIN12"),
]

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


def expected(notation: str, cables: list[Cable]) -> set[tuple[str, str]]:
    lengths = {cable.id: len(cable.paragraphs) for cable in cables}
    found = set()
    for part in notation.split():
        cable, _, numbers = part.partition("/")
        chosen = numbers.split(",") if numbers else map(str, range(1, lengths[cable] + 1))
        found |= {(cable, f"p{each}" if each.isdigit() else each) for each in chosen}
    return found


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
