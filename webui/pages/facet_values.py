"""A facet's value as people know the thing: a level in its colour, a post with its kind, TAGS with their meaning.

Owns how values look. Must not know what they are counted for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.posts import post_by_spelling, post_kind
from webui.asking.facets import tag_meaning
from webui.pages.titles import title_of
from webui.pages.wording import Badge, badge

# Kinds of posts that have a name of their own before the place: `Embassy Ankara`.
_KINDS = {"embassy": "Embassy", "consulate": "Consulate", "mission": "Mission"}
# A name that already says of which kind it is: `USUN New York`, `Mission Geneva`, `Department of Defense`.
_NAMED_BY_ITSELF = ("US", "Embassy", "Consulate", "Mission", "Department", "Secretary", "American")

_SOURCES = {
    "scoop": "Scoop",
    "wikileaks": "WikiLeaks",
    "plusd": "Public Library of US Diplomacy",
    "dump": "Dump (cables.csv)",
    "mirror": "Mirror of WikiLeaks",
    "cablegatesearch": "cablegatesearch.net",
    "nara": "National Archives",
    "foia": "State Department (FOIA)",
    "frus": "FRUS",
    "specimen": "Specimen",
    "telegram": "Plain text",
}
_NAMES = {
    "in": {"text": "Text and headings", "header": "Subject and header", "notes": "Notes"},
    "source": _SOURCES,
    "has": {
        "tags": "TAGS",
        "section": "Heading",
        "mark": "Portion mark",
        "number": "Paragraph number",
    },
}
# How the wire writes the capital.
_WASHDC = re.compile(r"\bWASHDC\b")
_LEVELS = frozenset({"classification", "mark"})


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value in words, what it means if it is a code ("" else), and how high it is if it is a level."""

    text: str
    note: str = ""
    badge: Badge | None = None


_POSTS = frozenset({"origin", "to"})
_WORDS = frozenset({"part", "has", "in", "source"})


def shown_otherwise(field: str) -> bool:
    """Whether the values of a facet are shown in other words than they are printed in."""
    return field == "tag" or field in _POSTS or field in _WORDS


@lru_cache(maxsize=4096)
def shown_value(field: str, value: str) -> ShownValue:
    """A value of a facet, as it is shown."""
    if field in _LEVELS:
        return ShownValue(value, badge=badge(value))
    if field == "tag":
        return ShownValue(value, tag_meaning(value))
    if field in _POSTS:
        return ShownValue(_post(value))
    if field in _WORDS:
        named = _NAMES.get(field, {}).get(value.lower())
        return ShownValue(named or value[:1].upper() + value[1:])
    return ShownValue(value)


def value_label(field: str, value: str) -> str:
    """The value in words."""
    return shown_value(field, value).text


def _post(value: str) -> str:
    """A post as people call it; an addressee that the tables do not know in title case."""
    known = post_by_spelling(value)
    name = known.name if known is not None else title_of(_WASHDC.sub("WASHINGTON DC", value))
    kind = _KINDS.get(post_kind(known.code) or "") if known is not None else None
    return f"{kind} {name}" if kind and not name.startswith(_NAMED_BY_ITSELF) else name
