"""The two fields of the header chapter that are found in the body."""

from __future__ import annotations

import pytest

from indexer.header import signed_by, summary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. (C) SUMMARY: Foo bar\nbaz. END SUMMARY.\n\n2. (C) More", "Foo bar baz."),
        ("SUMMARY\n-------\n\n1. (C) Foo.\n\n2. (SBU) Bar.  End Summary.\n\n3. x", "Foo. Bar."),
        (
            (
                "-------\n"
                "SUMMARY\n"
                "-------\n"
                " \n"
                "¶1. (SBU) Foo\n"
                "bar.\n \n¶2. (U) Baz.\n \n-----------\nNEXT HEADING\n-----------\n ¶3. Q"
            ),
            "Foo bar. Baz.",
        ),
        ("¶1. (C) Summary. Foo. End summary.", "Foo."),
        ("1. Summary: (SBU) Foo.\n2. Bar", "Foo."),
        ("(SBU) Summary: Foo bar.\n\n(SBU) Next para", "Foo bar."),
        ("Summary and Comment\n-----\n1. (C) Foo\n\nBackground on the Matter\n\n2. Bar", "Foo"),
        ("1. (C) Foo is bar.\n\n2. baz", ""),
        (
            (
                "1.(U) BEGIN SUMMARY. FOO.\n"
                "GUANGZHOU 00000376  002 OF 004\n\n\nBAR. END SUMMARY. 2. X"
            ),
            "FOO. BAR.",
        ),
        ("SUMMARY: Foo\n\nINTRODUCTION\n\n1. Foo", "Foo"),
        (
            "¶1. (C) Summary: Foo - bar.\n- item one\n- item two\nEnd Summary.",
            "Foo - bar. - item one - item two",
        ),
        ("1. SUMMARY. FOO.  END SUMMARY AND COMMENT.", "FOO."),
        (
            (
                "¶1. (S/NF) SUMMARY AND ACTION REQUEST: Foo. See para 3. END SUMMARY AND "
                "ACTION REQUEST."
            ),
            "Foo. See para 3.",
        ),
        (
            "Introduction and Summary\n\n1. (C) Foo.\n2. (C) Bar. End intro and summary.",
            "Foo. Bar.",
        ),
        ("1. (U) THIS IS FOO\n\nSUMMARY\n-------\n\n2. (U) Real.\n\nBODY\n----\n3. x", "Real."),
        (
            (
                "--------------------------- \n"
                "Summary and Introduction \n"
                "--------------------------- \n"
                " \n1.  (SBU) Foo bar.  \n2006. He said so.\n(END SUMMARY.)"
            ),
            "Foo bar. 2006. He said so.",
        ),
        ("¶1. (C) EXECUTIVE SUMMARY -- Foo. END\nSUMMARY. x", "Foo."),
        ("SUMMARY: FOO BAR\nBAZ.\n\nEND SUMMARY\n\n1. X", "FOO BAR BAZ."),
        ("", ""),
        ("SUMMARY", ""),
        ("Summary judgment was given.", ""),
        ("SUMMARY: A.\n\nB. END SUMMARY.\n\nC", "A. B."),
    ],
)
def test_summary_alone(text: str, expected: str) -> None:
    assert summary(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text here.\n\nSMITH", ("SMITH",)),
        ("text.\nMcCONNELL\n##", ("McCONNELL",)),
        ("text.\nSTRUBLE\n\nSIPDIS", ("STRUBLE",)),
        ("text.\n\nSTRUBLE\nSIPDIS, NOFORN", ("STRUBLE",)),
        ("... end comment.\nSMITH\n\n\n=======================CABLE ENDS====", ("SMITH",)),
        ("text END COMMENT.\n \nDE LA CRUZ\n\nNNNN", ("DE LA CRUZ",)),
        ("text\n\nRICE\n\nUNCLASSIFIED", ("RICE",)),
        ("foo. Smith", ()),
        ("foo bar. SMITH", ("SMITH",)),
        ("foo.\n\nEND COMMENT", ()),
        ("foo\n\nSMITH AND JONES", ("SMITH", "JONES")),
        ("foo\n\nAMBASSADOR SMITH", ("SMITH",)),
        ("foo\n\nSmith\n", ("Smith",)),
        ("foo.\n\nO'BRIEN#", ("O'BRIEN",)),
        ("foo.\nSMITH/JONES", ("SMITH", "JONES")),
        ("foo.\n\nVisit our website http://x.gov\n\nSMITH", ("SMITH",)),
        ("foo.\n\nSMITH\nVisit our website http://x.gov", ("SMITH",)),
        ("foo.\n\nSMITH-JONES\n\nBT\n#0123", ("SMITH-JONES",)),
        ("This is the end\nSMITH", ()),
        ("\n\n", ()),
        ("x.\n\n(SMITH)", ("SMITH",)),
        ("foo.\n\nSIGNED: SMITH", ("SMITH",)),
        ("foo.\n\nSMITH, CHARGE", ("SMITH",)),
        ("foo.\n\nMINIMIZE CONSIDERED\n\nWOLFF", ("WOLFF",)),
        ("", ()),
        ("foo.\n\nVAN DER BERG", ("VAN DER BERG",)),
        ("foo.\n\nSMITH\n\nNNNN\n\nMessage Attributes\nAutomatic Decaptioning: X", ("SMITH",)),
        ("TEXT IN CAPITALS. THAT\nENDS SO.\nBOEKER\n\nUNCLASSIFIED\n\nNNN", ("BOEKER",)),
        ("foo.\n\nMacDONALD", ("MacDONALD",)),
        ("foo.\n\nSMITH\n\nNOTE BY OC/T: NOT PASSED.", ("SMITH",)),
    ],
)
def test_signatures(text: str, expected: tuple[str, ...]) -> None:
    assert signed_by(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FOO.\nSMITH (ACTING)", ("SMITH",)),
        ("FOO.\nSMITH NOTE BY OC/T: NOT PASSED.", ("SMITH",)),
        ("FOO.\n\nSMITH\n\nNOTE: NOT PASSED ABOVE ADDRESSEE", ("SMITH",)),
        ("FOO.\n\nKISSINGER UNQUOTE", ("KISSINGER",)),
        ("THE TALKS GO ON. UNQUOTE KISSINGER", ("KISSINGER",)),
        ("THE TALKS GO ON. UNQUOTE", ()),
    ],
)
def test_what_stands_beside_a_signature(text: str, expected: tuple[str, ...]) -> None:
    assert signed_by(text) == expected
