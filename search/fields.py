"""The field table: every field that can be asked for, filtered by, counted or exported, and where it comes from.

One table drives the query parser, the engines' schemas, the facets, the exports and the help page; a field that is
not in it does not exist. Must not know how a question is written or how an engine stores a field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from corpus.late_dataclasses import dataclass
from corpus.model import Cable, Part
from corpus.omissions import KINDS
from corpus.omissions.codes import normal_code
from search import field_values, omitted
from search.text import date_spans
from search.text.analysis import fold
from search.units import Unit, UnitKind

Kind = Literal["text", "keyword", "date", "number", "like", "scope"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `kind` says how its field word is read: words, a whole value, a date or a number; a cable or paragraph
    to be like, or the scope in which the other words meet (those two say how to search, and hold nothing).

    `words`, `values` and `number` take from a cable and one of its units what is indexed, words of several values each
    on a line; a field of headings or of addressees has words to search and values to filter by. `facet` fields are
    counted, `timeline` ones too, but only when they are asked for; `shared` ones have the same for all paragraphs of a
    cable. `normal` makes of a value the form in which it is compared.
    """

    name: str
    kind: Kind
    label: str
    help: str
    example: str
    facet: bool = False
    timeline: bool = False
    shared: bool = False
    words: Callable[[Cable, Unit], str] | None = None
    values: Callable[[Cable, Unit], tuple[str | None, ...]] | None = None
    number: Callable[[Cable, Unit], int | None] | None = None
    normal: Callable[[str], str] = fold

    @property
    def exact(self) -> str:
        """The name of the unstemmed twin of a field of words."""
        return f"{self.name}_exact"


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
        values=field_values.own_values(lambda paragraph: paragraph.section),
    ),
    Field(
        "part",
        "keyword",
        "Part",
        f"The role of the section: {', '.join(Part)}.",
        "part:comment",
        facet=True,
        values=field_values.own_values(lambda paragraph: paragraph.part.value),
    ),
    Field(
        "mark",
        "keyword",
        "Portion mark",
        "The classification in parentheses at the paragraph's start, without them.",
        "mark:SBU",
        facet=True,
        values=field_values.own_values(lambda paragraph: paragraph.mark),
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
        "place",
        "keyword",
        "Place",
        "A country or a city that the paragraph names, under any of its names: a country also by its people or its "
        "government.",
        'place:"la paz"',
        facet=True,
        values=field_values.places,
        normal=field_values.fold_place,
    ),
    Field(
        "tag",
        "keyword",
        "TAGS",
        "One of the cable's TAGS, the codes of its subjects, countries and persons.",
        "tag:KIPR",
        facet=True,
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
        shared=True,
        values=field_values.years,
    ),
    Field(
        "month",
        "keyword",
        "Month",
        "The month that the cable's date may lie in, where more than the year is known.",
        "month:2007-03",
        timeline=True,
        shared=True,
        values=field_values.months,
    ),
    Field(
        "day",
        "keyword",
        "Day",
        "The day of the cable's date, where it is known.",
        "day:2007-03-23",
        timeline=True,
        shared=True,
        values=field_values.days,
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
        number=field_values.date_number,
    ),
    Field(
        "id",
        "keyword",
        "Cable",
        "The cable of that message reference, in any spelling.",
        "id:07GUANGZHOU376",
        shared=True,
        values=lambda cable, unit: field_values.id_forms(cable.id),
        normal=field_values.fold_id,
    ),
    Field(
        "cites",
        "keyword",
        "Cites",
        "Cables with that message reference, in any spelling, among their references.",
        "cites:07GUANGZHOU51",
        shared=True,
        values=field_values.cites,
        normal=field_values.fold_id,
    ),
    Field(
        "cited",
        "keyword",
        "Cited with its year",
        "Headers whose references name that cable with its year; see cites for all of a cable's paragraphs.",
        "cited:07GUANGZHOU51",
        timeline=True,
        values=omitted.cited_values,
        normal=field_values.fold_id,
    ),
    Field(
        "inferred",
        "keyword",
        "Cited without its year",
        "Headers whose references may mean that cable: they name its post and number, and the year is taken from the "
        "date of the cable that cites it.",
        "inferred:07GUANGZHOU51",
        timeline=True,
        values=omitted.inferred_values,
        normal=field_values.fold_id,
    ),
    Field(
        "key",
        "keyword",
        "Number of the header",
        "The header of the cable of that message reference, in any spelling; for counting cables.",
        "key:07GUANGZHOU376",
        timeline=True,
        values=omitted.number_values,
        normal=field_values.fold_id,
    ),
    Field(
        "telegram",
        "keyword",
        "Printed in a volume",
        "Headers of documents of a volume, as FRUS, that are the telegram of that message reference by their printed "
        "number, post and year.",
        "telegram:1976AMMAN687",
        timeline=True,
        values=omitted.telegram_values,
        normal=field_values.fold_id,
    ),
    Field(
        "series",
        "keyword",
        "Numbering",
        "Headers of the cables that a post sent in a year: the year in four digits and the post's code.",
        "series:2007GUANGZHOU",
        timeline=True,
        values=omitted.series_values,
    ),
    Field(
        "from",
        "text",
        "From",
        "Words of the sender as printed.",
        'from:"amconsul guangzhou"',
        shared=True,
        words=lambda cable, unit: cable.sender or "",
        values=lambda cable, unit: (cable.sender,),
    ),
    Field(
        "to",
        "text",
        "To",
        "Words of an addressee as printed, for action.",
        "to:secstate",
        facet=True,
        shared=True,
        words=lambda cable, unit: "\n".join(each.name for each in cable.recipients),
        values=lambda cable, unit: tuple(each.name for each in cable.recipients),
    ),
    Field(
        "info",
        "text",
        "Info",
        "Words of an addressee as printed, for information.",
        'info:"amembassy moscow"',
        shared=True,
        words=lambda cable, unit: "\n".join(each.name for each in cable.info_recipients),
        values=lambda cable, unit: tuple(each.name for each in cable.info_recipients),
    ),
    Field(
        "person",
        "keyword",
        "Person",
        "A person named in the paragraph, or in the cable's header: by any form of the name.",
        'person:"henry kissinger"',
        facet=True,
        values=field_values.people,
    ),
    Field(
        "organization",
        "keyword",
        "Organization",
        "A ministry, company, agency or other body named in the paragraph.",
        'organization:"foreign ministry"',
        facet=True,
        values=field_values.bodies,
    ),
    Field(
        "caveat",
        "keyword",
        "Caveat",
        "A handling word of the cable.",
        "caveat:SIPDIS",
        shared=True,
        values=lambda cable, unit: cable.caveats,
    ),
    Field(
        "has",
        "keyword",
        "Has",
        "What is there: subject, date, origin, classification, tags, references, section, mark, number, problems "
        "(possible reading errors), redaction (something is withheld, lost or left out).",
        "has:references",
        facet=True,
        values=field_values.has,
    ),
    Field(
        "redaction",
        "keyword",
        "Redaction",
        f"The kind of what is missing from the text: {', '.join(KINDS)}. What is said of a whole cable holds for all "
        "of it. Headings, headers and notes are found too.",
        'redaction:"not declassified"',
        facet=True,
        values=omitted.kinds,
    ),
    Field(
        "exemption",
        "keyword",
        "Exemption",
        "The exemption under which something is withheld, in any spelling: B1, (b)(6), 1.4(D).",
        "exemption:B1",
        timeline=True,
        values=omitted.exemptions,
        normal=lambda value: fold(normal_code(value)),
    ),
    Field(
        "problem",
        "keyword",
        "Problem",
        "A kind of possible reading error in the cable, by the names that the status page lists.",
        "problem:page-cut",
        shared=True,
        values=lambda cable, unit: tuple(dict.fromkeys(each.code for each in cable.problems)),
    ),
    Field(
        "number",
        "number",
        "Paragraph number",
        "The paragraph's number inside its cable.",
        "number:12",
        number=field_values.own(lambda paragraph: paragraph.number),
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
        "How many words the paragraph has, separated by spaces.",
        "words:>200",
        timeline=True,
        values=field_values.own_values(lambda paragraph: str(field_values.length(paragraph))),
        number=field_values.own(field_values.length),
    ),
    Field(
        "like",
        "like",
        "Like",
        "Paragraphs of other cables that share two or more of the most distinctive words of a cable or a paragraph.",
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
# What only heads have, so that each cable is counted once.
HEAD_FIELDS = frozenset({"cited", "inferred", "key", "series", "telegram"})
# These say which units are meant.
PLACE_FIELDS = frozenset({"in", "unit"})
# Asked for in these, other units than paragraphs are meant too.
UNIT_FIELDS = PLACE_FIELDS | HEAD_FIELDS | {"redaction", "exemption"}
# And by these values of other fields.
UNIT_VALUES = frozenset({("has", "redaction")})

# In the order in which they are shown.
FACETS = tuple(field.name for field in FIELDS if field.facet)
# All that can be counted.
COUNTED = tuple(field.name for field in FIELDS if field.facet or field.timeline)
