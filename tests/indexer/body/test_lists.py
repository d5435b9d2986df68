"""Short lines in capitals or title case: what belongs to the paragraph over them, and what is the next one's title."""

from __future__ import annotations

import pytest
from found import lost_lines
from harbor import cable, sections, texts

from corpus.model import SegmentKind

# Each stands behind what a paragraph says; the paragraph below is under no title then.
_OWN = {
    "figures behind a gap": ("We sold in May", "WHEAT         1,200\nRICE            900"),
    "a sum alone": (
        "THE QUANTITIES ARE AS FOLLOWS -",
        "WHEAT         1,200\n\nTOTAL         1,200",
    ),
    "figures behind a colon": ("Visas were issued.", "B1/B2:  1,200\nF1:  300"),
    "sums of thousands": ("We sold in May.", "WHEAT 1,200\nRICE 1,900"),
    "names and offices": ("These will come.", "JOHN QUILL, NEA/PAB\nMARY STROOP, AID/ASIA"),
    "names alone": ("The members are:", "JOHN QUILL\nMARY STROOP"),
    "an address": ("Write to him.", "MR. J. K. QUILL\nP.O. BOX 30141\nNAIROBI, KENYA"),
    "letters": ("He asked for", "A. PATIENCE\n\nB. WHEAT\n\nC. A REPLY TO HIS LETTER"),
    "letters in parentheses": ("He asked for:", "(A) PATIENCE\n\n(B) WHEAT"),
    "an itinerary": ("It is this:", "MAY 9:\nARRIVE KABUL 0900\nCALL 1100\n\nMAY 10:\nDEPART 0800"),
    "days and hours": (
        "It is this:",
        "Monday, May 4\n\n0900 Call\n\nTuesday, May 5\n\n0930 Departure",
    ),
    "an hour at the end": ("They fly at dawn.", "0930 - WHEELS UP FROM LIMA"),
    "words that are alike": ("The ports are:", "Xiamen\n\nFuzhou\n\nPutian"),
    "two delegations": (
        "Participants:",
        "U.S.\nThe Secretary\nHoratio Quill\n\nFRANCE\nForeign Minister Stroop",
    ),
    "one line that was announced": ("The cargo is as follows:", "WHEAT AND RICE"),
    "a source": ("They paid less.", "Source: Central Bank"),
    "a source in parentheses": ("They paid less.", "(Sources: Central Bank, Harbor Gazette)"),
    "a note": ("They paid less.", "* Note: Not All of Them"),
    "a marking": ("They paid less.", "(SECRET//REL ISRAEL)"),
}
# Each is a title over the paragraph below.
_TITLES = (
    "WHEAT AND RICE",
    "WHEAT SALES RISE AND FALL WHILE THE RAILWAY\nWAITS FOR ITS NEW ENGINES",
    '"The Bill Arrives by\nthe Same Cable"',
    "THE HARBOR:\nA NEW START",
    "Budget for 2005",
    "2009 Budget",
    "Resolution 1325",
    "Tuesday, May 5",
    "Wheat, Rice, and Roads",
    "QUILL, STROOP AND THE BANK",
    "A. Political Climate",
    "Sources of Revenue",
    "Notes from the Field",
    "Source of Trouble: The Bank",
    "SECRET TALKS",
    "UNCLASSIFIED VERSION",
    "Begin at the Beginning",
    "THE END OF TEXT BOOKS",
    "QUOTE OF THE WEEK",
    "WHY",
)


@pytest.mark.parametrize("kind", _OWN)
def test_what_belongs_to_the_paragraph_above(kind: str) -> None:
    above, block = _OWN[kind]
    read = cable(f"\n1. (U) {above}\n\n{block}\n\n2. (U) That is all.\n\n3. (U) Please send.\n")
    assert [anchor for anchor, _ in texts(read)] == ["p1", "p2", "p3"]
    assert sections(read) == [None, None, None]
    held = read.paragraphs[0].text.split()
    assert held[-len(block.split()) :] == block.split()
    assert lost_lines(read) == []


@pytest.mark.parametrize("title", _TITLES)
def test_what_is_a_title_over_the_next(title: str) -> None:
    read = cable(f"\n1. (U) They grew in May.\n\n{title}\n\n2. (U) They fell in June.\n")
    assert sections(read) == [None, " ".join(title.split())]
    assert read.paragraphs[0].text == "They grew in May."


@pytest.mark.parametrize(
    ("items", "title"),
    [
        ("-- wheat\n\n-- rice", "What Comes Next"),
        ("Horatio Quill\n\nLin Wei", "Fees and Tugs"),
        ("JOHN QUILL\nMARY STROOP", "EXPECTED ARRIVAL"),
        ("Year   Paid   Due\n2004   2.40   3", "Outlook for May"),
        ("A. PATIENCE\n\nB. WHEAT", "COMMENT"),
    ],
)
def test_a_title_behind_a_list_looks_otherwise(items: str, title: str) -> None:
    read = cable(f"\n1. (U) They are:\n\n{items}\n\n{title}\n\n2. (U) They fell in June.\n")
    assert sections(read) == [None, title]


def test_a_letter_alone_under_a_colon_is_a_titles() -> None:
    read = cable("\n1. (U) Rights, including:\n\nA. FREEDOM OF SPEECH\n\n2. (U) They have it.\n")
    assert sections(read) == [None, "A. FREEDOM OF SPEECH"]


def test_a_rule_shows_a_title_under_a_colon() -> None:
    read = cable("\n1. (U) He said this:\n\nBanks\n-----\n\n2. (U) They shut.\n")
    assert sections(read) == [None, "Banks"]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ("B1/B2: 1,200\nF1: 300", None),
        ("JOHN QUILL, NEA/PAB\nMARY STROOP, AID/ASIA", None),
        ("2004   2.40   3.00\nSource: Ministry of Finance", None),
        ("They asked for more.\nFees and Tugs Again", "Fees and Tugs Again"),
    ],
)
def test_the_last_line_over_a_number_without_a_blank_one(rows: str, title: str | None) -> None:
    read = cable(f"\n1. (U) They are these:\n{rows}\n2. (U) That is all.\n3. (U) End.\n")
    assert sections(read) == [None, title, title]


@pytest.mark.parametrize(
    ("above", "line", "title"),
    [
        ("The mines are shut.", "WHY", "WHY"),
        ("The mines are shut.", "COMMENT", "COMMENT"),
        ("The mines are shut.", "Why They Wait", "Why They Wait"),
        ("We need:", "Water", None),
        ("He saw the Minister of", "Foreign Affairs", None),
        ("The mines are shut.", "LENGTH OF COURSE: ONE YEAR", None),
    ],
)
def test_a_title_right_under_a_paragraph_of_one_line(
    above: str, line: str, title: str | None
) -> None:
    read = cable(f"\n1. (U) {above}\n{line}\n2. (U) Nobody knows.\n3. (U) Still.\n")
    assert sections(read) == [None, title, title]
    assert lost_lines(read) == []


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("1. (U) The mines are shut. 2. (U) Nobody knows. 3. (U) Still.", [1, 2, 3]),
        ("1. (U) One. 2. (U) Two.", [1, 2]),
        ("1. (U) He cited 2. (U) as a mark. He left.\n\n2. (U) We wait.", [1, 2]),
        ("1. (U) See sections 1. Water and 2. Roads of it.", [1]),
        ("1. (U) The mines are shut. 3. (U) Nobody knows.", [1]),
        ("1. (U) It grew by 2. The rest did not.", [1]),
    ],
)
def test_short_paragraphs_on_one_line(line: str, numbers: list[int]) -> None:
    read = cable(f"\n{line}\n")
    assert [each.number for each in read.paragraphs] == numbers


@pytest.mark.parametrize(
    ("summary", "section"),
    [
        ("SUMMARY: QUILL EXPECTS LITTLE. END SUMMARY", None),
        ("SUMMARY: QUILL TOLD US THAT HE WILL WAIT\nAND EXPECTS LITTLE. END SUMMARY", None),
        ("BEGIN SUMMARY: QUILL EXPECTS LITTLE END SUMMARY", None),
        ("Summary: Quill waits. (End summary)", None),
        ("SUMMARY", "SUMMARY"),
        ("Summary and Comment", "Summary and Comment"),
        ("SUMMARY: NO HURRY", "SUMMARY: NO HURRY"),
    ],
)
def test_a_summary_without_its_full_stop(summary: str, section: str | None) -> None:
    read = cable(f"\n{summary}\n\n1. (U) He called.\n\n2. (U) He left.\n")
    assert sections(read)[-1] == section
    if section is None:
        assert texts(read)[0] == ("u1", " ".join(summary.split()))
        assert read.paragraphs[0].part == "summary"


@pytest.mark.parametrize("stamp", ["UNCLASSIFIED", "S E C R E T", "SECRET//NOFORN"])
def test_a_stamp_between_paragraphs_is_a_page_mark(stamp: str) -> None:
    read = cable(f"\nRoads\n-----\n\n1. (U) They go\n\n{stamp}\n\non.\n\n{stamp}\n\n2. (U) Two.\n")
    assert texts(read) == [("p1", "They go on."), ("p2", "Two.")]
    assert sections(read) == ["Roads", "Roads"]
    marks = [each.text.strip() for each in read.segments if each.kind is SegmentKind.PAGE_MARK]
    assert marks == [stamp, stamp]


def test_a_level_inside_a_sentence_is_text() -> None:
    read = cable("\n1. (U) The paper was marked\nSECRET\nand lay there.\n\n2. (U) Two.\n")
    assert texts(read)[0] == ("p1", "The paper was marked SECRET and lay there.")
