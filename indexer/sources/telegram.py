"""A plain telegram in a text file: the wire's own text, to which no page added anything."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.lines.lines import Line
from indexer.page import Form, PageFacts


def recognise(lines: Sequence[Line], text: str) -> bool:
    """Anything may be a plain telegram; whether it is one shows when its header is read."""
    return bool(lines) and bool(text)


def strip(lines: list[Line]) -> PageFacts:
    """Nothing to take off."""
    del lines
    return PageFacts(source="telegram")


SOURCE = Form("telegram", recognise, strip)
