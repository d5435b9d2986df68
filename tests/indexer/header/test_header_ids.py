"""Ids of cables in any spelling, as the REF line and people write them."""

from __future__ import annotations

import pytest

from indexer.header.references.read import canonical_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09SECTION01OF03SANJOSE525", "09SANJOSE525"),
        ("04VAT123", "04VATICAN123"),
        ("02SECSTATE1", "02STATE1"),
        ("07guangzhou 00376", "07GUANGZHOU376"),
        ("2007GUANGZHOU00376_a", "07GUANGZHOU376"),
        ("O9STATE1O5", "09STATE105"),
        ("070TTAWA12", "07OTTAWA12"),
        ("09UNCLASGUANGZHOU376", "09GUANGZHOU376"),
        ("1974LAPAZ00173", "1974LAPAZ00173"),
        ("09SECTION02OF02SAOPAULO0012", "09SAOPAULO12"),
        ("08CONFIDENTIALSECTION01OF02KABUL00123", "08KABUL123"),
        ("06 ROME 123 (NOTAL)", "06ROME123"),
        ("STATE (01) 201265", "01STATE201265"),
        ("GUANGZHOU 376-07", "07GUANGZHOU376"),
        ("07-Port-au-Prince-12", "07PORTAUPRINCE12"),
        ("07USUN NEW YORK 123", "07USUNNEWYORK123"),
        ("07USUN12", "07USUNNEWYORK12"),
        ("07USNATO12", "07USNATO12"),
        ("08ISLAMBAD12", "08ISLAMABAD12"),
        ("08BEJING33", "08BEIJING33"),
        ("08XYZ12", "08XYZ12"),
        ("frus1969-76ve09p1/D12", "frus1969-76ve09p1/d12"),
        ("hello  world", "HELLO WORLD"),
        ("", ""),
        ("09SANJOSESANJOSE525", "09SANJOSE525"),
        ("08BRUSSELSUSNATO12", "08USNATO12"),
        ("08USMISSIONUNVIE12", "08UNVIEVIENNA12"),
        ("08UNESCO12", "08UNESCOPARISFR12"),
        ("07GUANGZHOU00000376002OF004", "07GUANGZHOU376"),
        ("REF A. 07 LIMA 12", "07LIMA12"),
        ("05TAIPEI12", "05AITTAIPEI12"),
        ("03MEXICOCITY3", "03MEXICO3"),
        ("06AMEMBASSYPARIS12", "06PARIS12"),
        ("09USEUBRUSSELS12", "09USEUBRUSSELS12"),
        ("09BRUSSELS12", "09BRUSSELS12"),
        ("79TEHRAN8980", "79TEHRAN8980"),
        ("10UNVIE3", "10UNVIEVIENNA3"),
        ("05HCMC12", "05HOCHIMINHCITY12"),
        ("05RIO22", "05RIODEJANEIRO22"),
        ("98STATE12", "98STATE12"),
        ("2000STATE12", "00STATE12"),
        ("04VATICAN000123", "04VATICAN123"),
        ("09SECDEF12", "09SECDEF12"),
        ("66BUENOSAIRES2481", "66BUENOSAIRES2481"),
        ("1979USUNN04608", "1979USUNN04608"),
        ("1975SAIGON01234", "1975SAIGON01234"),
        ("07NDJAMENA12", "07NDJAMENA12"),
        ("07N'Djamena 12", "07NDJAMENA12"),
        ("09STATE12SIPDIS", "09STATE12"),
        ("09KABUL12ANDPREVIOUS", "09KABUL12"),
        ("08SECTION01OF02AITTAIPEI12", "08AITTAIPEI12"),
        ("08 SECTION 01 OF 02 RIO DE JANEIRO 000012", "08RIODEJANEIRO12"),
        ("09KUALALUMPURR12", "09KUALALUMPUR12"),
        # Two names of one office, a kind of post run together with its name, captions between, paragraphs behind.
        ("09DEPTSTATE12", "09STATE12"),
        ("00 STATE WASHDC 123", "00STATE123"),
        ("09REO HILLAH 12", "09HILLAH12"),
        ("09COGUANGZHOU12", "09GUANGZHOU12"),
        ("07 COTONOU 12", "07COTONOU12"),
        ("08USMISSIONUSUNNEWYORK12", "08USUNNEWYORK12"),
        ("02ROMEVATICAN12", "02VATICAN12"),
        ("09STO DOMINGO 12", "09SANTODOMINGO12"),
        ("08ASHKHABAD1", "08ASHGABAT1"),
        ("09UNGENEVA112", "09GENEVA112"),
        ("07 GENEVA USTR 12", "07USTRGENEVA12"),
        ("05 UNESCO PARIS 12", "05UNESCOPARISFR12"),
        ("07TASHKENT SIPDIS 12", "07TASHKENT12"),
        ("09LIMA12, PARA 3", "09LIMA12"),
        ("09LIMA12 PARAS 3-4", "09LIMA12"),
    ],
)
def test_canonical_id(text: str, expected: str) -> None:
    assert canonical_id(text) == expected


@pytest.mark.parametrize(
    "text", ["07GUANGZHOU376", "1974LAPAZ00173", "08XYZ12", "frus1969-76ve09p1/d12"]
)
def test_a_canonical_id_is_its_own(text: str) -> None:
    assert canonical_id(text) == text
