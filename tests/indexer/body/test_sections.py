"""A telegram that was sent in sections: which of them a page lacks."""

from __future__ import annotations

import pytest

from corpus.model import Problem
from indexer.page import RawPage
from indexer.parse import parse

OF_2009 = """R 191700Z JUN 09
FM AMEMBASSY LIMA
TO SECSTATE WASHDC 5005

UNCLAS {section} LIMA 000555

E.O. 12958: N/A
TAGS: EMIN, PE
SUBJECT: LAMPS

1. (U) The lamps are lit.

2. (U) He left us {behind}"""
OF_1976 = """PAGE 01        KABUL 03344  {part}  110511Z
P 110400Z MAY 76
FM AMEMBASSY KABUL
TO SECSTATE WASHDC PRIORITY 6611

C O N F I D E N T I A L {section} KABUL 3344

E.O. 11652: GDS
TAGS: PFOR, AF
SUBJECT: LAMPS

1. THE LAMPS ARE LIT.

2. HE LEFT. {behind}"""
CLASS_LINE = "UNCLAS SECTION 02 OF 03 LIMA 000555"
MARK = "LIMA 00000555  002 OF 003"
FIRST = "LIMA 00000555  001.2 OF 004"
# The second section, as the wire sent it.
SECOND = """
CONFIDENTIAL

PAGE 01        KABUL 03344  02 OF 02  110511Z
P 110400Z MAY 76
FM AMEMBASSY KABUL
TO SECSTATE WASHDC PRIORITY 6612

C O N F I D E N T I A L SECTION 2 OF 2 KABUL 3344

3. HE CAME BACK.
QUILL
"""


def told(text: str) -> list[Problem]:
    (cable,) = parse(RawPage(text, "lamps.txt"))
    assert "".join(segment.text for segment in cable.segments) == text
    return [each for each in cable.problems if each.code == "section-missing"]


@pytest.mark.parametrize(
    ("section", "behind", "missing"),
    [
        ("SECTION 01 OF 02", "a letter.\n", "section 2 of the telegram's 2 is"),
        ("SECTION 01 OF 03", "a letter.\n", "sections 2 and 3 of the telegram's 3 are"),
        ("SECTION 01 OF 03", f"a\n\n{CLASS_LINE}\n\nletter.\nQUILL\n", "section 3 of the telegram's 3 is"),
        ("SECTION 01 OF 03", f"a\n\n{MARK}\n\n\nletter.\nQUILL\n", "section 3 of the telegram's 3 is"),
        ("SECTION 01 OF 04", f"a\n\n{FIRST}\n\n\nletter.\n", "sections 2, 3 and 4 of the telegram's 4 are"),
        ("SECTION 02 OF 02", "a letter.\nQUILL\n", "section 1 of the telegram's 2 is"),
    ],
)  # fmt: skip
def test_a_section_of_2009_that_is_missing(section: str, behind: str, missing: str) -> None:
    (problem,) = told(OF_2009.format(section=section, behind=behind))
    assert problem.message.startswith(missing)


@pytest.mark.parametrize(
    ("section", "behind"),
    [
        # Who signs does so under the last section: its marks were lost, not its text.
        ("SECTION 01 OF 03", "a letter.\nQUILL\n"),
        ("SECTION 01 OF 03", "a\n\nLIMA 00000555  002.2 OF 003\n\nblue\n\nLIMA 00000555  003 OF 003\n\nletter.\n"),
        ("SECTION 01 OF 02", "a\n\nUNCLAS FINAL SECTION OF 02 LIMA 000555\n\nletter.\n"),
        ("SECTION 01 OF 02", "a LIMA 00000555  002 OF 002 letter.\n"),
        ("SECTION 01 OF 02", "a UNCLAS SECTION 02 OF 02 LIMA 000555 letter.\n"),
        ("SECTION 01 OF 02", "a UNCLAS FINAL SECTION OF 02 LIMA 000555 letter.\n"),
        ("SECTION 01 OF 02", "a PAGE 01 LIMA 00555  02 OF 02  191700Z letter.\n"),
        # The class line was lost, and the mark of the second section stands in the text.
        ("", "a\n\nLIMA 00000555  002 OF 002\n\n\nletter.\n"),
        ("", "section 1 of 2 of the law.\n"),
        ("SECTION 01 OF 02", "a" + "".join(f"\nletter of the {day}th" for day in range(200)) + ".\n"),
    ],
)  # fmt: skip
def test_no_section_of_2009_is_missing(section: str, behind: str) -> None:
    assert told(OF_2009.format(section=section, behind=behind)) == []


def test_the_mark_of_a_second_section_in_the_header_stands_behind_the_first() -> None:
    text = OF_2009.format(section="", behind="a letter.\n")
    assert told(text.replace("1. (U)", "LIMA 00000555  002 OF 002\n\n\n1. (U)")) == []


@pytest.mark.parametrize(
    ("part", "section"),
    [
        ("01 OF 02", "SECTION 1 OF 2"),
        ("01 OF 02", "SECTION ONE OF TWO"),
        ("01 OF 02", ""),
        ("", "SECTION 1 OF 2"),
    ],
)
def test_a_telegram_of_1976_without_its_second_section(part: str, section: str) -> None:
    (problem,) = told(OF_1976.format(part=part, section=section, behind="\n"))
    assert problem.message == "section 2 of the telegram's 2 is not on the page"


def test_a_telegram_of_1976_with_its_second_section() -> None:
    text = OF_1976.format(part="01 OF 02", section="SECTION 1 OF 2", behind=f"\n{SECOND}")
    (cable,) = parse(RawPage(text, "lamps.txt"))
    # A first section may be so short that the second begins where its header might still be.
    assert [paragraph.number for paragraph in cable.paragraphs] == [1, 2, 3]
    assert cable.signed_by == ("QUILL",)
    assert (
        told(OF_1976.format(part="01 OF 02", section="SECTION 1 OF 2", behind=f"\n{SECOND}")) == []
    )


@pytest.mark.parametrize(("part", "section"), [("", ""), ("01 OF 01", "")])
def test_a_telegram_of_one_section(part: str, section: str) -> None:
    assert told(OF_1976.format(part=part, section=section, behind="\n")) == []
