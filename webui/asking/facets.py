"""The facets as the pages show them, out of the one field table: their names and labels, and when values are equal."""

from __future__ import annotations

from corpus.tags import tag
from search.fields import BY_NAME, FACETS, UNIT_FIELDS

# The values of a facet beside the results; another page has them all.
SHOWN = 8

FACET_NAMES: tuple[str, ...] = FACETS

# Beside the results in this order, open; the years stand under the dates. All others are under "More", folded.
FIRST_FACETS = ("year", "origin", "person", "place", "classification", "tag", "to", "part")

# Read by their order and not by their counts, the newest first.
ORDERED_FACETS = frozenset({"year"})

# Names that fit over a list of values; the field table has the names of the language.
_LABELS = {
    "year": "Date",
    "tag": "Topic",
    "part": "Section type",
    "section": "Heading",
    "has": "Includes",
    "place": "Place named",
    "person": "People",
    "organization": "Organizations",
}


def facet_label(field: str) -> str:
    """A facet's name for people."""
    return _LABELS.get(field, BY_NAME[field].label)


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
