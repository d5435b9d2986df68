"""Pages of cablegatesearch.net: a summary table, then the header and the body in elements of their own.

Owns what that site adds; must not read the cable itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from corpus.ids import find_ids
from corpus.model import SegmentKind
from indexer.lines.lines import Line
from indexer.page import Form, PageFacts
from indexer.sources.dates import printed_date

# The cable's two elements; in the site's first year the body had an id, since then a class.
_BODIES = frozenset({"div.cable-body", "div#cable-body"})
_OF_CABLE = frozenset({"div#cable-header", *_BODIES})
# The switch in front of the body: `[Show header]`, `Toggle header`.
_TOGGLE = "span.toggleHeader"
# A row of the summary: `Reference id`, then its value behind a tab.
_ROW = re.compile(
    r"(?P<key>Reference ID|Reference id|Created|Date|Classification|Origin|Subject|Cable time)\W*\t\s*(?P<value>.+)"
)


_INSIDE = attrgetter("inside")


def recognise(lines: Sequence[Line], text: str) -> bool:
    """The element of the cable's body inside the element of the cable."""
    del text
    if not any(map(_INSIDE, lines[:40])):
        return False  # no HTML page
    return any("div#cable" in line.inside and not _BODIES.isdisjoint(line.inside) for line in lines)


def strip(lines: list[Line]) -> PageFacts:
    """Place all outside the cable's two elements as chrome; read the summary table on the way."""
    facts: dict[str, str] = {}
    title = ident = ""
    for line in lines:
        if not _OF_CABLE.isdisjoint(line.inside) and _TOGGLE not in line.inside:
            continue
        line.assign(SegmentKind.CHROME)
        if "h1" in line.inside and not title:
            title = line.words
        row = _ROW.fullmatch(line.text.strip()) if "table#cable-summary" in line.inside else None
        if row:
            facts.setdefault(row["key"].lower(), row["value"].strip())
        found = find_ids(line.words) if "table#cable-summary" in line.inside else ()
        if found and not ident:
            ident = line.words[found[0].start : found[0].end]
    # The row for it, where the subject stands first and may name another cable.
    own = find_ids(facts.get("reference id", ""))
    if own:
        ident = facts["reference id"][own[0].start : own[0].end]
    created = printed_date(facts.get("created", "") or facts.get("date", ""))
    return PageFacts(
        source="cablegatesearch",
        id=ident,
        title=title,
        created=created.date,
        precision=created.precision,
        classification=facts.get("classification", "").upper(),
        origin=facts.get("origin", ""),
    )


SOURCE = Form("cablegatesearch", recognise, strip)
