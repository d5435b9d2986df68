"""Cables that the Department of State released under the Freedom of Information Act, of old and of today."""

from __future__ import annotations

import re

import pytest

from corpus.dates import iso_date
from corpus.model import Cable, SegmentKind
from indexer.page import RawPage
from indexer.parse import parse

STAMP = "UNCLASSIFIED  U.S. Department of State  Case No. M-2012-00001  Doc No. C05000001  Date: 05/01/2013"
IN_LINES = """UNCLASSIFIED
U.S. Department of State
Case No. M-2012-00001
Doc No. C05000001
Date: 05/01/2013"""
IN_TWO_LINES = """UNCLASSIFIED U.S. Department of State
Case No. M-2012-00001 Doc No. C05000001 Date: 05/01/2013"""
LATER = 'FL-2018-00001 C06000000 "UNCLASSIFIED" 5/1/2018 Page 2'
PLAIN = "U.S. Department of State Case No. F-2010-01234 Doc No. C17000000"


def old(stamp: str = STAMP, release: str = "RELEASED IN FULL", said: str = "AND") -> str:
    return f"""{stamp}
{release}

CONFIDENTIAL        PTQ1234

PAGE 01        SARAJE  00123  01 OF 02  121240Z
ACTION EUR-01

INFO  LOG-00   ACDA-10  /009W
                  ------------------A1B2C3  121240Z /38
O 121230Z MAY 95
FM AMEMBASSY SARAJEVO
TO SECSTATE WASHDC IMMEDIATE 1234

C O N F I D E N T I A L SARAJEVO 000123

E.O. 12356: DECL: OADR
TAGS: PREL, BK
SUBJECT: HARBOR FEES

1.  (C) SUMMARY: THE PORT RAISED ITS FEES.  SHIPPERS HAVE
APPEALED TO THE CITY, WHICH WILL HEAR THEM {said}

                     CONFIDENTIAL
{stamp}

{stamp}
                     CONFIDENTIAL

PAGE 02        SARAJE  00123  01 OF 02  121240Z

THE TUG CREWS IN MAY.  END SUMMARY.

2.  (U) COMMENT: NONE.

QUILL

CONFIDENTIAL

<< END OF DOCUMENT >>
{stamp}
"""


def read(text: str) -> Cable:
    (cable,) = parse(RawPage(text, "page.txt", "text", "0" * 64))
    assert "".join(segment.text for segment in cable.segments) == text
    return cable


def texts(cable: Cable) -> list[str]:
    return [paragraph.text for paragraph in cable.paragraphs]


SUMMARY = (
    "SUMMARY: THE PORT RAISED ITS FEES. SHIPPERS HAVE APPEALED TO THE CITY, WHICH WILL HEAR THEM AND THE TUG CREWS "
    "IN MAY. END SUMMARY."
)


@pytest.mark.parametrize("stamp", [STAMP, IN_LINES, IN_TWO_LINES, LATER, PLAIN, "C05000001"])
@pytest.mark.parametrize(
    "release",
    [
        "RELEASED IN FULL",
        "RELEASE IN PART B1",
        "RELEASED IN PART\nB1, 1.4(B), 1.4(D)",
        "Released in Part\n1.4(B)\n1.4(D)",
        "RELEASED IN PART (b)(1), (b)(6)\nREVIEW AUTHORITY: Horatio Quill, Senior Reviewer",
        "RELEASED IN PART\nB1\nClassified by DAS, A/GIS, DoS on 05/01/2013 ~ Class: CONFIDENTIAL ~ Reason: 1.4(D)",
    ],
)
def test_what_a_release_adds_is_no_part_of_the_cable(stamp: str, release: str) -> None:
    cable = read(old(stamp, release))
    assert (cable.source, cable.id, cable.classification) == (
        "foia",
        "95SARAJEVO123",
        "CONFIDENTIAL",
    )
    assert texts(cable) == [SUMMARY, "COMMENT: NONE."]
    assert cable.signed_by == ("QUILL",)
    assert not [each for each in cable.problems if each.code in {"unplaced", "page-cut"}]
    chrome = "".join(each.text for each in cable.segments if each.kind is SegmentKind.CHROME)
    assert all(line in chrome for line in (stamp, *release.split("\n")))


@pytest.mark.parametrize(
    ("stamp", "case", "document"),
    [
        (STAMP, "M-2012-00001", "C05000001"),
        (IN_LINES, "M-2012-00001", "C05000001"),
        (IN_TWO_LINES, "M-2012-00001", "C05000001"),
        (LATER, "FL-2018-00001", "C06000000"),
        (PLAIN, "F-2010-01234", "C17000000"),
        ("C05000001", "", "C05000001"),
        ("Department of State Document ID: 5000001", "", "5000001"),
        ("ISCAP No. 2009-040, document no. 7", "ISCAP No. 2009-040", "7"),
        ("ISCAP APPEAL NO. 2009-040", "ISCAP No. 2009-040", ""),
        ("RELEASED IN FULL", "", ""),
    ],
)
def test_the_numbers_of_a_release_are_those_of_its_stamp(
    stamp: str, case: str, document: str
) -> None:
    cable = read(old(stamp))
    assert (cable.source, cable.release_case, cable.release_document) == ("foia", case, document)


def test_a_number_in_the_text_is_no_release_s() -> None:
    said = "AND OF CASE NO. F-2001-00002, DOC NO. C09999999, AND"
    cable = read(old("RELEASED IN FULL", said=said))
    assert "F-2001-00002" in texts(cable)[0]
    assert (cable.release_case, cable.release_document) == ("", "")


def test_cables_of_one_file_have_each_the_numbers_of_their_own_stamps() -> None:
    second = old(STAMP.replace("C05000001", "C05000002")).replace("00123", "00124")
    text = old() + second.replace("000123", "000124")
    cables = parse(RawPage(text, "page.txt", "text", "0" * 64))
    assert [(each.id, each.release_document) for each in cables] == [
        ("95SARAJEVO123", "C05000001"),
        ("95SARAJEVO124", "C05000002"),
    ]


def test_what_was_withheld_stays() -> None:
    cable = read(
        old(said="[B1]\nAND [1.4(D)], ████ AND").replace("COMMENT: NONE.", "COMMENT: [ ] B6.")
    )
    assert "THEM [B1] AND [1.4(D)], ████ AND THE TUG" in texts(cable)[0]
    assert texts(cable)[1] == "COMMENT: [ ] B6."


@pytest.mark.parametrize(
    "margin", ["      B1", "\t    1.4(D)", "          B1, 1.4(B)", "     (b)(6)"]
)
def test_exemptions_in_the_margin_are_the_release_s(margin: str) -> None:
    cable = read(old(said=f"AND{margin}\n{margin.strip()}"))
    assert texts(cable)[0] == SUMMARY
    exempted = [each.text.strip() for each in cable.segments if each.field == "exemption"]
    assert exempted
    assert all(margin.strip() in each for each in exempted)


def test_words_like_a_stamp_s_in_the_text_stay() -> None:
    said = "AND\nTHE U.S. DEPARTMENT OF STATE.  THEY WERE RELEASED IN FULL\nVIEW OF CASE NO. 12 AND"
    cable = read(old(said=said))
    assert (
        "THE U.S. DEPARTMENT OF STATE. THEY WERE RELEASED IN FULL VIEW OF CASE NO. 12"
        in texts(cable)[0]
    )


def test_a_cable_that_speaks_of_releases_is_no_release() -> None:
    text = old("", "").replace(
        "COMMENT: NONE.", "COMMENT: CASE NO. 7 OF THE DEPARTMENT OF STATE WAS RELEASED."
    )
    assert read(text).source == "telegram"


# The form of today.


def form(
    top: str = "UNCLASSIFIED\nSBU",
    mrn: str = "MRN:                13 BAMAKO 1043",
    date: str = "Date/DTG:           Sep 06, 2013 / 061230Z SEP 13",
    sender: str = "From:               AMEMBASSY BAMAKO",
    action: str = "Action:             WASHDC, SECSTATE ROUTINE",
    captions: str = "Captions:           SENSITIVE",
    subject: str = "Subject:            HARBOR FEES RISE ON THE NIGER",
    behind: str = """Signature:          Quill

Drafted By:         BAMAKO:Marzipan, Ottoline
Cleared By:         POL:Stroop, Jan
                    ECON:Quill, Otto
Info:               DAKAR, AMEMBASSY ROUTINE; PARIS, AMEMBASSY PRIORITY

Dissemination Rule: Archive Copy""",
) -> str:
    return f"""{STAMP}
RELEASE IN FULL

{top}

{mrn}
{date}
{sender}
{action}
E.O.:               13526
TAGS:               PGOV, PREL, ML
{captions}
Reference:          A) 13 BAMAKO 1000
                    B) 13 STATE 117321
{subject}

1.  (U) The port raised its fees on September 1.

2.  (SBU) Shippers have appealed to the city [B1].

{behind}

{top}
{STAMP}
"""


@pytest.mark.parametrize(
    "text",
    [
        form(),
        form(top=""),
        form(top="SENSITIVE BUT UNCLASSIFIED"),
        form(sender="From:   BAMAKO, AMEMBASSY"),
        form(mrn="MRN:\n13 BAMAKO 1043", date="Date/DTG:\nSep 06, 2013 / 061230Z SEP 13"),
        form(mrn="MRN: 13 BAMAKO 1043   Date/DTG: Sep 06, 2013 / 061230Z SEP 13", date=""),
        form(mrn="MRN:\t13 BAMAKO 001043", date="Date/DTG: 2013-09-06 / 061230Z SEP 13"),
        form(subject="Subject:            HARBOR FEES RISE\n                    ON THE NIGER"),
        form().replace("               ", " "),
        form().replace("\n\n", "\n \n"),
    ],
)
def test_the_form_of_today(text: str) -> None:
    cable = read(text)
    assert cable.source == "foia"
    assert cable.id in {"13BAMAKO1043", "13BAMAKO001043"}
    assert cable.origin is not None
    assert cable.origin.code == "BAMAKO"
    assert iso_date(cable.date, cable.date_precision) == "2013-09-06T12:30Z"
    assert (cable.sender, cable.subject) == ("AMEMBASSY BAMAKO", "HARBOR FEES RISE ON THE NIGER")
    assert [(each.name, each.precedence) for each in cable.recipients] == [
        ("SECSTATE WASHDC", "ROUTINE")
    ]
    assert [(each.name, each.precedence) for each in cable.info_recipients] == [
        ("AMEMBASSY DAKAR", "ROUTINE"),
        ("AMEMBASSY PARIS", "PRIORITY"),
    ]
    assert cable.tags == ("PGOV", "PREL", "ML")
    assert cable.caveats == ("SENSITIVE",)
    assert [each.id for each in cable.references] == ["13BAMAKO1000", "13STATE117321"]
    assert cable.executive_order == "E.O. 13526"
    assert cable.signed_by == ("Quill",)
    assert texts(cable) == [
        "The port raised its fees on September 1.",
        "Shippers have appealed to the city [B1].",
    ]
    assert {each.code for each in cable.problems} <= {"classification-inferred", "date-from-record"}


def test_a_classified_one() -> None:
    cable = read(form(top="CONFIDENTIAL", captions="Captions: SIPDIS, NOFORN"))
    assert (cable.classification, cable.caveats) == ("CONFIDENTIAL", ("SIPDIS", "NOFORN"))
    assert len(cable.paragraphs) == 2


def test_several_addressees() -> None:
    cable = read(
        form(
            action="Action:   WASHDC, SECSTATE IMMEDIATE; DAKAR, AMEMBASSY PRIORITY;\n"
            "          PARIS, AMEMBASSY ROUTINE\n"
            "Info:     ACCRA, AMEMBASSY ROUTINE",
            behind="Signature: Quill",
        )
    )
    assert [(each.name, each.precedence) for each in cable.recipients] == [
        ("SECSTATE WASHDC", "IMMEDIATE"),
        ("AMEMBASSY DAKAR", "PRIORITY"),
        ("AMEMBASSY PARIS", "ROUTINE"),
    ]
    assert [each.name for each in cable.info_recipients] == ["AMEMBASSY ACCRA"]


def test_a_page_break() -> None:
    broken = f"Shippers\n\nUNCLASSIFIED\nSBU\n{STAMP}\n\n{STAMP}\nSENSITIVE BUT UNCLASSIFIED\nPage 2 of 3\nhave"
    cable = read(form(top="SENSITIVE BUT UNCLASSIFIED").replace("Shippers have", broken))
    assert texts(cable)[1] == "Shippers have appealed to the city [B1]."
    assert (cable.classification, cable.caveats, cable.problems) == (
        "UNCLASSIFIED",
        ("SENSITIVE",),
        (),
    )


def test_values_below_their_labels() -> None:
    stacked = re.sub(
        r"(?m)^((?:From|Action|E\.O\.|Captions|Subject|Signature):) +", r"\1\n", form()
    )
    cable = read(stacked)
    assert (cable.sender, cable.executive_order) == ("AMEMBASSY BAMAKO", "E.O. 13526")
    assert [each.name for each in cable.recipients] == ["SECSTATE WASHDC"]
    assert (cable.subject, cable.caveats) == ("HARBOR FEES RISE ON THE NIGER", ("SENSITIVE",))
    assert cable.signed_by == ("Quill",)
    assert len(cable.paragraphs) == 2
    assert cable.problems == ()


def test_a_day_without_a_group() -> None:
    cable = read(form(date="Date:               Sep 06, 2013"))
    assert iso_date(cable.date, cable.date_precision) == "2013-09-06"


@pytest.mark.parametrize(
    "behind",
    [
        "Drafted By:         BAMAKO:Marzipan, Ottoline\nApproved By:        AMB:Quill, Horatio",
        "Signature:\nQuill\n\nReleased By:        BAMAKO:Stroop, Jan",
        "",
    ],
)
def test_what_stands_behind_the_text_is_no_text(behind: str) -> None:
    cable = read(form(behind=behind))
    assert texts(cable) == [
        "The port raised its fees on September 1.",
        "Shippers have appealed to the city [B1].",
    ]
    assert cable.signed_by == (("Quill",) if "Quill\n" in behind else ())


def test_other_forms_with_such_a_label_are_no_release() -> None:
    text = "From: Quill\nSubject: Fees\nMRN: 12\n\nUNCLAS BAMAKO 1043\nTAGS: PGOV\nSUBJECT: FEES\n\n1. (U) No.\n"
    assert read(text).source == "telegram"


OF_1982 = """UNCLASSIFIED
RELEASED IN FULL

SECRET
{head}
PAGE 01 OF 02    SAN SA 08801  00 OF 02  111511Z   C01/03  003991
ACTION: ARA-00
------------------ 111520Z /44
P 111450Z NOV 82
FM AMEMBASSY SAN SALVADOR
TO SECSTATE WASHDC PRIORITY 3301

S E C R E T SAN SALVADOR 08801

E.O. 12356: DECL: OADR
TAGS: PINT, ES
SUBJECT: LAMPS

1. (S) THE LAMPS ARE LIT.
{between}
2. (S) HE LEFT.
QUILL
"""


@pytest.mark.parametrize(
    ("head", "between"),
    [
        ("INCOMING\nTELEGRAM\nDepartment of State\n", ""),
        ("Department of State\nINCOMING TELEGRAM\n", ""),
        ("OUTGOING\nTELEGRAM\n", ""),
        ("Department of State    TELEGRAM\n", ""),
        ("", ""),
        ("INCOMING\nTELEGRAM\n", "\nSECRET\n\nPAGE 02 OF 02    SAN SA 08801  00 OF 02  111511Z   C01/03  003991\n"),
    ],
)  # fmt: skip
def test_the_top_of_a_telegram_of_the_1980s(head: str, between: str) -> None:
    text = OF_1982.format(head=head, between=between)
    (cable,) = parse(RawPage(text, "lamps.txt"))
    assert "".join(segment.text for segment in cable.segments) == text
    assert cable.id == "82SANSALVADOR8801"
    assert cable.problems == ()
    assert [paragraph.anchor for paragraph in cable.paragraphs] == ["p1", "p2"]
    marks = [each.text for each in cable.segments if each.kind is SegmentKind.PAGE_MARK]
    assert sum(mark.count("PAGE 0") for mark in marks) == 1 + between.count("PAGE 0")


def test_the_same_words_in_the_text_are_the_cable_s() -> None:
    between = (
        "\nTHE INCOMING TELEGRAM WAS LATE. HE SAID THAT PAGE 01 OF 02 WAS LOST WITH THE\nTELEGRAM\n"
    )
    text = OF_1982.format(head="INCOMING\nTELEGRAM\n", between=between)
    (cable,) = parse(RawPage(text, "lamps.txt"))
    assert " ".join(between.split()) in " ".join(cable.paragraphs[0].text.split())
