"""From an engine's matches to a `SearchResult`: order, groups, pages, snippets and facets, the same for each engine.

Owns what needs no index any more. Must not know an engine: it is handed all matches, the counts of the facets, and a
function that reads a paragraph.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.model import Cable, Paragraph
from search.analysis import fold
from search.ordering import Key, key, page
from search.query import Node, Query, Sort
from search.questions import asked
from search.results import CableSummary, Facet, FacetValue, Group, Hit, SearchResult
from search.snippets import snippet

Load = Callable[["Match"], tuple[CableSummary, Paragraph]]
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph that was found: its cable's id, its place in it from 0, and what it is ordered by.

    `date` is in minutes since 1970-01-01T00:00Z, None without a date. `address` is the engine's own, for reading it.
    `rank` is how many paragraphs its cable has, or how many cables cite it, if the query is sorted by that.
    """

    cable: str
    position: int
    score: float
    date: int | None = None
    address: object = None
    rank: int = 0


class FacetCount:
    """One field's values while the paragraphs that have them are counted."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._printed: dict[str, str] = {}

    def add(self, printed: str, count: int = 1) -> None:
        """So many more paragraphs have the value, printed like this."""
        folded = fold(printed)
        self._counts[folded] += count
        self._printed[folded] = max(printed, self._printed.get(folded, printed))

    def facet(self, query: Query, field: str) -> Facet:
        """Most frequent first, then by name, or by name alone; spellings that are equal when folded are one value,
        shown as the last of them in the order of their characters. What the query's filter names is there in any
        case.
        """
        chosen = {
            fold(value): value
            for each in query.filters
            if each.field == field
            for value in (*each.included, *each.excluded)
        }
        values = [
            FacetValue(self._printed.get(folded, chosen.get(folded, folded)), self._counts[folded])
            for folded in {**self._counts, **chosen}
        ]
        prefix = fold(query.facet_prefix)
        values = [value for value in values if fold(value.value).startswith(prefix)]
        by_count = query.facet_order == "count"
        values.sort(key=lambda value: (-value.count if by_count else 0, value.value))
        limit = query.facet_limit or len(values)
        kept = tuple(
            value
            for place, value in enumerate(values)
            if place < limit or fold(value.value) in chosen
        )
        return Facet(field, kept, len(values) - len(kept))


def summary(cable: Cable) -> CableSummary:
    """What a list of results shows of a cable."""
    return CableSummary(
        id=cable.id,
        subject=cable.subject,
        date=cable.date,
        date_precision=cable.date_precision,
        origin=cable.origin.name if cable.origin else "",
        country=cable.origin.country if cable.origin else "",
        classification=cable.classification,
        tags=cable.tags,
        source=cable.source,
    )


def answer(
    query: Query,
    matches: Iterable[Match],
    facets: Mapping[str, FacetCount],
    load: Load,
    started: float,
    notes: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
) -> SearchResult:
    """The answer to a query; `started` is when it came, by `time.perf_counter`.

    `matches` are all that were found, in any order, each paragraph once; `facets` has a count for each field that the
    query names, over the paragraphs found without that field's own filter.
    """
    found = in_order(matches, query.sort)
    cables = _by_cable(found, query.sort)
    shown: list[tuple[Sequence[Match], int]]
    if query.grouped:
        groups_shown, after = page(
            list(cables.values()), query, lambda each: _earliest(each, query.sort)
        )
        shown = [(each[: max(1, query.per_cable)], len(each)) for each in groups_shown]
    else:
        found_shown, after = page(found, query, lambda match: key(match, query.sort))
        shown = [([each], 1) for each in found_shown]
    tree = asked(query) if query.snippets else None
    groups = tuple(
        _group([hit(*load(match), match.score, tree) for match in best], total)
        for best, total in shown
    )
    return SearchResult(
        paragraphs=len(found),
        cables=len(cables),
        hits=tuple(each for group in groups for each in group.hits),
        groups=groups if query.grouped else (),
        facets=tuple(facets[field].facet(query, field) for field in query.facets),
        milliseconds=(time.perf_counter() - started) * 1000,
        notes=notes,
        after=after,
        words=words,
    )


def in_order(matches: Iterable[Match], sort: Sort) -> list[Match]:
    """The matches as `search.ordering` puts them."""
    return sorted(matches, key=lambda match: key(match, sort))


def hit(cable: CableSummary, paragraph: Paragraph, score: float, tree: Node | None) -> Hit:
    """A paragraph as it is shown in a list of results; without a tree it has no snippet."""
    return Hit(
        cable=cable,
        anchor=paragraph.anchor,
        number=paragraph.number,
        mark=paragraph.mark,
        section=paragraph.section,
        part=paragraph.part.value,
        text=paragraph.text,
        score=score,
        snippet=() if tree is None else snippet(paragraph.text, tree),
    )


def _by_cable(found: Sequence[Match], sort: Sort) -> dict[str, list[Match]]:
    """The cables in the order of their first match in `found`, each with its paragraphs, best first."""
    cables: dict[str, list[Match]] = {}
    for match in found:
        cables.setdefault(match.cable, []).append(match)
    if sort == "relevance":
        return cables
    return {cable: in_order(matches, "relevance") for cable, matches in cables.items()}


def _earliest(group: Sequence[Match], sort: Sort) -> Key:
    """What a cable is ordered by: its first match, by date or the like any of them."""
    return min(key(match, sort) for match in group)


def _group(hits: Sequence[Hit], total: int) -> Group:
    return Group(hits[0].cable, tuple(hits), total)
