"""NARA's telegrams: what the list of attributes says is used where the text has lost it, and nowhere else."""

from __future__ import annotations

import pytest

from corpus.dates import iso_date
from corpus.model import Cable, SegmentKind
from indexer.grammar.marks import page_mark
from indexer.header import message_number
from indexer.page import RawPage
from indexer.parse import parse

STAMP = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005"
DTG = "P 241550Z JAN 74"
DRAFTED = """E.O. 11652: N/A
TAGS: ECON, BL
SUBJECT: REACTION TO HARBOR FEES

REF: LA PAZ 0388
"""
LIST = """Message Attributes

Automatic Decaptioning: X
Capture Date: 01 JAN 1994
Draft Date: 24 JAN 1974
Document Number: 1974LAPAZ00611
Errors: N/A
From: LA PAZ
Office: ACTION ARA
Original Classification: LIMITED OFFICIAL USE
Page Count: '1'
Reference: 74 LA PAZ 388; 74 STATE 1234
Subject: REACTION TO HARBOR FEES
TAGS: ECON, BL
To: STATE
Type: TE
"""


def page(dtg: str = DTG, drafted: str = DRAFTED, attributes: str = LIST) -> str:
    return f"""{STAMP}

Message Text

LIMITED OFFICIAL USE

PAGE 01  LA PAZ 00611  241800Z

43
ACTION ARA-20

INFO  OCT-01  ISO-00  /150 W
                       ---------------------     070701
{dtg}
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC PRIORITY 2101

LIMITED OFFICIAL USE LA PAZ 0611

{drafted}
1. SHIPPERS WERE CALM.

2. TUG CREWS WERE NOT.
QUILL

LIMITED OFFICIAL USE

NNN

{attributes}"""


def read(text: str) -> Cable:
    (cable,) = parse(RawPage(text, "page.txt", "text", "0" * 64))
    return cable


def day(cable: Cable) -> str | None:
    return iso_date(cable.date, cable.date_precision)


def codes(cable: Cable) -> set[str]:
    return {problem.code for problem in cable.problems}


def test_a_sound_text_needs_no_record() -> None:
    other = (
        LIST.replace("24 JAN", "23 JAN").replace("ECON, BL", "PFOR, US").replace("HARBOR", "PORT")
    )
    cable = read(page(attributes=other))
    assert (day(cable), cable.tags, cable.subject) == (
        "1974-01-24T15:50Z",
        ("ECON", "BL"),
        "REACTION TO HARBOR FEES",
    )
    assert [each.id for each in cable.references] == ["74LAPAZ388"]
    assert not codes(cable)


@pytest.mark.parametrize(
    "dtg", ["", "P 2415ZZ JAN 74", "P 321550Z JAN 74", "P 241550Z JAN 47", "P 241550Z"]
)
def test_the_draft_date_stands_for_a_lost_one(dtg: str) -> None:
    cable = read(page(dtg))
    assert day(cable) == "1974-01-24"
    assert "date-from-record" in codes(cable)
    assert cable.id == "1974LAPAZ00611"
    assert [each.id for each in cable.references] == ["74LAPAZ388"]


@pytest.mark.parametrize(
    "written",
    ["24 JAN 1974", "24 jan 1974", "24-Jan-1974", "1974-01-24", "01/24/1974", "\n24 JAN 1974"],
)
def test_spellings_of_the_draft_date(written: str) -> None:
    assert day(read(page("", attributes=LIST.replace("24 JAN 1974", written)))) == "1974-01-24"


@pytest.mark.parametrize(
    "tags", ["", "TAOS: ECON, BL\n", "TAGS:\n", "TAGS: ECXN, BL\n", "TAGS: N/A\n"]
)
def test_tags_that_are_lost_or_damaged(tags: str) -> None:
    cable = read(page(drafted=DRAFTED.replace("TAGS: ECON, BL\n", tags)))
    assert cable.tags == ("ECON", "BL")


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("PFOR, EFIN", ("PFOR", "EFIN")),  # another opinion, no damage
        ("ECON, ZZQX, BL", ("ECON", "ZZQX", "BL")),  # more than the record has
        ("ECON, BL, (QUILL, HORATIO)", ("ECON", "BL", "QUILL, HORATIO")),
    ],
)
def test_tags_that_are_the_telegram_s_own(written: str, tags: tuple[str, ...]) -> None:
    cable = read(page(drafted=DRAFTED.replace("ECON, BL", written)))
    assert cable.tags == tags


def test_a_subject_that_is_lost_or_cut() -> None:
    cable = read(page(drafted=DRAFTED.replace("SUBJECT: REACTION TO HARBOR FEES\n", "")))
    assert cable.subject == "REACTION TO HARBOR FEES"
    assert "subject-from-title" in codes(cable)
    cable = read(page(drafted=DRAFTED.replace("TO HARBOR FEES", "TO HAR")))
    assert cable.subject == "REACTION TO HARBOR FEES"
    assert "subject-from-record" in codes(cable)
    # What the archive took from the text into its field is no part of the subject.
    longer = LIST.replace("HARBOR FEES", "HARBOR FEES SHIPPERS WERE CALM")
    assert read(page(attributes=longer)).subject == "REACTION TO HARBOR FEES"


def test_references_that_are_lost() -> None:
    cable = read(page(drafted=DRAFTED.replace("REF: LA PAZ 0388\n", "")))
    assert [each.id for each in cable.references] == ["74LAPAZ388", "74STATE1234"]
    nothing = LIST.replace("74 LA PAZ 388; 74 STATE 1234", "n/a")
    cable = read(page(drafted=DRAFTED.replace("REF: LA PAZ 0388\n", ""), attributes=nothing))
    assert cable.references == ()


@pytest.mark.parametrize(
    "attributes",
    [
        LIST.replace("Message Attributes\n\n", ""),
        LIST.replace(": ", ":\n"),
        LIST.replace("\n", "\n\n"),
        LIST.replace("Draft Date", f"{STAMP}\n\n{STAMP}\nDraft Date"),
        LIST.replace("REACTION TO HARBOR FEES", "REACTION TO HARBOR\nFEES"),
    ],
)
def test_the_list_in_other_layouts(attributes: str) -> None:
    cable = read(page("", "E.O. 11652: N/A\nREF: LA PAZ 0388\n", attributes))
    assert cable.id == "1974LAPAZ00611"
    assert (day(cable), cable.tags, cable.subject) == (
        "1974-01-24",
        ("ECON", "BL"),
        "REACTION TO HARBOR FEES",
    )
    assert [each.text for each in cable.paragraphs][-2:] == [
        "SHIPPERS WERE CALM.",
        "TUG CREWS WERE NOT.",
    ]
    assert cable.signed_by == ("QUILL",)


def test_a_second_telegram_behind_the_list_is_no_part_of_it() -> None:
    second = page().replace("LA PAZ 00611", "LA PAZ 00612").replace("LA PAZ 0611", "LA PAZ 0612")
    second = second.replace("SHIPPERS WERE CALM", "PILOTS WERE ABSENT")
    text = page() + "\n" + second.replace("1974LAPAZ00611", "1974LAPAZ00612")
    cables = parse(RawPage(text, "page.txt", "text", "0" * 64))
    assert [each.id for each in cables] == ["1974LAPAZ00611", "1974LAPAZ00612"]
    assert "PILOTS WERE ABSENT." in {each.text for each in cables[1].paragraphs}
    assert "".join(each.text for cable in cables for each in cable.segments) == text


def test_lines_like_attributes_in_a_text_stay() -> None:
    drafted = DRAFTED + "\nTO: ALL SHIPPERS\nSUBJECT: FEES\n"
    cable = read(page(drafted=drafted, attributes="Status: calm\n"))
    assert cable.id == "1974LAPAZ00611"
    assert not [
        each for each in cable.segments if each.kind is SegmentKind.CHROME and "Status" in each.text
    ]


# Page marks and class lines of what travels, and of later sections.


@pytest.mark.parametrize(
    ("line", "post", "number", "page"),
    [
        ("PAGE 02        STATE  190211 TOSEC 070044", "STATE", 190211, 2),
        ("PAGE 02 STATE 190211 TOSEC 070044 022237Z", "STATE", 190211, 2),
        ("PAGE 03 STATE 190211/TOSEC 070044 01 OF 03 022237Z", "STATE", 190211, 3),
        ("PAGE 02 STATE 190211 TOSEC070044", "STATE", 190211, 2),
        ("PAGE 02 STATE 190211 AIDTO 12", "STATE", 190211, 2),
        ("PAGE 01 SECTO 09076 01 OF 02 222205Z", "SECTO", 9076, 1),
        ("LIMITED OFFICIAL USE SECTION 2 OF 2 LA PAZ 2117/2", "LA PAZ", 2117, 2),
        ("UNCLAS SECTION 02 OF 02 LA PAZ 2117/02 EXDIS", "LA PAZ", 2117, 2),
        ("UNCLAS SECTION TWO OF THREE LA PAZ 2117", "LA PAZ", 2117, 2),
        ("CONFIDENTIAL FINAL SECTION OF 2 LA PAZ 2117 / 2", "LA PAZ", 2117, 2),
        ("CONFIDENTIAL LA PAZ 2117/2 SECTION 2 OF 2", "LA PAZ", 2117, 2),
        ("UNCLAS SECTION 2 OF 2 STATE 190211 TOSEC 070044", "STATE", 190211, 2),
    ],
)
def test_page_marks(line: str, post: str, number: int, page: int) -> None:
    found = page_mark(line)
    assert found is not None
    assert (found.post, found.number, found.page) == (post, number, page)


@pytest.mark.parametrize(
    "line",
    [
        "PAGE 2 LIMA 1234 CHAPTER 12",
        "PAGE 2 LIMA 1234 TOTAL 12",
        "UNCLAS SECTION ONE OF THREE LA PAZ 2117",
        "LIMITED OFFICIAL USE SECTION 1 OF 2 LA PAZ 2117/1",
        "CONFIDENTIAL LA PAZ 2117 SECTION 1 OF 2",
        "LA PAZ 2117/2",
    ],
)
def test_no_page_marks(line: str) -> None:
    assert page_mark(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "UNCLAS SECTION ONE OF THREE LA PAZ 2117",
        "LIMITED OFFICIAL USE SECTION 1 OF 2 LA PAZ 2117/1",
        "CONFIDENTIAL LA PAZ 2117/1 SECTION 1 OF 2",
    ],
)
def test_the_number_beside_a_section_s(line: str) -> None:
    assert message_number(line) == ("LA PAZ", 2117)
