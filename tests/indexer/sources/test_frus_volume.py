"""Volumes of FRUS: what is one, which of its documents are cables, and XML that is damaged or meant to hurt."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import examples
from frus_volumes import DATELINE, document, volume
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import SegmentKind
from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.parse import parse
from indexer.sources import frus

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
    assert "Inner." in [p.text for p in frus.read_document(pages[0]).paragraphs]
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
@settings(max_examples=examples(200))
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


def test_a_damaged_document_that_is_nothing_but_a_note_loses_nothing() -> None:
    markup = '<note n="1" type="source">Source: an archive.</note>'
    (cable,) = parse(RawPage(markup, "v.xml#d9", "tei"))
    assert "".join(segment.text for segment in cable.segments) == frus.visible_text(markup)
    assert "Source: an archive." in frus.visible_text(markup)
