"""The wire's header that stands again over each later section of a telegram of the 1970s.

Owns the finding of these lines: from a second `PAGE 01` down to the class line with its section (`SECTION 2 OF 7`), and
what the first section's header has too below that. They are the wire's, as page marks are. Must not read a field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.model import SegmentKind
from indexer.grammar.vocabulary import level_alone
from indexer.header.labels import label_header
from indexer.lines.lines import Line

_PAGE_MARK = SegmentKind.PAGE_MARK
# How many lines, blank ones and stamps included, the header of a section has at most; what repeats is not below it.
_REACH = 40
# What a section repeats under its class line: captions, `DEPT PASS ...`.
_REPEATED = frozenset({"caveats", "pass"})
# Who signs, at the foot of each section: `BOEKER`, `VAN TROMP`.
_SIGNATURE = re.compile(r"[A-Z][A-Z'-]{2,20}(?: [A-Z][A-Z'-]{1,20}){0,2}")


def place_later_sections(lines: Sequence[Line]) -> None:
    """Place the headers of a telegram's second and further sections as page marks."""
    tops = [
        at
        for at, line in enumerate(lines)
        if line.kind is _PAGE_MARK
        and line.words.startswith("PAGE")
        and line.page_mark is not None
        and line.page_mark.page == 1
    ]
    if len(tops) < 2:
        return
    first = lines[tops[0] : min(tops[0] + _REACH, tops[1])]
    own = {line.words for line in first if line.kind is None}
    last = {line.words: at for at, line in enumerate(lines) if line.kind is None}
    for top in tops[1:]:
        reach = range(top + 1, min(top + _REACH, len(lines)))
        opens = (
            at for at in reach if lines[at].kind is _PAGE_MARK and "SECTION" in lines[at].words
        )
        section = next(opens, None)
        if section is None:
            continue
        between = lines[top + 1 : section]
        labels = label_header([line if line.kind is None else None for line in between])
        for line, label in zip(between, labels, strict=True):
            if label is not None:
                line.assign(_PAGE_MARK)
        _place_repeated(lines[section + 1 : section + _REACH], own)
        _place_foot(lines, top, last)


def _place_repeated(below: Sequence[Line], own: set[str]) -> None:
    """The lines under a section's class line that the telegram's own header has too, or that pass it on."""
    for line in below:
        if line.kind is not None or line.blank:
            continue
        if line.words not in own and (line.opens is None or line.opens.field not in _REPEATED):
            return
        line.assign(_PAGE_MARK)


def _place_foot(lines: Sequence[Line], top: int, last: Mapping[str, int]) -> None:
    """The class line at the foot of the section before, and over it the signature, which the last section has too.

    `last` is where each line stands last.
    """
    for at in range(top - 1, -1, -1):
        line = lines[at]
        if line.kind is not None or line.blank:
            continue
        if level_alone(line.words) is None:
            if last.get(line.words, at) > top and _SIGNATURE.fullmatch(line.words):
                line.assign(SegmentKind.END_MARK, "signature")
            return
        line.assign(_PAGE_MARK)
