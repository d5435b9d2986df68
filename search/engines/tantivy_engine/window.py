"""The page of a query without reading all of its matches; how matches are read.

Owns which hits must be seen to be sure of a page. Must not know facets, snippets or what is stored of a paragraph
beyond the id of its cable.

tantivy gives the first hits by score, or by one column. What has the value of the last of them may be preceded by
others with the same that were not given; what comes before those is settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, cast

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from search.answers.answer import Match, Shown, best, counts_of, in_order, selection
from search.answers.ordering import Key, key, page
from search.deadline import check
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.plans import SCALE, Translation
from search.engines.tantivy_engine.schema import CABLE_NUMBER, ID
from search.fields import POSITION
from search.language.tree import Query, Sort
from search.plans.lowering import QueryPlan
from search.plans.plan import (
    All,
    AllOf,
    Flat,
    Forms,
    NoneOf,
    NumberRange,
    OfCables,
    Plan,
    TermPrefix,
    Unscored,
    Value,
    ValuePrefix,
)
from search.units import UnitKind, kind_at

# What hits are ordered by, a score or the number of a column, and where the documents are.
Hits = Sequence[tuple[float, tantivy.DocAddress]]
Ranked = Callable[[Sequence[Match]], Sequence[Match]]

# Reads the first hits of an order, at most so many: those that are settled, and how many there are in all.
_FirstHits = Callable[[tantivy.Searcher, Clause, int], tuple[Hits, int]]

# How many hits are looked at first for a thing on the page or before it: more for cables, which have several. To read
# a thousand costs less than to ask again, which is what the number of their cables would need.
_HITS_A_CABLE = 6
_FEWEST_HITS = 1_000
_FEWEST_IN_COLUMN = 64
# How many times more if those are not enough. Where there are not so many matches all of them are read.
_MORE_HITS = 4
# So many hits are read at once where all of them are gone through.
_AT_ONCE = 20_000
# The matches of the cables on a page that are read at once; most often these are all of them.
_MATCHES_OF_A_PAGE = 512

# The column of a sort that goes by one, and whether its smallest number comes first. Documents without one come last.
_DATE = "number_date"
_COLUMNS: dict[Sort, tuple[str, tantivy.Order]] = {
    "newest": (_DATE, tantivy.Order.Desc),
    "oldest": (_DATE, tantivy.Order.Asc),
    "longest": ("number_paragraphs", tantivy.Order.Desc),
}


@dataclass(frozen=True, slots=True)
class Window:
    """What a page shows, and the cursor behind it.

    `units` is how many were found; `counts` by their kind, and `cables`, are None if not all matches were read.
    """

    units: int
    counts: dict[UnitKind, int] | None
    cables: int | None
    shown: tuple[Shown, ...]
    after: str


def read_matches(searcher: tantivy.Searcher, hits: Hits, sort: Sort) -> list[Match]:
    """Hits by score as matches, in the same order, with what this sort goes by."""
    addresses = [address for _, address in hits]
    positions = searcher.fast_field_values(f"number_{POSITION}", addresses)
    names = stored.ids(searcher, addresses)
    column = _COLUMNS[sort][0] if sort in _COLUMNS else None
    ranks = searcher.fast_field_values(column, addresses) if column else [0] * len(hits)
    dated = column == _DATE
    return [
        Match(
            name,
            cast(int, position),
            score / SCALE,
            cast("int | None", rank) if dated else None,
            address,
            0 if dated else cast(int, rank),
        )
        for (score, address), position, name, rank in zip(
            hits, positions, names, ranks, strict=True
        )
    ]


def choose(
    searcher: tantivy.Searcher,
    translation: Translation,
    plan: QueryPlan,
    query: Query,
    ranked: Ranked,
) -> Window:
    """The page of a query. `ranked` says how the cables of matches stand, where all of them are read."""
    question = translation.question(plan)
    first_hits = _first_hits(plan, query)
    wanted = max(1, query.page) * query.size + 1
    fewest = _FEWEST_HITS if first_hits is _first_by_score else _FEWEST_IN_COLUMN
    limit = max(fewest, wanted * (_HITS_A_CABLE if query.grouped else 1) + 1)
    total = limit
    while first_hits is not None and limit <= max(total, fewest):
        hits, total = first_hits(searcher, question, limit)
        # All of them settled: then the cables can be counted without asking again.
        numbers = _cable_numbers(searcher, hits) if len(hits) == total else None
        foremost = hits
        if not query.after:
            foremost = _foremost(searcher, hits, wanted, grouped=query.grouped)
        if first_hits is _first_by_id:
            foremost = _scored_alike(searcher, question, foremost)
        leaders = _leaders(searcher, foremost, query)
        firsts, after = page(leaders, query, lambda match: key(match, query.sort))
        if after or numbers is not None:
            if query.grouped or query.sort != "relevance":
                groups = _groups(searcher, translation, question, firsts)
            else:
                groups = [[match] for match in firsts]
            cables = None if numbers is None else len(set(numbers))
            counts = None if numbers is None else _kinds(searcher, hits)
            return Window(total, counts, cables, tuple(_shown(query, firsts, groups)), after)
        limit *= _MORE_HITS
    every = _all_hits(searcher, question, limit)
    found = ranked(read_matches(searcher, every, query.sort))
    chosen = selection(query, found)
    return Window(len(found), dict(chosen.counts), chosen.cables, chosen.shown, chosen.after)


def keys_of_all(
    searcher: tantivy.Searcher, question: Clause, query: Query, ranked: Ranked
) -> Iterator[Key]:
    """What all matches of a question are ordered by, each looked at once. The ids of one cable are one text."""
    names: dict[str, str] = {}
    hits = _all_hits(searcher, question, _FEWEST_HITS)
    for start in range(0, len(hits), _AT_ONCE):
        check()
        for match in ranked(read_matches(searcher, hits[start : start + _AT_ONCE], query.sort)):
            *rank, name, place = key(match, query.sort)
            yield (*rank, names.setdefault(str(name), match.cable), place)


def _kinds(searcher: tantivy.Searcher, hits: Hits) -> dict[UnitKind, int]:
    """How many of the hits are of each kind."""
    addresses = [address for _, address in hits]
    places = searcher.fast_field_values(f"number_{POSITION}", addresses)
    return dict(Counter(kind_at(cast(int, place)) for place in places))


def _all_hits(searcher: tantivy.Searcher, question: Clause, likely: int) -> Hits:
    """All hits by score, asked for once if they are about as many as is likely."""
    found = searcher.search(question, limit=2 * likely)
    total = int(cast(Any, found).count)
    if total > len(found.hits):
        found = searcher.search(question, limit=total, count=False)
    return cast(Hits, found.hits)


def _first_hits(plan: QueryPlan, query: Query) -> _FirstHits | None:
    """How the first hits of a query's order are had; None where its order is not known before all are read."""
    if query.sort in _COLUMNS:
        return partial(_first_by, *_COLUMNS[query.sort])
    if query.sort != "relevance":
        return None
    return _first_by_id if _equal(plan) else _first_by_score


def _first_by_score(searcher: tantivy.Searcher, question: Clause, limit: int) -> tuple[Hits, int]:
    found = searcher.search(question, limit=limit)
    hits = cast(Hits, found.hits)
    total = int(cast(Any, found).count)
    return (hits if total <= limit else _before_the_last(hits)), total


def _first_by(
    column: str, order: tantivy.Order, searcher: tantivy.Searcher, question: Clause, limit: int
) -> tuple[Hits, int]:
    found = searcher.search(question, limit=limit, order_by_field=column, order=order)
    return _before_the_last(found.hits), int(cast(Any, found).count)


def _before_the_last(hits: Hits) -> Hits:
    """The hits before all that equal the last of them; what has no number in a column stands last, with None."""
    return hits[: [value for value, _ in hits].index(hits[-1][0])] if hits else hits


def _first_by_id(searcher: tantivy.Searcher, question: Clause, limit: int) -> tuple[Hits, int]:
    """Where all have one score they are ordered by their cables' ids: by the first bytes of them here.

    None are given where an id begins with a letter that is not ASCII: its number is negative, and out of order.
    """
    hits, total = _first_by(ID[0], tantivy.Order.Asc, searcher, question, limit)
    return ([] if hits and hits[0][0] < 0 else hits), total


def _scored_alike(searcher: tantivy.Searcher, question: Clause, hits: Hits) -> Hits:
    """Hits that were ordered by a column, with the one score that all of them have."""
    best = searcher.search(question, limit=1, count=False).hits
    return [(best[0][0], address) for _, address in hits]


def _equal(plan: QueryPlan) -> bool:
    """Whether all matches have the same score."""
    return not plan.bonuses and _constant(plan.words)


def _constant(plan: Plan) -> bool:
    match plan:
        case All() | TermPrefix() | Value() | ValuePrefix() | NumberRange() | NoneOf():
            return True
        case Flat() | OfCables() | Unscored() | Forms():
            return True
        case AllOf(parts):
            return all(_constant(part) for part in parts)
        case _:
            return False


def _cable_numbers(searcher: tantivy.Searcher, hits: Hits) -> Sequence[object]:
    """The number of each hit's cable."""
    return searcher.fast_field_values(CABLE_NUMBER, [address for _, address in hits])


def _foremost(searcher: tantivy.Searcher, hits: Hits, wanted: int, *, grouped: bool) -> Hits:
    """The hits as far as so many things, paragraphs or cables, and all that equal the last of them."""
    place = wanted - 1
    if grouped:
        cables = _cable_numbers(searcher, hits)
        firsts = {cable: place for place, cable in reversed(list(enumerate(cables)))}
        place = sorted(firsts.values())[wanted - 1] if len(firsts) >= wanted else len(hits)
    if place >= len(hits):
        return hits
    end = place + 1
    while end < len(hits) and hits[end][0] == hits[place][0]:
        end += 1
    return hits[:end]


def _leaders(searcher: tantivy.Searcher, hits: Hits, query: Query) -> list[Match]:
    """The things of the first pages in order: matches, or the first of each cable."""
    settled = in_order(read_matches(searcher, hits, query.sort), query.sort)
    if not query.grouped:
        return settled
    cables: dict[str, Match] = {}
    for match in settled:
        cables.setdefault(match.cable, match)
    return list(cables.values())


def _groups(
    searcher: tantivy.Searcher,
    translation: Translation,
    question: Clause,
    firsts: Sequence[Match],
) -> list[list[Match]]:
    """All matches, with their scores, in the cable of each of these."""
    chosen = translation.cables([lookup_key(match.cable) for match in firsts])
    inside = Clause.boolean_query([(Occur.Must, question), (Occur.Must, chosen)])
    groups: dict[str, list[Match]] = {match.cable: [] for match in firsts}
    hits = _all_hits(searcher, inside, _MATCHES_OF_A_PAGE)
    for match in read_matches(searcher, hits, "relevance"):
        groups[match.cable].append(match)
    return [groups[match.cable] for match in firsts]


def _shown(
    query: Query, firsts: Sequence[Match], groups: Sequence[Sequence[Match]]
) -> Iterator[Shown]:
    """The page's cables with their best paragraphs, or its paragraphs, each out of the matches of its cable."""
    for first, group in zip(firsts, groups, strict=True):
        if query.grouped:
            yield best(query, group), counts_of(group)
        else:
            yield (
                (next(match for match in group if match.position == first.position),),
                {first.kind: 1},
            )
