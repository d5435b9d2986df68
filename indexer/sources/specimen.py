"""Specimens: cables written for this project, of which every page says so in a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.lines import Line

NAME = "specimen"
# The line that `corpus/samples/README.md` promises on every specimen page.
_NOTICE = "Specimen written for Cablegram: the events and people in it are invented."


def take_notice(lines: Sequence[Line]) -> bool:
    """Place the notice as chrome; says whether the page has it and so is a specimen."""
    found = False
    for line in lines:
        if line.words == _NOTICE:
            line.take(SegmentKind.CHROME, "notice")
            found = True
    return found
