"""Cables named in running text: a post and a number, with a year before, between, behind, or nowhere.

Owns the grammar of one mention (`06 GUANGZHOU 32379`, `STATE (01) 201265`, `PARIS 7472 AND 7677`). Must not know the
field it stands in, nor which year one without a year has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.dates import MONTH_NUMBERS, full_year
from corpus.model import Post
from corpus.posts import fold
from indexer.header.references.ids import mended_post, mentioned_post

# A word or a number; letters and digits need nothing between them: `06STATE1234`. An apostrophe may precede a year.
_TOKEN = re.compile(r"(?P<word>[A-Z][A-Z'.]*)|(?P<number>\d+)")
# O for 0: inside a number, at its end or before it (`STATE 1O5`, `O6 LIMA 12`); 0 for O in a post (`0TTAWA`).
_LETTER_O = re.compile(r"(?<=\d)O(?=[\dO ,;)]|$)|(?<![A-Z])O(?=\d)")
# ... and 0 for O in a post: `0TTAWA`, `COTON0U`.
_DIGIT_0 = re.compile(r"\b0(?=[A-Z]{4})|(?<=[A-Z]{2})0(?=[A-Z])")
# What may stand between the words of a post: blanks, a hyphen, a line end, also one shown as a stroke.
_IN_POST = re.compile(r"[ \t\n]*[ \t\n'.-][ \t\n]*(?:/[ \t\n]*)?|[ \t]*\n[ \t]*")
# Between post and number: `09/MUMBAI/12`, `STATE #123`, `STATE: 123`, `STATE-123`, `STATE, 123`,
# `PARIS TELEGRAM 123`, `STATE NO. 123`, `06STATE123`.
_WORDS_BETWEEN = (
    "NOTAL",
    "CABLE",
    "TEL",
    "TELEGRAM",
    "MSG",
    "MESSAGE",
    "NO",
    "NUMBER",
    "NR",
    "REFTEL",
)
_BEFORE_NUMBER = re.compile(
    r"(?:/(?=\d)|,[ ]{1,2}(?=\d{3,6}(?!\d))|[\s:#.'\"-]*)"
    rf"(?:\(?(?:{'|'.join(_WORDS_BETWEEN)})\b\)?[\s:#.-]*)?#?\s*"
)
# A year between: `STATE (01) 201265`, `STATE '01 201265`, `GUANGZHOU 2006 123`, `KABUL 09-123`, `KABUL 08-7`.
_BETWEEN = re.compile(
    r"[\s(\[-]*'?(?P<year>(?:19|20)\d\d|\d\d)(?:[)\]]\s*[:#-]?\s*|\s*[-/]\s*|\s+#?)"
    r"(?:(?=\d{2,8}(?!\d))|(?<=[ \t]0\d-)(?=\d(?!\d)))"
)
_MONTH = rf"(?:{'|'.join(MONTH_NUMBERS)})[A-Z]{{0,6}}"
# Blanks once taken are not given back, or a run of them would be parted in each way.
# A year behind: `KABUL 123 (08)`, `STATE 5049-01`, `STATE 07718 99`, `LIMA 12 OF 2006`, `PARIS 7, 2004`.
_BEHIND = re.compile(
    r"(?:\s*\(\s*'?(?P<in>(?:19|20)\d\d|\d\d)\s*\)|\s*[/-]\s*'?(?P<sign>(?:19|20)\d\d|\d\d)(?![\d/-])|"
    r"\s+'?(?P<blank>(?:19|20)\d\d|\d\d)(?=\s*(?:[,;.)\n]|$|AND\b|\(|[A-Z]\)))|"
    r",?\s+(?:OF|DATED|DTD|FROM|IN)\s+(?P<of>(?:19|20)\d\d)\b|,\s*(?P<comma>(?:19|20)\d\d)(?=\s*(?:[,;.)\n]|$))|"
    r",?\s++\(?(?:OF|DATED|DTD|FROM)?\s*+\d{1,2}/\d{1,2}/(?P<date>(?:19|20)\d\d|\d\d)\b|"
    rf",?\s++\(?(?:OF|DATED|DTD|FROM)?\s*+(?:{_MONTH}\.? \d{{1,2}},?|\d{{1,2}} ?{_MONTH}\.?,?)"
    r" ?'?(?P<named>(?:19|20)\d\d|\d\d)\b)"
)
# What says that a number is none of a cable: a date (`12 MAY`, `3/4/07`), a time group (`242015Z`), an ordinal.
_NO_NUMBER = re.compile(
    rf"\s*{_MONTH}\b|Z\b|[/-]\d{{1,2}}[/-]\d{{2}}|(?:ST|ND|RD|TH)\b|"
    r"[A-Z]{2,}|\.\d|:\d"
)
# `STATE 12,345` is one number; `STATE 123,125` are two, near each other.
_THOUSANDS = re.compile(r"(\d{1,3}),(\d{3})(?!\d)")
_NEIGHBOURS = 100
# A further number of the same post: `, 7677`, ` AND 7677`, `/7677`, ` & 7677`, `, AND 7677`; a range: `-7677`,
# ` THRU 7677`.
_MORE = re.compile(
    r"\s*(?:(?P<range>-{1,2}|–|\bTHRU\b|\bTHROUGH\b|\bTO\b)|,\s*(?:AND\b|&)?|;|\bAND\b|&|/|\+)\s*#?\s*(?P<number>\d{1,8})(?!\d)",
)
# One digit is a further number in a list of small ones (`BAGHDAD 1, 2, AND 3`), not in `STATE 1234, 5 FAM 12`.
_SMALL = 100
_LIST_GOES_ON = re.compile(r"\s*(?:[,;.)/&\n]|$|AND\b|\(|[A-Z][).])")
# A year before a post, to its left: `06 GUANGZHOU`, `'06 ROME`, `(06) PARIS`, `2006-STATE`, `CY06 LIMA`, `094 LIMA`.
_YEAR_BEFORE = re.compile(
    r"(?<![\dA-Z/])(?:[CF]Y ?)?'?(?P<year>(?:19|20)\d\d|\d\d|0\d\d)\)?[\s'/-]{0,4}$"
)
# What follows a number that is the year of the next cable: `, 08 STATE 12`.
_NEXT_CABLE = re.compile(r"[\s'-]*(?!AND\b|OR\b)[A-Z]{2,}[A-Z .'-]{0,30}?[\s#-]*\d")
# A number's follower, where only blanks part them: `07 STATE 1`.
_CABLE_BEHIND = re.compile(r" {1,3}(?P<post>[A-Z]{3,}(?: [A-Z]+){0,2}) \d")
_DIGIT = re.compile(r"\d")
_LONG_PAST = 16  # years: older cables are hardly cited
_TWO_DIGITS = re.compile(r"\d\d(?!\d)")
_LONGEST_POST = 4  # words
_LONGEST_RANGE = 20
_ABBREVIATED = 2  # digits: `123-25` is 123 to 125


class _Token(NamedTuple):
    """A word or a number in a text."""

    start: int
    end: int
    text: str

    @property
    def number(self) -> bool:
        return self.text[0].isdigit()


class Mention(NamedTuple):
    """A cable named in a text: `text[start:end]` is as printed; `year` has four digits, None if none is written."""

    start: int
    end: int
    post: Post
    number: int
    year: int | None


def mentions(text: str, latest: int | None = None) -> Iterator[Mention]:
    """The cables a text names, in order. `latest` is the last year a year of two digits may mean, None if any may.

    A number alone behind `AND` or a comma is of the post before it; a range gives each of its numbers, twenty at most.
    """
    # Most lines that are looked at have no number, and so name no cable.
    if text.isascii() and _DIGIT.search(text) is None:
        return
    flat = _flat(text)
    tokens = [_Token(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(flat)]
    consumed = 0
    at = 0
    while at < len(tokens):
        if tokens[at].number or tokens[at].start < consumed:
            at += 1
            continue
        found = _match(flat, tokens, at, consumed, latest)
        if not found:
            at += 1
            continue
        yield from found
        consumed = max(mention.end for mention in found)


def _flat(text: str) -> str:
    """The text in capitals, letter for letter as long, with digits and letters where they belong."""
    upper = (
        text.upper()
        if text.isascii()
        else "".join(c if len(c) == 1 else "?" for c in (fold(letter) for letter in text))
    )
    upper = _LETTER_O.sub("0", upper)
    return _DIGIT_0.sub("O", upper)


def _match(
    flat: str, tokens: Sequence[_Token], at: int, consumed: int, latest: int | None
) -> list[Mention]:
    """The mentions of the post that begins at a word, the longest reading first; none if it is no post."""
    size = 1
    while (
        size < _LONGEST_POST
        and at + size < len(tokens)
        and not tokens[at + size].number
        and (
            flat[tokens[at + size - 1].end : tokens[at + size].start] == " "
            or _IN_POST.fullmatch(flat, tokens[at + size - 1].end, tokens[at + size].start)
        )
    ):
        size += 1
    for words in range(min(size, len(tokens) - 1 - at), 0, -1):
        last, behind = tokens[at + words - 1], tokens[at + words]
        if (behind.number or behind.text.startswith(_WORDS_BETWEEN)) and _numbered(flat, last.end):
            name = flat[tokens[at].start : last.end]
            # A letter that stands alone is no misspelling: `LA PAZ A-236` is an airgram.
            whole = words == size and len(last.text) > 1
            post = mentioned_post(name) or (mended_post(name) if whole else None)
            if post is not None:
                start, year = _year_before(flat, tokens[at].start, consumed)
                found = _numbers(flat, start, last.end, post, year, latest)
                if found:
                    return found
    return []


def _numbered(flat: str, end: int) -> bool:
    """Whether a number, or a year and a number, follow closely."""
    match = _BEFORE_NUMBER.match(flat, end)
    at = match.end() if match else end
    return flat[at : at + 1].isdigit() or _BETWEEN.match(flat, end) is not None


def _year_before(flat: str, start: int, consumed: int) -> tuple[int, int | None]:
    match = _YEAR_BEFORE.search(flat, max(consumed, start - 12), start)
    if match is None:
        return start, None
    opened = match.start() - (flat[match.start() - 1 : match.start()] == "(")
    return opened, full_year(match["year"][-2:] if len(match["year"]) == 3 else match["year"])


def _numbers(
    flat: str, start: int, end: int, post: Post, year: int | None, latest: int | None
) -> list[Mention]:
    between = _BETWEEN.match(flat, end) if year is None else None
    if between and _is_number_and_year(flat, between, latest):
        between = None
    if between and _plausible(between["year"], latest):
        year, end = full_year(between["year"]), between.end()
    else:
        gap = _BEFORE_NUMBER.match(flat, end)
        end = gap.end() if gap else end
    digits = _digits(flat, end)
    at = end + len(digits)
    thousands = _THOUSANDS.match(flat, end)
    if thousands and int(thousands[2]) - int(thousands[1]) > _NEIGHBOURS:
        digits, at = thousands[1] + thousands[2], thousands.end()
    if not digits or _NO_NUMBER.match(flat, at) or _is_year_of_next(flat, at, digits, post):
        return []
    found: list[Mention] = []
    number, written = int(digits), year
    while True:
        behind = _BEHIND.match(flat, at) if written is None else None
        if behind is not None and not _is_year(behind, len(digits), latest):
            behind = None
        own = full_year(next(g for g in behind.groups() if g)) if behind else written
        at = behind.end() if behind else at
        found.append(Mention(start, at, post, number, own))
        more = _MORE.match(flat, at)
        if more is None or _NO_NUMBER.match(flat, more.end()) or _is_next_year(flat, more, latest):
            return _with_years(found)
        digits = more["number"]
        further = int(digits)
        thousands = _THOUSANDS.match(flat, more.start("number"))
        end = more.end()
        if thousands and not more["range"] and int(thousands[2]) - further > _NEIGHBOURS:
            further, end = int(thousands[1] + thousands[2]), thousands.end()
        if more["range"]:
            if len(digits) <= _ABBREVIATED < len(str(number)):
                further += number - number % 10 ** len(digits)
            if not 0 < further - number <= _LONGEST_RANGE:
                return _with_years(found)
            found += [
                Mention(start, more.end(), post, each, own) for each in range(number + 1, further)
            ]
        elif len(digits) < 2 and (found[0].number >= _SMALL or not _LIST_GOES_ON.match(flat, end)):
            return _with_years(found)
        start, at, number = more.start("number"), end, further


def _is_number_and_year(flat: str, between: re.Match[str], latest: int | None) -> bool:
    """`ATHENS 1973-91`: the number looks like a year, but one long past, or what follows is the cable's own."""
    behind = _TWO_DIGITS.match(flat, between.end())
    if (
        latest is None
        or behind is None
        or flat[between.end() - 1] != "-"
        or len(between["year"]) != 4
    ):
        return False
    year = full_year(behind.group())
    # No number of two digits begins with a 0.
    return year <= latest and (
        behind.group()[0] == "0" or latest - year <= 2 or latest - int(between["year"]) > _LONG_PAST
    )


def _with_years(found: list[Mention]) -> list[Mention]:
    """A year behind the last number of a list is every number's: `KABUL 12 AND 14 (08)`."""
    last = found[-1].year
    if last is None or all(mention.year is not None for mention in found):
        return found
    return [Mention(m.start, m.end, m.post, m.number, m.year or last) for m in found]


def _is_next_year(flat: str, more: re.Match[str], latest: int | None) -> bool:
    """`, 08 STATE 12`: what looks like a further number is the year of the next cable."""
    written = more["number"]
    year = written[1:] if len(written) == 3 and written[0] == "0" else written
    return (
        len(year) in {2, 4}
        and _plausible(year, latest)
        and _NEXT_CABLE.match(flat, more.end()) is not None
    )


def _is_year_of_next(flat: str, at: int, digits: str, post: Post) -> bool:
    """`DEPT 07 STATE 1`, `LIMA 08 QUITO 3`: a number of two digits is the year of the cable that follows it."""
    next_cable = _CABLE_BEHIND.match(flat, at) if len(digits) == 2 else None
    following = mentioned_post(next_cable["post"]) if next_cable else None
    return following is not None and (digits[0] == "0" or following == post)


def _digits(flat: str, at: int) -> str:
    end = at
    while end < len(flat) and flat[end].isdigit() and end - at <= 8:
        end += 1
    return flat[at:end] if end - at <= 8 else ""


def _is_year(match: re.Match[str], digits: int, latest: int | None) -> bool:
    """Whether what stands behind a number is its year: `5049-01` is, `123-25` is the end of a range."""
    written = next(group for group in match.groups() if group)
    if match["sign"] and (digits < 3 and len(written) == 2):
        return False
    return _plausible(written, latest)


def _plausible(written: str, latest: int | None) -> bool:
    year = full_year(written)
    return 1966 <= year <= (latest if latest is not None else 2012)
