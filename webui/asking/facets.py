"""The facets as the pages show them, out of the one field table: their names and labels, and when values are equal."""

from __future__ import annotations

from corpus.tags import tag
from search.fields import BY_NAME, FACETS, UNIT_FIELDS

# The values of a facet beside the results; another page has them all.
SHOWN = 8

FACET_NAMES: tuple[str, ...] = FACETS

# Open without being asked; the others open with a click, and by themselves when they have a filter.
OPEN_FACETS = frozenset({"section", "part", "mark", "origin", "year", "in"})

# Read by their order and not by their counts, the newest first.
ORDERED_FACETS = frozenset({"year"})


# Values that are names of our own, for people.
_VALUE_LABELS = {
    ("in", "text"): "Text and headings",
    ("in", "header"): "Subject and header",
    ("in", "notes"): "Notes",
}


def facet_label(field: str) -> str:
    """A facet's name for people."""
    return BY_NAME[field].label


def value_label(field: str, value: str) -> str:
    """A value for people: as it is printed, but for those that are words of our own."""
    return _VALUE_LABELS.get((field, value.lower()), value)


def counts_everything(field: str) -> bool:
    """Whether a facet counts whatever is found; the others count paragraphs."""
    return field in UNIT_FIELDS


def same_value(field: str, one: str, other: str) -> bool:
    """Whether two values of a field are one for the engines: case, accents and blanks do not count."""
    normal = BY_NAME[field].normal
    return normal(one) == normal(other)


def tag_meaning(code: str) -> str:
    """What a TAGS code stands for; "" where the tables do not say."""
    known = tag(code)
    return known.meaning if known else ""


def value_note(field: str, value: str) -> str:
    """What a facet's value means and of which kind it is, where the value itself is a code; "" elsewhere."""
    known = tag(value) if field == "tag" else None
    return ", ".join(filter(None, (known.meaning, known.kind))) if known else ""
