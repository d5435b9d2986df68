"""How a cable's summary opens, for lists of cables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Cable, Paragraph, Part
from search.answers.opening import opening

LONG = "The mill was sold to a cooperative of farmers who had rented it by the hour since the flood of the year before"


def cable(*texts: str, part: Part = Part.SUMMARY) -> Cable:
    return Cable(
        "07ROME1",
        paragraphs=tuple(
            Paragraph(f"p{number}", number, None, None, part, text)
            for number, text in enumerate(texts, 1)
        ),
    )


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("SUMMARY: The mill was sold.", "The mill was sold."),
        ("Summary. The mill was sold. End summary.", "The mill was sold."),
        ("(SBU) Begin summary: The mill\nwas sold. END SUMMARY AND COMMENT.", "The mill was sold."),
        ("SUMMARY AND ACTION REQUEST -- The mill was sold.", "The mill was sold."),
        ("Executive Summary (U): The mill was sold. --- END SUMMARY ---", "The mill was sold."),
        ("The mill was sold.", "The mill was sold."),
        ("Summary courts have sold the mill.", "Summary courts have sold the mill."),
        ("SUMMARY: END SUMMARY.", ""),
    ],
)
def test_label_and_end_mark_are_left_out(text: str, opens: str) -> None:
    assert opening(cable(text)) == opens


def test_it_is_cut_behind_a_sentence() -> None:
    assert opening(cable(f"{LONG}. {LONG}.", "More.")) == f"{LONG}."
    assert opening(
        cable(f"{LONG}, Gen. Rossi of the U.S. Army told Mr. Bianchi at No. 5, and")
    ) == (f"{LONG}, Gen. Rossi of the U.S. Army told Mr. Bianchi at No. 5, and")
    assert opening(cable(f"{LONG} of the U.S. {LONG}")) == (
        f"{LONG} of the U.S. The mill was sold to a cooperative of farmers who had rented it by the hour since the"
        " flood of …"
    )


def test_a_short_sentence_goes_on_into_the_next_paragraph() -> None:
    assert opening(cable("SUMMARY: It was sold.", "To farmers.")) == "It was sold. To farmers."


def test_a_summary_that_ended_does_not_go_on() -> None:
    assert opening(cable("It was sold. END SUMMARY.", "To farmers.")) == "It was sold."


def test_a_cable_without_a_summary_has_none() -> None:
    assert opening(cable("The mill was sold.", part=Part.BODY)) == ""
    assert opening(Cable("07ROME1")) == ""


@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_text_is_one_line_and_short(texts: list[str]) -> None:
    found = opening(cable(*texts))
    assert found == " ".join(found.split())
    assert len(found) <= 222
