"""Patterns and distances between terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.spelling import (
    NotAnExpression,
    alike,
    beginning,
    check_expression,
    expression,
    matching,
    pattern_term,
)
from search.language.tree import ANY_LETTER, ANY_LETTERS
from search.plans import rewriting
from search.plans.documents import BREAK
from search.plans.rewriting import spellings_alike

few = st.text(alphabet="abc", max_size=9)


@pytest.mark.parametrize(
    ("term", "other", "limit", "distance"),
    [
        ("putian", "putian", 1, 0),
        ("putian", "puitan", 1, 1),
        ("putian", "putan", 1, 1),
        ("putian", "puttian", 1, 1),
        ("putian", "futian", 1, 1),
        ("putian", "futiam", 1, None),
        ("putian", "futiam", 2, 2),
        ("ab", "ba", 1, 1),
        ("", "ab", 2, 2),
        ("ca", "abc", 2, None),  # a letter is never put between two that changed places
        ("kitten", "sitting", 2, None),
    ],
)
def test_a_change_is_one_letter_or_two_that_changed_places(
    term: str, other: str, limit: int, distance: int | None
) -> None:
    assert alike(term, other, limit) == distance
    assert alike(other, term, limit) == distance


def changed_once(term: str) -> set[str]:
    """All terms that one change makes of a term, by making them."""
    made = {term}
    for place in range(len(term) + 1):
        before, behind = term[:place], term[place:]
        made |= {before + letter + behind for letter in "abc"}
        if behind:
            made |= {before + behind[1:]} | {before + letter + behind[1:] for letter in "abc"}
        if len(behind) > 1:
            made.add(before + behind[1] + behind[0] + behind[2:])
    return made


@given(few, few)
def test_the_distance_of_one_is_what_one_change_makes(term: str, other: str) -> None:
    assert (alike(term, other, 1) is not None) == (other in changed_once(term))


@given(few, few)
def test_at_most_two_changes_are_found_whenever_two_changes_were_made(
    term: str, other: str
) -> None:
    distance = alike(term, other, 2)
    if distance is not None:
        assert any(other in changed_once(between) for between in changed_once(term))


@pytest.mark.parametrize("together", [1, 3, 10_000])
@given(term=few, spellings=st.lists(few, max_size=12), limit=st.sampled_from([1, 2]))
def test_no_spelling_is_lost_where_many_are_compared_at_once(
    together: int, term: str, spellings: list[str], limit: int
) -> None:
    slowly = [
        (found, each) for each in spellings if (found := alike(term, each, limit)) is not None
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rewriting, "_TOGETHER", together)
        assert list(spellings_alike(term, limit, spellings)) == slowly


def test_the_end_of_a_paragraph_is_no_spelling() -> None:
    assert list(spellings_alike(BREAK, 1, [BREAK, "a"])) == [(1, "a")]


def test_a_pattern_is_folded_as_a_word_is() -> None:
    assert pattern_term(f"Côt{ANY_LETTERS}") == f"cot{ANY_LETTERS}"
    assert pattern_term(f"O'B{ANY_LETTER}ien's") == f"ob{ANY_LETTER}ien"
    assert pattern_term(f"F-1{ANY_LETTER}") is None
    assert beginning(f"in{ANY_LETTER}unct{ANY_LETTERS}") == "in"
    whole = expression(f"a{ANY_LETTER}.{ANY_LETTERS}")
    assert matching(whole, ["ab.", "abcd", "a.", "xab."]) == ["ab."]


def test_an_expression_takes_a_time_that_grows_with_the_words_alone() -> None:
    assert matching("(a+)+b", ["a" * 64, "aab"] * 2_000) == ["aab"] * 2_000
    assert matching("[^x]*", ["a b", "x", "é"]) == ["a b", "é"]
    for wrong, why in (
        ("a)(b", "unexpected"),
        ("(?=a)", "invalid"),
        ("a{9999}", "invalid repetition"),
        ("a" * 101, "longer"),
    ):
        with pytest.raises(NotAnExpression, match=why):
            check_expression(wrong)
