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
# What stands before a word, and behind it, that is only a part of one.
_GOES_BEFORE = re.compile(r"[A-Z]-?\Z")
_GOES_ON = re.compile(r"-?[A-Z]")


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
    text = "\n".join(lines())
    if _has(text, f"{first}-{second}"):
        return None
    # The second half itself stands once in these lines.
    if not _has(text, first + second) and (first in _COMPOUNDING or _has(text, second, times=2)):
        return None
    return before[:-1] + after


def _has(text: str, word: str, *, times: int = 1) -> bool:
    """Whether a word or compound stands in a text by itself, so often at least: no part of a longer one."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        # `STATE` is a part of `UPSTATE`, `STATES`, `NON-STATE` and `STATE-OWNED`, and none of `STATE-`, `'STATE'`.
        if not (_GOES_BEFORE.search(text, max(0, at - 2), at) or _GOES_ON.match(text, end)):
            times -= 1
            if not times:
                return True
        at = text.find(word, end)
    return False
