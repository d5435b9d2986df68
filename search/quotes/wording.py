"""The words of a text that is compared, and what of a quotation is the writer's own.

Owns what counts as the same word: `search.text.analysis` says it, as for phrases; in addition a possessive ending and
signs of money and of shares count. Must not know an index.

What a writer puts into a quotation by the usual conventions is none of its words: `...`, `…`, `[...]` leave out any
number of words, `[the minister]` stands for a few, `[sic]` for none, `[T]he` is `The`, `report[ed]` any word that
begins so. Numbers of paragraphs with portion marks, `3. (C)`, count nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.late_dataclasses import dataclass
from search.text.analysis import analyse

# Signs that change what a figure means.
_SIGNS = re.compile(r"[%‰$€£¥]")
_POSSESSIVE = re.compile(r"['’‘ʼ´`′][sS](?!\w)")

_ELLIPSIS = r"\[\s*(?:\.{3,4}|…|\.(?: \.){2,3})\s*\]|\(\s*(?:\.{3,4}|…)\s*\)|…|\.{3,}|\.(?:[ \u00a0]\.){2,}|\*{3}"
_SIC = r"[\[(]\s*sic!?\s*[\])]"
_NOTE_MARK = r"\[\^[\w-]{1,20}\]|\[[0-9]{1,4}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
_OWN = re.compile(
    rf"(?P<none>{_SIC}|{_NOTE_MARK})"
    rf"|(?P<ellipsis>{_ELLIPSIS})"
    r"|(?P<letter>(?<!\w)\[[^\W\d_]\](?=[^\W\d_]))"
    r"|(?P<ending>[^\W\d_]+\[[^\[\]\n]{1,30}\][^\W\d_]*)"
    r"|(?P<insertion>\[[^\[\]\n]{1,300}\])",
    re.IGNORECASE,
)
# `(C)`, `(SBU)`, `(S//NF)`.
PORTION_MARK = re.compile(
    r"\((?:U|C|S|TS|SBU|LOU|FOUO|CONF|UNCLAS|[CSU]/{1,2}(?:NF|NOFORN|REL[^()]{0,40}))\)"
)
# `3. (C) `, `(SBU) `, at the start of a sentence of a quotation.
_MARK = re.compile(
    rf"(?:(?<=^)|(?<=[.!?:\n\"”])|(?<=[.!?:\n\"”] ))(?:[0-9]{{1,3}}\.[ \t]*)?{PORTION_MARK.pattern}(?=\s)"
)
# Joins letters in one word, and is none itself.
_JOINER = "\u200c"
# More words in brackets than these are no insertion but the cable's own, or its editors'.
_LONGEST_INSERTION = 6
# An insertion stands for so many words of the cable at most.
INSERTED = 12


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """The words of a text, with their places."""
    forms: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for token in analyse(text):
        for sign in _SIGNS.finditer(text, position, token.start):
            forms.append(sign[0])
            spans.append(sign.span())
        ending = _POSSESSIVE.match(text, token.end)
        forms.append(f"{token.term}'s" if ending else token.term)
        spans.append((token.start, ending.end() if ending else token.end))
        position = spans[-1][1]
    for sign in _SIGNS.finditer(text, position):
        forms.append(sign[0])
        spans.append(sign.span())
    return Words(text, tuple(forms), tuple(spans))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: as they are compared, and where each stands in it."""

    text: str
    forms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a quotation in a row, `words[start:end]`; before it the cable may have `gap` words, None: any number."""

    start: int
    end: int
    gap: int | None = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """A quotation's own words, in runs that must follow each other in the cable. `text` is the quotation's."""

    words: Words
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The quotation, its line ends and all."""
        return self.words.text


def as_printed(quotation: str) -> Wording:
    """All words of a quotation, as if brackets and ellipses in it were the cable's own."""
    words = words_of(quotation)
    return Wording(words, (Run(0, len(words)),) if len(words) else ())


def wording_of(quotation: str) -> Wording:
    """The words that a quotation claims a cable has."""
    bare = list(quotation)
    gaps: list[tuple[int, int | None]] = []

    def blank(start: int, end: int) -> None:
        bare[start:end] = " " * (end - start)

    for match in _OWN.finditer(quotation):
        start, end = match.span()
        match match.lastgroup:
            case "none":
                blank(start, end)
            case "letter":
                bare[start], bare[start + 2] = " ", _JOINER
            case "ellipsis":
                blank(start, end)
                gaps.append((start, None))
            case _ if len(match[0].split()) <= _LONGEST_INSERTION:
                blank(start, end)
                gaps.append((start, INSERTED))
    for match in _MARK.finditer(quotation):
        blank(*match.span())
    words = words_of("".join(bare))
    words = Words(quotation, words.forms, words.spans)
    return Wording(words, tuple(_runs(words, gaps)))


def _runs(words: Words, gaps: list[tuple[int, int | None]]) -> list[Run]:
    runs: list[Run] = []
    start = 0
    waiting: int | None = 0
    rest = list(gaps)
    for place, (begin, _) in enumerate(words.spans):
        while rest and rest[0][0] <= begin:
            gap = rest.pop(0)[1]
            if place > start:
                runs.append(Run(start, place, waiting))
                start, waiting = place, 0
            waiting = None if gap is None or waiting is None else waiting + gap
    if start < len(words):
        runs.append(Run(start, len(words), waiting))
    if runs:
        # What stands before the first words is not looked at.
        runs[0] = Run(runs[0].start, runs[0].end, 0)
    return runs
