"""Scoop's "Cablegate" pages: the three shells of the site, as HTML, as saved text, whole or lossy.

Facts about the pages: formats seen from 2005 to 2025. Owns what Scoop adds; must not read the cable itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Problem, SegmentKind
from indexer.lines import Line, take_all
from indexer.sources.facts import PageFacts, Source
from indexer.wire import opened_field

_TITLE = re.compile(r"Cablegate\s*:\s*(?P<title>\S.*)")
# What closes the article: `© Scoop Media`, `(c) Scoop Media`; or, when that line is lost, what comes behind it.
_COPYRIGHT = re.compile(r"(?:©|\(c\)|&copy;)?\s*Scoop Media\s*", re.IGNORECASE)
_AFTER = re.compile(
    r"World Headlines|Using Scoop for work\?|Join Pro Individual|Find more from .{1,80} on InfoPages\.?"
)
# The advert that stands inside the cable, even in the middle of a quotation, and the two lines that may follow it.
_ADVERT = re.compile(r"Advertisement - scroll to continue reading")
_NEWSLETTER = re.compile(r"Are you getting our free newsletter\?")
# The newsletter's second line is of any wording; it may be wrapped, so it runs to the next empty line.
_SUBSCRIBE = re.compile(r"Subscribe to .{0,300}")
# The same at the end of a line of the cable's: seen in 0.4% of the pages, where an element is left open.
_SWALLOWED = re.compile(r"(?:©\s*Scoop Media|Advertisement - scroll to continue reading)\s*$")
# Above the title: licence lines of the later shells, the search box, the mobile page's head.
_ABOVE = re.compile(
    r"Scoop has an Ethical Paywall|Celebrating \d+ Years of Scoop|Work smarter with a Pro licence.*|"
    r"Licen[cs]e needed for work use.*|Special: .{0,60}Scoop Pro.*|INDEPENDENT NEWS|Search"
)
# The byline: `Friday, 23 March 2007, 8:44 am`, `Press Release: ...`, mobile's `Published: Fri 3 Aug 2007 01:20 AM`.
_BYLINE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} [A-Z][a-z]+ \d{4}(?:, \d{1,2}:\d\d [ap]m)?|"
    r"(?:Press Release|Article|Report|News): .{1,120}|Published: [A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2,8} \d{4}.{0,12}"
)
_SCRIPT = re.compile(r"googletag\..{0,400}|@media\b.{0,400}|a\.supporter.{0,400}")
# What the archive, not Scoop, put before cables of 2002 to 2005.
_PARTIAL = re.compile(r"This record is a partial extract of the original cable\b.*")

# One of these stands in every marker; most pages of other forms have none.
_HINTS = ("coop Media", "SCOOP MEDIA", "Cablegate", "Advertisement - scroll", "free newsletter")
_MARKERS = (_TITLE, _COPYRIGHT, _ADVERT, _NEWSLETTER)


def recognise(lines: Sequence[Line], text: str) -> bool:
    """A page is Scoop's if it has Scoop's title, copyright line or advert."""
    if not any(hint in text for hint in _HINTS):
        return False
    return any(
        pattern.fullmatch(line.words)
        for line in lines
        if 0 < len(line.words) < 300
        for pattern in _MARKERS
    )


def _is_of_cable(line: Line) -> bool:
    return opened_field(line.words) in {"subject", "eo", "tags", "dtg", "de"}


def _part_swallowed(lines: list[Line]) -> None:
    """Give Scoop's words a line of their own where an unclosed `<p>` or `<i>` put them behind the cable's."""
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        match = (
            _SWALLOWED.search(line.text)
            if "Scoop" in line.text or "Advertisement" in line.text
            else None
        )
        if match and line.text[: match.start()].strip():
            cut = match.start()
            lines[at : at + 1] = [
                Line(line.text[:cut], line.number, line.inside),
                Line(line.text[cut:], line.number, line.inside),
            ]


def strip(lines: list[Line]) -> PageFacts:
    """Place Scoop's lines as chrome: above the cable, inside it and behind it."""
    _part_swallowed(lines)
    title = ""
    problems: list[Problem] = []
    title_at = next((at for at, line in enumerate(lines) if _TITLE.fullmatch(line.words)), None)
    if title_at is not None:
        match = _TITLE.fullmatch(lines[title_at].words)
        title = match["title"].strip() if match else ""
        # All that stands above the title is the site's, unless a damaged page has the cable's header there.
        if not any(_is_of_cable(line) for line in lines[:title_at]):
            take_all(lines[: title_at + 1], SegmentKind.CHROME)
        lines[title_at].take(SegmentKind.CHROME, "title")
    if any("div#article" in line.inside for line in lines):
        take_all([line for line in lines if "div#article" not in line.inside], SegmentKind.CHROME)
        take_all([line for line in lines if "span.byline" in line.inside], SegmentKind.CHROME)

    end = _end_of_article(lines)
    if end is not None:
        take_all(lines[end:], SegmentKind.CHROME)
    in_newsletter = False
    for line in lines:
        if line.kind is not None or line.blank:
            in_newsletter = in_newsletter and line.blank
            continue
        if _NEWSLETTER.fullmatch(line.words) or (
            in_newsletter and _SUBSCRIBE.fullmatch(line.words)
        ):
            line.take(SegmentKind.CHROME)
            in_newsletter = _NEWSLETTER.fullmatch(line.words) is not None
        elif any(
            p.fullmatch(line.words) for p in (_ADVERT, _ABOVE, _BYLINE, _SCRIPT, _COPYRIGHT, _AFTER)
        ):
            line.take(SegmentKind.CHROME)
        elif _PARTIAL.fullmatch(line.words):
            line.take(SegmentKind.HEADER, "note")
            problems.append(
                Problem(
                    "partial-extract",
                    "the archive holds only a partial extract of this cable",
                    line.number,
                )
            )
    return PageFacts(source="scoop", title=title, problems=tuple(problems))


def _end_of_article(lines: Sequence[Line]) -> int | None:
    """The line where Scoop's foot begins: the first of its closing lines behind which no cable stands."""
    last_of_cable = max((at for at, line in enumerate(lines) if _is_of_cable(line)), default=-1)
    for pattern in (_COPYRIGHT, _AFTER):
        for at, line in enumerate(lines):
            if at > last_of_cable and pattern.fullmatch(line.words):
                return at
    return None


SOURCE = Source("scoop", recognise, strip)
