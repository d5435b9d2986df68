"""Who signed, in the forms in which a signature stands under a cable, and what looks like one and is text."""

from __future__ import annotations

import pytest

from corpus.model import Cable
from indexer.page import RawPage
from indexer.parse import parse

OF_2009 = """R 191700Z JUN 09
FM AMEMBASSY LIMA
TO SECSTATE WASHDC 5005

UNCLAS LIMA 000555

E.O. 12958: N/A
TAGS: EMIN, PE
SUBJECT: THE LAMPS OF CALLAO

1. (U) The lamps are lit.

2. (U) He left.
"""
OF_1976 = """PAGE 01        KABUL 03344  110511Z
P 110400Z MAY 76
FM AMEMBASSY KABUL
TO SECSTATE WASHDC PRIORITY 6611

C O N F I D E N T I A L KABUL 3344

E.O. 11652: GDS
TAGS: PFOR, AF
SUBJECT: LAMPS

1. HE CAME.

"""


def read(text: str) -> Cable:
    (cable,) = parse(RawPage(text, "lamps.txt"))
    assert "".join(segment.text for segment in cable.segments) == text
    return cable


@pytest.mark.parametrize(
    ("ending", "signer"),
    [
        ("QUILL\nCHARGE D'AFFAIRES\n", "QUILL"),
        ("QUILL\nDEPUTY CHIEF OF MISSION\n\nUNCLASSIFIED\n", "QUILL"),
        ("\nP. Michael Quill\nAmbassador\n", "P. Michael Quill"),
        ("\nQUILL (AMBASSADOR)\n", "QUILL"),
        ("\nQUILL (CHARGE)\n##\n", "QUILL"),
        ("\nMINIMIZE CONSIDERED\nVAN QUILL\n", "VAN QUILL"),
        ("\nVisit Lima's Classified Website:\nhttp://www.example.gov/lima/\nQUILL\n", "QUILL"),
        ("\nAmb. Quill\n", "Quill"),
        ("QUILL\n", "QUILL"),
        ("\nQuill\n", "Quill"),
    ],
)
def test_a_signature_of_2009(ending: str, signer: str) -> None:
    cable = read(OF_2009 + ending)
    assert cable.signed_by == (signer,)
    last = cable.paragraphs[-1].text.split("\n")
    assert last[0] == "He left."
    assert "Quill" not in cable.paragraphs[-1].text.title()


@pytest.mark.parametrize(
    ("ending", "signer", "text"),
    [
        ("2. REQUEST INSTRUCTIONS. VANDEN QUILL\nNNN\n", "VANDEN QUILL", "REQUEST INSTRUCTIONS."),
        ("2. REQUEST INSTRUCTIONS. DE QUILL\n\nNNN\n", "DE QUILL", "REQUEST INSTRUCTIONS."),
        ("2. REQUEST INSTRUCTIONS. QUILL\nNNN\n", "QUILL", "REQUEST INSTRUCTIONS."),
        ("2. WE RECOMMEND THAT DEPARTMENT REPLY SOON\nQUILL\n", "QUILL", "WE RECOMMEND THAT DEPARTMENT REPLY SOON"),
        ("WE RECOMMEND A REPLY BEFORE MAY 20\nQUILL\n", "QUILL", "WE RECOMMEND A REPLY BEFORE MAY 20"),
    ],
)  # fmt: skip
def test_a_signature_of_1976(ending: str, signer: str, text: str) -> None:
    cable = read(OF_1976 + ending)
    assert cable.signed_by == (signer,)
    assert cable.paragraphs[-1].text.endswith(text)
    assert cable.problems == ()


@pytest.mark.parametrize(
    "ending",
    [
        "\nThe following will travel:\n\nPeter Quill\nAmbassador\n\nJohn Doe\nConsul\n",
        "\nContacts\nhttp://www.example.gov/lima/\n",
        "\nUseful pages:\nhttp://www.example.gov/lima/\nContacts\n",
        "\nAmb. Quill met him again.\n",
        "\nThe Ambassador\n",
    ],
)
def test_what_is_no_signature_of_2009(ending: str) -> None:
    cable = read(OF_2009 + ending)
    assert cable.signed_by == ()
    assert cable.paragraphs[-1].text.split()[-1] == ending.split()[-1]


@pytest.mark.parametrize(
    "ending",
    [
        "2. HE IS AWAY. PLEASE ADVISE\n",
        "2. HE RETURNED VIA PERU. LA PAZ\n",
        "2. ADVISE SOONEST. MANY THANKS\n",
        "2. THE FOLLOWING WILL TRAVEL:\n\nQUILL\nDOE\nREADER\n",
        "2. WE HOPE THAT THE MINISTER WILL AGREE TO SEE THE\nAMBASSADOR\n",
        "2. WE HOPE THAT HE WILL SOON BE SEEN AGAIN IN\nWASHINGTON\n",
        "2. WE HOPE THAT HE WILL SOON SEE THE NEW\nAMBASSADOR\n",
        "2. HE CAME BECAUSE HE MUST SEE LAMPS AND\nLAMPS\n",
        "2. QUANTITIES:\nWHEAT    1,200\nRICE     900\nTOTAL\n",
    ],
)
def test_what_is_no_signature_of_1976(ending: str) -> None:
    cable = read(OF_1976 + ending)
    assert cable.signed_by == ()
    assert cable.paragraphs[-1].text.split()[-1] == ending.split()[-1]
