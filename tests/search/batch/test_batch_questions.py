"""What a line asks, in each of the ways it may be meant: a question that prints itself and is read again."""

from __future__ import annotations

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from search.batch.lines import Line
from search.batch.questions import HOWS, Choices, asked
from search.language.parser import parse
from search.language.tree import Filter, Query


@pytest.mark.parametrize(
    ("text", "choices", "written"),
    [
        ("Khan, A.Q.", Choices(), "Khan, AND A.Q."),
        ("tag:KIPR NOT shoes", Choices(), "tag:KIPR AND NOT shoes"),
        ('"spent fuel"', Choices("exact"), '"spent fuel"'),
        ("spent  fuel OR", Choices("exact"), '"spent fuel OR"'),
        ("Khan, A.Q.", Choices("names"), '"A.Q. Khan" OR "Khan A.Q."'),
        ("Smith", Choices("names"), '"Smith"'),
        ("Putien shoos of F-16", Choices(letters=1), "putien~ AND shoos~ AND of AND F-16"),
        ("Putien -tag:KIPR", Choices(letters=2), "putien~2 AND NOT tag:KIPR"),
        ('"more shoes" putien', Choices(letters=1), '"more shoes" AND putien~'),
    ],
)
def test_ways_to_mean_a_line(text: str, choices: Choices, written: str) -> None:
    assert asked(Line(1, text), choices).written == written


def test_dates_and_filters_of_a_line() -> None:
    line = Line(1, "khan", filters=(Filter("tag", ("KIPR",)),), since="1974-03", until="1975")
    given_to_all = (Filter("tag", ("ETRD",)), Filter("origin", ("Paris",)))
    found = asked(line, Choices(filters=given_to_all))
    assert found.written == "khan AND date:[1974-03 TO 1975]"
    assert found.query is not None
    assert found.query.filters == (Filter("tag", ("KIPR",)), Filter("origin", ("Paris",)))


@pytest.mark.parametrize("how", HOWS)
def test_what_has_no_word_is_told(how: str) -> None:
    found = asked(Line(1, "--"), Choices(how))  # type: ignore[arg-type]
    assert (found.query, found.problem) == (None, "There is no letter and no digit to look for.")


@pytest.mark.parametrize(
    "text", [" ".join(f"w{number}" for number in range(65)), "x" * 501, "w " * 3_000]
)
@pytest.mark.parametrize("how", HOWS)
def test_nothing_is_cut_in_silence(text: str, how: str) -> None:
    found = asked(Line(1, text), Choices(how))  # type: ignore[arg-type]
    whole = found.query is not None and parse(found.written).tree == found.query.tree
    assert found.problem.startswith("This is too long for one search") or (
        how != "words" and whole and len(found.written) >= len(" ".join(text.split()))
    )


def test_what_was_read_otherwise_than_written_is_told() -> None:
    found = asked(Line(1, '"Smith'), Choices())
    assert (found.written, found.notes) == ('"Smith"', ("This quotation mark is not closed.",))


@given(st.text(max_size=40), st.sampled_from([*map(Choices, HOWS), Choices(letters=1)]))
@settings(max_examples=examples(200))
def test_a_question_is_read_again_as_it_was(text: str, choices: Choices) -> None:
    found = asked(Line(1, text, since="1974"), choices)
    assert bool(found.problem) == (found.query is None)
    if found.query is not None:
        again = parse(found.written)
        assert (again.tree, again.problems) == (found.query.tree, ())
        assert isinstance(found.query, Query)
