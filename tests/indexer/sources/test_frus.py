"""One document of a FRUS volume: what its elements mean, its paragraphs and their numbers, its whole header."""

from __future__ import annotations

import pytest
from frus_volumes import DATELINE, HEAD, SOURCE, document, volume

from corpus.model import Cable, Footnote, Part, SegmentKind
from indexer.parse import parse
from indexer.sources import frus


def read(body: str, *, head: str = HEAD, dateline: str = DATELINE) -> Cable:
    """The one cable of a volume with this document; its segments are checked to be its visible text."""
    (page,) = frus.documents(volume(document(dateline + body, head=head)), "v.xml")
    (cable,) = parse(page)
    assert "".join(s.text for s in cable.segments) == frus.visible_text(page.text)
    return cable


def texts(cable: Cable) -> list[str]:
    return [paragraph.text for paragraph in cable.paragraphs]


# What the elements mean for a reader.


@pytest.mark.parametrize(
    ("markup", "reading"),
    [
        ("<p>One\n   two\t three</p>", "One two three"),
        ("<p>ne<pb n='5'/>gotiations and <pb n='6'/>more</p>", "negotiations and more"),
        ("<p>Said.<note n='2'>A note.</note> They</p>", "Said. They"),
        ("<p>One<lb/>two</p>", "One\ntwo"),
        ("<p>We <del>will</del> may</p>", "We [struck out: will] may"),
        ("<p><del>C O N F I D E N T I A L</del> ATHENS 1</p>", "C O N F I D E N T I A L ATHENS 1"),
        ("<p>are <supplied>not</supplied> ready</p>", "are [not] ready"),
        ("<p>are [<supplied>not</supplied>] ready</p>", "are [not] ready"),
        ("<p>are [<hi rend='italic'>not</hi>] ready</p>", "are [not] ready"),
        (
            "<p>a <gap quantity='1' unit='pages' reason='illegible'/></p>",
            "a [gap: 1 pages, illegible]",
        ),
        ("<p>Of: <list><item>a. one</item><item>b. two</item></list></p>", "Of:\na. one\nb. two"),
        ("<list><head>Ends</head><item>a. one</item><item>b. two</item></list>", "a. one\nb. two"),
        (
            "<table><row><cell>FY 75</cell><cell>3</cell></row><row><cell>FY 76</cell><cell/></row></table>",
            "FY 75   3\nFY 76",
        ),
        ("<p><frus:unknown>Odd</frus:unknown></p>", "Odd"),
    ],
)
def test_reading_text(markup: str, reading: str) -> None:
    assert texts(read(markup)) == [reading]


def test_a_label_is_the_number_of_its_item() -> None:
    cable = read(
        "<p>Secto 12. Subject: Aid.</p><list><label>1.</label><item>One.</item><label>2.</label>"
        "<item>Two.</item></list>"
    )
    assert [(p.anchor, p.text) for p in cable.paragraphs[1:]] == [("p1", "One."), ("p2", "Two.")]


def test_a_quotation_has_paragraphs_of_its_own() -> None:
    cable = read("<p>It says: <quote><p>Dear Sir:</p><p>No.</p></quote> and so on</p>")
    assert texts(cable) == ["It says:", "Dear Sir:", "No.", "and so on"]


def test_pictures_and_page_breaks_are_shown_and_are_no_text() -> None:
    cable = read(
        "<pb n='7'/><p>Text.</p><figure><graphic url='d9-01'/><figDesc>A map.</figDesc></figure>"
    )
    assert texts(cable) == ["Text."]
    kinds = {s.text.strip(): (s.kind, s.field) for s in cable.segments}
    assert kinds["[Page 7]"] == (SegmentKind.PAGE_MARK, None)
    assert kinds["[picture: d9-01]"] == kinds["A map."] == (SegmentKind.CHROME, "picture")


def test_text_outside_of_any_paragraph_is_told_and_can_be_found() -> None:
    cable = read("<p>Text.</p>Stray words<p>More.</p>")
    assert texts(cable) == ["Text.", "Stray words", "More."]
    assert [p.code for p in cable.problems] == ["unplaced", "subject-from-title"]
    (segment,) = (s for s in cable.segments if s.kind is SegmentKind.UNPLACED)
    assert segment.anchor == "u2"


def test_headings_hold_to_the_end_of_what_they_stand_in() -> None:
    cable = read(
        "<p>123. Subject: Aid.</p><div><head>Background</head><p>1. One.</p></div><p>2. Two.</p>"
        "<frus:attachment><head>Attachment<note n='2'>Not printed.</note></head><p>3. Three.</p></frus:attachment>"
    )
    assert [(p.number, p.section) for p in cable.paragraphs] == [
        *((None, None), (1, "Background"), (2, None), (3, "Attachment"))
    ]
    assert cable.paragraphs[1].part is Part.BACKGROUND
    assert cable.footnotes == (Footnote("2", "Not printed.", None),)


def test_footnotes_hang_on_their_paragraph() -> None:
    cable = read(
        "<p>123. Subject: Aid.<note n='2' xml:id='d9fn2'>See <ref target='#d8'>Document\n 8</ref>.</note></p>"
        "<p>1. One.<note n='3'><p>First.</p><p>Second.<note n='*'>Nested.</note></p></note> More.</p>"
    )
    assert cable.footnotes == (
        Footnote("2", "See Document 8.", "u1"),
        Footnote("3", "First.\nSecond.", "p1"),
        Footnote("*", "Nested.", "p1"),
    )
    assert cable.source_note.startswith("Source: National Archives")
    assert texts(cable) == ["Subject: Aid.", "One. More."]


# Paragraphs and their numbers.


@pytest.mark.parametrize(
    ("paragraphs", "anchors"),
    [
        (["123. Subject: A.", "1. B", "2. C"], ["u1", "p1", "p2"]),
        (["38. Subject: A.", "1. B"], ["u1", "p1"]),
        (["1. A", "2. B", "Dear Sir:", "3. C"], ["p1", "p2", "u1", "p3"]),
        (["1. A", "1. B", "2. C"], ["u1", "p1", "p2"]),
        (["1. A", "2. B", "2. C", "1. D"], ["p1", "p2", "p2b", "p1b"]),
        (["1. A", "1) B", "2) C", "2. D"], ["p1", "u1", "u2", "p2"]),
        (["1. A", "565. B", "2. C"], ["p1", "u1", "p2"]),
        (["1. A", "2 [3]. B"], ["p1", "p3"]),
        (["3. A", "4. B"], ["p3", "p4"]),
        (["1973. was a year", "1.4 (b) too"], ["u1", "u2"]),
    ],
)
def test_numbers(paragraphs: list[str], anchors: list[str]) -> None:
    head = HEAD.replace("Telegram 123", "Telegram")
    cable = read("".join(f"<p>{each}</p>" for each in paragraphs), head=head)
    assert [paragraph.anchor for paragraph in cable.paragraphs] == anchors


def test_a_number_that_follows_no_other_is_told() -> None:
    cable = read("<p>1. A</p><p>565. B</p>")
    assert [p.code for p in cable.problems] == ["numbering-odd", "subject-from-title"]


@pytest.mark.parametrize(
    ("paragraph", "mark", "text"),
    [
        ("1. (C) Text.", "C", "Text."),
        ("1. (S) Entire text.", "S", "Entire text."),
        ("1. (C-entire text).", "C", "(C-entire text)."),
        ("(C) Text.", "C", "Text."),
        ("(c) text", None, "(c) text"),
        ("C) text", None, "C) text"),
        ("4. (With others) text", None, "(With others) text"),
    ],
)
def test_portion_marks(paragraph: str, mark: str | None, text: str) -> None:
    (found,) = read(f"<p>{paragraph}</p>").paragraphs
    assert (found.mark, found.text) == (mark, text)


def test_a_letter_that_goes_on_a_list_is_no_portion_mark() -> None:
    cable = read("<p>(B) One</p><p>Two</p><p>(C) Three</p>")
    assert [(p.mark, p.text) for p in cable.paragraphs][2] == (None, "(C) Three")


def test_a_summary_reaches_to_its_end() -> None:
    cable = read("<p>1. Summary: A</p><p>2. B</p><p>3. C. End summary.</p><p>4. D</p>")
    assert [p.part.value for p in cable.paragraphs] == ["summary", "summary", "summary", "body"]


# The header.


def test_the_whole_header() -> None:
    cable = read(
        "<p>123. For Nimetz. TAGS: PFOR, GR. Subject: (C) Aid for U.S. Bases. Ref: (A) State 57, (B) Ankara 9.</p>"
        "<p>1. One.</p><closer><signed corresp='#p_K'><persName>Kubisch</persName></signed></closer>"
    )
    assert cable.subject == "Aid for U.S. Bases"
    assert cable.tags == ("PFOR", "GR")
    assert [(r.bullet, r.id) for r in cable.references] == [("A", "77STATE57"), ("B", "77ANKARA9")]
    assert cable.date is not None
    assert (cable.date.isoformat(), cable.date_precision) == ("1977-03-15T17:52:00+00:00", "minute")
    assert cable.origin is not None
    assert (cable.origin.code, cable.sender, cable.place) == (
        "ATHENS",
        "Embassy in Greece",
        "Athens",
    )
    assert [r.name for r in cable.recipients] == ["Department of State"]
    assert [(r.name, r.precedence) for r in cable.info_recipients] == [
        ("Athens", "PRIORITY"),
        ("The Hague", "PRIORITY"),
    ]
    assert (cable.classification, cable.precedence) == ("SECRET", "NIACT IMMEDIATE")
    assert cable.caveats == ("EXDIS",)
    assert (cable.message_number, cable.signed_by) == ("123", ("Kubisch",))
    assert cable.url == "https://history.state.gov/historicaldocuments/frus1977-80v99/d9"
    assert cable.problems == ()
    fields = [(s.field, s.text.strip()) for s in cable.segments if s.kind is SegmentKind.HEADER]
    assert fields == [("dtg", "Athens, March 15, 1977, 1752Z"), ("number", "123.")]


def test_a_document_without_a_subject_has_the_editors_title() -> None:
    cable = read("<p>123. For the Secretary.</p>")
    assert cable.subject == "Telegram 123 From the Embassy in Greece to the Department of State"
    assert [problem.code for problem in cable.problems] == ["subject-from-title"]


def test_a_dateline_may_stand_in_a_paragraph() -> None:
    cable = read("<p>Athens, November 6, 1975, 2035Z.</p><p>123. Subject: A.</p>", dateline="")
    assert cable.date is not None
    assert (cable.date.isoformat(), cable.place) == ("1975-11-06T20:35:00+00:00", "Athens")
    assert texts(cable) == ["Subject: A."]


def test_an_older_volume() -> None:
    head = (
        '<note rend="inline" type="source">851G.00/4–2849: Telegram</note><head><hi>The <gloss type="from">Secretary '
        'of State</gloss> to the <gloss type="to">Consulate General at Saigon</gloss></hi>'
        '<note n="1">Repeated to Paris.</note></head><opener><seg><hi>confidential</hi></seg>'
        '<dateline><placeName>Washington</placeName>, <date when="1949-04-29T19:00:00-04:00">April 29, 1949—7 p. m.'
        "</date></dateline></opener>"
    )
    cable = read("<p>69. Urtel 129, Apr 28. You shld wait.</p>", head=head, dateline="")
    assert cable.date is not None
    assert cable.date.isoformat() == "1949-04-29T19:00:00-04:00"
    assert (cable.classification, cable.message_number) == ("CONFIDENTIAL", "69")
    assert cable.source_note == "851G.00/4–2849: Telegram"
    assert (cable.sender, cable.recipients[0].name) == (
        "Secretary of State",
        "Consulate General at Saigon",
    )
    assert cable.footnotes == (Footnote("1", "Repeated to Paris.", None),)
    assert texts(cable) == ["Urtel 129, Apr 28. You shld wait."]


def test_a_transcript_has_the_header_of_the_wire() -> None:
    cable = read(
        "<list type='subject'><head>SUBJECT:</head><item>AID FOR GREECE</item></list>"
        "<p>TELEGRAM<lb/>Department of State<lb/>ATHENS 123</p><p>R 151752 Z MAR 77</p>"
        "<p>FM AMEMBASSY ATHENS<lb/>TO SECSTATE WASHDC 44<lb/>Exdis<lb/>E.O. 11652: GDS<lb/>TAGS: PFOR, GR</p>"
        "<p>1. ONE LINE OF THE WIRE IS<lb/>WRAPPED.</p><p>KUBISCH</p>"
    )
    assert (cable.subject, cable.tags) == ("AID FOR GREECE", ("PFOR", "GR"))
    assert (cable.executive_order, cable.signed_by) == ("E.O. 11652: GDS", ("KUBISCH",))
    assert [(p.anchor, p.text) for p in cable.paragraphs] == [
        ("p1", "ONE LINE OF THE WIRE IS WRAPPED.")
    ]


def test_a_transcript_is_mended_over_its_page_breaks() -> None:
    cable = read(
        "<p>PAGE 01 ATHENS 00123 151752Z</p><p>ACTION SS-25</p><p>R 151752Z MAR 77</p><p>FM AMEMBASSY ATHENS</p>"
        "<p>TO SECSTATE WASHDC 44</p><p>S E C R E T ATHENS 123</p><p>SUBJECT: AID FOR GREECE</p>"
        "<p>1. THIS PARAGRAPH IS BROKEN IN THE</p><p>SECRET</p><p>PAGE 02 ATHENS 00123 151752Z</p>"
        "<p>MIDDLE OF ITS SENTENCE.</p><p>2. THE END.</p><p>KUBISCH</p><p>SECRET</p><p>NNN</p>"
    )
    assert texts(cable) == ["THIS PARAGRAPH IS BROKEN IN THE MIDDLE OF ITS SENTENCE.", "THE END."]
    assert (cable.subject, cable.signed_by) == ("AID FOR GREECE", ("KUBISCH",))
    assert not any(s.kind is SegmentKind.UNPLACED for s in cable.segments)


@pytest.mark.parametrize(
    ("tag", "deep"),
    [
        ("p", 20_000),
        *((tag, 3_000) for tag in ("hi", "div", "list", "note", "del", "quote", "head")),
    ],
)
def test_depth_is_no_matter(tag: str, deep: int) -> None:
    cable = read(f"{f'<{tag}>' * deep}Text.{f'</{tag}>' * deep}<p>More.</p>")
    assert "More." in texts(cable)


@pytest.mark.parametrize(
    "unit",
    [
        "a.",
        "1. ",
        "Subject: ",
        "Ref: A 1 ",
        "a<hi>b</hi>",
        "<lb/>x",
        "(",
        "a to ",
        "sent for information to ",
        "“",
    ],
)
def test_a_paragraph_may_be_long(unit: str) -> None:
    long = unit * (30_000 // len(unit))
    head = f"<head>9. Telegram From the Embassy in Greece to {long}{SOURCE}</head>"
    assert read(f"<p>{long}</p>").paragraphs
    assert read("<p>Text.</p>", head=head).recipients
    assert read("<p>Text.</p>", head=HEAD.replace("</note>", f"{long}</note>")).source_note
    items = f"<list>{f'<item>{unit}</item>' * 1_000}</list>"
    assert read(items).paragraphs
