"""Alarms: a page or a paragraph that was cut, against one that only lacks its full stop; lines of attention."""

from __future__ import annotations

import pytest
from harbor import LONG, cable

from corpus.model import Cable, SegmentKind
from indexer.page import RawPage
from indexer.parse import parse


def codes(read: Cable) -> list[str]:
    return [problem.code for problem in read.problems]


@pytest.mark.parametrize(
    "end",
    [
        "Shippers have paid so far. END SUMMARY",
        "Shippers have paid so far. End of text",
        "The gates will be ready in May. Source - Harbor Gazette",
        "The gates will be ready in May. Source: Harbor Gazette",
        "Questions can be sent to https://pilots.example.org/index.html",
        "Questions can be sent to pilots@example.org",
        "Questions can be sent by telephone to 502-5555-1234",
        "Visit the consulate's page: XXXXXXXXXXXX",
        "The pilot, the harbor master and the tug crews wait in May",
        "Participants were Horatio Quill, Ottoline Marzipan and Jan Stroop",
        "Contact: Horatio Quill, Pilot Office, Harbor Street 12, Guangzhou",
    ],
)
def test_a_missing_stop_is_no_cut(end: str) -> None:
    read = cable(f"\n1. (U) {end}\n\n2. (U) {LONG}\n\nQUILL\n")
    assert codes(read) == []


@pytest.mark.parametrize(
    "end",
    [
        "The harbor master told us that the fees would rise and the",
        "The harbor master told us that the fees would rise,",
        "The harbor master told us that the fees would rise in",
        "The harbor master told us that the fees would rise with a share of",
    ],
)
def test_a_sentence_that_surely_goes_on_is_cut(end: str) -> None:
    read = cable(f"\n1. (U) {end}\n\n2. (U) {LONG}\n\nQUILL\n")
    assert codes(read) == ["paragraph-cut"]


def test_a_full_last_line_lost_the_one_below_it() -> None:
    lost = "1. (U) The harbor master told us in the course of a long talk on the\n"
    lost += "quay that the fees would rise again in the coming year, by another\n"
    read = cable(f"\n{lost}\n2. (U) {LONG}\n\nQUILL\n")
    assert codes(read) == ["paragraph-cut"]
    read = cable(
        "\n" + lost.replace("by another\n", "by another\ntenth\n") + f"\n2. (U) {LONG}\n\nQUILL\n"
    )
    assert codes(read) == []


@pytest.mark.parametrize(
    "end",
    [
        "The harbor master told us that the fees",
        "The harbor master told us that the fees would",
        "We met with the",
        "The crews asked for a share of the fees and for",
    ],
)
def test_a_page_that_was_cut(end: str) -> None:
    assert "page-cut" in codes(cable(f"\n1. (U) {LONG}\n\n2. (U) {end}\n"))
    assert "page-cut" in codes(cable(f"\n1. (U) {LONG} 2. (U) {end}\n"))


@pytest.mark.parametrize(
    "end",
    [
        "The crews have asked for a share of the fees. QUILL",
        "The crews have asked for a share of the fees. End comment. Quill",
        "The crews have asked for a share of the fees. End Comment",
        "The crews have asked for a share of the fees. Horatio Quill",
        "The points of the port are these:\n- fees\n- tugs",
        "The port can be reached by these telephones:\nPilot Office: 502-5555-1234",
        "Year      Fee      Tons      Ships\n2008      12      13      14",
        "See the pilot office's page for more of this at www.pilots.example.org",
    ],
)
def test_a_page_that_was_not_cut(end: str) -> None:
    assert "page-cut" not in codes(cable(f"\n1. (U) {LONG}\n\n2. (U) {end}\n"))


HEAD = (
    "R 221505Z MAR 09\nFM AMCONSUL GUANGZHOU\nTO RUEHC/SECSTATE WASHDC\nUNCLAS GUANGZHOU 000413\n\nSIPDIS\n\n{}\n\n"
    "E.O. 12958: N/A\nTAGS: ETRD, CH\nSUBJECT: FEES\n\n1. (U) Fees.\n\n2. (U) Tugs.\n"
)


def with_line(line: str) -> Cable:
    (read,) = parse(RawPage(HEAD.format(line), "page", "text", "0" * 64))
    return read


@pytest.mark.parametrize(
    "line",
    [
        "WHA/CEN",
        "EB/IFD/OMA, OES/OA",
        "CA/OCS/ACS, WHA/BSC",
        "PLEASE PASS TO USAID",
        "Please pass to USTR Quill",
        "ALDAC",
        "C O R R E C T E D COPY",
        "CORRECTED COPY - SPACING",
        "C O R R E C T E D C O P Y (MRN 729 VICE 716)",
        "SY CHANNEL",
        "Department for EAP/CM - Marzipan",
        "WHA/CEN\n\nPLEASE PASS TO USAID\n\nALDAC",
    ],
)
def test_lines_of_attention(line: str) -> None:
    read = with_line(line)
    assert codes(read) == []
    assert [paragraph.anchor for paragraph in read.paragraphs] == ["p1", "p2"]
    placed = [
        s for s in read.segments if s.kind is SegmentKind.HEADER and line.split("\n")[0] in s.text
    ]
    assert [segment.field for segment in placed] == ["pass"]


@pytest.mark.parametrize(
    "line",
    [
        "This cable is sensitive. Please protect it.",
        "The port raised its fees on Monday and the crews struck on Tuesday.",
        "QQSOMETHING 17 THAT NO FIELD HAS",
        "C. SPOKESMAN FURTHER CLARIFIED THAT TITLE III WAS NOT AFFECTED",
    ],
)
def test_text_among_the_fields_is_told_and_found(line: str) -> None:
    read = with_line(line)
    assert codes(read) == ["unplaced"]
    assert read.paragraphs[0].text == line


def test_many_lines_of_notes_and_no_signature() -> None:
    notes = "NOTE: FEES.\n\nNNNN\n\nBT\n\n#0413\n\nNOTE: TUGS.\n\nNNNN\n\nBT\n\nNNNN\n\nBT\n"
    assert cable(f"\n1. (U) {LONG}\n\n2. (U) Tugs.\n\n{notes}").signed_by == ()
