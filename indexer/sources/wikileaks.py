"""WikiLeaks' pages of 2010-11: navigation, a table, and two `<pre>` blocks, the wire's header and the cable.

Owns what that site adds; must not read the cable itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.lines.lines import Line
from indexer.page import Form, PageFacts
from indexer.sources.dates import Printed, printed_date

# `Viewing cable 08GUANGZHOU244, CUSTOMS ...`; the subject is missing on 3% of the pages.
_VIEWING = re.compile(r"Viewing cable (?P<id>\d{2}[A-Z0-9-]+?\d+(?:_[a-z])?)(?:,\s*(?P<title>.*))?")
# by tabs.


def recognise(lines: Sequence[Line], text: str) -> bool:
    """The heading `Viewing cable ID` and text in a `<pre>`."""
    if "Viewing cable" not in text:
        return False
    return any(_VIEWING.fullmatch(line.words) for line in lines if len(line.words) < 600) and any(
        "pre" in line.inside for line in lines
    )


def strip(lines: list[Line]) -> PageFacts:
    """Place all outside the `<pre>` blocks as chrome; read the table on the way."""
    ident = title = classification = origin = ""
    created = Printed()
    for line in lines:
        if "pre" in line.inside:
            continue
        line.assign(SegmentKind.CHROME)
        viewing = _VIEWING.fullmatch(line.words)
        if viewing:
            ident, title = viewing["id"], (viewing["title"] or "").strip()
            line.assign(SegmentKind.CHROME, "title")
        elif "table.cable" in line.inside and ident and line.words.startswith(ident):
            cells = [cell.strip() for cell in line.text.split("\t") if cell.strip()]
            if len(cells) >= 4:
                created = printed_date(cells[1])
                classification, origin = cells[-2], cells[-1]
    return PageFacts(
        "wikileaks",
        ident,
        title,
        created.date,
        classification,
        origin,
        precision=created.precision,
    )


SOURCE = Form("wikileaks", recognise, strip)
