"""Which cables a cable refers to, and which refer to it.

Owns the two questions. Must not know a page, an address or an engine.
"""

from __future__ import annotations

from corpus.model import Cable
from search.answers.answer import summary
from search.answers.results import CableSummary
from search.engines.protocols import Searcher
from search.language.tree import Query, Word


def cited_cables(searcher: Searcher, cable: Cable) -> dict[str, CableSummary]:
    """The cables of the index among the references of one, by the ids that stand there, in their order."""
    named = dict.fromkeys(each.id for each in cable.references if each.id)
    return {one: summary(found) for one in named if (found := searcher.get(one))}


def citing(cable_id: str, size: int = 20) -> Query:
    """What asks for the cables that refer to one, the newest first, so many a page: a group each."""
    return Query(Word(cable_id, "cites"), sort="newest", size=size, per_cable=1, snippets=False)
