"""What the searcher knows of the cables around one: those it cites, those that cite it, and those like it.

Owns the questions. Must not know a page or an address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Cable
from search.answers.answer import summary
from search.answers.results import CableSummary, Similar
from search.engines.protocols import Searcher
from search.language.tree import Query, Word

_CITING = 20
_SIMILAR = 5


@dataclass(frozen=True, slots=True)
class Related:
    """The cables around one: those of its references that are here, by id; the first of those that cite it, of
    `citing_total`; paragraphs of other cables that are like it."""

    cited: Mapping[str, CableSummary]
    citing: Sequence[CableSummary] = ()
    citing_total: int = 0
    similar: Sequence[Similar] = ()


def related_cables(searcher: Searcher, cable: Cable) -> Related:
    """The cables around one, the newest first of those that cite it, the most alike first of the others."""
    named = dict.fromkeys(each.id for each in cable.references if each.id)
    cited = {one: summary(found) for one in named if (found := searcher.get(one))}
    citing = searcher.search(
        Query(Word(cable.id, "cites"), sort="newest", size=_CITING, per_cable=1, snippets=False)
    )
    return Related(
        cited,
        tuple(group.cable for group in citing.groups if group.cable.id != cable.id),
        citing.cables,
        searcher.similar(cable.id, _SIMILAR),
    )
