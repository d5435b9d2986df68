"""The work grows with the length of the text, whatever it is made of."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import NoReturn

import pytest

from corpus.omissions import of_the_record, omissions

LENGTH, SECONDS = 300_000, 20
# What a pattern begins with, or goes on with, again and again.
UNITS = (
    *("[", "(", "[a", "[a]", "[[a]", "((garble", "{a", "XXXX ", "x", "xxxx", "█ ", "- ", "/ "),
    *("B1, ", "(b)(1)", "(b) ", "1.4(", "1.4(B) and ", "25X1", "E.O. 12958 ", "not declassified "),
    *(
        "1 line ",
        "less than ",
        "one and ",
        "[1 line of ",
        "(not ",
        "-- garble",
        "the text ",
        "[1-",
        "½",
    ),
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """The work may take so many seconds of the processor."""

    def late(signal_number: int, frame: object) -> NoReturn:
        pytest.fail(f"not read in {SECONDS} seconds")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("lead", ["", "[", "[ 1 line", "not declassified "])
@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_is_read_in_its_length(unit: str, lead: str) -> None:
    text = f"{lead}{unit * (LENGTH // len(unit))} not declassified]"
    found = omissions(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert of_the_record([text]) == ()
