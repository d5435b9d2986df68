"""FRUS, by kind of difficulty: renamed volumes, levels behind file numbers, posts of datelines, microfiche."""

from __future__ import annotations

import pytest

from corpus.dates import iso_date
from corpus.model import Cable
from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.sources import frus
from indexer.sources.frus.dating import leading_place, sent
from indexer.sources.frus.document import read_document
from indexer.sources.frus.offices import post_at, post_of
from indexer.sources.frus.source_note import marking

NAMESPACES = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
HEAD = "<head>1. Telegram 9 From the Embassy in Greece to the Department of State</head>"
TEXT = f"{HEAD}<p>The port has raised its fees.</p>"


def volume(*documents: str, root: str = "", header: str = "") -> str:
    return (
        f'<?xml version="1.0"?><TEI {NAMESPACES} {root}><teiHeader>{header}</teiHeader><text><body>'
        f"{''.join(documents)}</body></text></TEI>"
    )


def document(body: str = TEXT, attributes: str = 'xml:id="d1" n="1"') -> str:
    return f'<div type="document" {attributes}>{body}</div>'


def ids(markup: str, file: str) -> list[str]:
    return [read_document(page).id for page in frus.documents(markup, file)]


def only(body: str) -> Cable:
    (page,) = frus.documents(volume(document(body), root='xml:id="frus1951v98"'), "v.xml")
    return read_document(page)


# A volume is called what it calls itself.


@pytest.mark.parametrize(
    ("root", "header", "file", "name"),
    [
        ('xml:id="frus1951v98"', "", "frus1951v98.xml", "frus1951v98"),
        ('xml:id="frus1951v98"', "", "downloads/frus1951v98 (1).xml", "frus1951v98"),
        ('xml:id="frus1951v98"', "", "harbors.tei", "frus1951v98"),
        ('xml:id="frus1951v98"', "", "volumes.zip/a/b.xml", "frus1951v98"),
        # The addresses on the site are made of the id: a slip in the number does not matter.
        ('xml:id="frus1951v98"', '<idno type="frus">frus1951v89</idno>', "x.xml", "frus1951v98"),
        ('xml:id="tei"', '<idno type="frus">frus1951v98</idno>', "x.xml", "frus1951v98"),
        ("", '<idno type="frus">frus1951v98</idno>', "x.xml", "frus1951v98"),
        # Only where the XML is silent has the file the word, and a second copy of it is the same volume.
        ("", "", "frus1951v98.xml", "frus1951v98"),
        ("", "", "C:\\Downloads\\frus1951v98 (2).xml", "frus1951v98"),
        ("", "", "frus1951v98 - Copy.xml", "frus1951v98"),
        ("", "", "frus1951v98 copy 3.xml", "frus1951v98"),
        ("", "", "frus1951v98p1.xml", "frus1951v98p1"),
    ],
)
def test_a_volume_keeps_its_name(root: str, header: str, file: str, name: str) -> None:
    markup = volume(document(), root=root, header=header)
    assert ids(markup, file) == [f"{name}/d1"]
    (page,) = frus.documents(markup, file)
    assert read_document(page).url.endswith(f"/{name}/d1")


def test_a_document_without_an_id_has_its_number_s_or_its_place_s() -> None:
    documents = [document(attributes=each) for each in ('n="7"', 'xml:id="d8" n="8"', "")]
    assert ids(volume(*documents, root='xml:id="frus1951v98"'), "x.xml") == [
        "frus1951v98/d7",
        "frus1951v98/d8",
        "frus1951v98/document3",
    ]


# The level in a source note.


@pytest.mark.parametrize(
    ("note", "level", "caveats", "precedence"),
    [
        ("POL 27 S VIET Secret; Priority. Repeated to CINCPAC.", "SECRET", (), "PRIORITY"),
        ("711.00/3–1563. Top Secret: Niact. Repeated to Karachi.", "TOP SECRET", (), "NIACT"),
        ("711.00/3–1663, Confidential. Repeated to Berlin.", "CONFIDENTIAL", (), None),
        ("POL 27 VIET S. Confidential Repeated to Berlin, Paris.", "CONFIDENTIAL", (), None),
        ("POL 15 IRAN; Secret; Exdis. Drafted by Quill.", "SECRET", ("EXDIS",), None),
        ("DEF 4 NATO—Secret; Limdis. Drafted by Quill.", "SECRET", ("LIMDIS",), None),
        ("POL 1 US Top Secret; Flash; Nodis. Drafted", "TOP SECRET", ("NODIS",), "FLASH"),
        ("POL 23–8 (Confidential; Immediate). Sent", "CONFIDENTIAL", (), "IMMEDIATE"),
        ("POL 23–8 VEN, Limited Official Use; Priority.", "LIMITED OFFICIAL USE", (), "PRIORITY"),
        ("Lot 64 D 559, CF 1234. Secret Drafted by Quill.", "SECRET", (), None),
        ("POL 27 ARAB–ISR. Secret Niact. Also sent to Amman.", "SECRET", (), "NIACT"),
        ("611.00/1–255 Confidential", "CONFIDENTIAL", (), None),
        # Names that have such a word in them say nothing.
        ("White House Confidential File, Box 3. Secret. Drafted", "SECRET", (), None),
        ("Confidential Files, 711.00. No classification marking.", None, (), None),
        ("Records of the Secret Service. No classification marking.", None, (), None),
        ("Dulles Papers, Secret Sent Cables. No classification marking.", None, (), None),
        ("POL 7 US/KISSINGER; Secretary of State. No classification marking.", None, (), None),
        ("Top Secret Records, Lot 54 D 5. Restricted.", "RESTRICTED", (), None),
        ("711.00. The copy is marked Secret; it was drafted by Quill.", None, (), None),
    ],
)
def test_the_level_stands_where_the_editors_put_it(
    note: str, level: str | None, caveats: tuple[str, ...], precedence: str | None
) -> None:
    found = marking(f"Source: Department of State, Central Files, {note}")
    assert (found.classification, found.caveats, found.precedence) == (level, caveats, precedence)


# Where a telegram came from.


@pytest.mark.parametrize(
    ("office", "place", "code"),
    [
        ("Special Representative in Vietnam (Quill)", "Saigon", "SAIGON"),
        ("Consul General at Batavia (Stroop)", "Batavia", "BATAVIA"),
        ("Diplomatic Agent at Tangier (Quill)", "Tangier", "TANGIER"),
        ("Vice Consul at Hankow (Quill)", "Hankow", "HANKOW"),
        ("Embassy in the Congo", "Léopoldville", "LEOPOLDVILLE"),
        ("Embassy in the Congo", "", "KINSHASA"),
        ("Ambassador in Turkey", "Ankara", "ANKARA"),
        ("Embassy in Yemen", "", "SANAA"),
    ],
)
def test_a_title_names_a_post(office: str, place: str, code: str) -> None:
    found = post_of(office, place)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("title", "dateline", "code", "problem"),
    [
        ("From the Special Envoy (Quill) to the Department", "<placeName>Saigon</placeName>", "SAIGON", True),
        ("From Mr. Stroop to the Department", "<placeName>[The Hague]</placeName>", "THEHAGUE", True),
        ("From the Commander in Chief (Quill) to the Department", "Tokyo", "TOKYO", True),
        ("From the Embassy in Greece to the Department of State", "<placeName>Paris</placeName>", "ATHENS", False),
        ("From President Quill to the Embassy in Greece", "<placeName>Washington</placeName>", None, False),
        ("From President Quill to the Embassy in Greece", "<placeName>Aboard the yacht</placeName>", None, False),
    ],
)  # fmt: skip
def test_the_dateline_tells_the_post_where_the_title_does_not(
    title: str, dateline: str, code: str | None, problem: bool
) -> None:
    cable = only(
        f"<head>1. Telegram 9 {title}</head><dateline>{dateline}, "
        '<date when="1951-03-14">March 14, 1951—6 p. m.</date></dateline><p>Fees rose.</p>'
    )
    assert (cable.origin.code if cable.origin else None) == code
    codes = {each.code for each in cable.problems}
    assert ("origin-from-dateline" in codes, "origin-unknown" in codes) == (problem, code is None)


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("Batavia, March 15, 1949—6 p.m. [Received March 16—1 p.m.]", "Batavia"),
        ("[Batavia,] March 15, 1949.", "Batavia"),
        ("La Paz, [March 15, 1949].", "La Paz"),
        ("March 15, 1949.", ""),
        ("Batavia, undated.", ""),
    ],
)
def test_the_place_before_a_date(dateline: str, place: str) -> None:
    assert leading_place(dateline) == place


def test_no_post_is_at_washington() -> None:
    assert post_at("Washington") is None
    assert post_at("") is None


# Entries of microfiche supplements.

LISTED = (
    "<head>6. Telegram 411 to USUN, March 14, 1962. Answers to questions on the harbor. Secret. 4 pp. "
    "Department of State, Central Files, 611.00/3–1462</head>"
)


@pytest.mark.parametrize(
    "body",
    [
        '<frus:page-count-according-to-citation>4</frus:page-count-according-to-citation><frus:file id="1"/>',
        "<frus:page-count-according-to-citation>4</frus:page-count-according-to-citation><p/>",
        '<frus:pages>12</frus:pages><figure><graphic url="0001"/></figure>',
        '<pb n="4"/><frus:file id="0237">0003/0093.TIF</frus:file>',
    ],
)
def test_an_entry_of_a_supplement_has_no_text(body: str) -> None:
    with pytest.raises(NotACable, match="pages are on microfiche"):
        only(LISTED + body)


@pytest.mark.parametrize("body", ["", "<p/>", '<pb n="4"/>'])
def test_an_empty_document_has_no_text(body: str) -> None:
    with pytest.raises(NotACable, match="the document has no text; look"):
        only(LISTED + body)


def test_what_the_series_counts_is_no_text_beside_one() -> None:
    count = "<frus:page-count-according-to-citation>4</frus:page-count-according-to-citation>"
    cable = only(f"{LISTED}{count}<p>Fees rose.</p><p><frus:odd>By half.</frus:odd></p>")
    assert [each.text for each in cable.paragraphs] == ["Fees rose.", "By half."]
    attached = "<frus:attachment><head>Tab A</head><p>A list of fees.</p></frus:attachment>"
    cable = only(f"{LISTED}<p>Fees rose.</p>{attached}")
    assert [each.text for each in cable.paragraphs] == ["Fees rose.", "A list of fees."]


def test_the_word_for_what_it_is_is_no_paragraph() -> None:
    cable = only(f"{HEAD}<p>[Telegram—Extract]</p><p>203. Fees rose.</p><p>[Telegram]</p>")
    assert [each.text for each in cable.paragraphs] == ["Fees rose.", "[Telegram]"]
    assert cable.message_number == "9"


# What is printed is what is shown.


@pytest.mark.parametrize(
    ("marked", "printed", "date", "precision", "codes"),
    [
        # An offset of the publisher's moves the day; the dateline has the one that was meant.
        ("1949-12-30T19:00:00-05:00", "December 31, 1949—8 a. m.", "1949-12-31T08:00+08:00", "minute", []),
        ("1949-12-30T19:00:00-05:00", "December 31, 1949", "1949-12-31", "day", []),
        ("1963-03-14T05:00:00-05:00", "March 14, 1963, 6 p.m.", "1963-03-14T18:00+08:00", "minute", []),
        ("1973-01-17T20:08:00-05:00", "January 18, 1973, 0108Z", "1973-01-18T01:08Z", "minute", []),
        ("1973-01-17T20:08:00-05:00", "January 19, 1973, 0108Z", "1973-01-19T01:08Z", "minute", ["date-differs"]),
        # The place's own offset stays, and so does a moment of the printed day.
        ("1949-12-31T08:00:00+08:00", "December 31, 1949—8 a. m.", "1949-12-31T08:00+08:00", "minute", []),
        ("1949-12-31T08:00:00+08:00", "December 31, 1949", "1949-12-31T08:00+08:00", "minute", []),
        ("1949-12-31T08:00:00+08:00", "", "1949-12-31T08:00+08:00", "minute", []),
        ("1950-01-02T01:00:00+08:00", "December 31, 1949", "1950-01-02T01:00+08:00", "minute", ["date-differs"]),
    ],
)  # fmt: skip
def test_the_printed_day_is_shown(
    marked: str, printed: str, date: str, precision: str, codes: list[str]
) -> None:
    found = sent({}, [{"when": marked}], printed)
    assert (iso_date(found.date, found.precision), found.precision) == (date, precision)
    assert [each.code for each in found.problems] == codes


def test_pages_without_an_instruction_are_read() -> None:
    page = RawPage(document(), "frus1951v98 (1).xml#d1", "tei", "0" * 64)
    assert read_document(page).id == "frus1951v98/d1"
