"""Comparing two texts takes work in proportion to their lengths, whatever they are made of."""

from __future__ import annotations

from cProfile import Profile
from itertools import cycle, islice

import pytest
from sent_again import sentences

from corpus.model import Cable, Paragraph, Part
from search.telegrams.comparing import compare, text_of
from search.telegrams.signatures import signature, words_of

SIZES = (600, 6_000)
# Calls of functions, those into libraries included.
CALLS_A_WORD = 30
UNITS = {
    "one word": ["a"],
    "two words": ["a", "b"],
    "a row again and again": ["a", "b", "c", "d", "e"],
    "invented": sentences(1, 900).split(),
    "figures": [str(number) for number in range(700)],
}


def calls(one: list[str], other: list[str]) -> int:
    profile = Profile()
    profile.enable()
    compare(one, other)
    profile.disable()
    return sum(each.callcount for each in profile.getstats())


@pytest.mark.parametrize("left", UNITS)
@pytest.mark.parametrize("right", UNITS)
def test_the_work_is_so_much_for_each_word(left: str, right: str) -> None:
    for size in SIZES:
        one, other = (list(islice(cycle(UNITS[each]), size)) for each in (left, right))
        assert calls(one, other) <= CALLS_A_WORD * size


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "[omitted ",
        "[a",
        "- ",
        "SECTION ",
        "FOR a FROM b ",
        "C O R R E C T E D ",
        "FOLLOWING ",
        "FOL a ",
        " ",
        "\t",
    ],
)
def test_a_long_text_of_anything_is_read(unit: str) -> None:
    """A pattern that ran back and forth would never come to its end."""
    text = unit * (300_000 // len(unit))
    cable = Cable("some", paragraphs=(Paragraph("p1", 1, None, None, Part.BODY, text),))
    assert len(words_of([text])) <= len(text)
    assert signature(cable)
    assert text_of(cable).key == "some"
