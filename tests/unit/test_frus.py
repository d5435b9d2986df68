from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Cable, Footnote, Part, SegmentKind
from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.parse import parse
from indexer.sources import frus
from indexer.sources.frus.dating import sent
from indexer.sources.frus.offices import post_of
from indexer.sources.frus.opening import MessageNumber, message_number, read_fields
from indexer.sources.frus.sentences import sentences
from indexer.sources.frus.source_note import copies, marking, marking_of_opener
from indexer.sources.frus.title import list_of_offices, read_title

NAMESPACES = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
SOURCE = (
    '<note n="1" xml:id="d9fn1" type="source">Source: National Archives, RG 59. Secret; Niact Immediate; Exdis. '
    "Repeated priority to Athens and The Hague.</note>"
)
HEAD = f"<head>9. Telegram 123 From the Embassy in Greece to the Department of State{SOURCE}</head>"
DATELINE = (
    "<dateline><placeName>Athens</placeName>, "
    '<date when="1977-03-15T17:52:00">March 15, 1977, 1752Z</date></dateline>'
)


def volume(*documents: str, number: str = "frus1977-80v99", prolog: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<TEI {NAMESPACES}><teiHeader>'
        f'<idno type="frus">{number}</idno></teiHeader><text><body><div type="chapter"><head>Greece</head>'
        f"{''.join(documents)}</div></body></text></TEI>"
    )


def document(body: str, *, head: str = HEAD, name: str = "d9", above: str = "") -> str:
    return f'<div type="document" n="9" xml:id="{name}">{above}{head}{body}</div>'


def read(body: str, *, head: str = HEAD, dateline: str = DATELINE) -> Cable:
    """The one cable of a volume with this document; its segments are checked to be its visible text."""
    (page,) = frus.documents(volume(document(dateline + body, head=head)), "v.xml")
    (cable,) = parse(page)
    assert "".join(s.text for s in cable.segments) == frus.visible_text(page.text)
    return cable


def texts(cable: Cable) -> list[str]:
    return [paragraph.text for paragraph in cable.paragraphs]


# A volume and its documents.


def test_a_volume_is_known_by_its_content() -> None:
    assert frus.recognise(volume())
    assert frus.recognise("\ufeff" + volume())
    older = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{" " * 9000}<idno type="frus">frus1861</idno>'
    assert frus.recognise(older)
    assert not frus.recognise('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>A play</text></TEI>')
    assert not frus.recognise(
        "<html><body>history.state.gov, http://www.tei-c.org/ns/1.0</body></html>"
    )
    assert not frus.recognise("UNCLAS ATHENS 123")


@pytest.mark.parametrize(
    "head",
    [
        "<head>1. Telegram 5222 From the Embassy in Bolivia to the Department of State</head>",
        "<head>2. Airgram A–12 From the Embassy in Bolivia to the Department of State</head>",
        "<head>3. Circular Telegram From the Department of State to Certain Posts</head>",
        "<head>No. 4<lb/>Joint State–Defense Telegram to the Embassy in Spain</head>",
        "<head><hi rend='italic'>Cablegram from Earl Li Hung Chang, dated the 7th</hi></head>",
        "<head>5. Tele<pb n='3'/>gram From the Embassy in Spain</head>",
        '<note rend="inline" type="source">851<gloss>G</gloss>.01/4–1149: Telegram</note>'
        "<head>The Consul at Saigon to the Secretary of State</head>",
        "<head>Mr. Hay to Mr. Conger</head><opener><seg>[Telegram.—Paraphrase.]</seg></opener>",
    ],
)
def test_what_went_by_wire_is_a_cable(head: str) -> None:
    found = frus.documents(volume(document("<p>Text.</p>", head=head)), "v.xml")
    assert len(list(found)) == 1
    assert (found.telegrams, found.others) == (1, 0)


@pytest.mark.parametrize(
    "head",
    [
        "<head>1. Memorandum From the Ambassador (Toon) on Telegram 12</head>",
        "<head>2. Memorandum Regarding Telegram 5222</head>",
        "<head>3. Letter From President Carter<note n='1'>Sent in telegram 12.</note></head>",
        "<head>4. Backchannel Message 176 From the Ambassador to Egypt (Eilts) to Secretary Kissinger</head>",
        "<head>5. Intelligence Information Cable Prepared in the Central Intelligence Agency</head>",
        "<head>6. Editorial Note</head><p>Telegram 12 from Paris, not printed, says so.</p>",
        '<note rend="inline" type="source">711.5/1–1149: Despatch</note><head>The Minister to the Secretary</head>',
    ],
)
def test_what_did_not_is_counted_and_left_out(head: str) -> None:
    found = frus.documents(volume(document("<p>Text.</p>", head=head)), "v.xml")
    assert list(found) == []
    assert (found.telegrams, found.others) == (0, 1)


def test_a_page_is_the_document_as_it_stands_in_the_volume() -> None:
    inside = document("<p>Résumé &amp; more</p>\n", name="d10a")
    pages = list(frus.documents(volume(inside), "folder/v21.xml"))
    assert [page.address for page in pages] == ["folder/v21.xml#d10a"]
    assert pages[0].markup == "tei"
    assert pages[0].text == f"<?frus-volume frus1977-80v99?>\n{inside}"
    assert frus.read_document(pages[0]).id == "frus1977-80v99/d10a"
    # A page without the instruction is named by its file.
    alone = RawPage(inside, "folder/frus1861.xml#d10a", "tei")
    assert frus.read_document(alone).id == "frus1861/d10a"


def test_a_document_inside_a_telegram_is_a_part_of_it() -> None:
    inner = document("<p>Inner.</p>", name="d2")
    outer = document(f"<p>Outer.</p>{inner}", name="d1")
    pages = list(frus.documents(volume(outer), "v.xml"))
    assert [page.address for page in pages] == ["v.xml#d1"]
    assert "Inner." in texts(frus.read_document(pages[0]))
    memorandum = document(inner, name="d1", head="<head>1. Memorandum</head>")
    found = frus.documents(volume(memorandum), "v.xml")
    assert [page.address for page in found] == ["v.xml#d2"]
    assert found.others == 1


# XML that nobody vouches for.


def entity(declared: str) -> str:
    body = document("<p>See &x;.</p>")
    return volume(body, prolog=f"<!DOCTYPE TEI [{declared}]>")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (entity('<!ENTITY x "inside">'), "declares an entity of its own, 'x'"),
        (entity('<!ENTITY x SYSTEM "file:///etc/passwd">'), "declares an entity of its own"),
        (entity('<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;'), "declares an entity"),
        (
            entity('<!ENTITY a "aaaaaaaaaa"><!ENTITY x "' + "&a;" * 50_000 + '">'),
            "declares an entity of its own",
        ),
        (volume(document("<p>&unknown;</p>")), "the XML is damaged: undefined entity"),
        (
            volume(document("<p>&unknown;</p>"), prolog='<!DOCTYPE TEI SYSTEM "tei.dtd">'),
            "uses the entity 'unknown'",
        ),
        (volume(document("<p>a</p></q>")), "the XML is damaged: mismatched tag"),
        (volume(document("<p>\x00</p>")), "the XML is damaged: not well-formed"),
        (volume(document("<p>\ud800</p>")), "the XML is damaged: not well-formed"),
        ("", "the XML is damaged: no element found"),
    ],
)
def test_unsafe_or_damaged_xml_is_refused_in_one_sentence(markup: str, reason: str) -> None:
    with pytest.raises(NotACable, match=reason) as caught:
        list(frus.documents(markup, "v.xml"))
    assert caught.value.line is not None
    assert "\n" not in str(caught.value)
    page = RawPage(markup, "v.xml", "tei")
    with pytest.raises(NotACable):
        parse(page)


def test_an_external_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    markup = volume(document("<p>Text.</p>"), prolog=f'<!DOCTYPE TEI SYSTEM "{secret.as_uri()}">')
    (page,) = frus.documents(markup, "v.xml")
    assert "the secret" not in frus.visible_text(page.text)


def test_documents_before_the_damage_are_kept() -> None:
    sound = document(f"<p>{'x' * 300_000}</p>", name="d1")
    found = frus.documents(volume(sound, sound.replace("d1", "d2"), "<p>a</q>"), "v.xml")
    pages: list[str] = []
    with pytest.raises(NotACable):
        pages.extend(page.address for page in iter(lambda: next(found), None))
    assert found.telegrams == 1


@pytest.mark.parametrize(
    ("tag", "deep"),
    [
        ("p", 100_000),
        *((tag, 10_000) for tag in ("hi", "div", "list", "note", "del", "quote", "head")),
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
    long = unit * (500_000 // len(unit))
    head = f"<head>9. Telegram From the Embassy in Greece to {long}{SOURCE}</head>"
    assert read(f"<p>{long}</p>").paragraphs
    assert read("<p>Text.</p>", head=head).recipients
    assert read("<p>Text.</p>", head=HEAD.replace("</note>", f"{long}</note>")).source_note
    items = f"<list>{f'<item>{unit}</item>' * 10_000}</list>"
    assert read(items).paragraphs


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
    assert cable.date.isoformat() == "1949-04-29T23:00:00+00:00"
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
    ("title", "number", "sender", "recipients"),
    [
        (
            "19. Telegram 5222 From the Embassy in Bolivia to the Department of State",
            *("5222", "Embassy in Bolivia", ("Department of State",)),
        ),
        (
            "8. Telegram 5 From the Department of State to the Mission to the United Nations",
            *("5", "Department of State", ("Mission to the United Nations",)),
        ),
        (
            "9. Telegram From the Mission to the United Nations to the Department of State",
            *("", "Mission to the United Nations", ("Department of State",)),
        ),
        (
            "45. Telegram 182532/Tosec 80271 From the Department of State to Secretary of State Kissinger at Helsinki",
            *(
                "182532/Tosec 80271",
                "Department of State",
                ("Secretary of State Kissinger at Helsinki",),
            ),
        ),
        (
            "1. Airgram A–128 From the Department of State to All Diplomatic Posts, Washington, January 5, 1973.",
            *("A–128", "Department of State", ("All Diplomatic Posts",)),
        ),
        (
            "The Ambassador in Germany (McCloy) to the Secretary of State",
            *("", "Ambassador in Germany (McCloy)", ("Secretary of State",)),
        ),
        ("7. Telegram From the Embassy in Spain", "", "Embassy in Spain", ()),
        ("Editorial Note", "", "", ()),
    ],
)
def test_titles(title: str, number: str, sender: str, recipients: tuple[str, ...]) -> None:
    found = read_title(title)
    assert (found.number, found.sender, found.recipients) == (number, sender, recipients)


def test_a_title_may_have_the_date() -> None:
    title = read_title(
        "3. Telegram 140 From the Embassy in Spain, Madrid, January 17, 1973, 2308Z."
    )
    assert (title.text, title.place) == ("Telegram 140 From the Embassy in Spain", "Madrid")
    assert title.date == "January 17, 1973, 2308Z"


@pytest.mark.parametrize(
    ("written", "offices"),
    [
        ("the Embassies in Greece and Turkey", ("Embassy in Greece", "Embassy in Turkey")),
        (
            "the Embassies in Greece and the United Kingdom, and the Missions to the United Nations and NATO",
            (
                *("Embassy in Greece", "Embassy in the United Kingdom"),
                *("Mission to the United Nations", "Mission to NATO"),
            ),
        ),
        (
            "the Embassies in Trinidad and Tobago and Peru",
            ("Embassy in Trinidad and Tobago", "Embassy in Peru"),
        ),
        (
            "the Assistant Secretary of State for Near Eastern and South Asian Affairs (Atherton)",
            ("Assistant Secretary of State for Near Eastern and South Asian Affairs (Atherton)",),
        ),
        (
            "the Department of State, the Department of Defense, and the Joint Chiefs of Staff",
            ("Department of State", "Department of Defense", "Joint Chiefs of Staff"),
        ),
        ("", ()),
    ],
)
def test_lists_of_offices(written: str, offices: tuple[str, ...]) -> None:
    assert list_of_offices(written) == offices


@pytest.mark.parametrize(
    ("office", "place", "series", "code"),
    [
        ("Embassy in Bolivia", "", "", "LAPAZ"),
        ("Embassy in the Soviet Union", "Moscow", "", "MOSCOW"),
        ("Embassy in Germany", "", "", "BONN"),
        ("Embassy in Germany", "Berlin", "", "BERLIN"),
        ("Embassy in Vietnam", "Saigon", "", "SAIGON"),
        ("Embassy in Zaire", "Kinshasa", "", "KINSHASA"),
        ("Embassy in Turkey", "Geneva", "", "ANKARA"),
        ("Consulate General in Hong Kong", "Hong Kong", "", "HONGKONG"),
        ("Ambassador to Egypt (Eilts)", "", "", "CAIRO"),
        ("U.S. Mission to the United Nations", "New York", "", "USUNNEWYORK"),
        ("Mission to the North Atlantic Treaty Organization", "Brussels", "", "USNATO"),
        ("Mission in Geneva", "", "", "GENEVA"),
        ("Mission in West Berlin", "", "", "USBERLIN"),
        ("Department of State", "Washington", "", "STATE"),
        ("Secretary of State Vance", "New York", "Secto", "SECTO"),
        ("Secretary of State Vance", "Washington", "", "STATE"),
        ("Department of Defense Attaché at the Embassy in Romania", "Bucharest", "", "BUCHAREST"),
        ("Commander in Chief, Pacific (McCain)", "Honolulu", "", None),
        ("", "", "", None),
    ],
)
def test_posts(office: str, place: str, series: str, code: str | None) -> None:
    found = post_of(office, place, series)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("note", "found"),
    [
        (
            "Source: NA, RG 59. Secret; Immediate; Exdis. Drafted by X.",
            ("SECRET", ("EXDIS",), "IMMEDIATE"),
        ),
        (
            "Source: Box 4 (S.A. 1980). Secret; Exdis—Handle as Nodis.",
            ("SECRET", ("EXDIS", "NODIS"), None),
        ),
        (
            "Source: Box 2 (3). Limited Official Use; Niact Immediate.",
            ("LIMITED OFFICIAL USE", (), "NIACT IMMEDIATE"),
        ),
        (
            "Summary: Secret talks.\nSource: RG 59. Confidential.Sent for information.",
            ("CONFIDENTIAL", (), None),
        ),
        ("Source: RG 59. No classification marking.", (None, (), None)),
        ("Source: Secretary of State, Secret Files.", (None, (), None)),
    ],
)
def test_markings(note: str, found: tuple[str | None, tuple[str, ...], str | None]) -> None:
    mark = marking(note)
    assert (mark.classification, mark.caveats, mark.precedence) == found


def test_markings_of_older_volumes() -> None:
    mark = marking_of_opener("top secret  us urgent eyes only")
    assert (mark.classification, mark.caveats, mark.precedence) == (
        "TOP SECRET",
        ("EYES ONLY",),
        "US URGENT",
    )
    assert marking_of_opener("No. 85").classification is None


def test_copies() -> None:
    note = (
        "Source: RG 59. Secret. Sent for information Immediate to Ankara, Bonn (for the Embassy), and Nicosia; "
        "Priority to London; and to USUN. Also sent for information to SHAPE. Sent to Madrid, and repeated to Paris. "
        "In telegram 5, the Embassy repeated that it was sent for information."
    )
    assert [(each.name, each.precedence) for each in copies(note)] == [
        *(("Ankara", "IMMEDIATE"), ("Bonn", "IMMEDIATE"), ("Nicosia", "IMMEDIATE")),
        *(("London", "PRIORITY"), ("USUN", None), ("SHAPE", None), ("Paris", None)),
    ]


@pytest.mark.parametrize(
    ("texts", "titled", "found"),
    [
        (["19342. Subject: A.", "1. B"], "", MessageNumber("19342", "", 0, 7)),
        (["Tosec 12. Subject: A."], "182532/Tosec 12", MessageNumber("182532/Tosec 12", "Tosec")),
        (["Secto 6005. Subject: A."], "", MessageNumber("Secto 6005", "Secto")),
        (["A motto.", "1705. Subj: A."], "", MessageNumber("1705", "", 1, 6)),
        (["1. A", "2. B"], "", MessageNumber("")),
        (["1. Subject: A.", "1. B"], "", MessageNumber("1", "", 0, 3)),
        (["3. A", "4. B"], "", MessageNumber("")),
        ([], "", MessageNumber("")),
    ],
)
def test_message_numbers(texts: list[str], titled: str, found: MessageNumber) -> None:
    assert message_number(texts, titled) == found


@pytest.mark.parametrize(
    ("text", "subject", "references"),
    [
        ("Subject: Talks With Mr. Ford. For the Secretary.", "Talks With Mr. Ford", ""),
        (
            "Subj: (S) NATO (U). Ref: A. Paris 1 B. Rome 2 of 5 June. Deliver.",
            "NATO",
            "A. Paris 1 B. Rome 2 of 5 June",
        ),
        ("Ref: Algiers 1. For Sisco. Sub: Aid.", "Aid", "Algiers 1"),
        (
            "Subject: Policy of the U.S. References: A—Amman 1; B—Amman 2.",
            "Policy of the U.S.",
            "A) Amman 1; B) Amman 2",
        ),
        ("TAGS: US-Turkey Relations.", "US-Turkey Relations", ""),
        ("No label here.", "", ""),
    ],
)
def test_fields_of_the_first_paragraph(text: str, subject: str, references: str) -> None:
    fields = read_fields(text)
    assert (fields.subject, fields.references) == (subject, references)


@pytest.mark.parametrize(
    ("attributes", "dates", "printed", "date", "precision", "codes"),
    [
        ({}, ["1974-05-21T14:48:00"], "May 21, 1974, 1448Z.", "1974-05-21T14:48", "minute", []),
        ({}, ["1978-05-16T12:00:00"], "May 16, 1978, 1280Z", "1978-05-16T12:00", "minute", ["date-odd"]),
        ({}, ["1973-03-28T21:23:00"], "March 28, 1974, 2123Z", "1974-03-28T21:23", "minute", ["date-differs"]),
        ({}, ["1964-01-01T14:30:00"], "January 1, 1964, 2:30 p.m.", "1964-01-01T00:00", "day", []),
        ({}, ["1949-04-29T19:00:00-04:00"], "April 29, 1949—7 p. m.", "1949-04-29T23:00", "minute", []),
        ({"doc-dateTime-min": "1949-04-11T00:00:00-05:00", "doc-dateTime-max": "1949-04-11T23:59:59-05:00"},
         [], "", "1949-04-11T00:00", "day", []),
        ({"doc-dateTime-min": "1949-04-01", "doc-dateTime-max": "1949-04-30"}, [], "undated", "1949-04-01T00:00",
         "month", []),
        ({"doc-dateTime-min": "1949-01-01", "doc-dateTime-max": "1950-12-31"}, [], "", None, "minute",
         ["date-missing"]),
        ({}, ["1969"], "1969", "1969-01-01T00:00", "year", []),
        ({}, [], "November 31, 1975", None, "minute", ["date-missing"]),
        ({}, ["soon"], "November 6, 1975", "1975-11-06T00:00", "day", []),
    ],
)  # fmt: skip
def test_dates(
    attributes: dict[str, str],
    dates: list[str],
    printed: str,
    date: str | None,
    precision: str,
    codes: list[str],
) -> None:
    found = sent(attributes, [{"when": each} for each in dates], printed)
    assert (found.date and found.date.isoformat(timespec="minutes").removesuffix("+00:00")) == date
    assert found.precision == precision
    assert [problem.code for problem in found.problems] == codes


def test_sentences_do_not_end_at_abbreviations() -> None:
    assert sentences(
        "The U.S. Dept. of State met Gen. Haig. It agreed (in part.) Did it? Yes."
    ) == [
        *("The U.S. Dept. of State met Gen. Haig.", "It agreed (in part.)", "Did it?", "Yes."),
    ]


# Damage of any kind.

SAMPLE = document(
    DATELINE
    + "<p>123. Subject: A.<note n='2'>B.</note></p><p>1. C <pb n='5'/>d.</p><list><head>E</head><item>f</item>"
    "</list><table><row><cell>g</cell><cell>h</cell></row></table><closer><signed>I</signed></closer>"
)


# What is put where how many letters are cut out.
EDITS = st.lists(
    st.tuples(
        st.integers(0, len(SAMPLE)),
        st.integers(0, 40),
        st.sampled_from(["", "<p>", "</p>", "&", "x<lb/>"]),
    ),
    max_size=4,
)


@given(EDITS)
@settings(max_examples=200, deadline=None)
def test_damaged_documents(edits: list[tuple[int, int, str]]) -> None:
    markup = SAMPLE
    for at, size, put in edits:
        markup = markup[:at] + put + markup[at + size :]
    try:
        (cable,) = parse(RawPage(markup, "v.xml#d9", "tei"))
    except NotACable:
        return
    assert "".join(segment.text for segment in cable.segments) == frus.visible_text(markup)
    anchors = [paragraph.anchor for paragraph in cable.paragraphs]
    assert len(anchors) == len(set(anchors))
    assert {s.anchor for s in cable.segments if s.kind is SegmentKind.PARAGRAPH} <= set(anchors)
