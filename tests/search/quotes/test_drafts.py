"""A draft's paragraphs, from the kinds of files that people have."""

from __future__ import annotations

import pytest
from wrapping import docx, zipped
from wrapping import docx_paragraph as p

from search.documents.errors import Unreadable
from search.quotes.drafts import TooLong, blocks_of, read_draft
from search.quotes.quotations import quotations


def test_a_word_document_has_its_quotations_set_off_and_its_notes() -> None:
    reference = '<w:footnoteReference w:id="2"/>'
    note = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t> See 06PARIS12.</w:t></w:r></w:p></w:footnote>'
    )
    data = docx(
        p("He said “lamp one”.", more=reference)
        + p("Short.")
        + p("The lamp is lit.", '<w:pStyle w:val="IntenseQuote"/>')
        + p("The harbor is dark.", '<w:ind w:left="720"/>')
        + p("Its first line stands in.", '<w:ind w:firstLine="720"/>')
        + p("It hangs out.", '<w:ind w:left="720" w:hanging="720"/>'),
        footnotes=note,
    )
    blocks = read_draft(data)
    assert [(each.text, each.set_off, each.note) for each in blocks] == [
        ("He said “lamp one”.[^2]", False, ""),
        ("Short.", False, ""),
        ("The lamp is lit.", True, ""),
        ("The harbor is dark.", True, ""),
        ("Its first line stands in.", False, ""),
        ("It hangs out.", False, ""),
        ("See 06PARIS12.", False, "2"),
    ]
    assert [each.text for each in quotations(blocks)] == [
        "lamp one",
        "The lamp is lit.\nThe harbor is dark.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    [block] = read_draft("He said “the lamp”.\r\n".encode(encoding))
    assert block.text == "He said “the lamp”."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "it is a PDF"),
        (b"{\\rtf1 ...", "it is an RTF file"),
        (b"\xd0\xcf\x11\xe0 ...", "it is an old Word file"),
        (b"\n<!DOCTYPE html><html>", "it is a web page"),
        (b"GIF89a\x00\x01", "it is no text"),
        (b"\xff\xfea", "its text is cut in the middle of a character"),
        (zipped({"a.txt": b"lamp"}), "it is an archive and no Word document"),
        (docx("")[:200], "the document is damaged"),
        (docx("<w:p>"), "the document is damaged"),
    ],
)
def test_what_is_no_draft_is_told_with_advice(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        read_draft(data)
    assert str(caught.value).endswith("paste its text, or save it as a text file or as .docx")


def test_a_limit_holds_for_texts_and_for_what_is_unpacked() -> None:
    assert len(read_draft(b"lamp " * 20, 100)) == 1
    with pytest.raises(TooLong, match="more than 100 characters"):
        read_draft(b"lamp " * 21, 100)
    with pytest.raises(TooLong, match="more than 1,000 characters"):
        read_draft(docx(p("lamp" * 400)), 1000)
    # It is stopped while it is unpacked, long before its million blanks are read.
    with pytest.raises(TooLong, match="more than 100 characters"):
        read_draft(docx(" " * 1_000_000 + p("lamp")), 100)


def test_lines_lists_and_headings_are_told_apart() -> None:
    draft = (
        "# Title\nText that\nwraps.\n- one\n- two\n1. three\n```\ncode\n```\n"
        "[^1]: A note\n    that wraps.\n\n    And goes on.\n\nText."
    )
    assert [(each.text, each.line, each.note) for each in blocks_of(draft)] == [
        ("Title", 1, ""),
        ("Text that wraps.", 2, ""),
        ("- one", 4, ""),
        ("- two", 5, ""),
        ("1. three", 6, ""),
        ("code", 8, ""),
        ("A note that wraps.", 10, "1"),
        ("And goes on.", 13, "1"),
        ("Text.", 15, ""),
    ]
