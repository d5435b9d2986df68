"""How often terms come over time: paragraphs with the term, and how many those are per million words of their time.

Owns the measure. Must not know an address, a picture or an engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.late_dataclasses import dataclass
from search.asking.over_time import Window, counts, periods
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import And, Everything, Query, Range, simplify

PER = 1_000_000


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """A year or a month: the words of all its paragraphs, and for each term the paragraphs that have it."""

    period: str
    words: int
    paragraphs: tuple[int, ...]

    def rate(self, place: int) -> float:
        """Paragraphs with that term per million words; 0 where there are no words."""
        return PER * self.paragraphs[place] / self.words if self.words else 0.0


def term_counts(
    searcher: Searcher,
    terms: Sequence[str],
    shown: Window,
    words: Mapping[str, int],
    *,
    seconds: float | None = None,
    told: list[str] | None = None,
) -> tuple[PeriodCount, ...]:
    """Each term, a question in the query language, counted in each period of a window; `words` are those of the
    collection by period. Raises `TooSlow` for a term that takes longer than `seconds`. What is left out of
    a term that can't be searched whole is added to `told`."""
    found = [_counts(searcher, term, shown, seconds, told) for term in terms]
    return tuple(
        PeriodCount(period, words.get(period, 0), tuple(each.get(period, 0) for each in found))
        for period in periods(shown, words, *found)
    )


def _counts(
    searcher: Searcher, term: str, shown: Window, seconds: float | None, told: list[str] | None
) -> dict[str, int]:
    parsed = parse(term)
    if parsed.cut and told is not None:
        told.append(parsed.cut)
    tree = parsed.tree
    if tree == Everything():
        return {}
    if shown.first or shown.last:
        dates = Range(shown.first or None, shown.last or None, "date")
        tree = simplify(And((tree, dates)))
    return counts(searcher, Query(tree, seconds=seconds), shown.unit, told)
