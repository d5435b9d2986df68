"""Which words a pattern stands for, and how far apart two spellings are.

Owns the comparison of one term with another; the same for every engine, and for marks. Must not know an index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from search.language.tree import ANY_LETTER, ANY_LETTERS
from search.text.analysis import analyse


def pattern_term(text: str) -> str | None:
    """A pattern of a word as a pattern of its term; None where it would be several words or none."""
    tokens = analyse(text)
    return tokens[0].term if len(tokens) == 1 else None


@lru_cache(maxsize=1 << 10)
def pattern(term: str) -> re.Pattern[str]:
    """A pattern of a term, or of a folded value, as a regular expression for the whole of one."""
    signs = {ANY_LETTER: ".", ANY_LETTERS: ".*"}
    return re.compile("".join(signs.get(c) or re.escape(c) for c in term), re.DOTALL)


def beginning(term: str) -> str:
    """What stands in a pattern before its first sign: every word of the pattern begins so."""
    return re.split(f"[{ANY_LETTER}{ANY_LETTERS}]", term, maxsplit=1)[0]


def alike(term: str, other: str, limit: int) -> int | None:
    """How many changes make one term of the other, None if more than `limit`.

    A change is a letter put in, left out or replaced, or two neighbours that changed places (optimal string alignment).
    """
    changes = OSA.distance(term, other, score_cutoff=limit)
    return changes if changes <= limit else None


def all_alike(term: str, others: Sequence[str], limit: int) -> Iterator[tuple[int, str]]:
    """Those of other terms that are at most `limit` changes from a term, in their order, each with how many."""
    for other, changes, _ in extract_iter(term, others, scorer=OSA.distance, score_cutoff=limit):
        yield int(changes), other
