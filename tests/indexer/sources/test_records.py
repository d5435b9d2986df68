"""What an archive or a newspaper left in a cable's text: records, rows of a dump, datelines."""

from __future__ import annotations

import pytest

from corpus.model import Cable, SegmentKind
from indexer.page import RawPage
from indexer.parse import parse

WIRE = (
    "VZCZCXRO3525\nRR RUEHAG\nDE RUEHGZ #0413 0811505\nZNR UUUUU ZZH\nR 221505Z MAR 09\n"
    "FM AMCONSUL GUANGZHOU\nTO RUEHC/SECSTATE WASHDC 7360"
)
CABLE = (
    "UNCLAS GUANGZHOU 000413\nSIPDIS\nE.O. 12958: N/A\nTAGS: ETRD, CH\nSUBJECT: HARBOR FEES RISE\n\n"
    "1. (U) The port raised its fees on March 20.\n\n2. (U) Shippers have appealed.\n\nQUILL\n"
)


def read(text: str) -> Cable:
    (cable,) = parse(RawPage(text, "page", "text", "0" * 64))
    assert "".join(segment.text for segment in cable.segments) == text
    return cable


def check(cable: Cable) -> None:
    assert cable.id == "09GUANGZHOU413"
    assert [paragraph.anchor for paragraph in cable.paragraphs] == ["p1", "p2"]
    assert [each.name for each in cable.recipients] in ([], ["SECSTATE WASHDC"])
    assert cable.problems == ()
    assert any(segment.kind is SegmentKind.CHROME for segment in cable.segments)


@pytest.mark.parametrize(
    "above",
    [
        f"90018\n2009-03-22 15:05\n09GUANGZHOU413\nConsulate Guangzhou\nUNCLASSIFIED\n\n{WIRE}\n",
        f"2009-03-22\n\n09GUANGZHOU413\n\nConsulate Guangzhou\n\n{WIRE}\n",
        f"3/22/2009 15:05\n09GUANGZHOU413\nConsulate Guangzhou\nUNCLASSIFIED\n\n{WIRE}\n",
        f'90018,3/22/2009 15:05,09GUANGZHOU413,"Consulate Guangzhou",UNCLASSIFIED,,"{WIRE}","',
        f'"90018","3/22/2009 15:05","09GUANGZHOU413","Consulate Guangzhou","UNCLASSIFIED","09LIMA2","{WIRE}","',
        f"90018\t2009-03-22 15:05\t09GUANGZHOU413\tConsulate Guangzhou\tUNCLASSIFIED\t\t{WIRE}\t",
        f"id: 3\ndate: 3/22/2009 15:05\nrefid: 09GUANGZHOU413\norigin: Consulate Guangzhou\nheader:\n"
        f"{WIRE}\n\n---- header ends ----\n\n",
    ],
)
def test_records_are_chrome(above: str) -> None:
    check(read(above + CABLE))


@pytest.mark.parametrize(
    "extract",
    [
        "UNCLAS GUANGZHOU 000413\nSIPDIS\nE.O. 12958: N/A\nTAGS: ETRD, CH\nSUBJECT: HARBOR FEES RI...\n\nQUILL\n",
        "UNCLAS GUANGZHOU 000413\nE.O. 12958: N/A\nTAGS: ETRD, CH\nSUBJECT: HARBOR FEES RISE\n\n1. (U) ...\n",
    ],
)
def test_an_extract_over_the_whole_cable(extract: str) -> None:
    row = f'",\n90018,3/22/2009 15:05,09GUANGZHOU413,"Consulate Guangzhou",UNCLASSIFIED,,"{WIRE}","'
    cable = read(extract + row + CABLE)
    check(cable)
    assert cable.subject == "HARBOR FEES RISE"


def test_text_over_a_record_that_does_not_come_again_is_kept() -> None:
    above = "UNCLAS GUANGZHOU 000413\nE.O. 12958: N/A\nTAGS: ETRD, CH\nSUBJECT: TUGS\n\n"
    above += "1. (U) Tugs wait for nobody in May.\n\n2. (U) Nor do tides.\n"
    record = "90018\n2009-03-22\n09GUANGZHOU413\nConsulate Guangzhou\nUNCLASSIFIED\n\n"
    cable = read(above + record + CABLE)
    assert any("wait for nobody" in paragraph.text for paragraph in cable.paragraphs)


def test_numbers_in_a_text_are_no_record() -> None:
    cable = read(f"{WIRE}\n{CABLE}".replace("appealed.", "appealed:\n\n12\n\n2009-03-22\n\n14\n"))
    assert "2009-03-22" in cable.paragraphs[1].text


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Sunday, 22 March 2009, 15:05", "2009-03-22 15:05 minute"),
        ("Friday, March 6, 2009 at 4:10 pm", "2009-03-06 16:10 minute"),
        ("22 March 2009, 15:05", "2009-03-22 15:05 minute"),
        ("Sunday 22 March 2009", "2009-03-22 00:00 day"),
        ("22 March 2009", "2009-03-22 00:00 day"),
    ],
)
def test_a_newspapers_dateline(line: str, shown: str) -> None:
    cable = read(f"{line}\n\n{CABLE}")
    assert cable.date is not None
    assert f"{cable.date:%F %R} {cable.date_precision}" == shown
    check(cable)


@pytest.mark.parametrize("line", ["Sunday, 32 March 2009, 15:05", "22 March"])
def test_what_is_no_dateline_is_told(line: str) -> None:
    cable = read(f"{line}\n\n{CABLE}")
    assert cable.date is None
    assert "unplaced" in {problem.code for problem in cable.problems}


def test_a_date_inside_the_cable_stays() -> None:
    cable = read(f"{WIRE}\n" + CABLE.replace("2. (U)", "Sunday, 22 March 2009, 15:05\n\n2. (U)"))
    assert any(
        "22 March 2009" in p.text or "22 March 2009" in (p.section or "") for p in cable.paragraphs
    )
