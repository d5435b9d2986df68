"""PlusD pages (2013 on), as HTML or as saved text, also with the cable collapsed into one line.

Owns what that site adds: the key and submission texts above the synopsis, the synopsis itself, the buttons. Must not
read the cable.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.lines import Line, take_all
from indexer.sources.collapsed import part_collapsed
from indexer.sources.dates import printed_minute
from indexer.sources.facts import PageFacts, Source

# The synopsis: `Canonical ID:`, its value on the same line or on the next.
_KEY = re.compile(
    r"(?P<key>Canonical ID|Original Classification|Current Classification|Handling Restrictions|Character Count|"
    r"Executive Order|Locator|Concepts|Enclosure|Office Origin|Office Action|Archive Status|Markings|Type|From|To|Date|"
    r"TAGS|Linked documents or other documents with the same ID)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_CANONICAL = re.compile(r"Canonical ID\s*:.*", re.IGNORECASE)
_BUTTONS = re.compile(
    r"Content|Show Headers|Hide Headers|Raw content|Raw source|Metadata|Print|Share|Copy|Tweet|-- Not Assigned --|"
    r"Public Library of US Diplomacy|Help Expand The Public Library of US Diplomacy|"
    r"Press about PlusD|\(Show Headers\)|You can use this tool to .{0,200}|"
    r"The formal reference of this document is .{0,200}",
    re.IGNORECASE,
)
_PGP = re.compile(r"-----(?:BEGIN|END) PGP PUBLIC KEY BLOCK-----")


def recognise(lines: Sequence[Line], text: str) -> bool:
    """The synopsis names the canonical id; the site's key may stand above it."""
    if "anonical ID" not in text:
        return False
    return any(
        _CANONICAL.fullmatch(line.words) for line in lines if line.words[:9].lower() == "canonical"
    )


def strip(lines: list[Line]) -> PageFacts:
    """Place all above the synopsis, the synopsis and the buttons as chrome; part a collapsed text into lines."""
    at = next(at for at, line in enumerate(lines) if _CANONICAL.fullmatch(line.words))
    first = at
    # The synopsis begins with the subject; other keys may stand between it and the canonical id.
    while (
        first > 0
        and at - first < 12
        and (lines[first - 1].blank or not _PGP.search(lines[first - 1].words))
    ):
        first -= 1
        if not lines[first].blank and _KEY.fullmatch(lines[first].words) is None and first < at - 1:
            above = next((line for line in reversed(lines[:first]) if not line.blank), None)
            if above is None or _KEY.fullmatch(above.words) is None:
                break
    title = lines[first].words if _KEY.fullmatch(lines[first].words) is None else ""
    facts: dict[str, str] = {}
    end = at
    key = ""
    for index in range(first, min(len(lines), at + 60)):
        line = lines[index]
        match = _KEY.fullmatch(line.words)
        if match:
            key = match["key"].lower()
            if match["value"].strip():
                facts.setdefault(key, match["value"].strip())
                key = ""
            end = index + 1
        elif key and not line.blank and not _BUTTONS.fullmatch(line.words):
            facts.setdefault(key, line.words)
            key, end = "", index + 1
        elif _BUTTONS.fullmatch(line.words):
            end = index + 1
        elif not line.blank and index > at and not key:
            break
    take_all(lines[:end], SegmentKind.CHROME)
    if title:
        lines[first].take(SegmentKind.CHROME, "title")
    # The text may stand twice: as content and again behind `Raw content`; the buttons part them.
    for line in lines[end:]:
        if line.kind is None and _BUTTONS.fullmatch(line.words):
            line.take(SegmentKind.CHROME)
    part_collapsed(lines)
    return PageFacts(
        source="plusd",
        id=facts.get("canonical id", "").split(" ")[0],
        title=title,
        created=printed_minute(facts.get("date", "")),
        classification=_level(facts.get("original classification", "")),
        origin=facts.get("from", "").split("|")[0].strip(),
    )


def _level(text: str) -> str:
    """`CONFIDENTIAL | NOFORN` is CONFIDENTIAL."""
    level = text.split("|")[0].split(",")[0].strip().upper()
    return "" if level.startswith(("N/A", "--")) else level


SOURCE = Source("plusd", recognise, strip)
