"""Ids of cables in any spelling, spliced and misspelt ones too, brought to the form of their archive.

Owns the mending of an id's year, post and number. Must not know where in a cable an id stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from corpus.dates import full_year
from corpus.ids import canonical_id as format_id
from corpus.model import Post
from corpus.posts import compact, fold, post_by_nara_letters, post_by_spelling, posts
from corpus.posts import post as post_by_code
from corpus.table_files import read_table
from indexer.grammar.near_words import one_slip_from, slips
from indexer.grammar.vocabulary import COMPACT_CAPTION, COMPACT_LEVEL

# FRUS: a volume and a document, `frus1969-76ve09p1/d12`.
_FRUS = re.compile(r"FRUS\d{4}(?:-\d{2,4})?[0-9A-Z]*/D\d+[A-Z]?")
# The letter that tells copies apart: `07GUANGZHOU376_a`; what stands around an id: `(REF A: 07 LIMA 12)`.
_COPY = re.compile(r"_[A-Z]$")
_LEAD = re.compile(r"^(?:[(\[]|REF(?:S|TELS?|\(S\))?\b[\s:.]*|\(?[A-Z][).:]\s+)+")
_YEAR = r"(?P<year>(?:19|2[0O])[0-9O]{2}|[0-9O][0-9O])"
# Year, post and number with nothing between them; O stands for 0 in year and number.
_ID = re.compile(rf"{_YEAR}(?P<post>[0-9A-Z]*[A-Z])(?P<number>[0-9O]*[0-9])O?")
# The section's count, with what precedes it, between year and post: `09SECTION01OF03SANJOSE525`; with the wire's page
# count behind the number: `07GUANGZHOU00000376002OF004`.
_SECTION = re.compile(rf"{_YEAR}[A-Z]{{0,60}}?[0-9O]{{1,2}}OF[0-9O]{{1,2}}(?P<rest>[A-Z].*)")
_PAGE = re.compile(r"(?P<rest>.*[A-Z][0-9]{8})[0-9]{3}OF[0-9]{3}")
# Words of the class line and captions spliced in behind the year: `09UNCLASGUANGZHOU376`, `08CONFIDENTIALKABUL1`.
_SPLICED = (
    rf"(?:{COMPACT_LEVEL}|{COMPACT_CAPTION}|CLASSIFIED|EFTO|FOUO|FOROFFICIALUSEONLY|FINALSECTION|SECTION|REFTEL|REF|"
    r"CABLE|EMBASSY|AMEMBASSY|AMCONSUL)"
)
_CLASS_WORDS = re.compile(rf"{_YEAR}{_SPLICED}+(?P<rest>[A-Z].*)")
# Captions between post and number: `07TASHKENTSIPDIS12`.
_CAPTION_INSIDE = re.compile(
    rf"(?P<rest>[0-9O]{{2,4}}[0-9A-Z]*?[A-Z])(?:{COMPACT_CAPTION}|NOTAL)+"
    r"(?P<number>[0-9O]*[0-9])"
)
# What says the kind of post, run together with its name: `REOHILLAH`, `COGUANGZHOU`, `USMISSIONUSUNNEWYORK`.
_KIND_BEFORE = re.compile(
    r"(?:(?:AM|US)?(?:EMBASSY|EMB|CONSULATE(?:GENERAL)?|CONSUL|CONGEN|MISSION|OFFICE)|USINT|USLO|REO|RRT|CO)"
    r"(?=[A-Z]{4})"
)
# The capital behind the Department: `STATEWASHDC`.
_CAPITAL_BEHIND = "WASHDC"
# Words behind the number: `06ROME123NOTAL`, `06LIMA1ANDPREVIOUS`, `09LIMA12PARA3`.
_BEHIND = re.compile(
    rf"(?P<rest>.*[0-9])(?:PARA(?:GRAPH)?S?[0-9]{{1,4}}|{COMPACT_CAPTION}|NOTAL|ANDPREVIOUS|ETAL|"
    r"SECTION[0-9]{1,2}OF[0-9]{1,2}|SEPTEL)+"
)
# The year behind or between: `LAPAZ 123 (09)`, `STATE (01) 201265`, `GUANGZHOU 2006 123`, `5049-01`.
_YEAR_BETWEEN = re.compile(
    r"(?P<post>[A-Z][A-Z .'-]*?)[\s(-]+'?(?P<year>(?:19|20)\d\d|\d\d)[\s)-]+#?(?P<number>\d{1,8})"
)
_YEAR_BEHIND = re.compile(
    r"(?P<post>[A-Z][A-Z .'-]*?)\s*#?(?P<number>\d{1,8})\s*[\s(/,-]\s*'?(?P<year>(?:19|20)\d\d|\d\d)\)?"
)
# O for 0 inside a number or at the head of a year: `O9STATE1O5`.
_LETTER_O = re.compile(r"(?<=[0-9])O(?=[0-9])|^O(?=[0-9])")
_SHORTEST_MENDED = 5
_LONGEST_ID = 200
_NARA_DIGITS = 5


@cache
def _for_references() -> Mapping[str, str]:
    return {row["as_written"]: row["code"] for row in read_table("reference_spellings")}


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    return slips(each.code for each in posts())


@lru_cache(maxsize=4096)
def mentioned_post(words: str) -> Post | None:
    """The post that a reference means by these words: as `post_by_spelling`, and by what references alone write."""
    key = compact(words)
    if key in _for_references():
        return post_by_code(_for_references()[key])
    found = post_by_spelling(words)
    if found is None and "0" in key:
        # `0TTAWA`, `COTON0U`: a zero for the letter.
        found = post_by_spelling(key.replace("0", "O"))
    kind = _KIND_BEFORE.match(key) if found is None else None
    if kind:
        found = mentioned_post(key[kind.end() :])
    elif found is None and key.endswith(_CAPITAL_BEHIND) and key != _CAPITAL_BEHIND:
        found = mentioned_post(key.removesuffix(_CAPITAL_BEHIND))
    return found


@lru_cache(maxsize=4096)
def mended_post(words: str) -> Post | None:
    """The one post that a word of five letters and more misses by one letter (left out, too many, wrong, swapped)."""
    key = compact(words)
    half = key[: len(key) // 2]
    if len(key) % 2 == 0 and key == half * 2:
        return mentioned_post(half)
    if not _SHORTEST_MENDED <= len(key) <= 24 or not key.isalpha() or key in _for_references():
        return None
    near = one_slip_from(key, _codes())
    return post_by_code(next(iter(near))) if len(near) == 1 else None


def canonical_id(text: str) -> str:
    """The id that any spelling of one means, as its archive writes it.

    `09SECTION01OF03SANJOSE525` is `09SANJOSE525`, `04VAT123` is `04VATICAN123`, `02SECSTATE1` is `02STATE1`;
    case, blanks, hyphens, zeros before the number, O for 0, a year of four digits, before, between or behind, and posts
    misspelt by one letter do not count. NARA's ids keep their form (`1974LAPAZ00173`). With a post nobody knows the
    letters stay; text that is no id comes back in upper case, blanks made single.
    """
    folded = " ".join(fold(text[:_LONGEST_ID]).split())
    if _FRUS.fullmatch(folded):
        return folded.lower()
    bare = _COPY.sub("", _LEAD.sub("", folded)).strip(" .,;:()[]#")
    key = _LETTER_O.sub("0", compact(bare))
    unknown = ""
    for form in _forms(key):
        match = _ID.fullmatch(form)
        if match is None:
            continue
        found = _read(match)
        if found:
            return found
        unknown = unknown or _plain(match)
    for pattern in (_YEAR_BETWEEN, _YEAR_BEHIND):
        match = pattern.fullmatch(bare)
        post = mentioned_post(match["post"]) or mended_post(match["post"]) if match else None
        if match and post:
            return format_id(full_year(match["year"]), post.code, int(match["number"]))
    return unknown or folded


def _forms(key: str) -> Iterable[str]:
    """An id's letters and digits, and what is left of them when splices are taken out."""
    yield key
    for _ in range(3):
        before = key
        for pattern in (_SECTION, _PAGE, _CLASS_WORDS, _BEHIND, _CAPTION_INSIDE):
            match = pattern.fullmatch(key)
            if match:
                parts = match.groupdict()
                key = parts.get("year", "") + parts["rest"] + parts.get("number", "")
                yield key
        if key == before:
            return


def _read(match: re.Match[str]) -> str | None:
    """The id of a known post; NARA's form where the text has it."""
    year, number = _digits(match["year"]), int(_digits(match["number"]))
    letters = match["post"]
    post = mentioned_post(letters)
    nara = len(year) == 4 and 1973 <= int(year) <= 1979 and len(match["number"]) >= _NARA_DIGITS
    if post is None and nara:
        post = post_by_nara_letters(letters)
    post = post or mended_post(letters)
    if post is None:
        return None
    if not nara:
        return format_id(full_year(year), post.code, number)
    # Letters that NARA itself has for the post stay: `1975NATO03012`.
    own = letters if post_by_nara_letters(letters) == post else ""
    return format_id(full_year(year), post.code, number, "nara", own)


def _plain(match: re.Match[str]) -> str:
    return f"{full_year(_digits(match['year'])) % 100:02d}{match['post']}{int(_digits(match['number']))}"


def _digits(written: str) -> str:
    return written.replace("O", "0")
