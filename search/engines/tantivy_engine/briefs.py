"""Many questions in short, for lists of names: what is asked of tantivy, and what is read for several at once.

Owns how one look at all hits of a question gives its counts, its first and last date and its best hit. Must not know
lists, lines or files. A question with many hits is left to the search itself, whose counting is made for those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TypedDict, cast

import tantivy

from corpus.late_dataclasses import dataclass
from search.answers.answer import Match, hit
from search.answers.ordering import key
from search.answers.results import Brief, SearchResult
from search.answers.snippets import Marker
from search.deadline import check, limited
from search.engines.answering import brief_of
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.lexicon import number_of
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import CABLE_NUMBER
from search.engines.tantivy_engine.totals import Totals
from search.engines.tantivy_engine.window import Hits, read_matches
from search.errors import TooSlow
from search.fields import DATE_SPAN, POSITION
from search.language.questions import asked
from search.language.tree import Query
from search.plans.plan import Nothing
from search.plans.rewriting import Lexicon, Resolved, resolve, without_covered_headings
from search.text.date_spans import Span, first_and_last
from search.units import PLACES, UnitKind, first_place, kind_at

# Up to so many hits are read one by one.
MOST_HITS = 1_000
# A day has seldom more of them.
_OF_A_DAY = 40
_DATE = "number_date"
_SPAN = tuple(f"number_{name}" for name in DATE_SPAN)
_COLUMNS = (f"number_{POSITION}", CABLE_NUMBER, _DATE, *_SPAN)


# Many cables have the same day.
_days = lru_cache(maxsize=1 << 12)(first_and_last)


class _Kinds(TypedDict):
    paragraphs: int
    others: dict[UnitKind, int]


class _Ends(TypedDict):
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question found: its hits, the best first, and what `_COLUMNS` have of each."""

    resolved: Resolved
    hits: Hits
    columns: Sequence[Sequence[int | None]] = ()


@dataclass(frozen=True, slots=True)
class _Counted:
    """A question with its answer but for the best hit, which is read later: it is one of the leading ones."""

    resolved: Resolved
    brief: Brief
    leading: Hits


@dataclass(frozen=True, slots=True)
class Asking:
    """What belongs to one commit, and what answers a question that nothing quicker does."""

    searcher: tantivy.Searcher
    translation: Translation
    lexicon: Lexicon
    totals: Totals
    search: Callable[[Query], SearchResult]


def briefs(asking: Asking, queries: Sequence[Query]) -> list[Brief]:
    """The answers in the order of the questions.

    Each question is one search. The columns of all hits, where the cables of the best ones are, and the dictionary's
    word on each term are read once for all of them.
    """
    found = [_found(asking, query) for query in queries]
    read = iter(_with_columns(asking.searcher, [one for one in found if isinstance(one, _Found)]))
    answered = [
        _settled(asking, query, next(read)) if isinstance(one, _Found) else one
        for query, one in zip(queries, found, strict=True)
    ]
    return _with_best(asking.searcher, asking.translation.schema, answered)


def _found(asking: Asking, query: Query) -> _Found | _Counted | Brief:
    try:
        with limited(query.seconds):
            check()
            resolved = resolve(query, asking.lexicon, headings=True)
            hits = _hits(asking, resolved)
            if len(hits) > MOST_HITS:
                return _of_many(asking, query, resolved, hits)
    except TooSlow as error:
        return Brief(problem=str(error))
    return _Found(resolved, hits) if hits else Brief(notes=resolved.notes)


def _hits(asking: Asking, resolved: Resolved) -> Hits:
    """All hits of a question, or one more than are read."""
    if resolved.plan.words == Nothing():
        return ()
    check()
    clause = asking.translation.question(resolved.plan)
    hits: Hits = asking.searcher.search(clause, limit=MOST_HITS + 1, count=False).hits
    return hits


def _settled(asking: Asking, query: Query, found: _Found) -> _Counted | Brief:
    """What a question comes to without the headings over paragraphs that it finds, where there may be such."""
    places = cast(Sequence[int], found.columns[0])
    if not found.resolved.plan.covers or max(places) < first_place(UnitKind.HEADING):
        return _counted(asking.searcher, found)
    try:
        with limited(query.seconds):
            plan = without_covered_headings(found.resolved.plan, asking.lexicon)
            resolved = replace(found.resolved, plan=plan)
            hits = _hits(asking, resolved)
    except TooSlow as error:
        return Brief(problem=str(error))
    (without,) = _with_columns(asking.searcher, [_Found(resolved, hits)])
    return _counted(asking.searcher, without)


def _of_many(asking: Asking, query: Query, resolved: Resolved, hits: Hits) -> _Counted | Brief:
    """The answer where there are more hits than are read: counted by the index, and the ends looked up."""
    plan = without_covered_headings(resolved.plan, asking.lexicon)
    if plan is not resolved.plan:
        resolved = replace(resolved, plan=plan)
        hits = _hits(asking, resolved)
    if not hits or len(hits) <= MOST_HITS or hits[0][0] == hits[-1][0]:
        # Few after all; or all as good, of which the first by name may not be among these.
        return brief_of(asking.search, query)
    clause = asking.translation.clause(plan.whole)
    units = number_of(asking.searcher, clause)
    ends = []
    for order in (tantivy.Order.Asc, tantivy.Order.Desc):
        dated = _dated(asking.searcher, clause, order)
        if dated is None:
            return brief_of(asking.search, query)
        ends.append(_printed(asking.searcher, dated))
    (first, _), (_, last) = ends
    others = asking.totals.kinds(plan.whole, units)
    brief = Brief(
        paragraphs=others.pop(UnitKind.PARAGRAPH),
        cables=asking.totals.cables(plan.whole, units),
        others={kind: others[kind] for kind in UnitKind if others.get(kind)},
        first=first,
        last=last,
        notes=resolved.notes,
    )
    return _Counted(resolved, brief, _leading(hits))


def _dated(
    searcher: tantivy.Searcher, clause: tantivy.Query, order: tantivy.Order
) -> list[tantivy.DocAddress] | None:
    """The units of the earliest date, or of the latest; None if none has one, or too many have the same."""
    for most in (_OF_A_DAY, MOST_HITS):
        check()
        # Each look at `hits` makes the list anew.
        hits = searcher.search(
            clause, limit=most, count=False, order_by_field=_DATE, order=order
        ).hits
        foremost = hits[0][0]
        dated = [address for date, address in hits if date == foremost]
        if foremost is None:
            return None
        if len(dated) < len(hits):
            return dated
    return None


def _with_columns(searcher: tantivy.Searcher, found: Sequence[_Found]) -> Iterator[_Found]:
    """The same with their columns, which are read at once: to ask costs more than to read."""
    addresses = [address for one in found for _, address in one.hits]
    columns = [searcher.fast_field_values(name, addresses) for name in _COLUMNS]
    start = 0
    for one in found:
        end = start + len(one.hits)
        own = [cast("list[int | None]", column[start:end]) for column in columns]
        yield replace(one, columns=own)
        start = end


def _counted(searcher: tantivy.Searcher, found: _Found) -> _Counted:
    places, cables, dates, _, _ = found.columns
    brief = Brief(
        cables=len(set(cables)),
        **_kinds(cast(Sequence[int], places)),
        **_ends(searcher, found, [date for date in dates if date is not None]),
        notes=found.resolved.notes,
    )
    return _Counted(found.resolved, brief, _leading(found.hits))


def _kinds(places: Sequence[int]) -> _Kinds:
    """How many paragraphs there are at these places, and how many other units."""
    if max(places) < PLACES:  # as nearly always
        return {"paragraphs": len(places), "others": {}}
    counts = Counter(kind_at(place) for place in places if place >= PLACES)
    others = {kind: counts[kind] for kind in UnitKind if kind in counts}
    return {"paragraphs": len(places) - counts.total(), "others": others}


def _ends(searcher: tantivy.Searcher, found: _Found, known: Sequence[int]) -> _Ends:
    """How the earliest and the latest of the dates that are known are printed."""
    if not known:
        return {"first": "", "last": ""}
    earliest, latest = min(known), max(known)
    first, last = _end(searcher, found, earliest)
    if latest != earliest:
        _, last = _end(searcher, found, latest)
    return {"first": first, "last": last}


def _end(searcher: tantivy.Searcher, found: _Found, wanted: int) -> tuple[str, str]:
    _, _, dates, firsts, lasts = found.columns
    having = [at for at, date in enumerate(dates) if date == wanted]
    spans = {Span(cast(int, firsts[at]), cast(int, lasts[at])) for at in having}
    if len(spans) == 1:
        return _days(spans.pop())
    return _printed(searcher, [found.hits[at][1] for at in having])


def _leading(hits: Hits) -> Hits:
    """The hits with the best score: the first of them by id and place is the first by relevance."""
    return [each for each in hits if each[0] == hits[0][0]]


def _printed(searcher: tantivy.Searcher, having: list[tantivy.DocAddress]) -> tuple[str, str]:
    """How the date of cables with the same moment is printed: as the first by id has it, of which more may be known."""
    columns = [searcher.fast_field_values(name, having) for name in _SPAN]
    spans = [Span(*cast(tuple[int, int], each)) for each in zip(*columns, strict=True)]
    if len(set(spans)) == 1:
        return _days(spans[0])
    _, span = min(zip(stored.ids(searcher, having), spans, strict=True))
    return _days(span)


def _with_best(
    searcher: tantivy.Searcher, schema: tantivy.Schema, counted: Sequence[_Counted | Brief]
) -> list[Brief]:
    """The answers with their best hits; which these are, and where their cables are, is looked up at once."""
    leading = [each.leading for each in counted if isinstance(each, _Counted)]
    matches = iter(read_matches(searcher, [hit for hits in leading for hit in hits], "relevance"))
    best = [
        min(islice(matches, len(hits)), key=lambda match: key(match, "relevance"))
        for hits in leading
    ]
    places = stored.places(searcher, schema, list(dict.fromkeys(match.cable for match in best)))
    chosen = iter(best)
    return [
        each if isinstance(each, Brief) else _shown(searcher, places, each, next(chosen))
        for each in counted
    ]


def _shown(
    searcher: tantivy.Searcher,
    places: Mapping[str, tantivy.DocAddress],
    counted: _Counted,
    best: Match,
) -> Brief:
    cable = stored.shown(searcher, places[best.cable])
    unit = cable.unit(best.position)
    marker = Marker(asked(counted.resolved.query))
    return replace(counted.brief, best=hit(cable.summary, unit, best.score, marker))
