"""How much of the whole collection falls into each year, month or day: the same for every search, so it is kept.

Owns the keeping. Must not know a page.
"""

from __future__ import annotations

from functools import lru_cache

from search.answers.results import IndexStats
from search.asking.over_time import Window, counts, words
from search.engines.protocols import Searcher
from search.language.tree import Everything, Query, Range

# A window is a year of months or a month of days; a reader looks at few of them in an hour.
_WINDOWS_KEPT = 64


class Outline:
    """The counts of a collection by time. Safe to use from several threads.

    A commit is seen by the size of the index, which no change leaves as it was. An index in memory has no size: there a
    change that leaves the numbers of cables and paragraphs as they were is not seen.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._kept = lru_cache(maxsize=_WINDOWS_KEPT)(self._count)
        self._kept_words = lru_cache(maxsize=_WINDOWS_KEPT)(self._count_words)

    def counts(self, shown: Window) -> dict[str, int]:
        """Paragraphs by period, within the window."""
        return self._kept(shown, self._searcher.stats())

    def words(self, shown: Window) -> dict[str, int]:
        """Words by period, within the window."""
        return self._kept_words(shown, self._searcher.stats())

    def _count_words(self, shown: Window, state_of_index: IndexStats) -> dict[str, int]:
        return words(self._searcher, shown, self._kept(shown, state_of_index))

    def _count(self, shown: Window, state_of_index: IndexStats) -> dict[str, int]:
        bounded = bool(shown.first or shown.last)
        dates = Range(shown.first or None, shown.last or None, "date")
        return counts(self._searcher, Query(dates if bounded else Everything()), shown.unit)
