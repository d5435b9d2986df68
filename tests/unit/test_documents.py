"""What is indexed of a paragraph."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.model import Cable, Paragraph, Part
from search.analysis import analyse
from search.documents import BREAK, HEADING_WEIGHT, SUBJECT_WEIGHT, documents
from search.fields import TERM_FIELDS

FIRST = Paragraph("p1", 1, "U", None, Part.SUMMARY, "Nike's injunctions.")
SECOND = Paragraph("p2", 2, None, "Shoes, Putian", Part.BODY, "")
CABLE = Cable(
    id="07GUANGZHOU376",
    date=datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
    subject="Second Review",
    tags=("KIPR", "kipr", " Econ  Policy ", ""),
    paragraphs=(FIRST, SECOND),
)


def test_a_document_for_each_paragraph() -> None:
    assert [(each.cable, each.anchor) for each in documents(CABLE)] == [
        ("07GUANGZHOU376", "p1"),
        ("07GUANGZHOU376", "p2"),
    ]
    assert documents(Cable(id="X", subject="No paragraphs")) == []


def test_subject_and_heading_count_more_and_no_phrase_runs_over() -> None:
    first, second = documents(CABLE)
    subject = [f"second review {BREAK}"] * SUBJECT_WEIGHT
    assert first.terms["text"] == " ".join([*subject, "nike injunct"])
    assert first.terms["text_exact"] == " ".join([*subject, "nike injunctions"])
    heading = [f"shoe putian {BREAK}"] * HEADING_WEIGHT
    assert second.terms["text"] == " ".join([*subject, *heading]).removesuffix(f" {BREAK}")


def test_no_word_equals_the_break() -> None:
    assert analyse(BREAK) == []


def test_every_field_of_words_is_there() -> None:
    first, second = documents(CABLE)
    assert set(first.terms) == set(TERM_FIELDS)
    assert (first.terms["section"], second.terms["section_exact"]) == ("", "shoes putian")
    assert first.terms["subject"] == "second review"


def test_values_are_single_and_as_printed() -> None:
    first, second = documents(CABLE)
    assert first.values["tag"] == ("KIPR", "Econ Policy")
    assert first.values["mark"] == ("U",)
    assert "mark" not in second.values
    assert second.values["section"] == ("Shoes, Putian",)


def test_numbers_are_left_out_where_there_are_none() -> None:
    first, second = documents(CABLE)
    assert first.numbers == {
        "position": 0,
        "date": 19577324,
        "date_first": 19577324,
        "date_last": 19577324,
        "number": 1,
        "paragraphs": 2,
        "words": 2,
    }
    assert second.numbers["position"] == 1
    (undated,) = documents(
        Cable(id="X", paragraphs=(Paragraph("u1", None, None, None, Part.BODY, "x"),))
    )
    assert undated.numbers == {"position": 0, "paragraphs": 1, "words": 1}
