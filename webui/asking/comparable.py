"""Which cables a reader may want beside one: those found by words, and those around a cable that is chosen already.

Owns the questions. Must not know a page or an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.model import Cable
from search.answers.answer import summary
from search.answers.results import CableSummary
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Everything, Query
from webui.asking.related import related_cables
from webui.asking.versions import Text, version_name

_MOST = 8


@dataclass(frozen=True, slots=True)
class Offered:
    """Cables, or versions of one, for a side (0 left, 1 right), each under the name that the side would have."""

    side: int
    why: str
    cables: tuple[tuple[str, CableSummary], ...]


def offered(
    searcher: Searcher,
    names: Sequence[str],
    found: Sequence[Text | str | None],
    collected: Sequence[str],
    *,
    seconds: float | None = None,
) -> tuple[Offered, ...]:
    """What can be taken for each side that has no text. `found` is what each name stands for: a text, a sentence why
    there is none, or None where no name was given."""
    chosen = next((each for each in found if isinstance(each, Text)), None)
    offers = []
    for side, (name, one) in enumerate(zip(names, found, strict=True)):
        if isinstance(one, str):
            offers.append(_by_words(searcher, side, name, seconds))
        elif one is None and chosen:
            offers += _beside(searcher, side, chosen, collected)
    return tuple(each for each in offers if each.cables)


def _by_words(searcher: Searcher, side: int, words: str, seconds: float | None) -> Offered:
    tree = parse(words).tree
    if tree == Everything():
        return Offered(side, "", ())
    query = replace(Query(tree, seconds=seconds), size=_MOST, per_cable=1, snippets=False)
    groups = searcher.search(query).groups
    return Offered(
        side, f"Cables found by “{words}”", tuple((group.cable.id, group.cable) for group in groups)
    )


def _beside(
    searcher: Searcher, side: int, chosen: Text, collected: Sequence[str]
) -> Iterable[Offered]:
    cable = chosen.cable
    versions = [version_name(cable, number) for number in range(1, len(cable.versions) + 2)]
    yield Offered(
        side,
        "Other versions of this cable",
        tuple((name, summary(cable)) for name in versions if name != chosen.name),
    )
    kept = (searcher.get(name.partition("#")[0]) for name in collected)
    yield Offered(side, "From your collection", _distinct(cable, (each for each in kept if each)))
    around = related_cables(searcher, cable)
    yield Offered(
        side,
        "Cables that it cites, or that cite it",
        _others(cable, (*around.cited.values(), *around.citing)),
    )
    alike = searcher.similar(cable.id, _MOST, cables=True)
    yield Offered(side, "Similar cables", _others(cable, (each.hit.cable for each in alike)))


def _distinct(cable: Cable, others: Iterable[Cable]) -> tuple[tuple[str, CableSummary], ...]:
    return _others(cable, (summary(each) for each in others))


def _others(cable: Cable, found: Iterable[CableSummary]) -> tuple[tuple[str, CableSummary], ...]:
    """Each cable once, the chosen one not at all."""
    by_id = {each.id: each for each in found if each.id != cable.id}
    return tuple(list(by_id.items())[:_MOST])
