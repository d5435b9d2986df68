"""What the fields take from a cable and one of its units: dates, ids, what is there.

Owns the values that need more than to be named. Must not know the field table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph
from corpus.places import context, place_name, places_in
from search.omitted import kinds
from search.text import date_spans, dates
from search.text.analysis import fold
from search.units import Unit, UnitKind

Values = tuple[str | None, ...]
Value = TypeVar("Value")


# Asked for on every unit; a member of an Enum takes a look-up in Python.
_PARAGRAPH, _HEAD, _HEADING = UnitKind.PARAGRAPH, UnitKind.HEAD, UnitKind.HEADING


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


def fold_place(value: str) -> str:
    """A place under any of its names as it is compared: `Upper Volta` as `Burkina Faso`."""
    return fold(place_name(value))


def places(cable: Cable, unit: Unit) -> Values:
    """The places that a paragraph names; other units give none."""
    if unit.paragraph is None or unit.kind is not _PARAGRAPH:
        return ()
    country = cable.origin.country if cable.origin else ""
    return places_in(unit.paragraph.text, context(country, cable.tags))


def own(take: Callable[[Paragraph], Value]) -> Callable[[Cable, Unit], Value | None]:
    """What is taken of paragraphs only; other units give None."""
    return lambda cable, unit: (
        take(unit.paragraph) if unit.paragraph is not None and unit.kind is _PARAGRAPH else None
    )


def own_values(take: Callable[[Paragraph], str | None]) -> Callable[[Cable, Unit], Values]:
    """The same as a list of values."""
    taken = own(take)
    return lambda cable, unit: (taken(cable, unit),)


def length(paragraph: Paragraph) -> int:
    """How many words a paragraph has, separated by spaces."""
    return _length(paragraph.text)


# Asked for as a value and as a number, one after the other.
@lru_cache(maxsize=2)
def _length(text: str) -> int:
    return len(text.split())


def cites(cable: Cable, unit: Unit) -> tuple[str | None, ...]:
    """The ids of the cables that are referred to, each in its forms."""
    return tuple(form for item in cable.references if item.id for form in id_forms(item.id))


def has(cable: Cable, unit: Unit) -> tuple[str | None, ...]:
    """The names of what is there."""
    paragraph = unit.paragraph if unit.kind is _PARAGRAPH else None
    # Written out: each paragraph that is indexed passes here.
    return (
        "subject" if cable.subject else None,
        "date" if cable.date else None,
        "origin" if cable.origin else None,
        "classification" if cable.classification else None,
        "tags" if cable.tags else None,
        "references" if cable.references else None,
        "section" if paragraph and paragraph.section else None,
        "mark" if paragraph and paragraph.mark else None,
        "number" if paragraph and paragraph.number is not None else None,
        "problems" if cable.problems else None,
        "redaction" if kinds(cable, unit) else None,
    )


def people(cable: Cable, unit: Unit) -> Values:
    """Whom the unit names; headings are titles, in whose capitals no name can be told."""
    if unit.kind is _HEADING:
        return ()
    # Only what writes an index reads cables for names.
    from search.people.naming import people_in

    return people_in(cable, unit.parts[0], head=unit.kind is _HEAD)


def bodies(cable: Cable, unit: Unit) -> Values:
    """The ministries, companies and agencies that the unit names."""
    if unit.kind is _HEADING:
        return ()
    from search.people.naming import bodies_in

    return bodies_in(cable, unit.parts[0], head=unit.kind is _HEAD)
