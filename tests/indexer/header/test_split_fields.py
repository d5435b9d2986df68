"""Subjects and TAGS that a blank line splits."""

from __future__ import annotations

import pytest

from corpus.model import Cable, SegmentKind
from indexer.page import RawPage
from indexer.parse import parse

PAGE = """R 121530Z MAR 08
FM AMEMBASSY LA PAZ
UNCLAS LA PAZ 000123

E.O. 12958: N/A
TAGS: {tags}
SUBJECT: {subject}

1. (U) The minister came.

2. (U) He left.
"""


def read(tags: str = "PREL", subject: str = "A VISIT") -> Cable:
    text = PAGE.format(tags=tags, subject=subject)
    (cable,) = parse(RawPage(text, "page.txt", "text", "0" * 64))
    assert "".join(segment.text for segment in cable.segments) == text
    assert [paragraph.anchor for paragraph in cable.paragraphs] == ["p1", "p2"]
    return cable


def test_a_subject_goes_on_behind_a_blank_line_in_the_middle_of_a_phrase() -> None:
    cable = read(subject="THE MINISTER VISITS THE PORT AND\n\nCALLS FOR A CUSTOMS HOUSE")
    assert cable.subject == "THE MINISTER VISITS THE PORT AND CALLS FOR A CUSTOMS HOUSE"
    assert cable.paragraphs[0].section is None
    header = "".join(each.text for each in cable.segments if each.field == "subject")
    assert "CUSTOMS HOUSE" in header


def test_tags_go_on_behind_a_blank_line_and_a_comma() -> None:
    cable = read(tags="PREL, PGOV,\n\nECON, BL")
    assert cable.tags == ("PREL", "PGOV", "ECON", "BL")
    assert cable.subject == "A VISIT"
    assert not [each for each in cable.segments if each.kind is SegmentKind.HEADING]


@pytest.mark.parametrize("title", ["Summary", "The Port", "NEW CUSTOMS HOUSE"])
def test_a_heading_behind_a_finished_subject_stays_one(title: str) -> None:
    cable = read(subject=f"THE MINISTER VISITS THE PORT\n\n{title}")
    assert cable.subject == "THE MINISTER VISITS THE PORT"
    assert cable.paragraphs[0].section == title
