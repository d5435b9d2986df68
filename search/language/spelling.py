"""Which words a pattern stands for, and how far apart two spellings are.

Owns the comparison of one term with another; the same for every engine, and for marks. Must not know an index.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

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


@lru_cache(maxsize=1 << 16)
def alike(term: str, other: str, limit: int) -> int | None:
    """How many changes make one term of the other, None if more than `limit`.

    A change is a letter put in, left out or replaced, or two neighbours that changed places (optimal string alignment).
    """
    if abs(len(term) - len(other)) > limit:
        return None
    # Each letter that the other has not at all takes a change of its own; most terms are told apart by this.
    letters, others = set(term), set(other)
    if len(letters - others) > limit or len(others - letters) > limit:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(term, start=1):
        older, before, row = before, row, [place]
        for column, another in enumerate(other, start=1):
            changes = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != another))
            if (
                place > 1
                and column > 1
                and letter == other[column - 2]
                and term[place - 2] == another
            ):
                changes = min(changes, older[column - 2] + 1)
            row.append(changes)
        if min(row) > limit and min(before) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


def pieces(term: str, limit: int) -> tuple[tuple[str, int], ...]:
    """Stretches of a term with their places, of which every term `limit` changes away has one whole.

    A change spoils at most two of them (two letters that changed places stand in two); so one more than that is cut.
    Where letters are too few for that there is none, and any term may be alike.
    """
    count = 2 * limit + 1
    if len(term) < count:
        return ()
    edges = [len(term) * part // count for part in range(count + 1)]
    return tuple((term[low:high], low) for low, high in pairwise(edges))
