"""NARA's document numbers: made of the post as the page line has it, whatever the telegram calls itself."""

from __future__ import annotations

import pytest

from corpus.ids import canonical_id as format_id
from corpus.ids import lookup_key
from corpus.posts import post, post_by_nara_letters
from indexer.page import RawPage
from indexer.parse import parse
from indexer.references import canonical_id

TELEGRAM = """PAGE 01        {page}  281920Z
O {date}
FM {sender}
TO SECSTATE WASHDC IMMEDIATE 1911

C O N F I D E N T I A L {own}

E.O. 11652: GDS
TAGS: PFOR
SUBJECT: LAMPS
REF: (A) USNATO 2987; (B) STATE 121550

1. THE LAMPS ARE LIT.

2. HE LEFT.
QUILL
"""


@pytest.mark.parametrize(
    ("page", "own", "sender", "ident"),
    [
        ("NATO 03012", "USNATO 3012", "USMISSION NATO", "1975NATO03012"),
        ("NATO 03012", "NATO 3012", "USMISSION NATO", "1975NATO03012"),
        ("USNATO 03012", "USNATO 3012", "USMISSION USNATO", "1975USNATO03012"),
        ("USUN N 04608", "USUN NEW YORK 4608", "USMISSION USUN NEW YORK", "1975USUNN04608"),
        ("JAKART 11907", "JAKARTA 11907", "AMEMBASSY JAKARTA", "1975JAKART11907"),
        ("LA PAZ 00173", "LA PAZ 0173", "AMEMBASSY LA PAZ", "1975LAPAZ00173"),
        # A page line of another telegram, or of a post that is none, says nothing.
        ("NATO 03011", "USNATO 3012", "USMISSION NATO", "1975USNATO03012"),
        ("XQZ 00173", "LA PAZ 0173", "AMEMBASSY LA PAZ", "1975LAPAZ00173"),
    ],
)
def test_a_telegram_s_own_number(page: str, own: str, sender: str, ident: str) -> None:
    text = TELEGRAM.format(page=page, own=own, sender=sender, date="281845Z MAY 75")
    (cable,) = parse(RawPage(text, "lamps.txt"))
    assert cable.id == ident
    # What another telegram cites as USNATO leads to it.
    assert cable.references[0].id is not None
    assert lookup_key(cable.references[0].id) == lookup_key("1975NATO02987")


def test_a_cable_of_another_time_has_its_own_form() -> None:
    text = TELEGRAM.format(
        page="NATO 03012", own="USNATO 3012", sender="USMISSION NATO", date="281845Z MAY 85"
    )
    (cable,) = parse(RawPage(text, "lamps.txt"))
    assert cable.id == "85USNATO3012"


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("1975NATO03012", "1975USNATO3012"),
        ("1974ATO01425", "1974USNATO1425"),
        ("1974USNATO00223", "1974USNATO223"),
        ("1979USUNN04608", "1979USUNNEWYORK4608"),
        # An agricultural trade office of our century is no NATO.
        ("09ATO12", "2009ATO12"),
    ],
)
def test_all_letters_of_a_post_are_one_key(number: str, key: str) -> None:
    assert lookup_key(number) == key


@pytest.mark.parametrize(
    "number", ["1975NATO03012", "1974ATO01425", "1974USNATO00223", "1979USUNN04608"]
)
def test_a_number_of_the_archive_stays_as_it_is(number: str) -> None:
    assert canonical_id(number) == number


def test_letters_that_are_known_are_taken() -> None:
    assert format_id(1975, "USNATO", 3012, "nara", "NATO") == "1975NATO03012"
    assert format_id(1975, "USNATO", 3012, "nara") == "1975USNATO03012"
    assert format_id(2009, "USNATO", 267, letters="NATO") == "09USNATO267"
    assert post_by_nara_letters("ATO") == post_by_nara_letters("NATO") == post("USNATO")
