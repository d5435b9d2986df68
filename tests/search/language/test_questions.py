"""Questions in sentences, and what `match="any"` makes of a tree."""

from __future__ import annotations

import pytest

from search.language.parser import parse
from search.language.questions import MOST_WORDS, any_of, asked, left_out_words, question
from search.language.stop_words import STOP_WORDS
from search.language.tree import And, Everything, Match, Node, Not, Or, Phrase, Query, Range, Word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did the factories of Putian make?", "factories AND Putian"),
        ("NOT (this OR that): shoes -factories", "shoes AND factories"),
        ("U.S. views on Banquo's ghost", "U.S. AND views AND Banquo AND ghost"),
        ("shoes", "shoes"),
        ("To be, or not to be?", "To AND be AND or AND not AND to AND be"),
        ("what what shoes shoes", "shoes AND shoes"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_sentence(text: str, expected: str) -> None:
    tree = question(text)
    assert " AND ".join(word.text for word in words(tree)) == expected


def words(tree: Node) -> tuple[Word, ...]:
    match tree:
        case And(parts):
            return tuple(part for part in parts if isinstance(part, Word))
        case Word():
            return (tree,)
        case _:
            return ()


def test_a_long_text_keeps_its_first_words() -> None:
    tree = question(" ".join(f"word{number}" for number in range(500)))
    assert isinstance(tree, And)
    assert (len(tree.parts), tree.parts[-1]) == (MOST_WORDS, Word(f"word{MOST_WORDS - 1}"))


def test_any_of_joins_words_and_still_requires_what_chooses() -> None:
    tree = parse('shoes "more shoes" -comment date:2007 tag:KIPR (a OR b)').tree
    assert any_of(tree) == And(
        (
            Or((Word("shoes"), Phrase("more shoes"), Word("a"), Word("b"))),
            Not(Word("comment")),
            Range("2007", "2007", "date"),
            Word("KIPR", "tag"),
        )
    )


@pytest.mark.parametrize("text", ["shoes", "", "-comment date:2007", "a OR b"])
def test_what_has_no_words_to_choose_among_stays(text: str) -> None:
    assert any_of(parse(text).tree) == parse(text).tree


@pytest.mark.parametrize("match", ["all", "any"])
def test_stop_words_are_left_out_of_a_question_that_has_others(match: Match) -> None:
    tree = parse("what is the shoes date:2007").tree
    assert asked(Query(tree, match=match)) == And((Word("shoes"), Range("2007", "2007", "date")))


@pytest.mark.parametrize("text", ["to be or not to be", "what is date:2007", "the"])
def test_stop_words_alone_stay(text: str) -> None:
    tree = parse(text).tree
    assert asked(Query(tree, match="any")) == tree


@pytest.mark.parametrize(
    ("text", "kept", "left_out"),
    [
        ("WHO team", "WHO AND team", ()),
        ("WHO TEAM", "TEAM", ("WHO",)),
        ("who team", "team", ("who",)),
        ("the Who team", "team", ("the", "Who")),
        ("=who team", '"who" AND team', ()),
        ("text:the team", "text:the AND team", ()),
        ("the -team", "the AND NOT team", ()),
        ("team -the", "team AND NOT the", ()),
        ("the the team", "team", ("the",)),
        ("(the OR a) team", "(the OR a) AND team", ()),
        ("the OR team", "the OR team", ()),
        ("the tag:KIPR", "the AND tag:KIPR", ()),
    ],
)
def test_which_words_say_nothing(text: str, kept: str, left_out: tuple[str, ...]) -> None:
    query = Query(parse(text).tree)
    assert str(asked(query)) == kept
    assert left_out_words(query) == left_out


def test_a_phrase_of_stop_words_stays() -> None:
    tree = parse('"to be" the shoes').tree
    assert asked(Query(tree, match="any")) == And((Phrase("to be"), Word("shoes")))


def test_stop_words_are_terms() -> None:
    assert all(word.isalpha() and word == word.lower() for word in STOP_WORDS)
    assert question("") == Everything()
