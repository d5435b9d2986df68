"""A cable and a unit of it as lines of plain text to read: in an export, in a pipe, on a terminal.

Owns their layout. Must not know who prints them: a line is runs of text, each with the name of a style (`bold`, `dim`,
or "" for none) that a terminal may show.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from corpus.dates import iso_date
from corpus.model import Cable, Paragraph
from search.units import Unit, UnitKind, units

# A line, by its runs: text and style.
Line = tuple[tuple[str, str], ...]

_LABELS = 15
# Where the zone of a time in ISO 8601 begins: `20:00-05:00`, `08:44Z`.
_ZONE_AT = len("2007-03-23T08:44")
_EMPTY: Line = ()


def plain(line: Line) -> str:
    """A line without its styles."""
    return "".join(text for text, _ in line)


def date_text(date: datetime | None, precision: str, end: datetime | None = None) -> str:
    """`2007-03-23 08:44 UTC`, `1949-12-31 20:00 -05:00`, or as much of it as is known; "" without a date.

    A span is `1973-02-01 to 1973-02-03`.
    """
    if date is None:
        return ""
    if end is not None:
        return f"{date_text(date, precision)} to {date_text(end, precision)}"
    written = iso_date(date, precision) or ""
    clock, zone = written[:_ZONE_AT].replace("T", " "), written[_ZONE_AT:].replace("Z", "UTC")
    return f"{clock} {zone}".rstrip()


def header_lines(cable: Cable) -> Iterator[Line]:
    """The id and the subject, then each header field that the cable has, labelled."""
    yield (cable.id, "bold"), (joined(cable.subject), "")
    origin = cable.origin
    fields = {
        "date": date_text(cable.date, cable.date_precision, cable.date_end),
        "origin": ", ".join(filter(None, (origin.name, origin.country))) if origin else "",
        "from": cable.sender or "",
        "to": "; ".join(each.name for each in cable.recipients),
        "info": "; ".join(each.name for each in cable.info_recipients),
        "classification": cable.classification or "",
        "caveats": ", ".join(cable.caveats),
        "tags": ", ".join(cable.tags),
        "references": "; ".join(each.id or each.text for each in cable.references),
        "source": joined(cable.source, cable.address).strip(),
        "also in": "; ".join(joined(each.source, each.address).strip() for each in cable.versions),
    }
    for label, text in fields.items():
        if text:
            yield (f"  {label:<{_LABELS}}", "dim"), (" ".join(text.split()), "")


def reading_lines(cable: Cable) -> Iterator[Line]:
    """A whole cable to read, with its notes, an empty line before each paragraph."""
    yield from header_lines(cable)
    for section, paragraph in with_sections(cable):
        if section:
            yield _EMPTY
            yield ((section, "bold"),)
        yield _EMPTY
        yield paragraph_line(paragraph)
    for unit in units(cable):
        if unit.kind in (UnitKind.NOTE, UnitKind.VERSION):
            yield _EMPTY
            yield _named_line(unit)
            yield ((unit.text, ""),)


def paragraph_line(paragraph: Paragraph) -> Line:
    """A paragraph with its anchor and its mark."""
    mark = f"{shown_mark(paragraph)} ".lstrip()
    return (f"{paragraph.anchor}  ", "bold"), (mark, ""), (paragraph.text, "")


def unit_lines(subject: str, cable_id: str, unit: Unit) -> Iterator[Line]:
    """One unit to read, under its cable's id and subject."""
    yield (f"{cable_id}  ", "bold"), (subject, "")
    if unit.paragraph is not None and unit.kind is UnitKind.PARAGRAPH:
        if unit.paragraph.section:
            yield ((unit.paragraph.section, "bold"),)
        yield paragraph_line(unit.paragraph)
    else:
        yield _named_line(unit)
        yield ((unit.text, ""),)


def with_sections(cable: Cable) -> Iterator[tuple[str | None, Paragraph]]:
    """Each paragraph, with the heading where a section begins and None inside it."""
    before: str | None = None
    for paragraph in cable.paragraphs:
        yield paragraph.section if paragraph.section != before else None, paragraph
        before = paragraph.section


def shown_mark(paragraph: Paragraph) -> str:
    """The portion mark in parentheses, "" without one."""
    return f"({paragraph.mark})" if paragraph.mark else ""


def joined(*parts: str) -> str:
    """What is there of several things, each with two blanks before it."""
    return "".join(f"  {part}" for part in parts if part)


def _named_line(unit: Unit) -> Line:
    return (f"{unit.anchor}  ", "bold"), (unit.name, "dim")
