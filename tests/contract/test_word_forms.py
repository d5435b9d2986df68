"""Spellings of one thing find each other in each engine: plurals of acronyms, initials with blanks, joined articles."""

from __future__ import annotations

from search.answers.results import SearchResult
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.questions import question
from search.language.tree import Query

TEXTS = {
    "07PARIS1": "One NGO met two MPs.",
    "07PARIS2": "TWO NGOS MET ONE MP.",
    "07PARIS3": "NGOs' grants were cut, said an MP's aide; an IED was found.",
    "07PARIS4": "Four F-16s and a T-72 took part; MOUs were signed.",
    "07PARIS5": "AN F-16 AND SIX T-72S TOOK PART; AN MOU WAS SIGNED. IEDS WERE FOUND.",
    "07PARIS6": "GPS was used in 1970 by the PO.",
    "07PARIS7": "GPs met POs in the 1970s.",
    "07PARIS8": "A. Q. Khan spoke of U. S.-led talks.",
    "07PARIS9": "A.Q. KHAN SPOKE OF U.S. TALKS.",
    "07PARIS10": "According to A.\nQ. Khan, us and them.",
    "07PARIS11": "The earthquake at L'Aquila.",
    "07PARIS12": "IL TERREMOTO DELL'AQUILA.",
    "07PARIS13": "Annex A. B. Smith wrote of N'Djamena.",
}

QUESTIONS = {
    # Singular and plural, in any case.
    **dict.fromkeys(("NGO", "NGOs", "ngo", "ngos", "NGOS"), "1 2 3"),
    **dict.fromkeys(("MP", "MPs", "mp", "mps", "MPS"), "1 2 3"),
    **dict.fromkeys(("F-16", "F-16s", "f-16s", "F-16S"), "4 5"),
    **dict.fromkeys(("T-72", "T-72s", "t-72s"), "4 5"),
    **dict.fromkeys(("MOU", "MOUs", "mous"), "4 5"),
    **dict.fromkeys(("IED", "IEDs", "ieds"), "3 5"),
    **dict.fromkeys(("PO", "POs", "po"), "6 7"),
    "ngos NEAR/1 met": "1 2",
    # Exact words and phrases tell the forms apart.
    "=ngo": "1",
    "=NGOs": "2 3",
    '"two mps"': "1",
    '"one mp"': "2",
    "=ieds": "5",
    # An s that belongs to the word.
    **dict.fromkeys(("GPS", "gps"), "6"),
    "GPs": "7",
    "1970": "6",
    "1970s": "7",
    # Initials, with blanks and without.
    **dict.fromkeys(("A.Q. Khan", "A. Q. Khan", "a. q. khan", "a.q. khan", "aq khan"), "8 9 10"),
    **dict.fromkeys(('"A.Q. Khan"', '"a. q. khan"', '"A. Q.\n Khan"', "=A. Q."), "8 9 10"),
    **dict.fromkeys(("U.S. talks", "U. S. talks", "us talks"), "8 9"),
    **dict.fromkeys(('"U.S.-led talks"', '"u. s. led talks"', '"of us led"'), "8"),
    '"to a.q. khan us"': "10",
    "Smith B.": "13",
    '"annex a"': "13",
    # Articles with an apostrophe.
    **dict.fromkeys(("Aquila", "aquila", "=aquila"), "11 12"),
    **dict.fromkeys(("dell'Aquila", "DELL’AQUILA", '"dell aquila"'), "12"),
    "L'Aquila": "11",
    **dict.fromkeys(("N'Djamena", "ndjamena"), "13"),
    "djamena": "",
}


def found(result: SearchResult) -> str:
    ids = {group.cable.id for group in result.groups}
    return " ".join(each.removeprefix("07PARIS") for each in TEXTS if each in ids)


def test_each_form_finds_what_it_should(texts_searcher: Searcher) -> None:
    asked = {each: found(texts_searcher.search(Query(parse(each).tree))) for each in QUESTIONS}
    assert asked == QUESTIONS


def test_a_sentence_with_initials_finds_both_spellings(texts_searcher: Searcher) -> None:
    for text in ("A. Q. Khan", "A.Q. Khan"):
        assert found(texts_searcher.search(Query(question(text)))) == "8 9 10"


def test_the_whole_run_is_marked(texts_searcher: Searcher) -> None:
    result = texts_searcher.search(Query(parse("A.Q. id:07PARIS8").tree))
    ((hit,),) = (group.hits for group in result.groups)
    assert [run.text for run in hit.snippet if run.marked] == ["A. Q."]
