"""Captions and levels, in the spellings in which the wire, ids and portion marks have them."""

from __future__ import annotations

import re
import tokenize
from pathlib import Path

import pytest

from indexer.grammar.vocabulary import (
    CAPTIONS,
    LEVEL_OF_MARK,
    MARK_OF_WORDS,
    captions_in,
    is_caption_line,
    leading_level,
    level_alone,
)


@pytest.mark.parametrize(
    ("words", "name", "behind"),
    [
        ("UNCLAS LIMA 000012", "UNCLASSIFIED", " LIMA 000012"),
        ("S E C R E T SECTION 01 OF 02 KABUL 1", "SECRET", " SECTION 01 OF 02 KABUL 1"),
        ("S E C R ET KABUL 1", "SECRET", " KABUL 1"),
        ("T O P  S E C R E T KABUL 1", "TOP SECRET", " KABUL 1"),
        ("UNCLASSIFED ROME 1", "UNCLASSIFIED", " ROME 1"),
        ("UNCLAS E F T O QUITO 1", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", " QUITO 1"),
        ("UNCLAS //FOUO QUITO 1", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", " QUITO 1"),
        ("L I M I T E D  O F F I C I A L  U S E BONN 1", "LIMITED OFFICIAL USE", " BONN 1"),
    ],
)
def test_a_line_begins_with_a_level(words: str, name: str, behind: str) -> None:
    level = leading_level(words)
    assert level is not None
    assert (level.name, words[level.end :]) == (name, behind)


@pytest.mark.parametrize(
    "words", ["SECRETARY RICE", "CONFIDENTIALLY", "UNCLASPED", "SBU", "", "secret"]
)
def test_a_line_begins_with_none(words: str) -> None:
    assert leading_level(words) is None


def test_a_level_alone() -> None:
    assert level_alone("C O N F I D E N T I A L") == "CONFIDENTIAL"
    assert level_alone("LIMITED OFFICIAL USE") == "LIMITED OFFICIAL USE"
    assert level_alone("SECRET TALKS") is None
    assert level_alone("SENSITIVE") is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("SIPDIS, NOFORN", ("SIPDIS", "NOFORN")),
        ("N O F O R N", ("NOFORN",)),
        ("SENSITIVE BUT UNCLASSIFIED", ("SENSITIVE",)),
        ("NODIS CHEROKEE", ("NODIS", "CHEROKEE")),
        ("EXDIS / DISSENT CHANNEL", ("EXDIS", "DISSENT CHANNEL")),
    ],
)
def test_a_line_of_captions(words: str, found: tuple[str, ...]) -> None:
    assert is_caption_line(words)
    assert captions_in(words) == found


@pytest.mark.parametrize(
    "words", ["SENSITIVE SUBJECTS", "SIPDISX", "THE DISSENT CHANNEL", "Sipdis", ""]
)
def test_no_line_of_captions(words: str) -> None:
    assert not is_caption_line(words)


def test_every_caption_is_read_back_by_its_name() -> None:
    for name in CAPTIONS:
        assert captions_in(name) == (name,)
        assert captions_in(" ".join(name.replace(" ", ""))) == (name,) or " " in name


def test_marks_rise_with_their_levels() -> None:
    assert list(LEVEL_OF_MARK) == ["U", "SBU", "FOUO", "LOU", "C", "S", "TS"]
    assert MARK_OF_WORDS["NOFORN"] == "NF"
    assert MARK_OF_WORDS["UNCLASSIFIED"] == "U"


def test_no_other_module_spells_them(root: Path) -> None:
    """A caption in a pattern elsewhere would be a second list of them: three and more in one string are one."""
    listed = re.compile(rf"\b(?:{'|'.join(each for each in CAPTIONS if ' ' not in each)})\b")
    found = []
    for path in sorted((root / "indexer").rglob("*.py")):
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                text = token.type == tokenize.STRING and not token.string.startswith('"""')
                if text and len(set(listed.findall(token.string))) >= 3:
                    found.append(f"{path.relative_to(root)}:{token.start[0]}")
    assert found == []
