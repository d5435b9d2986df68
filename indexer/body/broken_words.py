"""Words that the end of a page broke in telegrams of the 1970s: `CORRESPOND-`, a new page, `ENCE ABOUT`.

Owns the one decision whether a hyphen at the end of a page breaks a word or joins a compound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# The halves, in capitals as all of these telegrams are: `... TO THE CORRESPOND-` and `ENCE ABOUT`; of a compound of
# three (`STATE-OF-THE-`) and of `NINETEEN-74` nothing can be told.
_HEAD = re.compile(r"(?<![\w'-])([A-Z]{2,})-$")
_TAIL = re.compile(r"([A-Z]{2,})(?![\w-])")
# First halves that are written with a hyphen: `LARGE-SCALE`, `WELL-KNOWN`, `NON-ALIGNED`, `EX-PRESIDENT`.
_COMPOUNDING = frozenset(
    {
        "ALL", "ANTI", "EX", "FAR", "FIRST", "FULL", "HALF", "HIGH", "ILL", "LARGE", "LONG", "LOW", "MEDIUM",
        "NEWLY", "NON", "ONE", "PART", "QUASI", "SECOND", "SELF", "SEMI", "SHORT", "SINGLE", "SMALL", "SO", "TWO",
        "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "TWENTY", "THIRTY", "FORTY", "FIFTY",
        "SIXTY", "SEVENTY", "EIGHTY", "NINETY", "VICE", "WELL", "WIDE",
    }
)  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?:-[A-Z]+)*")


def mended(before: str, after: str, lines: Callable[[], Sequence[str]]) -> str | None:
    """Two lines as one, without the hyphen between them; None if it joins a compound.

    `lines` gives the lines of the cable, asked for only where a word may be broken. A compound is what the cable has
    with its hyphen elsewhere; what it has without is a broken word. Where it has neither, the hyphen joins if the
    second half is a word that the cable has elsewhere (`BANZER-` / `PINOCHET`), or the first one that makes compounds.
    """
    head, tail = _HEAD.search(before), _TAIL.match(after)
    if head is None or tail is None:
        return None
    first, second = head[1], tail[1]
    text = lines()
    # The halves themselves stand once each in these lines.
    seen = [word for line in text for word in _WORD.findall(line)]
    if f"{first}-{second}" in seen:
        return None
    if first + second not in seen and (first in _COMPOUNDING or seen.count(second) > 1):
        return None
    return before[:-1] + after
