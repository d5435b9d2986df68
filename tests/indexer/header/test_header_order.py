"""The executive order: its line, its reasons, and until when a cable is kept."""

from __future__ import annotations

from datetime import date as Date

import pytest

from indexer.header import declassify_on, executive_order, reasons


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Classified By: X for reasons (b) 1.4", ("1.4",)),
        ("Classified By: X for reasons Reason: 1.4 (B) AND (D)", ("1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons REASONS: 1.5 (B/D)", ("1.5(b)", "1.5(d)")),
        ("Classified By: X for reasons Reasons 1.4(b),(d)", ("1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons reasons 1.4 (b, c and d)", ("1.4(b)", "1.4(c)", "1.4(d)")),
        ("Classified By: X for reasons E.O. 12958: 1.6, X1", ()),
        ("Classified By: X for reasons 1.4 (B and D)", ("1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons 1.4b and d", ("1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons 1.4 (a),(b),(d)", ("1.4(a)", "1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons 1.4 (b) an\nd (d)", ("1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons Sections 1.4(b) and 1.4(d)", ("1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons 1.5 (b and d)", ("1.5(b)", "1.5(d)")),
        ("Classified By: X for reasons 1.4. (b) (d)", ("1.4(b)", "1.4(d)")),
        (
            "Classified By: X for reasons reasons 1.4 (b) (c) (d) and (e)",
            ("1.4(b)", "1.4(c)", "1.4(d)", "1.4(e)"),
        ),
        ("Classified By: X for reasons REASON: 12958 1.4 (D)", ("1.4(d)",)),
        ("Classified By: X for reasons 1.4 B & D", ("1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons 1.4 (B), AND (D)", ("1.4(b)", "1.4(d)")),
        ("Classified By: X for reasons 1.4 b-d", ("1.4(b)", "1.4(c)", "1.4(d)")),
        ("Classified By: X for reasons 1.4 (b) and a discussion", ("1.4(b)",)),
        ("Reason: 1.4 (b)", ("1.4(b)",)),
        ("REASONS: 1.5 (C), (D)", ("1.5(c)", "1.5(d)")),
        ("SUBJECT: NONE", ()),
        ("Classified By: DCM X; reasons 1.4(BD)", ("1.4(b)", "1.4(d)")),
        ("Reason for Classification: 1.4 (a)", ("1.4(a)",)),
        ("E.O. 12958: DECL: 1/1/2019, REASON 1.4 (B)", ("1.4(b)",)),
        ("Classified By: X, 1,4 (b)", ("1.4(b)",)),
        ("Classified By: X, 1. 4 (d)", ("1.4(d)",)),
    ],
)
def test_reasons_have_one_spelling(text: str, expected: tuple[str, ...]) -> None:
    assert reasons(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E.O. 12958: DECL: 01/07/2014", Date(2014, 1, 7)),
        ("E.O. 12958: N/A", None),
        ("E.O. 12958: DECL 01 07 2014", Date(2014, 1, 7)),
        ("E.O. 12958: DECL: 01 07 14", Date(2014, 1, 7)),
        ("E.O. 12958: DECL 2014", None),
        ("E.O. 12958: DECL: 2019/05/01\nTAGS: PREL", Date(2019, 5, 1)),
        ("EO 12958 DECL: 7 JAN 2014", Date(2014, 1, 7)),
        ("E.O. 12958: DECL: 20140107", Date(2014, 1, 7)),
        ("E.O. 12958: DECL: X1", None),
        ("E.O. 12958: DECL: after korean unification", None),
        ("E.O. 12065: GDS 9/20/85 (BOEKER, PAUL)", Date(1985, 9, 20)),
        ("E.O. 12958\nDECL: 12/18/2018", Date(2018, 12, 18)),
        ("DECL: 6/5/16", Date(2016, 6, 5)),
        ("DECLASSIFY ON: JANUARY 7, 2014", Date(2014, 1, 7)),
        ("E.O. 12356: DECL:OADR", None),
        ("E.O. 12958: DECL: 1.6X1, 11/12/04", Date(2004, 11, 12)),
        ("E.O.12958: DECL:O1/07/2O14", Date(2014, 1, 7)),
        ("E.O. 11652: XGDS-3", None),
        ("E.O. 12958: DECL: 13/01/2014 TAGS: PREL", Date(2014, 1, 13)),
        ("E.O. 12958: DECL: 02/30/2014", None),
        ("E.O. 12065: RDS-3 10/30/99", Date(1999, 10, 30)),
        ("Classified By: X. Reason: 1.4. Declassify on: 1/2/2013", Date(2013, 1, 2)),
        ("E.O. 12598: DECL: 10/13/2015\nTAGS: ENRG 5/5/2005", Date(2015, 10, 13)),
        ("20140107", Date(2014, 1, 7)),
        ("R 230844Z MAR 07\nFM X", None),
        ("E.O. 12958: DECL: 25X1", None),
        ("E.O. 12958: DECL: X8", None),
        ("E.O. 12958: DECL: 7JAN14", Date(2014, 1, 7)),
        ("E.O. 12958: DECL: Jan. 7, 2014", Date(2014, 1, 7)),
        ("E.O. 12958: DECL: 01-07-2014", Date(2014, 1, 7)),
        ("E.O. 12958: DECL: 01.07.2014", Date(2014, 1, 7)),
        ("E.O. 12958: DECL: 01/072014", Date(2014, 1, 7)),
        ("E.O. 12958: DECL: 01072014", Date(2014, 1, 7)),
        ("EXECUTIVE ORDER 12958: DECLASSIFY ON 03/04/2010", Date(2010, 3, 4)),
        ("E.O. 12958: 02/11/2019", Date(2019, 2, 11)),
        ("E.O. 11652: GDS", None),
        ("E.O. 12958: DECL: 10 YEARS", None),
        ("E.O. 12958: DECL: HUMAN RIGHTS DAY", None),
        ("E.O. 12958: DECL: 05/06/35", Date(2035, 5, 6)),
        ("E.O. 12958: DECL:   \n 5/6/2010", Date(2010, 5, 6)),
        ("EO 12958: DECL: May 7th, 2012", Date(2012, 5, 7)),
        ("E.O. 12958: DECL: 7-May-2012", Date(2012, 5, 7)),
        ("E.O. 12958: DECL: 12/31/1999", Date(1999, 12, 31)),
        ("", None),
    ],
)
def test_day_of_declassification(text: str, expected: Date | None) -> None:
    assert declassify_on(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E.O. 12958: N/A", "E.O. 12958: N/A"),
        ("E.O. 12958: DECL: 01/07/2014 TAGS: PREL", "E.O. 12958: DECL: 01/07/2014"),
        ("EO 12958 DECL: 1/2/10\nTAGS: PREL", "EO 12958 DECL: 1/2/10"),
        ("E.O. 11652: XGDS-3", "E.O. 11652: XGDS-3"),
        (
            "E.O. 12958: DECL: after\nkorean unification\nTAGS: KS",
            "E.O. 12958: DECL: after korean unification",
        ),
        ("E.0. 11652: GDS", "E.0. 11652: GDS"),
        ("SUBJECT: X", None),
        ("", None),
        ("EXECUTIVE ORDER 12958: N/A", "EXECUTIVE ORDER 12958: N/A"),
        ("E.O.12958: N/A", "E.O.12958: N/A"),
        ("E.O. 12598: DECL: X1", "E.O. 12598: DECL: X1"),
        ("UNCLAS X 12\n\nE.O. 12065: N/A\nSUBJECT: E.O. 12958", "E.O. 12065: N/A"),
    ],
)
def test_executive_order_line(text: str, expected: str | None) -> None:
    assert executive_order(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A month without a day is its first day.
        ("DECL: MARCH 2014", Date(2014, 3, 1)),
        ("E.O. 12958: DECL: DEC. 2015", Date(2015, 12, 1)),
        ("E.O. 12958: DECL: 05/2015", Date(2015, 5, 1)),
        ("E.O. 12958: DECL: 13/2015", None),
        ("E.O. 12958: DECL: 2016 March 9", Date(2016, 3, 9)),
        # A year alone names no day, and a word before it is no month.
        ("E.O. 12958: DECL: 2019", None),
        ("E.O. 12958: DECL: AFTER 2014", None),
        ("E.O. 12958: DECL: UPON CLOSURE OF EMBASSY", None),
        ("DECL: 25X1-human", None),
    ],
)
def test_days_that_are_not_wholly_named(text: str, expected: Date | None) -> None:
    assert declassify_on(text) == expected


def test_a_range_of_reasons_in_words() -> None:
    assert reasons("Reasons 1.4 (b through d)") == ("1.4(b)", "1.4(c)", "1.4(d)")
    assert reasons("Reasons 1.5 b and/or d") == ("1.5(b)", "1.5(d)")
