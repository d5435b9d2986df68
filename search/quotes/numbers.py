"""The cable numbers in a draft: found in its text, and looked up in the index.

Owns what in a text reads as a cable's number, also where no such cable or post exists, and which paragraph is named
with it. Which spellings an id has `corpus.ids` says. Must not know quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.dates import MONTHS
from corpus.ids import find_ids, lookup_key
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from corpus.posts import post_by_spelling
from search.asking.without_year import cables_without_year, telegrams
from search.engines.protocols import Searcher

# `06FAKETOWN1234`, `2006 FAKETOWN 01234`: written as a cable's number is, whether or not there is such a post.
_LIKE_ONE = re.compile(
    r"(?<![\w/.-])(?P<year>(?:19|20)?[0-9]{2})(?P<gap>[ \t]{0,2})(?P<post>[A-Z]{4,20})"
    r"(?P=gap)#?(?P<number>[0-9]{2,8})(?![\w-])"
)
# `GUANGZHOU 001234`, `LA PAZ 2423`, `Guangzhou #00376`: a post and a number without the year; up to four
# words are a post's name.
_WITHOUT_YEAR = re.compile(
    r"(?<![\w-])(?P<words>(?:[A-Z][A-Za-z.'’-]*[ \t]+){1,4})"
    r"(?P<sign>#?)(?P<number>[0-9]{3,8})(?![\w,.]*[0-9%])(?![\w-])"
)
# `¶12`, `para. 12`, `paragraphs 12-13`, `#p12` of an address.
_PARAGRAPH = re.compile(
    r"(?:¶{1,2}[ \t]*|\b[Pp]ar(?:as?|agraphs?)\b\.?[ \t]*|#p)(?P<number>[0-9]{1,3}[a-z]?)(?!\w)"
)
# A paragraph belongs to the number before it, or to the one behind it (`para 3 of 06PARIS12`), so near. Characters.
_BEHIND, _BEFORE = 60, 25
# A number of the years `Paris 2003` may mean.
_YEARS = range(1800, 2100)
_FEWEST_DIGITS = 5
# A year of four digits and a number this short around a name: `in 2005 Paris 12 people`.
_SHORT_NUMBER = 3
_YEAR_DIGITS = 4
# The years that telegrams with numbers of this kind were sent in.
_SENT = range(1966, 2031)
_MONTH_NAMES = frozenset(name.upper() for name in MONTHS) | {name[:3].upper() for name in MONTHS}


@dataclass(frozen=True, slots=True)
class Mention:
    """A cable's number as it stands in a text: `text[start:end]`.

    `key` is its look-up key, "" where it has no year: then `post` and `number` are what it names. `paragraphs` are the
    numbers of the paragraphs that are named with it, as written.
    """

    text: str
    start: int
    end: int
    key: str
    post: str = ""
    number: str = ""
    paragraphs: tuple[str, ...] = ()


def mentions(text: str) -> tuple[Mention, ...]:
    """All cable numbers of a text in their order, without overlaps, each with the paragraphs named with it."""
    found = sorted(_found(text), key=lambda each: each.start)
    named: dict[int, list[str]] = {}
    for match in _PARAGRAPH.finditer(text):
        if (owner := _owner(found, match.start(), match.end())) is not None:
            named.setdefault(owner, []).append(match["number"])
    return tuple(
        Mention(
            one.text,
            one.start,
            one.end,
            one.key,
            one.post,
            one.number,
            tuple(dict.fromkeys(named.get(place, ()))),
        )
        for place, one in enumerate(found)
    )


def _found(text: str) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= begin or start >= stop for begin, stop in taken)

    for span in find_ids(text):
        written = text[span.start : span.end]
        if _is_prose(written):
            continue
        taken.append((span.start, span.end))
        yield Mention(written, span.start, span.end, span.key)
    for match in _LIKE_ONE.finditer(text):
        if free(*match.span()) and match["post"] not in _MONTH_NAMES:
            taken.append(match.span())
            yield Mention(match[0], match.start(), match.end(), lookup_key(match[0]))
    for one in telegrams(text):
        if free(one.start, one.end):
            taken.append((one.start, one.end))
            written = text[one.start : one.end]
            yield Mention(written, one.start, one.end, "", one.post, one.number)
    for match in _WITHOUT_YEAR.finditer(text):
        mention = _without_year(match)
        if mention is not None and free(mention.start, mention.end):
            yield mention


def _is_prose(written: str) -> bool:
    """`2005 Paris 12` among other words: a year, a place and a small number, and no cable's number."""
    year, number = re.match(r"[0-9]*", written), re.search(r"[0-9]+$", written)
    return bool(
        year
        and number
        and " " in written
        and not written.isupper()
        and len(year[0]) == _YEAR_DIGITS
        and len(number[0]) < _SHORT_NUMBER
    )


def _without_year(match: re.Match[str]) -> Mention | None:
    number, words = match["number"], match["words"]
    places = [m.start() for m in re.finditer(r"\S+", words)]
    for place in places:
        name = words[place:].strip()
        post = post_by_spelling(name)
        if post is None:
            continue
        padded = number[0] == "0" or match["sign"]
        sure = padded or len(number) >= _FEWEST_DIGITS
        if not sure and (not name.isupper() or int(number) in _YEARS):
            return None
        start = match.start() + place
        return Mention(match.string[start : match.end()], start, match.end(), "", post.code, number)
    # `FAKETOWN 001234`: written as a number with its zeros, and no post.
    last = match.start() + places[-1]
    name = match.string[last : match.end()].split()[0]
    if number[0] == "0" and len(number) >= _FEWEST_DIGITS and name.isupper() and len(name) > 2:
        return Mention(match.string[last : match.end()], last, match.end(), "", name, number)
    return None


def _owner(found: list[Mention], start: int, end: int) -> int | None:
    """Which mention a paragraph's number stands with: the last one before it, else the next one behind."""
    before = [place for place, each in enumerate(found) if 0 <= start - each.end <= _BEHIND]
    if before:
        return before[-1]
    behind = [place for place, each in enumerate(found) if 0 <= each.start - end <= _BEFORE]
    return behind[0] if behind else None


def cables_of(searcher: Searcher, mention: Mention, seconds: float) -> tuple[Cable, ...]:
    """The cables of the index that a mention may mean: one of a whole number, several where the year is missing."""
    if mention.key:
        cable = searcher.get(mention.key)
        return () if cable is None else (cable,)
    # Not the years of the index: a cable without a date has its year in its number alone.
    return cables_without_year(searcher, [(mention.post, mention.number)], _SENT, seconds)
