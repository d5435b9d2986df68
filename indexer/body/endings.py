"""What stands behind the last paragraph of a cable: its signature, class lines, notes.

Owns the placing of these lines; must not know paragraphs. Who signed is read by `indexer.header.signatures`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.grammar.marks import ends_sentence
from indexer.grammar.vocabulary import level_alone
from indexer.header.signatures import stands_behind
from indexer.lines.headings import mostly_upper, part_of
from indexer.lines.lines import Line

_END_MARK = SegmentKind.END_MARK
# The drafter's chief, alone on the last line: `BOEKER`, `McCONNELL`, `DE LA CRUZ`, `Delacourt`, `WOLFF ##`, `#WOLFF`,
# `van Tromp`, `de la Cruz`.
_SIGNATURE = re.compile(
    r"#*\s*(?:(?:van|von|der|den|de|del|della|di|du|da|la|le|ter|ten|bin|al)\s){0,3}(?:[A-Z][A-Za-z'’.-]*\s?){1,3}\s*#*"
)
# So many lines of notes, plugs and drafters stand behind a signature at most.
_MOST_BEHIND = 6


def place_ending(lines: Sequence[Line]) -> str | None:
    """Place what stands behind the last paragraph (signature, class line); gives the signer's line."""
    at = len(lines) - 1
    while at >= 0:
        line = lines[at]
        if line.kind is None and not line.blank:
            if level_alone(line.words) is None:
                break
            line.assign(_END_MARK, "classification")
        at -= 1
    # Notes, plugs and drafters are known as such only under a signature: else they are the cable's own last words.
    behind: list[Line] = []
    while at >= 0 and len(behind) <= _MOST_BEHIND:
        line = lines[at]
        if line.kind is None and not line.blank:
            if not stands_behind(line.words):
                break
            behind.append(line)
        at -= 1
    if at < 1 or not _signs(lines, at):
        return None
    # Over a note or a plug only a surname in capitals is one: `Contacts` over an address is the cable's own.
    if behind and not lines[at].words.rstrip("# ")[-2:].isupper():
        return None
    for line in behind:
        line.assign(_END_MARK)
    lines[at].assign(_END_MARK, "signature")
    return lines[at].words.strip("# ")


def _signs(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the drafter's chief: names in capitals or title case, parted from the text above."""
    line = lines[at]
    if line.kind is not None or len(line.words) > 40 or not _SIGNATURE.fullmatch(line.words):
        return False
    above = next(
        (other for other in reversed(lines[:at]) if other.kind is None or not other.blank), None
    )
    if above is None or not (lines[at - 1].blank or ends_sentence(above.words)):
        return False
    words = [word for word in line.words.strip("# ").split() if not word.islower()]
    return (
        len(words) <= (3 if mostly_upper(line.words) else 2)
        and part_of(line.words) is None
        and all(word[0].isupper() for word in words)
        and sum(c.isalpha() for c in line.words) >= 3
    )
