"""Telegrams released by NARA (Access to Archival Databases), 1973 to 1979, as text.

Owns what the release adds: the stamps at the top and foot of each page, the title and the attribute list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.lines.lines import Line, take_all
from indexer.page import Form, PageFacts

# `Declassified/Released US Department of State EO Systematic Review 30 JUN 2005`, with or without a reviewer's
# name before it.
_STAMP = re.compile(
    r"(?:[A-Z][\w.' -]{2,40}\s+)?Declassified/Released\s+US Department of State\s+"
    r"EO Systematic Review\s+\d{1,2} [A-Za-z]{3} \d{4}"
)
_TITLE = "Message Text"
_ATTRIBUTES = "Message Attributes"
_ATTRIBUTE = re.compile(r"(?P<key>[A-Z][A-Za-z /-]{1,40}):\s*(?P<value>.*)")


def recognise(lines: Sequence[Line], text: str) -> bool:
    """A release stamp, or the release's title with a page line of the 1970s."""
    if "Declassified/Released" not in text and "Message Text" not in text:
        return False
    return any("Declassified" in line.words and _is_stamp(line.words) for line in lines) or any(
        line.words == _TITLE for line in lines[:20]
    )


def _is_stamp(words: str) -> bool:
    return len(words) < 200 and _STAMP.fullmatch(words) is not None


def strip(lines: list[Line]) -> PageFacts:
    """Place stamps, title and attributes as chrome; read the document number among them."""
    facts: dict[str, str] = {}
    attributes = next(
        (at for at, line in enumerate(lines) if line.words == _ATTRIBUTES), len(lines)
    )
    for line in lines[attributes:]:
        match = _ATTRIBUTE.fullmatch(line.words) if len(line.words) < 500 else None
        if match:
            facts.setdefault(match["key"], match["value"].strip())
    take_all(lines[attributes:], SegmentKind.CHROME)
    chrome = SegmentKind.CHROME
    for line in lines[:attributes]:
        words = line.words
        if words == _TITLE or ("Declassified" in words and _is_stamp(words)):
            line.assign(chrome)
    return PageFacts(
        source="nara",
        id=facts.get("Document Number", ""),
        title=facts.get("Subject", ""),
        classification=facts.get("Original Classification", ""),
    )


SOURCE = Form("nara", recognise, strip)
