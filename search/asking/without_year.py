"""References to cables as cables and historians write them, without a year: which cables of an index may be meant?

Owns what such a reference looks like: `LA PAZ 2423`, `GUANGZHOU 000376`, `Telegram 2423 from La Paz`. Ids with their
year are `corpus.ids`' to find. Must not know an engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.model import Cable
from corpus.posts import post_by_spelling
from search.engines.protocols import Searcher
from search.language.tree import Everything, Or, Query, Word

# So many references of a text are looked up, and so many cables offered.
MOST = 4

# A number behind words, `LA PAZ 02423`, `(Guangzhou #376)`: not the 12 of `12th`, nor the 74 of `1974-75`.
_NUMBER = late_pattern(r"(?<![\w-])#?(?P<number>[0-9]{1,8})(?![\w-])")
# What stands right before it: up to four words that may be a post (HO CHI MINH CITY).
_WORDS_BEFORE = late_pattern(r"((?:[^\W\d_]+[.'’]?[ \t-]{1,2}){1,4})\Z")
# As footnotes have it: `Telegram 2423 from La Paz`, `telegrams 145678 to Moscow`. Those to a post the Department sent.
_TELEGRAM = late_pattern(
    r"\btelegrams?\s+#?(?P<number>[0-9]{1,8})\s+(?P<way>from|to)\s+"
    r"(?P<post>[^\W\d_]+(?:[ \t-][^\W\d_]+){0,3})",
    re.IGNORECASE,
)
_DEPARTMENT = "STATE"
# `Paris 1973` is a place and a year, `Geneva 4` a convention.
_YEARS = range(1800, 2100)
_FEWEST_DIGITS = 3
# A longer question is looked through up to here.
_LONGEST = 1_000


def is_sure(number: str) -> bool:
    """Whether digits behind a post are the number of a cable, and no year or other small number."""
    return len(number) >= _FEWEST_DIGITS and (number[0] == "0" or int(number) not in _YEARS)


def cables_without_year(
    searcher: Searcher,
    references: Iterable[tuple[str, str]],
    years: Iterable[int] | None = None,
    seconds: float | None = None,
) -> tuple[Cable, ...]:
    """The cables of these posts (by their codes) and numbers, of whichever year, the newest first; `MOST` at most.

    `years` are those of the index, where they are known; else the index is asked for them. Raises TooSlow beyond so
    many seconds.
    """
    wanted = tuple(dict.fromkeys(references))[:MOST]
    if not wanted:
        return ()
    known = _years(searcher, seconds) if years is None else years
    ids = tuple(Word(f"{year}{code}{number}", "id") for code, number in wanted for year in known)
    if not ids:
        return ()
    query = Query(
        Or(ids) if len(ids) > 1 else ids[0],
        sort="newest",
        grouped=True,
        per_cable=1,
        size=MOST,
        snippets=False,
        seconds=seconds,
    )
    found = (searcher.get(group.cable.id) for group in searcher.search(query).groups)
    return tuple(cable for cable in found if cable is not None)


@dataclass(frozen=True, slots=True)
class Telegram:
    """A telegram as footnotes name it, `text[start:end]`: the code of the post that sent it, and its number."""

    start: int
    end: int
    post: str
    number: str


def telegrams(text: str) -> Iterator[Telegram]:
    """`Telegram 2423 from La Paz` and the like in a text, in their order."""
    for found in _TELEGRAM.finditer(text):
        words = list(re.finditer(r"[^ \t-]+", found["post"]))
        for last in reversed(words):  # the longest name first
            end = found.start("post") + last.end()
            if post := _post_of(text[found.start("post") : end]):
                sender = post if found["way"].lower() == "from" else _DEPARTMENT
                yield Telegram(found.start(), end, sender, found["number"])
                break


def references(text: str) -> Iterator[tuple[str, str]]:
    """The posts (their codes) and numbers that stand in a text without a year."""
    text = text[:_LONGEST]
    for one in telegrams(text):
        if is_sure(one.number):
            yield one.post, one.number
    for found in _NUMBER.finditer(text):
        before = _WORDS_BEFORE.search(text, 0, found.start())
        if before is None or not is_sure(found["number"]):
            continue
        words = before[1].split()
        for start in range(len(words)):  # the longest name first
            if post := _post_of(" ".join(words[start:])):
                yield post, found["number"]
                break


def _post_of(name: str) -> str | None:
    post = post_by_spelling(name)
    return post.code if post else None


def _years(searcher: Searcher, seconds: float | None) -> list[int]:
    counted = Query(
        Everything(), facets=("year",), facet_limit=0, size=1, snippets=False, seconds=seconds
    )
    (facet,) = searcher.search(counted).facets
    return [int(each.value) for each in facet.values if each.count and each.value.isdecimal()]
