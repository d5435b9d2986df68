"""Where a title, an office and a name begin and end among words with capitals in a row.

Owns these bounds, and how a name that was written in capitals is printed. Must not know the text around.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.late_patterns import late_pattern
from search.people.vocabulary import (
    ADDRESSES,
    GIVEN,
    JOINTS,
    LOUD_NEVER,
    NEVER,
    OFFICES,
    SPOKEN,
    STRONG,
    TITLES,
    places,
)
from search.people.vocabulary import words as listed

_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-Ž"
# `J.`, `J.D.`, `J.-P.`, and a letter alone.
INITIAL = late_pattern(rf"(?:[{_CAPITAL}]\.-?)+|[{_CAPITAL}]")
_PARTICLES = listed("""
    de la los del della da dos du van der den von bin ibn al el ben ter ten y
""")
# What makes of a surname before it the name of something else: `Ford Foundation`, `Carter Center`.
OF_THINGS = listed("""
    Foundation Center Centre Company Corporation Corp Corp. Inc Inc. Co. Motor Motors Institute Library
    Building Street Avenue Hotel House Airport Bridge River Island Islands Bank University College Prize
    Museum Base Field Line Bay Papers Presidential Material Library Materials Doctrine Trust Memorial Report Commission
    Award Stadium Administration's County Valley Pass Mountain Peninsula Brothers Industries City Town Square
    Park Road Palace Group Press
""")  # fmt: skip
# `MCNUTT`.
_MC = late_pattern(r"M[cC]([A-Z])(\w*)\Z")
# A word in capitals that no surname ends like: `CALLED`, `SAYING`, `QUICKLY`.
_NO_SURNAME = late_pattern(r"\w{2,}(?:ED|ING|LY|TION|TIONS|MENT|NESS|ITY|IES)\Z")

_LONGEST_NAME = 5


def printed(word: str) -> str:
    """A word of a name as running text has it: `KISSINGER` is `Kissinger`, `MCNUTT` is `McNutt`, `J.` is as it is."""
    if len(word) < 3 or not word.isupper() or "." in word:
        return word
    if made := _MC.match(word):
        return f"Mc{made[1]}{made[2].lower()}"
    for sign in "-'’":
        if sign in word:
            return sign.join(map(printed, word.split(sign))) if sign == "-" else _joined(word, sign)
    return word.capitalize()


def _joined(word: str, sign: str) -> str:
    first, _, rest = word.partition(sign)
    return f"{first.capitalize()}{sign}{rest.capitalize()}"


def starts_initials(words: Sequence[str], at: int) -> bool:
    """Whether two initials stand here before a surname: `J. D. Weiss`; one alone may count items: `B. Replace`."""
    return (
        at + 2 < len(words)
        and "." in words[at]
        and INITIAL.fullmatch(words[at]) is not None
        and "." in words[at + 1]
        and INITIAL.fullmatch(words[at + 1]) is not None
    )


def is_held(words: Sequence[str], title: int, start: int, stop: int) -> bool:
    """Whether a name behind an office with `of` in it is its holder's: only high offices stand before a surname."""
    if stop - start > 1 or words[start] in GIVEN:
        return True
    name = words[start]
    if name.isupper() and len(name) < 5 and words[start - 1] not in ADDRESSES:
        return False  # an acronym: `Deputy Director INR`
    return JOINTS.isdisjoint(words[title:start]) or words[title] in STRONG


def behind_office(words: Sequence[str], at: int) -> int:
    """Where, behind a title, the words of its office end: `Secretary of State for European Affairs`."""
    at += 1
    size = len(words)
    where = at
    while at < size:
        word = words[at]
        if word in JOINTS or (
            word in OFFICES
            or word in TITLES
            or (at > where and words[at - 1] in JOINTS and word in places())
        ):
            at += 1
        else:
            break
    # A joint right before the name is none of an office's: `Minister and Mora`.
    return at if at == where or words[at - 1] not in JOINTS else size


def end_of_name(words: Sequence[str], start: int, *, addressed: bool) -> int:
    """Where a name ends that begins at a word; `start` if none does."""
    at = start
    size = len(words)
    while at < size and at - start < _LONGEST_NAME:
        word = words[at]
        if word in _PARTICLES:
            if at + 1 == size:
                break
        elif (
            word in JOINTS or word in TITLES or (word in NEVER and not (addressed and at == start))
        ):
            break
        elif (word in places() or word in OF_THINGS) and not (addressed and at == start):
            if at - start > 1 or at == start or word in OF_THINGS:
                break
            # `Barbara Jordan`, `Michael Ireland`: a country behind a given name.
            if words[start] not in GIVEN:
                break
        elif (
            len(word) > 1
            and "." not in word
            and word.isupper()
            and at > start
            and any(each[1:].islower() for each in words[start:at])
            and INITIAL.fullmatch(words[at - 1]) is None
        ):
            break  # an office: `Boeker INR`
        at += 1
    while at > start and words[at - 1] in _PARTICLES:
        at -= 1
    while at > start and INITIAL.fullmatch(words[at - 1]):
        at -= 1
    if at > start and all(INITIAL.fullmatch(word) for word in words[start:at]):
        return start
    return at


def end_of_loud(words: Sequence[str], start: int) -> int:
    """The same in a text of capitals, where nothing but its words tells a name's end: one surname."""
    at = start
    size = len(words)
    while at < size and (words[at] in GIVEN or INITIAL.fullmatch(words[at])) and at - start < 3:
        at += 1
    if at < size and may_be_surname(words[at]):
        return at + 1
    return at if at - start == 1 and words[start] not in NEVER and len(words[start]) > 2 else start


def may_be_surname(word: str) -> bool:
    """Whether a word of a text in capitals may be a surname: none that texts, titles or places have."""
    return (
        len(word) > 2
        and word not in NEVER
        and word not in LOUD_NEVER
        and word not in JOINTS
        and word not in TITLES
        and word not in OFFICES
        and word not in places()
        and word.lower() not in SPOKEN
        and _NO_SURNAME.match(word) is None
    )


def title_before(words: Sequence[str], start: int, end: int) -> str:
    """The title in front of a name, with the words of its office before it: `Foreign Minister`."""
    while start and words[start - 1] in OFFICES and words[start - 1] not in JOINTS:
        start -= 1
    return " ".join(words[start:end])
