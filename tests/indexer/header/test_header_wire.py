"""What the wire wrote: class line, captions, number, transmission, date-time group."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.header import caveats, classification, date, message_number, transmission_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNCLAS SECTION 01 OF 04 GUANGZHOU 000376", "UNCLASSIFIED"),
        ("UNCLASSIFIED//FOUO KABUL 12", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("S E C R E T//NOFORN KABUL 12", "SECRET"),
        ("CONFIDENTIAL", "CONFIDENTIAL"),
        ("C O N F I D E N T I A L SECTION 01 OF 02 X 1", "CONFIDENTIAL"),
        ("UNCLAS E F T O SECTION 01 OF 02 X 1", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("UNCLASSIFIED STATE 12", "UNCLASSIFIED"),
        ("x\n\nS E C R E T STATE 12", "SECRET"),
        ("U N C L A S QUITO 12", "UNCLASSIFIED"),
        ("SECRET//NOFORN", "SECRET"),
        ("T O P  S E C R E T QUITO 1", "TOP SECRET"),
        ("", None),
        ("SUBJECT: SECRET TALKS", None),
        ("LIMITED OFFICIAL USE LA PAZ 1234", "LIMITED OFFICIAL USE"),
        ("UNCLAS E F T O QUITO 001", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("TOP SECRET STATE 12", "TOP SECRET"),
        ("C O N F I D E N T I A L NOFORN SECTION 01 OF 02 ROME 12", "CONFIDENTIAL"),
        ("UNCLAS//FOUO ROME 12", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
    ],
)
def test_level(text: str, expected: str | None) -> None:
    assert classification(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNCLAS X 1\n\nSIPDIS\n\nSENSITIVE", ("SIPDIS", "SENSITIVE")),
        ("S E C R E T NOFORN X 1\nSIPDIS", ("SIPDIS", "NOFORN")),
        ("CONFIDENTIAL//NOFORN X 1", ("NOFORN",)),
        ("C O N F I D E N T I A L X 1\n\nN O F O R N\nSIPDIS", ("NOFORN", "SIPDIS")),
        ("UNCLAS X 12 SIPDIS", ("SIPDIS",)),
        ("UNCLAS X 12\n\nSIPDIS, NOFORN\nEXDIS", ("SIPDIS", "NOFORN", "EXDIS")),
        ("", ()),
        ("SUBJECT: NOFORN POLICY", ()),
        ("UNCLAS X 12\nSIPDIS\nSIPDIS", ("SIPDIS",)),
    ],
)
def test_captions(text: str, expected: tuple[str, ...]) -> None:
    assert caveats(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNCLAS SECTION 01 OF 04 GUANGZHOU 000376", ("GUANGZHOU", 376)),
        ("S E C R E T SECTION 01 OF 03 USUN NEW YORK 000012", ("USUN NEW YORK", 12)),
        ("C O N F I D E N T I A L AIT TAIPEI 001234", ("AIT TAIPEI", 1234)),
        ("UNCLAS NDJAMENA 000012 SIPDIS", ("NDJAMENA", 12)),
        ("CONFIDENTIAL//NOFORN PORT AU PRINCE 1", ("PORT AU PRINCE", 1)),
        ("UNCLAS ROME 12 SECTION 01 OF 02", ("ROME", 12)),
        ("C O N F I D E N T I A L  CORRECTED COPY LIMA 1", ("LIMA", 1)),
        ("S E C R E T LIMA 12 C O R R E C T E D  C O P Y", ("LIMA", 12)),
        ("UNCLAS//NF LIMA 12", ("LIMA", 12)),
        ("", None),
        ("UNCLAS RIO DE JANEIRO 000012", ("RIO DE JANEIRO", 12)),
        ("S E C R E T//NOFORN KABUL 12", ("KABUL", 12)),
        ("LIMITED OFFICIAL USE LA PAZ 1234", ("LA PAZ", 1234)),
    ],
)
def test_post_and_number(text: str, expected: tuple[str, int] | None) -> None:
    assert message_number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VZCZCXRO7807", "VZCZCXRO7807"),
        ("VZCZCXYZ0000\nRR RUEHC", "VZCZCXYZ0000"),
        ("VZCZCXRO7807 RR RUEHXX", "VZCZCXRO7807"),
        ("vzcz", None),
        ("foo\nVZCZCGZI123 ZDK", "VZCZCGZI123"),
        ("", None),
        ("SUBJECT: X", None),
    ],
)
def test_transmission(text: str, expected: str | None) -> None:
    assert transmission_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R 230844Z MAR 07", datetime(2007, 3, 23, 8, 44, tzinfo=UTC)),
        ("R 2308444Z MAR 07", None),
        ("O 230844Z MAR 07 ZDK", datetime(2007, 3, 23, 8, 44, tzinfo=UTC)),
        ("P 010000Z JAN 10", datetime(2010, 1, 1, 0, 0, tzinfo=UTC)),
        ("RR 230844Z DEC 2009", datetime(2009, 12, 23, 8, 44, tzinfo=UTC)),
        ("R 230844ZMAR07", datetime(2007, 3, 23, 8, 44, tzinfo=UTC)),
        ("R 23O844Z MAR O7", datetime(2007, 3, 23, 8, 44, tzinfo=UTC)),
        ("R 230844 MAR 07\nFM AMEMBASSY LIMA", datetime(2007, 3, 23, 8, 44, tzinfo=UTC)),
        ("230844 MAR 07", None),
        ("Z O 230844Z MAR 07", datetime(2007, 3, 23, 8, 44, tzinfo=UTC)),
        ("", None),
        ("REF: DTG 230844Z MAR 07", None),
        ("R 310844Z FEB 07", None),
        (
            "VZCZCXRO7807 DE RUEHGZ #0376/01 0820844 R 230844Z MAR 07 FM AMCONSUL X",
            datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
        ),
        ("P R 241705Z APR 74 ZFF4", datetime(1974, 4, 24, 17, 5, tzinfo=UTC)),
        ("301023Z Aug 00", datetime(2000, 8, 30, 10, 23, tzinfo=UTC)),
    ],
)
def test_date_time_group(text: str, expected: datetime | None) -> None:
    assert date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SECRET//NOFORN//MR KABUL 12", "SECRET"),
        ("SECRET//ORCON/NOFORN KABUL 12", "SECRET"),
        ("S E C R E T EXDIS KABUL 12", "SECRET"),
        ("SECRET//REL TO USA, GBR//", "SECRET"),
        ("UNCLAS SENSITIVE PARIS 12", "UNCLASSIFIED"),
        ("L I M I T E D  O F F I C I A L  U S E  PARIS 12", "LIMITED OFFICIAL USE"),
        ("T O P S E C R E T STATE 1", "TOP SECRET"),
    ],
)
def test_level_before_captions(text: str, expected: str | None) -> None:
    assert classification(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SECRET//NOFORN//MR", ("NOFORN",)),
        ("SECRET//ORCON/NOFORN KABUL 12", ("ORCON", "NOFORN")),
        ("UNCLAS PARIS 12\n\nSENSITIVE BUT UNCLASSIFIED", ("SENSITIVE",)),
        ("S E C R E T PARIS 12\n\nE X D I S", ("EXDIS",)),
        ("CONFIDENTIAL LIMDIS PARIS 12", ("LIMDIS",)),
    ],
)
def test_captions_of_other_spellings(text: str, expected: tuple[str, ...]) -> None:
    assert caveats(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The Secretary's party has a series of numbers of its own, behind the message's.
        ("CONFIDENTIAL STATE 12345 TOSEC 050012", ("STATE", 12345)),
        ("SECRET SECTO 123", ("SECTO", 123)),
        ("CONFIDENTIAL BONN 1234/01", ("BONN", 1234)),
    ],
)
def test_number_before_a_second_one(text: str, expected: tuple[str, int]) -> None:
    assert message_number(text) == expected


@pytest.mark.parametrize("sign", ["/", "//", " /", ",", "NOFORN ,", "NOFORN"])
def test_a_class_line_of_signs_ends(sign: str) -> None:
    """A pattern that tried each way to part the signs would double its time with each of them."""
    line = f"UNCLAS {sign * (100 // len(sign))}x"
    assert classification(line) is None
    assert caveats(line) == ()


@pytest.mark.parametrize(
    ("month", "number"),
    [("SEPT", 9), ("JUNE", 6), ("JLY", 7), ("MRA", 3), ("AGU", 8), ("0CT", 10), ("MARCH", 3)],
)
def test_months_with_a_slip(month: str, number: int) -> None:
    assert date(f"R 121530Z {month} 08") == datetime(2008, number, 12, 15, 30, tzinfo=UTC)


def test_the_short_form_of_noforn_behind_a_level() -> None:
    assert caveats("UNCLAS//NF LIMA 12") == ("NOFORN",)
    assert caveats("UNCLAS NF LIMA 12") == ()
