"""For whom and from whom a message is: names in the lines that say so, and none in lines that only look like them."""

from __future__ import annotations

import pytest

from search.people.addressees import addressed_in_header
from search.people.reading import read_names


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("FOR AMBASSADOR QUISPE", ["Quispe"]),
        ("For Ambassador Quispe from Lomax.", ["Quispe", "Lomax"]),
        ("FOR AMBASSADOR QUISPE FROM THE SECRETARY", ["Quispe"]),
        ("FOR LOMAX FROM TOLLAND", ["Lomax", "Tolland"]),
        ("FROM TOLLAND FOR LOMAX", ["Tolland", "Lomax"]),
        ("For Lomax from Tolland. Please tell him.", ["Lomax", "Tolland"]),
        ("FOR LOMAX AND QUISPE FROM TOLLAND", ["Lomax", "Quispe", "Tolland"]),
        ("For Lomax/Quispe from Tolland", ["Lomax", "Quispe", "Tolland"]),
        ("FOR THE SECRETARY FROM TOLLAND", ["Tolland"]),
        ("FOR ASSISTANT SECRETARY VEKY FROM AMBASSADOR", ["Veky"]),
        ("FOR THE ACTING SECRETARY FROM UNDER SECRETARY QUISPE", ["Quispe"]),
        ("EYES ONLY FOR TOLLAND FROM ROOKER", ["Tolland", "Rooker"]),
        ("Eyes only for Rooker", ["Rooker"]),
        ("EYES ONLY AMBASSADOR ROOKER", ["Rooker"]),
        ("PERSONAL FOR ROOKER FROM TOLLAND", ["Rooker", "Tolland"]),
        ("Message for Lomax from Tolland", ["Lomax", "Tolland"]),
        ("PASS TO MR. ROOKER", ["Rooker"]),
        ("PLEASE PASS TO TOLLAND", ["Tolland"]),
        ("DEPARTMENT PASS AMBASSADOR QUISPE AND ROOKER", ["Quispe", "Rooker"]),
        ("DEPT FOR IO ASSISTANT SECRETARY LOMAX", ["Lomax"]),
        ("STATE FOR EUR/SE - LOMAX", ["Lomax"]),
        ("State for S/P-Lomax", ["Lomax"]),
        ("DEPT FOR INM DEPUTY ASST SECRETARY CORM", ["Corm"]),
        ("Attention: Lomax", ["Lomax"]),
        ("ATTN: MIKE TOLLAND", ["Mike Tolland"]),
        ("MEMORANDUM FOR LIEUTENANT GENERAL QUISPE", ["Quispe"]),
        ("MEMORANDUM FOR MAJOR GENERAL QUISPE THE WHITE HOUSE", ["Quispe"]),
        ("MEMORANDUM FOR: Anselm Rooker\nFROM: Hal Lomax [HL initialed]", ["Anselm Rooker", "Hal Lomax"]),
        ("TO: The Secretary\nTHROUGH: P - Mr. Rooker\nFROM: M - Tolland", ["Rooker", "Tolland"]),
        ("TO: D - Mr. Quispe\nFROM: EUR - Arthur Lomax, Acting", ["Quispe", "Arthur Lomax"]),
        ("TO: The Secretary\nFROM: S/P - Lomax", ["Lomax"]),
        ("From: Quillon Tolland", ["Quillon Tolland"]),
        ("MEMORANDUM FOR: GENERAL ROOKER\nFROM: QUILLON TOLLAND", ["Rooker", "Quillon Tolland"]),
        ("To Mr. Henry Rooker,", ["Henry Rooker"]),
        ("Dear Mr. Rooker:", ["Rooker"]),
        ("cc: Mr. Lomax", ["Lomax"]),
        ("MEMORANDUM FOR LTC McQUISPE, MILITARY ASSISTANT TO THE DEPUTY ASSISTANT TO THE PRESIDENT", ["McQuispe"]),
        ("DEPT PASS LABOR FOR SEC ROOKER, TOLLAND AND QUISPE", ["Rooker", "Tolland", "Quispe"]),
        ("EUR FOR ACTING ASST SEC ROOKER FROM AMBASSADOR", ["Rooker"]),
        ("147784. For Ambassador from Tolland and Lomax. Subject: (S) Herring", ["Tolland", "Lomax"]),
        ("6832. For Asst Secy Rooker from Ambs Tolland and Quispe. Subject: Herring", ["Rooker", "Tolland", "Quispe"]),
        ("Tosec 10259. For the Secretary from Lomax.", ["Lomax"]),
        # Offices, posts and agencies are no people, and sentences no such lines.
        ("FOR AMBASSADOR FROM THE SECRETARY", []),
        ("FOR EMBASSY FROM DEPARTMENT", []),
        ("DEPARTMENT PASS SECRETARY", []),
        ("Department please pass to Commerce and Treasury", []),
        ("Please pass to USUN", []),
        ("For Poland from Hungary", []),
        ("GENEVA FOR UNCTAD; ROME FOR FODAG, VIENNA FOR UNIDO", []),
        ("LIMA FOR AGATT", []),
        ("FROM: EUR/SE", []),
        ("FOR PEACE", []),
        ("FROM AFAR", []),
        ("FOR THE RECORD, I WOULD LIKE TO REITERATE MY CONCURRENCE.", []),
        ("FOR FISCAL YEAR 1980 FROM THE FUND", []),
        ("For Madrid: The foregoing is for you alone.", []),
        ("Legal Authority for Sofo", []),
        ("Economic Policies for the Eastern European Countries", []),
        ("FROM CONVERSATIONS WITH OFFICIALS OVER THE LAST WEEK WE KNOW", []),
        ("Approve for the Bank", []),
        ("Dear Mr. Secretary:", []),
        ("MEMORANDUM FOR THE PRESIDENT", []),
        ("TO ALL DIPLOMATIC POSTS FROM SECSTATE WASHDC", []),
        ("ISSUE FOR DECISION", []),
        ("HARBOURS FOR FISCAL YEAR 1981 - CONSULAR WORKLOAD", []),
        ("I WOULD LIKE TO BE ABLE TO GIVE THE PRESIDENT YOUR VIEWS FROM TALKS", []),
        ("WHITE HOUSE PLEASE PASS SAN CLEMENTE FOR QUISPE", ["Quispe"]),
        ("TO DA WASHDC/DAMI-FLS/", []),
        ("From Monday to Friday", []),
        ("For example", []),
    ],
)  # fmt: skip
def test_who_is_addressed(text: str, forms: list[str]) -> None:
    (found,) = read_names([text])
    assert [each.form for each in found.people] == forms
    for each in found.people:
        assert text[each.start : each.end].casefold() == each.form.casefold()


@pytest.mark.parametrize(
    ("lines", "forms"),
    [
        ("FOR: LISA LOMAX, OPR/ST/P", ["Lisa Lomax"]),
        ("FOR: USDA/OICD, DR. WILLIAM ROOKER", ["William Rooker"]),
        ("FOR: SAMUEL TOLLAND\n1302 QUAY BLVD.\nHARBOUR, CALIF.", ["Samuel Tolland"]),
        ("FOR: ARA/AND TOLLAND/QUISPE", ["Tolland", "Quispe"]),
        ("FOR UNDER SECRETARY ROOKER", ["Rooker"]),
        ("FOR INM DEPUTY ASST SECRETARY CORM", ["Corm"]),
        ("FOR SY/PRS ASST DIRECTOR ROOKER\nSY/PRS/CC/TAG\nSY/PRS/SD, TOLLAND", ["Rooker", "Tolland"]),
        ("USUN FOR ASSISTANT SECRETARY VEKY", ["Veky"]),
        ("FOR WHITE HOUSE - PAUL TOLLAND - FIRST LADY'S PRESS OFFICE", ["Paul Tolland"]),
        ("DEPARTMENT (A) FOR JOHN ROOKER", ["John Rooker"]),
        ("FOR: A P SHENKLE, ARA SPECIAL ASSISTANT, NARCOTICS", ["A P Shenkle"]),
        ("FOR: MRS. CHARLES PEMBERLEY\n     522 QUAY ST.", ["Charles Pemberley"]),
        ("FOR: HERMAN TOLLAND, ASST ADMINISTRATOR USAID", ["Herman Tolland"]),
        ("FOR ARA/BC/C JACK R. ROOKER", ["Jack R. Rooker"]),
        ("USCINCSO FOR DISASTER RELIEF COORDINATOR LTC. M. TOLLAND", ["M. Tolland"]),
        ("DEA HQS FOR EOIL/TOLLAND", ["Tolland"]),
        ("LIMA FOR TOLLAND", ["Tolland"]),
        ("FOR: QUILLA TOLLAND\n615 QUAY ST.\nHARBOUR, OHIO", ["Quilla Tolland"]),
        ("FOR: DISASTER RELIEF", []),
        ("FOR ASSISTANT SECRETARY ROOKER FROM AMBASSADOR", ["Rooker"]),
        ("FOR: ARA/BC/B - ATTN: MIKE TOLLAND", ["Mike Tolland"]),
        ("for EUR/SE - Lomax", ["Lomax"]),
        ("STATE PASS USTR FOR LOMAX", ["Lomax"]),
        ("STATE PASS USTR FOR QUILLON E.O. 12958: N/A TAGS: ETRD KIPR CH", ["Quillon"]),
        ("AF/S FOR TREGASKIS\nHHS FOR OGHA\nCDC FOR GLOBAL MALARIA PROGRAM", ["Tregaskis"]),
        ("STATE FOR EUR/CACEN, OES/IHA AND AIAG", []),
        ("STATE FOR EAP/ANP AND ECA/PE\nPACOM FOR J01E/J2/J5", []),
        ("S/S FOR THE OPERATIONS CENTER\nEUR FOR A/S AND DAS", []),
        ("NOAA FOR NESDIS", []),
        ("ROME FOR VATICAN", []),
        ("SY CHANNEL", []),
        ("DEPT FOR A/SY/PRS/SD; A/SY/OPS/TAG; A/SY/OPS/CC", []),
        ("RIO FOR RESOURCES OFFICER", []),
        ("BUENOS AIRES FOR RSO", []),
        ("LIMA FOR AGATT", []),
        ("DEPARTMENT PASS ALL ARA POSTS", []),
        ("DEPT PASS DEPT OF AGRICULTURE. USDA FOR FAS.", []),
        ("DEPARTMENT PASS SECDEFENSE", []),
        ("PASS TO TREASURY, DEPUTY COMPTROLLER OF THE CURRENCY-\nINTERNATIONAL, ROOM 4432", []),
        ("DEPT PASS: DIVISION OF RAW MATERIALS USAEC, WASHDC", []),
        ("FOR: MANAGER\nHERRING INC\nST LOUIS MISSOURI\nUSA", []),
        ("CARACAS FOR USDEL LOS", []),
        ("DEPARTMENT PASS INTERIOR - ATTN: USFWS/SE", []),
        ("C O R R E C T E D C O P Y (MRN 729 VICE 716)", []),
        ("NO FOREIGN DISSEM", []),
        ("", []),
    ],
)  # fmt: skip
def test_who_is_addressed_in_a_header(lines: str, forms: list[str]) -> None:
    found = addressed_in_header(lines)
    assert [" ".join(each.words) for each in found] == forms
    for each in found:
        assert lines[each.start : each.end].upper() == " ".join(each.words).upper()
