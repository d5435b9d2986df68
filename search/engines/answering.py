"""What every engine answers in the same way, from its lexicon: suggestions, corrections, likenesses.

Owns those methods of a Searcher. Must not know an engine: one that inherits from this gives its lexicon.
"""

from __future__ import annotations

from abc import abstractmethod
from contextlib import AbstractContextManager
from dataclasses import replace

from search.answers.completion import Suggestion, completions
from search.answers.corrections import corrected
from search.answers.results import Similar
from search.engines.protocols import Searcher
from search.language.tree import Like, Node, Query
from search.plans.rewriting import Lexicon
from search.plans.similarity import shared


class AnsweringSearcher(Searcher):
    """A searcher with a lexicon."""

    @abstractmethod
    def lexicon(self) -> AbstractContextManager[Lexicon]:
        """The words of the last commit, for as long as the context lasts."""

    def complete(self, text: str, limit: int = 4) -> tuple[Suggestion, ...]:
        """Words, posts, TAGS and cables; see Searcher."""
        with self.lexicon() as lexicon:
            return completions(text, lexicon, limit) if limit > 0 else ()

    def correct(self, tree: Node) -> Node | None:
        """Did you mean; see Searcher."""
        with self.lexicon() as lexicon:
            return corrected(tree, lexicon)

    def similar(self, name: str, limit: int = 5, *, cables: bool = False) -> tuple[Similar, ...]:
        """Paragraphs or cables that share words; see Searcher."""
        query = Query(Like(name), grouped=cables, size=limit, per_cable=1)
        result = self.search(replace(query, snippets=True))
        return tuple(Similar(hit, shared(result.words, hit.text)) for hit in result.hits)
