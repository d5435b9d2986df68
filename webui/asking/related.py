"""What the searcher knows of the cables around one: those it cites, those that cite it, and those like it.

Owns the questions. Must not know a page or an address.
"""

from __future__ import annotations

from corpus.model import Cable
from search.answers.answer import summary
from search.engines.protocols import Searcher
from search.language.tree import Query, Word
from webui.pages.relations import Around

_CITING = 20
_SIMILAR = 5


def cables_around(searcher: Searcher, cable: Cable) -> Around:
    """The cables around one, the newest first of those that cite it, the most alike first of the others."""
    named = dict.fromkeys(each.id for each in cable.references if each.id)
    cited = {one: summary(found) for one in named if (found := searcher.get(one))}
    citing = searcher.search(
        Query(Word(cable.id, "cites"), sort="newest", size=_CITING, per_cable=1, snippets=False)
    )
    return Around(
        cited,
        tuple(group.cable for group in citing.groups if group.cable.id != cable.id),
        citing.cables,
        searcher.similar(cable.id, _SIMILAR),
    )
