"""Pasted text: which parts of a line look like signs of the query language and are text.

Owns what a title in capitals, the line of a header and the beginning of a paragraph look like. Must not know what
becomes of them. What the tree of a question prints is never taken for pasted text: there each two words have an
operator between them, and no blank stands behind the name of a field.
"""

from __future__ import annotations

import re

from corpus.late_patterns import late_pattern
from search.language.tree import OPERATOR

_QUOTES = '"“”„«»'
# What is one word, whatever stands in it: what is quoted, a range.
_WHOLE = late_pattern(
    rf'"(?:\\.|[^"\\])*"?|[{_QUOTES}](?:\\.|[^{_QUOTES}\\])*[{_QUOTES}]?|[\[{{][^\]}}]*[\]}}]?'
)
# The name of a field, `SUBJECT:`, which may be written in small letters.
_NAME = late_pattern(r"[A-Za-z][A-Za-z_-]*:(?=\S|\s|\Z)")
# A word with its place; a backslash takes a blank in.
_WORD = late_pattern(r"(?:\\.|[^\s()])+", re.DOTALL)
_LETTERS = late_pattern(r"[^\W\d_]+")

# `12. `, `(C) `, `12. (S/NF) ` before two words or more: how a paragraph begins. And a footnote, `2 The Department
# informed posts`: before five words, the first of them with a capital.
_MARK = r"\((?:U|C|S|TS|SBU|LOU|FOUO)(?:[/-][A-Z]{1,8}){0,3}\)"
OPENING = late_pattern(
    rf"\s*(?:[0-9]{{1,3}}\s+(?=[“\"]?[A-Z][a-z]*(?:\s+[^\s()]+){{4}})|[0-9]{{1,3}}[.)]\s+(?:{_MARK}\s*)?|{_MARK}\s*)(?=[^\s()]*[^\W_][^\s()]*\s+\S)"
    r"(?!(?:AND|OR|NOT|NEAR/[0-9]+)\s)"
)
# The mark of a subject, `(C)` behind `SUBJECT:`; with nothing behind it, it is all that there is.
SUBJECT_MARK = late_pattern(rf"\s*{_MARK}(?=\s+\S)")
ONLY_MARK = late_pattern(rf"\s*{_MARK}\s*\Z")
# What follows an addressee and is no part of it: `PRIORITY`, `IMMEDIATE 5322`, `NIACT IMMEDIATE`, `5322`.
PRECEDENCE = late_pattern(
    r"\s+(?:(?:NIACT\s+)?(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE)(?:\s+[0-9]{1,5})?|[0-9]{1,5})(?=\s*\Z)"
)
LONGEST_PRECEDENCE = 60
# Behind the name of a field: a blank, and two words or more.
_REST = late_pattern(r"\s+[^\s()]+\s+\S|\s+\(")


def signs_among_capitals(text: str) -> frozenset[int]:
    """Where AND, OR, NOT, NEAR, `/5` stand among words in capitals and are words: the places in the text.

    So it is where a line has no small letter, apart from the names of fields, and somewhere two words side by side:
    `THE SUGAR ACT IS NOT RENEWED`, and not `SUGAR AND NOT WHEAT`.
    """
    plain = _WHOLE.sub(lambda found: "#" * len(found.group()), text)
    plain = _NAME.sub(lambda found: " " * len(found.group()), plain)
    letters = "".join(_LETTERS.findall(plain))
    if not letters.isupper():
        return frozenset()
    places: set[int] = set()
    other = beside = False
    word_before = False
    for found in _WORD.finditer(plain):
        if OPERATOR.fullmatch(found.group()):
            places.add(found.start())
            other = other or found.group() not in ("AND", "&&")
            word_before = False
        else:
            beside = beside or (word_before and not _parted(plain, found.start()))
            word_before = bool(_LETTERS.search(found.group()))
    # AND among words finds the same, whatever it is taken for.
    return frozenset(places) if beside and other else frozenset()


def _parted(text: str, start: int) -> bool:
    """Whether a parenthesis stands between a word and the one before it."""
    while start and text[start - 1].isspace():
        start -= 1
    return text[start - 1 : start] in ("(", ")")


def is_header_line(name: str, text: str, end: int) -> bool:
    """Whether the name of a field, in capitals or with one, begins a line of a header: `TO: SECSTATE WASHDC`.

    `end` is where in the text its colon ends; two words or more follow behind a blank, or a parenthesis.
    """
    return name[0].isupper() and _REST.match(text, end) is not None
