"""Initials with blanks between them: `A. Q. Khan` is written `A.Q. Khan` as well, `U. S.` `U.S.`.

Owns which blanks of a text stand inside such a run; without them the text has the same words as the other spelling.
Must not know what else a word is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.late_patterns import late_pattern

_LETTER = r"[^\W\d_ʼʻ]"
# One blank, or the end of a line with what indents the next; not an empty line, not the two blanks behind a sentence.
_BLANK = r"(?: |\u00a0|[ \t]{0,80}\r?\n[ \t]{0,80})"
# Single letters, each with a full stop: `A. Q.`, `U. S.` also in `(U. S.-led`; the first two may touch, as in the
# `J.R. R.` of Tolkien. Not `Ph. D.`, not `A. Q.Khan`, not the `A. U.S.` of a list.
_RUN = late_pattern(rf"(?<!\w)(?<!\w\.){_LETTER}\.(?:{_LETTER}\.)?(?:{_BLANK}{_LETTER}\.(?!\w))+")
_INITIAL = late_pattern(_LETTER)
# Cheap, and in every run: the `. Q.` of `A. Q.`.
_SIGN = late_pattern(r"\.\s+\w\.")
# Right before a run: the word whose letter the first one is, `Annex A. B. Smith said`, `Plan A. I. General`.
_WORD_BEFORE = late_pattern(r"([^\W\d_]{3,12})\s{1,4}\Z")
_LABELLED = """
    annex appendix article attachment block category chapter clause column enclosure exhibit grade group hepatitis item
    level option para paragraph part phase plan point ref reftel reftels schedule section step tab table team type unit
    vitamin zone
"""
_LABELS = frozenset(_LABELLED.split())
# Complete as they are: a letter behind one, `in the U.S. B. Economy`, begins something else; and before one of those
# that are written with blanks, `A. U. S. policy`, something has ended.
_COMPLETE = frozenset({"us", "un", "uk", "eu", "dc", "eo", "am", "pm"})
_WITH_BLANKS = frozenset({"us", "un", "uk"})


def begins_with_initial(chunk: str) -> bool:
    """Whether what stands between two blanks could go on with a run: `Q.`, `S.-led`. Not `U.S.`."""
    first = chunk[0]
    return (
        chunk[1:2] == "." and first.isalnum() and not first.isdecimal() and not chunk[2:3].isalnum()
    )


def blanks(text: str) -> list[tuple[int, int]]:
    """Where the blanks inside runs of initials begin and end, in their order."""
    if not _SIGN.search(text):
        return []
    return [blank for run in _RUN.finditer(text) for blank in _inside(text, run)]


def without(text: str, removed: list[tuple[int, int]]) -> str:
    """A text without these blanks."""
    ends = [0, *(end for _, end in removed)]
    starts = [*(start for start, _ in removed), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def filled(text: str, sign: str) -> str:
    """A text, as long as it was, with a sign in place of each character of these blanks."""
    characters = list(text)
    for start, end in blanks(text):
        characters[start:end] = sign * (end - start)
    return "".join(characters)


def _inside(text: str, run: re.Match[str]) -> list[tuple[int, int]]:
    places = [match.start() for match in _INITIAL.finditer(text, run.start(), run.end())]
    letters = "".join(text[place] for place in places).lower()
    gaps = [(place + 2, following) for place, following in pairwise(places)]
    apart = set()  # gaps at which a run is parted, by their number
    label = _WORD_BEFORE.search(text, max(0, run.start() - 16), run.start())
    if label and label[1].lower() in _LABELS:
        apart.add(0)
    touching = gaps[0][0] == gaps[0][1]
    if touching and letters[:2] in _COMPLETE:
        apart.add(1)
    if not touching and len(letters) > 2 and letters[-2:] in _WITH_BLANKS:
        apart.add(len(gaps) - 2)
    return [gap for number, gap in enumerate(gaps) if number not in apart and gap[0] < gap[1]]
