"""A segment of a Whoosh index: what is found in it, and its columns.

Owns the reading of one. Must not know plans.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from whoosh import query as whoosh_query
from whoosh import searching
from whoosh.matching import Matcher

from corpus.late_dataclasses import dataclass
from search.deadline import check


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment of the index with its columns, each opened once."""

    searcher: searching.Searcher
    columns: dict[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> Any:
        """What the documents of the segment have in that column, by their numbers."""
        if name not in self.columns:
            self.columns[name] = self.searcher.reader().column_reader(name, translate=False)
        return self.columns[name]

    def found(self, asked: whoosh_query.Query) -> Iterator[tuple[int, float]]:
        """The number and the score of each document that matches."""
        for matcher in self._matches(asked):
            yield matcher.id(), matcher.score()

    def numbers(self, asked: whoosh_query.Query) -> Iterator[int]:
        """The number of each document that matches. To score it would take longer than to find it."""
        for matcher in self._matches(asked):
            yield matcher.id()

    def _matches(self, asked: whoosh_query.Query) -> Iterator[Matcher]:
        """A matcher that stands at each document that matches, one after the other.

        Its own `all_ids` reads all of each clause: the heads of all cables, to find the head of one.
        """
        matcher = asked.matcher(self.searcher, self.searcher.context(needs_current=True))
        while matcher.is_active():
            check()
            yield matcher
            matcher.next()
