"""The notice over a part of a cable is a note, on pages of every form, in one line or broken over several."""

from __future__ import annotations

import pytest
from harbor import HEADER

from indexer.page import PageFacts, RawPage
from indexer.parse import parse

_FIRST = "This record is a partial extract of the original cable."
_SECOND = "The full text of the original cable is not available."
_BODY = "\n1. (U) They wait.\n\n2. (U) They go.\n"


@pytest.mark.parametrize(
    "notice",
    [
        f"{_FIRST} {_SECOND}",
        _FIRST,
        f"{_FIRST}\n{_SECOND}",
        f"{_FIRST} The full text\nof the original cable is not available.",
        f"{_FIRST} {_SECOND}".replace(" of ", " of\n").replace(" is not", "\nis not"),
    ],
)
@pytest.mark.parametrize("told", [None, PageFacts("dump", "09GUANGZHOU413")])
def test_the_notice_is_a_note(notice: str, told: PageFacts | None) -> None:
    text = f"{notice}\n\n{HEADER}{_BODY}"
    (read,) = parse(RawPage(text, "page", "text", "0" * 64, facts=told))
    assert [each.anchor for each in read.paragraphs] == ["p1", "p2"]
    notes = "".join(each.text for each in read.segments if each.field == "note")
    assert notes.split() == notice.split()
    assert [each.code for each in read.problems if each.code == "partial-extract"]


@pytest.mark.parametrize(
    ("notice", "left"),
    [
        (f"{_FIRST} The full text\nis with the consul.", "is with the consul."),
        (f"{_FIRST}\n\nof the original cable", "of the original cable"),
        ("This record is a partial extract of a letter.", "This record is a partial extract"),
    ],
)
def test_what_stands_under_it_is_not(notice: str, left: str) -> None:
    (read,) = parse(RawPage(f"{notice}\n\n{HEADER}{_BODY}", "page", "text", "0" * 64))
    assert left in " ".join(each.text for each in read.paragraphs)
