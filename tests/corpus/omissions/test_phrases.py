"""What is read of phrases that stand for something missing: our own set, and the volumes of FRUS."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.omissions import Omission, OmissionKind, Size, of_the_record, omissions
from corpus.omissions.codes import normal_code

PHRASES = Path(__file__).parent / "phrases.csv"
with PHRASES.open(encoding="utf-8", newline="") as file:
    ROWS = tuple(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=[each["text"][:60] for each in ROWS])
def test_kind_size_and_exemptions(row: dict[str, str]) -> None:
    found = omissions(row["text"])
    first = (found[0].kind, found[0].size, " ".join(found[0].codes)) if found else ("", "", "")
    assert first == (row["kind"], row["size"], row["codes"])


def test_the_set_is_large_and_has_neighbours_without_an_omission() -> None:
    assert len(ROWS) > 250
    assert sum(not row["kind"] for row in ROWS) >= 40
    assert {row["kind"] for row in ROWS} - {""} == set(OmissionKind) - {"partial extract"}


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("He met [name not declassified] there.", "[name not declassified]"),
        ("HE MET ((GARBLE)) THERE", "((GARBLE))"),
        ("He met XXXXXXXXXXXX's son.", "XXXXXXXXXXXX"),
        ("Secret. Four pages not declassified.", "Four pages not declassified"),
        ("It is (b)(1) there.", "(b)(1)"),
        (
            "[He met [name not declassified] and [1 line not declassified] there.]",
            "[name not declassified]",
        ),
    ],
)
def test_where_it_stands(text: str, spot: str) -> None:
    found = omissions(text)
    assert text[found[0].start : found[0].end] == spot


def test_a_name_that_was_not_declassified_is_a_name_too() -> None:
    (found,) = omissions("He met [2 names not declassified] there.")
    assert found.kinds == (OmissionKind.NOT_DECLASSIFIED, OmissionKind.NAME)


def test_several_in_one_text_do_not_overlap() -> None:
    text = "A [1 line not declassified] b XXXXXXXXXXXX c (GARBLED) d [B1] e [...] f"
    found = omissions(text)
    assert [each.kind for each in found] == [
        OmissionKind.NOT_DECLASSIFIED,
        OmissionKind.NAME,
        OmissionKind.GARBLED,
        OmissionKind.EXEMPTION,
        OmissionKind.LEFT_OUT,
    ]
    ends = [0, *(each.end for each in found)]
    assert all(each.start >= end for each, end in zip(found, ends, strict=False))


@pytest.mark.parametrize(
    ("line", "kind", "codes"),
    [
        (
            "This record is a partial extract of the original cable.",
            "partial extract",
            (),
        ),
        ("Partial extracts of the original cable", "partial extract", ()),
        (
            "THIS RECORD IS A PARTIAL EXTRACT OF THE ORIGINAL CABLE. THE FULL TEXT IS NOT AVAILABLE.",
            "partial extract",
            (),
        ),
        ("TEXT UNAVAILABLE", "text missing", ()),
        ("Message text: n/a", "text missing", ()),
        ("Text not available", "text missing", ()),
        ("ERROR READING TEXT INDEX", "text missing", ()),
        ("EXPAND ELECTRONIC TELEGRAM - NO TEXT", "text missing", ()),
        ("WITHDRAWN", "withdrawn", ()),
        ("[WITHDRAWN]", "withdrawn", ()),
        ("Withdrawal card", "withdrawn", ()),
        ("This document has been withdrawn because it is restricted.", "withdrawn", ()),
        ("Withdrawn item", "withdrawn", ()),
        ("DENIED IN FULL B1", "withdrawn", ("B1",)),
        ("RELEASE IN PART B1, 1.4(D)", "exemption", ("B1", "1.4(D)")),
        ("RELEASED IN PART", "exemption", ()),
        (
            "UNCLASSIFIED U.S. Department of State RELEASED IN PART B6, B7(C)",
            "exemption",
            ("B6", "B7(C)"),
        ),
        ("Review Exemptions: B1", "exemption", ("B1",)),
        ("Review Withdrawn Fields: Subject", "withdrawn", ()),
        ("Review Exemptions: n/a", "", ()),
        ("Review Withdrawn Fields: n/a", "", ()),
        ("RELEASED IN FULL", "", ()),
        ("The troops were withdrawn in May.", "", ()),
        ("He read the text of the letter.", "", ()),
        ("It was released in part because the minister asked for it and so on.", "", ()),
        ("Message Text", "", ()),
        ("WITHDRAWAL OF FORCES", "", ()),
    ],
)
def test_what_is_said_of_a_whole_cable(line: str, kind: str, codes: tuple[str, ...]) -> None:
    found = of_the_record([line])
    assert [(each.kind.value, each.codes) for each in found] == ([(kind, codes)] if kind else [])


def test_an_exemption_has_one_spelling() -> None:
    spelt = ("b(6)", "(b)(6)", "B6", "b6", "B-6", "(b) (6)")
    assert {normal_code(each) for each in spelt} == {"B6"}
    assert normal_code("1.4 d") == "1.4(D)"
    assert normal_code("wheat") == "wheat"


def test_sizes_in_words() -> None:
    said = [Size(1, "line", "less than"), Size(1.5, "line"), Size(None, "name"), Size(2, "copy")]
    assert [str(each) for each in said] == [
        "less than 1 line",
        "1½ lines",
        "several names",
        "2 copies",
    ]
    assert Omission(0, 1, OmissionKind.NAME).size == ""
