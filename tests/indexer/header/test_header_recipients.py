"""The addressees of a cable."""

from __future__ import annotations

import pytest

from corpus.model import Recipient
from indexer.header import info_recipients, recipients


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TO RUEHC/SECSTATE WASHDC 0123", (Recipient("SECSTATE WASHDC", "RUEHC", None, "0123"),)),
        # A line end inside a name, a route without its stroke, and routes among the posts left out.
        (
            "TO RUEHC/SECSTATE\nWASHDC PRIORITY 12\nRUEHBU/AMEMBASSY BUENOS\nAIRES 0123\nRUEHQT/AMEMBASSY QUITO",
            (
                Recipient("SECSTATE WASHDC", "RUEHC", "PRIORITY", "12"),
                Recipient("AMEMBASSY BUENOS AIRES", "RUEHBU", None, "0123"),
                Recipient("AMEMBASSY QUITO", "RUEHQT"),
            ),
        ),
        (
            "TO RUEHQT/AMEMBASSY QUITO\nAMEMBASSY LIMA",
            (Recipient("AMEMBASSY QUITO", "RUEHQT"), Recipient("AMEMBASSY LIMA")),
        ),
        ("TO RUEHC SECSTATE WASHDC 12", (Recipient("SECSTATE WASHDC", "RUEHC", None, "12"),)),
        (
            "TO ALL POSTS COLLECTIVE XMT RUEHBU/AMEMBASSY BEIRUT, RUEHKA/AMEMBASSY KABUL",
            (Recipient("ALL POSTS COLLECTIVE", excluded=("AMEMBASSY BEIRUT", "AMEMBASSY KABUL")),),
        ),
        (
            "TO RUEHC / SECSTATE WASHDC IMMEDIATE",
            (Recipient("SECSTATE WASHDC", "RUEHC", "IMMEDIATE"),),
        ),
        (
            "TO SECSTATE WASHDC PRIORITY\nAMEMBASSY PARIS\n\nINFO X",
            (Recipient("SECSTATE WASHDC", None, "PRIORITY"), Recipient("AMEMBASSY PARIS")),
        ),
        (
            (
                "TO RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 0001\n"
                "RHEHNSC/WHITE HOUSE NATIONAL SECURITY COUNCIL WASHINGTON DC NIACT IMMEDIATE\n"
                "INFO RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY"
            ),
            (
                Recipient("SECSTATE WASHDC", "RUEHC", "NIACT IMMEDIATE", "0001"),
                Recipient(
                    "WHITE HOUSE NATIONAL SECURITY COUNCIL WASHINGTON DC",
                    "RHEHNSC",
                    "NIACT IMMEDIATE",
                ),
            ),
        ),
        ("TO:\nSECSTATE WASHDC", (Recipient("SECSTATE WASHDC"),)),
        (
            "TO RHMFISS/CDR USCENTCOM MACDILL AFB FL//CCJ2/CCJ5//\nRUEAIIA/CIA WASHINGTON DC",
            (
                Recipient("CDR USCENTCOM MACDILL AFB FL//CCJ2/CCJ5//", "RHMFISS"),
                Recipient("CIA WASHINGTON DC", "RUEAIIA"),
            ),
        ),
        (
            (
                "TO ALL NATO POST COLLECTIVE XMT AMEMBASSY ANKARA\n"
                "AMEMBASSY ATHENS\nRUEHXX/AMEMBASSY PARIS"
            ),
            (
                Recipient(
                    "ALL NATO POST COLLECTIVE",
                    None,
                    None,
                    None,
                    ("AMEMBASSY ANKARA", "AMEMBASSY ATHENS"),
                ),
                Recipient("AMEMBASSY PARIS", "RUEHXX"),
            ),
        ),
        (
            "TO RUEHC/SECSTATE WASHDC 1234 PRIORITY",
            (Recipient("SECSTATE WASHDC", "RUEHC", "PRIORITY", "1234"),),
        ),
        (
            "TO RUEHTC/AMEMBASSY THE HAGUE PRIORITY 12",
            (Recipient("AMEMBASSY THE HAGUE", "RUEHTC", "PRIORITY", "12"),),
        ),
        (
            (
                "TO ZEN/AMEMBASSY BERLIN\n"
                "RHMFISS/HQ USEUCOM VAIHINGEN GE//J5//PRIORITY\nUSDOC/ITA WASHDC"
            ),
            (
                Recipient("AMEMBASSY BERLIN", "ZEN"),
                Recipient("HQ USEUCOM VAIHINGEN GE//J5//", "RHMFISS", "PRIORITY"),
                Recipient("USDOC/ITA WASHDC"),
            ),
        ),
        ("", ()),
        (
            (
                "FM AMEMBASSY LA PAZ TO SECSTATE WASHDC PRIORITY 5322 INFO AMEMBASSY LIMA "
                "UNCLAS LA PAZ 2423"
            ),
            (Recipient("SECSTATE WASHDC", None, "PRIORITY", "5322"),),
        ),
        (
            "TO ALL POSTS COLLECTIVE PRIORITY XMT BEIRUT, KABUL AND BAGHDAD",
            (
                Recipient(
                    "ALL POSTS COLLECTIVE", None, "PRIORITY", None, ("BEIRUT", "KABUL", "BAGHDAD")
                ),
            ),
        ),
        ("1. TO THE MINISTER", ()),
        (
            "TO RUEHC/SECSTATE WASHDC\n\nUNCLAS X 12\n\n1. HE WENT\nTO PARIS WITH US",
            (Recipient("SECSTATE WASHDC", "RUEHC"),),
        ),
        (
            "TO RUCNRAQ/IRAQ COLLECTIVE XMT AMEMBASSY BEIRUT AMEMBASSY KABUL",
            (
                Recipient(
                    "IRAQ COLLECTIVE",
                    "RUCNRAQ",
                    None,
                    None,
                    ("AMEMBASSY BEIRUT", "AMEMBASSY KABUL"),
                ),
            ),
        ),
        (
            "TO RUEKJCS/JOINT STAFF WASHDC//J2/J3//\nRUEHBJ/AMEMBASSY BEIJING FLASH 0001",
            (
                Recipient("JOINT STAFF WASHDC//J2/J3//", "RUEKJCS"),
                Recipient("AMEMBASSY BEIJING", "RUEHBJ", "FLASH", "0001"),
            ),
        ),
    ],
)
def test_action_addressees(text: str, expected: tuple[Recipient, ...]) -> None:
    assert recipients(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "INFO RUCNMEM/EU MEMBER STATES COLLECTIVE\nRUEHBS/USEU BRUSSELS",
            (
                Recipient("EU MEMBER STATES COLLECTIVE", "RUCNMEM"),
                Recipient("USEU BRUSSELS", "RUEHBS"),
            ),
        ),
        (
            (
                "INFO RUEHSS/OECD POSTS COLLECTIVE XMT AMEMBASSY BERN, AMEMBASSY ROME AND "
                "USMISSION GENEVA\nRUEHRL/AMEMBASSY BERLIN 0012\n \nC O N F I D E N T I A L X 12"
            ),
            (
                Recipient(
                    "OECD POSTS COLLECTIVE",
                    "RUEHSS",
                    None,
                    None,
                    ("AMEMBASSY BERN", "AMEMBASSY ROME", "USMISSION GENEVA"),
                ),
                Recipient("AMEMBASSY BERLIN", "RUEHRL", None, "0012"),
            ),
        ),
        (
            "INFO IRAQ COLLECTIVE PRIORITY\nXMT BAGHDAD",
            (Recipient("IRAQ COLLECTIVE", None, "PRIORITY", None, ("BAGHDAD",)),),
        ),
        (
            "TO X\nINFO RUEHUNV/UNVIE VIENNA 1\n\nRUEHIN/AIT TAIPEI 22\nUNCLAS",
            (
                Recipient("UNVIE VIENNA", "RUEHUNV", None, "1"),
                Recipient("AIT TAIPEI", "RUEHIN", None, "22"),
            ),
        ),
        ("INFO\nRUEHXX/A B\nBT\nUNCLAS", (Recipient("A B", "RUEHXX"),)),
        ("INFO  OCT-01  ARA-15  /024 W\nFM X\nTO SECSTATE WASHDC", ()),
        ("", ()),
        ("SUBJECT: X", ()),
    ],
)
def test_info_addressees(text: str, expected: tuple[Recipient, ...]) -> None:
    assert info_recipients(text) == expected


def names(text: str) -> list[tuple[str | None, str]]:
    return [(each.route, each.name) for each in info_recipients(text)]


def test_several_addressees_on_one_line() -> None:
    assert names("INFO RUEHC/SECSTATE WASHDC, RUEHBS/USEU BRUSSELS") == [
        ("RUEHC", "SECSTATE WASHDC"),
        ("RUEHBS", "USEU BRUSSELS"),
    ]
    assert names("INFO: AMEMBASSY PARIS, AMEMBASSY ROME") == [
        (None, "AMEMBASSY PARIS"),
        (None, "AMEMBASSY ROME"),
    ]


def test_other_words_for_all_but_these() -> None:
    (found,) = info_recipients("INFO NATO COLLECTIVE EXCEPT AMEMBASSY ANKARA, AMEMBASSY ATHENS")
    assert (found.name, found.excluded) == (
        "NATO COLLECTIVE",
        ("AMEMBASSY ANKARA", "AMEMBASSY ATHENS"),
    )


def test_a_precedence_cut_short() -> None:
    (found,) = recipients("TO AMEMBASSY PARIS NIACT IMMED")
    assert (found.name, found.precedence) == ("AMEMBASSY PARIS", "NIACT IMMEDIATE")


def test_action_and_information_on_one_line() -> None:
    line = "TO RUEHC/SECSTATE WASHDC 1234 INFO RUEHFR/AMEMBASSY PARIS 12"
    assert recipients(line) == (Recipient("SECSTATE WASHDC", "RUEHC", None, "1234"),)
    assert info_recipients(line) == (Recipient("AMEMBASSY PARIS", "RUEHFR", None, "12"),)
