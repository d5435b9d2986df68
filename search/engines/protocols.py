"""The door that every engine goes through: a reader and a writer, as protocols.

`search.engines` opens them. The web gets a `Searcher` and can't write; the indexer gets an `IndexWriter`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from corpus.model import Cable
from search.answers.ordering import Order
from search.answers.results import Brief, CableSummary, IndexStats, SearchResult, Similar
from search.language.tree import Node, Query
from search.units import Unit

if TYPE_CHECKING:
    from search.answers.completion import Suggestion
    from search.people.persons import People


class Searcher(Protocol):
    """A reader of one index. Safe to use from several threads; sees each commit without being opened again."""

    def search(self, query: Query) -> SearchResult:
        """Answer a question. Raises `search.errors.SearchError` if the index can't be read."""

    def briefs(self, queries: Sequence[Query]) -> Sequence[Brief]:
        """Answer many questions in short, in their order: each with the counts and the first hit that `search` gives.

        What is the same for several of them is read once. One that takes longer than its `seconds` has a problem
        instead of an answer. Of a query only the tree, the filters, `match` and `seconds` count.
        """

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands, in its order, behind its cursor; its page and size do not count.

        Each match is looked at once, so that what comes last costs no more than what comes first. Raises like `search`.
        """
        ...

    def read(
        self, cables: Sequence[str], positions: Sequence[int]
    ) -> Sequence[tuple[CableSummary, Unit] | None]:
        """The units at these places, as an `order` names them, each with what lists show of its cable.

        None where there is none any more.
        """
        ...

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id in any spelling (`corpus.ids.lookup_key`), None if there is none."""

    def complete(self, text: str, limit: int = 4) -> tuple[Suggestion, ...]:
        """What goes on from a text: at most `limit` each of words, posts, TAGS and cables of the index."""

    def correct(self, tree: Node) -> Node | None:
        """The question with the words that the index does not have replaced by its nearest; None if it has them all."""

    def similar(self, name: str, limit: int = 5, *, cables: bool = False) -> tuple[Similar, ...]:
        """The paragraphs of other cables most like a cable, or like one of its paragraphs: `07ROME1`, `07ROME1#p2`.

        With `cables` other cables, each by its most similar paragraph. None for a name that the index does not have.
        """

    def stats(self) -> IndexStats:
        """How much the index holds now."""

    def spellings(self, field: str) -> Sequence[str]:
        """The values of a keyword field, folded, that any unit has, headers too, each once and in any order."""
        return ()

    def people(self) -> People:
        """The persons of the index, joined from their names; nobody for a searcher that only knows names."""
        from search.people.persons import People

        return People(())

    def close(self) -> None:
        """Free the index; using the searcher after that is an error."""


class IndexWriter(Protocol):
    """A writer of one index, as a context manager: commits on success, discards on any exception."""

    @property
    def refused(self) -> Mapping[str, str]:
        """The cables of which checkpoints and commit could take nothing, by look-up key, with the reason: in one line.

        All others were taken. Only a cluster refuses a cable as late as this.
        """
        return {}

    def put(self, cable: Cable) -> None:
        """Index a cable; the one of the same id, if any, is replaced whole.

        Raises ValueError for one that can't be indexed; nothing is changed then.
        """

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; says whether there was one."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
