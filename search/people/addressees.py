"""For whom and from whom a message is: the lines that hand it on, at its start or in its header, and the names in them.

Owns how such a line is told from a sentence, and names in it from offices, posts and agencies: `FOR LOMAX FROM
TOLLAND`, `STATE FOR EUR/SE - LOMAX`, `From: D - Anselm Rooker`, `Eyes only for Ambassador Quispe`. In a text a line is
one only if all of its words can stand in one. Must not know the rest of a text. Pure, in time that grows with the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from corpus.late_patterns import late_pattern
from corpus.posts import post_by_spelling
from corpus.table_files import read_table
from search.people.bodies import CODES, KINDS
from search.people.boundaries import INITIAL, OF_THINGS, may_be_surname, printed
from search.people.vocabulary import (
    ADDRESSES,
    FAMILY_FIRST,
    GIVEN,
    JOINTS,
    NEVER,
    OFFICES,
    STRONG,
    TITLES,
    places,
)
from search.people.vocabulary import words as listed


class Addressed(NamedTuple):
    """A name in such a line: `text[start:end]`, the words of it, and the title before it."""

    start: int
    end: int
    words: tuple[str, ...]
    title: str


# What leads to a name, in small letters.
_LEADS = listed("for from pass attn attn. attention only through thru deliver cc via")
# After one of these, or where a colon stands behind the lead, a surname alone is a name.
_SURE = listed("pass attn attn. attention only deliver cc through thru")
# What else stands in such lines, and is no part of a name.
_BESIDE = listed("""
    to please pls eyes also info message messages personal private confidential secret nodis exdis limdis immediate
    priority memorandum letter memo copy copies following is this the action originator addressee
    addressees tosec secto channel urgent repeat info: all
""")
# What stands between two names, or between an office and its holder.
_BETWEEN = frozenset({"and", "&", "-", "–", "—", "or", ";", ","})
# The sign of an office: `EUR`, `S/P`, `A/SY/PRS`, `ARA/BC/C`.
_SIGN = late_pattern(r"[A-Z]{1,5}(?:/[A-Z]{1,6})*")
# A sign joined to a name: `S/P-Lomax`.
_SIGNED = late_pattern(r"[A-Z]{1,4}(?:/[A-Z]{1,6})*[-–](?=[A-Z])")
# Shortened as posts do, and no surname: `USDEL`, `AGATT`, `ECONOFF`, `USFWS`.
_SHORTENED = late_pattern(
    r"(?:US|AM|UN)[B-DF-HJ-NP-TV-Z][A-Z]*|[A-Z]*(?:ATT|OFF|REP|COUNS|DEL|COM)|[^AEIOUY]+"
)
# Bodies, posts and kinds of readers that the tables do not have, and no surnames.
_READERS = listed("""
    ADDRESSEES AGENCIES AGENCY AIDAC ALDAC AMCONSUL AMEMBASSY APPROVAL BUREAUS CALL CAMP CHIEFS CINCEUR CLEMENTE
    COLLECTIVE CONSULATE CONSULS COORDINATOR CURRENCY DECISION DELEGATION DEPTO DESK DISASTER DISTRIBUTION
    ECOSOC EMBASSIES FAOCOM FODAG FORT FYI HEADQUARTERS HOME HOUSE HQS INFO INFORMATION INTSUM MANAGER MISSIONS
    NESCO NESDIS OASIA OFFICER OFFICERS OFFICES OPDAT OPERATIONS POUCH PRINCIPAL RECORD REFERENCE RELEASE RELIEF
    RESOURCES SAIC SAN SANTA SECDEFENSE SECSTATE SECTION STAFFDEL TREAS UNESCO UNIDO USIAC VATICAN WASHDC WHITE
""")
# Words of offices as such lines shorten them.
_SHORT_OFFICES = listed(
    "ASST ASST. DEP DEP. SEC SEC. SECT SECT. SECY UNDERSEC ACTG ACTING MIN COMMERCIAL REPRESENTATIVE LADY'S"
)
# What is no name's: who initialled it, `[SWL initialed]`, `(A)`.
_ASIDE = late_pattern(r"\[[^\]\n]*\]|\([^)\n]*\)")
_WORD = late_pattern(r"[^\s,;]+|[,;]")
_NAME = late_pattern(r"[^\W\d_][\w'’.-]*")
# `McFARLANE`.
_MC = late_pattern(r"(Ma?c)([A-Z])([A-Z]+)\Z")
# Where a line ends: a sentence has a full stop behind a word. (The sign stands first, so that a search skips to it.)
_LINE = late_pattern(r"[\n.](?:(?<=\n)|(?<=[^\W\d_]{3}\.)(?=\s|\Z))")
# With what such a line begins, unless a post or an agency does.
_OPENINGS = _LEADS | _BESIDE
# Behind how many words of one the first lead stands.
_BEGINS = late_pattern(
    r"(?:[\w./'’-]{1,20}+[ :,]{1,2}+){0,4}?(?:for|from|pass|attn|attention|eyes only|to|through|thru|cc)[: .]",
    re.IGNORECASE,
)
# The message's own number, before the line: `147784. For Ambassador from Tolland`, `Tosec 10259. For ...`.
_NUMBER = late_pattern(r"(?:(?:Tosec|Secto|TOSEC|SECTO) )?\d{1,7}\. ")
# Where the next field begins, on the same line.
_NEXT_FIELD = late_pattern(r"\bE\.?O\.? ?\d|\bTAGS?:|\bSUBJ")
_LONGEST_LINE = 160
# So many lines of a text hand it on at most: To, Through, From, cc.
_MOST_LINES = 6
_MOST_WORDS = 4


# What tells that words are a name: nothing but themselves; a lead behind which a surname alone stands; a label, `FOR:`,
# behind which whole names do.
_NOTHING, _SURNAME, _WHOLE = 0, 1, 2


class _Said(NamedTuple):
    """A word of a line, and where it stands in the text."""

    word: str
    start: int


def addressed(text: str) -> list[Addressed]:
    """The names in the lines that a text begins with, as far as these say for whom it is and from whom."""
    # Most texts stop here: their second word is a small one, and the first is none that opens such a line.
    first = text.find(" ")
    if (
        text[first + 1 : first + 2].islower()
        and text[:first].lower().rstrip(":,") not in _OPENINGS
        and text[first + 1 : text.find(" ", first + 1)].rstrip(":") not in _LEADS
    ):
        return []
    found: list[Addressed] = []
    number = _NUMBER.match(text)
    start = number.end() if number is not None else 0
    for _ in range(_MOST_LINES):
        if _BEGINS.match(text, start) is None:
            break
        ends = _LINE.search(text, start, start + _LONGEST_LINE)
        end = ends.start() if ends is not None else len(text)
        if end - start > _LONGEST_LINE:
            break
        names = _of_line(text, start, end, header=False)
        if names is None:
            break
        found += names
        if ends is None or ends.group() != "\n":
            break
        start = ends.end()
    return found


def addressed_in_header(lines: str) -> list[Addressed]:
    """The names in lines of a header that were told to hand the message on; what is under the first may be an address,
    where only what stands behind the sign of an office counts."""
    start = 0
    found: list[Addressed] = []
    for line in lines.splitlines(keepends=True):
        after = _NEXT_FIELD.search(line)
        bare = (line[: after.start()] if after is not None else line).rstrip()
        if len(bare) <= _LONGEST_LINE and (start == 0 or "/" in bare):
            found += _of_line(lines, start, start + len(bare), header=True) or []
        start += len(line)
    return found


def _of_line(text: str, start: int, end: int, *, header: bool) -> list[Addressed] | None:
    """The names of a line, None if it is no such line."""
    line = text[start:end]
    if "[" in line or "(" in line:
        line = _ASIDE.sub(lambda aside: " " * len(aside.group()), line)
    # What stands between two signs of the line, and how much tells that it is a name.
    items: list[tuple[list[_Said], int]] = []
    item: list[_Said] = []
    # Under the first line of a header nothing leads: `SY/PRS/SD, ELDERBAUM`.
    lead = "under" if header and start else ""
    leads: set[str] = set()
    told = _SURNAME if header else _NOTHING
    for match in _WORD.finditer(line):
        word = match.group()
        bare = word.rstrip(":-–—") or word
        small = bare.lower()
        if small in _LEADS or (small == "to" and (word.endswith(":") or not (leads or item))):
            if lead:
                items.append((item, told))
            elif item and not _may_hand_on(item):
                return None
            if word.endswith(":"):
                told = _WHOLE
            elif header or small in _SURE or (not lead and _is_post(item)):
                told = _SURNAME
            else:
                told = _NOTHING
            item, lead = [], small
            leads.add(small)
        elif small in _BETWEEN or small in _BESIDE:
            if lead:
                items.append((item, told))
                # `EUR/SE - LOMAX`: behind the sign of an office.
                if any("/" in said.word for said in item):
                    told = max(told, _SURNAME)
                item = []
            elif word == "," and item:
                return None
        elif not (word[0].isupper() or small in JOINTS or small in _PARTICLES) and (
            word[0].islower() or not lead
        ):
            return None
        else:
            item.append(_Said(bare, start + match.start()))
    if not lead:
        return None
    items.append((item, told))
    least = _SURNAME if len(leads) > 1 else _NOTHING
    found: list[Addressed] = []
    for each, sure in items:
        names = list(_names(each, max(sure, least)))
        # In a text another word makes it a sentence, or a title: `FOR PEACE AND QUIET`.
        if not header and not _is_told(each, names):
            return None
        found += names
    return found


_PARTICLES = listed("de la los del della da dos du van der den von bin ibn al el ben ter ten y of")


def _may_hand_on(item: Sequence[_Said]) -> bool:
    """Whether the words before the first lead are a post or an agency: `STATE`, `WHITE HOUSE`, `DEA HQS`."""
    return _is_post(item) or all(
        (len(item) < 3 and _SIGN.fullmatch(said.word))
        or said.word.upper() in _READERS
        or said.word.upper() in _agencies()
        for said in item
    )


def _is_post(item: Sequence[_Said]) -> bool:
    """Whether words are one post or agency, and nothing else: `BUENOS AIRES`, `DEPT`."""
    words = " ".join(said.word for said in item)
    return bool(words) and (words.upper() in _agencies() or post_by_spelling(words) is not None)


def _is_told(item: Sequence[_Said], names: Sequence[Addressed]) -> bool:
    """Whether all words between two signs are names, offices, agencies or posts."""
    left = [
        said.word.rstrip(".")
        for said in item
        if not any(
            name.start < said.start + len(said.word) and said.start < name.end for name in names
        )
    ]
    return (
        all(_is_reader(word) or _SIGN.fullmatch(word) or word in JOINTS for word in left)
        or post_by_spelling(" ".join(left)) is not None
    )


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row["as_written"] for row in read_table("agencies"))


def _is_reader(word: str) -> bool:
    """Whether a word is none of a name but of an agency, a post, an office, a place."""
    loud = word.upper()
    return (
        loud in _READERS
        or loud in _agencies()
        or word in OFFICES
        or word in TITLES
        or word in CODES
        or word in KINDS
        or word in places()
        or word in OF_THINGS
        or loud in _SHORT_OFFICES
    )


def _names(item: Sequence[_Said], told: int) -> Iterator[Addressed]:
    """The names of what stands between two signs of a line: one, or several joined by slashes."""
    words: list[_Said] = []
    for said in item:
        if (signed := _SIGNED.match(said.word)) is not None:
            words.append(_Said(said.word[signed.end() :], said.start + signed.end()))
            told = max(told, _SURNAME)
        elif "/" in said.word:
            yield from _name(words, told)
            words = []
            at = said.start
            # `EUR/CACEN` is an office, `TOLLAND/PEREZ` are two people.
            parts = said.word.split("/")
            fewest = _FEWEST_BY_SIGN if min(map(len, parts)) < _FEWEST_ALONE else _FEWEST_ALONE
            for part in parts:
                if len(part) >= fewest and not ("-" in part and part.isupper()):
                    yield from _name([_Said(part, at)], _SURNAME)
                at += len(part) + 1
            told = max(told, _SURNAME)
        else:
            words.append(said)
    yield from _name(words, told)


# Letters that a surname has at least: behind the sign of an office, `EOIL/TOLLAND`; behind `AMBASSADOR`; alone, or
# behind a title that others than persons have, `DIRECTOR INR`.
_FEWEST_BY_SIGN, _FEWEST_BY_TITLE, _FEWEST_ALONE = 6, 3, 5


def _name(item: Sequence[_Said], told: int) -> Iterator[Addressed]:
    words = [said.word for said in item]
    # Behind the last word of an office begins the name.
    begin = 0
    for at, word in enumerate(words):
        if word not in GIVEN and (
            word in TITLES
            or word.rstrip(".") in TITLES
            or word in OFFICES
            or word in JOINTS
            or word.upper() in _SHORT_OFFICES
        ):
            begin = at + 1
    title = words[begin - 1].rstrip(".") if begin else ""
    title = title if title in TITLES else ""
    while begin < len(words) - 1 and not title and _is_sign(words[begin]):
        begin += 1
    name = words[begin:]
    while name and name[-1] == ".":
        name.pop()
    if not _may_be_name(name, title, told):
        return
    start = item[begin].start
    last = item[begin + len(name) - 1]
    end = last.start + len(last.word.rstrip("."))
    first = begin
    while first and (words[first - 1] in TITLES or words[first - 1] in OFFICES):
        first -= 1
    yield Addressed(
        start, end, tuple(_printed(word) for word in name), " ".join(words[first:begin])
    )


def _is_sign(word: str) -> bool:
    return (
        1 < len(word) <= 4
        and word.isupper()
        and word not in GIVEN
        and word not in _READERS
        and "." not in word
    )


def _may_be_name(name: Sequence[str], title: str, told: int) -> bool:
    """Whether words in such a line are a person's: by a title, a given name, initials, or a surname alone."""
    if not 1 <= len(name) <= _MOST_WORDS or not all(map(_NAME.fullmatch, name)):
        return False
    last = name[-1].rstrip(".")
    if len(name) == 1 and (title in STRONG or title in ADDRESSES):
        return _may_be_last(last) and len(last) >= _FEWEST_BY_TITLE
    if last in _PARTICLES or any(_is_reader(word) and word not in GIVEN for word in name):
        return False
    if len(name) > 1:
        known = (
            title != ""
            or name[0] in GIVEN
            or name[0] in FAMILY_FIRST
            or INITIAL.fullmatch(name[0]) is not None
            # `From: Quillon Tolland`, in capitals only behind a colon.
            or (told == _WHOLE and len(name) == 2 and _may_be_last(name[0]))
            or (told != _NOTHING and name[0][1:].islower() and name[0] not in NEVER)
        )
        return known and _may_be_last(last)
    # In capitals a short word is rather the sign of an office.
    fewest = _FEWEST_ALONE if last.isupper() else _FEWEST_ALONE - 1
    told_alone = title != "" or (told != _NOTHING and last not in GIVEN)
    return told_alone and len(last) >= fewest and _may_be_last(last)


def _may_be_last(word: str) -> bool:
    loud = word.upper()
    if (
        _MC.match(word) is None
        and not word.isupper()
        and not word[1:2].islower()
        and "'" not in word
    ):
        return False
    return (
        may_be_surname(loud)
        and word not in NEVER
        and (word[1:].islower() or _SHORTENED.fullmatch(loud) is None)
        and post_by_spelling(word) is None
    )


def _printed(word: str) -> str:
    if made := _MC.match(word):
        return f"{made[1]}{made[2]}{made[3].lower()}"
    return printed(word.rstrip(".") if len(word.rstrip(".")) > 1 and word.count(".") == 1 else word)
