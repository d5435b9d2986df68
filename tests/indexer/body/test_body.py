"""The body of whole cables: paragraphs, page marks, titles, and what stands behind the last paragraph."""

from __future__ import annotations

import pytest

from corpus.model import Cable, SegmentKind
from indexer.body.text import reading_text
from indexer.page import RawPage
from indexer.parse import parse

HEADER = """VZCZCXRO7807
RR RUEHC
DE RUEHGZ #0377/01 0820844
R 230844Z MAR 05
FM AMCONSUL GUANGZHOU
TO RUEHC/SECSTATE WASHDC 4567

UNCLAS GUANGZHOU 000377

E.O. 12958: N/A
TAGS: ECON, CH
SUBJECT: {subject}

"""


def cable(body: str, subject: str = "OIL IN THE SOUTH") -> Cable:
    text = HEADER.format(subject=subject) + body
    (read,) = parse(RawPage(text, "page", "text", "0" * 64))
    assert "".join(segment.text for segment in read.segments) == text
    return read


def texts(read: Cable) -> list[tuple[str, str]]:
    return [(paragraph.anchor, paragraph.text) for paragraph in read.paragraphs]


def of_kind(read: Cable, kind: SegmentKind) -> list[str]:
    return [segment.text.strip() for segment in read.segments if segment.kind is kind]


def test_a_page_mark_with_a_decimal() -> None:
    mark = "GUANGZHOU 00000377  001.2 OF 002"
    read = cable(
        f"1. (U) The port will\n\n{mark}\n\ngrow.\n\n2. (U) It did.\n",
        f"OIL IN THE\n\n{mark}\n\nSOUTH",
    )
    assert texts(read) == [("p1", "The port will grow."), ("p2", "It did.")]
    assert of_kind(read, SegmentKind.PAGE_MARK) == [mark]
    assert read.subject == "OIL IN THE SOUTH"


def test_a_far_jump_in_the_numbers_is_told() -> None:
    read = cable("1. (U) A.\n\n2. (U) B.\n\n3. (U) C.\n\n10. (U) E.\n\n11. (U) F.\n")
    assert [anchor for anchor, _ in texts(read)] == ["p1", "p2", "p3", "p10", "p11"]
    assert "numbering-gap" in {problem.code for problem in read.problems}


@pytest.mark.parametrize(
    "behind",
    [
        "NOTE BY OC/T: PASSED ABOVE ADDRESSEE.",
        "NOTE BY OC/T: NOT PASSED.\n\nUNCLASSIFIED\n\nNNN",
        "Visit Embassy Lima's Classified Website: http://lima.example.sgov.gov/",
        "Drafted by: JSmith",
        "Minimize considered.",
    ],
)
def test_what_stands_behind_a_signature(behind: str) -> None:
    read = cable(f"1. (U) A.\n\n2. (U) We will watch.\n\nMcPINE\n\n{behind}\n")
    assert texts(read) == [("p1", "A."), ("p2", "We will watch.")]
    assert read.signed_by == ("McPINE",)


@pytest.mark.parametrize(
    "ending",
    [
        "Note by the minister: we agree.",
        "Contacts\n\nhttp://lima.example/",
        "For more of it ask us.",
    ],
)
def test_without_a_signature_it_is_text(ending: str) -> None:
    read = cable(f"1. (U) A.\n\n2. (U) We will watch.\n\n{ending}\n")
    assert ending.split("\n")[0] in " ".join(text for _, text in texts(read))
    assert not read.signed_by


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("THE CORRESPOND-", "ENCE ABOUT IT.", "THE CORRESPONDENCE ABOUT IT."),
        ("A MEETING WITH-", "IN A WEEK.", "A MEETING WITHIN A WEEK."),
        ("A LARGE-", "SCALE WAR.", "A LARGE-SCALE WAR."),
        ("THE BANZER-", "PINOCHET TALKS.", "THE BANZER-PINOCHET TALKS."),
        ("SOME MAN-", "HOURS OF IT.", "SOME MAN-HOURS OF IT."),
        ("A 1974-", "STYLE ONE.", "A 1974-STYLE ONE."),
    ],
)
def test_a_word_that_a_page_broke(before: str, after: str, text: str) -> None:
    page = "UNCLASSIFIED\n\nUNCLASSIFIED\n\nPAGE 02        LA PAZ 02423  202130Z\n\n"
    more = "2. PINOCHET ASKS FOR IT WITHIN DAYS OR MAN-HOURS.\n"
    read = cable(f"1. {before}\n{page}{after}\n\n{more}")
    assert texts(read)[0] == ("p1", text)


def test_a_hyphen_within_a_page_is_a_compound_s() -> None:
    read = cable("1. THE CORRESPOND-\nENCE ABOUT IT.\n\n2. B.\n")
    assert texts(read)[0] == ("p1", "THE CORRESPOND-ENCE ABOUT IT.")


def test_the_header_of_a_later_section_is_no_text() -> None:
    wire = """LIMITED OFFICIAL USE

PAGE 01        LA PAZ 06614  0{n} OF 02  021839Z
ACTION A-02

INFO  OCT-01  ARA-11  ADS-00  OPR-02  SS-15  SSO-00  SY-05
      SYE-00  USSS-00  OC-06  CCO-00  CPR-02  PA-01  /045 W
                    ------------------07784{n}  02184{n}Z /41
O 021630Z AUG 79
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC IMMEDIATE 756{n}
WHITE HOUSE SITUATION ROOM IMMEDIATE

LIMITED OFFICIAL USE SECTION {n} OF 2 LA PAZ 6614

WHITE HOUSE FORJANE FENDERSON

DEPARTMENT (A) FOR JOHN CLARK

"""
    fields = "E.O. 12065: N/A\nTAGS: PDIP, BL\nSUBJECT: THE LADY'S SCHEDULE\n\n"
    first = "1. THE LADY ARRIVES AND\n\nLIMITED OFFICIAL USE\n\n\n\n\nNNN\n\n"
    text = (
        wire.format(n=1)
        + fields
        + first
        + wire.format(n=2)
        + "PROCEEDS TO TOWN.\n\n2. IT IS FAR.\n"
    )
    (read,) = parse(RawPage(text, "page", "text", "0" * 64))
    assert "".join(segment.text for segment in read.segments) == text
    own = [(anchor, said) for anchor, said in texts(read) if anchor.startswith("p")]
    assert own == [("p1", "THE LADY ARRIVES AND PROCEEDS TO TOWN."), ("p2", "IT IS FAR.")]
    assert [said for anchor, said in texts(read) if anchor.startswith("u")] == []
    passed_on = [each.text for each in read.segments if each.field == "pass"]
    assert passed_on[0] == "WHITE HOUSE FORJANE FENDERSON\n"


def sections(read: Cable) -> list[tuple[str, str | None]]:
    return [(paragraph.anchor, paragraph.section) for paragraph in read.paragraphs]


def test_a_title_between_rules_that_a_page_mark_splits() -> None:
    rule, mark = "-----------", "GUANGZHOU 00000377  002 OF 002"
    read = cable(
        f"1. (U) A.\n\n{rule}\nCOMMENT AND\n\n{mark}\n\nOUTLOOK\n{rule}\n\n2. (U) It will grow.\n"
    )
    assert sections(read) == [("p1", None), ("p2", "COMMENT AND OUTLOOK")]
    read = cable(f"1. (U) A.\n\n{rule}\nCOMMENT\n{rule}\n\n{mark}\n\n2. (U) It will grow.\n")
    assert sections(read) == [("p1", None), ("p2", "COMMENT")]


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("**********\n* SUMMARY *\n**********", "SUMMARY"),
        ("*Comment*", "Comment"),
        ("<<Outlook>>", "Outlook"),
    ],
)
def test_a_title_with_signs_around_it(title: str, section: str) -> None:
    read = cable(f"1. (U) A.\n\n{title}\n\n2. (U) It will grow.\n")
    assert sections(read) == [("p1", None), ("p2", section)]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("| Year | GDP |\n| 2004 | 7 |", "| Year | GDP |\n| 2004 | 7 |"),
        ("Year | GDP | Debt\n2004 | 7 | 3", "Year | GDP | Debt\n2004 | 7 | 3"),
        ("Year\tGDP\n2004\t7", "Year   GDP\n2004   7"),
        ("Either this|that was\nmeant.", "Either this|that was meant."),
        ("a.\tone that\nwraps\nb.\ttwo that\nwraps", "a. one that wraps\nb. two that wraps"),
    ],
)
def test_rows_of_a_table(table: str, rows: str) -> None:
    lines = ["The growth:", "", *table.split("\n")]
    assert reading_text(lines) == f"The growth:\n{rows}"
