"""Titles and offices around a person's name: `Acting Deputy Chief of Mission Jane Doe, EUR/RPM`.

Owns the table position_words and the places that follow `to` or `Embassy`. Must not know where the words stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from corpus.posts import fold, post_by_spelling
from corpus.table_files import read_table
from indexer.grammar.near_words import one_slip_from, slips
from indexer.header.person_names import is_loud, is_name_word

# An office by its shape: a stroke or a digit in it (`EUR/RPM`, `L/PM`, `G8`).
_OFFICE_SHAPE = re.compile(r".*[/\d@].*")
# The word before a place: `Ambassador to Turkey`, `Embassy Kabul`.
_BEFORE_PLACE = frozenset({"TO", "IN", "AT", "OF", "FOR", "EMBASSY", "AMEMBASSY", "CONSULATE", "AMCONSUL", "MISSION",
    "GENERAL", "CONGEN", "PRT", "POST", "THE"})  # fmt: skip
_JOINTS = frozenset(
    {"TO", "IN", "AT", "OF", "FOR", "THE", "AND", "&", "-", "ON", "WITH", "AS", "EN"}
)
# Titles that the service makes of short forms: `PolMilCouns`, `A/PolChief`, `EconMinCouns`, `D/LabAtt`.
_SHORT_FORMS = re.compile(
    r"(?:(?:A|D|ADEP|DEP|ACTING|DEPUTY)[/-]?)?"
    r"(?:(?:POL|ECON?|MIL|EXT|INT|LAB|LABOR|CONS?|MGT|MGMT|COMM|SCI|ENV|ESTH|FIN|INFO|REG|ADMIN|REF)[/-]?)+"
    r"(?:COUNS(?:ELOR)?|OFF(?:ICER)?S?|CHIEF|MIN(?:COUNS)?|CONS|ATT|DIR|UNIT|SECTION)"
)
# A title of so many letters is known with a slip in it too: `AMBASADOR`, `COUNSLER`; shorter ones are near names.
_LONG_TITLE = 8  # letters
# Words of offices that are so common in titles that their slips are: `Affiars`, `Misson`.
_OF_TITLES = frozenset(
    {"AFFAIRS", "MISSION", "SECTION", "GENERAL", "ECONOMIC", "ACTING", "POLITICAL"}
)
# His or Her Excellency, before a name of two words at least; before one it is somebody's initials.
_EXCELLENCY = frozenset({"H.E.", "HE.", "H.E"})
# What stands between the words of a title: `Consul General, a.i.`, `Counselor (Acting)`.
_PARTED = re.compile(r"[,;()]")
_LONGEST_TITLE = 8  # words: `Acting Deputy Chief of Mission and Consul General`
_LONGEST_NAME = 6  # words: `Maria Elena de la Cruz Jr.`


@cache
def _positions() -> Mapping[str, str]:
    return {_bare(row["word"]): row["kind"] for row in read_table("position_words")}


@cache
def _long_titles() -> Mapping[str, frozenset[str]]:
    return slips(word for word in _positions() if len(word) >= _LONG_TITLE and word.isalpha())


@cache
def _short_titles() -> Mapping[str, frozenset[str]]:
    titles = (word for word, kind in _positions().items() if kind == "title" or word in _OF_TITLES)
    return slips(word for word in titles if 5 <= len(word) < _LONG_TITLE and word.isalpha())


@cache
def _countries() -> frozenset[str]:
    rows = read_table("posts")
    return frozenset(row["country"].upper() for row in rows if row["country"])


def _bare(word: str) -> str:
    return fold(word.strip(".,'\""))


@lru_cache(maxsize=4096)
def is_position(word: str) -> bool:
    """Whether a word is part of a title or of an office's name: `Counselor`, `Ambassador's`, `Political`."""
    bare = _bare(word)
    if len(bare) == 1 and word.endswith("."):
        return False  # an initial, not the bureau T
    return (
        bare in _positions()
        or bare.removesuffix("'S") in _positions()
        or _SHORT_FORMS.fullmatch(bare) is not None
        or (len(bare) >= _LONG_TITLE - 1 and bool(one_slip_from(bare, _long_titles())))
        or _is_compound(bare)
    )


def _is_compound(bare: str) -> bool:
    """A title of several with hyphens: `AMBASSADOR-AT-LARGE`, `MINISTER-COUNSELLOR`, `VICE-CONSUL`."""
    parts = bare.split("-")
    return len(parts) > 1 and all(is_position(part) or part in _JOINTS for part in parts)


def _is_slip(words: Sequence[str], at: int) -> bool:
    """Whether a word is one of a title with a slip in it: `ACTING E/P CIEF HORATIO QUILL`, `Depty Chief of Mission`.

    It has to stand beside another word of an office, and a whole name behind it: short titles are near names.
    """
    bare = _bare(words[at])
    if not (4 <= len(bare) < _LONG_TITLE and bare.isalpha()):
        return False
    near = {each for each in one_slip_from(bare, _short_titles()) if not _replaced(bare, each)}
    behind = words[at + 1 :]
    beside = at > 0 or (bool(behind) and is_position(behind[0]))
    named = sum(
        is_name_word(word) and not is_position(word) and len(_bare(word)) > 1 for word in behind
    )
    return bool(near) and beside and named >= 2


def _replaced(word: str, other: str) -> bool:
    """Whether one letter of a word is another one, which names are too (`MARINA`); not whether two are swapped."""
    return len(word) == len(other) and sorted(word) != sorted(other)


def is_office_shape(words: str) -> bool:
    """Whether a word has the shape of an office's symbol: `EUR/RPM`, `J5`."""
    return _OFFICE_SHAPE.fullmatch(words) is not None


def is_office_alone(text: str) -> bool:
    """Whether a text is a title and nobody's name: `Ambassador`, `CHARGE D'AFFAIRES`, `Consul General, a.i.`."""
    words = _PARTED.sub(" ", text).split()
    titled = any(_positions().get(_bare(word)) == "title" for word in words)
    return titled and len(words) <= _LONGEST_TITLE and _end_of_office(words) == len(words)


def name_without_office(words: list[str]) -> tuple[bool, list[str]]:
    """The words of a piece without the title and office around a name; whether there was a title."""
    words = [word.strip("*_[]") for word in words]
    words = [word for word in words if word.strip(".")]
    if len(words) > 2 and words[0] in _EXCELLENCY and len(words[1].strip(".")) > 1:
        words = words[1:]
    start = max(_end_of_office(words), _behind_last_title(words))
    titled = start > 0
    rest = words[start:]
    end = _start_of_office(rest)
    titled = titled or end < len(rest)
    name: list[str] = []
    for word in rest[:end]:
        if not is_name_word(word) and not (word.islower() and word.isalpha() and start == 0):
            break
        name.append(word)
    while name and name[-1].upper() in _JOINTS | {"DE", "LA"}:
        name.pop()
    if not all(is_loud(word) for word in name):
        # An office in capitals before a name in small letters: `USSC Keith Dayton`.
        while len(name) > 1 and name[0].isupper() and len(name[0]) > 2 and name[0].isalpha():
            name, titled = name[1:], True
    if len(name) > _LONGEST_NAME:
        return titled, []
    return titled, name


def _end_of_office(words: Sequence[str]) -> int:
    """How many of the first words are a title or an office, places behind `to` or `Embassy` included."""
    at = 0
    while at < len(words):
        bare = _bare(words[at])
        joint = bare in _JOINTS and (at > 0 or bare in {"THE", "FOR"})
        if joint or is_position(words[at]) or _OFFICE_SHAPE.fullmatch(words[at]):
            at += 1
        elif size := _place(words, at):
            at += size
        elif _is_slip(words, at):
            at += 1
        else:
            break
    return at


def _behind_last_title(words: Sequence[str]) -> int:
    """Where a name begins behind a title that offices unknown to the table precede: `APHIS Area Director Jane Doe`."""
    for at in range(len(words) - 2, -1, -1):
        bare = _bare(words[at])
        if len(bare) > 2 and _positions().get(bare) == "title":
            name = words[at + 1 :]
            whole = sum(len(word.strip(".")) > 1 for word in name)
            named = all(is_name_word(word) and not is_position(word) for word in name)
            return at + 1 if named and 2 <= whole <= _LONGEST_NAME and not _is_place(name) else 0
    return 0


def _place(words: Sequence[str], at: int) -> int:
    """How many words from `at` name a post or a country, where one is to be expected; 0 if none do."""
    before = words[at - 1].strip(".").upper() if at else ""
    if before not in _BEFORE_PLACE:
        # `Kabul DCM John Smith`: a post before a title.
        for size in (1, 2, 3):
            behind = words[at + size : at + size + 1]
            if behind and is_position(behind[0]) and _is_place(words[at : at + size]):
                return size
        return 0
    for size in (3, 2, 1):
        if len(words) >= at + size and _is_place(words[at : at + size]):
            return size
    return 0


def _is_place(words: Sequence[str]) -> bool:
    text = " ".join(words).strip(".,").upper()
    return text in _countries() or post_by_spelling(text) is not None


def _start_of_office(words: Sequence[str]) -> int:
    """Where, behind a name, a title or an office begins: `John Smith Political Counselor`."""
    for at in range(1, len(words)):
        bare = _bare(words[at])
        if (bare in _JOINTS and at >= 1) or _OFFICE_SHAPE.fullmatch(words[at]):
            return at
        kind = _positions().get(bare)
        rest_is_office = all(
            is_position(word) or word.upper() in _JOINTS or _is_place([word]) for word in words[at:]
        )
        if kind and rest_is_office and at >= 2 and len(words) - at >= 2:
            return at
        if kind == "title" and rest_is_office and len(bare) > 2:
            return at
    return len(words)
