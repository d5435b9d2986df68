"""Which words of a cable are names of bodies: ministries, agencies, companies, banks, parties, universities.

Owns the rule: a body's name has a word of its kind, `Ministry of Trade`, `Putian Shoe Company`, or is a code that TAGS
have for an organisation. Must not know persons. Pure, in time that grows with the words it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from corpus.tags import tags
from search.people.vocabulary import JOINTS, NEVER, OFFICES, PEOPLES, TITLES, places
from search.people.vocabulary import words as listed


class Body(NamedTuple):
    """A body named in a text: `text[start:end]`, and its `form`, capitals of a loud text made small."""

    start: int
    end: int
    form: str


def _both(words: str) -> frozenset[str]:
    return frozenset((*words.split(), *words.upper().split()))


# With `of` or `for` behind them, or a word before them, these name a body.
KINDS = _both("""
    Ministry Department Bureau Agency Commission Committee Council Board Institute Institution University Academy
    College
    Bank Fund Corporation Company Organization Organisation Association Federation Foundation Union Party Congress
    Parliament Court Directorate Secretariat Authority Administration Service Institutes Chamber League Front Movement
    Society Alliance Airlines Airways Telecom Petroleum Industries Holdings Enterprise Enterprises Group Conglomerate
    Newspaper Hospital Center Centre Laboratory Laboratories Consortium Confederation Syndicate Cooperative Trust
    Ltd Inc Corp Co LLC PLC GmbH Brothers Assembly Senate Junta Inspectorate Police Customs
""")
# These alone say little: with a word of another kind they are no bodies.
_WITH_OF = _both("""
    Ministry Department Bureau Agency Commission Committee Council Board Institute University Academy Bank Fund
    Organization Organisation Association Federation Union Chamber League Directorate Office Secretariat Court House
""")
# What a name of a body goes on with behind its kind.
_GOES_ON = frozenset({"of", "for", "on", "OF", "FOR", "ON"})
_JOINED = frozenset({"and", "the", "of the", "de", "AND", "THE", "DE"})
# Bodies without a word of their kind, by the last of their two words.
_WHOLE = {
    last: words | frozenset(map(str.upper, words))
    for one, words in {
        "Nations": frozenset({"United"}),
        "Community": frozenset({"European"}),
        "Communities": frozenset({"European"}),
        "Cross": frozenset({"Red"}),
        "Crescent": frozenset({"Red"}),
        "House": frozenset({"White"}),
        "Office": frozenset({"Foreign"}),
        "International": frozenset({"Amnesty", "Socialist"}),
        "Pact": frozenset({"Warsaw", "Andean"}),
        "Guard": frozenset({"National", "Coast"}),
    }.items()
    for last in (one, one.upper())
}
# What may not stand before the kind: `this Department`, `New Committee`, `First Group`.
_LONGEST = 8
_BEFORE = 5
# Codes of organisations that are words too.
_WORDS_TOO = listed("""
    ACT AID APE ARC ART BIT CAN CARE CAT CON COP DEA FOR HE ICE IDEA IN IS IT NEED OF ON OR PACE PEN SAFE SALT
    SIT STAR TIP US USE WAR WHO WIN WORLD CAP ALL ADD FAST GAP AIM AIR
""")  # fmt: skip


# The codes of organisations that a text may have.
CODES = frozenset(
    each.code
    for each in tags()
    if each.kind == "organisation" and len(each.code) > 2 and each.code not in _WORDS_TOO
)


def has_kind(words: Sequence[str]) -> bool:
    """Whether a run of words may have a body: the cheap look before `bodies_of`."""
    return not (
        KINDS.isdisjoint(words) and CODES.isdisjoint(words)
    ) or not _WHOLE.keys().isdisjoint(words)


def bodies_of(words: Sequence[str], place: Callable[[int], int], *, loud: bool) -> list[Body]:
    """The bodies among words with capitals in a row; `place` says where each begins."""
    found: list[Body] = []
    at = done = 0
    size = len(words)
    while at < size:
        word = words[at]
        if word in CODES:
            found.append(_body(words, place, at, at + 1, loud=False))
            done = at + 1
        elif word in _WHOLE and at > done and words[at - 1] in _WHOLE[word]:
            found.append(_body(words, place, at - 1, at + 1, loud=loud))
            done = at + 1
        elif word in KINDS:
            begin = _begin(words, done, at, loud=loud)
            end = _end(words, at + 1, loud=loud) if word in _WITH_OF or begin < at else at + 1
            if end > at + 1 or (begin < at and not _is_vague(words, begin, at)):
                found.append(_body(words, place, begin, end, loud=loud))
                at = done = end
                continue
        at += 1
    return found


def _begin(words: Sequence[str], done: int, at: int, *, loud: bool) -> int:
    """Where a body's name begins whose kind stands at a place."""
    begin = at
    while begin > done and at - begin < _BEFORE:
        word = words[begin - 1]
        if word in JOINTS or word in TITLES or (word in NEVER and word not in _OF_NAMES):
            break
        if loud and word not in OFFICES and word not in PEOPLES and word not in places():
            break
        begin -= 1
    return begin


# Of the words that are no surnames, those that bodies have in their names.
_OF_NAMES = _both("""
    State States National International World European African Asian American Arab Islamic Central Foreign General
    Security
    Defense Trade People's People’s Republic Democratic Communist Socialist Christian Catholic Supreme High Joint
    Special
    Federal Presidential Economic Political Press Television Oil Air North South East West Northern Southern Eastern
    Western Atlantic Pacific United First Public Industrial Nations Nation International Muslim Women's Human Rights
    Senior
    Peoples Food Health Labor Energy Science Research Development Relations Affairs Services
""")


def _end(words: Sequence[str], at: int, *, loud: bool) -> int:
    """Where it ends: `of`, and words with capitals, with `and` between them unless another body begins there."""
    size = len(words)
    if at >= size or words[at] not in _GOES_ON:
        return at
    end = at
    start = at
    while at < size and at - start < _LONGEST:
        word = words[at]
        if word in {"to", "to the", "in", "at", "TO", "IN", "AT"}:
            break
        if word in _GOES_ON or word in _JOINED:
            behind = words[at + 1] if at + 1 < size else ""
            if word in {"and", "AND"} and (behind in KINDS or behind in TITLES):
                break
        elif (word in TITLES and word not in OFFICES) or (
            loud and word not in OFFICES and word not in places()
        ):
            break
        elif word.isupper() and not loud and not words[start - 1].isupper():
            break  # of another line: `Department of State PARIS`
        else:
            end = at + 1
        at += 1
    return max(start, end)


def _is_vague(words: Sequence[str], begin: int, at: int) -> bool:
    """`American Company`, `European Group`: a people's or a place's alone names no body."""
    before = words[begin:at]
    return all(word in PEOPLES for word in before) and words[at] not in _SURE


_SURE = _both("Parliament Senate Congress Assembly Police Customs Airlines Airways Telecom")


def _body(
    words: Sequence[str], place: Callable[[int], int], begin: int, end: int, *, loud: bool
) -> Body:
    said = words[begin:end]
    if loud:
        said = [word.lower() if word in JOINTS else word.capitalize() for word in said]
    return Body(place(begin), place(end - 1) + len(words[end - 1]), " ".join(said))
