"""Words that differ by one slip of a typist: a letter left out, added or wrong, or two neighbours swapped.

Owns what one slip is. Must not know what the words mean, nor which are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def without_one_letter(word: str) -> Iterable[str]:
    """A word, and the word with each of its letters left out: two words one slip apart have one of these in common."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def slips(words: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """For each form without a letter the words that it can come from: what `one_slip_from` looks into."""
    found: dict[str, set[str]] = {}
    for word in words:
        for form in without_one_letter(word):
            found.setdefault(form, set()).add(word)
    return {form: frozenset(several) for form, several in found.items()}


def one_slip_from(word: str, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Those of the known words (a table of `slips`) that a word misses by one slip, or not at all."""
    near: set[str] = set()
    for form in without_one_letter(word):
        near |= known.get(form, frozenset())
    return frozenset(each for each in near if one_slip(word, each))


def one_slip(word: str, other: str) -> bool:
    """Whether two words differ by one letter left out, added or replaced, or by two neighbours swapped."""
    if abs(len(word) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    if at is None:
        return True
    one, two = word[at:], other[at:]
    return (
        one[1:] == two
        or one == two[1:]
        or one[1:] == two[1:]
        or (one[1::-1] == two[:2] and one[2:] == two[2:])
    )
