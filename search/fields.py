"""The field table: every field that can be asked for, filtered by, counted or exported, and where it comes from.

One table drives the query parser, the engines' schemas, the facets, the exports and the help page; a field that is
not in it does not exist. Must not know how a question is written or how an engine stores a field.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph, Part
from search import date_spans, dates
from search.analysis import fold
from search.units import Unit, UnitKind

Kind = Literal["text", "keyword", "date", "number", "like", "scope"]
Values = tuple[str | None, ...]
Value = TypeVar("Value")


def _fold_id(value: str) -> str:
    """A cable id in any spelling as it is compared."""
    return fold(lookup_key(value))


def _id_forms(cable_id: str) -> tuple[str, ...]:
    """The key that every spelling leads to, and the id as it is printed, for those who type its beginning."""
    return lookup_key(cable_id), cable_id


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `kind` says how its field word is read: words, a whole value, a date or a number; a cable or paragraph
    to be like, or the scope in which the other words meet (those two say how to search, and hold nothing).

    `words`, `values` and `number` take from a cable and one of its units what is indexed; a field of headings has
    words to search and values to filter by. `facet` fields are counted, `timeline` ones too, but only when they are
    asked for; `multiple` ones may have several values a paragraph, `shared` ones have the same for all paragraphs of a
    cable. `normal` makes of a value the form in which it is compared.
    """

    name: str
    kind: Kind
    label: str
    help: str
    example: str
    facet: bool = False
    timeline: bool = False
    multiple: bool = False
    shared: bool = False
    words: Callable[[Cable, Unit], str] | None = None
    values: Callable[[Cable, Unit], tuple[str | None, ...]] | None = None
    number: Callable[[Cable, Unit], int | None] | None = None
    normal: Callable[[str], str] = fold

    @property
    def exact(self) -> str:
        """The name of the unstemmed twin of a field of words."""
        return f"{self.name}_exact"


def _date(cable: Cable, unit: Unit) -> int | None:
    """What dates are put in order by: the first minute, in UTC."""
    return None if cable.date is None else dates.minutes(cable.date)


def _year(cable: Cable, unit: Unit) -> Values:
    known = date_spans.span_of(cable)
    return () if known is None else date_spans.years(known)


def _month(cable: Cable, unit: Unit) -> Values:
    """Nothing for a date of which only the year is known."""
    known = date_spans.span_of(cable)
    return () if known is None else date_spans.months(known)


def _day(cable: Cable, unit: Unit) -> Values:
    known = date_spans.span_of(cable)
    return () if known is None else date_spans.days(known)


def _own(take: Callable[[Paragraph], Value]) -> Callable[[Cable, Unit], Value | None]:
    """What is taken of paragraphs only; other units give None."""
    return lambda cable, unit: (
        take(unit.paragraph)
        if unit.paragraph is not None and unit.kind is UnitKind.PARAGRAPH
        else None
    )


def _own_values(take: Callable[[Paragraph], str | None]) -> Callable[[Cable, Unit], Values]:
    """The same as a list of values."""
    taken = _own(take)
    return lambda cable, unit: (taken(cable, unit),)


def _length(paragraph: Paragraph) -> int:
    return len(paragraph.text.split())


def _cites(cable: Cable, unit: Unit) -> tuple[str | None, ...]:
    return tuple(form for item in cable.references if item.id for form in _id_forms(item.id))


def _has_itself(unit: Unit) -> dict[str, object]:
    if unit.paragraph is None or unit.kind is not UnitKind.PARAGRAPH:
        return {}
    return {
        "section": unit.paragraph.section,
        "mark": unit.paragraph.mark,
        "number": unit.paragraph.number is not None,
    }


def _has(cable: Cable, unit: Unit) -> tuple[str | None, ...]:
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


FIELDS: tuple[Field, ...] = (
    Field(
        "any",
        "text",
        "Words",
        "What you type without a field word. At least one of the words must be in the paragraph itself; the others may "
        "be in its heading or in the cable's subject. Headings, headers and notes are found by their own words.",
        "injunction",
    ),
    Field(
        "text",
        "text",
        "Text",
        "Only words of the paragraph itself; its heading and the cable's subject do not help.",
        "text:injunction",
        words=lambda cable, unit: unit.text,
    ),
    Field(
        "subject",
        "text",
        "Subject",
        "The words of the cable's subject line.",
        "subject:review",
        shared=True,
        words=lambda cable, unit: cable.subject,
    ),
    Field(
        "section",
        "text",
        "Section",
        "The words of the heading over the paragraph.",
        'section:"shoes and more shoes"',
        facet=True,
        words=lambda cable, unit: unit.section,
        values=_own_values(lambda paragraph: paragraph.section),
    ),
    Field(
        "part",
        "keyword",
        "Part",
        f"The role of the section: {', '.join(Part)}.",
        "part:comment",
        facet=True,
        values=_own_values(lambda paragraph: paragraph.part.value),
    ),
    Field(
        "mark",
        "keyword",
        "Portion mark",
        "The classification in parentheses at the paragraph's start, without them.",
        "mark:SBU",
        facet=True,
        values=_own_values(lambda paragraph: paragraph.mark),
    ),
    Field(
        "classification",
        "keyword",
        "Classification",
        "The classification of the whole cable.",
        "classification:confidential",
        facet=True,
        shared=True,
        values=lambda cable, unit: (cable.classification,),
    ),
    Field(
        "origin",
        "keyword",
        "Origin",
        "The post that sent the cable, by its name.",
        'origin:"la paz"',
        facet=True,
        shared=True,
        values=lambda cable, unit: (cable.origin.name if cable.origin else None,),
    ),
    Field(
        "country",
        "keyword",
        "Country",
        "The country of the post that sent the cable.",
        "country:china",
        facet=True,
        shared=True,
        values=lambda cable, unit: (cable.origin.country if cable.origin else None,),
    ),
    Field(
        "region",
        "keyword",
        "Region",
        "The region of the post that sent the cable.",
        "region:east*",
        facet=True,
        shared=True,
        values=lambda cable, unit: (cable.origin.region if cable.origin else None,),
    ),
    Field(
        "tag",
        "keyword",
        "TAGS",
        "One of the cable's TAGS, the codes of its subjects, countries and persons.",
        "tag:KIPR",
        facet=True,
        multiple=True,
        shared=True,
        values=lambda cable, unit: cable.tags,
    ),
    Field(
        "year",
        "keyword",
        "Year",
        "The year that the cable's date may lie in.",
        "year:2007",
        facet=True,
        multiple=True,
        shared=True,
        values=_year,
    ),
    Field(
        "month",
        "keyword",
        "Month",
        "The month that the cable's date may lie in, where more than the year is known.",
        "month:2007-03",
        timeline=True,
        multiple=True,
        shared=True,
        values=_month,
    ),
    Field(
        "day",
        "keyword",
        "Day",
        "The day of the cable's date, where it is known.",
        "day:2007-03-23",
        timeline=True,
        shared=True,
        values=_day,
    ),
    Field(
        "source",
        "keyword",
        "Source",
        "The form in which the cable was found.",
        "source:scoop",
        facet=True,
        shared=True,
        values=lambda cable, unit: (cable.source,),
    ),
    Field(
        "in",
        "keyword",
        "Found in",
        "Where it was found: text (paragraphs and headings), header (with the subject) or notes.",
        "in:notes",
        facet=True,
        multiple=True,
        values=lambda cable, unit: unit.where,
    ),
    Field(
        "unit",
        "keyword",
        "Unit",
        f"What was found: {', '.join(UnitKind)}; head is the subject and header, version a passage of another version.",
        "unit:heading",
        values=lambda cable, unit: (unit.kind.value,),
    ),
    Field(
        "date",
        "date",
        "Date",
        "The cable's date as printed, by a year, month, day or minute, or a range of them, both ends included. A date "
        "that is not known exactly is found by what it may lie in, and not by less than is known.",
        "date:[2006-01 TO 2007-06]",
        shared=True,
        number=_date,
    ),
    Field(
        "id",
        "keyword",
        "Cable",
        "The cable of that message reference, in any spelling.",
        "id:07GUANGZHOU376",
        multiple=True,
        shared=True,
        values=lambda cable, unit: _id_forms(cable.id),
        normal=_fold_id,
    ),
    Field(
        "cites",
        "keyword",
        "Cites",
        "Cables with that message reference, in any spelling, among their references.",
        "cites:07GUANGZHOU51",
        multiple=True,
        shared=True,
        values=_cites,
        normal=_fold_id,
    ),
    Field(
        "from",
        "keyword",
        "From",
        "The sender as printed.",
        'from:"amconsul guangzhou"',
        shared=True,
        values=lambda cable, unit: (cable.sender,),
    ),
    Field(
        "to",
        "keyword",
        "To",
        "An addressee as printed, for action.",
        'to:"secstate washdc"',
        facet=True,
        multiple=True,
        shared=True,
        values=lambda cable, unit: tuple(each.name for each in cable.recipients),
    ),
    Field(
        "info",
        "keyword",
        "Info",
        "An addressee as printed, for information.",
        "info:amembassy*",
        multiple=True,
        shared=True,
        values=lambda cable, unit: tuple(each.name for each in cable.info_recipients),
    ),
    Field(
        "caveat",
        "keyword",
        "Caveat",
        "A handling word of the cable.",
        "caveat:SIPDIS",
        multiple=True,
        shared=True,
        values=lambda cable, unit: cable.caveats,
    ),
    Field(
        "has",
        "keyword",
        "Has",
        "What is there: subject, date, origin, classification, tags, references, section, mark, number.",
        "has:references",
        facet=True,
        multiple=True,
        values=_has,
    ),
    Field(
        "number",
        "number",
        "Paragraph number",
        "The paragraph's number inside its cable.",
        "number:12",
        number=_own(lambda paragraph: paragraph.number),
    ),
    Field(
        "paragraphs",
        "number",
        "Paragraphs",
        "How many paragraphs the cable has.",
        "paragraphs:>20",
        shared=True,
        number=lambda cable, unit: len(cable.paragraphs),
    ),
    Field(
        "words",
        "number",
        "Words",
        "How many words the paragraph has, as blanks part them.",
        "words:>200",
        timeline=True,
        values=_own_values(lambda paragraph: str(_length(paragraph))),
        number=_own(_length),
    ),
    Field(
        "like",
        "like",
        "Like",
        "Paragraphs of other cables that share two or more of the heaviest words of a cable or a paragraph.",
        "like:07GUANGZHOU376#p11",
    ),
    Field(
        "same",
        "scope",
        "Same",
        "With the word cable: the other words may stand in different paragraphs of one cable.",
        "same:cable putian injunction",
    ),
)

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}

# What an engine's schema is made of: terms are joined by blanks, values are whole, numbers are signed integers.
CONTEXT = "context"  # stems that stand over a paragraph, in heading or subject, and not in it
# Of words that choose (`subject:`, `section:`) the forms are kept; their stems are looked up among them.
STEMMED = ("text", CONTEXT)
TERM_FIELDS = (*STEMMED, *(field.exact for field in FIELDS if field.words))
# Phrases are asked of words as they stand; stems only count.
PLACED_FIELDS = frozenset(field.exact for field in FIELDS if field.words)
VALUE_FIELDS = tuple(field.name for field in FIELDS if field.values)
POSITION = "position"  # the unit's place in its cable (`search.units`)
STRETCH = "stretch"  # which of the cable's headings it is, or stands under, from 0
# The span that a cable's date may lie in, which `date` asks for; its own number is for the order.
DATE_SPAN = (date_spans.FIRST, date_spans.LAST)
# None of these is a field of the language.
NUMBER_FIELDS = (*(field.name for field in FIELDS if field.number), POSITION, STRETCH, *DATE_SPAN)

# The names of all of these, by whether all paragraphs of a cable have the same.
SHARED_FIELDS = frozenset(
    (*DATE_SPAN, *(name for field in FIELDS if field.shared for name in (field.name, field.exact)))
)
OWN_FIELDS = frozenset((*TERM_FIELDS, *VALUE_FIELDS, *NUMBER_FIELDS)) - SHARED_FIELDS
# Asked for in these, other units than paragraphs are meant too.
UNIT_FIELDS = frozenset({"in", "unit"})

# In the order in which they are shown.
FACETS = tuple(field.name for field in FIELDS if field.facet)
# All that can be counted.
COUNTED = tuple(field.name for field in FIELDS if field.facet or field.timeline)
