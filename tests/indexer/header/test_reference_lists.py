"""References that are lists of small numbers, and words beside them that look like posts."""

from __future__ import annotations

import pytest

from indexer.header.references.mentions import mentions
from indexer.header.references.read import references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One digit is a further number in a list of small ones, not before a word.
        ("REF: 07 BAGHDAD 1, 2, AND 3", ["07BAGHDAD1", "07BAGHDAD2", "07BAGHDAD3"]),
        ("REF: LIMA 4 AND 5", ["07LIMA4", "07LIMA5"]),
        ("REF: LIMA 1234, 5 FAM 12", ["07LIMA1234", None]),
        # The letters of items in other signs, and a label on each item.
        ("REF: A.) LIMA 12\n     B.) QUITO 3", ["07LIMA12", "07QUITO3"]),
        ("REF: A/ LIMA 12  B/ QUITO 3", ["07LIMA12", "07QUITO3"]),
        ("REF: <A> LIMA 12 <B> QUITO 3", ["07LIMA12", "07QUITO3"]),
        ("REF: REF A: 05 STATE 5\nREF B: ROME 6", ["05STATE5", "07ROME6"]),
        ("REF: LIMA 12\n\n1. WE MET.\nREF B SAYS: 05 ROME 6", ["07LIMA12"]),
        # The year parted by strokes, or a small number behind it.
        ("REF: 05/MUMBAI/12", ["05MUMBAI12"]),
        ("REF: TASHKENT 06-7", ["06TASHKENT7"]),
        # The first paragraph on the field's line.
        ("REF: ROME 6 1. (SBU) Summary: In 06 PARIS 12 we said", ["07ROME6"]),
        ("REF: 1. (C) ROME 6 2. (U) PARIS 7", ["07ROME6", "07PARIS7"]),
        # A number of two digits right before another cable is that one's year.
        ("REF: DEPT 07 STATE 1", ["07STATE1"]),
        ("REF: LIMA 08 QUITO 3", ["08QUITO3"]),
        ("REF: LIMA 07, QUITO 3", ["07LIMA7", "07QUITO3"]),
        # Words one letter away from a post.
        ("REF: LIMA 1234 PARAS 5-7", ["07LIMA1234"]),
        ("REF: LIMA 1234 PARTS 1 AND 2", ["07LIMA1234"]),
        ("REF: CY06 LIMA 12", ["06LIMA12"]),
        ("REF: DEPTEL 12345", ["07STATE12345"]),
        ("REF: EU BRUSSELS 12", ["07USEUBRUSSELS12"]),
        # What a text has further down behind `REFTEL.` is a sentence.
        ("REF: LIMA 12\n\n1. SEE\nREFTEL. THE COMPLEX COSTS 5, AND MORE", ["07LIMA12"]),
    ],
)
def test_lists_of_small_numbers_and_words_like_posts(text: str, expected: list[str | None]) -> None:
    assert [each.id for each in references(text, 2007)] == expected


def test_the_joint_to_the_next_item_is_no_part_of_one() -> None:
    found = references("REFTELS: (A) PARIS 1233, AND (B) BONN 22", 2007)
    assert [each.text for each in found] == ["PARIS 1233", "BONN 22"]


def test_an_agency_s_report() -> None:
    assert [each.kind for each in references("REF: DIA/DHO 123-08", 2007)] == ["report"]


def test_a_run_of_blanks_behind_a_number_is_looked_at_once() -> None:
    """What takes them in each way to part them would not come back from this."""
    (found,) = mentions("LIMA 12" + " " * 400_000 + "X")
    assert (found.post.code, found.number, found.year) == ("LIMA", 12, None)
