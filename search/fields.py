"""The field table: every field that can be asked for, filtered by, counted or exported, and where it comes from.

One table drives the query parser, the engines' schemas, the facets, the exports and the help page; a field that is
not in it does not exist. Must not know how a question is written or how an engine stores a field.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph, Part
from search import dates
from search.analysis import fold

Kind = Literal["text", "keyword", "date", "number", "like", "scope"]


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

    `words`, `values` and `number` take from a cable and one of its paragraphs what is indexed; a field of headings has
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
    words: Callable[[Cable, Paragraph], str] | None = None
    values: Callable[[Cable, Paragraph], tuple[str | None, ...]] | None = None
    number: Callable[[Cable, Paragraph], int | None] | None = None
    normal: Callable[[str], str] = fold

    @property
    def exact(self) -> str:
        """The name of the unstemmed twin of a field of words."""
        return f"{self.name}_exact"


def _date(cable: Cable, paragraph: Paragraph) -> int | None:
    return None if cable.date is None else dates.minutes(cable.date)


def _year(cable: Cable, paragraph: Paragraph) -> tuple[str | None, ...]:
    return () if cable.date is None else (str(cable.date.year),)


def _month(cable: Cable, paragraph: Paragraph) -> tuple[str | None, ...]:
    """Nothing for a date of which only the year is known."""
    known = cable.date is not None and cable.date_precision != "year"
    return (f"{cable.date:%Y-%m}",) if known else ()


def _day(cable: Cable, paragraph: Paragraph) -> tuple[str | None, ...]:
    known = cable.date is not None and cable.date_precision in ("day", "minute")
    return (f"{cable.date:%Y-%m-%d}",) if known else ()


def _length(paragraph: Paragraph) -> int:
    return len(paragraph.text.split())


def _cites(cable: Cable, paragraph: Paragraph) -> tuple[str | None, ...]:
    return tuple(form for item in cable.references if item.id for form in _id_forms(item.id))


def _has(cable: Cable, paragraph: Paragraph) -> tuple[str | None, ...]:
    there = {
        "subject": cable.subject,
        "date": cable.date,
        "origin": cable.origin,
        "classification": cable.classification,
        "tags": cable.tags,
        "references": cable.references,
        "section": paragraph.section,
        "mark": paragraph.mark,
        "number": paragraph.number is not None,
    }
    return tuple(name for name, value in there.items() if value)


FIELDS: tuple[Field, ...] = (
    Field(
        "text",
        "text",
        "Text",
        "The words of a paragraph, of its heading and of the cable's subject; asked without a field word.",
        "injunction",
        words=lambda cable, paragraph: paragraph.text,
    ),
    Field(
        "subject",
        "text",
        "Subject",
        "The words of the cable's subject line.",
        "subject:review",
        shared=True,
        words=lambda cable, paragraph: cable.subject,
    ),
    Field(
        "section",
        "text",
        "Section",
        "The words of the heading over the paragraph.",
        'section:"shoes and more shoes"',
        facet=True,
        words=lambda cable, paragraph: paragraph.section or "",
        values=lambda cable, paragraph: (paragraph.section,),
    ),
    Field(
        "part",
        "keyword",
        "Part",
        f"The role of the section: {', '.join(Part)}.",
        "part:comment",
        facet=True,
        values=lambda cable, paragraph: (paragraph.part.value,),
    ),
    Field(
        "mark",
        "keyword",
        "Portion mark",
        "The classification in parentheses at the paragraph's start, without them.",
        "mark:SBU",
        facet=True,
        values=lambda cable, paragraph: (paragraph.mark,),
    ),
    Field(
        "classification",
        "keyword",
        "Classification",
        "The classification of the whole cable.",
        "classification:confidential",
        facet=True,
        shared=True,
        values=lambda cable, paragraph: (cable.classification,),
    ),
    Field(
        "origin",
        "keyword",
        "Origin",
        "The post that sent the cable, by its name.",
        'origin:"la paz"',
        facet=True,
        shared=True,
        values=lambda cable, paragraph: (cable.origin.name if cable.origin else None,),
    ),
    Field(
        "country",
        "keyword",
        "Country",
        "The country of the post that sent the cable.",
        "country:china",
        facet=True,
        shared=True,
        values=lambda cable, paragraph: (cable.origin.country if cable.origin else None,),
    ),
    Field(
        "region",
        "keyword",
        "Region",
        "The region of the post that sent the cable.",
        "region:east*",
        facet=True,
        shared=True,
        values=lambda cable, paragraph: (cable.origin.region if cable.origin else None,),
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
        values=lambda cable, paragraph: cable.tags,
    ),
    Field(
        "year",
        "keyword",
        "Year",
        "The year of the cable's date.",
        "year:2007",
        facet=True,
        shared=True,
        values=_year,
    ),
    Field(
        "month",
        "keyword",
        "Month",
        "The month of the cable's date, where it is known.",
        "month:2007-03",
        timeline=True,
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
        values=lambda cable, paragraph: (cable.source,),
    ),
    Field(
        "date",
        "date",
        "Date",
        "The cable's date in UTC, as a year, month, day or minute, or a range of them, both ends included.",
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
        values=lambda cable, paragraph: _id_forms(cable.id),
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
        values=lambda cable, paragraph: (cable.sender,),
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
        values=lambda cable, paragraph: tuple(each.name for each in cable.recipients),
    ),
    Field(
        "info",
        "keyword",
        "Info",
        "An addressee as printed, for information.",
        "info:amembassy*",
        multiple=True,
        shared=True,
        values=lambda cable, paragraph: tuple(each.name for each in cable.info_recipients),
    ),
    Field(
        "caveat",
        "keyword",
        "Caveat",
        "A handling word of the cable.",
        "caveat:SIPDIS",
        multiple=True,
        shared=True,
        values=lambda cable, paragraph: cable.caveats,
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
        number=lambda cable, paragraph: paragraph.number,
    ),
    Field(
        "paragraphs",
        "number",
        "Paragraphs",
        "How many paragraphs the cable has.",
        "paragraphs:>20",
        shared=True,
        number=lambda cable, paragraph: len(cable.paragraphs),
    ),
    Field(
        "words",
        "number",
        "Words",
        "How many words the paragraph has, as blanks part them.",
        "words:>200",
        timeline=True,
        values=lambda cable, paragraph: (str(_length(paragraph)),),
        number=lambda cable, paragraph: _length(paragraph),
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
TERM_FIELDS = tuple(name for field in FIELDS if field.words for name in (field.name, field.exact))
VALUE_FIELDS = tuple(field.name for field in FIELDS if field.values)
POSITION = "position"  # the paragraph's place in its cable, from 0; not a field of the language
NUMBER_FIELDS = (*(field.name for field in FIELDS if field.number), POSITION)

# The names of all of these, by whether all paragraphs of a cable have the same.
SHARED_FIELDS = frozenset(
    name for field in FIELDS if field.shared for name in (field.name, field.exact)
)
OWN_FIELDS = frozenset((*TERM_FIELDS, *VALUE_FIELDS, *NUMBER_FIELDS)) - SHARED_FIELDS

# In the order in which they are shown.
FACETS = tuple(field.name for field in FIELDS if field.facet)
# All that can be counted.
COUNTED = tuple(field.name for field in FIELDS if field.facet or field.timeline)
