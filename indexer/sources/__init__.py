"""The forms in which cables are found, one module each; a page's form is recognised by its content.

Order matters only where two forms could claim a page: the more particular one comes first, and the plain
telegram, which adds nothing to the cable, last.
"""

from __future__ import annotations

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
    for source in SOURCES:
        if source.recognise(lines, text):
            return source.strip(lines)
    return PageFacts(source=telegram.SOURCE.name)
