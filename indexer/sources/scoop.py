"""Scoop's "Cablegate" pages: the three shells of the site, as HTML, as saved text, whole or lossy.

Facts about the pages: formats seen from 2005 to 2025. Owns what Scoop adds; must not read the cable itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from corpus.dates import MONTH_NUMBERS, hour_of_day
from corpus.model import SegmentKind
from indexer.lines.lines import Line, take_all
from indexer.page import Form, PageFacts

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
    r"(?:Press Release|Article|Report|News|Cable|Column|Opinion): .{1,120}|"
    r"Published: [A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2,8} \d{4}.{0,12}"
)
# The time in it: `23 March 2007, 8:44 am`, `Fri 3 Aug 2007 01:20 AM`.
_TIME = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8}) (?P<year>\d{4}),? "
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d) (?P<half>[AaPp])\.?[Mm]"
)
_SCRIPT = re.compile(r"googletag\..{0,400}|@media\b.{0,400}|a\.supporter.{0,400}")

# One of these stands in every marker; most pages of other forms have none.
_HINTS = ("coop Media", "SCOOP MEDIA", "Cablegate", "Advertisement - scroll", "free newsletter")
_MARKERS = (_TITLE, _COPYRIGHT, _ADVERT, _NEWSLETTER)
# What is the site's wherever it stands, each of these forms.
_OF_THE_SITE = re.compile(
    "|".join(
        f"(?:{each.pattern})" if each is not _COPYRIGHT else f"(?i:{each.pattern})"
        for each in (_ADVERT, _ABOVE, _BYLINE, _SCRIPT, _COPYRIGHT, _AFTER)
    )
)


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
    return line.opens is not None and line.opens.field in {"subject", "eo", "tags", "dtg", "de"}


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
    """Place Scoop's lines as chrome: above each article's cable, inside it and behind it.

    A file may hold several pages one behind the other: each title begins an article of its own. What the page says of
    its cable (title, time) is the first article's.
    """
    _part_swallowed(lines)
    titles = [at for at, line in enumerate(lines) if _TITLE.fullmatch(line.words)]
    starts = [0, *titles[1:]]
    if any("div#article" in line.inside for line in lines):
        take_all([line for line in lines if "div#article" not in line.inside], SegmentKind.CHROME)
        take_all([line for line in lines if "span.byline" in line.inside], SegmentKind.CHROME)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        _strip_article(lines[start:end])
    in_newsletter = False
    created = None
    for line in lines:
        if (
            created is None
            and line.kind in {None, SegmentKind.CHROME}
            and _TIME.search(line.words[:80])
        ):
            created = _byline_time(line.words)
        if line.kind is not None or line.blank:
            in_newsletter = in_newsletter and line.blank
            continue
        if _NEWSLETTER.fullmatch(line.words) or (
            in_newsletter and _SUBSCRIBE.fullmatch(line.words)
        ):
            line.assign(SegmentKind.CHROME)
            in_newsletter = _NEWSLETTER.fullmatch(line.words) is not None
        elif _OF_THE_SITE.fullmatch(line.words):
            line.assign(SegmentKind.CHROME)
    title = _TITLE.fullmatch(lines[titles[0]].words) if titles else None
    return PageFacts(
        source="scoop",
        title=title["title"].strip() if title else "",
        created=created,
        closed=any(
            line.kind is SegmentKind.CHROME and _COPYRIGHT.fullmatch(line.words) for line in lines
        ),
    )


def _strip_article(lines: Sequence[Line]) -> None:
    """Place the title of one article, what stands above it, and its foot."""
    title_at = next((at for at, line in enumerate(lines) if _TITLE.fullmatch(line.words)), None)
    if title_at is not None:
        # All that stands above the title is the site's, unless a damaged page has the cable's header there.
        if not any(_is_of_cable(line) for line in lines[:title_at]):
            take_all(lines[: title_at + 1], SegmentKind.CHROME)
        lines[title_at].assign(SegmentKind.CHROME, "title")
    end = _end_of_article(lines)
    if end is not None:
        take_all(lines[end:], SegmentKind.CHROME)


def _end_of_article(lines: Sequence[Line]) -> int | None:
    """The line where Scoop's foot begins: the first of its closing lines behind which no cable stands."""
    closing = [
        [at for at, line in enumerate(lines) if pattern.fullmatch(line.words)]
        for pattern in (_COPYRIGHT, _AFTER)
    ]
    first = min((each[0] for each in closing if each), default=len(lines))
    last_of_cable = next(
        (at for at in range(len(lines) - 1, first - 1, -1) if _is_of_cable(lines[at])), -1
    )
    return next((at for each in closing for at in each if at > last_of_cable), None)


def _byline_time(words: str) -> datetime | None:
    """The minute of a byline: Scoop's is the cable's own date-time group, in UTC."""
    match = _TIME.search(words)
    if match is None or match["month"][:3].upper() not in MONTH_NUMBERS:
        return None
    try:
        return datetime(
            int(match["year"]),
            MONTH_NUMBERS[match["month"][:3].upper()],
            int(match["day"]),
            hour_of_day(match["hour"], match["half"]),
            int(match["minute"]),
            tzinfo=UTC,
        )
    except ValueError:
        return None


SOURCE = Form("scoop", recognise, strip)
