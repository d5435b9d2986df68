"""Many questions in short, for lists of names: what is asked of tantivy, and what is read for several at once.

Owns how one look at all hits of a question gives its counts, its first and last date and its best hit. Must not know
lists, lines or files. A question with many hits is left to the search itself, whose counting is made for those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import tantivy

from search.answers.answer import Match, hit
from search.answers.ordering import key
from search.answers.results import Brief
from search.answers.snippets import Marker, SubjectMarker
from search.deadline import check, limited
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import CABLE_NUMBER
from search.engines.tantivy_engine.window import Hits, read_matches
from search.errors import TooSlow
from search.fields import DATE_SPAN, POSITION
from search.language.questions import asked
from search.language.tree import Query
from search.plans.plan import Nothing
from search.plans.rewriting import Lexicon, Resolved, resolve
from search.text.date_spans import Span, first_and_last
from search.units import UnitKind, kind_at

# Up to so many hits are read one by one.
MOST_HITS = 1_000
_DATE = "number_date"
_SPAN = tuple(f"number_{name}" for name in DATE_SPAN)


@dataclass(frozen=True, slots=True)
class _Found:
    """A question with its answer but for the best hit, which is read later."""

    resolved: Resolved
    brief: Brief
    best: Match | None = None


def briefs(
    searcher: tantivy.Searcher,
    translation: Translation,
    lexicon: Lexicon,
    queries: Sequence[Query],
    otherwise: Callable[[Query], Brief],
) -> list[Brief]:
    """The answers in the order of the questions; `otherwise` answers one that has more than `MOST_HITS`."""
    found = [_asked(searcher, translation, lexicon, query, otherwise) for query in queries]
    return _with_best(searcher, translation.schema, found)


def _asked(
    searcher: tantivy.Searcher,
    translation: Translation,
    lexicon: Lexicon,
    query: Query,
    otherwise: Callable[[Query], Brief],
) -> _Found | Brief:
    try:
        with limited(query.seconds):
            resolved = resolve(query, lexicon)
            if resolved.plan.words == Nothing():
                return Brief(notes=resolved.notes)
            check()
            # One more than are read, so that it is seen whether these are all.
            clause = translation.question(resolved.plan)
            hits: Hits = searcher.search(clause, limit=MOST_HITS + 1, count=False).hits
    except TooSlow as error:
        return Brief(problem=str(error))
    if not hits:
        return Brief(notes=resolved.notes)
    if len(hits) > MOST_HITS:
        return otherwise(query)
    addresses = [address for _, address in hits]
    places = cast(list[int], searcher.fast_field_values(f"number_{POSITION}", addresses))
    others = Counter(map(kind_at, places))
    paragraphs = others.pop(UnitKind.PARAGRAPH, 0)
    cables = len(set(searcher.fast_field_values(CABLE_NUMBER, addresses)))
    first, last = _first_and_last(searcher, addresses)
    counted = {kind: others[kind] for kind in UnitKind if kind in others}
    brief = Brief(paragraphs, cables, counted, first, last, notes=resolved.notes)
    return _Found(resolved, brief, _best(searcher, hits))


def _best(searcher: tantivy.Searcher, hits: Hits) -> Match:
    """The first hit by relevance: of those with the best score the first by id and place."""
    leading = [each for each in hits if each[0] == hits[0][0]]
    matches = read_matches(searcher, leading, "relevance")
    return min(matches, key=lambda match: key(match, "relevance"))


def _first_and_last(
    searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]
) -> tuple[str, str]:
    """How the earliest and the latest date are printed, as `oldest` and `newest` put them; "" without a date."""
    read = searcher.fast_field_values(_DATE, addresses)
    dated = [
        (cast(int, date), address)
        for date, address in zip(read, addresses, strict=True)
        if date is not None
    ]
    if not dated:
        return "", ""
    dates = [date for date, _ in dated]
    first, _ = _printed(searcher, min(dates), dated)
    _, last = _printed(searcher, max(dates), dated)
    return first, last


def _printed(
    searcher: tantivy.Searcher, wanted: int, dated: Iterable[tuple[int, tantivy.DocAddress]]
) -> tuple[str, str]:
    """How a date is printed. Of cables with the same moment, which may know more or less of it, the first by id."""
    having = [address for date, address in dated if date == wanted]
    columns = [searcher.fast_field_values(name, having) for name in _SPAN]
    spans = [Span(*cast(tuple[int, int], each)) for each in zip(*columns, strict=True)]
    if len(set(spans)) > 1:
        _, span = min(zip(stored.ids(searcher, having), spans, strict=True))
        return first_and_last(span)
    return first_and_last(spans[0])


def _with_best(
    searcher: tantivy.Searcher, schema: tantivy.Schema, found: Sequence[_Found | Brief]
) -> list[Brief]:
    """The answers with their best hits; where the cables of all of these are is looked up at once."""
    names = dict.fromkeys(
        each.best.cable for each in found if isinstance(each, _Found) and each.best
    )
    places = stored.places(searcher, schema, list(names))
    complete = []
    for each in found:
        if isinstance(each, Brief):
            complete.append(each)
            continue
        best = None
        if each.best is not None:
            shown = stored.shown(searcher, places[each.best.cable])
            tree = asked(each.resolved.query)
            best = hit(
                shown.summary,
                shown.unit(each.best.position),
                each.best.score,
                Marker(tree),
                SubjectMarker(tree),
            )
        complete.append(replace(each.brief, best=best))
    return complete
