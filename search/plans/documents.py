"""A cable as the documents that an engine indexes, one for each unit of it; the same for every engine.

Owns what is indexed: which terms, values and numbers a unit has. Must not know an engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from functools import lru_cache
from typing import NamedTuple

from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.fields import BY_NAME, CONTEXT, DATE_SPAN, FIELDS, POSITION, STRETCH
from search.omitted import of_unit
from search.text.analysis import fold, indexed, stems_and_terms
from search.text.date_spans import span_of
from search.units import Unit, UnitKind, units

# Stands between the parts of a text. No word can equal it: a term has letters and digits only.
BREAK = "|"
# How often a word of a paragraph counts more that stands in the subject too, or in the heading: as BM25F counts it.
SUBJECT_WEIGHT = 7
HEADING_WEIGHT = 7
# How often the subject counts in the head.
HEAD_WEIGHT = 2

_TEXT = "text"
# What a unit's own text tells: how long it is, whom and what it names; a heading tells none of it.
_TOLD_BY_TEXT = frozenset({"words", "place", "person", "organization"})
_Values = Callable[[Cable, Unit], tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class _Fields:
    """How fields take their values, and their numbers, by name."""

    values: tuple[tuple[str, _Values], ...]
    numbers: tuple[tuple[str, Callable[[Cable, Unit], int | None]], ...]


def _fields(*, shared: bool) -> _Fields:
    chosen = [field for field in FIELDS if field.shared is shared]
    return _Fields(
        tuple((field.name, field.values) for field in chosen if field.values),
        tuple((field.name, field.number) for field in chosen if field.number),
    )


# What all units of a cable have in common is found out once.
_SHARED = _fields(shared=True)
_OWN = _fields(shared=False)
# Own values that are another for each paragraph; the others are told by a unit's kind, heading, part, mark and number,
# and by what is missing from it.
_OF_TEXT = tuple(each for each in _OWN.values if each[0] in _TOLD_BY_TEXT)
_OF_FORM = tuple(each for each in _OWN.values if each[0] not in _TOLD_BY_TEXT)
_SUBJECT = BY_NAME["subject"]
_TEXT_EXACT, _SECTION_EXACT = BY_NAME[_TEXT].exact, BY_NAME["section"].exact
# Who wrote a cable, and to whom, is looked for by words too; these stand over no text.
_CORRESPONDENTS = tuple(
    (field, field.words) for field in FIELDS if field.shared and field.words and field.values
)
# Asked for on every unit; a member of an Enum takes a look-up in Python.
_PARAGRAPH, _HEAD, _HEADING = UnitKind.PARAGRAPH, UnitKind.HEAD, UnitKind.HEADING


class Document(NamedTuple):
    """One unit, ready to be indexed.

    `cable` is the cable's id as it is shown. `terms` maps a term field to its terms, joined by single blanks (engines
    split there and nowhere else): `text` (stems) and `text_exact`, `subject_exact`, `section_exact`, `from_exact`,
    `to_exact`, `info_exact`, `context`; every field of `search.fields.TERM_FIELDS` is there, "" if it has no word.
    `text` has the unit's own words, and again those that stand over it; `text_exact` has its own words in their order,
    with `BREAK` between its parts, so that no phrase runs over; `context` has what stands over it and not in it.
    `values` maps a keyword field to its values as people read them, no two equal when folded; a field without any is
    left out.
    `numbers` maps a number field to a signed integer: `date` in minutes since 1970-01-01T00:00Z, for the order;
    `date_first` and `date_last` (`search.text.date_spans`), `number`, `paragraphs`, `position`; one without a number is
    left out.
    """

    # A tuple, as a unit is.
    cable: str
    anchor: str
    terms: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    # Which terms `text` has.
    stems: Set[str]


class Own(NamedTuple):
    """What one unit has by itself, as in `Document`.

    Its values are in two: `form` has those that its kind, heading, part and mark tell, one and the same mapping for all
    units of the cable that have them alike; `told` has those that its text tells.
    """

    anchor: str
    terms: Mapping[str, str]
    form: Mapping[str, tuple[str, ...]]
    told: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    stems: Set[str]


class _Words(NamedTuple):
    stems: str
    exact: str
    # Which stems there are.
    there: frozenset[str] | set[str] = frozenset()


_NO_WORDS = _Words("", "")


@dataclass(frozen=True, slots=True)
class Shared:
    """What all units of a cable have in common."""

    terms: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    # The parts of the header, as its head has them.
    header: tuple[str, ...]


def documents(cable: Cable) -> list[Document]:
    """A document for each unit, in the order of their places; the head is always among them."""
    shared, own = apart(cable)
    return [
        Document(
            cable.id,
            each.anchor,
            {**each.terms, **shared.terms},
            {**shared.values, **each.form, **each.told},
            {**shared.numbers, **each.numbers},
            each.stems,
        )
        for each in own
    ]


def apart(cable: Cable) -> tuple[Shared, list[Own]]:
    """The same with what is shared apart, and what each unit has by itself."""
    every = units(cable)
    head = next(unit for unit in every if unit.kind is _HEAD)
    subject = _words(cable.subject)
    shared_values = _values(_SHARED.values, cable, head)
    shared_numbers = _numbers(_SHARED, cable, head)
    if known := span_of(cable):
        shared_numbers |= zip(DATE_SPAN, known, strict=True)
    shared_terms = {_SUBJECT.exact: subject.exact} | {
        field.exact: _of_lines(take(cable, head)) for field, take in _CORRESPONDENTS
    }
    shared = Shared(shared_terms, shared_values, shared_numbers, head.parts[1:])
    made = []
    length = 0
    forms: _OfForms = {}
    # The stems of the paragraphs under each heading.
    below: dict[int, set[str]] = {}
    for unit in every:
        own = _own_words(unit)
        stems = own.there
        paragraph = unit.kind is _PARAGRAPH
        if paragraph:
            length += _count(own.stems)
        filled = 0
        if unit is head and own.stems:
            filled = length // max(1, len(cable.paragraphs))
        form = _form_values(cable, unit, forms)
        told = _values(_OF_TEXT, cable, unit) if unit.kind is not _HEADING else _NOTHING
        numbers = _numbers(_OWN, cable, unit)
        numbers[POSITION] = unit.place
        terms = _terms(unit, own, subject, filled)
        if unit.stretch is not None:
            numbers[STRETCH] = unit.stretch
            if paragraph:
                below.setdefault(unit.stretch, set()).update(stems)
            else:
                stems = stems - below[unit.stretch]
                _leave_to_paragraphs(terms, below[unit.stretch])
        made.append(Own(unit.anchor, terms, form, told, numbers, stems))
    return shared, made


def _own_words(unit: Unit) -> _Words:
    if unit.kind is _HEADING:
        return _words(unit.parts[0])
    if len(unit.parts) == 1:
        return _Words(*indexed(unit.parts[0]))
    found = [_Words(*indexed(part)) for part in unit.parts]
    return _Words(
        " ".join(each.stems for each in found if each.stems),
        f" {BREAK} ".join(each.exact for each in found if each.exact),
        frozenset().union(*[each.there for each in found]),
    )


def _of_lines(text: str) -> str:
    """The terms of a text whose lines are values of their own; no phrase runs over."""
    found = (stems_and_terms(line)[1] for line in text.split("\n"))
    return f" {BREAK} ".join(filter(None, found))


def _terms(unit: Unit, own: _Words, subject: _Words, filled: int) -> dict[str, str]:
    heading = _words(unit.section) if unit.section else _NO_WORDS
    under = subject if unit.kind is not _HEAD else _NO_WORDS
    counted, context = _counted(own.stems, own.there, under.stems, heading.stems)
    if unit.kind is _HEAD:
        # The subject counts as often here as over a paragraph. And a head is found as though its words stood over a
        # paragraph as long as its cable's are: or its shortness would put it before all paragraphs.
        counted = " ".join(filter(None, [*[subject.stems] * (HEAD_WEIGHT - 1), counted]))
        counted += f" {BREAK}" * max(0, filled - _count(counted))
    return {
        _TEXT: counted.strip(),
        _TEXT_EXACT: own.exact,
        _SECTION_EXACT: heading.exact,
        CONTEXT: context,
    }


def _leave_to_paragraphs(terms: dict[str, str], below: set[str]) -> None:
    """Takes from a heading the words that a paragraph under it has: those find the paragraph."""
    for name in (_TEXT, CONTEXT):
        terms[name] = " ".join([stem for stem in terms[name].split(" ") if stem not in below])


def _counted(own: str, there: Set[str], subject: str, heading: str) -> tuple[str, str]:
    """The own stems as often as they count, and the stems that stand over them only."""
    if not subject and not heading:
        return own, ""
    again: list[str] = []
    context: dict[str, None] = {}
    for stems, weight in ((subject, SUBJECT_WEIGHT), (heading, HEADING_WEIGHT)):
        for stem in stems.split(" ") if stems else ():
            if stem in there:
                again += [stem] * weight
            else:
                context[stem] = None
    return (f"{own} {' '.join(again)}" if again else own), " ".join(context)


def _count(terms: str) -> int:
    return terms.count(" ") + 1 if terms else 0


def _values(
    taken: Iterable[tuple[str, _Values]], cable: Cable, unit: Unit
) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for name, take in taken:
        said = take(cable, unit)
        if said and (printed := _distinct(said)):
            values[name] = printed
    return values


# The values of a cable's units by what decides them.
_OfForms = dict[tuple[object, ...], dict[str, tuple[str, ...]]]


_NOTHING: dict[str, tuple[str, ...]] = {}


def _form_values(cable: Cable, unit: Unit, forms: _OfForms) -> dict[str, tuple[str, ...]]:
    """A unit's own values but for those of its text: several units of a cable have the same."""
    paragraph = unit.paragraph
    missing = of_unit(unit)
    form: tuple[object, ...] = (unit.kind, unit.where)
    if missing:
        form += tuple((each.kinds, each.codes) for each in missing)
    if paragraph is not None:
        form += (paragraph.section, paragraph.part, paragraph.mark, paragraph.number is None)
    found = forms.get(form)
    if found is None:
        found = forms[form] = _values(_OF_FORM, cable, unit)
    return found


def _numbers(fields: _Fields, cable: Cable, unit: Unit) -> dict[str, int]:
    return {
        name: number
        for name, take_number in fields.numbers
        if (number := take_number(cable, unit)) is not None
    }


# The subject and the heading come again with each paragraph of a cable.
@lru_cache(maxsize=16)
def _words(text: str) -> _Words:
    return _Words(*indexed(text))


# Nearly all come again with the next unit.
@lru_cache(maxsize=1 << 13)
def _distinct(values: tuple[str | None, ...]) -> tuple[str, ...]:
    """The values with single blanks, each once however it is spelt, the first spelling kept; empty ones dropped."""
    kept: dict[str, str] = {}
    for value in values:
        if value:
            printed = " ".join(value.split())
            if (folded := fold(printed)) and folded not in kept:
                kept[folded] = printed
    return tuple(kept.values())
