"""The notice over a cable of which an archive has only a part, whatever the form of its page.

Owns its wording, in one line or broken over several. The archive put it there, not the page: cables of 2002 to
2005 have it wherever they were copied to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Problem, SegmentKind
from indexer.lines.lines import Line

_HINT = "This record is a partial extract"
# `This record is a partial extract of the original cable.`, what is said besides perhaps on the line below: `The full
# text` / `of the original cable is not available.`
_NOTICE = re.compile(rf"{_HINT} of the original cable\b.*")
_WORDS = (
    f"{_HINT} of the original cable. The full text of the original cable is not available.".split()
)


def place_partial_extract(lines: Sequence[Line], text: str) -> tuple[Problem, ...]:
    """Place the notices as the archive's note; `text` is the page's, all lines together. Gives what they tell."""
    if _HINT not in text:
        return ()
    problems: list[Problem] = []
    for at, line in enumerate(lines):
        if line.kind is not None or not line.words.startswith(_HINT):
            continue
        said = line.words.split()
        begun = [line]
        # The notice may break at any word: what goes on with its words is its own.
        for below in lines[at + 1 : at + len(_WORDS)]:
            more = below.words.split()
            if below.kind is not None or not more or len(said) + len(more) > len(_WORDS):
                break
            if [*said, *more] != _WORDS[: len(said) + len(more)]:
                break
            said += more
            begun.append(below)
        if _NOTICE.fullmatch(" ".join(said)) is None:
            continue
        for each in begun:
            each.assign(SegmentKind.HEADER, "note")
        problems.append(
            Problem(
                "partial-extract",
                "the archive holds only a partial extract of this cable",
                line.number,
            )
        )
    return tuple(problems)
