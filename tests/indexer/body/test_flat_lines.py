"""Lines that hold several of the cable's: numbers, titles, page marks, fields and signatures inside a line."""

from __future__ import annotations

import pytest
from harbor import LONG, cable, sections, texts

from corpus.model import SegmentKind
from indexer.grammar.marks import inner_page_marks, page_mark


@pytest.mark.parametrize(
    "text",
    [
        "1. (U) {} 2. (U) Shippers pay. 3. (U) Fog.",
        "¶1. (U) {} ¶2. (U) Shippers pay. ¶3. (U) Fog.",
        "1.(U) {} 2.(U) Shippers pay. 3.(U) Fog.",
        "1. {} 2. Shippers pay. 3. Fog.",
        "(U) 1. {} (U) 2. Shippers pay. (U) 3. Fog.",
        "1) (U) {} 2) (U) Shippers pay. 3) (U) Fog.",
        "1. (U) {} 2. (U) Shippers pay.\n\n3. (U) Fog.",
    ],
)
def test_numbers_inside_a_line(text: str) -> None:
    read = cable("\n" + text.format(LONG) + "\n")
    assert texts(read) == [("p1", LONG), ("p2", "Shippers pay."), ("p3", "Fog.")]


@pytest.mark.parametrize(
    "text",
    [
        # A list, which begins again at 1 inside a paragraph.
        f"1. (U) {LONG} The aims are: 1. Silt. 2. Tides. 3. Fog.\n\n2. (U) Shippers pay.",
        # An unnumbered cable's list.
        f"{LONG} The aims are: 1. Silt. 2. Tides. 3. Fog.",
        # A paragraph that is cited, a number of something, a year, a decimal.
        f"1. (U) {LONG} See para. 2. The tide is told.\n\n2. (U) Shippers pay.",
        f"1. (U) {LONG} They own ship No. 2. The tide is told.\n\n2. (U) Shippers pay.",
        f"1. (U) {LONG} The law is of 2. 5 percent is paid.\n\n2. (U) Shippers pay.",
        # Where the next line says 2, the one inside is none.
        f"1. (U) {LONG} In all there are two. 2. The tide is told.\n\n2. (U) Shippers pay.",
    ],
)
def test_numbers_that_are_no_paragraphs(text: str) -> None:
    read = cable("\n" + text + "\n")
    assert len(read.paragraphs) == (2 if "Shippers" in text else 1)


@pytest.mark.parametrize("own", ["Harbor Fees in May.", "SUMMARY: Fees Rise.", "FEES RISE IN MAY."])
def test_what_stands_right_behind_a_number_is_no_title(own: str) -> None:
    read = cable(f"\nREF: ROME 6 1. (C) {own} 2. (C) {LONG} 3. (C) Fog came in.\n")
    assert texts(read) == [("p1", own), ("p2", LONG), ("p3", "Fog came in.")]
    assert [paragraph.mark for paragraph in read.paragraphs] == ["C", "C", "C"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{LONG} ------ Tug Crews Wait ------\n\n2. (U) They do.", "Tug Crews Wait"),
        (
            f"{LONG} ================ Tug Crews Wait ================ 2. (U) They do.",
            "Tug Crews Wait",
        ),
        (f"{LONG} Tug Crews Wait ------------------\n\n2. (U) They do.", "Tug Crews Wait"),
        (f"{LONG} Comment 2. (U) They do.", "Comment"),
        (f"{LONG} TUG CREWS WAIT 2. (U) They do.", "TUG CREWS WAIT"),
        (f"{LONG} Background: Tugs ---------- 2. (U) They do.", "Background: Tugs"),
        (f"{LONG}\n\n...But Tug Crews Wait -------\n\n2. (U) They do.", "...But Tug Crews Wait"),
        (
            f"{LONG} -------------- ...But Tug Crews Wait --------------\n\n2. (U) They do.",
            "...But Tug Crews Wait",
        ),
        (
            f"{LONG} ------------------------------- --- Tug Crews Wait ----------------- ---\n\n2. (U) They do.",
            "Tug Crews Wait",
        ),
    ],
)
def test_titles_inside_a_line(text: str, title: str) -> None:
    read = cable("\n1. (U) " + text + "\n")
    assert texts(read) == [("p1", LONG), ("p2", "They do.")]
    assert sections(read) == [None, title]


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG} Source - Harbor Gazette",
        f"{LONG} The fees, ---- so we hear ---- are high.",
        f"{LONG} It said: Year ------ Fee ------ 2008 12",
        f"{LONG} Quill, Stroop and Lin",
    ],
)
def test_what_is_no_title_stays_in_its_paragraph(text: str) -> None:
    read = cable("\n1. (U) " + text + "\n\n2. (U) They do.\n")
    assert read.paragraphs[0].text == text
    assert sections(read) == [None, None]


@pytest.mark.parametrize(
    "mark",
    [
        "GUANGZHOU 00000413  002 OF 002",
        "GUANGZHOU 00000413  002.2 OF 003",
        "GUANGZHOU 00000413 002 2 OF 003",
        "Guangzhou 00000413 002.2 of 003",
        "RIO DE JANEIRO 00000413  002 0F 002",
    ],
)
def test_page_marks(mark: str) -> None:
    assert page_mark(mark) is not None
    read = cable(
        f"\n1. (U) The port and the tug crews  {mark}  asked for a share.\n\n2. (U) They do.\n"
    )
    assert texts(read)[0] == ("p1", "The port and the tug crews asked for a share.")
    # As a line of its own in mid-sentence, and behind a title.
    read = cable(
        f"\n1. (U) The port and\n\n{mark}\n\nthe tugs.\n\nLOCK GATES {mark}\n\n2. (U) They do.\n"
    )
    assert texts(read) == [("p1", "The port and the tugs."), ("p2", "They do.")]
    assert sections(read) == [None, "LOCK GATES"]


@pytest.mark.parametrize(
    "text",
    [
        "She has 00000413 of 002 votes",
        "Article 12345678 002 of 1999",
        "Lima 413 002 of 003",
        "LIMA 00000413",
    ],
)
def test_what_is_no_page_mark(text: str) -> None:
    assert page_mark(text) is None
    assert list(inner_page_marks(f"a {text} b")) == []


def test_a_page_mark_is_its_posts_words_only() -> None:
    text = "on dredging USUN NEW YORK 00000413  002 OF 002  and more"
    assert [text[start:end] for start, end in inner_page_marks(text)] == [
        "USUN NEW YORK 00000413  002 OF 002"
    ]


SAID = "Econoff urged the port director, Ms. Lin, to publish the tariff. She will."


@pytest.mark.parametrize(
    ("fields", "anchor", "mark", "cables"),
    [
        (f"\nREF: STATE 57598 (SBU) {SAID}", "u1", "SBU", ["STATE 57598"]),
        (f"\nREF: STATE 57598 {SAID}", "u1", None, ["STATE 57598"]),
        (f"\nREF: (A) STATE 57598 (B) LIMA 3  (U) {SAID}", "u1", "U", ["STATE 57598", "LIMA 3"]),
        (
            f"\nREF: A. STATE 57598 B. LIMA 3 1. Summary. {SAID}",
            "p1",
            None,
            ["STATE 57598", "LIMA 3"],
        ),
        (f"\nREF: STATE 57598 1.{SAID}", "p1", None, ["STATE 57598"]),
        (f"\nREF: STATE 57598 ¶1. (C) {SAID}", "p1", "C", ["STATE 57598"]),
        (f"\nREF: STATE 57598\n   B. LIMA 3 1. (C) {SAID}", "p1", "C", ["STATE 57598", "LIMA 3"]),
        (
            f"\nREF: STATE 5  GUANGZHOU 00000413  001.2 OF 002   1. (U) {SAID}",
            "p1",
            "U",
            ["STATE 5"],
        ),
    ],
)
def test_the_body_on_the_line_of_a_field(
    fields: str, anchor: str, mark: str | None, cables: list[str]
) -> None:
    read = cable(fields + "\n")
    (only,) = read.paragraphs
    assert (only.anchor, only.mark) == (anchor, mark)
    assert only.text.endswith(SAID)
    assert [reference.text for reference in read.references] == cables


@pytest.mark.parametrize(
    "fields",
    [
        "\nREFS: 1. STATE 57598 2. LIMA 12 3. LIN LETTER OF MARCH 3",
        "\nREF: A. STATE 57598, B. LIMA 12, (C) STATE 13 (NOTAL), D. Quill-Lin email of March 3 on fees",
        "\nREF: (A) STATE 57598 (B) LIMA 12 (C) Quill-Lin email of March 3 on the state of fees in it",
    ],
)
def test_references_that_look_like_a_body(fields: str) -> None:
    read = cable(fields + "\n\n1. (U) Tugs wait.\n\n2. (U) They do.\n")
    assert texts(read) == [("p1", "Tugs wait."), ("p2", "They do.")]
    assert len(read.references) >= 3


@pytest.mark.parametrize(
    ("tail", "signer"),
    [
        ("QUILL", "QUILL"),
        ("End Comment. QUILL", "QUILL"),
        ("End Comment. Quill", "Quill"),
        ("End comment QUILL", "QUILL"),
        ('"We will." McQUILL##', "McQUILL"),
        ("(ref A). QUILL #", "QUILL"),
    ],
)
def test_signatures_behind_the_last_sentence(tail: str, signer: str) -> None:
    read = cable(f"\n1. (U) Tugs wait.\n\n2. (U) {LONG} {tail}\n")
    assert read.signed_by == (signer,)
    assert signer not in read.paragraphs[-1].text
    assert read.problems == ()


@pytest.mark.parametrize(
    "tail", ["They met Mr. QUILL", "He is of the U.S. NAVY", "Shippers", "By J. QUILL"]
)
def test_what_is_no_signature(tail: str) -> None:
    read = cable(f"\n1. (U) Tugs wait.\n\n2. (U) {LONG} {tail}\n")
    assert read.signed_by == ()
    assert read.paragraphs[-1].text.endswith(tail)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("¶1. (U) On May 1,\n¶2009. He said so.", "On May 1, 2009. He said so."),
        ("¶1. (U) Two aims:\n¶A. Silt.\n¶B. Tides.", "Two aims:\nA. Silt.\nB. Tides."),
        ("¶1. (U) On May 1, ¶2009. He said so.", "On May 1, 2009. He said so."),
        ("¶1. (U) See ¶4 above.", "See ¶4 above."),
    ],
)
def test_pilcrows_that_the_cable_never_had(text: str, shown: str) -> None:
    assert cable("\n" + text + "\n\n¶2. (U) Tugs.\n").paragraphs[0].text == shown


def test_numbers_without_a_pilcrow_where_others_have_one() -> None:
    read = cable("\n¶1. Please see para\n¶4.\n\n2.On March 20.\n\n3.Begin text.\n\n4.We ask.\n")
    assert texts(read) == [
        ("p1", "Please see para 4."),
        ("p2", "On March 20."),
        ("p3", "Begin text."),
        ("p4", "We ask."),
    ]
    # With a blank behind it WikiLeaks would have put one: it is a list's.
    read = cable("\n¶1. Please note:\n\n1. Silt.\n\n2. Tides.\n\n¶2. Fog.\n\n¶3. Tugs.\n")
    assert [anchor for anchor, _ in texts(read)] == ["p1", "p2", "p3"]


@pytest.mark.parametrize(
    "title",
    ["¶1. SUMMARY\n-----------", "1. (U) Fees and Tugs\n------", "-------\n1. SUMMARY.\n-------"],
)
def test_a_number_with_a_title_on_its_line(title: str) -> None:
    read = cable(f"\n{title}\nThe port raised its fees.\n\n2. (U) Tugs wait.\n")
    assert [anchor for anchor, _ in texts(read)] == ["p1", "p2"]
    assert read.paragraphs[0].text == "The port raised its fees."
    assert read.paragraphs[0].section in {"SUMMARY", "SUMMARY.", "Fees and Tugs"}


def test_a_rule_under_a_sentence_makes_no_title_of_it() -> None:
    read = cable("\n1. (U) The port raised its fees on May 1.\n-----------\n\n2. (U) They do.\n")
    assert read.paragraphs[0].text == "The port raised its fees on May 1."
    assert sections(read) == [None, None]
    assert not any(segment.kind is SegmentKind.HEADING for segment in read.segments)
