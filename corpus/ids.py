"""Identifiers of cables: the canonical forms of the archives, and one key for all spellings of an id.

Owns the look-up key and the finding of ids in text. Must not know any cable: whether a key exists is for the
index to say. Everything here is pure and raises nothing, whatever text it is given.
"""

from __future__ import annotations

import re
from typing import Literal

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.posts import compact, fold, nara_post, post_by_nara_letters, post_by_spelling

Archive = Literal["cablegate", "nara"]

# Foreign Relations of the United States: a volume and a document, `frus1969-76ve09p1/d12`,
# `frus1952-54v10Ed2/d3`.
_FRUS = late_pattern(r"FRUS[0-9]{4}(?:-[0-9]{2,4})?[0-9A-Z]*/D[0-9]+[A-Z]?")
# Year, post and number with nothing between them: `07GUANGZHOU376`, `2007GUANGZHOU00376`, `1974LAPAZ00173`. A
# post may hold a digit by mistake: `070TTAWA12`.
_REFERENCE = late_pattern(
    r"(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})(?P<post>[0-9A-Z]*[A-Z])(?P<number>[0-9]+)"
)
# The letter with which collections tell copies or releases of a cable apart: `07GUANGZHOU376_a`.
_COPY = late_pattern(r"_[A-Z]$")
# An id among other words, as people paste it: `see 07 Guangzhou 376.`, `(06 SAN JOSE 1234)`,
# `'07 Port-au-Prince #12`, `1974LAPAZ00173_b`. A post has up to four words (HO CHI MINH CITY).
_IN_TEXT = late_pattern(
    r"(?<![^\W_])(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})[ \t\-]{0,2}"
    r"(?P<post>[^\W\d_]+(?:(?:['’.] ?|[ \t]{1,2}|-)[^\W\d_]+){0,3})"
    r"[ \t\-]{0,2}#?(?P<number>[0-9]{1,8})(?:_[A-Za-z])?(?![^\W_])"
)
_FRUS_IN_TEXT = late_pattern(rf"(?<![^\W_]){_FRUS.pattern}(?![^\W_])", re.IGNORECASE)

# Years of two digits: the first cables of the archives are of 1966.
_FIRST_YEAR_OF_1900S = 66
# The years of which NARA's document numbers cut the post to six characters.
_NARA_YEARS = range(1973, 1980)
_NARA_DIGITS = 5
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class IdSpan:
    """An id found in a text: `text[start:end]` is as pasted, `key` its look-up key."""

    start: int
    end: int
    key: str


def canonical_id(
    year: int, post_code: str, number: int, archive: Archive = "cablegate", letters: str = ""
) -> str:
    """The id of a cable as its archive writes it.

    `year` has four digits. Cablegate has two digits of the year and no leading zeros (`07GUANGZHOU376`,
    `66BUENOSAIRES2481`); NARA has the whole year, the post cut to six characters and five digits or more
    (`1974LAPAZ00173`, `1979STATE268392`). `letters` are those that the archive has for the post, where they are known:
    telegrams from USNATO are `1975NATO03012`, of which the code tells nothing.
    """
    if archive == "nara":
        return f"{year:04d}{letters or nara_post(post_code)}{number:0{_NARA_DIGITS}d}"
    return f"{year % 100:02d}{post_code}{number}"


def can_name(text: str) -> bool:
    """Whether a text may be the id of a cable: it is shown on a line, and is a part of addresses and file names.

    No control characters or line ends, no half of a surrogate pair, and neither `.` nor `..`, which lead elsewhere.
    """
    return bool(text.strip()) and text.isprintable() and bool(text.strip("."))


def lookup_key(text: str) -> str:
    """The same key for every spelling of one id.

    `07GUANGZHOU376`, `07 Guangzhou 376`, `2007GUANGZHOU00376` and `07guangzhou376_a` all give `2007GUANGZHOU376`:
    four digits of the year (66 to 99 are of the 1900s), the post's code after correction by the table of
    spellings, the number without leading zeros. Ids of FRUS are given in lower case. Text that is no id
    gives itself in upper case, blanks made single; a key is its own key.
    """
    folded = " ".join(fold(text).split())
    if _FRUS.fullmatch(folded):
        return folded.lower()
    found = _REFERENCE.fullmatch(compact(_COPY.sub("", folded)))
    if found is None:
        return folded
    return _key(_full_year(found["year"]), found["post"], found["number"])


def year_and_post(key: str) -> tuple[int, str] | None:
    """The year and the code of the post that a look-up key tells; None for one that is no message reference."""
    found = _REFERENCE.fullmatch(key)
    return None if found is None else (_full_year(found["year"]), found["post"])


def find_ids(text: str) -> tuple[IdSpan, ...]:
    """The ids that stand among the words of a text, in their order, without overlaps.

    Found are ids of FRUS, and a year, a known post in any spelling and a number, together or with blanks. A
    year and a number around a word that is no post are no id.
    """
    spans = []
    for found in _FRUS_IN_TEXT.finditer(text):
        spans.append(IdSpan(found.start(), found.end(), lookup_key(found.group())))
    # The years in an id of FRUS (`1969-76`) begin no other id.
    rest = _FRUS_IN_TEXT.sub(lambda found: "|" * len(found.group()), text)
    position = 0
    while match := _IN_TEXT.search(rest, position):
        year, post = _full_year(match["year"]), compact(match["post"])
        if _post_code(year, post) is None:
            # What looked like a number may be the year of the next: `in 2007 and 06 PARIS 12`.
            position = match.end("year")
            continue
        spans.append(IdSpan(match.start(), match.end(), _key(year, post, match["number"])))
        position = match.end()
    return tuple(sorted(spans, key=lambda span: span.start))


def _key(year: int, post: str, number: str) -> str:
    return f"{year}{_post_code(year, post) or post}{number.lstrip('0') or '0'}"


def _full_year(written: str) -> int:
    year = int(written)
    if len(written) == _YEAR_DIGITS:
        return year
    return year + (1900 if year >= _FIRST_YEAR_OF_1900S else 2000)


def _post_code(year: int, post: str) -> str | None:
    """The code of a post written in compact form, None if the tables have none."""
    known = post_by_spelling(post)
    if known is None and year in _NARA_YEARS:
        known = post_by_nara_letters(post)
    return known.code if known else None
