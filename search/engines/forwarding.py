"""A searcher that has another one answer: each method of the protocol, put as a question to whoever answers.

Owns the list of the methods. Must not know what stands between the question and the answer.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from corpus.model import Cable
from search.answers.ordering import Order
from search.answers.results import Brief, CableSummary, IndexStats, SearchResult, Similar
from search.engines.protocols import Searcher
from search.language.tree import Node, Query
from search.text.showable import showable
from search.units import Unit

if TYPE_CHECKING:
    from search.answers.completion import Suggestion
    from search.people.persons import People

_Answer = TypeVar("_Answer")


class ForwardingSearcher(Searcher):
    """A searcher whose answers are another's."""

    @abstractmethod
    def ask(self, question: Callable[[Searcher], _Answer]) -> _Answer:
        """Put a question to the searcher that answers."""

    def search(self, query: Query) -> SearchResult:
        """Answer a question; see Searcher."""
        return self.ask(lambda searcher: searcher.search(query))

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands; see Searcher."""
        return self.ask(lambda searcher: searcher.order(query))

    def read(
        self, cables: Sequence[str], positions: Sequence[int]
    ) -> Sequence[tuple[CableSummary, Unit] | None]:
        """The units at these places; see Searcher."""
        return self.ask(lambda searcher: searcher.read(cables, positions))

    def briefs(self, queries: Sequence[Query]) -> Sequence[Brief]:
        """Answer many questions in short; see Searcher."""
        return self.ask(lambda searcher: searcher.briefs(queries))

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id; see Searcher."""
        return self.ask(lambda searcher: searcher.get(showable(cable_id)))

    def complete(self, text: str, limit: int = 4) -> tuple[Suggestion, ...]:
        """Words, posts, TAGS and cables; see Searcher."""
        return self.ask(lambda searcher: searcher.complete(showable(text), limit))

    def correct(self, tree: Node) -> Node | None:
        """Did you mean; see Searcher."""
        return self.ask(lambda searcher: searcher.correct(tree))

    def similar(self, name: str, limit: int = 5, *, cables: bool = False) -> tuple[Similar, ...]:
        """Paragraphs or cables that share words; see Searcher."""
        return self.ask(lambda searcher: searcher.similar(showable(name), limit, cables=cables))

    def stats(self) -> IndexStats:
        """How much the index holds now; see Searcher."""
        return self.ask(lambda searcher: searcher.stats())

    def spellings(self, field: str) -> Sequence[str]:
        """The values of a field; see Searcher."""
        return self.ask(lambda searcher: searcher.spellings(field))

    def people(self) -> People:
        """The persons of the index; see Searcher."""
        return self.ask(lambda searcher: searcher.people())
