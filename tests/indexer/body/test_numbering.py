"""Which lines start a paragraph: the chain decides, not the line."""

from __future__ import annotations

import pytest

from indexer.body.numbering import Start, choose_starts, possible_start


def start(words: str, *, after_blank: bool = True, after_loose: bool = False) -> Start | None:
    return possible_start(words, 0, after_blank=after_blank, after_loose=after_loose)


@pytest.mark.parametrize(
    ("words", "number", "mark", "rest"),
    [
        ("1. (SBU) The port", 1, "SBU", "The port"),
        ("¶1.(U) The port", 1, "U", "The port"),
        ("12) The port", 12, None, "The port"),
        ("3.", 3, None, ""),
        ("(SBU) 4. The port", 4, "SBU", "The port"),
        ("1.  Summary: (SBU) The port", 1, "SBU", "Summary: The port"),
        ("7 . The port", 7, None, "The port"),
        ("1. (C - ENTIRE TEXT)", 1, "C", ""),
    ],
)
def test_forms(words: str, number: int, mark: str | None, rest: str) -> None:
    found = start(words)
    assert found is not None
    assert (found.number, found.mark, found.rest) == (number, mark, rest)


@pytest.mark.parametrize(
    "words",
    ["2006. He said", "1.4 (b) and (d)", "4.5 percent", "(1) first", "A. first", "", "USD 3. No"],
)
def test_false_starts(words: str) -> None:
    assert start(words) is None


def chosen(*lines: tuple[str, bool]) -> list[int]:
    """The indices chosen of lines given as (words, after a blank line)."""
    found = [
        possible_start(words, at, after_blank=blank, after_loose=False)
        for at, (words, blank) in enumerate(lines)
    ]
    return [each.at for each in choose_starts([each for each in found if each is not None])]


def test_a_sentence_that_begins_with_a_number() -> None:
    lines = [("1. (U) a", True), ("2. (U) b", True), ("30. A new one", False), ("3. (U) c", True)]
    assert chosen(*lines) == [0, 1, 3]


def test_the_next_number_in_the_middle_of_a_paragraph() -> None:
    lines = [
        ("1. (U) a", True),
        ("2. feed the horses", False),
        ("2. (U) b", True),
        ("3. (U) c", True),
    ]
    assert chosen(*lines) == [0, 2, 3]


def test_a_list_inside_a_paragraph() -> None:
    inner = [("1. one", False), ("2. two", False), ("3. three", False)]
    lines = [("1. (C) a", True), ("2. (C) b", True), *inner, ("3. (C) c", True), ("4. (C) d", True)]
    assert chosen(*lines) == [0, 1, 5, 6]


def test_gaps_are_jumped() -> None:
    assert chosen(
        ("1. (C) a", True), ("2. (C) b", True), ("5. (C) c", True), ("6. (C) d", True)
    ) == [0, 1, 2, 3]


def test_a_number_twice() -> None:
    assert chosen(
        ("1. (C) a", True), ("2. (C) b", True), ("2. (C) c", True), ("3. (C) d", True)
    ) == [0, 1, 2, 3]


def test_a_text_cut_at_its_top() -> None:
    assert chosen(("7. (C) a", True), ("8. (C) b", True), ("9. (C) c", True)) == [0, 1, 2]


def test_numbered_anew() -> None:
    lines = [(f"{n}. (U) text", True) for n in (1, 2, 3, 4)] * 2
    assert chosen(*lines) == list(range(8))


def test_nothing() -> None:
    assert choose_starts([]) == []


def test_far_jumps_are_of_marked_starts_behind_a_break() -> None:
    top = [("1. (U) a", True), ("2. (U) b", True), ("3. (U) c", True)]
    assert chosen(*top, ("10. (U) e", True), ("11. (U) f", True)) == [0, 1, 2, 3, 4]
    assert chosen(*top, ("10. (U) e", False), ("11. (U) f", False)) == [0, 1, 2]
    assert chosen(*top, ("20. (U) one", True), ("4. (U) d", True), ("5. (U) e", True)) == [
        0,
        1,
        2,
        4,
        5,
    ]
    inner = [("20. one", True), ("21. two", True), ("22. three", True)]
    assert chosen(*top, *inner, ("4. (U) d", True)) == [0, 1, 2, 6]
    assert chosen(*top, *inner) == [0, 1, 2]
