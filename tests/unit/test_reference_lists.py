"""References that are lists of small numbers, and words beside them that look like posts."""

from __future__ import annotations

import pytest

from indexer.cable_mentions import mentions
from indexer.references import references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One digit is a further number in a list of small ones, not before a word.
        ("REF: 07 BAGHDAD 1, 2, AND 3", ["07BAGHDAD1", "07BAGHDAD2", "07BAGHDAD3"]),
        ("REF: LIMA 4 AND 5", ["07LIMA4", "07LIMA5"]),
        ("REF: LIMA 1234, 5 FAM 12", ["07LIMA1234", None]),
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
