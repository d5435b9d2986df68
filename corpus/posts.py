"""Posts: who sends cables, and the many ways in which a post is written.

Owns the tables posts, post_spellings and routing (`corpus/tables/README.md` tells their sources). Must not
know cables, pages or queries. Each table is read when it is first asked for, and once.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from corpus.late_patterns import late_pattern
from corpus.model import Post
from corpus.table_files import read_table

# What a spelling of a post consists of, whatever stands between: `Port-au-Prince`, `ST. PETERSBURG`.
_WORD = late_pattern(r"[0-9A-Z]+")
# What is written before a post's name to say what kind of post it is: `AMEMBASSY LA PAZ`, `US MISSION GENEVA`,
# `Consulate General Guangzhou`, `USINT HAVANA`, `REO BASRAH`.
_KIND_BEFORE_NAME = late_pattern(
    r"(?:THE )?(?:"
    r"(?:AM|US|AMERICAN |US |U S )?(?:EMBASSY|EMB|CONSULATE(?: GENERAL)?|CONSUL|CONGEN|MISSION|OFFICE)"
    r"|USINT|USLO|REO|RRT) "
)
# What is written behind an office in the capital: `SECDEF WASHDC`, `DEPT OF COMMERCE WASHINGTON DC`.
_CAPITAL_BEHIND_NAME = late_pattern(r" WASH(?:DC| DC|INGTON(?: DC| D C))$")
# Two ends of a run of routing indicators that differ in their last letter: `RUEAWJA THRU RUEAWJD`.
_INDICATOR_RUN = late_pattern(r"(?P<stem>[A-Z]+)(?P<first>[A-Z]) THRU (?P=stem)(?P<last>[A-Z])")
# What kind of post is said before its name; the others have a name that says it (`AIT Taipei`, `White House`).
_KINDS = {
    "embassy": "Embassy",
    "consulate": "Consulate",
    "mission": "Mission",
    "interests section": "Interests Section",
}
# A name that already says what it is: `USUN New York`, `UNESCO Paris`, `US Mission Berlin`.
_NAMED_BY_ITSELF = late_pattern(r"[A-Z]{2}|.*Mission")
# NARA's document numbers of 1973 to 1979 keep six characters of a post's name as the telegram's page line has it,
# blanks counted and then left out: `1979USUNN04608` is from USUN NEW YORK, with the page line `PAGE 01 USUN N 04608`.
NARA_LETTERS = 6


def fold(text: str) -> str:
    """Text in upper case without accents: the form in which spellings are compared."""
    if text.isascii():
        return text.upper()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).upper()


def compact(text: str) -> str:
    """Only the letters A to Z and the digits of a text, in upper case: `La Paz` is `LAPAZ`."""
    return "".join(_WORD.findall(fold(text)))


def post(code: str) -> Post | None:
    """The post of that canonical code (`GUANGZHOU`), None if the tables have none."""
    return _posts_by_code().get(code)


def posts() -> tuple[Post, ...]:
    """Every post of the tables, in the order of their codes."""
    return tuple(_posts_by_code().values())


def post_kind(code: str) -> str | None:
    """What the post of that code is (`embassy`, `consulate`, `mission`, `office`, ...), None if not known."""
    return _kinds_by_code().get(code)


def kind_before_name(each: Post) -> str:
    """What people say before the name of a post: `Embassy` for Ankara; "" where the name says it."""
    if _NAMED_BY_ITSELF.match(each.name):
        return ""
    return _KINDS.get(post_kind(each.code) or "", "")


def addressee(printed: str) -> str:
    """Who is meant, as people call it: `Embassy Ankara` for `AMEMBASSY ANKARA`; "" where the tables do not know."""
    found = post_by_spelling(printed)
    return f"{kind_before_name(found)} {found.name}".strip() if found else ""


def post_by_routing(indicator: str) -> Post | None:
    """The post behind a routing indicator (`RUEHGZ` is Guangzhou), None if it is not one of a known post."""
    row = _routing().get(indicator.strip().upper())
    return post(row[1]) if row else None


def routing_name(indicator: str) -> str | None:
    """The name a routing indicator stands for, as the routing table writes it, None if it is not there."""
    row = _routing().get(indicator.strip().upper())
    return row[0] if row else None


@lru_cache(maxsize=4096)
def post_by_spelling(text: str) -> Post | None:
    """The post meant by any spelling of it, None if none is meant for sure.

    Case, blanks, hyphens and accents do not count. Taken are codes, names, the mistakes and abbreviations of
    the table of spellings, and all of these behind a kind of post (`AMEMBASSY LA PAZ`, `Embassy La Paz`) or
    before the capital (`SECSTATE WASHDC`). A code always means its own post, even where it could be a mistake
    for another's.
    """
    words = " ".join(_WORD.findall(fold(text)))
    kind_off = (
        _KIND_BEFORE_NAME.sub("", words, count=1) if _KIND_BEFORE_NAME.match(words) else words
    )
    for form in (words, kind_off, _CAPITAL_BEHIND_NAME.sub("", kind_off)):
        compacted = form.replace(" ", "")
        # Most are codes already, and for these the two tables of spellings need not be read.
        code = compacted if compacted in _posts_by_code() else _codes_by_spelling().get(compacted)
        if code:
            return post(code)
    return None


def nara_post(code: str) -> str:
    """A post as NARA's document numbers write it: `BUENOSAIRES` is `BUENOS`, `LAPAZ` stays `LAPAZ`.

    A code that is not in the tables is cut to six letters, which is right unless its name has a blank there.
    """
    known = post(code)
    # A hyphen counts as the blank the telegram had (PORT AU PRINCE), an apostrophe as nothing (NDJAMENA).
    name = fold(known.name).replace("-", " ").replace("'", "") if known else code
    if not compact(name).startswith(code):
        # A name for people only (`Department of State`): the telegram had the code itself.
        name = code
    return compact(name[:NARA_LETTERS])


def post_by_nara_letters(letters: str) -> Post | None:
    """The post that the letters of a NARA document number mean, None if it is none or several.

    They are six characters of its name, or what the table of other letters has: `1974ATO01425` is from USNATO.
    """
    code = _codes_by_nara_letters().get(letters)
    return post(code) if code else None


@cache
def _posts_by_code() -> Mapping[str, Post]:
    return {
        row["code"]: Post(row["code"], row["name"], row["country"], row["region"])
        for row in read_table("posts")
    }


@cache
def _kinds_by_code() -> Mapping[str, str]:
    return {row["code"]: row["kind"] for row in read_table("posts") if row["kind"]}


@cache
def _codes_by_spelling() -> Mapping[str, str]:
    # The later a source, the stronger: a code beats a spelling, a spelling a name.
    found = {compact(name): code for name, code in _routing().values() if code}
    # Two codes may have one name (AITTAIPEI and TAIPEI): it means the one spelt like it.
    for each in posts():
        key = compact(each.name)
        if key == each.code or key not in found:
            found[key] = each.code
    found.update((row["as_written"], row["code"]) for row in read_table("post_spellings"))
    found.update((code, code) for code in _posts_by_code())
    return found


@cache
def _routing() -> Mapping[str, tuple[str, str]]:
    """Indicator -> (name, code of the post or an empty text)."""
    single: dict[str, tuple[str, str]] = {}
    of_runs: dict[str, tuple[str, str]] = {}
    for row in read_table("routing"):
        entry = (row["name"], row["post"])
        run = _INDICATOR_RUN.fullmatch(row["indicator"])
        if run is None:
            single[row["indicator"]] = entry
            continue
        for last in range(ord(run["first"]), ord(run["last"]) + 1):
            of_runs[run["stem"] + chr(last)] = entry
    # An indicator inside a run that also has a row of its own is what that row says.
    return of_runs | single


@cache
def _codes_by_nara_letters() -> Mapping[str, str]:
    letters = {code: nara_post(code) for code in _posts_by_code()}
    uses = Counter(letters.values())
    found = {cut: code for code, cut in letters.items() if uses[cut] == 1}
    return found | {row["letters"]: row["code"] for row in read_table("nara_letters")}
