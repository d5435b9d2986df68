"""NARA's record page for one telegram (Access to Archival Databases): a table of fields, the text one of them.

Owns the table. The stamps and the list of attributes inside the text are `indexer.sources.nara`'s. Must not read the
telegram beyond comparing it with what the table says of it.

The table is known as text only: a row a field, its title in the first cell (`Document Number`, `Draft Date`), its value
in the second; a third column with the meaning of a code may stand behind. Rows may be in any order, and the value may
be below its title, as in a copy of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from corpus.model import Problem, SegmentKind
from corpus.posts import compact, fold, post_by_spelling
from indexer import header
from indexer.lines.lines import Line
from indexer.page import Form, PageFacts
from indexer.sources import nara

# `Document Number` TAB `1974LAPAZ00173`, with or without a colon; a title alone has its value on the next line.
_ROW = re.compile(
    rf"(?P<lead>[ \t\xa0]*(?P<title>{nara.TITLES}):?[ \t\xa0]*)(?:\t(?P<value>.*))?", re.DOTALL
)
_TEXT = frozenset({"Message Text", "Text"})
# What makes a page a record: fields that stand in every one.
_TELLING = frozenset({"Document Number", "Draft Date", "Message Text", "Film Number", "MRN"})
_ENOUGH = 3


def _row(line: Line) -> re.Match[str] | None:
    return _ROW.fullmatch(line.text.rstrip("\r\n")) if len(line.text) < 20_000 else None


def _is_in(line: Line, *elements: str) -> bool:
    """Whether a line stands in one of the elements: `table.record` is a table."""
    return any(each.partition(".")[0].partition("#")[0] in elements for each in line.inside)


def recognise(lines: Sequence[Line], text: str) -> bool:
    """Three of the fields that every record has, each in a row of a table."""
    if "Document Number" not in text and "Draft Date" not in text:
        return False
    found = set()
    for line in lines:
        match = _row(line)
        if (
            match
            and match["title"] in _TELLING
            and (match["value"] is not None or _is_in(line, "td", "th"))
        ):
            found.add(match["title"])
    return len(found) >= _ENOUGH


def strip(lines: list[Line]) -> PageFacts:
    """Place the rows as chrome, but for the text; compare what they say with it."""
    record = _place_rows(lines)
    facts = nara.strip(lines)
    said = {**record, **_attributes(facts)}
    return compared(said, lines)


def compared(said: dict[str, str], lines: Sequence[Line]) -> PageFacts:
    """What a record says, by the titles of its fields, with a problem for what the telegram's lines say otherwise."""
    text = "".join(line.text for line in lines if line.kind is None)
    facts = nara.facts_of(said)
    differing = tuple(_differences(said, facts.created, text))
    return replace(facts, closed=True, problems=differing)


def _attributes(facts: PageFacts) -> dict[str, str]:
    """What the list behind the text says, which is older than the table."""
    named = {
        "Document Number": facts.id,
        "Subject": facts.title,
        "Original Classification": facts.classification,
    }
    return {title: value for title, value in named.items() if value}


def _place_rows(lines: list[Line]) -> dict[str, str]:
    """Place every line but the text's as chrome, parting the line on which the text begins; gives the values."""
    record: dict[str, str] = {}
    waiting = ""
    in_text = in_table = False
    placed: list[Line] = []
    for line in lines:
        match = _row(line)
        if match and in_text and (match["value"] is None or _is_in(line, "pre")):
            match = None  # a line of the telegram: `TAGS:`
        in_text = in_text and (in_table is _is_in(line, "table") or line.blank)
        if match is None:
            if waiting and not line.blank:
                record.setdefault(waiting, line.words)
                waiting = ""
            if not in_text:
                line.assign(SegmentKind.CHROME)
            placed.append(line)
            continue
        in_text, in_table = match["title"] in _TEXT, _is_in(line, "table")
        value = (match["value"] or "").strip()
        if not in_text:
            waiting = "" if value else match["title"]
            if value:
                record.setdefault(match["title"], value.split("\t")[0].strip())
            line.assign(SegmentKind.CHROME)
            placed.append(line)
            continue
        waiting = ""
        placed.extend(_parted(line, match))
    lines[:] = placed
    return nara.told(record)


def _parted(line: Line, match: re.Match[str]) -> Iterator[Line]:
    """The title of the text, and what of the text stands on its line."""
    at = match.start("value") if match["value"] is not None else len(line.text)
    title = Line(line.text[:at], line.number, line.inside)
    title.assign(SegmentKind.CHROME)
    yield title
    if at < len(line.text):
        yield Line(line.text[at:], line.number, line.inside)


def _value(said: dict[str, str], *titles: str) -> str:
    return next((said[title] for title in titles if title in said), "")


def _differences(said: dict[str, str], day: datetime | None, text: str) -> Iterator[Problem]:
    """A problem for each field of which the record and the telegram say different things, and for a borrowed date."""
    sent = header.date(text)
    if sent is None and day is not None:
        yield Problem("date-from-record", "no date-time group: the date is the record's draft date")
    # A telegram may leave the post after midnight of its drafting, or be entered on the next day.
    elif sent is not None and day is not None and abs((sent.date() - day.date()).days) > 1:
        yield _differing("draft date", said["Draft Date"], f"{sent:%d %b %Y}".upper())
    told = {
        "subject": (header.subject(f"SUBJECT: {said.get('Subject', '')}"), header.subject(text)),
        "classification": (
            _value(said, "Original Classification", "Classification"),
            header.classification(text) or "",
        ),
        "TAGS": (_tags(f"TAGS: {said.get('TAGS', '')}"), _tags(text)),
    }
    for what, (record, telegram) in told.items():
        if record and telegram and compact(fold(record)) != compact(fold(telegram)):
            yield _differing(what, record, telegram)
    sender, origin = header.sender(text), said.get("From", "")
    if sender and origin:
        one, other = post_by_spelling(sender), post_by_spelling(origin)
        if one and other and one != other:
            yield _differing("sender", origin, sender)


def _tags(text: str) -> str:
    return ", ".join(sorted(header.tags(text)))


def _differing(what: str, record: str, telegram: str) -> Problem:
    message = f"the record's {what} is {record!r}, the telegram's {telegram!r}"
    return Problem("record-differs", message)


SOURCE = Form("nara", recognise, strip)
