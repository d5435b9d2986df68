"""A small collection written by hand, and the application over it.

`07EXAMPLE1` is a calm cable with everything in it; the others are there to be counted, paged, cited and excluded;
`08HOSTILE666` tries to get out of its page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from indexes import index_of

from corpus.model import (
    Cable,
    Paragraph,
    Part,
    Post,
    Problem,
    Recipient,
    Reference,
    Segment,
    SegmentKind,
)
from search.engines.protocols import Searcher
from webui import create_app

GUANGZHOU = Post("GUANGZHOU", "Guangzhou", "China", "East Asia and Pacific")
LA_PAZ = Post("LAPAZ", "La Paz", "Bolivia", "Western Hemisphere")

SCRIPT = "<script>alert(1)</script>"
OVERRIDE = "\u202egnp.exe"

HARBOUR = Cable(
    id="07GUANGZHOU901",
    date=datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
    origin=GUANGZHOU,
    subject="Harbour inspectors seize counterfeit shoes",
    classification="SENSITIVE BUT UNCLASSIFIED",
    caveats=("SIPDIS",),
    tags=("KIPR", "ETRD"),
    references=(
        Reference("A) Guangzhou 902", "07GUANGZHOU902", bullet="A"),
        Reference("B) 06 Beijing 12345", "06BEIJING12345", bullet="B"),
        Reference("C) Smith e-mail of March 1", None, "email", bullet="C"),
        Reference("D) 06 Guangzhou", None, bullet="D"),
    ),
    sender="AMCONSUL GUANGZHOU",
    recipients=(Recipient("SECSTATE WASHDC", "RUEHC", "PRIORITY", "5511"),),
    info_recipients=(Recipient("AMEMBASSY BEIJING", "RUEHBJ"),),
    precedence="ROUTINE",
    executive_order="12958: N/A",
    transmission_id="VZCZCXRO0001",
    paragraphs=(
        Paragraph("u1", None, None, None, Part.BODY, "This document is sensitive."),
        Paragraph(
            "p1", 1, "SBU", None, Part.SUMMARY, "Summary: inspectors found sandals in the harbour."
        ),
        Paragraph("p2", 2, "U", "Background", Part.BACKGROUND, "The harbour is old."),
        Paragraph(
            "p3", 3, "C", "Sandals and More Sandals", Part.BODY, "A sandal maker asked for help."
        ),
        Paragraph(
            "p4",
            4,
            "SBU",
            "Sandals and More Sandals",
            Part.BODY,
            "The court refused sandals.\n-- first item\n-- second item",
        ),
        Paragraph("p4b", 4, None, "Comment", Part.COMMENT, "Comment: the number came again."),
    ),
    problems=(
        Problem("reference-cut", "The fourth reference is cut short.", 3),
        Problem("number-again", "Paragraph 4 comes twice."),
    ),
    segments=(
        Segment(SegmentKind.CHROME, "Example Gazette\n"),
        Segment(SegmentKind.HEADER, "SUBJECT: HARBOUR INSPECTORS\n  SEIZE SANDALS\n", "subject"),
        Segment(SegmentKind.BLANK, "\n"),
        Segment(SegmentKind.PARAGRAPH, "1. (SBU) Summary: inspectors", anchor="p1"),
        Segment(SegmentKind.PAGE_MARK, "\nGUANGZHOU 00000901 002 OF 002\n"),
        Segment(SegmentKind.UNPLACED, "   stray <b>words</b>", anchor="u1"),
    ),
    source="specimen",
    address="/somewhere/private/harbour.html",
    digest="ab" * 32,
)

FOLLOW_UP = Cable(
    id="07GUANGZHOU902",
    date=datetime(2007, 5, 1, tzinfo=UTC),
    date_precision="day",
    origin=GUANGZHOU,
    subject="Sandals, continued",
    classification="CONFIDENTIAL",
    tags=("KIPR",),
    paragraphs=(Paragraph("p1", 1, "C", "Background", Part.BODY, "More sandals arrived."),),
    address="https://example.org/cables/902",
)

VOLUME = Cable(
    id="frus1969-76ve09p1/d12",
    date=datetime(1973, 2, 1, tzinfo=UTC),
    date_precision="month",
    origin=LA_PAZ,
    subject="Telegram 5222 about the lake",
    classification="SECRET",
    paragraphs=(Paragraph("p1", 1, None, None, Part.BODY, "The lake has risen."),),
    source="frus",
)

HOSTILE = Cable(
    id="08LAPAZ666",
    date=None,
    subject=f'{SCRIPT} "quoted" & {OVERRIDE}',
    classification="TOP SECRET<b>",
    tags=(SCRIPT, "javascript:alert(1)"),
    references=(Reference(SCRIPT, "javascript:alert(1)"),),
    sender=SCRIPT,
    paragraphs=(
        Paragraph(
            "p1", 1, "U</a>", f"</h2>{SCRIPT}", Part.BODY, f"evil {SCRIPT} {{{{ 7*7 }}}} {OVERRIDE}"
        ),
        Paragraph("u1", None, None, None, Part.BODY, "السفارة الأمريكية في صنعاء"),
    ),
    problems=(Problem("x", SCRIPT, 1),),
    segments=(Segment(SegmentKind.PARAGRAPH, f"</pre>{SCRIPT}", SCRIPT, "p1"),),
    source=SCRIPT,
    address="javascript:alert(document.domain)",
)

# Enough of them for three pages of results and for more values than a facet shows.
SERIES = tuple(
    Cable(
        id=f"{year % 100:02}LAPAZ{number}",
        date=datetime(year, 1 + number % 12, 1, tzinfo=UTC),
        origin=LA_PAZ,
        subject=f"Weekly report {number}",
        classification="UNCLASSIFIED",
        tags=("PGOV", f"X{number:02}"),
        paragraphs=tuple(
            Paragraph(f"p{n}", n, "U", "Report", Part.BODY, f"Nothing new in week {number}.")
            for n in range(1, 6)
        ),
    )
    for number, year in ((number, 2001 + number % 9) for number in range(10, 55))
)

CABLES = (HARBOUR, FOLLOW_UP, VOLUME, HOSTILE, *SERIES)


@pytest.fixture(scope="session")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with closing(index_of(tmp_path_factory.mktemp("web"), CABLES)) as searcher:
        yield searcher


@pytest.fixture(scope="session")
def app(searcher: Searcher) -> Flask:
    return create_app(searcher)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
