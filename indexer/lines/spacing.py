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


def join_spacing(lines: list[Line]) -> None:
    """Where an empty line stands behind nearly every line of wrapped text, each becomes part of the line above it.

    Wrapped means: hardly a line is longer than the wire's columns, and most stop in the middle of a sentence.
    """
    text = [at for at in range(len(lines) - 1) if not lines[at].blank and lines[at].kind is None]
    followed = [at for at in text if lines[at + 1].blank and lines[at + 1].kind is None]
    if len(text) < _FEWEST or len(followed) < 0.95 * len(text):
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
