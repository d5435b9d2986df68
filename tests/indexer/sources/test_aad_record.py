"""NARA's record page: a table of fields, the telegram's text in one of them. The telegram is invented."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Cable, SegmentKind
from indexer.errors import NotACable
from indexer.lines.html import visible_lines
from indexer.page import RawPage
from indexer.parse import parse

TELEGRAM = """UNCLASSIFIED

PAGE 01  LA PAZ 90173  092203Z

R 092100Z JAN 74
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC 1234

UNCLAS LA PAZ 90173

E.O. 11652: N/A
TAGS:
SUBJECT: THE ORCHARDS OF THE HIGH PLAIN AND THE ROAD TO THEM

REF: STATE 12

1. THE ORCHARDS ARE IN BLOOM.
From
UNCLASSIFIED

UNCLASSIFIED

PAGE 02  LA PAZ 90173  092203Z

2. THE ROAD IS OPEN.
LANTERN

UNCLASSIFIED

NNN
"""
RECORD = {
    "Document Number": "1974LAPAZ90173",
    "Draft Date": "09 JAN 1974",
    "From": "LA PAZ",
    "To": "STATE",
    "Subject": "THE ORCHARDS OF THE HIGH  PLAIN AND THE ROAD TO THEM",
    "TAGS": "n/a",
    "Original Classification": "UNCLASSIFIED",
    "Film Number": "D740000-0001",
}


def rows(record: dict[str, str]) -> str:
    return "".join(f"<tr><td>{title}</td><td>{value}</td></tr>" for title, value in record.items())


def in_pre(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def in_lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def page(text: str, *, cell: str = "Message Text", first: bool = False, **changed: str) -> str:
    record = rows(RECORD | {title.replace("_", " "): value for title, value in changed.items()})
    message = f"<tr><td>{cell}</td><td>{text}</td></tr>"
    table = message + record if first else record + message
    return (
        "<html><body><h1>Display Full Records</h1><p>Electronic Telegrams, 1974</p><table>"
        f"<tr><th>Field Title</th><th>Value</th></tr>{table}</table><p>Privacy</p></body></html>"
    )


def read(markup: str) -> Cable:
    (cable,) = parse(RawPage(markup, "record.html", "html", "0" * 64))
    visible = "".join(line.text for line in visible_lines(markup))
    assert "".join(segment.text for segment in cable.segments) == visible
    return cable


def differences(cable: Cable) -> list[str]:
    return [each.message for each in cable.problems if each.code == "record-differs"]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("cell", [in_pre(TELEGRAM), in_lines(TELEGRAM)])
def test_the_telegram_is_read_out_of_its_row(cell: str, *, first: bool) -> None:
    cable = read(page(cell, first=first))
    (plain,) = parse(RawPage(TELEGRAM, "t.txt", "text", "0" * 64))
    assert (cable.id, cable.source) == ("1974LAPAZ90173", "nara")
    for name in ("date", "subject", "tags", "references", "classification", "sender", "signed_by"):
        assert getattr(cable, name) == getattr(plain, name), name
    assert [each.text for each in cable.paragraphs] == [each.text for each in plain.paragraphs]
    assert differences(cable) == []


def test_the_table_is_chrome_and_no_line_of_the_telegram_is() -> None:
    cable = read(page(in_lines(TELEGRAM)))
    chrome = "".join(each.text for each in cable.segments if each.kind is SegmentKind.CHROME)
    assert all(title in chrome for title in (*RECORD, "Message Text", "Field Title", "Privacy"))
    assert "ORCHARDS ARE" not in chrome
    assert "SUBJECT:" not in chrome


def test_what_the_text_has_lost_is_the_record_s() -> None:
    lost = "\n".join(
        line
        for line in TELEGRAM.split("\n")
        if not line.startswith(("R 09", "SUBJECT", "UNCLAS", "FM"))
    )
    cable = read(page(in_pre(lost)))
    assert cable.subject == "THE ORCHARDS OF THE HIGH PLAIN AND THE ROAD TO THEM"
    assert cable.classification == "UNCLASSIFIED"
    assert cable.date == datetime(1974, 1, 9, tzinfo=UTC)
    assert cable.origin is not None
    assert cable.origin.code == "LAPAZ"
    codes = {each.code for each in cable.problems}
    assert {"subject-from-title", "date-from-record"} <= codes
    assert cable.date_precision == "day"


def test_lost_tags_and_references_are_the_record_s() -> None:
    lost = "\n".join(line for line in TELEGRAM.split("\n") if not line.startswith(("TAGS", "REF")))
    cable = read(page(in_pre(lost), TAGS="EAGR, BL", Reference="74 STATE 12, 74 LIMA 7"))
    assert cable.tags == ("EAGR", "BL")
    assert [each.id for each in cable.references] == ["74STATE12", "74LIMA7"]
    whole = read(page(in_pre(TELEGRAM), Reference="74 LIMA 7"))
    assert [each.id for each in whole.references] == ["74STATE12"]
    assert whole.date_precision == "minute"


@pytest.mark.parametrize(
    ("title", "value", "says"),
    [
        ("Subject", "THE ORCHARDS", "subject"),
        ("Original_Classification", "SECRET", "classification"),
        ("Draft_Date", "12 MAR 1974", "draft date"),
        ("Draft_Date", "03/12/1974", "draft date"),
        ("From", "LIMA", "sender"),
    ],
)
def test_where_record_and_telegram_differ_the_telegram_counts(
    title: str, value: str, says: str
) -> None:
    cable = read(page(in_pre(TELEGRAM), **{title: value}))
    (message,) = differences(cable)
    assert f"the record's {says} is '{value}'" in message
    assert (cable.subject[:12], cable.classification) == ("THE ORCHARDS", "UNCLASSIFIED")
    assert cable.date == datetime(1974, 1, 9, 21, 0, tzinfo=UTC)


def test_another_number_is_told() -> None:
    cable = read(page(in_pre(TELEGRAM), Document_Number="1974LAPAZ90999"))
    assert "id-differs" in {each.code for each in cable.problems}


def test_a_telegram_that_is_a_day_older_than_its_draft_is_no_difference() -> None:
    assert differences(read(page(in_pre(TELEGRAM), Draft_Date="10 JAN 1974"))) == []


def test_a_page_with_two_of_the_fields_is_no_record() -> None:
    cable = read(f"<table>{rows({'Document Number': '1974LIMA1'})}</table>{in_pre(TELEGRAM)}")
    assert cable.id == "1974LAPAZ90173"


PAGE = page(in_lines(TELEGRAM))
EDITS = st.lists(
    st.tuples(
        st.integers(0, len(PAGE)),
        st.integers(0, 60),
        st.sampled_from(
            ["", "<td>", "</td>", "\t", "\n", "Message Text\t", "</table>", "<pre>", "</pre>"]
        ),
    ),
    max_size=6,
)


@given(EDITS)
@settings(max_examples=examples(150))
def test_of_a_damaged_record_nothing_is_lost(edits: list[tuple[int, int, str]]) -> None:
    markup = PAGE
    for at, size, put in edits:
        markup = markup[:at] + put + markup[at + size :]
    try:
        cables = parse(RawPage(markup, "record.html", "html", "0" * 64))
    except NotACable:
        return
    visible = "".join(line.text for line in visible_lines(markup))
    for cable in cables:
        assert "".join(segment.text for segment in cable.segments) == visible
