"""Which clauses raise scores, and by how much."""

from __future__ import annotations

import pytest

from search.plan import Bonus, Term, TermSequence
from search.query_parser import parse
from search.ranking import EXACT_WEIGHT, PAIR_WEIGHT, bonuses


def exact(*terms: str, field: str = "text") -> list[Bonus]:
    return [Bonus(Term(f"{field}_exact", term), EXACT_WEIGHT) for term in terms]


def pair(first: str, second: str, field: str = "text") -> Bonus:
    return Bonus(TermSequence(field, (first, second)), PAIR_WEIGHT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Factories", exact("factories")),
        ("F-16", exact("f", "16")),
        ("shoe factories", [*exact("shoe", "factories"), pair("shoe", "factori")]),
        (
            "shoe F-16 jets",
            [*exact("shoe", "f", "16", "jets"), pair("shoe", "f"), pair("16", "jet")],
        ),
        ("shoes OR factories", exact("shoes", "factories")),
        ("shoes -factories", exact("shoes")),
        ('shoes "more shoes" shoe* date:2007 tag:KIPR', exact("shoes")),
        ("shoes section:summary", [*exact("shoes"), *exact("summary", field="section")]),
        ("-- shoes", exact("shoes")),
    ],
)
def test_bonuses(text: str, expected: list[Bonus]) -> None:
    assert list(bonuses(parse(text).tree)) == expected
