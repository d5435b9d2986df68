"""What a line shows by itself: page marks, the class lines around them, rules, end signs.

Owns the placing of these lines; which forms there are is `indexer.grammar.marks`'s. Must not know paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.grammar.marks import END_OF_PART, STROKES, is_message_end, is_rule
from indexer.grammar.vocabulary import level_alone
from indexer.lines.lines import Line

# Asked for on every line: a member of an Enum takes a look-up in Python, a name of the module does not.
_PAGE_MARK, _RULE, _END_MARK = SegmentKind.PAGE_MARK, SegmentKind.RULE, SegmentKind.END_MARK
# What a small form begins with, unless it has an OF or ends with three digits: a rule, an end sign, `(END SUMMARY)`.
_SMALL_FORM = frozenset({*STROKES, *"PNB#@MEe("})
# What an end sign begins with, and what closes a part.
_END_SIGN = re.compile(r"NNN|BT|[#@<&]|END|MINIMI|\(?[Ee][Nn][Dd]")
# What a later section of a telegram repeats under its page mark: the class line and the captions.
_REPEATED = frozenset({"class", "caveats"})


def place_small_forms(lines: Sequence[Line], *, damaged: bool = False) -> None:
    """Place what a line shows by itself: page marks, the classification lines around them, rules, end signs.

    `damaged` says that page marks have another OF: `of 003`, `0F 003`.
    """
    # Nearly every line is prose: its first letter, or the want of an OF, says that it is none of these forms.
    worth = [
        at
        for at, line in enumerate(lines)
        if (words := line.words)
        and (words[0] in _SMALL_FORM or " OF " in words or (damaged and words[-3:].isdecimal()))
    ]
    for at in worth:
        line = lines[at]
        words = line.words
        # It may be placed already, as part of a page mark's frame too.
        if line.kind is not None:
            continue
        if words[0] in STROKES:
            if is_rule(words):
                line.assign(_RULE)
        elif (words[0] == "P" or " OF " in words or words[-3:].isdecimal()) and line.page_mark:
            line.assign(_PAGE_MARK)
            _place_frame(lines, at)
        elif words[0] == "P" or _END_SIGN.match(words) is None:
            continue
        elif is_message_end(words):
            line.assign(_END_MARK)
        elif len(words) < 60 and END_OF_PART.fullmatch(words):
            line.assign(_END_MARK, "part")


def _place_frame(lines: Sequence[Line], at: int) -> None:
    """The class lines that frame a page mark in NARA's telegrams, and those a later section repeats under it."""
    for step in (-1, 1):
        beside = at + step
        found = 0
        while 0 <= beside < len(lines) and abs(beside - at) <= 6 and found < 3:
            line = lines[beside]
            if line.kind is None and not line.blank:
                repeated = step > 0 and line.opens is not None and line.opens.field in _REPEATED
                if level_alone(line.words) is None and not repeated:
                    break
                line.assign(_PAGE_MARK)
                found += 1
            beside += step
