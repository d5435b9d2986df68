"""Why a cable is classified: the paragraphs of the executive order that are named as reasons.

Owns their one spelling, `1.4(b)`. Where they stand (the `Classified By` field, a `Reason:` line) others find.
"""

from __future__ import annotations

import re

from indexer.header.blocks import clean_lines
from indexer.header.classified import LONGEST_STATEMENT, joined_lines
from indexer.header.header import Header
from indexer.header.wire import words_of

_REACH = 4000  # characters: where reasons stand that no label announces
# A reason: the order's section and the letter of the paragraph: `1.4 (b)`, `1.5b`, `1.4(B/D)`, `1,4 (b)`, `1. 4 (B)`.
# (What stands before the 1 is looked at behind it, so that the search goes from 1 to 1.)
_SECTION = re.compile(r"1(?<![\d.]1) ?[.,] ?(?P<section>[4-6])(?!\d)")
# The same with any blanks or line ends inside: where it is not found, no reason is.
_MAY_BE_SECTION = re.compile(r"1\s*[.,]\s*[4-6]")
# What tells that a section of the order is meant where no letter does.
_SAID = re.compile(r"\bREASONS?\b|CLASSIF|\bE\.?O\b|\bSECTION\b|\bDECL", re.IGNORECASE)
# Each further letter with what stands before it: ` (b)`, `/d`, ` and (d)`, `BD`.
_LETTERS = re.compile(
    r"[\s,;:&/()[\].-]*(?:(?:AND|OR|A[ ]?N[ ]?D)\b[\s,;:&/()[\].-]*){0,2}(?P<letters>[A-H]{1,3})(?![A-Z'])",
    re.IGNORECASE,
)
# `(a-d)`, `b - d`, `(b through d)`: all letters from the first to the last.
_RANGE = re.compile(r"(?P<from>[A-H])\)? ?(?:-| THROUGH| THRU) ?\(?(?P<to>[A-H])\b", re.IGNORECASE)


def reasons(text: str | Header) -> tuple[str, ...]:
    """The reasons given for the classification, as `1.4(b)`: section of the order, small letter in parentheses.

    `reasons 1.4 (B) and (D)`, `1.4 b/d`, `1.4(b,d)` all give `("1.4(b)", "1.4(d)")`; `1.4 (a-d)` gives
    all four. A section without a letter is given bare (`1.4`) if no letter is named at all.
    """
    header = Header.of(text)
    places = [joined_lines(block) for block in header.blocks_of("classified_by")]
    places += [
        words_of(block.lines[:2])[:LONGEST_STATEMENT] for block in header.blocks_of("reasons")
    ]
    if not places and _MAY_BE_SECTION.search(header.text, 0, _REACH):
        places.append(words_of(clean_lines(header.text[:_REACH])))
        # Figures look alike: `grew 1.4 percent, and 1.5 percent`.
        if not _SAID.search(places[0]):
            return tuple(each for each in _reasons(places[0]) if "(" in each)
    for place in places:
        found = _reasons(place)
        if found:
            return found
    return ()


def _reasons(text: str) -> tuple[str, ...]:
    found: list[str] = []
    bare: list[str] = []
    for match in _SECTION.finditer(text):
        section = f"1.{match['section']}"
        at = match.end()
        letters: list[str] = []
        small = False
        span = _RANGE.match(text, at + len(text[at : at + 3]) - len(text[at : at + 3].lstrip(" (")))
        if span and span["from"].lower() < span["to"].lower():
            letters += [
                chr(code) for code in range(ord(span["from"].lower()), ord(span["to"].lower()) + 1)
            ]
            at = span.end()
        while letter := _LETTERS.match(text, at):
            if len(letter["letters"]) > 1 and not _runs_together(letter["letters"]):
                break
            if (
                letter["letters"] == "a"
                and text[letter.end() : letter.end() + 1] == " "
                and letters
            ):
                break
            if letters and letter["letters"].isupper() is small:
                break  # the mark of the next paragraph: `1.4 (b) and (d) (C)`
            small = letter["letters"].islower()
            letters += list(letter["letters"].lower())
            at = letter.end()
        found += [f"{section}({letter})" for letter in letters]
        bare.append(section)
    return tuple(dict.fromkeys(found or bare))


def _runs_together(letters: str) -> bool:
    """`BD`, `bd`, `abd`: letters in order, and no word (`BE`, `AD`)."""
    low = letters.lower()
    return low not in {"be", "ad", "bed", "ace"} and "".join(sorted(set(low))) == low
