"""The characters of a word and of what is quoted: which of them are signs, and which stand for themselves.

Owns backslashes, the signs of patterns as the tree has them, and what may stand at a word's end: `~2`, `^2`. Must not
know a field, nor where in a line something stood.
"""

from __future__ import annotations

import re

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from search.language import clauses
from search.language.tree import ANY_LETTER, ANY_LETTERS

# A character of a word, the first group, if a backslash stood before it: the `:` of `http\://example`.
_CHARACTER = late_pattern(r"\\(.)|.", re.DOTALL)
# The weight of a word in Lucene, `wheat^2`.
_WEIGHT_AT_END = late_pattern(r"\^[0-9]*\.?[0-9]*\Z")
# What follows a word, `shoes~2`; the number may be missing.
_TILDE_AT_END = late_pattern(r"~([0-9]{0,3})\Z")
# What was a word's likeness in old Lucene, from 0 to 1: `shoes~0.8`.
_LIKENESS_AT_END = late_pattern(r"~(?:0?\.[0-9]+|[01]\.[0-9]*)\Z")
# A `?` that is a sign has letters, or another sign, behind it: `w?rd`, `wom?n*`; not the one of `Putian?`.
_SIGN_BEHIND = late_pattern(r"[^\W_]|\*")


# The same between quotation marks, where the next word is another: `"w?rd"`; not the one of `"Putian? No"`.
_SIGN_IN_QUOTES = late_pattern(r"\?*(?:[^\W_]|\*)")


@dataclass(frozen=True, slots=True)
class SignedWord:
    """A word without its backslashes, its signs as the tree has them; the changes that a `~` allows, None without one;
    and what is said of it, each with its place in the word."""

    text: str
    changes: int | None
    messages: tuple[tuple[int, str], ...] = ()


def word_with_signs(raw: str) -> SignedWord:
    """A word as it stands in a line."""
    messages: list[tuple[int, str]] = []
    if weight := _at_end(_WEIGHT_AT_END, raw):
        messages.append((weight.start(), clauses.no_weight(weight[0])))
        raw = raw[: weight.start()]
    if likeness := _at_end(_LIKENESS_AT_END, raw):
        messages.append((likeness.start(), clauses.no_likeness(likeness[0])))
        raw = f"{raw[: likeness.start()]}~1"
    changes: int | None = None
    kept: list[str] = []
    end = len(raw)
    # A tilde with a word before it; `~500` is a number.
    if tilde := _at_end(_TILDE_AT_END, raw):
        changes, end = int(tilde[1] or 1), tilde.start()
    for match in _CHARACTER.finditer(raw, 0, end):
        if match[0] == "*":
            kept.append(ANY_LETTERS)
        elif match[0] == "?" and _SIGN_BEHIND.search(raw, match.end(), end):
            kept.append(ANY_LETTER)
        else:
            kept.append(match[1] or match[0])
    return SignedWord("".join(kept), changes, tuple(messages))


def _at_end(pattern: re.Pattern[str], raw: str) -> re.Match[str] | None:
    """What stands at a word's end and has its meaning: something is before it, and no backslash."""
    match = pattern.search(raw)
    return match if match and _unescaped(raw, match.start()) else None


def quoted_with_signs(quoted: str) -> str:
    """What stands between quotation marks without its backslashes, with the signs of patterns as the tree has them.

    A star beside a letter, `"monkey busi*"`, and a `?` before one, `"wom?n voters"`, are signs.
    """
    kept: list[str] = []
    before = ""
    for match in _CHARACTER.finditer(quoted):
        following = quoted[match.end() : match.end() + 1]
        if match[0] == "*" and (_is_of_word(before) or _is_of_word(following)):
            kept.append(ANY_LETTERS)
        elif match[0] == "?" and _SIGN_IN_QUOTES.match(quoted, match.end()):
            kept.append(ANY_LETTER)
        else:
            kept.append(match[1] or match[0])
        before = kept[-1]
    return "".join(kept)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character in ("*", "?")


def _unescaped(raw: str, place: int) -> bool:
    """Whether a character behind other ones of a word has its meaning: an even number of backslashes is before it."""
    before = raw[:place]
    return bool(before) and (len(before) - len(before.rstrip("\\"))) % 2 == 0
