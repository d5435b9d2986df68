"""Headers as pages have them: fields behind blank lines, on one line with others, with what archives did to them."""

from __future__ import annotations

import pytest

from corpus.model import Cable
from indexer.page import RawPage
from indexer.parse import parse

WIRE = (
    "VZCZCXYZ0000\nPP RUEHWEB\n\nDE RUEHGZ #0413 0811505\nZNR UUUUU ZZH\nP 221505Z MAR 09\nFM AMCONSUL GUANGZHOU\n"
    "TO RUEHC/SECSTATE WASHDC PRIORITY 3645\n"
)
DRAFTED = "E.O. 12958: N/A \nTAGS: ETRD KIPR CH\nSUBJECT: HARBOR FEES RISE \n"
TEXT = "\n¶1. (U) The port raised its fees on March 20.\n\n¶2. (U) Shippers have appealed.\n"


def cable(text: str) -> Cable:
    (found,) = parse(RawPage(text, "page", "text", "00"))
    assert [paragraph.anchor for paragraph in found.paragraphs] == ["p1", "p2"]
    assert [paragraph.section for paragraph in found.paragraphs] == [None, None]
    assert not found.problems
    assert found.id == "09GUANGZHOU413"
    return found


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        ("REF: A. GUANGZHOU 370 \n \n     ¶B. 08 BEIJING 4411 \n     ¶C. STATE 11209 \n", 3),
        ("REF: (A) GUANGZHOU 370\n\n(B) BEIJING 1073\n", 2),
        ("REF: A) GUANGZHOU 370\n\nB) BEIJING 1073\n\nC) STATE 5 AND PREVIOUS\n", 3),
        ("REFS: GUANGZHOU 370\n\n08 BEIJING 4411\n", 2),
        ("REF: A. GUANGZHOU 370\nGUANGZHOU 00000413  002 OF 002\n\nB. BEIJING 1073\n", 2),
        ("REF.: BRASILIA 03150 AND PREVIOUS\n", 1),
        ("Ref(s): A. Guangzhou 370 B. Beijing 1073\n", 2),
        ("REF: GUANGZHOU 370\n\nSENSITIVE BUT UNCLASSIFIED\n", 1),
    ],
)
def test_references(lines: str, ids: int) -> None:
    found = cable(f"{WIRE}UNCLAS GUANGZHOU 000413\n\nSIPDIS\n\n{DRAFTED}\n{lines}{TEXT}GOLDBERG\n")
    assert len([each for each in found.references if each.id]) == len(found.references) == ids


def test_what_follows_on_references_and_is_none() -> None:
    """A sentence that begins with a post is text, and so is a list in the first paragraph."""
    text = TEXT.replace("The port", "Guangzhou 12 and Beijing 13 are ships. The port")
    found = cable(f"{WIRE}UNCLAS GUANGZHOU 000413\n\n{DRAFTED}REF: GUANGZHOU 370\n{text}GOLDBERG\n")
    assert [each.id for each in found.references] == ["09GUANGZHOU370"]


@pytest.mark.parametrize(
    "line",
    [
        "UNCLAS GUANGZHOU 000413 SIPDIS \nSTATE PASS USTR FOR QUILL E.O. 12958: N/A TAGS: ETRD KIPR CH\n",
        "UNCLAS GUANGZHOU 000413 SIPDIS PARIS PASS USOECD SIPDIS E.O. 12958: N/A TAGS: ETRD KIPR CH\n",
        "UNCLAS SECTION 01 OF 02 GUANGZHOU 000413 SIPDIS E.O. 12958: N/A TAGS: ETRD, KIPR, CH\n",
        "UNCLAS GUANGZHOU 000413\nDEPT FOR EAP/CM AND EB E.O. 12958: N/A\nTAGS: ETRD KIPR CH\n",
        "UNCLAS GUANGZHOU 000413\nSIPDIS E.O. 12958: N/A TAGS: ETRD KIPR CH\n",
    ],
)
def test_fields_on_a_line_of_the_wire(line: str) -> None:
    found = cable(f"{WIRE}{line}\nSUBJECT: HARBOR FEES RISE\n{TEXT}GOLDBERG\n")
    assert found.tags == ("ETRD", "KIPR", "CH")
    assert found.executive_order == "E.O. 12958: N/A"
    assert found.subject == "HARBOR FEES RISE"


@pytest.mark.parametrize(
    ("lines", "caveats"),
    [
        ("SIPDIS\n\nSENSITIVE BUT UNCLASSIFIED\n", ("SIPDIS", "SENSITIVE")),
        ("SENSITIVE BUT UNCLASSIFIED, PLEASE HANDLE ACCORDINGLY\n", ("SENSITIVE",)),
        ("SBU\n", ("SENSITIVE",)),
        ("SIPDIS\nNOT FOR INTERNET DISTRIBUTION\n", ("SIPDIS", "NOT FOR INTERNET DISTRIBUTION")),
        ("N O F O R N\n", ("NOFORN",)),
    ],
)
@pytest.mark.parametrize("behind", [False, True])
def test_captions(lines: str, caveats: tuple[str, ...], behind: bool) -> None:
    """Above the drafter's fields, and below the references."""
    above, below = ("", f"\n{lines}") if behind else (f"\n{lines}\n", "")
    found = cable(
        f"{WIRE}UNCLAS GUANGZHOU 000413\n{above}{DRAFTED}REF: GUANGZHOU 370\n{below}{TEXT}GOLDBERG\n"
    )
    assert found.caveats == caveats


@pytest.mark.parametrize(
    "name", ["van Tromp", "de la Cruz", "#QUILL", "QUILL", "VAN DER BERG", "Quill", "McQUILL ##"]
)
def test_signers(name: str) -> None:
    found = cable(f"{WIRE}UNCLAS GUANGZHOU 000413\n\n{DRAFTED}{TEXT.rstrip()} \n{name}\n")
    assert found.signed_by == (name.strip("# "),)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("RUEHLP/AMEMBASSY LA PAZ MAR LIMA 3112", "AMEMBASSY LA PAZ"),
        ("RUEHQT/AMEMBASSY QUITO OCT LIMA 0012", "AMEMBASSY QUITO"),
        ("RUEHQT/AMEMBASSY QUITO PRIORITY 0012", "AMEMBASSY QUITO"),
        ("RUEHDM/AMEMBASSY DAMASCUS 0012", "AMEMBASSY DAMASCUS"),
    ],
)
def test_an_addressee_run_together_with_the_next_line(line: str, name: str) -> None:
    found = cable(
        f"{WIRE}INFO RUEHBJ/AMEMBASSY BEIJING 6672\n{line}\nUNCLAS GUANGZHOU 000413\n\n{DRAFTED}{TEXT}GOLDBERG\n"
    )
    assert [each.name for each in found.info_recipients] == ["AMEMBASSY BEIJING", name]


@pytest.mark.parametrize(
    "stamp",
    [
        "                  ------------------A1B2C3  221510Z /38",
        "------------------116772  202132Z /65",
        "---------------------     019384",
        "      ------------------0FE41D 121240Z",
    ],
)
def test_stamps(stamp: str) -> None:
    wire = WIRE.replace("P 221505Z", f"{stamp}\nP 221505Z")
    assert cable(f"{wire}UNCLAS GUANGZHOU 000413\n\n{DRAFTED}{TEXT}GOLDBERG\n").precedence == "P"


@pytest.mark.parametrize(
    "group",
    [
        "P 221505Z MAR 09",
        "P 221505Z MARCH 2009",
        "P221505ZMAR09",
        "P 221505 Z MAR 09",
        "P 221705B MAR 09",
    ],
)
def test_date_time_groups(group: str) -> None:
    found = cable(
        f"{WIRE.replace('P 221505Z MAR 09', group)}UNCLAS GUANGZHOU 000413\n\n{DRAFTED}{TEXT}GOLDBERG\n"
    )
    assert found.date is not None
    assert found.date.isoformat() == "2009-03-22T15:05:00+00:00"
    assert found.precedence == "P"


SECOND = (
    "\nUNCLAS GUANGZHOU 000413\nSENSITIVE\nE.O. 12958: DECL: 03/22/2019\nTAGS: ETRD EWWT CH\n"
    "SUBJECT: HARBOR FEES RISE AGAIN\n\nREF: A. GUANGZHOU 370\nREF B. QUITO 12\n"
)


@pytest.mark.parametrize(
    ("second", "told", "tags"),
    [
        (SECOND, ["RISE AGAIN”", "TAGS ETRD, EWWT, CH", "03/22/2019"], ("EWWT",)),
        (SECOND.replace("HARBOR FEES RISE AGAIN", "HARBOR FEES RISE"), ["EWWT", "2019"], ("EWWT",)),
        (
            "\nE.O. 12958: N/A\nTAGS: ETRD, KIPR, CH, PREL\nSUBJECT: HARBOR FEES RISE\n",
            ["PREL"],
            ("PREL",),
        ),
        ("\nTAGS: CH\nSUBJECT: FEES\n", ["subject “FEES”"], ()),
    ],
)
def test_a_second_header_that_differs_is_kept_and_told(
    second: str, told: list[str], tags: tuple[str, ...]
) -> None:
    text = (
        f"{WIRE}UNCLAS GUANGZHOU 000413\n\n{DRAFTED}\nREF: GUANGZHOU 370\n{second}{TEXT}GOLDBERG\n"
    )
    (found,) = parse(RawPage(text, "page", "text", "00"))
    assert [(each.anchor, each.section) for each in found.paragraphs] == [
        ("p1", None),
        ("p2", None),
    ]
    [problem] = [each for each in found.problems if each.code == "second-header"]
    assert all(each in problem.message for each in told)
    assert found.subject == "HARBOR FEES RISE"
    assert found.tags == ("ETRD", "KIPR", "CH", *tags)


@pytest.mark.parametrize(
    "second",
    [
        f"\nUNCLAS GUANGZHOU 000413\n{DRAFTED}\n",  # the same again
        "",
        "\nTAGS: KIPR\n",  # a label alone
    ],
)
def test_no_second_header(second: str) -> None:
    text = f"{WIRE}UNCLAS GUANGZHOU 000413\n\n{DRAFTED}{second}{TEXT}GOLDBERG\n"
    (found,) = parse(RawPage(text, "page", "text", "00"))
    assert "second-header" not in {each.code for each in found.problems}
