"""A cable as the documents that an engine indexes, one a paragraph; the same for every engine.

Owns what is indexed: which terms, values and numbers a paragraph has. Must not know an engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Cable, Paragraph
from search.analysis import fold, stems_and_terms
from search.fields import BY_NAME, FIELDS, POSITION, Field

# Stands between the parts of a text field. No word can equal it: a term has letters and digits only.
BREAK = "|"
# How often subject and heading count inside `text`. Counting them in the same field (BM25F) beat adding the scores
# of separate fields in every collection that was measured.
SUBJECT_WEIGHT = 3
HEADING_WEIGHT = 3

_TAKEN = tuple((field.name, field.words) for field in FIELDS if field.words)
# What all paragraphs of a cable have in common is found out once.
_SHARED = tuple(field for field in FIELDS if field.shared)
_OWN = tuple(field for field in FIELDS if not field.shared)


@dataclass(frozen=True, slots=True)
class Document:
    """One paragraph, ready to be indexed.

    `cable` is the cable's id as it is shown. `terms` maps a term field to its terms, joined by single blanks (engines
    split there and nowhere else): `text` (stems) and `text_exact`, `subject` and `subject_exact`, `section` and
    `section_exact`; every field of `search.fields.TERM_FIELDS` is there, "" if it has no word. In `text` and its twin
    the subject and the heading stand before the paragraph, repeated as their weight says, with `BREAK` between, so
    that no phrase runs over.
    `values` maps a keyword field to its values as people read them, no two equal when folded; a field without any is
    left out.
    `numbers` maps a number field to a signed integer: `date` in minutes since 1970-01-01T00:00Z, `number`,
    `paragraphs`, `position`; one without a number is left out.
    """

    cable: str
    anchor: str
    terms: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Words:
    stems: str
    exact: str


def documents(cable: Cable) -> list[Document]:
    """A document for each paragraph, in their order; none for a cable without paragraphs."""
    if not cable.paragraphs:
        return []
    values, numbers = _values_and_numbers(_SHARED, cable, cable.paragraphs[0])
    made = []
    for place, paragraph in enumerate(cable.paragraphs):
        own_values, own_numbers = _values_and_numbers(_OWN, cable, paragraph)
        made.append(
            Document(
                cable.id,
                paragraph.anchor,
                _terms(cable, paragraph),
                values | own_values,
                {POSITION: place} | numbers | own_numbers,
            )
        )
    return made


def _terms(cable: Cable, paragraph: Paragraph) -> dict[str, str]:
    words = {name: _words(taken(cable, paragraph)) for name, taken in _TAKEN}
    words["text"] = _joined(
        [words["subject"]] * SUBJECT_WEIGHT + [words["section"]] * HEADING_WEIGHT + [words["text"]]
    )
    terms = {}
    for name, found in words.items():
        terms[name] = found.stems
        terms[BY_NAME[name].exact] = found.exact
    return terms


def _values_and_numbers(
    fields: tuple[Field, ...], cable: Cable, paragraph: Paragraph
) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    values = {}
    numbers = {}
    for field in fields:
        if field.values and (printed := _distinct(field.values(cable, paragraph))):
            values[field.name] = printed
        if field.number and (number := field.number(cable, paragraph)) is not None:
            numbers[field.name] = number
    return values, numbers


# The subject and the heading come again with each paragraph of a cable.
@lru_cache(maxsize=16)
def _words(text: str) -> _Words:
    return _Words(*stems_and_terms(text))


def _joined(parts: list[_Words]) -> _Words:
    separator = f" {BREAK} "
    return _Words(
        separator.join(part.stems for part in parts if part.stems),
        separator.join(part.exact for part in parts if part.exact),
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values with single blanks, each once however it is spelt, the first spelling kept; empty ones dropped."""
    kept: dict[str, str] = {}
    for value in values:
        if value:
            folded, printed = _folded_and_printed(value)
            if folded:
                kept.setdefault(folded, printed)
    return tuple(kept.values())


# Most values come again with the next paragraph.
@lru_cache(maxsize=1 << 12)
def _folded_and_printed(value: str) -> tuple[str, str]:
    printed = " ".join(value.split())
    return fold(printed), printed
