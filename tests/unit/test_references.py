"""The REF line in its spellings."""

from __future__ import annotations

import pytest

from indexer.references import read_references, references


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("REF: A) Guangzhou 51; B) 06 Guangzhou 32379", ["07GUANGZHOU51", "06GUANGZHOU32379"]),
        ("REF: STATE 039787", ["07STATE39787"]),
        ("REFS: A. 2006 STATE 123\n      B. LA PAZ 44", ["06STATE123", "07LAPAZ44"]),
        ("REF: (A) STATE (01) 201265", ["01STATE201265"]),
        ("REFTEL: 06STATE1234", ["06STATE1234"]),
        ("REF: A. PARIS 7472 AND 7677", ["07PARIS7472", "07PARIS7677"]),
        ("REF: LIMA 2 (AND PARIS 7472 AND 7677)", ["07LIMA2", "07PARIS7472", "07PARIS7677"]),
        ("REF: A. LIMA 12 (NOTAL)", ["07LIMA12"]),
        ("REF: [A] SAN JOSE 525 [B] RIO DE JANEIRO 9", ["07SANJOSE525", "07RIODEJANEIRO9"]),
        ("REF: E-MAIL SMITH-JONES OF 3/4/07", [None]),
        ("REF: A. DEA TELCON OF 02/11/09", [None]),
        ("REF:", []),
        ("", []),
    ],
)
def test_references(text: str, ids: list[str | None]) -> None:
    assert [reference.id for reference in references(text, 2007)] == ids


def test_a_posts_own_later_number_is_of_the_year_before() -> None:
    found, _ = read_references("REF: LIMA 900", 2007, ("LIMA", 12))
    assert found[0].id == "06LIMA900"


def test_kinds_and_bullets() -> None:
    found = references("REF: A. LIMA 12 B. E-MAIL OF 3/4 C. 9 FAM 41.31", 2007)
    assert [(each.bullet, each.kind) for each in found] == [
        ("A", "cable"),
        ("B", "email"),
        ("C", "book"),
    ]


def test_a_cut_reference_is_kept_and_reported() -> None:
    found, problems = read_references("REFERENCE: A) Guangzhou 51; C) 06 Guangzhou", 2007)
    assert [each.id for each in found] == ["07GUANGZHOU51", None]
    assert [problem.code for problem in problems] == ["reference-truncated"]
