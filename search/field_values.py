"""What the fields take from a cable and one of its units: dates, ids, what is there.

Owns the values that need more than to be named. Must not know the field table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph
from search import date_spans, dates
from search.analysis import fold
from search.units import Unit, UnitKind

Values = tuple[str | None, ...]
Value = TypeVar("Value")


def fold_id(value: str) -> str:
    """A cable id in any spelling as it is compared."""
    return fold(lookup_key(value))


def id_forms(cable_id: str) -> tuple[str, ...]:
    """The key that every spelling leads to, and the id as it is printed, for those who type its beginning."""
    return lookup_key(cable_id), cable_id


def date_number(cable: Cable, unit: Unit) -> int | None:
    """What dates are put in order by: the first minute, in UTC."""
    return None if cable.date is None else dates.minutes(cable.date)


def years(cable: Cable, unit: Unit) -> Values:
    """The years that the date may lie in."""
    known = date_spans.span_of(cable)
    return () if known is None else date_spans.years(known)


def months(cable: Cable, unit: Unit) -> Values:
    """Nothing for a date of which only the year is known."""
    known = date_spans.span_of(cable)
    return () if known is None else date_spans.months(known)


def days(cable: Cable, unit: Unit) -> Values:
    """Nothing for a date of which no day is known."""
    known = date_spans.span_of(cable)
    return () if known is None else date_spans.days(known)


def own(take: Callable[[Paragraph], Value]) -> Callable[[Cable, Unit], Value | None]:
    """What is taken of paragraphs only; other units give None."""
    return lambda cable, unit: (
        take(unit.paragraph)
        if unit.paragraph is not None and unit.kind is UnitKind.PARAGRAPH
        else None
    )


def own_values(take: Callable[[Paragraph], str | None]) -> Callable[[Cable, Unit], Values]:
    """The same as a list of values."""
    taken = own(take)
    return lambda cable, unit: (taken(cable, unit),)


def length(paragraph: Paragraph) -> int:
    """How many words a paragraph has, separated by spaces."""
    return len(paragraph.text.split())


def cites(cable: Cable, unit: Unit) -> tuple[str | None, ...]:
    """The ids of the cables that are referred to, each in its forms."""
    return tuple(form for item in cable.references if item.id for form in id_forms(item.id))


def _has_itself(unit: Unit) -> dict[str, object]:
    if unit.paragraph is None or unit.kind is not UnitKind.PARAGRAPH:
        return {}
    return {
        "section": unit.paragraph.section,
        "mark": unit.paragraph.mark,
        "number": unit.paragraph.number is not None,
    }


def has(cable: Cable, unit: Unit) -> tuple[str | None, ...]:
    """The names of what is there."""
    there = {
        "subject": cable.subject,
        "date": cable.date,
        "origin": cable.origin,
        "classification": cable.classification,
        "tags": cable.tags,
        "references": cable.references,
        **_has_itself(unit),
    }
    return tuple(name for name, value in there.items() if value)
