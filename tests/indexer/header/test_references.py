"""The REF line in its spellings."""

from __future__ import annotations

import pytest

from indexer.header.references.read import read_references, references

# Each item as (letter, kind, id); the cable that refers is 07GUANGZHOU376.
Item = tuple[str | None, str, str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "REF: A) Guangzhou 51; B) 06 Guangzhou 32379",
            [("A", "cable", "07GUANGZHOU51"), ("B", "cable", "06GUANGZHOU32379")],
        ),
        ("REF: STATE 039787", [(None, "cable", "07STATE39787")]),
        (
            "REFS: A. 2006 STATE 123\n      B. LA PAZ 44",
            [("A", "cable", "06STATE123"), ("B", "cable", "07LAPAZ44")],
        ),
        ("REF: (A) STATE (01) 201265", [("A", "cable", "01STATE201265")]),
        ("REFTEL: 06STATE1234", [(None, "cable", "06STATE1234")]),
        (
            "REF: A. PARIS 7472 AND 7677",
            [("A", "cable", "07PARIS7472"), ("A", "cable", "07PARIS7677")],
        ),
        (
            "REF: LIMA 2 (AND PARIS 7472 AND 7677)",
            [
                (None, "cable", "07LIMA2"),
                (None, "cable", "07PARIS7472"),
                (None, "cable", "07PARIS7677"),
            ],
        ),
        ("REF: A. LIMA 12 (NOTAL)", [("A", "cable", "07LIMA12")]),
        (
            "REF: [A] SAN JOSE 525 [B] RIO DE JANEIRO 9",
            [("A", "cable", "07SANJOSE525"), ("B", "cable", "07RIODEJANEIRO9")],
        ),
        ("REF: E-MAIL SMITH-JONES OF 3/4/07", [(None, "email", None)]),
        ("REF: A. DEA TELCON OF 02/11/09", [("A", "tel", None)]),
        (
            "REF: A. KABUL 123 AND PREVIOUS\n¶B. 06STATE1234\n¶C. KABUL 5049-01",
            [
                ("A", "cable", "07KABUL123"),
                ("B", "cable", "06STATE1234"),
                ("C", "cable", "01KABUL5049"),
            ],
        ),
        (
            "REF: A. STATE 07718 99 B. RIO\nDE JANEIRO 12",
            [("A", "cable", "99STATE7718"), ("B", "cable", "07RIODEJANEIRO12")],
        ),
        (
            "REF: STATE 1830 AND 1859",
            [(None, "cable", "07STATE1830"), (None, "cable", "07STATE1859")],
        ),
        (
            "REF: BEIJING 12, 14, AND 16; 06 SHANGHAI 5-8",
            [
                (None, "cable", "07BEIJING12"),
                (None, "cable", "07BEIJING14"),
                (None, "cable", "07BEIJING16"),
                (None, "cable", "06SHANGHAI5"),
                (None, "cable", "06SHANGHAI6"),
                (None, "cable", "06SHANGHAI7"),
                (None, "cable", "06SHANGHAI8"),
            ],
        ),
        ("REF: A. A. REF A LIMA 12", [("A", "cable", "07LIMA12")]),
        (
            (
                "REFS: (A) 08 BEIJING 3565 (B) BEIJING #3565 (C) IIR 6 812 0123 07\n"
                "(D) 9 FAM 41.31 N3 (E) SMITH/JONES EMAIL 12/3/07 (F) DTG 230844Z MAR 07"
            ),
            [
                ("A", "cable", "08BEIJING3565"),
                ("B", "cable", "07BEIJING3565"),
                ("C", "report", None),
                ("D", "book", None),
                ("E", "email", None),
                ("F", "other", None),
            ],
        ),
        (
            (
                "REF: A. USUN NEW YORK 123 B. AIT TAIPEI 456 C. SECSTATE 78 D. USNATO 9 E. "
                "KABUL SEPTEL"
            ),
            [
                ("A", "cable", "07USUNNEWYORK123"),
                ("B", "cable", "07AITTAIPEI456"),
                ("C", "cable", "07STATE78"),
                ("D", "cable", "07USNATO9"),
                ("E", "other", None),
            ],
        ),
        ("REF: KABUL 123 (EXDIS)", [(None, "cable", "07KABUL123")]),
        (
            "REF: A. STATE 1O5 B. O6 LIMA 12 C. 0TTAWA 33",
            [
                ("A", "cable", "07STATE105"),
                ("B", "cable", "06LIMA12"),
                ("C", "cable", "07OTTAWA33"),
            ],
        ),
        (
            "Ref: 06 Hanoi 1234 and 06 HCMC 99",
            [(None, "cable", "06HANOI1234"), (None, "cable", "06HOCHIMINHCITY99")],
        ),
        (
            "REF: A. 08 BEIJING 3565 - TITLE OF CABLE ABOUT PARIS 2008 SUMMIT",
            [("A", "cable", "08BEIJING3565")],
        ),
        (
            "REF: A. KABUL 123, B. KABUL 124",
            [("A", "cable", "07KABUL123"), ("B", "cable", "07KABUL124")],
        ),
        (
            "REF A: STATE 123\nREF B: STATE 124",
            [("A", "cable", "07STATE123"), ("B", "cable", "07STATE124")],
        ),
        (
            "REF: (A) STATE 244; (B) LA PAZ 0430; (C), LA PAZ 0321.",
            [
                ("A", "cable", "07STATE244"),
                ("B", "cable", "07LAPAZ430"),
                ("C", "cable", "07LAPAZ321"),
            ],
        ),
        ("REF: STATE 235324 OF 11/30/73", [(None, "cable", "73STATE235324")]),
        (
            "REF: STATE 028448 DATED FEBRUARY 13, 1974 AND PREVIOUS",
            [(None, "cable", "74STATE28448")],
        ),
        (
            "REF: A. BONN 12 OF MAY 5, 2001 B. (06) PARIS 12 C. '06 ROME 33",
            [("A", "cable", "01BONN12"), ("B", "cable", "06PARIS12"), ("C", "cable", "06ROME33")],
        ),
        ("REF: 06-PARIS-123", [(None, "cable", "06PARIS123")]),
        (
            "REF: A) 07 STATE 123 B) 124",
            [("A", "cable", "07STATE123"), ("B", "cable", "07STATE124")],
        ),
        (
            "REF: SMITH-JONES EMAIL OF MAY 5, AND KABUL 123",
            [(None, "email", None), (None, "cable", "07KABUL123")],
        ),
        (
            "REF: KABUL 123, SMITH-JONES EMAIL OF MAY 5",
            [(None, "cable", "07KABUL123"), (None, "email", None)],
        ),
        ("REF: NONE", []),
        (
            "REF: A. STATE 123\n\nB. STATE 124\n\n1. (U) Text PARIS 33",
            [("A", "cable", "07STATE123"), ("B", "cable", "07STATE124")],
        ),
        ("REF: FAX FROM PARIS 12 MAY", [(None, "fax", None)]),
        ("REF: MEETING IN LISBON 12 MAY 2006 BETWEEN A AND B", [(None, "meeting", None)]),
        (
            "REFERENCE: A) Guangzhou 51; C) 06 Guangzhou",
            [("A", "cable", "07GUANGZHOU51"), ("C", "cable", None)],
        ),
        ("REF: TD-314/12345-07", [(None, "report", None)]),
        (
            "REF: 08 THE HAGUE 123; THE HAGUE 55, STATE 12 AND 08 STATE 13",
            [
                (None, "cable", "08THEHAGUE123"),
                (None, "cable", "07THEHAGUE55"),
                (None, "cable", "07STATE12"),
                (None, "cable", "08STATE13"),
            ],
        ),
        ("REF: KABUL 12 AND 14 (08)", [(None, "cable", "08KABUL12"), (None, "cable", "08KABUL14")]),
        ("REF: GUANGZHOU 376", []),
        (
            "REF: 07 STATE 12, 15 AND LIMA 33",
            [
                (None, "cable", "07STATE12"),
                (None, "cable", "07STATE15"),
                (None, "cable", "07LIMA33"),
            ],
        ),
        (
            "REF: A. A) HARARE 12 ¶B. B) 03 HARARE 2412",
            [("A", "cable", "07HARARE12"), ("B", "cable", "03HARARE2412")],
        ),
        ("REF(A) STATE 12", [("A", "cable", "07STATE12")]),
        ("REF: BAGHDAD REO HILLAH 12", [(None, "cable", "07HILLAH12")]),
        (
            "REF: A. KABUL 12 B. KABUL 13 - VISIT TO PARIS 44",
            [("A", "cable", "07KABUL12"), ("B", "cable", "07KABUL13")],
        ),
        ("REF: A. 08 ROME 12 - G8 IN ROME 2009; 09 PARIS 3", [("A", "cable", "08ROME12")]),
        ("REF: A. (A) STATE 12", [("A", "cable", "07STATE12")]),
        (
            "REF: USDOC 18905 AND LA PAZ A-236 OF NOVEMBER 9, 1973",
            [(None, "cable", "07USDOC18905"), (None, "other", None)],
        ),
        (
            "REFS: 1. MIL. MSG. P 161339Z MAR 74\n2. LA PAZ 0503 OF JAN. 24",
            [("1", "other", None), ("2", "cable", "07LAPAZ503")],
        ),
        (
            "REF: STATE 12,345 AND 12,346",
            [(None, "cable", "07STATE12345"), (None, "cable", "07STATE12346")],
        ),
        ("REF: KABUL 1234 PARA 2", [(None, "cable", "07KABUL1234")]),
        ("REF: A. JOHN A. SMITH E-MAIL OF 3/4", [("A", "email", None)]),
        ("REF: HTTP://WWW.EXAMPLE.ORG/X", [(None, "web", None)]),
        ("REF: A. MEMCON OF MAY 5; B. DIPNOTE 12/07", [("A", "memo", None), ("B", "memo", None)]),
        ("REF:", []),
        ("", []),
        ("SUBJECT: PARIS 12", []),
        ("A. STATE 12 B. LIMA 33", [("A", "cable", "07STATE12"), ("B", "cable", "07LIMA33")]),
        (
            "TAGS: PREL\nREF: (A) LIMA 12\n\nREF: (B) LIMA 13",
            [("A", "cable", "07LIMA12"), ("B", "cable", "07LIMA13")],
        ),
        ("REF: LIMA 12; LIMA 12", [(None, "cable", "07LIMA12")]),
        (
            "REF: A. STATE 123 THRU 126",
            [
                ("A", "cable", "07STATE123"),
                ("A", "cable", "07STATE124"),
                ("A", "cable", "07STATE125"),
                ("A", "cable", "07STATE126"),
            ],
        ),
        (
            "REF: STATE 123-25",
            [
                (None, "cable", "07STATE123"),
                (None, "cable", "07STATE124"),
                (None, "cable", "07STATE125"),
            ],
        ),
        (
            "REF: 1830 AND 1859",
            [(None, "cable", "06GUANGZHOU1830"), (None, "cable", "06GUANGZHOU1859")],
        ),
        ("REF: A. ISLAMBAD 12", [("A", "cable", "07ISLAMABAD12")]),
        (
            "REF: 06 KABUL 12, 06 KABUL 13",
            [(None, "cable", "06KABUL12"), (None, "cable", "06KABUL13")],
        ),
        (
            "REF: A. 06 KABUL 12\n \nThis is an action request. See PARIS 12.",
            [("A", "cable", "06KABUL12")],
        ),
        ("REF: KABUL 12\nClassified By: DCM PARIS 33", [(None, "cable", "07KABUL12")]),
        ("REF: KABUL 123 (BRIEFING ON PARIS MEETING)", [(None, "cable", "07KABUL123")]),
        ("REF: RIO / DE JANEIRO 12", [(None, "cable", "07RIODEJANEIRO12")]),
        (
            "REF: A. RIO /\nDE JANEIRO 12 B. ST. PETERSBURG 3",
            [("A", "cable", "07RIODEJANEIRO12"), ("B", "cable", "07STPETERSBURG3")],
        ),
        (
            "REF: A. (C) STATE 12 B. STATE 13",
            [("A", "cable", "07STATE12"), ("B", "cable", "07STATE13")],
        ),
        (
            "REF: PORT AU PRINCE 12, ST PETERSBURG 13, SAO PAULO 14, HO CHI MINH CITY 16",
            [
                (None, "cable", "07PORTAUPRINCE12"),
                (None, "cable", "07STPETERSBURG13"),
                (None, "cable", "07SAOPAULO14"),
                (None, "cable", "07HOCHIMINHCITY16"),
            ],
        ),
        (
            ("REF: US MISSION GENEVA 12; UNVIE 14; USEU BRUSSELS 15; EMBASSY LIMA 18; LIMA'S 19"),
            [
                (None, "cable", "07GENEVA12"),
                (None, "cable", "07UNVIEVIENNA14"),
                (None, "cable", "07USEUBRUSSELS15"),
                (None, "cable", "07LIMA18"),
                (None, "cable", "07LIMA19"),
            ],
        ),
        (
            "REF: N'DJAMENA 12, OSAKA-KOBE 2",
            [(None, "cable", "07NDJAMENA12"), (None, "cable", "07OSAKAKOBE2")],
        ),
        ("REF: EMBASSY PARIS TELEGRAM 12", [(None, "cable", "07PARIS12")]),
        ("REF: A. BOGOTA 12 DTG 201234Z FEB 07", [("A", "cable", "07BOGOTA12")]),
        (
            "REF: STATE 12345 (NOTAL), B. STATE 12346",
            [(None, "cable", "07STATE12345"), ("B", "cable", "07STATE12346")],
        ),
        (
            "REF: 06 LIMA 12; 06 LIMA 13\n 06 LIMA 14",
            [(None, "cable", "06LIMA12"), (None, "cable", "06LIMA13"), (None, "cable", "06LIMA14")],
        ),
        ("REF: BEIJING 06 12345", [(None, "cable", "06BEIJING12345")]),
        ("REF: BEIJING 2006 12345", [(None, "cable", "06BEIJING12345")]),
        (
            "REF: A. TELCALL X B. SMITH PHONECON C. VTC MEETING",
            [("A", "tel", None), ("B", "tel", None), ("C", "meeting", None)],
        ),
        (
            "REF: 03 STATE 331111 - 03 STATE 331115",
            [(None, "cable", "03STATE331111"), (None, "cable", "03STATE331115")],
        ),
        (
            "REF: (A) 07 STATE 1, (B) 06 LIMA 2, (C) LIMA 3, (D) 05 LIMA 4 AND PREVIOUS",
            [
                ("A", "cable", "07STATE1"),
                ("B", "cable", "06LIMA2"),
                ("C", "cable", "07LIMA3"),
                ("D", "cable", "05LIMA4"),
            ],
        ),
    ],
)
def test_items(text: str, expected: list[Item]) -> None:
    found = references(text, 2007, "07GUANGZHOU376")
    assert [(each.bullet, each.kind, each.id) for each in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("REF: A. LIMA 12 (NOTAL)", ["LIMA 12 (NOTAL)"]),
        ("REF: LIMA 12 AND 13", ["LIMA 12", "LIMA 13"]),
        (
            "REF: A. RIO\nDE JANEIRO 12, B. E-MAIL OF\nMAY 5",
            ["RIO DE JANEIRO 12", "E-MAIL OF MAY 5"],
        ),
        ("REF: 06 ROME 3, SMITH-JONES TELCON", ["06 ROME 3", "SMITH-JONES TELCON"]),
    ],
)
def test_texts_are_as_printed(text: str, expected: list[str]) -> None:
    assert [each.text for each in references(text, 2007)] == expected


def test_year_from_the_id_or_the_date_of_the_cable() -> None:
    assert references("REF: LIMA 12")[0].id is None
    assert references("REF: LIMA 12", own_id="06 Quito 3")[0].id == "06LIMA12"
    assert references("R 230844Z MAR 05\nREF: LIMA 12")[0].id == "05LIMA12"


def test_a_posts_own_later_number_is_of_the_year_before() -> None:
    assert references("REF: LIMA 900", 2007, "07LIMA12")[0].id == "06LIMA900"
    found, _ = read_references("REF: LIMA 900", 2007, ("LIMA", 12))
    assert found[0].id == "06LIMA900"


def test_early_in_the_year_a_high_number_is_of_the_year_before() -> None:
    header = "R 050844Z JAN 07\nREF: A. STATE 195001 B. STATE 1234 C. 07 STATE 200000"
    assert [each.id for each in references(header, 2007)] == [
        "06STATE195001",
        "07STATE1234",
        "07STATE200000",
    ]


def test_a_cable_is_no_reference_of_its_own() -> None:
    assert references("REF: LIMA 12", 2007, "07LIMA12") == ()
    assert [each.id for each in references("REF: 06 LIMA 12", 2007, "07LIMA12")] == ["06LIMA12"]


def test_a_cut_reference_is_kept_and_reported() -> None:
    found, problems = read_references("REFERENCE: A) Guangzhou 51; C) 06 Guangzhou", 2007)
    assert [each.id for each in found] == ["07GUANGZHOU51", None]
    assert [problem.code for problem in problems] == ["reference-truncated"]
