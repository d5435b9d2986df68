"""How much of the whole collection falls into each year, month or day: the same for every search, so it is kept.

Owns the keeping. Must not know a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from search.answers.results import IndexStats
from search.asking.over_time import UNITS, Window, counts, window_in, words
from search.engines.protocols import Searcher
from search.language.tree import Everything, Query, Range

# A window is a year of months or a month of days; a reader looks at few of them in an hour.
_WINDOWS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Extent:
    """The first and the last date of a collection: years, or months of one year, or days of one month; "" without any
    date."""

    first: str = ""
    last: str = ""

    @property
    def common(self) -> str:
        """The year, or the month, in which all of it lies; "" if it has several years."""
        return self.first.rpartition("-")[0]


class Outline:
    """The counts of a collection by time. Safe to use from several threads.

    A commit is seen by the size of the index, which no change leaves as it was. An index in memory has no size: there a
    change that leaves the numbers of cables and paragraphs as they were is not seen.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._kept = lru_cache(maxsize=_WINDOWS_KEPT)(self._count)
        self._kept_extent = lru_cache(maxsize=1)(self._extent)
        self._kept_words = lru_cache(maxsize=_WINDOWS_KEPT)(self._count_words)

    def counts(self, shown: Window) -> dict[str, int]:
        """Paragraphs by period, within the window."""
        return self._kept(shown, self._searcher.stats())

    def extent(self) -> Extent:
        """From when to when the collection is."""
        return self._kept_extent(self._searcher.stats())

    def _extent(self, state_of_index: IndexStats) -> Extent:
        found, within = Extent(), ""
        for unit in UNITS:
            counted = self._kept(window_in(unit, within, within), state_of_index)
            periods = sorted(period for period, count in counted.items() if count)
            if not periods:
                break
            found = Extent(periods[0], periods[-1])
            if found.first != found.last:
                break
            within = found.first
        return found

    def words(self, shown: Window) -> dict[str, int]:
        """Words by period, within the window."""
        return self._kept_words(shown, self._searcher.stats())

    def _count_words(self, shown: Window, state_of_index: IndexStats) -> dict[str, int]:
        return words(self._searcher, shown, self._kept(shown, state_of_index))

    def _count(self, shown: Window, state_of_index: IndexStats) -> dict[str, int]:
        bounded = bool(shown.first or shown.last)
        dates = Range(shown.first or None, shown.last or None, "date")
        return counts(self._searcher, Query(dates if bounded else Everything()), shown.unit)
