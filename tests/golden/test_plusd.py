"""PlusD's text, rebuilt around the user's cable: raw lines, lines without blanks, and all in one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Cable

ABOVE = """Key fingerprint 0000 0000 0000 0000 0000  0000 0000 0000 0000 0000

-----BEGIN PGP PUBLIC KEY BLOCK-----
mQQBBGBjDtIBH6DJa80zDBgR+VqlYGaXu5bEJg9HEgAtJeCLuThdhXfl5Zs32RyB
-----END PGP PUBLIC KEY BLOCK-----

Some advice about networks that does not belong to any cable.

USTR'S SECOND IPR PROVINCIAL REVIEW TO SOUTH CHINA HIGHLIGHTS REGIONAL DIFFERENCES
Date: 2007 March 23, 08:44 (Friday)
Canonical ID: 07GUANGZHOU376_a
From: China Guangzhou
To: CHINA POSTS COLLECTIVE | Department of Commerce
Original Classification: UNCLASSIFIED
TAGS: ETRD | KIPR
Content
Show Headers
"""
BELOW = "\nRaw content\nMetadata\nPrint\nShare\n"


@pytest.fixture(scope="module", params=["lines", "no blank lines", "one line"])
def page(request: pytest.FixtureRequest, root: Path) -> str:
    text = (root / "corpus/samples/scoop/07GUANGZHOU376.html").read_text(encoding="utf-8")
    body = text[text.index("SUBJECT: USTR") : text.index("16. (U)")]
    body = re.sub(r"<div.*?</div>", "", body, flags=re.DOTALL)
    body = (
        re.sub(r"<[^>]*>", "", body).replace("&amp;", "&")
        + "16. (U) USTR has cleared this cable.\n"
    )
    if request.param == "no blank lines":
        body = "\n".join(line for line in body.split("\n") if line.strip()) + "\n"
    elif request.param == "one line":
        body = " ".join(body[body.index("06 Guangzhou 32379") :].split()) + "\n"
    return ABOVE + body + BELOW


def test_the_cable_is_the_same(page: str, read: Callable[[str], Cable]) -> None:
    cable = read(page)
    assert "".join(segment.text for segment in cable.segments) == page
    assert (cable.id, cable.source) == ("07GUANGZHOU376", "plusd")
    assert cable.origin is not None
    assert cable.origin.name == "Guangzhou"
    assert cable.classification == "UNCLASSIFIED"
    assert cable.date is not None
    assert cable.date.isoformat() == "2007-03-23T08:44:00+00:00"
    assert [p.number for p in cable.paragraphs if p.number] == list(range(1, 17))
    (four,) = [p for p in cable.paragraphs if p.number == 4]
    assert "infringers use express mail carriers to ship goods abroad." in four.text
    (nine,) = [p for p in cable.paragraphs if p.number == 9]
    assert "officials in 2006. He said Xiamen Customs" in nine.text


def test_sections(page: str, read: Callable[[str], Cable]) -> None:
    sections = [p.section for p in read(page).paragraphs if p.number in {2, 4, 7, 11, 14}]
    expected = {"Background on", "Guangdong:", "Fujian:", "Putian:", "Comment:"}
    assert (
        sum(any((section or "").startswith(word) for word in expected) for section in sections) >= 3
    )
