"""Which of the lines that look like the start of a numbered paragraph really are one.

Owns that one decision. The wire's own text is full of false starts (`2006. He said`, `4. 303s`, `1.4 (b)`,
lists inside a paragraph), so no line is judged alone: the best CHAIN of numbers through the whole cable wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.grammar.marks import PORTION_MARK, leading_mark, normal_mark
from indexer.lines.lines import Line

# `1. (SBU)`, `¶1.(U)`, `1)`, `(1)`? no: that is a sub-item; `1.` alone; `1 .`; at most three digits, so that
# `2006. He said` is none, and no digit behind the stop, so that `1.4 (b)` and `4.5 percent` are none.
_NUMBER_FIRST = re.compile(
    r"(?:¶\s*)?(?P<number>\d{1,3})\s?[.)](?!\d)(?P<gap>\s*)(?P<rest>.*)", re.DOTALL
)
# `(SBU) 1. The ...`: the mark first.
_MARK_FIRST = re.compile(
    rf"{PORTION_MARK.pattern}\s*(?P<number>\d{{1,3}})\s?[.)](?!\d)\s*(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
# The mark behind a label: `1.  Summary: (SBU) ...`, `3. Comment (C): ...`.
_MARK_AFTER_LABEL = re.compile(
    rf"(?P<label>[A-Z][A-Za-z /&-]{{2,40}}[:.]?)\s*{PORTION_MARK.pattern}\s*[:.]?\s*", re.IGNORECASE
)

# A number in brackets is a footnote's or a sub-item's, unless a mark stands behind it and no other number in the cable:
# `[1] (SBU) Half`, `(1) (C) We`, `[2] BANKS (SBU): The bank`.
_BRACKETED = re.compile(r"[(\[](?P<number>\d{1,3})\.?[)\]]\s*(?P<rest>.*)", re.DOTALL)

# What a start begins with, beside a digit: the pilcrow or the parenthesis of a mark.
_OPENING = frozenset("¶([")


class Start(NamedTuple):
    """A line that could start paragraph `number`: `at` is its index, `rest` the text behind number and mark.

    `after_blank`: a break stands right above it; `after_loose`: above that, a block of text that has no number
    of its own (a heading, an introduction), as before a list that is numbered anew. `tight`: nothing stands between
    the number's stop and the text (`2.On`), where WikiLeaks puts no pilcrow.
    """

    at: int
    number: int
    mark: str | None
    rest: str
    after_blank: bool
    pilcrow: bool
    after_loose: bool
    tight: bool = False


def _may_start(words: str) -> bool:
    """Whether a line is worth a look: nearly all are not, which their first letter says."""
    first = words[:1]
    # Behind a letter a number can only stand if a mark without its `(` does: `SBU) 1.`
    return first in _OPENING or first.isdecimal() or (first.isalpha() and ")" in words[:16])


def possible_start(words: str, at: int, *, after_blank: bool, after_loose: bool) -> Start | None:
    """What a line would start if it started a paragraph, None if it can't."""
    if not _may_start(words):
        return None
    match = _NUMBER_FIRST.match(words)
    if match is None:
        match = _MARK_FIRST.match(words)
        if match is None:
            return None
        return Start(
            at,
            int(match["number"]),
            normal_mark(match["mark"]),
            match["rest"],
            after_blank,
            False,
            after_loose,
        )
    mark, rest = marked(match["rest"])
    return Start(
        at,
        int(match["number"]),
        mark,
        rest.strip(),
        after_blank,
        words.startswith("¶"),
        after_loose,
        not match["gap"] and bool(rest),
    )


def marked(text: str) -> tuple[str | None, str]:
    """The mark of a paragraph, at its start or behind its label, and the text without it; (None, the text) without one.

    `(SBU) The bank` and `Summary: (SBU) The bank` have SBU.
    """
    mark, rest = leading_mark(text)
    if mark is not None:
        return mark, rest
    head = text[:120]
    labelled = _MARK_AFTER_LABEL.match(head) if ")" in head or "]" in head else None
    if labelled:
        return normal_mark(
            labelled["mark"]
        ), f"{labelled['label'].strip()} {text[labelled.end() :]}"
    return None, text


def possible_starts(lines: Sequence[Line]) -> list[Start]:
    """What the lines of a body that are not placed could start, in order."""
    return _numbered(lines) or _bracketed(lines)


def _bracketed(lines: Sequence[Line]) -> list[Start]:
    """The starts of a cable whose numbers all stand in brackets, each with its mark behind."""
    possible: list[Start] = []
    for at, line in enumerate(lines):
        if line.kind is not None or line.blank or line.words[0] not in "[(":
            continue
        match = _BRACKETED.match(line.words)
        mark, rest = marked(match["rest"]) if match else (None, "")
        if match is not None and mark is not None:
            after_blank = at == 0 or lines[at - 1].blank or lines[at - 1].kind is not None
            number = int(match["number"])
            possible.append(Start(at, number, mark, rest.strip(), after_blank, False, False))
    return possible


def _numbered(lines: Sequence[Line]) -> list[Start]:
    possible: list[Start] = []
    after_break, loose = True, False
    for at, line in enumerate(lines):
        if line.kind is not None or line.blank:
            after_break = True
            continue
        words = line.words
        first = words[0]
        start = None
        # Most lines are ruled out by their first letters, as `_may_start` does; they are many.
        if not first.isalpha() or words.find(")", 0, 16) >= 0:
            start = possible_start(
                words, at, after_blank=after_break, after_loose=loose and after_break
            )
            if start is not None:
                possible.append(start)
        if after_break:
            loose = start is None
            after_break = False
    return possible


# The farthest number a chain may jump over: 155 of 2,024 cables have gaps, nearly all of one or two.
_LONGEST_GAP = 6
_GAP_COST = 1.2
# Only a start with a mark behind a break may jump farther (`3. (U)` to `10. (U)`, the page between them lost); it costs
# more than such a start adds, so that two of them in a row are wanted.
_FAR_COST = 3.0
# A number twice is a drafter's slip; beginning again at 1 is a list inside a paragraph, unless a heading or a
# text without a number stands above it.
_REPEAT_COST = 1.2
_RESTART_COST = 3.5
_LOOSE_RESTART_COST = 1.0
_LATE_FIRST_COST = 1.0
_LATE_FIRST_CAP = 3.0


def _worth(start: Start, marked: float, spaced: float, pilcrows: bool) -> float:
    """How much a start adds to a chain, given how the other starts of this cable look."""
    worth = 1.0
    if start.mark is not None:
        worth += 1.0
    else:
        worth -= marked
    if not start.after_blank:
        worth -= 1.2 * spaced
    if pilcrows:
        worth += 1.0 if start.pilcrow else 0.0 if start.tight else -1.5
    return worth


def choose_starts(starts: Sequence[Start]) -> list[Start]:
    """The true starts among the possible ones, in order: the chain of numbers that fits best.

    A number that follows its predecessor adds to the chain, a gap costs, beginning again at 1 costs more. Time is
    linear: for each number only the best chain that ends in it is remembered.
    """
    if not starts:
        return []
    chain_like = [s for s in starts if s.after_blank or s.mark is not None] or starts
    marked = sum([s.mark is not None for s in chain_like]) / len(chain_like)
    spaced = sum([s.after_blank for s in starts]) / len(starts)
    pilcrows = sum([s.pilcrow for s in starts]) >= 2
    worths = [_worth(start, marked, spaced, pilcrows) for start in starts]
    # Nearly every cable counts its paragraphs from 1 on, and each adds to the chain: nothing is to be chosen.
    if min(worths) > 0 and [s.number for s in starts] == [*range(1, len(starts) + 1)]:
        return list(starts)

    best: dict[
        int, tuple[float, int]
    ] = {}  # last number -> (worth of the chain, index of its last start)
    before: list[int] = [-1] * len(starts)
    top: tuple[float, int] = (0.0, -1)
    for index, start in enumerate(starts):
        worth = worths[index]
        # To begin here; a cable cut at its top begins late, which costs a little for each paragraph lost.
        value, previous = worth - min(_LATE_FIRST_COST * (start.number - 1), _LATE_FIRST_CAP), -1
        for gap in range(_LONGEST_GAP):
            held = best.get(start.number - 1 - gap)
            if held is not None and held[0] + worth - _GAP_COST * gap > value:
                value, previous = held[0] + worth - _GAP_COST * gap, held[1]
        far = top[1] >= 0 and start.mark is not None and start.after_blank
        if far and starts[top[1]].number < start.number and top[0] + worth - _FAR_COST > value:
            value, previous = top[0] + worth - _FAR_COST, top[1]
        held = best.get(start.number)
        if (
            held is not None
            and start.mark
            and start.after_blank
            and held[0] + worth - _REPEAT_COST > value
        ):
            value, previous = held[0] + worth - _REPEAT_COST, held[1]
        restart = _LOOSE_RESTART_COST if start.after_loose else _RESTART_COST
        if start.number == 1 and top[1] >= 0 and top[0] + worth - restart > value:
            value, previous = top[0] + worth - restart, top[1]
        before[index] = previous
        held = best.get(start.number)
        if held is None or value > held[0]:
            best[start.number] = (value, index)
        if value > top[0]:
            top = (value, index)

    chosen = []
    at = top[1]
    while at >= 0:
        chosen.append(starts[at])
        at = before[at]
    return chosen[::-1]
