"""What every engine answers in the same way, from its lexicon: suggestions, corrections, likenesses.

Owns those methods of a Searcher. Must not know an engine: one that inherits from this gives its lexicon.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.model import Cable
from search.answers.answer import summary
from search.answers.results import Brief, CableSummary, SearchResult, Similar
from search.deadline import limited
from search.engines.protocols import Searcher
from search.errors import TooSlow
from search.language.tree import Like, Node, Query
from search.plans.rewriting import Lexicon
from search.text.date_spans import first_and_last, span_of
from search.units import Unit, units

if TYPE_CHECKING:
    from search.answers.completion import Suggestion


class AnsweringSearcher(Searcher):
    """A searcher with a lexicon."""

    @abstractmethod
    def lexicon(self) -> AbstractContextManager[Lexicon]:
        """The words of the last commit, for as long as the context lasts."""

    def read(
        self, cables: Sequence[str], positions: Sequence[int]
    ) -> Sequence[tuple[CableSummary, Unit] | None]:
        """The units at these places, each out of its whole cable; see Searcher."""
        return list(units_at(cables, positions, self.get))

    def briefs(self, queries: Sequence[Query]) -> Sequence[Brief]:
        """Many questions, one after the other; see Searcher. An engine that reads for many at once has its own."""
        return [brief_of(self.search, query) for query in queries]

    def complete(self, text: str, limit: int = 4) -> tuple[Suggestion, ...]:
        """Words, posts, TAGS and cables; see Searcher."""
        from search.answers.completion import completions

        with self.lexicon() as lexicon:
            return completions(text, lexicon, limit) if limit > 0 else ()

    def spellings(self, field: str) -> Sequence[str]:
        """The values of a field; see Searcher."""
        with self.lexicon() as lexicon:
            return tuple(lexicon.spellings(field, "", values=True))

    def correct(self, tree: Node) -> Node | None:
        """Did you mean; see Searcher."""
        from search.answers.corrections import corrected

        with self.lexicon() as lexicon:
            return corrected(tree, lexicon)

    def similar(self, name: str, limit: int = 5, *, cables: bool = False) -> tuple[Similar, ...]:
        """Paragraphs or cables that share words; see Searcher."""
        from search.plans.similarity import shared

        query = Query(Like(name), grouped=cables, size=limit, per_cable=1)
        result = self.search(replace(query, snippets=True))
        return tuple(Similar(hit, shared(result.words, hit.text)) for hit in result.hits)


def units_at(
    cables: Sequence[str], positions: Sequence[int], get: Callable[[str], Cable | None]
) -> Iterator[tuple[CableSummary, Unit] | None]:
    """The units at these places with what lists show of their cables, out of whole cables; None for what is gone."""

    # Units of one cable often follow each other.
    @lru_cache(maxsize=64)
    def of_cable(cable_id: str) -> tuple[CableSummary, dict[int, Unit]] | None:
        cable = get(cable_id)
        if cable is None:
            return None
        return summary(cable), {each.place: each for each in units(cable)}

    for name, place in zip(cables, positions, strict=True):
        known = of_cable(name)
        unit = known[1].get(place) if known is not None else None
        yield None if known is None or unit is None else (known[0], unit)


def brief_of(search: Callable[[Query], SearchResult], query: Query) -> Brief:
    """A question in short, by the three searches that this takes where there is nothing quicker."""
    asked = short(query)
    try:
        with limited(query.seconds):
            result = search(asked)
            first = last = ""
            if result.units:
                bare = replace(asked, snippets=False)
                first, _ = _dates(search(replace(bare, sort="oldest")))
                _, last = _dates(search(replace(bare, sort="newest")))
    except TooSlow as error:
        return Brief(problem=str(error))
    best = replace(result.hits[0], title=()) if result.hits else None
    return Brief(result.paragraphs, result.cables, result.others, first, last, best, result.notes)


def short(query: Query) -> Query:
    """The question of a brief answer: its first hit by relevance, and nothing counted but what was found."""
    return Query(
        query.tree,
        query.filters,
        grouped=False,
        size=1,
        match=query.match,
        seconds=query.seconds,
    )


def _dates(result: SearchResult) -> tuple[str, str]:
    """The first and the last day of the first hit's cable, "" without a date."""
    known = span_of(result.hits[0].cable)
    return ("", "") if known is None else first_and_last(known)
