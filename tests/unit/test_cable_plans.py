"""A question about paragraphs as one about cables: where it is the same, and where it is not."""

from __future__ import annotations

import pytest

from search.cable_plans import by_cable
from search.plan import (
    All,
    AllOf,
    AnyOf,
    NoneOf,
    NumberRange,
    Plan,
    Term,
    TermPrefix,
    TermSequence,
    Value,
)

WHEAT, ROSE = Term("text", "wheat"), Term("text", "rose")
PARIS, SBU = Value("origin", "paris"), Value("mark", "sbu")
SUBJECT = TermSequence("subject", ("wheat", "review"))


@pytest.mark.parametrize(
    ("plan", "asked"),
    [
        (WHEAT, Term("cable", "wheat")),
        (TermPrefix("text", "whe"), TermPrefix("cable", "whe")),
        (AnyOf((WHEAT, ROSE)), AnyOf((Term("cable", "wheat"), Term("cable", "rose")))),
        (AllOf((WHEAT, PARIS)), AllOf((Term("cable", "wheat"), PARIS))),
        (AllOf((NoneOf(PARIS), WHEAT)), AllOf((Term("cable", "wheat"), NoneOf(PARIS)))),
        (AllOf((WHEAT, SUBJECT)), AllOf((Term("cable", "wheat"), SUBJECT))),
        (AllOf((PARIS, NumberRange("date", 1, 2))), AllOf((PARIS, NumberRange("date", 1, 2)))),
        (All(), All()),
    ],
)
def test_the_same_question(plan: Plan, asked: Plan) -> None:
    assert by_cable(plan) == asked


@pytest.mark.parametrize(
    "plan",
    [
        AllOf((WHEAT, ROSE)),  # may stand in two paragraphs
        AllOf((WHEAT, SBU)),
        NoneOf(WHEAT),  # a paragraph without it, and not a cable
        SBU,
        NumberRange("words", 1, 2),
        Term("text_exact", "wheat"),
        TermSequence("text", ("wheat", "rose")),
        AnyOf((WHEAT, SBU)),
    ],
)
def test_another_question(plan: Plan) -> None:
    assert by_cable(plan) is None
