"""The page of a query by relevance without reading all of its matches; how matches are read.

Owns which hits must be seen to be sure of a page. Must not know facets, snippets or what is stored of a paragraph
beyond the id of its cable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from corpus.ids import lookup_key
from search.answer import Match, Selection, best, in_order
from search.engines.stored import unpack_paragraph
from search.engines.tantivy_engine.counting import number_of_values
from search.engines.tantivy_engine.plans import SCALE, Translation
from search.engines.tantivy_engine.schema import CABLE_NUMBER, ID, SHOWN, id_of
from search.fields import POSITION
from search.lowering import QueryPlan
from search.ordering import key, page
from search.plan import All, AllOf, NoneOf, NumberRange, Plan, TermPrefix, Value, ValuePrefix
from search.query import Query

# Scores and where the documents are.
Hits = Sequence[tuple[float, tantivy.DocAddress]]

# How many hits are looked at first for a thing on the page or before it: more for cables, which have several.
_HITS_A_CABLE = 6
_FEWEST_HITS = 64
# From this share of all matches on it is as well to read them all.
_MOST_OF_ALL = 0.5


def read_matches(searcher: tantivy.Searcher, hits: Hits) -> Iterator[Match]:
    """Hits as matches, in the same order."""
    addresses = [address for _, address in hits]
    columns = [
        searcher.fast_field_values(name, addresses)
        for name in (f"number_{POSITION}", "number_date", *ID)
    ]
    for (score, address), position, date, *numbers in zip(hits, *columns, strict=True):
        cable = id_of(tuple(numbers)) or _cable_id(searcher, address)
        yield Match(cable, position, score / SCALE, date, address)


def choose(
    searcher: tantivy.Searcher, translation: Translation, plan: QueryPlan, query: Query
) -> Selection | None:
    """The page of a query; None if all matches must be read for it: they are few, or the order is not by relevance."""
    if query.sort != "relevance" or query.after:
        return None
    question = translation.question(plan)
    first_hits = _first_by_id if _equal(plan) else _first_by_score
    wanted = max(1, query.page) * query.size + 1
    limit = max(_FEWEST_HITS, wanted * (_HITS_A_CABLE if query.grouped else 1) + 1)
    while True:
        hits, total = first_hits(searcher, question, limit)
        if limit > total * _MOST_OF_ALL:
            return None
        leaders = _leaders(searcher, hits, query)
        if len(leaders) >= wanted:
            break
        limit *= 4
    firsts, after = page(leaders, query, lambda match: key(match, query.sort))
    return Selection(
        total,
        number_of_values(searcher, question, CABLE_NUMBER),
        tuple(_groups(searcher, translation, question, query, firsts))
        if query.grouped
        else tuple(((match,), 1) for match in firsts),
        after,
    )


def _first_by_score(searcher: tantivy.Searcher, question: Clause, limit: int) -> tuple[Hits, int]:
    """The best hits, at most so many, and how many there are in all.

    What has the last one's score may be preceded by others with the same, which were not read: it is left out.
    """
    found = searcher.search(question, limit=limit)
    hits: Hits = found.hits
    return [hit for hit in hits if hit[0] > hits[-1][0]], int(cast(Any, found).count)


def _first_by_id(searcher: tantivy.Searcher, question: Clause, limit: int) -> tuple[Hits, int]:
    """The same where all have one score, and so are ordered by their cables' ids: by the first bytes of them here.

    None are given where an id begins with a letter that is not ASCII: its number is negative, and out of order.
    """
    found = searcher.search(question, limit=limit, order_by_field=ID[0], order=tantivy.Order.Asc)
    total = int(cast(Any, found).count)
    if not total or found.hits[0][0] < 0:
        return [], total
    score = searcher.search(question, limit=1, count=False).hits[0][0]
    last = found.hits[-1][0]
    return [(score, address) for start, address in found.hits if start < last], total


def _equal(plan: QueryPlan) -> bool:
    """Whether all matches have the same score."""
    return not plan.bonuses and _constant(plan.words)


def _constant(plan: Plan) -> bool:
    match plan:
        case All() | TermPrefix() | Value() | ValuePrefix() | NumberRange() | NoneOf():
            return True
        case AllOf(parts):
            return all(_constant(part) for part in parts)
        case _:
            return False


def _leaders(searcher: tantivy.Searcher, hits: Hits, query: Query) -> list[Match]:
    """The things of the first pages in order: matches, or the first of each cable."""
    settled = in_order(read_matches(searcher, hits), query.sort)
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
    query: Query,
    firsts: Sequence[Match],
) -> Iterator[tuple[tuple[Match, ...], int]]:
    """The cables of the page with their best paragraphs, and how many of each match."""
    chosen = translation.cables([lookup_key(match.cable) for match in firsts])
    inside = Clause.boolean_query([(Occur.Must, question), (Occur.Must, chosen)])
    number = int(cast(Any, searcher.search(inside, limit=1)).count)
    groups: dict[str, list[Match]] = {match.cable: [] for match in firsts}
    for match in read_matches(searcher, searcher.search(inside, limit=number, count=False).hits):
        groups[match.cable].append(match)
    for group in groups.values():
        yield best(query, group), len(group)


def _cable_id(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return unpack_paragraph(cast(bytes, searcher.doc(address).get_first(SHOWN)))[0].id
