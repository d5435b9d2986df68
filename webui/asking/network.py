"""What the page of a network asks the searcher: the network itself, and the numbers beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.asking.network import Network, network
from search.engines.protocols import Searcher
from search.language.tree import And, Query, Word, simplify
from webui.asking.address import State
from webui.asking.questions import SECONDS, Question


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted beside a network: cables of the search that have references; for the nodes that are shown, by
    key, how many cables of the collection cite each."""

    referring: int
    citing: Mapping[str, int]


def network_of(searcher: Searcher, question: Question) -> tuple[Network, Counts]:
    """The network of a search, with its numbers. Raises TooSlow if it can't be had in time."""
    found = network(searcher, question.plain())
    ids = {each.key: each.id for each in found.nodes}
    asked = [
        Query(Word(one, "cites"), per_cable=1, snippets=False, seconds=SECONDS)
        for one in ids.values()
    ]
    briefs = searcher.briefs(asked)
    citing = {
        key: brief.cables for key, brief in zip(ids, briefs, strict=True) if not brief.problem
    }
    return found, Counts(_referring(searcher, question), citing)


def _referring(searcher: Searcher, question: Question) -> int:
    query = question.plain()
    tree = simplify(And((question.tree, Word("references", "has"))))
    one = replace(query, tree=tree, page=1, size=1, per_cable=1, snippets=False)
    return searcher.search(one).cables


def bare(state: State) -> State:
    """The search of a state, and nothing of how it is shown."""
    return replace(state, page=1, sort="relevance", view="cables", collected=())
