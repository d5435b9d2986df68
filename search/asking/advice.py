"""What is worth saying beside an answer: the cables that the question names, and what would find something instead.

Owns when each is said. Must not know an engine, nor how advice is shown: the command line, its JSON and the web pages
take from here what they show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import islice

from corpus.ids import find_ids
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.answers.results import Facet, SearchResult
from search.answers.tally import no_such_page
from search.asking.without_year import cables_without_year, references
from search.engines.protocols import Searcher
from search.fields import UNIT_FIELDS
from search.language.questions import any_of, asked
from search.language.tree import And, Everything, Node, Not, Or, Query, SameCable, Word
from search.text.analysis import fold
from search.units import UnitKind

# An id is short: a longer question is only looked through for ids, and for so many of them.
_LONGEST_ID = 60
_IDS_TRIED = 4
# What finds all units; a question that asks for nothing finds paragraphs.
ANYTHING = Or(tuple(Word(kind.value, "unit") for kind in UnitKind))
# Of a question that found nothing so many parts are asked for alone: each is a search.
_PARTS_TRIED = 24
# So many values are offered for one that no paragraph has.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Total:
    """How much another question would find: paragraphs, `others` by their kind, and the cables of any of these."""

    paragraphs: int
    cables: int
    others: Mapping[UnitKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value of a filter that no paragraph of the index has; `near` are values that some have, the likeliest first."""

    field: str
    value: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said beside an answer; each part is empty where there is nothing to say.

    `any_words` is what the question would find with any of its words, where all of them found nothing; `too_far`
    are the page that was asked for and the last one, where it is behind that. `unfound` are parts of a question that
    found nothing which find nothing by themselves either.
    """

    recognised: tuple[Cable, ...] = ()
    any_words: Total | None = None
    unknown: tuple[UnknownValue, ...] = ()
    too_far: tuple[int, int] | None = None
    unfound: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What belongs among the notes of the answer itself."""
        return () if self.too_far is None else (no_such_page(*self.too_far),)


def advise(searcher: Searcher, text: str, query: Query, result: SearchResult) -> Advice:
    """The advice on an answer; `text` is the question as it was typed."""
    total = result.cables if query.grouped else result.units
    last = -(-total // query.size)
    return Advice(
        recognised(searcher, text),
        None if result.units else any_words(searcher, query),
        tuple(_unknown(searcher, query, result)),
        (query.page, last) if total and not query.after and query.page > last else None,
        () if result.units else unfound(searcher, query),
    )


def recognised(
    searcher: Searcher, text: str, years: Iterable[int] | None = None
) -> tuple[Cable, ...]:
    """The cables of the index whose ids stand in a text, in any spelling and with other words around them; where there
    are none, those that a reference without a year may be to (`LA PAZ 2423`)."""
    if text and len(text) <= _LONGEST_ID and (whole := searcher.get(text)):
        return (whole,)
    keys = dict.fromkeys(span.key for span in find_ids(text))
    tried = tuple(found for key in list(keys)[:_IDS_TRIED] if (found := searcher.get(key)))
    return tried or cables_without_year(searcher, references(text), years)


def any_words(searcher: Searcher, query: Query) -> Total | None:
    """What a question finds with any of its words; None if that is nothing, or no other question."""
    wider = replace(query, match="any", page=1, after="", size=1, facets=(), snippets=False)
    tree = asked(wider)
    if query.match == "any" or any_of(tree) == query.tree:
        return None
    found = searcher.search(wider)
    return Total(found.paragraphs, found.cables, found.others) if found.units else None


def unfound(searcher: Searcher, query: Query) -> tuple[str, ...]:
    """The parts of a question's AND, or all of it, that find nothing by themselves under the same filters."""
    tree = asked(query)
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return tuple(
        str(part)
        for part in islice((each for each in parts if _asks(each)), _PARTS_TRIED)
        if not searcher.search(
            replace(query, tree=part, page=1, after="", size=1, facets=(), snippets=False)
        ).units
    )


def _asks(node: Node) -> bool:
    return not isinstance(node, SameCable | Everything | Not)


def _unknown(searcher: Searcher, query: Query, result: SearchResult) -> Iterator[UnknownValue]:
    """The values of filters that nothing was found with because no paragraph has them."""
    counted = {facet.field: _folded(facet) for facet in result.facets}
    doubtful = [
        (each.field, value)
        for each in query.filters
        for value in each.included
        if not counted.get(each.field, {}).get(fold(value))
    ]
    if not doubtful:
        return
    fields = tuple(dict.fromkeys(name for name, _ in doubtful))
    tree = ANYTHING if UNIT_FIELDS.intersection(fields) else Everything()
    every = searcher.search(Query(tree, facets=fields, facet_limit=0, size=1, snippets=False))
    known = {facet.field: facet for facet in every.facets}
    for name, value in doubtful:
        if fold(value) not in _folded(known[name]):
            yield UnknownValue(name, value, _near(value, known[name]))


def _folded(facet: Facet) -> dict[str, int]:
    return {fold(each.value): each.count for each in facet.values}


def _near(value: str, facet: Facet) -> tuple[str, ...]:
    """Values that hold this one, the most frequent first, and then those that are spelt like it."""
    printed = {fold(each.value): each.value for each in facet.values}
    wanted = fold(value)
    holding = [folded for folded in printed if wanted in folded]
    from difflib import get_close_matches

    alike = get_close_matches(wanted, printed, n=_NEAR)
    return tuple(printed[each] for each in list(dict.fromkeys([*holding, *alike]))[:_NEAR])
