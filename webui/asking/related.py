"""What the searcher knows of the cables around one: those it cites, those that cite it, and those like it.

Owns the questions. Must not know a page or an address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Cable
from search.answers.results import CableSummary, Similar
from search.asking.references import cited_cables, citing
from search.engines.protocols import Searcher

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
    found = searcher.search(citing(cable.id, _CITING))
    return Related(
        cited_cables(searcher, cable),
        tuple(group.cable for group in found.groups if group.cable.id != cable.id),
        found.cables,
        searcher.similar(cable.id, _SIMILAR),
    )
