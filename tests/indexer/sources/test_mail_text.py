"""What a mail's sender wrote around a cable is the mail's: over it, under it, and the footer of a list."""

from __future__ import annotations

import pytest

from corpus.model import Cable, SegmentKind
from indexer.page import RawPage
from indexer.parse import parse
from indexer.sources.mail_signature import FIELD as SIGNATURE
from indexer.sources.mail_text import FIELD

CABLE = """UNCLAS GUANGZHOU 000413

SUBJECT: THE LAMP AT THE QUAY
TAGS: KIPR

1. (U) The lamp was lit in the harbor on Monday.

COMMENT
-------

2. (U) It was dark again on Tuesday.
{ending}"""
SIGNED = CABLE.format(ending="QUILL\n")
FOOTER = f"{'_' * 47}\nlamps mailing list\nlamps@example.org\n"


def read(text: str, *, mail: bool = True) -> Cable:
    (cable,) = parse(RawPage(text, "page", "text", "0" * 64, mail=mail))
    assert "".join(segment.text for segment in cable.segments) == text
    return cable


def of_mail(cable: Cable) -> list[str]:
    return [
        words
        for segment in cable.segments
        if segment.kind is SegmentKind.CHROME and segment.field in {FIELD, SIGNATURE}
        for words in segment.text.split("\n")
        if words.strip()
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Here it is.\n\n", ""),
        ("Hi all,\n\nthe cable I spoke of is below.\n\nAnn\n\n", ""),
        ("", "\nBest,\nAnn\n"),
        ("", "\nBest, Ann\n"),
        ("", "\nKind regards\n\nAnn Stroop\n"),
        ("", "\nMany thanks!\n"),
        ("", f"\n{FOOTER}"),
        ("", f"\n{'_' * 47}\nLamps mailing list -- lamps@example.org\nhttps://example.org/listinfo/lamps\n"),
        ("See below.\n\n", f"\nThanks,\nAnn\n\n{FOOTER}"),
        ("See below.\n\n", "\n-- \nAnn Stroop\nHarbor desk\n"),
    ],
)  # fmt: skip
def test_what_stands_around_a_cable(above: str, below: str) -> None:
    cable = read(above + SIGNED + below)
    assert of_mail(cable) == [line for line in (above + below).split("\n") if line.strip()]
    assert cable.signed_by == ("QUILL",)
    assert [paragraph.anchor for paragraph in cable.paragraphs] == ["p1", "p2"]
    assert cable.paragraphs[1].text == "It was dark again on Tuesday."
    assert cable.problems == read(SIGNED).problems


@pytest.mark.parametrize(
    "text",
    [
        SIGNED,
        # A letter that the cable quotes.
        CABLE.format(ending="\nBest regards,\nHu Quill\n\n3. (U) He left.\nQUILL\n"),
        CABLE.format(ending="He wrote:\n\nWe want lamps.\n\nBest regards,\nHu Quill\nQUILL\n"),
        CABLE.format(ending="He wrote:\n\nWe want lamps.\n\nBest regards,\nHu Quill\n"),
        # A rule over what no list has written.
        CABLE.format(ending=f"\n{'_' * 47}\nThe quay is long.\n"),
        # What begins with a number or a mark is the cable's.
        f"1. (U) The lamp is dark.\n\n{SIGNED}",
        f"(U) The lamp is dark.\n\n{SIGNED}",
    ],
)
def test_what_is_the_cable_s(text: str) -> None:
    assert of_mail(read(text)) == []


@pytest.mark.parametrize(("above", "below"), [("Here it is.\n\n", ""), ("", "\nBest,\nAnn\n")])
def test_a_page_that_is_no_mail_keeps_its_lines(above: str, below: str) -> None:
    cable = read(above + SIGNED + below, mail=False)
    assert of_mail(cable) == []
    words = (above + below).split()[0]
    assert any(words in paragraph.text for paragraph in cable.paragraphs)
