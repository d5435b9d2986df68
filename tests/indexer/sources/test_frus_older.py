"""Volumes from before 1969: the forms in which their documents stand. The texts are invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corpus.model import Cable
from indexer.parse import parse
from indexer.sources import frus

NAMESPACES = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
FILED = '<note rend="inline" type="source">740.0011/755:\n  Telegram</note>'
AMBASSADOR = (
    '<head><hi rend="italic">The Ambassador in Chile</hi> (<persName type="from"><hi rend="italic">Harbor</hi>'
    '</persName>) <hi rend="italic">to the <gloss type="to">Secretary of\n State</gloss></hi></head>'
)
DATELINE = (
    '<dateline><placeName><hi rend="smallcaps">Santiago</hi></placeName>, '
    '<date when="1941-12-08T12:00:00" calendar="gregorian">December 8,\n 1941—noon</date>.</dateline>'
)
SIGNED = '<closer><signed><hi rend="smallcaps">Harbor</hi></signed></closer>'
HOURS = (
    'frus:doc-dateTime-min="1941-12-08T12:00:00-05:00" '
    'frus:doc-dateTime-max="1941-12-08T12:00:00-05:00"'
)


def documents(body: str, *, attributes: str = "", volume: str = "frus1941v06") -> list[Cable]:
    markup = (
        f'<?xml version="1.0" encoding="UTF-8"?><TEI {NAMESPACES}><teiHeader><idno type="frus">{volume}</idno>'
        f'</teiHeader><text><body><div type="chapter"><head>Part</head><div type="document" xml:id="d7" n="7" '
        f"{attributes}>{body}</div></div></body></text></TEI>"
    )
    return [cable for page in frus.documents(markup, "v.xml") for cable in parse(page)]


def cable(body: str, *, attributes: str = "", volume: str = "frus1941v06") -> Cable:
    (found,) = documents(body, attributes=attributes, volume=volume)
    return found


def test_a_telegram_of_1941_known_by_its_file_number() -> None:
    found = cable(
        f"{FILED}{AMBASSADOR}<opener>{DATELINE}</opener><p>705. For the Secretary.<note n='29'>Not printed.</note></p>"
        f"<p>Saw the Minister.</p>{SIGNED}",
        attributes=HOURS,
    )
    assert (found.id, found.message_number, found.place) == ("frus1941v06/d7", "705", "Santiago")
    assert found.url.endswith("/frus1941v06/d7")
    assert found.date == datetime(1941, 12, 8, 17, tzinfo=UTC)
    assert (found.sender, found.recipients[0].name) == (
        "Ambassador in Chile (Harbor)",
        "Secretary of State",
    )
    assert found.origin is not None
    assert found.origin.code == "SANTIAGO"
    assert found.source_note == "740.0011/755: Telegram"
    assert [(each.number, each.text, each.anchor) for each in found.footnotes] == [
        ("29", "Not printed.", "u1")
    ]
    assert [each.text for each in found.paragraphs] == ["For the Secretary.", "Saw the Minister."]
    assert found.signed_by == ("Harbor",)


def test_a_telegram_of_1953_known_by_its_precedence() -> None:
    opener = f"<opener><seg>TOP SECRET</seg> <seg>PRIORITY</seg>{DATELINE}<seg>NIACT</seg></opener>"
    note = '<note rend="inline">A library, papers, “Meetings”</note>'
    found = cable(f"{note}{AMBASSADOR}{opener}<p>342. 1. At nine.</p><p>2. Then.</p>{SIGNED}")
    assert (found.classification, found.precedence) == ("TOP SECRET", "PRIORITY")
    assert found.source_note == "A library, papers, “Meetings”"
    assert found.footnotes == ()
    assert found.message_number == "342"
    assert [(each.anchor, each.text) for each in found.paragraphs] == [
        ("p1", "At nine."),
        ("p2", "Then."),
    ]


def test_a_letter_has_no_precedence_and_is_left_out() -> None:
    opener = f"<opener><seg>TOP SECRET</seg>{DATELINE}</opener>"
    assert documents(f"{AMBASSADOR}{opener}<p>Dear Sir.</p>{SIGNED}") == []


@pytest.mark.parametrize(
    ("first", "subject"),
    [
        ("<gloss>Delga</gloss> 598. Re: Canal.", "Canal"),
        ("598. Subject: Canal.", "Canal"),
        ("598. Re: Embtel 12.", ""),
        ("598. Re your 12, talks went on.", ""),
    ],
)
def test_a_subject_of_the_1950s(first: str, subject: str) -> None:
    title = "Telegram From the Embassy in Chile to the Department of State"
    found = cable(f"<head>43. {title}</head>{DATELINE}<p>{first}</p>{SIGNED}")
    assert found.subject == (subject or title)


def test_a_title_that_is_a_number_goes_on_in_the_next_heading() -> None:
    opener = "<opener><seg>[Telegram.]</seg></opener>"
    signed = "<closer><signed>Lantern.</signed></closer>"
    found = cable(
        f"<head>No. 7</head><head>Mr. Lantern to Mr. Harbor</head>{opener}<p>Text.</p>{signed}",
        volume="frus1898",
    )
    assert (found.subject, found.sender) == ("Mr. Lantern to Mr. Harbor", "Mr. Lantern")
    assert [each.name for each in found.recipients] == ["Mr. Harbor"]
    assert [(each.section, each.text) for each in found.paragraphs] == [(None, "Text.")]
    assert found.signed_by == ("Lantern",)


@pytest.mark.parametrize("name", ["Lantern, Jr.", "J. L."])
def test_a_full_stop_that_belongs_to_the_name(name: str) -> None:
    found = cable(f"{FILED}{AMBASSADOR}<p>Text.</p><closer><signed>{name}</signed></closer>")
    assert found.signed_by == (name,)


def test_references_by_whose_they_are() -> None:
    found = cable(
        "<head>12. Telegram From the Embassy in Chile to the Department of State</head>"
        f"{DATELINE}<p>2108. Subject: Lamps. References: A. Deptel 1838; B. Embtel 2089.</p>{SIGNED}"
    )
    assert [(each.text, each.kind, each.id) for each in found.references] == [
        ("Deptel 1838", "cable", None),
        ("Embtel 2089", "cable", None),
    ]
