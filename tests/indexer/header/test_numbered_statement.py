"""`1. (U) Classified by ...`: the first paragraph and a field at once where the numbering says so, else a field."""

from __future__ import annotations

import pytest

from corpus.model import Cable
from indexer.page import RawPage
from indexer.parse import parse

HEADER = """R 191700Z JUN 09
FM AMEMBASSY LIMA
TO SECSTATE WASHDC 5005

C O N F I D E N T I A L LIMA 000555

E.O. 12958: DECL: 06/19/2019
TAGS: EMIN, PE
SUBJECT: THE LAMPS OF CALLAO

"""
BEHIND = "\n\n2. (C) The lamps are out.\n\n3. (C) Comment: Still.\nSTRUBLE\n"


def read(text: str) -> Cable:
    (cable,) = parse(RawPage(text, "lamps.txt"))
    assert "".join(segment.text for segment in cable.segments) == text
    return cable


@pytest.mark.parametrize(
    ("statement", "mark", "who"),
    [
        ("1. (U) Classified by Ambassador J. Curtis Quill; reasons\n1.5 (b).", "U", "J. Curtis Quill"),
        ("1. (C) CLASSIFIED BY AMBASSADOR QUILL. REASON: 1.5 (B).", "C", "Quill"),
        ("1. (U) Classified by DCM Jane Doe.\nReason: 1.4 (d).", "U", "Jane Doe"),
        ("1. CLASSIFIED BY: Philip H. Quill, Assistant Secretary. REASON: 1.4 (B)\nAND (D).", None, "Philip H. Quill"),
        ("1. (C) This cable was classified by A/DCM John Doe, reasons 1.4 (b).", "C", "John Doe"),
    ],
)  # fmt: skip
def test_a_statement_before_paragraph_2_is_paragraph_1(
    statement: str, mark: str | None, who: str
) -> None:
    cable = read(HEADER + statement + BEHIND)
    assert [paragraph.number for paragraph in cable.paragraphs] == [1, 2, 3]
    first = cable.paragraphs[0]
    assert first.mark == mark
    words = statement.split()[1 if mark is None else 2 :]
    assert first.text == " ".join(words)
    assert cable.classified_by == (who,)
    assert cable.problems == ()


def test_the_next_line_may_be_the_next_paragraph() -> None:
    text = f"{HEADER}1. (U) Classified by DCM Jane Doe, reason 1.4 (d).\n2. (C) The lamps are out.\nQUILL\n"
    assert [paragraph.number for paragraph in read(text).paragraphs] == [1, 2]


@pytest.mark.parametrize(
    ("statement", "behind", "numbers"),
    [
        ("Classified By: DCM John Doe, reasons 1.4 (b).", "\n\n1. (C) The lamps.\n\n2. (C) Still.\n", [1, 2]),
        ("(C) Classified by DCM John Doe, reasons 1.4 (b).", "\n\n1. (C) The lamps.\n\n2. (C) Still.\n", [1, 2]),
        ("1. (C) Classified by DCM John Doe, reasons 1.4 (b).", "\n\n1. (C) The lamps.\n\n2. (C) Still.\n", [1, 2]),
        ("1. (C) Classified by DCM John Doe, reasons 1.4 (b).", "\n\nThe lamps are out. They were lit.\n", [None]),
        ("1. (C) Classified by DCM John Doe, reasons 1.4 (b).\nREF: LIMA 12", BEHIND, [2, 3]),
    ],
)  # fmt: skip
def test_any_other_statement_is_a_field(
    statement: str, behind: str, numbers: list[int | None]
) -> None:
    cable = read(HEADER + statement + behind)
    assert [paragraph.number for paragraph in cable.paragraphs] == numbers
    assert cable.classified_by == ("John Doe",)


def test_a_later_paragraph_may_ask_who_classified_something() -> None:
    text = f"{HEADER}1. (C) The lamps are out.\n\n2. (C) Classified by whom? He would not say.\n\n3. (C) Still.\n"
    cable = read(text)
    assert [paragraph.number for paragraph in cable.paragraphs] == [1, 2, 3]
    assert cable.classified_by == ()
