"""The header's fields, one function each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corpus.model import Recipient
from indexer import header

HEADER = """VZCZCXRO7807
RR RUEHCN RUEHGH RUEHVC
DE RUEHGZ #0376/01 0820844
ZNR UUUUU ZZH
R 230844Z MAR 07
FM AMCONSUL GUANGZHOU
TO RUEHC/SECSTATE WASHDC PRIORITY 5992
INFO RUEHOO/CHINA POSTS COLLECTIVE
RUEHBJ/AMEMBASSY BEIJING 0123

UNCLAS SECTION 01 OF 04 GUANGZHOU 000376

SIPDIS

SENSITIVE

STATE FOR EAP/CM, EB/TPP
USTR FOR MCCOY

E.O. 12958: N/A
TAGS: ETRD, KIPR, OVIP (CLINTON, HILLARY), CH
SUBJECT: (U) A SUBJECT OF
TWO LINES, AND OF A LARGE-
SCALE KIND

REF: A. GUANGZHOU 51
     B. 06 GUANGZHOU 32379

1. (U) TEXT WITH
SUBJECT: NONE OF THIS
"""


def test_whole_header() -> None:
    assert header.transmission_id(HEADER) == "VZCZCXRO7807"
    assert header.de_line(HEADER) == ("RUEHGZ", 376, 82)
    assert header.date(HEADER) == datetime(2007, 3, 23, 8, 44, tzinfo=UTC)
    assert header.precedence(HEADER) == "R"
    assert header.sender(HEADER) == "AMCONSUL GUANGZHOU"
    assert header.recipients(HEADER) == (Recipient("SECSTATE WASHDC", "RUEHC", "PRIORITY", "5992"),)
    assert header.info_recipients(HEADER) == (
        Recipient("CHINA POSTS COLLECTIVE", "RUEHOO"),
        Recipient("AMEMBASSY BEIJING", "RUEHBJ", None, "0123"),
    )
    assert header.classification(HEADER) == "UNCLASSIFIED"
    assert header.message_number(HEADER) == ("GUANGZHOU", 376)
    assert header.caveats(HEADER) == ("SIPDIS", "SENSITIVE")
    assert header.executive_order(HEADER) == "E.O. 12958: N/A"
    assert header.tags(HEADER) == ("ETRD", "KIPR", "OVIP", "CLINTON, HILLARY", "CH")
    assert header.subject(HEADER) == "A SUBJECT OF TWO LINES, AND OF A LARGE-SCALE KIND"


@pytest.mark.parametrize(
    ("line", "level", "number"),
    [
        ("UNCLAS SECTION 01 OF 04 GUANGZHOU 000376", "UNCLASSIFIED", ("GUANGZHOU", 376)),
        ("C O N F I D E N T I A L LA PAZ 9935", "CONFIDENTIAL", ("LA PAZ", 9935)),
        ("S E C R E T SECTION 01 OF 02 RIO DE JANEIRO 000012", "SECRET", ("RIO DE JANEIRO", 12)),
        ("UNCLAS E F T O QUITO 001", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", ("QUITO", 1)),
        ("LIMITED OFFICIAL USE LA PAZ 1234", "LIMITED OFFICIAL USE", ("LA PAZ", 1234)),
        ("UNCLASSIFIED POST 2481", "UNCLASSIFIED", ("POST", 2481)),
    ],
)
def test_class_line(line: str, level: str, number: tuple[str, int]) -> None:
    assert header.classification(line) == level
    assert header.message_number(line) == number


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("P R 241705Z APR 74 ZFF4", datetime(1974, 4, 24, 17, 5, tzinfo=UTC)),
        ("301023Z Aug 00", datetime(2000, 8, 30, 10, 23, tzinfo=UTC)),
        ("R 310844Z FEB 07", None),
        ("R 232560Z MAR 07", None),
        ("R 230844Z XXX 07", None),
    ],
)
def test_date(line: str, date: datetime | None) -> None:
    assert header.date(line) == date


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("TAGS: ECON ETRD PREL BL", ("ECON", "ETRD", "PREL", "BL")),
        ("TAGS: ECONEFIN, BL", ("ECON", "EFIN", "BL")),
        ("TAGS: OPRC, KMDR, MEDIA REACTION REPORT", ("OPRC", "KMDR", "MEDIA REACTION REPORT")),
        ("TAGS: PREL, PGOV,\nECON", ("PREL", "PGOV", "ECON")),
        ("E.O. 12958: N/A TAGS: PREL, PGOV", ("PREL", "PGOV")),
        ("TAGS: EGEN, UNGA/C-6", ("EGEN", "UNGA/C-6")),
        ("SUBJECT: NONE", ()),
    ],
)
def test_tags(text: str, tags: tuple[str, ...]) -> None:
    assert header.tags(text) == tags


@pytest.mark.parametrize(
    "text", ["", "\n\n", "SUBJECT", "REF", "TO", "\x00", "R 9999", "(((", "DE", "SUBJECT:\n\n1."]
)
def test_nothing_raises(text: str) -> None:
    assert header.subject(text) == ""
    assert header.tags(text) == ()
    assert header.date(text) is None
    assert header.recipients(text) == ()
    assert header.classification(text) is None
    assert header.executive_order(text) is None
    assert header.sender(text) is None
    assert header.transmission_id(text) is None
