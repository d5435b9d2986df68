"""Questions that are words and blanks only, as nearly all lines of a list are: read at once, to what the parser reads.

Owns which lines these are. Must not know a plan. `tests/search/language/test_plain.py` holds both readings to each
other: a line that the parser might read otherwise is none of these.
"""

from __future__ import annotations

from corpus.late_patterns import late_pattern
from search.language.tree import And, Node, Word

# `harbour`, `Putian shoes`: words of ASCII letters with a blank between them. Two capitals may be an operator or
# initials, one letter may be an initial, and many words or letters are more than one question takes.
_PLAIN = late_pattern(r"[A-Za-z][a-z]{1,39}(?: [A-Za-z][a-z]{1,39}){0,9}")
# The same between quotation marks, where initials, full stops and hyphens are as they stand: `A.Q. Khan`.
_PLAIN_PHRASE = late_pattern(r"[A-Za-z][A-Za-z.]{0,39}(?:[ -][A-Za-z][A-Za-z.]{0,39}){0,9}")


def plain(text: str) -> Node | None:
    """The tree of a line of plain words; None for another, which has to be parsed."""
    if _PLAIN.fullmatch(text) is None:
        return None
    words = tuple(map(Word, text.split(" ")))
    return words[0] if len(words) == 1 else And(words)


def is_plain_phrase(text: str) -> bool:
    """Whether a text is read as it is between quotation marks."""
    return _PLAIN_PHRASE.fullmatch(text) is not None
