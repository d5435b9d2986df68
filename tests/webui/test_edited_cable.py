"""What editors added to a cable, and the other places in which it was found, on its page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable, Footnote, Paragraph, Part, Recipient, Version
from webui import create_app

EDITED = Cable(
    id="frus1969-76ve09p1/d7",
    subject="The lake",
    message_number="5222",
    place="La Paz",
    source_note="National Archives, RG 59, <Confidential>.",
    info_recipients=tuple(Recipient(f"POST {number}") for number in range(9)),
    paragraphs=(Paragraph("p1", 1, None, None, Part.BODY, "The lake has risen."),),
    footnotes=(
        Footnote("2", "Not found, <b>.", "p1"),
        Footnote("*", "Of the header."),
        Footnote("3", "Of a paragraph that is gone.", "p9"),
    ),
    source="frus",
    address="/private/volume.xml",
    url="https://example.org/frus/d7",
    versions=(
        Version("wikileaks", "https://example.org/wl/7", "00"),
        Version("scoop", "/private/lake.html", "01"),
    ),
)


@pytest.fixture(scope="module")
def page() -> str:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(EDITED)
    client: FlaskClient = create_app(index.searcher()).test_client()
    return client.get("/cable/frus1969-76ve09p1/d7").text


def test_notes_stand_below_the_text_and_lead_to_their_paragraph(page: str) -> None:
    notes = page[page.index('id="notes"') : page.index("</section>")]
    assert (
        '<li class="para" id="n2" tabindex="-1"><a class="no" href="/cable/frus1969-76ve09p1/d7/p/n2"'
        in notes
    )
    assert '<p dir="auto">Not found, &lt;b&gt;. <a href="#p1">¶1</a></p>' in notes
    assert '<p dir="auto">Of the header.</p>' in notes
    assert 'id="nu1"' in notes
    assert "p9" not in notes


def test_every_place_in_which_it_was_found_is_named_and_no_folder(page: str) -> None:
    assert '<a href="https://example.org/frus/d7" rel="noopener noreferrer">' in page
    assert 'also <bdi>A page of WikiLeaks</bdi>: <a href="https://example.org/wl/7"' in page
    assert "also <bdi>A page of Scoop</bdi>: <bdi>lake.html</bdi>" in page
    assert "/private" not in page
    # Nothing is known of their texts by an index in memory.
    assert ">compare</a>" not in page


def test_what_the_archive_says_is_in_the_header_and_many_addressees_are_folded(page: str) -> None:
    first = page[page.index('<dl class="fields">') : page.index("<details>")]
    assert "POST 8" not in first
    for text in ("POST 8", "5222", "National Archives, RG 59, &lt;Confidential&gt;."):
        assert text in page
