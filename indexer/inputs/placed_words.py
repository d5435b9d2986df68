"""Pieces of text as they are drawn on a page, and the lines that a reader sees: what stands at one height is one line.

Owns the repair of pages whose words are placed one by one, as in the layer of text that lies over a scan. What a
library makes of such a page has a word on each line, or no blank between two words. Must not know PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Pieces stand on one line that differ in height by less than this share of their size (a scan is not quite straight),
# and on two that differ by more than that one.
_SAME_LINE, _OTHER_LINE = 0.4, 0.6
# A page is put right where that many pieces contradict their heights: one or two may be a raised number.
_ENOUGH = 3
_SHARE = 0.2
# Pieces are words if hardly one has a blank inside, and they are not the letters or syllables that some programs place.
_WORDS = 0.9
_MEAN_LENGTH = 3.0


@dataclass(slots=True)
class Piece:
    """A piece of text, with the ends of lines that the library saw; where it begins, and the size of its letters.

    `level` says that it runs from left to right. The unit is the page's.
    """

    text: str
    x: float = 0.0
    height: float = 0.0
    size: float = 0.0
    level: bool = True


def straightened(pieces: Sequence[Piece]) -> list[Piece] | None:
    """The pieces with their lines as they stand, None for a page whose lines stand so already."""
    drawn = [at for at, piece in enumerate(pieces) if piece.text.strip() and piece.size > 0]
    pairs = list(pairwise(drawn))
    if len(pairs) < _ENOUGH or not all(pieces[at].level for at in drawn):
        return None
    between = ["".join(each.text for each in pieces[one:other]) for one, other in pairs]
    ends = [text[len(text.rstrip()) :] for text in between]
    begins = [pieces[other].text[:1].isspace() for _, other in pairs]
    beside = [_beside(pieces[one], pieces[other]) for one, other in pairs]
    below = [_below(pieces[one], pieces[other]) for one, other in pairs]
    broken = sum(next_to and "\n" in end for next_to, end in zip(beside, ends, strict=True))
    run_on = sum(under and "\n" not in end for under, end in zip(below, ends, strict=True))
    bare = [not end and not begin for end, begin in zip(ends, begins, strict=True)]
    glued = sum(next_to and each for next_to, each in zip(beside, bare, strict=True))
    words = _are_words([pieces[at].text.strip() for at in drawn])
    if not words:
        glued = 0
    if broken + run_on + glued < max(_ENOUGH, len(pairs) * _SHARE):
        return None
    made = [Piece("") for _ in pieces]
    for at, (one, _) in enumerate(pairs):
        text = between[at].rstrip()
        if beside[at]:
            text += "" if bare[at] and not words else " "
        elif below[at] or "\n" in ends[at]:
            text += "\n" * max(1, ends[at].count("\n"))
        else:
            text += ends[at]
        made[one] = _with_text(pieces[one], text)
    last = drawn[-1]
    made[last] = _with_text(pieces[last], "".join(each.text for each in pieces[last:]))
    made[: drawn[0]] = pieces[: drawn[0]]
    return made


def _with_text(piece: Piece, text: str) -> Piece:
    return Piece(text, piece.x, piece.height, piece.size, piece.level)


def _beside(one: Piece, other: Piece) -> bool:
    near = abs(one.height - other.height) < _SAME_LINE * max(one.size, other.size)
    return near and other.x > one.x


def _below(one: Piece, other: Piece) -> bool:
    return one.height - other.height > _OTHER_LINE * max(one.size, other.size)


def _are_words(texts: Sequence[str]) -> bool:
    single = sum(len(text.split()) == 1 for text in texts)
    length = sum(map(len, texts)) / len(texts)
    return single >= _WORDS * len(texts) and length >= _MEAN_LENGTH
