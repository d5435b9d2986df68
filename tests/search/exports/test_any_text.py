"""Whatever stands in a cable, it does not get out of its place in an export."""

from __future__ import annotations

import csv
import io
import json

import bibtexparser
import lxml.etree
import rispy
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Cable, Footnote, Paragraph, Part, Recipient
from search.answers.answer import summary
from search.exports.about import About
from search.exports.citations import RECORDS, citations
from search.exports.entries import Entry
from search.exports.formats import FORMAT_OF
from search.units import units

# Any text, and what the formats themselves are made of.
TEXTS = st.text(max_size=20) | st.lists(
    st.sampled_from(
        ["{", "}", "\\", "@misc{a,", "\n", "\r\n", "ER  - ", "TY  - ", '"', ",", "=1+1", "<b>", "&", "]]>", "\ud800",
         "\x00", "\u2028", "\x85", "%", "~", "x"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@st.composite
def entry_lists(draw: st.DrawFn) -> list[Entry]:
    paragraph = Paragraph("p1", 1, None, draw(TEXTS), Part.BODY, draw(TEXTS))
    cable = Cable(
        id=draw(TEXTS.filter(bool)),
        subject=draw(TEXTS),
        sender=draw(st.none() | TEXTS),
        tags=tuple(draw(st.lists(TEXTS, max_size=2))),
        recipients=(Recipient(draw(TEXTS)),),
        message_number=draw(TEXTS),
        url=draw(st.just("https://a.example/") | TEXTS),
        paragraphs=(paragraph,),
        source_note=draw(TEXTS),
        source=draw(st.sampled_from(("telegram", "nara", "frus", "foia"))),
        volume=draw(TEXTS),
        release_case=draw(TEXTS),
        release_document=draw(TEXTS),
        footnotes=(Footnote(draw(TEXTS), draw(TEXTS), "p1"),),
    )
    return [Entry(summary(cable), unit, cable) for unit in (None, *units(cable))]


def written(name: str, entries: list[Entry]) -> str:
    return b"".join(FORMAT_OF[name].encoded(entries, About("x", "https://x"))).decode()


@given(entry_lists())
def test_ris_has_as_many_records(entries: list[Entry]) -> None:
    assert len(rispy.loads(written("ris", entries))) == len(entries)


@given(entry_lists())
def test_bibtex_has_as_many_entries(entries: list[Entry]) -> None:
    library = bibtexparser.parse_string(written("bib", entries))
    assert not library.failed_blocks
    assert len(library.entries) == len(entries)
    assert len(library.blocks) == len(entries)


@given(entry_lists())
def test_csv_has_as_many_rows_and_no_formula(entries: list[Entry]) -> None:
    text = written("csv", entries).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [len(row) for row in rows] == [16] * (1 + len(entries))
    assert not [value for row in rows for value in row if value.strip()[:1] in tuple("=+-@")]


@given(entry_lists())
def test_the_feed_is_xml(entries: list[Entry]) -> None:
    root = lxml.etree.fromstring(written("atom", entries).encode())
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == len(entries)


@given(entry_lists())
def test_json_is_one_a_line(entries: list[Entry]) -> None:
    lines = [json.loads(line) for line in written("jsonl", entries).split("\n")[:-1]]
    assert len(lines) == len(json.loads(written("csl.json", entries))) == len(entries)


@given(entry_lists())
def test_a_citation_in_words_is_one_line(entries: list[Entry]) -> None:
    for entry in entries:
        for each in citations(entry.loaded, entry.unit):
            assert each.style in RECORDS or len(each.text.splitlines()) == 1
