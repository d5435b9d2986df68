"""Lines that say who is to see a message: they stand under the class line, over the drafter's fields, without a label.

Owns the telling of such a line from text: `WHA/CEN`, `EB/IFD/OMA, OES/OA`, `PLEASE PASS TO USAID`, `ALDAC`, `CORRECTED
COPY`. 5 FAH-2 H-320 and 5 FAH-1 H-230 name pass lines and captions; posts write them as they like, so the place says
most. Must not place a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.grammar.marks import leading_mark
from indexer.lines.headings import mostly_upper
from indexer.lines.lines import Line

# What may stand anywhere over the fields: `CORRECTED COPY - SPACING`, `C O R R E C T E D C O P Y (MRN 729 VICE 716)`.
_CORRECTED = re.compile(
    r"\*{0,9}\s?(?:C\s?O\s?R\s?R\s?E\s?C\s?T\s?E\s?D|R\s?E\s?-?\s?T\s?R\s?A\s?N\s?S\s?M\s?I\S*)\b.{0,80}",
    re.IGNORECASE,
)
# Symbols of offices: `WHA/CEN`, `EB/IFD/OMA, CA/OCS/ACS`; `for EUR/SE - Quill`.
_OFFICES = re.compile(r"\b[A-Z]{1,5}(?:/[A-Z]{1,6})+\b")
# What hands a message on, in capitals or not: `Please pass to USAID`, `Dept. for Quill`, `Attention: Marzipan`.
_HANDS_ON = re.compile(
    r"(?:please |also |dept\.? |department |state |embassy |for |from |to |info |action |attn\b|attention\b|pass\b|"
    r"corrected|text |note\b|subject to|this (?:is|message|cable)\b|joint |all )",
    re.IGNORECASE,
)
# In capitals, words of handling anywhere in the line: `VIENNA ALSO FOR UNVIE`, `NO FOREIGN DISSEM`, `EYES ONLY QUILL`.
_HANDLING = re.compile(
    r"\b(?:FOR|PASS|FROM|ONLY|CHANNEL|COPY|DISSEM|DISTRIBUTION|ADDRESSEES?|POSTS?|DELIVER|CAPTIONS?|MISSIONS?|VIA|"
    r"CABLE|MESSAGE)\b"
)
# Fewer words in capitals are no sentence: `ALDAC`, `SY CHANNEL`.
_FEW_WORDS = 4
_PROSE = re.compile(r"[A-Za-z]{3}[.!?]\s+[A-Z]|[a-z]{2}\.$|:$")
_NUMBERED = re.compile(r"(?:¶\s*)?\(?(?:\d{1,3}|[A-Z])\s*[.)]\s")
# Fields under which such a line may stand.
_ABOVE = frozenset({"class", "caveats", "pass"})
_LONGEST_LINE = 100
# More lines in a row, or more of them in all, are a text.
_MOST_LINES = 5


def attention_lines(lines: Sequence[Line], *, drafted: bool) -> list[Line]:
    """Of a header's lines down to the drafter's fields, those without a field that say who is to see the message.

    `drafted` says that such fields follow; where none does, a line may as well be the first of the text.
    """
    found: list[Line] = []
    block: list[Line] = []
    under = False
    for line in lines:
        if line.kind is None and not line.blank:
            block.append(line)
            continue
        if block:
            found += _of_block(block, under and drafted)
            block = []
        under = under or line.field in _ABOVE
    if block:
        found += _of_block(block, under and drafted)
    return found if len(found) <= _MOST_LINES else []


def _of_block(block: Sequence[Line], placed: bool) -> list[Line]:
    """The lines of a block, if all of them are such lines: of a text in capitals many a line looks like one."""
    if len(block) > _MOST_LINES:
        return []
    told = [_CORRECTED.fullmatch(line.words) is not None for line in block]
    if placed and all(
        known or _is_attention(line.words) for known, line in zip(told, block, strict=True)
    ):
        return list(block)
    return [line for known, line in zip(told, block, strict=True) if known]


def _is_attention(words: str) -> bool:
    if len(words) > _LONGEST_LINE or not any(map(str.isalpha, words)):
        return False
    if _NUMBERED.match(words) or leading_mark(words)[0] is not None or _PROSE.search(words):
        return False
    upper = mostly_upper(words)
    return (
        (upper and (len(words.split()) <= _FEW_WORDS or _HANDLING.search(words) is not None))
        or _OFFICES.search(words) is not None
        or _HANDS_ON.match(words) is not None
    )
