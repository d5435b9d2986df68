"""The signs by which other search programs ask for words near each other, and what they ask for here.

Owns what `w/5`, `ADJ3`, `/s` or a bare NEAR are read as, and what is said of it. Must not know how a line is read.

    NEAR/5                    ours
    near/5, W/5, /5           within five words, in either order: Lexis, Westlaw, dtSearch, ProQuest
    PRE/5, +5, ONEAR/5        the same in this order
    ADJ, ADJ3, NEAR3, NEAR    side by side, within three words: Ovid, BRS; and NEAR without a number
    /s, w/s, +s               in one sentence; /p, w/p and w/para in one paragraph
"""

from __future__ import annotations

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern

# How far apart words may be where a program's own sign names no distance.
NEAR_ALONE = 10
# Where sentences end nobody has marked; few are longer.
SENTENCE = 20

# The name of a sign and its distance: `near/5`, `ADJ3`, `/5`, `+5`.
_DISTANCE = late_pattern(r"(?P<name>[A-Za-z]*)(?P<mark>[/+]?)(?P<between>[0-9]{1,3})")
_IN_ORDER = ("pre", "onear", "adj")


@dataclass(frozen=True, slots=True)
class Nearness:
    """What a sign asks for: at most `between` words between two, None for the same paragraph.

    `message` says what it is read as, "" for the language's own. A `doubtful` sign may be a word of the text.
    """

    between: int | None
    message: str = ""
    doubtful: bool = False


def nearness(sign: str) -> Nearness:
    """What a sign asks for (`search.language.tree.OPERATOR` without AND, OR and NOT)."""
    found = _DISTANCE.fullmatch(sign)
    if found is None:
        return _without_distance(sign)
    between = int(found["between"])
    if found["name"] == "NEAR" and found["mark"] == "/":
        return Nearness(between)
    ordered = found["mark"] == "+" or found["name"].lower() in _IN_ORDER
    return Nearness(between, _read_as(sign, between, ordered=ordered), not found["name"])


def _without_distance(sign: str) -> Nearness:
    if sign == "NEAR":
        return Nearness(NEAR_ALONE, _read_as(sign, NEAR_ALONE), doubtful=True)
    if sign == "ADJ":
        return Nearness(0, _read_as(sign, 0, ordered=True), doubtful=True)
    if "p" in sign.lower():
        message = f"{sign} was read as AND: all words are looked for in one paragraph."
        return Nearness(None, message, doubtful=True)
    between = f"{sign} was read as NEAR/{SENTENCE}: where sentences end is not known."
    return Nearness(SENTENCE, between, doubtful=True)


def _read_as(sign: str, between: int, *, ordered: bool = False) -> str:
    words = f"at most {between} other words between" if between else "side by side"
    order = " For words in this order use quotation marks." if ordered else ""
    return f"{sign} was read as NEAR/{between}: {words}, in either order.{order}"
