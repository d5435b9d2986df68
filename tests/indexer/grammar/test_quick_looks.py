"""The quick looks that spare most lines a long pattern rule out nothing that the pattern finds."""

from __future__ import annotations

import random

import pytest

from indexer.grammar import labels, vocabulary

LABELS = (
    *("SUBJECT: FOO", "Subject - x", "SUBJ (C): x", "USBJ: X", "SUBEJCT: A", "XIBJ: A", "SUBJECT FOO", "Sbejct - x"),
    *("TAGS: ECON", "TAGS ECON ETRD", "tags ECON", "T.A.G.S. PREL", "REF: A", "REFS. (A) B", "REF STATE 12"),
    *("E.O. 12958: N/A", "EO 12958", "WE.O. 11652", "E.O. XGDS", "E\tO 12958", "EXECUTIVE ORDER 12958"),
    *("Classified By: X", "THIS MESSAGE WAS CLASSIFIED BY X", "CABLE CLASSIFIED BY X", "DERIVED FROM: x"),
    *("REASON: 1.4", "Reftel: x"),
    *("DECL: 01/01/2010", "DECLASSIFY ON: x", "1. (C) Classified by x", "  > SUBJECT: x", "(C) SUBJECT: x"),
    *("CONFIDENTIAL - ENTIRE TEXT. CLASSIFIED BY X", "Confidential - Entire Text. Classified By X"),
    *("UBJECT: x", "TGAS: PREL", "TAGS, PREL ECON", "AGS. PREL", "REFERNCES: x", "CLASSFIED BY: x"),
)  # fmt: skip
CAPTION_LINES = (
    "SIPDIS",
    "N O F O R N",
    "N 0 F O R N",
    "SENSITIVE BUT UNCLASSIFIED",
    "THIS MESSAGE IS SENSITIVE",
    "SBU NOFORN",
    "ROGER CHANNEL",
)
LETTERS = " ABCDEGIJLORSTUabceorstu0123.:;,-()/\t¶"


def slipped(line: str, draw: random.Random) -> str:
    """A line with one sign or two left out, added, changed or swapped."""
    signs = list(line)
    for _ in range(draw.randrange(1, 3)):
        at = draw.randrange(len(signs))
        kind = draw.randrange(4)
        if kind == 0 and len(signs) > 1:
            del signs[at]
        elif kind == 1:
            signs.insert(at, draw.choice(LETTERS))
        elif kind == 2:
            signs[at] = draw.choice(LETTERS)
        else:
            signs[at : at + 2] = reversed(signs[at : at + 2])
    return "".join(signs)


@pytest.mark.parametrize("line", LABELS)
def test_labels(line: str) -> None:
    draw = random.Random(line)  # noqa: S311 - drawn for a test
    assert labels.drafted_label(line) is not None
    for each in [line, *(slipped(line, draw) for _ in range(200))]:
        if labels._DRAFTED.match(each) or labels._is_slip(each):
            assert labels.may_be_drafted(each), each
            assert labels.drafted_label(each) is not None, each


@pytest.mark.parametrize("line", CAPTION_LINES)
def test_captions(line: str) -> None:
    draw = random.Random(line)  # noqa: S311 - drawn for a test
    assert vocabulary.is_caption_line(line)
    for each in [line, *(slipped(line, draw) for _ in range(200))]:
        assert vocabulary.is_caption_line(each) is bool(vocabulary._CAPTION_LINE.fullmatch(each)), (
            each
        )
