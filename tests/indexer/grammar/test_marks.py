"""Portion marks, page marks, rules and classification lines."""

from __future__ import annotations

import pytest

from indexer.grammar.marks import PageMark, is_rule, leading_mark, page_mark
from indexer.grammar.vocabulary import level_alone


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("(SBU) The port", "SBU", "The port"),
        ("(SBU/NF) The port", "SBU/NF", "The port"),
        ("(C//NOFORN) The", "C/NF", "The"),
        ("(C - ENTIRE TEXT)", "C", ""),
        ("((S) The", "S", "The"),
        ("SBU) The", "SBU", "The"),
        ("( u ) The", "U", "The"),
        ("(LOU) THE", "LOU", "THE"),
        ("(CONFIDENTIAL) The", "C", "The"),
        ("(S/REL TO USA, GBR) The", "S/REL TO USA, GBR", "The"),
        ("(A) The first", None, "(A) The first"),
        ("(USD 5) a head", None, "(USD 5) a head"),
        ("Summary (U) here", None, "Summary (U) here"),
        ("", None, ""),
    ],
)
def test_leading_mark(text: str, mark: str | None, rest: str) -> None:
    assert leading_mark(text) == (mark, rest)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("GUANGZHOU 00000376 002 OF 004", PageMark("GUANGZHOU", 376, 2, 4)),
        ("GUANGZHOU 00000377  001.2 OF 002", PageMark("GUANGZHOU", 377, 1, 2)),
        ("GUANGZHOU 00000377  001.25 OF 002", None),
        ("RIO DE JANEIRO 00000012  003 OF 003", PageMark("RIO DE JANEIRO", 12, 3, 3)),
        ("PAGE 02        LA PAZ 02423  202130Z", PageMark("LA PAZ", 2423, 2)),
        ("PAGE 01  LA PAZ 00173  092203Z", PageMark("LA PAZ", 173, 1)),
        ("PAGE 03  STATE 17364  01 OF 02  230115Z", PageMark("STATE", 17364, 3)),
        ("UNCLAS SECTION 02 OF 03 TOKYO 000010", PageMark("TOKYO", 10, 2, 3)),
        ("C O N F I D E N T I A L SECTION 03 OF 03 KABUL 001234", PageMark("KABUL", 1234, 3, 3)),
        ("LIMITED OFFICIAL USE SECTION 2 OF 7 LA PAZ 6614", PageMark("LA PAZ", 6614, 2, 7)),
        ("UNCLAS SECTION 01 OF 03 TOKYO 000010", None),
        ("UNCLAS SECTION 1 OF 3 TOKYO 10", None),
        ("The 002 of 004 copies were in Guangzhou", None),
        ("PAGE 02 of the report", None),
    ],
)
def test_page_mark(words: str, found: PageMark | None) -> None:
    assert page_mark(words) == found


@pytest.mark.parametrize(
    "words", ["-----", "======", "--------- ---", "_____", "‐‐‐‐‐", "* * *", "---"]
)
def test_rules(words: str) -> None:
    assert is_rule(words)


@pytest.mark.parametrize("words", ["-", "--", "- point", "---- SUMMARY ----", "", "1."])
def test_no_rules(words: str) -> None:
    assert not is_rule(words)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("CONFIDENTIAL", "CONFIDENTIAL"),
        ("S E C R E T", "SECRET"),
        ("LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE"),
        ("UNCLASSIFIED", "UNCLASSIFIED"),
        ("Confidential", None),
        ("SECRET TALKS", None),
    ],
)
def test_level_alone(words: str, level: str | None) -> None:
    assert level_alone(words) == level
