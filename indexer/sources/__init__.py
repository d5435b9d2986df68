"""The forms in which cables are found, one module each; a page's form is recognised by its content.

Order matters only where two forms could claim a page: the more particular one comes first, and the plain
telegram, which adds nothing to the cable, last.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.lines.lines import Line
from indexer.page import Form, PageFacts
from indexer.sources import (
    aad_record,
    cablegatesearch,
    foia,
    mirrors,
    nara,
    plusd,
    scoop,
    telegram,
    wikileaks,
)
from indexer.sources.dates import place_dateline
from indexer.sources.partial_extract import place_partial_extract
from indexer.sources.records import place_records

# Forms in which newspapers' copies of a cable are found; Scoop's byline is its own module's.
_WITH_DATELINE = frozenset({"telegram", "wikileaks", "mirror"})

# NARA's own forms, which no such archive copied.
_OF_THE_SEVENTIES = frozenset({"nara", "aad"})

SOURCES: tuple[Form, ...] = (
    wikileaks.SOURCE,
    cablegatesearch.SOURCE,
    plusd.SOURCE,
    scoop.SOURCE,
    mirrors.SOURCE,
    aad_record.SOURCE,
    nara.SOURCE,
    foia.SOURCE,
    telegram.SOURCE,
)


def strip_chrome(lines: list[Line], told: PageFacts | None = None) -> PageFacts:
    """Place all that the page adds to its cable, and give what the page itself says of the cable.

    `told` is what the container has said of it already: its page has no chrome, but for what the archive put into the
    text itself.
    """
    if told is not None:
        if told.source == nara.NAME:
            nara.strip(lines)
            return told
        text = "".join([line.text for line in lines])
        more = place_partial_extract(lines, text)
        return replace(told, problems=told.problems + more) if more else told
    text = "".join([line.text for line in lines])
    for source in SOURCES:
        if source.recognise(lines, text):
            return _with_what_archives_left(lines, text, source.strip(lines))
    return PageFacts(source=telegram.SOURCE.name)


def _with_what_archives_left(lines: list[Line], text: str, facts: PageFacts) -> PageFacts:
    """Place what archives and newspapers left in a cable's text, whatever the form of its page."""
    if facts.source in _OF_THE_SEVENTIES:
        return facts
    facts = replace(facts, problems=facts.problems + place_partial_extract(lines, text))
    if place_records(lines, text):
        # The page tells of the extract; the whole cable stands below it.
        kept = tuple(each for each in facts.problems if each.code != "partial-extract")
        facts = replace(facts, problems=kept)
    printed = place_dateline(lines) if facts.source in _WITH_DATELINE else None
    if printed is not None and facts.created is None:
        facts = replace(facts, created=printed.date, precision=printed.precision)
    return facts
