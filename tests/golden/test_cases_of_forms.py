"""The small inputs for each kind of fault in the forms of sources: NARA, tables, releases under the FOIA, FRUS.

What is around them is invented. Their neighbours are in the unit tests: `test_nara`, `test_tables`, `test_foia`,
`test_frus_kinds`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.dates import iso_date
from corpus.model import Cable, SegmentKind
from indexer.inputs.files import read
from indexer.inputs.finding import PageFile
from indexer.page import RawPage, SetAside
from indexer.parse import parse

CASES = Path(__file__).parent / "cases"


def found(number: int) -> tuple[list[Cable], list[SetAside]]:
    (path,) = CASES.glob(f"{number}-*")
    cables: list[Cable] = []
    aside: list[SetAside] = []
    for item in read(PageFile(path, path.name)):
        if isinstance(item, SetAside):
            aside.append(item)
        elif isinstance(item, RawPage):
            try:
                cables.extend(parse(item))
            except Exception as error:  # a reason is expected of some
                aside.append(SetAside(item.address, str(error)))
    return cables, aside


def only(number: int) -> Cable:
    (cable,), aside = found(number)
    assert aside == []
    return cable


def day(cable: Cable) -> str | None:
    return iso_date(cable.date, cable.date_precision)


def texts(cable: Cable) -> list[str]:
    return [paragraph.text for paragraph in cable.paragraphs]


def test_a_draft_date() -> None:
    cable = only(24)
    assert (day(cable) or "")[:10] == "1974-01-24"
    assert cable.tags == ("ECON", "BL")
    assert [each.id for each in cable.references] == ["74LAPAZ388"]
    assert texts(cable)[-2:] == ["SHIPPERS WERE CALM.", "TUG CREWS WERE NOT."]


def test_a_section_s_number_with_a_slash() -> None:
    cable = only(25)
    assert texts(cable) == [
        "SHIPPERS BOUGHT LAND.",
        "THE HARBOR AUTHORITY TOOK IT, AND THE SHIPPERS SAY THAT THEY WERE NOT PAID.",
        "A COURT WILL HEAR THE CASE IN MAY.",
    ]
    assert [each.number for each in cable.paragraphs] == [1, 2, 3]
    assert {each.section for each in cable.paragraphs} == {None}
    assert cable.signed_by == ("QUILL",)
    assert cable.problems == ()


def test_a_page_mark_with_a_second_number() -> None:
    cable = only(26)
    assert texts(cable) == [
        "SUMMARY: BRIEFING CENTERED ON HARBOR FEES AND ON THE TUG CREWS. END SUMMARY.",
        "BRIEFING ENDED AT NOON.",
    ]
    assert cable.id == "1979STATE190211"
    assert cable.problems == ()


def test_a_table_with_named_columns() -> None:
    cables, aside = found(27)
    assert aside == []
    assert [(each.id, day(each), each.tags) for each in cables] == [
        ("1979LAPAZ06001", "1979-07-31", ("SNAR", "BL", "PE")),
        ("1979LAPAZ02002", "1979-03-20", ("BEXP", "BL")),
    ]
    assert [len(each.paragraphs) for each in cables] == [2, 2]
    assert [each.signed_by for each in cables] == [("QUILL",), ("MARZIPAN",)]


def test_a_release_of_today() -> None:
    cable = only(28)
    assert (cable.source, cable.id, day(cable)) == ("foia", "13BAMAKO1043", "2013-09-06T12:30Z")
    assert (cable.sender, cable.caveats, cable.signed_by) == (
        "AMEMBASSY BAMAKO",
        ("SENSITIVE",),
        ("Quill",),
    )
    assert texts(cable) == [
        "The port raised its fees on September 1.",
        "Shippers have appealed to the city.",
    ]
    assert cable.problems == ()


def test_a_release_of_old() -> None:
    cable = only(29)
    assert (cable.classification, cable.signed_by) == ("CONFIDENTIAL", ("QUILL",))
    assert len(cable.paragraphs) == 2
    assert cable.paragraphs[0].text.endswith("AND THE TUG CREWS IN MAY. END SUMMARY.")
    chrome = "".join(each.text for each in cable.segments if each.kind is SegmentKind.CHROME)
    assert "RELEASED IN FULL" in chrome
    assert chrome.count("Case No. M-2012-00001") == 2
    assert cable.problems == ()


def test_entries_of_a_microfiche() -> None:
    cables, aside = found(30)
    assert cables == []
    assert len(aside) == 2
    assert all("microfiche" in each.reason for each in aside)


@pytest.mark.parametrize("number", [31, 33])
def test_levels_behind_a_file_number_and_a_renamed_volume(number: int) -> None:
    cables, aside = found(number)
    assert aside == []
    assert [each.classification for each in cables] == [
        *("SECRET", "TOP SECRET", "CONFIDENTIAL", "CONFIDENTIAL")
    ]
    assert [each.id for each in cables] == [f"frus1961-63v98/d{at}" for at in (1, 2, 3, 4)]


def test_posts_of_datelines() -> None:
    cables, aside = found(32)
    assert aside == []
    assert [each.origin.name for each in cables if each.origin] == ["Saigon", "Batavia"]
    assert cables[1].message_number == "203"
    assert texts(cables[1])[0] == "Shippers have appealed to the city."
