"""Pages of sites that mirrored WikiLeaks: a short table of facts, then the cable, as saved text or as HTML.

Three layouts are known: `Identifier Created Classification Origin` with the values below; `US embassy cable - ID` with
labelled lines; `Reference ID: ...` with an empty line behind every line. Owns what those sites add.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.ids import find_ids
from corpus.model import SegmentKind
from indexer.lines.lines import Line, take_all
from indexer.page import Form, PageFacts
from indexer.sources.dates import printed_date

# A fact of the page: `Reference ID: 08GUANGZHOU244`, `Created: 2008-04-25 08:54`, `Cable title: ...`.
_FACT = re.compile(
    r"(?P<key>Reference ID|Identifier|Wikileaks|WikiLeaks|Origin|Created|Released|Classification|Tags|Redacted|"
    r"Cable title|Title|Subject of cable|Date)\s*:\s*(?P<value>.*)"
)
_TABLE_HEAD = re.compile(
    r"(?:Identifier|Reference ID)\s+Created\s+(?:Released\s+)?Classification\s+Origin"
)
_TABLE_ROW = re.compile(
    r"(?P<id>\d{2}[A-Z][A-Z0-9-]+\d+)\s+(?P<created>\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?)\s+"
    r"(?:\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?\s+)?(?P<level>[A-Z][A-Z/ ]+?)\s+"
    r"(?P<origin>(?:Embassy|Consulate|Mission|UN|US|Secretary|American|[A-Z][a-z]).*)"
)
_BANNER = re.compile(r"US embassy cable - (?P<id>\S+)")
_CHROME = re.compile(
    r"Disclaimer|courage is contagious|Currently released so far\.\.\. .{0,80}|\d[\d,]* / 251,287|"
    r"Viewing cable .{0,300}|"
    r"Browse (?:latest releases|by .{1,40})|Understanding cables|Discussing cables|Community resources|Articles"
)
# How far down a page's facts may stand.
_REACH = 120


def recognise(lines: Sequence[Line], text: str) -> bool:
    """A table head, the banner, or the reference id as a labelled line with another fact beside it."""
    if not any(hint in text for hint in ("Identifier", "Reference ID", "US embassy cable")):
        return False
    keys = set()
    for line in lines[:_REACH]:
        if _TABLE_HEAD.fullmatch(line.words) or _BANNER.fullmatch(line.words):
            return True
        match = _FACT.fullmatch(line.words) if len(line.words) < 400 else None
        if match:
            keys.add(match["key"])
    return bool(keys & {"Reference ID", "Identifier"}) and len(keys) >= 3


def strip(lines: list[Line]) -> PageFacts:
    """Place the facts, and all above the last of them, as chrome."""
    facts: dict[str, str] = {}
    last = -1
    for at, line in enumerate(lines[:_REACH]):
        banner, row = _BANNER.fullmatch(line.words), _TABLE_ROW.fullmatch(line.words)
        match = _FACT.fullmatch(line.words) if len(line.words) < 400 else None
        if banner:
            facts.setdefault("id", banner["id"])
        elif row:
            facts.setdefault("id", row["id"])
            facts.setdefault("Created", row["created"])
            facts.setdefault("Classification", row["level"])
            facts.setdefault("Origin", row["origin"])
        elif match:
            facts.setdefault(match["key"], match["value"].strip())
        elif not (_TABLE_HEAD.fullmatch(line.words) or _CHROME.fullmatch(line.words)):
            continue
        last = at
    take_all(lines[: last + 1], SegmentKind.CHROME)
    for line in lines[last + 1 :]:
        if line.kind is None and 0 < len(line.words) < 300 and _CHROME.fullmatch(line.words):
            line.assign(SegmentKind.CHROME)
    ident = facts.get("Reference ID") or facts.get("Identifier") or facts.get("id") or ""
    found = find_ids(ident)
    created = printed_date(facts.get("Created", ""))
    return PageFacts(
        source="mirror",
        id=ident[found[0].start : found[0].end] if found else ident.split(" ")[0],
        title=facts.get("Cable title") or facts.get("Title") or "",
        created=created.date,
        precision=created.precision,
        classification=facts.get("Classification", ""),
        origin=facts.get("Origin", ""),
    )


SOURCE = Form("mirror", recognise, strip)
