"""The first page: what the collection holds, where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.answers.results import Facet, IndexStats, SearchResult
from search.language.tree import Phrase, Word
from webui.asking.address import State, build
from webui.asking.facets import value_note
from webui.pages.filters import in_order
from webui.pages.wording import Link, counted

# The lists to browse by, each with its heading.
BROWSE = (("origin", "By post"), ("year", "By year"), ("tag", "By TAGS"))

# Values of these fields make examples of questions.
EXAMPLE_FIELDS = ("tag", "origin", "mark")


@dataclass(frozen=True, slots=True)
class BrowseEntry:
    """A value to browse by, what it means if it is a code, and how many paragraphs have it."""

    link: Link
    note: str
    count: str


@dataclass(frozen=True, slots=True)
class BrowseList:
    """The most frequent values of a field; `all` leads to all of them, None if these are all."""

    field: str
    heading: str
    entries: tuple[BrowseEntry, ...]
    all: Link | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """All that the first page says."""

    heading: str
    holdings: str
    examples: tuple[Link, ...]
    lists: tuple[BrowseList, ...]


def home_page(stats: IndexStats, overview: SearchResult, examples: Sequence[str]) -> HomePage:
    """The first page. `overview` is the answer to the question for everything, with its facets."""
    facets = {facet.field: facet for facet in overview.facets}
    questions = tuple(examples) or _examples(facets)
    return HomePage(
        "Search the cables, to the paragraph",
        f"{counted(stats.cables, 'cable')}, {counted(stats.paragraphs, 'paragraph')}.",
        tuple(Link(question, build(State(q=question))) for question in questions),
        tuple(
            _list(facets[field], heading)
            for field, heading in BROWSE
            if field in facets and facets[field].values
        ),
    )


def _list(facet: Facet, heading: str) -> BrowseList:
    total = len(facet.values) + facet.more
    return BrowseList(
        facet.field,
        heading,
        tuple(
            BrowseEntry(
                Link(value.value, build(State().including(facet.field, value.value))),
                value_note(facet.field, value.value),
                f"{value.count:,}",
            )
            for value in in_order(facet)
        ),
        Link(
            f"All {total:,}" if facet.more_exact else "All",
            build(State(), f"/values/{facet.field}"),
        )
        if facet.more
        else None,
    )


def _examples(facets: dict[str, Facet]) -> tuple[str, ...]:
    """Questions that find something here: the most frequent value of a few fields, as a field word."""
    tops = (facets[name].values[0].value for name in EXAMPLE_FIELDS if _has_value(facets, name))
    fields = (name for name in EXAMPLE_FIELDS if _has_value(facets, name))
    return tuple(
        str(Phrase(top, field) if " " in top else Word(top, field))
        for field, top in zip(fields, tops, strict=True)
    )


def _has_value(facets: dict[str, Facet], name: str) -> bool:
    return name in facets and bool(facets[name].values)
