"""Specimens: cables written for this project, of which every page says so in a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.lines.lines import Line

NAME = "specimen"
# The line that `corpus/samples/README.md` promises on every specimen page.
_NOTICE = "Specimen written for Cablegram: the events and people in it are invented."


def take_notice(lines: Sequence[Line]) -> bool:
    """Place the notice as chrome; gives whether it stood anywhere."""
    notices = [line for line in lines if line.words == _NOTICE]
    for line in notices:
        line.assign(SegmentKind.CHROME, "notice")
    return bool(notices)


def is_specimen(lines: Sequence[Line]) -> bool:
    """Whether the notice stands among the lines of a cable (or of the page around it)."""
    return any(line.words == _NOTICE for line in lines)
