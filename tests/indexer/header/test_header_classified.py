"""Who classified a cable, why, and until when.

The persons are invented; the forms are those in which such lines are found.
"""

from __future__ import annotations

import pytest

from indexer.header import classified_by


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Classified By: DCM Louisa Penhallow for reasons 1.4 (b) and (d).", ("Louisa Penhallow",)),
        ("Classified By: DCM JOHN DOE. REASONS 1.4", ("John Doe",)),
        ("Classified By: DCM John Smith Jr. Reasons 1.4", ("John Smith Jr.",)),
        ("Classified By: Multiple Sources", ()),
        ("Classified By: Ambassador Frank LA RUE", ("Frank La Rue",)),
        ("Classified By: AMBASSADOR JUAN DE LA CRUZ", ("Juan de la Cruz",)),
        ("Classified By: H.E. Ross Reid", ("Ross Reid",)),
        ("Classified By: Consul General H.E. Reid", ("H.E. Reid",)),
        (
            "Classified By: ECONOMIC COUNSELOR D. VANTERPOOL FOR REASONS 1.4 (B,D).",
            ("D. Vanterpool",),
        ),
        (
            "CLASSIFIED BY: AMBASSADOR JOHN F. TOLLAND, REASONS 1.4 (B) AND (D)",
            ("John F. Tolland",),
        ),
        ("Classified By: Ambassador John F. Tolland, reason 1.4 (b) & (d)", ("John F. Tolland",)),
        ("Classified By: A/DCM George Kemble. Reasons 1.4 (B/D).", ("George Kemble",)),
        (
            "Classified By: Charge d'Affaires a.i. Jane Q. Doe for reasons 1.4 (b) and (d)",
            ("Jane Q. Doe",),
        ),
        ("Classified By: John Smith, Deputy Chief of Mission, Embassy Kabul", ("John Smith",)),
        (
            (
                "¶1. (U) Classified by Political Counselor Robert O. Blake, Jr. Reason 1.5 (b) "
                "and (d)."
            ),
            ("Robert O. Blake, Jr.",),
        ),
        (
            "Classified By: Classified by Ambassador Margaret Sandover for reasons 1.4 b,d.",
            ("Margaret Sandover",),
        ),
        ("(U) CLASSIFIED BY CDA MARY McCONNELL. REASONS: 1.5 (B) AND (D).", ("Mary McConnell",)),
        ("CLASSIFIED BY DCM PATRICK O'BRIEN, REASON: 1.4 (B)", ("Patrick O'Brien",)),
        (
            "Classified By: EUR/RPM Director Bruce Tilney, reasons 1.4 (b) and (d)",
            ("Bruce Tilney",),
        ),
        (
            (
                "Classified By: Deputy Assistant Secretary for European and Eurasian Affairs "
                "David J. Kestrel, reason 1.4 (d)"
            ),
            ("David J. Kestrel",),
        ),
        ("Classified By: Ambassadors Smith and Jones for reasons 1.4 (b), (d)", ("Smith", "Jones")),
        (
            "Classified By: Ambassador Ryan Crowhurst and General David Penrose, per 1.4 (b)",
            ("Ryan Crowhurst", "David Penrose"),
        ),
        ("Classified By: POL/ECON Counselor Juan de la Cruz; reason 1.4 (d)", ("Juan de la Cruz",)),
        ("CLASSIFIED BY: POL/ECON COUNSELOR JUAN DE LA CRUZ; REASON 1.4 (D)", ("Juan de la Cruz",)),
        (
            "Classified By: U.S. Ambassador to Turkey Ross Wickham for reasons 1.4 (b)",
            ("Ross Wickham",),
        ),
        (
            (
                "Classified By: Acting Deputy Chief of Mission Lt. Col. Mary-Ann Smith-Jones, "
                "Reasons 1.4(b,d)"
            ),
            ("Mary-Ann Smith-Jones",),
        ),
        ("Classified By: DCM", ()),
        ("Classified By: Ambassador, Reasons 1.4 (b)", ()),
        (
            "Classified By: Embassy Baghdad Political Minister-Counselor Margaret Sandover",
            ("Margaret Sandover",),
        ),
        ("Classified By: PolCouns Alan Misterton, reasons 1.4 (B) and (D)", ("Alan Misterton",)),
        (
            (
                "Classified by: Acting Assistant Secretary of State for Near Eastern Affairs "
                "Jeffrey Fairbrass, E.O. 12958, Reason: 1.4 (b)"
            ),
            ("Jeffrey Fairbrass",),
        ),
        (
            "CLASSIFIED BY: NEA A/S C. DAVID WENDOVER, FOR REASONS 1.4 (B) AND (D)",
            ("C. David Wendover",),
        ),
        ("Classified By: Consul General J. D. Foo III for reason 1.4(b)", ("J. D. Foo III",)),
        ("Classified By: SMITH, JOHN, DCM", ("John Smith",)),
        ("Classified By: Charge Smith (reasons 1.4 (b) and (d))", ("Smith",)),
        (
            'Classified By: William "Bill" Brookfield, Ambassador, State; Reason 1.4(b)',
            ('William "Bill" Brookfield',),
        ),
        ("Classified By: NICHOLAS DALE, DCM, EMBASSY LA PAZ. REASON: 1.4(D)", ("Nicholas Dale",)),
        (
            (
                "Classified By: (U) Political Officer Anna Marie West. Reason: E.O. 12958, 1.4 "
                "(b)(d)"
            ),
            ("Anna Marie West",),
        ),
        ("Classified By: CDR Bill Hill, DATT, for reasons 1.4 (c)", ("Bill Hill",)),
        (
            "Classified By: Economic Counselor Oliver Griffydam, Reasons 1.4 (b) and (d)",
            ("Oliver Griffydam",),
        ),
        (
            "Classified By: Political Section Chief Dan Turnham for reasons 1.4 (b,d)",
            ("Dan Turnham",),
        ),
        (
            "Classified By: Daniel Frobisher, Assistant Secretary, EUR, Reason 1.4 (b)",
            ("Daniel Frobisher",),
        ),
        (
            "Classified By: Under Secretary for Political Affairs William J. Burnaby",
            ("William J. Burnaby",),
        ),
        (
            "CLASSIFIED BY: DCM MACDONALD AND POLCOUNS VAN DER BERG; 1.4(B)",
            ("MacDonald", "Van der Berg"),
        ),
        (
            (
                "Classified By: Ambassador Mark Dymock, Office of the Global AIDS Coordinator, "
                "reason 1.4"
            ),
            ("Mark Dymock",),
        ),
        (
            "Classified By: Jeffrey D. Fairbrass, Ambassador, per 1.4 (b) and (d).",
            ("Jeffrey D. Fairbrass",),
        ),
        (
            (
                "Classified By: Minister Counselor for Political Affairs, Ellen B. Thornbury, "
                "for Reasons 1.4 (b and d)."
            ),
            ("Ellen B. Thornbury",),
        ),
        ("Classified By: ADCM John Doe: 1.4 (b), (d)", ("John Doe",)),
        (
            "Classified By: Deputy Permanent Representative Alejandro D. Wolfenden",
            ("Alejandro D. Wolfenden",),
        ),
        (
            "Classified By: Consul General Kenneth Fairlight - Reason 1.4 (b)",
            ("Kenneth Fairlight",),
        ),
        ("Classified By: Principal Officer Brian Phelan, Reason 1.4 (b), (d)", ("Brian Phelan",)),
        (
            "CLASSIFIED BY ECONOMIC MINISTER-COUNSELOR ROBERT S. LUCKHAM, REASON 1.4(D)",
            ("Robert S. Luckham",),
        ),
        ("Classified By: James F. Jessop, Ambassador to Turkey, reason 1.4", ("James F. Jessop",)),
        ("Classified by Pol Chief Mary Doe for reasons 1.5 (B/D)", ("Mary Doe",)),
        (
            (
                "Classified By: Deputy Chief of Mission Nancy J. Powick for reasons 1.4 (b), "
                "(c) and (d)."
            ),
            ("Nancy J. Powick",),
        ),
        (
            (
                "Classified By: Political/Military Affairs Unit Chief Silvia Eirwyn, reasons "
                "1.4 (b) and (d)."
            ),
            ("Silvia Eirwyn",),
        ),
        (
            "Classified By: Janet A. Sandringham, Ambassador, reason E.O. 12958 1.4 b and d",
            ("Janet A. Sandringham",),
        ),
        ("Classified By: Econ Counselor Mark Teasdale for reasons 1.4 b/d", ("Mark Teasdale",)),
        (
            "Classified By: CHARGE D'AFFAIRES, A.I. W. LEWIS AMBERLEY, REASON 1.4 (B/D)",
            ("W. Lewis Amberley",),
        ),
        ("CLASSIFIED BY POLOFF JOHN DOE, REASONS 1.5 (B AND D).", ("John Doe",)),
        ("Classified By: Ambassador Donald Campion (Acting), 1.4 (b,d)", ("Donald Campion",)),
        (
            "Classified By: Ambassador Robert A. Woodley for reasons 1.4(b&d)",
            ("Robert A. Woodley",),
        ),
        ("Classified By: ACDM John Doe", ("John Doe",)),
        (
            (
                "Classified By: Michael Corbett, Minister Counselor for Economic and Political "
                "Affairs for reasons 1.4 b and d"
            ),
            ("Michael Corbett",),
        ),
        ("Classified By: COM STEPHEN J. NORTON: REASONS 1.4 (B) AND (D)", ("Stephen J. Norton",)),
        (
            "Classified By: Econoff Jane Roe and Poloff John Doe, per E.O. 12958 sec 1.4 (b)",
            ("Jane Roe", "John Doe"),
        ),
        ("Classified By: (C) DCM Thomas Delamere, reasons 1.5 (b) and (d)", ("Thomas Delamere",)),
        (
            "Classified By: ECON/COMM SECTION CHIEF HELEN HUDDLE, REASONS 1.4 (B), (D)",
            ("Helen Huddle",),
        ),
        (
            (
                "Classified By: Michele J. Sissons, Deputy Assistant Secretary of State, South "
                "Asia Bureau, reason 1.4"
            ),
            ("Michele J. Sissons",),
        ),
        (
            "CLASSIFIED BY AMB. CHARLES A. RIEVAULX. REASON: 1.4 (B) AND (D).",
            ("Charles A. Rievaulx",),
        ),
        (
            "Classified By: Amb. J. Christian Kenilworth, EUR/OHI. Reason 1.4 (d)",
            ("J. Christian Kenilworth",),
        ),
        (
            "Classified By: PRT Team Leader Steve Bankside (reasons 1.4 (b) and (d))",
            ("Steve Bankside",),
        ),
        ("Classified By: Staff Assistant Mary Smith", ("Mary Smith",)),
        ("CLASSIFIED BY: CONSUL GENERAL CYNTHIA STROUD, CONGEN MUNICH", ("Cynthia Stroud",)),
        ("Classified By: RSO Patrick Durrant", ("Patrick Durrant",)),
        (
            (
                "Classified By: CLASSIFIED BY CHARGE D'AFFAIRES, A.I., KEVIN K. SULBY FOR "
                "REASONS 1.4 (B) AND (D)."
            ),
            ("Kevin K. Sulby",),
        ),
        ("Classified By: Ambassador Michael Woodrow Reasons 1.4 (b) & (d).", ("Michael Woodrow",)),
        ("Classified By: John Dingley, U.S. Consul General Sydney", ("John Dingley",)),
        (
            "Classified By: U.S. Consul General Robert Tatchell, Reason 1.4 (d)",
            ("Robert Tatchell",),
        ),
        (
            "Classified By: Stephen F. Brauner, Ambassador, US Embassy Brussels, Belgium",
            ("Stephen F. Brauner",),
        ),
        (
            (
                "Classified By: Kathleen Allerton, Political Minister-Counselor, for reasons "
                "1.4 (b) and (d)."
            ),
            ("Kathleen Allerton",),
        ),
        ("Classified By: L - John B. Bellingham III, reason 1.4 (b)", ("John B. Bellingham III",)),
        ("Classified By: IO/UNP - Anna Mansell, Reason 1.4 (b)", ("Anna Mansell",)),
        ("Classified By: NEA - David Wendover. Reason: 1.4", ("David Wendover",)),
        (
            (
                "Classified By: Assistant Secretary Thomas A. Shanklin, Jr., WHA, for reasons "
                "1.4 (b) and (d)"
            ),
            ("Thomas A. Shanklin, Jr.",),
        ),
        (
            "CLASSIFIED BY: ACTING POLITICAL COUNSELOR CAMERON MUNSLOW JR. REASON: 1.4(B)",
            ("Cameron Munslow Jr.",),
        ),
        ("Classified By: Ambassador Dell Daintree S/CT, Reason 1.4", ("Dell Daintree",)),
        ("Classified By: Pol Couns. Doug Clitheroe", ("Doug Clitheroe",)),
        ("Classified By: POL M/C Josiah Rosedale, reasons 1.4 b & d", ("Josiah Rosedale",)),
        ("Classified By: Acting EMIN Thomas Whitlock, reasons 1.4", ("Thomas Whitlock",)),
        (
            "Classified By: POLITICAL COUNSELOR EDWARD ALDERTON for reasons 1.4",
            ("Edward Alderton",),
        ),
        ("Classified By: CG Stephen G. McFadyen", ("Stephen G. McFadyen",)),
        ("Classified By: Ambassador Wm. Faringdon for reasons 1.4 b", ("Wm. Faringdon",)),
        ("Classified By: Dr. Pamela Slingsby, Ambassador", ("Pamela Slingsby",)),
        (
            "Classified By: Ambassador David H. Shincliffe  for reasons 1.4 (b/d)",
            ("David H. Shincliffe",),
        ),
        ("Classified By: Lt Gen Keith Dayrell, USSC, Reason 1.4 b", ("Keith Dayrell",)),
        ("CLASSIFIED BY CDA JOHN A. CLOUGH, JR, FOR REASONS 1.5 B/D", ("John A. Clough, Jr",)),
        (
            "Classified By: Ambassador Karl W. Eikenhurst, Reasons 1.4 (b), (d)",
            ("Karl W. Eikenhurst",),
        ),
        (
            ("Classified By: Acting Political Counselor Anthony Renshaw for reasons 1.4 (b,d)."),
            ("Anthony Renshaw",),
        ),
        (
            "Classified By: DCM Stephen D. Mullion, Reasons: 1.4 (b) and (d) (C)",
            ("Stephen D. Mullion",),
        ),
        ("Classified By: PAO Adam Erringham", ("Adam Erringham",)),
        (
            ("Classified By: Economic Section Deputy Counselor Aubrey Carlyon, reasons 1.4 (b/d)."),
            ("Aubrey Carlyon",),
        ),
        ("Classified By: ECONOMICS OFFICER T. SMITH, REASONS 1.4 (B), (D)", ("T. Smith",)),
        (
            ("Classified By: Deputy Political Counselor Kent D. Longsdon: Reason 1.4 (b) and (d)"),
            ("Kent D. Longsdon",),
        ),
        (
            "Classified By: Ambassador LESLIE V. ROWSLEY. REASONS 1.4 (B), (D)",
            ("Leslie V. Rowsley",),
        ),
        ("Classified By: Political Counselor DAVID J. KATESBY", ("David J. Katesby",)),
        ("Classified By: John Doe, Pol Counselor, State, Embassy Foo", ("John Doe",)),
        ("Classified By: Charge Judith Garforth", ("Judith Garforth",)),
        (
            "Classified By: Charge d' Affaires Leslie A. Basildon. Reasons 1.4 (b) and (d).",
            ("Leslie A. Basildon",),
        ),
        ("Classified By: Chargé d'Affaires José Núñez for reasons 1.4 (b)", ("José Núñez",)),
        ("Classified By: ESTH Officer John Doe", ("John Doe",)),
        (
            ("Classified By: DEPUTY PRINCIPAL OFFICER CHRISTOPHER W. MARLOW, REASONS 1.4 (B/D)"),
            ("Christopher W. Marlow",),
        ),
        ("Classified By: Gonzalo R. Galbally, Acting DCM", ("Gonzalo R. Galbally",)),
        (
            "Classified By: Ambassador Greta N. Morwenna, for 1.4 (b) and (d)",
            ("Greta N. Morwenna",),
        ),
        (
            "Classified By: Robert W. Fittleworth, Ambassador; Reasons: 1.4 (b and d)",
            ("Robert W. Fittleworth",),
        ),
        ("Classified By: Ambassador William J. Hyde, USDEL. Reason 1.4", ("William J. Hyde",)),
        (
            (
                "Classified By: Robin McCrindle, Principal Officer, Consulate Peshawar, U.S. "
                "Department of State."
            ),
            ("Robin McCrindle",),
        ),
        ("Classified By: Daniel Russett, NSC", ("Daniel Russett",)),
        (
            (
                "Classified By: Ambassador Anne W. Pattenden, Embassy Islamabad, for reasons "
                "1.4 (b) an\nd (d)"
            ),
            ("Anne W. Pattenden",),
        ),
        (
            (
                "Classified By: Political Counselor for the Embassy of the United States, Gary "
                "Gra\nfton, for reasons 1.4 (b)"
            ),
            ("Gary Grafton",),
        ),
        (
            "Classified By: Charge d'Affaires Jonathan\nFarrant, Reason 1.4 (B) and (D)",
            ("Jonathan Farrant",),
        ),
        (
            (
                "CLASSIFIED BY: CHARGE D'AFFAIRES AND DEPUTY CHIEF OF MISSION MICHAEL J. "
                "MATLOCK FO\nR REASONS 1.4 (B)"
            ),
            ("Michael J. Matlock",),
        ),
        ("Classified By:\n\nDCM Jim Doe", ("Jim Doe",)),
        ("Classified By: Ambassador X. Y. Zed\nReason: 1.4 (b)", ("X. Y. Zed",)),
        ("1. (C) Classified by CG Foo Bar\n\n2. text", ("Foo Bar",)),
        ("Classified By: Ambassad\nor Foo Bar for reasons", ("Foo Bar",)),
        ("E.O. 12065: GDS 9/20/85 (BOERNE, PAUL H.) OR-M", ("Paul H. Boerne",)),
        ("Classified By: Ambassadors Smith and Jones", ("Smith", "Jones")),
        ("", ()),
        ("SUBJECT: NONE", ()),
        ("Classified By:", ()),
        ("\n", ()),
    ],
)
def test_persons(text: str, expected: tuple[str, ...]) -> None:
    assert classified_by(text) == expected
