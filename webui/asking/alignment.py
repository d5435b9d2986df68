"""Two texts side by side: which of their paragraphs belong together, and which words differ in them.

Owns the alignment. Must not know a cable, a page or an index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.deadline import check
from search.text.analysis import analyse
from search.text.differences import changes

# Paragraphs that share fewer of their words than this are two, and not one that was changed.
_ALIKE = 0.3
# What is longer is shown as it is, as two texts, and what has more pairs one side after the other.
_MOST_WORDS = 3_000
_MOST_PAIRS = 250_000

# A word with the blank behind it, so that the pieces joined are the text: `the `, `end.`
_PIECE = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one text; `changed` if the other text does not have it there."""

    text: str
    changed: bool


def align(left: Sequence[str], right: Sequence[str]) -> tuple[tuple[int | None, int | None], ...]:
    """Which paragraphs belong together, by their places; None where the other side has none. Both orders are kept.

    Equal paragraphs first; what stands between them is paired so that the words shared are the most.
    """
    found: list[tuple[int | None, int | None]] = []
    for tag, i, i_end, j, j_end in changes(left, right):
        if tag == "equal":
            found += zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            found += _paired(left, right, range(i, i_end), range(j, j_end))
    return tuple(found)


def differing(left: str, right: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts in runs, by what the other one has too; joined, the runs are the texts. Blanks make no difference."""
    pieces = _PIECE.findall(left), _PIECE.findall(right)
    if max(map(len, pieces)) > _MOST_WORDS:
        return (Run(left, left.split() != right.split()),), (
            Run(right, left.split() != right.split()),
        )
    one, other = ([piece.strip() for piece in side] for side in pieces)
    runs: tuple[list[Run], list[Run]] = ([], [])
    for tag, i, i_end, j, j_end in changes(one, other):
        for side, start, end in ((0, i, i_end), (1, j, j_end)):
            if text := "".join(pieces[side][start:end]):
                runs[side].append(Run(text, tag != "equal" and not text.isspace()))
    return tuple(runs[0]), tuple(runs[1])


def _paired(
    left: Sequence[str], right: Sequence[str], rows: range, columns: range
) -> Iterator[tuple[int | None, int | None]]:
    """The pairs of two stretches with the greatest likeness in all, in order (Needleman and Wunsch's alignment)."""
    if len(rows) * len(columns) > _MOST_PAIRS:
        yield from ((row, None) for row in rows)
        yield from ((None, column) for column in columns)
        return
    words = {("l", row): _words(left[row]) for row in rows}
    words |= {("r", column): _words(right[column]) for column in columns}
    # best[a][b]: the likeness of what is left from the a-th row and the b-th column on.
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    alike = []
    for row in rows:
        check()
        alike.append([_likeness(words["l", row], words["r", column]) for column in columns])
    for a in range(len(rows) - 1, -1, -1):
        for b in range(len(columns) - 1, -1, -1):
            together = alike[a][b] + best[a + 1][b + 1] if alike[a][b] >= _ALIKE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], together)
    a = b = 0
    while a < len(rows) or b < len(columns):
        if (
            a < len(rows)
            and b < len(columns)
            and alike[a][b] >= _ALIKE
            and (best[a][b] == alike[a][b] + best[a + 1][b + 1])
        ):
            yield rows[a], columns[b]
            a, b = a + 1, b + 1
        elif b == len(columns) or (a < len(rows) and best[a][b] == best[a + 1][b]):
            yield rows[a], None
            a += 1
        else:
            yield None, columns[b]
            b += 1


def _words(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in analyse(text))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of their words that both have (Jaccard's index); two texts without words are alike."""
    return len(one & other) / len(one | other) if one | other else 1.0
