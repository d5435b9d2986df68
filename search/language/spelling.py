"""Which words a pattern stands for, and how far apart two spellings are.

Owns the comparison of one term with another; the same for every engine, and for marks. Must not know an index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from search.language.tree import ANY_LETTER, ANY_LETTERS
from search.text.analysis import analyse


def pattern_term(text: str) -> str | None:
    """A pattern of a word as a pattern of its term; None where it would be several words or none."""
    tokens = analyse(text)
    return tokens[0].term if len(tokens) == 1 else None


LONGEST_EXPRESSION = 100


class NotAnExpression(ValueError):
    """A regular expression that can't be read; the message says why, without a full stop."""


@lru_cache(maxsize=1 << 10)
def expression(term: str) -> str:
    """A pattern of a term, or of a folded value, as a regular expression (RE2) for the whole of one."""
    import re2  # as below: no plain word needs it

    signs = {ANY_LETTER: ".", ANY_LETTERS: ".*"}
    return "".join(signs.get(c) or re2.escape(c) for c in term)


def check_expression(text: str) -> None:
    """Raises NotAnExpression for what is no regular expression, or one that is too long or too large."""
    if len(text) > LONGEST_EXPRESSION:
        raise NotAnExpression(f"it is longer than {LONGEST_EXPRESSION} characters")
    _compiled(text)


def matching(text: str, spellings: Iterable[str]) -> list[str]:
    """Those of the spellings, none of them empty, that a regular expression matches whole, in their order; capitals do
    not count.

    All are looked at in one go, each as a line: RE2 takes a time that grows with their length alone, whatever the
    expression is.
    """
    every = (found.group() for found in _compiled(text).finditer("\n".join(spellings)))
    return list(filter(None, every))


@lru_cache(maxsize=1 << 8)
def _compiled(text: str) -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.never_nl = True
    options.log_errors = False
    try:
        # By itself first: what is around it must not close its parentheses.
        re2.compile(text, options)
        return re2.compile(f"(?m)^(?:{text})$", options)
    except re2.error as error:
        reason = error.args[0] if error.args else b""
        said = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise NotAnExpression(said or "it can't be read") from error


def beginning(term: str) -> str:
    """What stands in a pattern before its first sign: every word of the pattern begins so."""
    return re.split(f"[{ANY_LETTER}{ANY_LETTERS}]", term, maxsplit=1)[0]


def alike(term: str, other: str, limit: int) -> int | None:
    """How many changes make one term of the other, None if more than `limit`.

    A change is a letter put in, left out or replaced, or two neighbours that changed places (optimal string alignment).
    """
    from rapidfuzz.distance import OSA

    changes = OSA.distance(term, other, score_cutoff=limit)
    return changes if changes <= limit else None


def all_alike(term: str, others: Sequence[str], limit: int) -> Iterator[tuple[int, str]]:
    """Those of other terms that are at most `limit` changes from a term, in their order, each with how many."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    for other, changes, _ in extract_iter(term, others, scorer=OSA.distance, score_cutoff=limit):
        yield int(changes), other
