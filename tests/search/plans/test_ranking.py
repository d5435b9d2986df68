"""Which clauses raise scores, and by how much."""

from __future__ import annotations

import pytest

from search.language.parser import parse
from search.plans.plan import Bonus, Flat, Term, TermSequence
from search.plans.ranking import (
    CONTEXT_WEIGHT,
    EXACT_WEIGHT,
    PAIR_WEIGHT,
    SUBJECT_PAIR_WEIGHT,
    bonuses,
)


def exact(term: str, field: str = "text") -> Bonus:
    return Bonus(Term(f"{field}_exact", term), EXACT_WEIGHT)


def typed(term: str) -> list[Bonus]:
    """A word as it was typed, in the unit and in the subject."""
    return [exact(term), exact(term, "subject")]


def helping(term: str, stem: str) -> list[Bonus]:
    """The same, and the word where it stands over the unit, as rare as it is in units' own words."""
    over = Bonus(Flat(Term("context", stem)), CONTEXT_WEIGHT, Term("text", stem))
    return [*typed(term), over]


def pair(first: str, second: str) -> list[Bonus]:
    return [
        Bonus(TermSequence(f"{field}_exact", (first, second)), weight)
        for field, weight in (("text", PAIR_WEIGHT), ("subject", SUBJECT_PAIR_WEIGHT))
    ]


SHOE, SHOES = helping("shoe", "shoe"), helping("shoes", "shoe")
FACTORIES = helping("factories", "factori")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        # A word alone is helped by nothing that stands over the unit.
        ("Factories", typed("factories")),
        ("F-16", [*typed("f"), *typed("16")]),
        ("text:shoes", [exact("shoes")]),
        ("shoe factories", [*SHOE, *FACTORIES, *pair("shoe", "factories")]),
        (
            "shoe F-16 jets",
            [
                *(*SHOE, *helping("f", "f"), *helping("16", "16"), *helping("jets", "jet")),
                *(*pair("shoe", "f"), *pair("16", "jets")),
            ],
        ),
        ("shoes OR factories", [*SHOES, *FACTORIES]),
        ("shoes -factories", SHOES),
        (
            'shoes "more shoes" shoe* date:2007 tag:KIPR',
            [
                *SHOES,
                *(
                    Bonus(TermSequence(f"{over}_exact", ("more", "shoes")), EXACT_WEIGHT)
                    for over in ("subject", "section")
                ),
            ],
        ),
        ('"shoes"', [exact("shoes", "subject"), exact("shoes", "section")]),
        ("shoes section:summary", [*SHOES, exact("summary", "section")]),
        ("-- shoes", SHOES),
    ],
)
def test_bonuses(text: str, expected: list[Bonus]) -> None:
    assert list(bonuses(parse(text).tree)) == expected
