"""Pages that were saved with an empty line behind every line, or with an element around every line.

Owns the one decision whether the empty lines are the page's or the cable's.
"""

from __future__ import annotations

from indexer.grammar.marks import ends_sentence
from indexer.lines.lines import Line

# With fewer lines than this one can't tell a page's spacing from a cable of short paragraphs.
_FEWEST = 8
# The wire's lines have 80 columns; where lines are longer, each is a paragraph and the empty ones part them.
_COLUMNS = 90


# Of wrapped prose so many lines begin in the middle of a sentence, with a small letter; of lists and forms hardly any.
_SMALL_STARTS = 0.3
# So many of the lines have an empty one behind them.
_FOLLOWED = 0.95


def join_spacing(lines: list[Line]) -> None:
    """Where an empty line stands behind nearly every line of wrapped text, each becomes part of the line above it.

    Wrapped means: hardly a line is longer than the wire's columns, and most stop in the middle of a sentence. On some
    pages it is so from a line of the header on.
    """
    text = [at for at in range(len(lines) - 1) if not lines[at].blank and lines[at].kind is None]
    followed = [at for at in text if lines[at + 1].blank and lines[at + 1].kind is None]
    # Most pages have paragraphs of several lines: then nothing is to be looked at more closely.
    if len(text) < _FEWEST or 2 * len(followed) < len(text):
        return
    if len(followed) < _FOLLOWED * len(text):
        start = _start_of_spacing(lines, text, set(followed))
        text = [at for at in text if at >= start]
        followed = [at for at in followed if at >= start]
        if len(text) < _FEWEST or _small_starts(lines, text) < _SMALL_STARTS:
            return
    long = sum(len(lines[at].words) > _COLUMNS for at in text)
    finished = sum(ends_sentence(lines[at].words) for at in text)
    if long > 0.1 * len(text) or finished > 0.5 * len(text):
        return
    # Written anew: taking line after line out of the list would move all that stand behind it each time.
    taken = {at + 1 for at in followed}
    joined = set(followed)
    lines[:] = [
        Line(line.text + lines[at + 1].text, line.number, line.inside) if at in joined else line
        for at, line in enumerate(lines)
        if at not in taken
    ]


def _start_of_spacing(lines: list[Line], text: list[int], followed: set[int]) -> int:
    """The first line from which on nearly every line has an empty one behind it, three in a row just one."""
    have = first = 0
    for count, at in enumerate(reversed(text), 1):
        have += at in followed
        if at in followed and have >= _FOLLOWED * count:
            first = count
    later = text[len(text) - first :]
    once = [at in followed and at + 2 < len(lines) and not lines[at + 2].blank for at in later]
    return next((at for index, at in enumerate(later) if all(once[index : index + 3])), len(lines))


def _small_starts(lines: list[Line], text: list[int]) -> float:
    return sum(lines[at].words[0].islower() for at in text) / len(text)
