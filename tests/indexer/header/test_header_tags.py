"""The TAGS line taken apart."""

from __future__ import annotations

import pytest

from indexer.header import tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "TAGS: PREL, PGOV, KDEM, (BUSH, GEORGE W.), ZU",
            ("PREL", "PGOV", "KDEM", "BUSH, GEORGE W.", "ZU"),
        ),
        ("TAGS PREL PGOV", ("PREL", "PGOV")),
        ("TAGS: PREL-PGOV", ("PREL", "PGOV")),
        ("TAGS: PREL; PGOV", ("PREL", "PGOV")),
        ("TAGS: prel, pgov", ("PREL", "PGOV")),
        ("TAGS:PREL,PGOV", ("PREL", "PGOV")),
        ("TAGS: PREL PGOV, KDEM. ", ("PREL", "PGOV", "KDEM")),
        (
            "TAGS: ECON, EFIN, ETRD, BEXP, EINV, KIPR\n\nSUBJECT: X",
            ("ECON", "EFIN", "ETRD", "BEXP", "EINV", "KIPR"),
        ),
        ("TAGS: OVIP (POWELL, COLIN)\nPREL", ("OVIP", "POWELL, COLIN", "PREL")),
        ("TAGS: OVIP(RICE, CONDOLEEZZA), PREL", ("OVIP", "RICE, CONDOLEEZZA", "PREL")),
        ("TAGS: PTER, KNNP (AL-QAIDA)", ("PTER", "KNNP", "AL-QAIDA")),
        ("TAGS: CVIS, CASC, GOI", ("CVIS", "CASC", "GOI")),
        ("TAGS: ECON - PREL", ("ECON", "PREL")),
        ("TAGS: EUN EU", ("EUN", "EU")),
        ("TAGS: KUNR, UNGA, UNSC, PREL, (ANNAN)", ("KUNR", "UNGA", "UNSC", "PREL", "ANNAN")),
        (
            "TAGS: AMGT, ASEC, AFIN, ABUD, APER,\n      AINF, ACOA",
            ("AMGT", "ASEC", "AFIN", "ABUD", "APER", "AINF", "ACOA"),
        ),
        ("TAGS: PARM, MNUC, IAEA, NPT, UN", ("PARM", "MNUC", "IAEA", "NPT", "UN")),
        ("TAGS: SENV, EAGR, SOCI, WTO, DOHA", ("SENV", "EAGR", "SOCI", "WTO", "DOHA")),
        ("TAGS: ECONOMIC GROWTH", ("ECONOMIC GROWTH",)),
        ("TAGS: GOLD, EMIN", ("GOLD", "EMIN")),
        ("TAGS: MARR/PREL/PGOV", ("MARR", "PREL", "PGOV")),
        ("TAGS: KPKO, UNSC, UNMIK/OSCE", ("KPKO", "UNSC", "UNMIK", "OSCE")),
        ("TAGS: PGOVPRELPHUM", ("PGOV", "PREL", "PHUM")),
        ("TAGS: PINR, (MUBARAK, HOSNI); EG", ("PINR", "MUBARAK, HOSNI", "EG")),
        ("TAGS: PREL, BL, (MORALES AYMA, EVO), SNAR", ("PREL", "BL", "MORALES AYMA, EVO", "SNAR")),
        ("TAGS:  EAID PREL CG, PGOV CU", ("EAID", "PREL", "CG", "PGOV", "CU")),
        ("TAGS: OVIP [CLINTON, HILLARY], PREL", ("OVIP", "CLINTON, HILLARY", "PREL")),
        ("TAGS: PREL,PGOV\nDECL: 1/1/2010", ("PREL", "PGOV")),
        ("TAGS: CLINTON, HILLARY, OVIP", ("CLINTON, HILLARY", "OVIP")),
        ("TAGS: PHUM,PREL,EU,RS,UP\n  GG, AM\n", ("PHUM", "PREL", "EU", "RS", "UP", "GG", "AM")),
        ("TAGS: N/A SUBJECT: X", ()),
        ("TAGS: ECONEFIN, BL", ("ECON", "EFIN", "BL")),
        ("TAGS: OPRC, KMDR, MEDIA REACTION REPORT", ("OPRC", "KMDR", "MEDIA REACTION REPORT")),
        ("TAGS: PREL, PGOV,\nECON", ("PREL", "PGOV", "ECON")),
        ("E.O. 12958: N/A TAGS: PREL, PGOV", ("PREL", "PGOV")),
        ("TAGS: EGEN, UNGA/C-6", ("EGEN", "UNGA/C-6")),
        (
            "TAGS: OVIP (RICE, CONDOLEEZZA), PREL, KPAL,\n(ABBAS, MAHMOUD) IS",
            ("OVIP", "RICE, CONDOLEEZZA", "PREL", "KPAL", "ABBAS, MAHMOUD", "IS"),
        ),
        ("TAGS: PREL/PGOV, ZU.", ("PREL", "PGOV", "ZU")),
        ("TAGS: AMEDCASCKFLO", ("AMED", "CASC", "KFLO")),
        ("TAGS: OVIP CLINTON, HILLARY, PREL", ("OVIP", "CLINTON, HILLARY", "PREL")),
        ("TAGS:\nPREL, PGOV", ("PREL", "PGOV")),
        ("TAGS: PREL,\n\nPGOV, KDEM\nSUBJECT: X", ("PREL", "PGOV", "KDEM")),
        ("TAGS: PREL PGOV PTER (CLINTON HILLARY)", ("PREL", "PGOV", "PTER", "CLINTON, HILLARY")),
        ("TAGS: PARM, COUNTER TERRORISM, IR", ("PARM", "COUNTERTERRORISM", "IR")),
        ("TAGS: KNNP MNUC PARM IAEA IR\n     EU-3", ("KNNP", "MNUC", "PARM", "IAEA", "IR", "EU-3")),
        ("SUBJECT: NONE", ()),
        ("", ()),
        ("TAGS:", ()),
        ("Tags: PREL", ("PREL",)),
        ("TAG: PREL, XX", ("PREL", "XX")),
        ("TAGS: PREL, PREL", ("PREL",)),
        ("TAGS: OVIP: MALIKI, NOURI, PREL", ("OVIP", "MALIKI, NOURI", "PREL")),
        ("TAGS: OVIP, BUSH, GEORGE W., PREL", ("OVIP", "BUSH, GEORGE W.", "PREL")),
        ("TAGS: QQWW ZZTT, PREL", ("QQWW", "ZZTT", "PREL")),
        ("TAGS: PHUM PREL (UNTERMINATED, NAME", ("PHUM", "PREL", "UNTERMINATED, NAME")),
    ],
)
def test_tags_apart(text: str, expected: tuple[str, ...]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A blank line inside the field: what follows is nothing but codes.
        ("TAGS: PREL\n\nPGOV, KDEM\n\nSUBJECT: X", ("PREL", "PGOV", "KDEM")),
        ("TAGS: PREL\n\nSUMMARY OF EVENTS\n\nSUBJECT: X", ("PREL",)),
        # Persons without parentheses: before a code, and told by an initial.
        ("TAGS: OVIP CLINTON, HILLARY PREL", ("OVIP", "CLINTON, HILLARY", "PREL")),
        ("TAGS: PREL, SMITH, JANE W., IZ", ("PREL", "SMITH, JANE W.", "IZ")),
        # A line that begins with the comma, letters with blanks between.
        ("TAGS: PREL, PGOV\n, ECON\nSUBJECT: X", ("PREL", "PGOV", "ECON")),
        ("TAGS: P G O V, P R E L", ("PGOV", "PREL")),
        # Slips that leave one code only; programs, persons and words of two codes' distance stay.
        ("TAGS: PRELL, PG0V, PREI, EFNI", ("PREL", "PGOV", "EFIN")),
        ("TAGS: PREL, KDEX, SMITH, PREX", ("PREL", "KDEX", "SMITH", "PREX")),
        ("TAGS: PGOV 1. (C) Foo met PREL", ("PGOV",)),
        ("TAGS: PREL, PGOV, BR 1. We met SA", ("PREL", "PGOV", "BR")),
        ("TAGS: EFIN ECON COUNCIL OF EUROPE", ("EFIN", "ECON", "COUNCIL OF EUROPE")),
        # Several persons in one pair of parentheses.
        (
            "TAGS: OVIP (SMITH, JOHN AND DOE, JANE), PREL",
            ("OVIP", "SMITH, JOHN", "DOE, JANE", "PREL"),
        ),
        (
            "TAGS: OVIP (BUSH, GEORGE W.; DOE, JANE)",
            ("OVIP", "BUSH, GEORGE W.", "DOE, JANE"),
        ),
        ("TAGS: PHUM (WOMEN AND CHILDREN)", ("PHUM", "WOMEN AND CHILDREN")),
        ("TAGS: COUNCIL OF EUROPE PREL", ("COUNCIL OF EUROPE", "PREL")),
    ],
)
def test_tags_over_a_gap_and_in_words(text: str, expected: tuple[str, ...]) -> None:
    assert tags(text) == expected
