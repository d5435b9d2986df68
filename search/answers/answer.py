"""From an engine's matches to a `SearchResult`: order, groups, pages, snippets and facets, the same for each engine.

Owns what needs no index any more. Must not know an engine: it is handed all matches, the counts of the facets, and a
function that reads a paragraph.
"""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from corpus.handling import shown_classification
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.answers.opening import opening
from search.answers.ordering import key, page
from search.answers.results import CableSummary, Facet, FacetValue, Group, Hit, SearchResult
from search.answers.snippets import Marker, SubjectMarker
from search.fields import BY_NAME
from search.language.questions import asked
from search.language.tree import FacetOrder, Query, Sort
from search.text.analysis import FOLDED_KEPT, fold, fold_afresh
from search.units import Unit, UnitKind, kind_at

Load = Callable[["Match"], tuple[CableSummary, Unit]]
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that was found: its cable's id, its place in it (`search.units`), and what it is ordered by.

    `date` is in minutes since 1970-01-01T00:00Z, None without a date. `address` is the engine's own, for reading it.
    `rank` is how many paragraphs its cable has, or how many cables cite it, if the query is sorted by that.
    """

    cable: str
    position: int
    score: float
    date: int | None = None
    address: object = None
    rank: int = 0

    @property
    def kind(self) -> UnitKind:
        """The kind of the unit."""
        return kind_at(self.position)


# Units of one cable, or one alone, and how many of each kind there are of it in all.
Shown = tuple[tuple[Match, ...], Mapping[UnitKind, int]]


@dataclass(frozen=True, slots=True)
class Selection:
    """What of all matches a page shows.

    `counts` are all matches by their kind, `cables` their cables; `after` is the cursor behind the page, "" at the end.
    """

    counts: Mapping[UnitKind, int]
    cables: int
    shown: tuple[Shown, ...]
    after: str


def values_wanted(query: Query, field: str) -> int:
    """How many values of a facet are asked for; 0 is all."""
    if field in query.listed or not query.facet_limit:
        return 0
    return query.facet_limit + dict(query.further).get(field, 0)


class FacetCount:
    """One field's values while the paragraphs that have them are counted."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._printed: dict[str, str] = {}
        self._left_out = 0
        self._all_known = True
        self._kept: dict[str, list[str]] | None = None

    def __len__(self) -> int:
        """How many values were counted, those left out not among them."""
        return len(self._counts)

    def keep(self) -> None:
        """Nothing more is added: what order the values are in is found out once, for all who ask."""
        self._kept = {}

    def leave_out(self, values: int, *, exact: bool) -> None:
        """So many values more are there, none of which may be shown; without `exact` at least so many."""
        self._left_out += values
        self._all_known = self._all_known and exact

    def add(self, printed: str, count: int = 1) -> None:
        """So many more paragraphs have the value, printed like this."""
        self.add_all([(printed, count)])

    def add_all(self, counted: Sequence[tuple[str, int]]) -> None:
        """The same for several values."""
        counts, shown = self._counts, self._printed
        as_compared = fold if len(counted) < FOLDED_KEPT else fold_afresh
        for printed, count in counted:
            folded = as_compared(printed)
            before = counts.get(folded)
            if before is None:
                counts[folded], shown[folded] = count, printed
                continue
            counts[folded] = before + count
            if printed > shown[folded]:
                shown[folded] = printed

    def facet(self, query: Query, field: str) -> Facet:
        """Most frequent first, then by name, or by name alone; spellings that are equal when folded are one value,
        shown as the last of them in the order of their characters. What the query's filter names is there in any
        case.
        """
        normal = BY_NAME[field].normal
        chosen = {
            normal(value): value
            for each in query.filters
            if each.field == field
            for value in (*each.included, *each.excluded)
        }
        prefix, held = fold(query.facet_prefix), fold(query.facet_holds)
        counts, printed = self._counts, self._printed
        unseen = {each: named for each, named in chosen.items() if each not in counts}
        if unseen:
            counts, printed = {**counts, **dict.fromkeys(unseen, 0)}, {**printed, **unseen}
        # There may be as many as the collection has headings: nothing is made for each of them.
        ordered = self._kept is not None and not unseen
        values: Collection[str] = self._in_order(query.facet_order) if ordered else counts
        if prefix or held:
            values = [each for each in values if held in each and each.startswith(prefix)]
        limit = values_wanted(query, field) or len(values)
        first = (
            list(islice(values, limit))
            if ordered
            else _first(values, limit, counts, printed, query.facet_order)
        )
        kept = first[query.facet_start :]
        if chosen:
            # Behind the first ones, in the same order.
            among = set(first)
            others = [each for each in values if each in chosen and each not in among]
            kept += _first(others, len(others), counts, printed, query.facet_order)
        return Facet(
            field,
            tuple(FacetValue(printed[each], counts[each]) for each in kept),
            len(values) - len(kept) + self._left_out,
            more_exact=self._all_known,
        )

    def _in_order(self, order: FacetOrder) -> list[str]:
        """All values in an order, found out once. Two threads may find out the same."""
        kept = {} if self._kept is None else self._kept
        known = kept.get(order)
        if known is None:
            known = _first(self._counts, len(self._counts), self._counts, self._printed, order)
            kept[order] = known
        return known


# Fewer than one in so many are looked for without putting all of them in order.
_ONE_IN = 8


def _first(
    values: Collection[str],
    number: int,
    counts: Mapping[str, int],
    printed: Mapping[str, str],
    order: FacetOrder,
) -> list[str]:
    """So many of the values, the first in the order; those that are as frequent are in the order of their names."""
    if number * _ONE_IN < len(values):
        if order == "name":
            return heapq.nsmallest(number, values, key=printed.__getitem__)
        return heapq.nsmallest(number, values, key=lambda each: (-counts[each], printed[each]))
    found = sorted(values, key=printed.__getitem__)
    if order == "count":
        found.sort(key=counts.__getitem__, reverse=True)
    return found[:number]


def summary(cable: Cable) -> CableSummary:
    """What a list of results shows of a cable."""
    return CableSummary(
        id=cable.id,
        subject=cable.subject,
        date=cable.date,
        date_precision=cable.date_precision,
        origin=cable.origin.name if cable.origin else "",
        country=cable.origin.country if cable.origin else "",
        classification=shown_classification(cable),
        tags=cable.tags,
        source=cable.source,
        date_end=cable.date_end,
        opening=opening(cable),
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
    chosen = selection(query, matches)
    return present(query, chosen, lambda: facets, load, started, notes, words)


def present(
    query: Query,
    chosen: Selection,
    facets: Callable[[], Mapping[str, FacetCount]],
    load: Load,
    started: float,
    notes: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
) -> SearchResult:
    """The answer to a query whose page is chosen; `facets` are waited for at the end, the rest is as for `answer`."""
    if query.names:
        return _named(chosen, started, notes)
    tree = asked(query)
    marker = Marker(tree) if query.snippets else None
    title = SubjectMarker(tree) if query.snippets else None
    groups = tuple(
        _group([hit(*load(match), match.score, marker, title) for match in best], counts)
        for best, counts in chosen.shown
    )
    paragraphs, others = _apart(chosen.counts)
    counted = facets()
    return SearchResult(
        paragraphs=paragraphs,
        cables=chosen.cables,
        hits=tuple(each for group in groups for each in group.hits),
        groups=groups if query.grouped else (),
        facets=tuple(counted[field].facet(query, field) for field in query.facets),
        milliseconds=(time.perf_counter() - started) * 1000,
        notes=notes,
        after=chosen.after,
        words=words,
        others=others,
    )


def _named(chosen: Selection, started: float, notes: tuple[str, ...]) -> SearchResult:
    """The answer to a query that asks for the ids of cables alone."""
    paragraphs, others = _apart(chosen.counts)
    return SearchResult(
        paragraphs=paragraphs,
        cables=chosen.cables,
        hits=(),
        groups=(),
        facets=(),
        milliseconds=(time.perf_counter() - started) * 1000,
        notes=notes,
        after=chosen.after,
        others=others,
        names=tuple(best[0].cable for best, _ in chosen.shown),
    )


def counts_of(matches: Iterable[Match]) -> dict[UnitKind, int]:
    """How many there are of each kind."""
    return dict(Counter(match.kind for match in matches))


def _apart(counts: Mapping[UnitKind, int]) -> tuple[int, dict[UnitKind, int]]:
    """The paragraphs, and the others in the order of the kinds."""
    others = {kind: counts[kind] for kind in UnitKind if counts.get(kind)}
    return others.pop(UnitKind.PARAGRAPH, 0), others


def selection(query: Query, matches: Iterable[Match]) -> Selection:
    """The page of a query out of all matches. Only what may be on the page is put in order."""
    found = list(matches)
    cables: dict[str, list[Match]] = {}
    for match in found:
        cables.setdefault(match.cable, []).append(match)
    if not query.grouped:
        firsts, after = page(_foremost(found, query), query, lambda match: key(match, query.sort))
        alone: tuple[Shown, ...] = tuple(((each,), {each.kind: 1}) for each in firsts)
        return Selection(counts_of(found), len(cables), alone, after)
    leaders = [min(group, key=lambda match: key(match, query.sort)) for group in cables.values()]
    firsts, after = page(_foremost(leaders, query), query, lambda match: key(match, query.sort))
    shown = tuple(
        (best(query, cables[each.cable]), counts_of(cables[each.cable])) for each in firsts
    )
    return Selection(counts_of(found), len(cables), shown, after)


def best(query: Query, group: Iterable[Match]) -> tuple[Match, ...]:
    """The units of a cable that are shown: its head, if it was found, and the best of the others."""
    found = in_order(group, "relevance")
    heads = [match for match in found if match.kind is UnitKind.HEAD]
    others = [match for match in found if match.kind is not UnitKind.HEAD]
    return (*heads, *others[: max(1, query.per_cable)])


def in_order(matches: Iterable[Match], sort: Sort) -> list[Match]:
    """The matches as `search.answers.ordering` puts them."""
    return sorted(matches, key=lambda match: key(match, sort))


def _foremost(matches: list[Match], query: Query) -> list[Match]:
    """The matches in order, up to the query's page and one more; all of them if it has a cursor."""
    if query.after:
        return in_order(matches, query.sort)
    end = max(1, query.page) * query.size + 1
    return heapq.nsmallest(end, matches, key=lambda match: key(match, query.sort))


def hit(
    cable: CableSummary,
    unit: Unit,
    score: float,
    marker: Marker | None,
    title: SubjectMarker | None = None,
) -> Hit:
    """A unit as it is shown in a list of results; without markers it has no snippet and no marks in the title."""
    paragraph = unit.paragraph if unit.kind is UnitKind.PARAGRAPH else None
    name, text = unit.name, unit.text
    if unit.kind is UnitKind.HEAD and marker is not None:
        name, text = _place_in_head(unit, marker)
    return Hit(
        cable=cable,
        anchor=unit.anchor,
        number=paragraph.number if paragraph else None,
        mark=paragraph.mark if paragraph else None,
        section=paragraph.section if paragraph else None,
        part=paragraph.part.value if paragraph else unit.kind.value,
        text=unit.text,
        score=score,
        snippet=() if marker is None else marker.snippet(text),
        unit=unit.kind,
        name=name,
        under=unit.under,
        title=() if title is None else title.mark(cable.subject),
        excerpted=text,
    )


def _place_in_head(unit: Unit, marker: Marker) -> tuple[str, str]:
    """Where in a head most of the question stands, the subject where that is as good, and the text there."""
    subject, *header = unit.parts
    best = max(
        range(len(unit.parts)), key=lambda place: (marker.matched(unit.parts[place]), -place)
    )
    if best == 0 or not header:
        return "in the subject", subject
    return "in the header", unit.parts[best]


def _group(hits: Sequence[Hit], counts: Mapping[UnitKind, int]) -> Group:
    total, others = _apart(counts)
    return Group(hits[0].cable, tuple(hits), total, others)
