"""Under which numbers a cable was released: the case and the document, as the stamps on its pages have them.

Owns how those two are written on a stamp. Must not know where on a page stamps stand: `indexer.sources.foia` places
them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.lines.lines import Line

# What `indexer.sources.foia` calls a line of a stamp.
RELEASE = "release"

# A request, an appeal or a review, by its year: `Case No. F-2014-20439`, `FL-2018-00001`.
_CASE = re.compile(r"(?<![A-Z0-9-])[A-Z]{1,3}-\d{4}-\d{2,7}(?!\d)")
# `Doc No. C05765907`, `Document ID: 5765907`, and alone with its letter: `C06000000`.
_DOCUMENT = re.compile(
    r"Doc(?:ument)? (?:No|Number|ID)\.?:? ?(?P<labelled>C?\d{5,10})|(?<![A-Z0-9-])(?P<alone>C\d{8})(?!\d)"
)
# The panel that hears appeals has numbers of its own: `ISCAP No. 2009-040, document no. 7`.
_APPEAL = re.compile(
    r"ISCAP(?: APPEAL)? N[oO]\. ?(?P<case>\d{4}-\d{1,4})"
    r"(?:, ?(?:document|DOCUMENT) (?:no|NO)\. ?(?P<document>\d{1,3}))?"
)


def release_numbers(lines: Sequence[Line]) -> tuple[str, str]:
    """The numbers of the case and of the document on the stamps among the lines of a cable, each "" where none is
    printed: `F-2014-20439` and `C05765907`, of the panel `ISCAP No. 2009-040` and `7`.

    Of several over the cable's first line the last counts: the foot of the cable before it may stand there as well.
    """
    case = document = ""
    over = True
    for line in lines:
        if line.field != RELEASE:
            over = over and (line.blank or line.kind is SegmentKind.CHROME)
            if not over and (case or document):
                break
            continue
        if appeal := _APPEAL.search(line.words):
            case, document = f"ISCAP No. {appeal['case']}", appeal["document"] or ""
            continue
        if over or not case:
            found = _CASE.search(line.words)
            case = found[0] if found else case
        if over or not document:
            numbered = _DOCUMENT.search(line.words)
            document = (numbered["labelled"] or numbered["alone"]) if numbered else document
    return case, document
