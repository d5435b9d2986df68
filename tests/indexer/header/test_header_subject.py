"""The subject, as the drafter wrote it and as it is displayed."""

from __future__ import annotations

import pytest

from indexer.header import display_subject, subject


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUBJECT:   (U)  Foo:  Bar ", "Foo: Bar"),
        ("SUBJECT\n: FOO BAR\nREF: X", "FOO BAR"),
        ("SUBJECT: ¶1. FOO", "FOO"),
        ("SUBJECT: OIL  1. Summary. We met", "OIL"),
        ("SUBJECT: OIL AND GAS 1. (SBU) We met", "OIL AND GAS"),
        ("SUBJECT: OIL AND GAS 1. We met", "OIL AND GAS"),
        ("SUBJECT: 1. (U) FOO", "1. (U) FOO"),
        ("SUBJECT: OIL AND GAS, DECL: 12/12/2014", "OIL AND GAS"),
        ("SUBJECT: TURKEY GOES\n\nIT ALONE\n\nREF: LIMA 1", "TURKEY GOES IT ALONE"),
        ("SUBJECT: TURKEY GOES\n\nEYES ONLY\n\nREF: LIMA 1", "TURKEY GOES"),
        ("SUBJECT: TURKEY GOES\n\nFOR JONES FROM SMITH\n\nREF: LIMA 1", "TURKEY GOES"),
        ("SUBJECT: TURKEY GOES\n\nIT ALONE\n\n1. WE MET.", "TURKEY GOES"),
        ("SUBJECT: FOO BAR\nREFTEL: X", "FOO BAR"),
        ("SUBJECT: FOO\n------- \nSUMMARY", "FOO"),
        ("SUBJECT: FOO BAR (U)", "FOO BAR"),
        ("SUBJECT: AMBASSADOR'S 1. MEETING", "AMBASSADOR'S 1. MEETING"),
        ("SUBJECT: U.S.-\nUK TIES", "U.S.-UK TIES"),
        ("SUBJECT: FOO\nCLASSIFIED BY: X", "FOO"),
        ("SUBJECT: FOO\n¶1. (C) text", "FOO"),
        ("SUBJECT: FOO\n1. text", "FOO"),
        ("SUBJECT: FOO - \nBAR", "FOO - BAR"),
        ("SUBJECT: (C/NF) FOO", "FOO"),
        ("SUBJECT: (S) (NF) FOO", "FOO"),
        ("SUBJECT: C) FOO", "FOO"),
        ("Subject: foo (Corrected Copy)\n\nRef: 1", "foo (Corrected Copy)"),
        ("SUBJECT: FOO\n(U) This is", "FOO"),
        ("SUBJECT: FOO\n\n\n1.", "FOO"),
        ("SUBJECT: TWO PART\nTITLE: WITH COLON\n\nREF", "TWO PART TITLE: WITH COLON"),
        ("SUBJECT: FOO REF: STATE 1", "FOO"),
        ("SUBJ: ; foo", "foo"),
        ("SUBJECT: FOO\nGUANGZHOU 00000376  002 OF 004", "FOO"),
        ('SUBJECT: "FOO" BAR', '"FOO" BAR'),
        ("SUBJECT : FOO", "FOO"),
        ("SUBJECT: FOO\nBAR\nBAZ\n\nE.O. 12958", "FOO BAR BAZ"),
        ("SUBJECT: FOO\\\nBAR", "FOO BAR"),
        ("SUBJECT: FOO\n \nCLASSIFIED BY X", "FOO"),
        ("SUBJECT: FOO \nSIPDIS\n", "FOO"),
        ("SUBJECT: 2009 REVIEW OF\n2. PILLAR", "2009 REVIEW OF"),
        ("SUBJECT: FOO\nSummary. Bar", "FOO"),
        ("SUBJECT: FOO TAGS: PREL", "FOO"),
        ("SUBJECT:", ""),
        ("", ""),
        ("TAGS: X", ""),
        ("19342. Subject: Turkey and Greece Ref: (A) Ankara 5761", "Turkey and Greece"),
        ("E.O. 12958: N/A TAGS: PREL SUBJECT: A SUBJECT 1. (U) POST IS", "A SUBJECT"),
        ("XIBJ: DAMAGED LABEL", "DAMAGED LABEL"),
        ("USBJ: SWAPPED", "SWAPPED"),
        ("SUBJECT: A, B AND\n \nC D\n \n1. (U) x", "A, B AND C D"),
        ("SUBJECT NO COLON HERE\nREF: A", "NO COLON HERE"),
        ("SUBJECT: ONE\n \nREF: X\n\nSUBJECT: TWO", "ONE"),
        ("SUBJECT: (SBU) (C) TWO MARKS", "TWO MARKS"),
        ("SUBJECT:FOO", "FOO"),
        ("SUBJECT: FOO.", "FOO."),
        ("SUBJECT: PRESIDENT'S\nTRIP TO\nTHE NORTH", "PRESIDENT'S TRIP TO THE NORTH"),
    ],
)
def test_subject_alone(text: str, expected: str) -> None:
    assert subject(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "HMG STRESSES U.S.-UK COORDINATION ON AFGHANISTAN STRATEGY",
            "HMG Stresses U.S.-UK Coordination on Afghanistan Strategy",
        ),
        ("GWOT: UNMIL AND SAG AT THE EAS", "GWOT: UNMIL and SAG at the EAS"),
        ("FATCA IN DR CONGO", "FATCA in DR Congo"),
        ("DR JONES ON DRC", "Dr Jones on DRC"),
        ("PRIME MINISTER AL-MALIKI MEETS AL-SADR", "Prime Minister al-Maliki Meets al-Sadr"),
        ("AL-JAZEERA: AL-HAKIM SPEAKS", "Al-Jazeera: Al-Hakim Speaks"),
        ("THE WAR ON AL-QAIDA", "The War on Al-Qaida"),
        ("VIETNAM: THE GVN'S ROAD TO WTO ACCESSION", "Vietnam: The GVN's Road to WTO Accession"),
        ("A/S FRIED'S MEETING WITH FM KOUCHNER", "A/S Fried's Meeting with FM Kouchner"),
        ("CODEL MCCAIN MEETS PM ERDOGAN", "CODEL McCain Meets PM Erdogan"),
        ("LA PAZ: EVO MORALES AND THE MAS", "La Paz: Evo Morales and the MAS"),
        (
            "RIO DE JANEIRO'S FAVELAS: WHO IS IN CHARGE?",
            "Rio de Janeiro's Favelas: Who Is in Charge?",
        ),
        ("WHO DIRECTOR GENERAL CHAN VISITS GENEVA", "WHO Director General Chan Visits Geneva"),
        (
            "COTE D'IVOIRE: UNOCI FORCES \"THE PRESIDENT'S MEN\" TO RETREAT",
            "Cote d'Ivoire: UNOCI Forces \"The President's Men\" to Retreat",
        ),
        ("NGOS AND IDPS IN DARFUR: UPDATE II", "NGOs and IDPs in Darfur: Update II"),
        (
            "PART III: 2009-2010 TRAFFICKING IN PERSONS (TIP) REPORT",
            "Part III: 2009-2010 Trafficking in Persons (TIP) Report",
        ),
        (
            "EU-RUSSIA SUMMIT: LARGE-SCALE, FACE-TO-FACE TALKS",
            "EU-Russia Summit: Large-Scale, Face-to-Face Talks",
        ),
        (
            "OSAMA BIN LADEN AND AL-QA'IDA IN THE 1990S",
            "Osama bin Laden and Al-Qa'ida in the 1990s",
        ),
        (
            "ST. PETERSBURG'S G-8 SUMMIT -- A LOOK BACK",
            "St. Petersburg's G-8 Summit -- A Look Back",
        ),
        ("KENYA: DPM ODINGA ON U.S. AID TO THE ICC", "Kenya: DPM Odinga on U.S. Aid to the ICC"),
        ("UN SECURITY COUNCIL: UNSCR 1701", "UN Security Council: UNSCR 1701"),
        ("MEDIA REACTION: IRAQ, IRAN, DPRK; TOKYO", "Media Reaction: Iraq, Iran, DPRK; Tokyo"),
        ("GOI AND GOP AGREE TO TALKS", "GOI and GOP Agree to Talks"),
        ("DAS O'BRIEN VISITS N'DJAMENA", "DAS O'Brien Visits N'Djamena"),
        ("CHARGE D'AFFAIRES' CALL ON MFA", "Charge d'Affaires' Call on MFA"),
        ("POL-MIL TALKS ON HIV/AIDS AND H1N1", "Pol-Mil Talks on HIV/AIDS and H1N1"),
        ("IT IS TIME FOR US-JAPAN TALKS", "It Is Time for US-Japan Talks"),
        ("MBEKI TELLS MUGABE NO", "Mbeki Tells Mugabe No"),
        ("OPEC AND OIL PRICES: FROM BAD TO WORSE", "OPEC and Oil Prices: From Bad to Worse"),
        ("EBRD, ADB AND IMF TALKS WITH AKP AND KRG", "EBRD, ADB and IMF Talks with AKP and KRG"),
        ("INL/AAE DAS VISIT TO ECOWAS HQ", "INL/AAE DAS Visit to ECOWAS HQ"),
        ("SRI LANKA: LTTE AND JVP", "Sri Lanka: LTTE and JVP"),
        ("PRTS IN AFGHANISTAN'S SOUTH", "PRTs in Afghanistan's South"),
        (
            "THE 1ST AND 2ND ROUNDS OF TALKS: WHAT'S NEXT",
            "The 1st and 2nd Rounds of Talks: What's Next",
        ),
        ("UPDATE ON AVIAN INFLUENZA - THE LATEST", "Update on Avian Influenza - The Latest"),
        ("DON'T SHOOT", "Don't Shoot"),
        ("BOLIVIA'S TIN-MINING CRISIS (PART 2 OF 3)", "Bolivia's Tin-Mining Crisis (Part 2 of 3)"),
        ("KAREN HUGHES' VISIT", "Karen Hughes' Visit"),
        ("", ""),
        ("Already in Mixed Case", "Already in Mixed Case"),
        ("already small", "already small"),
        ("123", "123"),
        ("(U) FOO", "(U) Foo"),
        ("THE THE THE", "The the The"),
        ("A", "A"),
        ("U.S. AND U.K.", "U.S. and U.K."),
        ("EMBASSY KABUL'S PRT", "Embassy Kabul's PRT"),
        ("IRAN-IRAQ: THE BORDER", "Iran-Iraq: The Border"),
        ("O'NEILL", "O'Neill"),
        ("MCCONNELL AND MACEDONIA", "McConnell and Macedonia"),
        ("EX-PM", "Ex-PM"),
        ("ANTI-U.S. PROTESTS", "Anti-U.S. Protests"),
        ("AN F-16 AND A G-8", "An F-16 and a G-8"),
        ("POST'S VIEW: A NOTE", "Post's View: A Note"),
        ("GOB, GOC AND GOV'T", "GOB, GOC and Gov't"),
        ("EU/US TALKS AND/OR CONSULTATIONS", "EU/US Talks and/or Consultations"),
        ("EADS AND ECHR", "EADS and ECHR"),
        ("VIP'S AND MPS", "VIP's and MPs"),
        ("DR. KHAN", "Dr. Khan"),
        ("MINISTER WHO PROMISES A BRIDGE", "Minister Who Promises a Bridge"),
        ("TALKS WITH WHO", "Talks with WHO"),
        ("WORLD ENERGY CONFERENCE (WEC)", "World Energy Conference (WEC)"),
        ("VANJ AND LVIV", "Vanj and Lviv"),
        ("PAKISTAN: COAS ON IEDS AND UAVS", "Pakistan: COAS on IEDs and UAVs"),
        ("UAE MINDEF ON KIM JONG-IL", "UAE MinDef on Kim Jong-il"),
    ],
)
def test_title_case(text: str, expected: str) -> None:
    assert display_subject(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Labels with a slip, a mark before the colon, or dashes.
        ("SUBJEECT: FOO BAR", "FOO BAR"),
        ("SUBEJCT: FOO BAR", "FOO BAR"),
        ("SUBJECT(C): FOO", "FOO"),
        ("SUBJECT (SBU): FOO", "FOO"),
        ("SUBJECT--FOO BAR", "FOO BAR"),
        # References on its last line, without a colon; a phrase that needs them keeps them.
        ("SUBJECT: FOO\nBAR REF A. STATE 12", "FOO BAR"),
        ("SUBJ: FOO REF BONN 1234", "FOO"),
        ("SUBJ: FOO; REF: BONN 1234", "FOO"),
        ("SUBJ: FOO -- REF: BONN 1234", "FOO"),
        ("SUBJ: FOO (REF BONN 1234)", "FOO"),
        ("SUBJECT: RESPONSE TO REF STATE 123", "RESPONSE TO REF STATE 123"),
        ("SUBJECT: MEETING WITH REF A CONTACT", "MEETING WITH REF A CONTACT"),
        ("SUBJECT: FOO\nREFERENCE STATE 123", "FOO"),
        # Lines that hand the telegram on.
        ("SUBJECT: FOO\nFOR: EUR/WE", "FOO"),
        ("SUBJECT: FOO\nDRAFTED BY: JSMITH", "FOO"),
    ],
)
def test_subject_and_its_neighbours(text: str, expected: str) -> None:
    assert subject(text) == expected


FULL = "SUBJECT: THE MINISTER ON TRADE, ENERGY AND THE ROAD TO THE SUMMIT"


@pytest.mark.parametrize(
    ("below", "more"),
    [
        ("OF ALL NEIGHBORS", True),
        ("STATE FOR EUR/WE", False),
        ("SENSITIVE BUT UNCLASSIFIED", False),
        ("THIS IS AN ACTION CABLE", False),
        ("PLEASE SEE PARAGRAPH FIVE.", False),
        ("(SBU) OF ALL NEIGHBORS", False),
        ("Of all neighbors", False),
    ],
)
def test_a_full_line_goes_on_over_a_blank_one(below: str, more: bool) -> None:
    text = f"{FULL}\n\n{below}\n\nREF: LIMA 12\n\n1. (U) TEXT"
    expected = FULL.removeprefix("SUBJECT: ") + (f" {below}" if more else "")
    assert subject(text) == expected


def test_what_no_field_follows_is_not_the_subject_s() -> None:
    assert subject(f"{FULL}\n\nA HEADING\n\n1. (U) TEXT") == FULL.removeprefix("SUBJECT: ")
    assert subject("SUBJECT: FOO\n\nA HEADING\n\nREF: LIMA 12") == "FOO"
