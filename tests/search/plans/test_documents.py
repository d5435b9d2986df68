"""What is indexed of a cable's units."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.model import Cable, Paragraph, Part, Passage, Segment, SegmentKind, Version
from search.fields import TERM_FIELDS
from search.plans.documents import BREAK, HEADING_WEIGHT, SUBJECT_WEIGHT, Document, documents
from search.text.analysis import analyse

FIRST = Paragraph("p1", 1, "U", None, Part.SUMMARY, "Nike's injunctions.")
SECOND = Paragraph("p2", 2, None, "Shoes, Putian", Part.BODY, "")
CABLE = Cable(
    id="07GUANGZHOU376",
    date=datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
    subject="Second Review",
    tags=("KIPR", "kipr", " Econ  Policy ", ""),
    paragraphs=(FIRST, SECOND),
)


def of_paragraphs(cable: Cable) -> list[Document]:
    return documents(cable)[: len(cable.paragraphs)]


def test_a_document_for_each_unit_the_head_always_among_them() -> None:
    assert [(each.cable, each.anchor) for each in documents(CABLE)] == [
        ("07GUANGZHOU376", "p1"),
        ("07GUANGZHOU376", "p2"),
        ("07GUANGZHOU376", "head"),
        ("07GUANGZHOU376", "s-p2"),
    ]
    (head,) = documents(Cable(id="X", subject="No paragraphs"))
    assert (head.anchor, head.terms["text_exact"]) == ("head", "no paragraphs")


def test_own_words_alone_are_a_units_text_and_count_more_if_they_stand_over_it_too() -> None:
    own = Paragraph("p1", 1, None, "Shoes of Nike", Part.BODY, "Nike's review.")
    (first, *_) = documents(Cable(id="X", subject="Second Review", paragraphs=(own,)))
    assert first.terms["text_exact"] == "nike review"
    again = [*["review"] * SUBJECT_WEIGHT, *["nike"] * HEADING_WEIGHT]
    assert first.terms["text"].split() == ["nike", "review", *again]
    assert first.terms["context"].split() == ["second", "shoe", "of"]


def test_no_phrase_runs_over_from_the_subject_to_the_header_or_to_a_paragraph() -> None:
    header = Segment(SegmentKind.HEADER, "TO SECSTATE")
    cable = Cable(id="X", subject="Second Review", segments=(header,), paragraphs=(FIRST,))
    first, head = documents(cable)
    assert first.terms["text_exact"] == "nike injunctions"
    assert head.terms["text_exact"] == f"second review {BREAK} to secstate"
    assert head.terms["context"] == ""


def test_a_short_head_counts_as_long_as_the_paragraphs() -> None:
    long = Paragraph("p1", 1, None, None, Part.BODY, "word " * 200)
    _, head = documents(Cable(id="X", subject="Review", paragraphs=(long,)))
    assert len(head.terms["text"].split()) == 200
    assert set(head.terms["text"].split()) == {"review", BREAK}


def test_a_heading_stands_over_the_paragraphs_of_other_versions_too() -> None:
    version = Version("scoop", "a", "1")
    passage = Passage(version, Paragraph("p5", 5, "U", "Shoes", Part.BODY, "The wheat."))
    _, document = documents(Cable(id="X", versions=(version,), passages=(passage,)))
    assert (document.anchor, document.terms["section_exact"]) == ("v2-p5", "shoes")
    assert document.terms["context"] == "shoe"
    assert "mark" not in document.values


def test_no_word_equals_the_break() -> None:
    assert analyse(BREAK) == []


def test_every_field_of_words_is_there() -> None:
    first, second = of_paragraphs(CABLE)
    assert set(first.terms) == set(TERM_FIELDS)
    assert (first.terms["section_exact"], second.terms["section_exact"]) == ("", "shoes putian")
    assert first.terms["subject_exact"] == "second review"


def test_values_are_single_and_as_printed() -> None:
    first, second = of_paragraphs(CABLE)
    assert first.values["tag"] == ("KIPR", "Econ Policy")
    assert first.values["mark"] == ("U",)
    assert "mark" not in second.values
    assert second.values["section"] == ("Shoes, Putian",)


def test_numbers_are_left_out_where_there_are_none() -> None:
    first, second = of_paragraphs(CABLE)
    assert first.numbers == {
        "position": 0,
        "date": 19577324,
        "date_first": 19577324,
        "date_last": 19577324,
        "number": 1,
        "paragraphs": 2,
        "words": 2,
    }
    assert (second.numbers["position"], second.numbers["stretch"]) == (1, 0)
    (undated,) = of_paragraphs(
        Cable(id="X", paragraphs=(Paragraph("u1", None, None, None, Part.BODY, "x"),))
    )
    assert undated.numbers == {"position": 0, "paragraphs": 1, "words": 1}
