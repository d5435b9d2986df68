"""The user's own page, word for word: what issue after issue must keep true of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.cable_json import cable_to_json
from corpus.model import Cable, Part, SegmentKind

SEED = "seed/scoop-07GUANGZHOU376.txt"
HEADINGS = {
    "Background on the Provincial Review": [2, 3],
    "Guangdong: Medicines, Internet, and Landlord Liability": [4, 5, 6],
    "Fujian: Footwear and Copyright": [7, 8],
    "Xiamen: Customs Enforcement": [9, 10],
    "Putian: Shoes and More Shoes, but Little Action": [11, 12, 13],
    "Comment: Local Enforcement is a Mixed Bag": [14, 15, 16],
}
# The lines the filter took from the page, as far as the wire's form gives them; the test puts them back.
WIRE_HEADER = """VZCZCXRO7807
RR RUEHCN RUEHGH
DE RUEHGZ #0376/01 0820844
ZNR UUUUU ZZH
R 230844Z MAR 07
FM AMCONSUL GUANGZHOU
TO RUEHC/SECSTATE WASHDC 5992
INFO RUEHOO/CHINA POSTS COLLECTIVE
RUEHBJ/AMEMBASSY BEIJING 0123

UNCLAS SECTION 01 OF 04 GUANGZHOU 000376

SIPDIS

SENSITIVE

E.O. 12958: N/A
TAGS: ETRD, KIPR, CH
"""


@pytest.fixture(scope="module")
def seed_text(shared: Path) -> str:
    return (shared / SEED).read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["text", "html", "whole", "lossy twin"])
def cable(
    request: pytest.FixtureRequest,
    root: Path,
    shared: Path,
    read: Callable[[str], Cable],
    lossy: Callable[[str], str],
) -> Cable:
    """The user's cable as saved text, as our HTML page, with its wire header put back, and that made lossy."""
    if request.param == "html":
        return read((root / "corpus/samples/scoop/07GUANGZHOU376.html").read_text(encoding="utf-8"))
    text = (shared / SEED).read_text(encoding="utf-8")
    start, end = text.index("DE RUEHGZ"), text.index("E.O. 12958: N/A\n") + len("E.O. 12958: N/A\n")
    whole = text[:start] + WIRE_HEADER + text[end:]
    return read({"text": text, "whole": whole, "lossy twin": lossy(whole)}[request.param])


def test_identity(cable: Cable) -> None:
    assert cable.id == "07GUANGZHOU376"
    assert cable.date is not None
    assert cable.date.isoformat() == "2007-03-23T08:44:00+00:00"
    assert cable.origin is not None
    assert (cable.origin.name, cable.origin.country) == ("Guangzhou", "China")
    assert cable.source == "scoop"
    assert cable.classification == "UNCLASSIFIED"
    assert "julian-day" not in {problem.code for problem in cable.problems}


def test_subject_of_two_lines(cable: Cable) -> None:
    assert cable.subject == (
        "USTR's Second IPR Provincial Review to South China Highlights Regional Differences"
    )


def test_references(cable: Cable) -> None:
    assert [(r.bullet, r.id, r.kind) for r in cable.references] == [
        ("A", "07GUANGZHOU51", "cable"),
        ("B", "06GUANGZHOU32379", "cable"),
        ("C", None, "cable"),
    ]
    (problem,) = [p for p in cable.problems if p.code == "reference-truncated"]
    assert "06 Guangzhou" in problem.message


def test_paragraphs(cable: Cable) -> None:
    numbered = [p for p in cable.paragraphs if p.number is not None]
    assert [p.number for p in numbered] == list(range(1, 17))
    assert [p.anchor for p in numbered] == [f"p{n}" for n in range(1, 17)]
    assert [p.mark for p in numbered] == ["SBU"] * 15 + ["U"]
    assert numbered[0].part is Part.SUMMARY
    (handling,) = [p for p in cable.paragraphs if p.number is None]
    assert cable.paragraphs[0] is handling
    assert handling.anchor == "u1"
    assert handling.mark == "U"
    assert handling.text == "This document is sensitive but unclassified. Please protect"


def test_sections(cable: Cable) -> None:
    found: dict[str, list[int | None]] = {}
    for paragraph in cable.paragraphs:
        if paragraph.section is not None:
            found.setdefault(paragraph.section, []).append(paragraph.number)
    assert found == HEADINGS
    assert [p.number for p in cable.paragraphs if p.part is Part.COMMENT] == [14, 15, 16]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (4, "and infringers use express mail carriers to ship goods abroad."),
        (8, "in 2007 to coincide with the beginnings of the spring and fall semesters."),
        (12, "Nike representatives led the delegation on a tour of Putian"),
        (12, "two separate preliminary injunctions from the Fujian high court"),
        (9, "two Xiamen Customs officials in 2006. He said Xiamen Customs believed"),
    ],
)
def test_whole_over_page_marks_and_false_starts(cable: Cable, number: int, words: str) -> None:
    (paragraph,) = [p for p in cable.paragraphs if p.number == number]
    assert words in paragraph.text
    assert "OF 004" not in paragraph.text


def test_nothing_of_the_site_in_the_paragraphs(cable: Cable) -> None:
    text = " ".join([cable.subject, *(p.text for p in cable.paragraphs)])
    for word in ("Ghouta", "Kiribati", "Cafe Pacific", "Scoop", "More>>"):
        assert word not in text


def test_partition(seed_text: str, read: Callable[[str], Cable]) -> None:
    assert "".join(segment.text for segment in read(seed_text).segments) == seed_text


def test_nothing_of_the_cable_is_lost(seed_text: str, read: Callable[[str], Cable]) -> None:
    """Every word between the DE line and Scoop's copyright line is in a segment that is not chrome."""
    cable = read(seed_text)
    kept = "".join(s.text for s in cable.segments if s.kind is not SegmentKind.CHROME)
    start, end = seed_text.index("DE RUEHGZ"), seed_text.index("© Scoop Media")
    assert kept.split() == seed_text[start:end].split()


def test_text_and_html_give_the_same_cable(
    root: Path, seed_text: str, read: Callable[[str], Cable]
) -> None:
    html = read((root / "corpus/samples/scoop/07GUANGZHOU376.html").read_text(encoding="utf-8"))
    text = read(seed_text)
    assert html.paragraphs == text.paragraphs
    assert html.references == text.references
    assert html.subject == text.subject


def test_golden(
    cable: Cable, request: pytest.FixtureRequest, golden: Callable[[str, object], None]
) -> None:
    form = request.node.callspec.params["cable"].replace(" ", "-")
    value = cable_to_json(cable)
    # The page's own words are the site's, not ours to keep: the golden file has the kinds of the segments alone.
    value["segments"] = [
        [s.kind.value, s.field, s.anchor, s.text.count("\n")] for s in cable.segments
    ]
    del value["digest"]
    golden(f"07GUANGZHOU376-{form}", value)
