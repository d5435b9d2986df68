"""What an export lists: cables, or units of them (`search.units`), read from an index piece by piece.

Owns how all results of a question are gone through. Must not know a format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from corpus.late_dataclasses import dataclass
from corpus.model import Cable, Paragraph, Part
from search.answers.answer import hit as as_hit
from search.answers.answer import summary
from search.answers.results import CableSummary, Hit, SearchResult
from search.answers.unit_names import place_path, unit_named
from search.engines.protocols import Searcher
from search.errors import Incomplete
from search.language.tree import Query
from search.plans.rewriting import CutNote
from search.units import Unit, UnitKind, first_place

# The first piece is small, so that the first bytes leave soon. Where there is more, one search tells the order of all,
# and so many are then read at once: the last row costs what the first one does.
FIRST_PIECE = 100
NEXT_PIECE = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A cable, or one unit of it. `whole` is the cable with everything, where the format asked for it.

    `note` is what the one who collected it wrote on it; "" for nothing, and for all that a search found.
    `indexed` is when it came to the index first, if that is known and asked for.
    """

    cable: CableSummary
    unit: Unit | None = None
    whole: Cable | None = None
    note: str = ""
    indexed: datetime | None = None

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph, if the unit is one of the cable's own."""
        own = self.unit is not None and self.unit.kind is UnitKind.PARAGRAPH
        return self.unit.paragraph if self.unit and own else None

    @property
    def loaded(self) -> Cable:
        """The whole cable. Raises `ValueError` where it was not asked for."""
        if self.whole is None:
            raise ValueError(f"the cable {self.cable.id} was not loaded")
        return self.whole

    @property
    def path(self) -> str:
        """Its address inside a site, from the root, not encoded."""
        return place_path(self.cable.id, self.unit.anchor if self.unit else "")


def results(searcher: Searcher, query: Query, *, whole: bool) -> Iterator[Entry]:
    """All results of a query from its first page on, in its order: cables if it is grouped, else units.

    Only one piece of them is in memory, beside sixteen bytes for each that is still to come, and nothing is searched
    before the first entry is asked for. A cable that is taken out of the index meanwhile is left out, and one that
    came may be there; none comes twice. Raises SearchError, also in the middle, and Incomplete before the
    first entry where the question can't be answered whole.
    """
    _, entries = counted_results(searcher, query, whole=whole)
    yield from entries


def counted_results(
    searcher: Searcher, query: Query, *, whole: bool
) -> tuple[int, Iterator[Entry]]:
    """How many results there are, and `results`; the first piece is searched at once."""
    piece = replace(_bare(query), page=1, after="", size=FIRST_PIECE)
    found = searcher.search(piece)
    check_whole(found.cuts)
    return found.cables if query.grouped else found.units, _pieces(
        searcher, piece, found, whole=whole
    )


def _pieces(
    searcher: Searcher, piece: Query, found: SearchResult, *, whole: bool
) -> Iterator[Entry]:
    yield from _entries(searcher, piece, found, whole=whole)
    if not found.after:
        return
    # By what they are called and not by a cursor: the state that is asked now may be a later one.
    told = {(hit.cable.id, "" if piece.grouped else hit.anchor) for hit in found.hits}
    # Half a file looks like a whole one to many a program: once it has begun there is no deadline.
    order = searcher.order(replace(piece, after="", seconds=None))
    check_whole(note for note in order.notes if isinstance(note, CutNote))
    for start in range(0, len(order), NEXT_PIECE):
        cables = order.cables[start : start + NEXT_PIECE]
        if piece.grouped and whole:
            # Those of the first piece are not read again.
            rest = [each for each in cables if (each, "") not in told]
            yield from (each for each in named(searcher, rest) if (each.cable.id, "") not in told)
            continue
        for there in searcher.read(cables, order.positions[start : start + NEXT_PIECE]):
            if there is None:
                continue
            cable, unit = there
            if piece.grouped:
                if (cable.id, "") not in told:
                    yield Entry(cable)
            elif (cable.id, unit.anchor) not in told:
                yield from _entry(searcher, cable, as_hit(cable, unit, 0.0, None), whole=whole)


def one_page(searcher: Searcher, query: Query, *, whole: bool) -> tuple[Iterator[Entry], bool]:
    """The results of a query's own page only, and whether more follow. Raises Incomplete as `results` does."""
    piece = _bare(query)
    found = searcher.search(piece)
    check_whole(found.cuts)
    return _entries(searcher, piece, found, whole=whole), bool(found.after)


def check_whole(cuts: Iterable[str]) -> None:
    """Raises Incomplete if anything is said to be left out; "" says nothing."""
    for said in filter(None, cuts):
        raise Incomplete(f"{said} A file leaves nothing out, so none was written.")


def missing(searcher: Searcher, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names (`07ROME1`, `07ROME1#p2`) that the index does not have."""
    return tuple(name for name in names if next(named(searcher, (name,)), None) is None)


def _bare(query: Query) -> Query:
    """The question without what an export has no use for."""
    return replace(query, per_cable=1, facets=(), snippets=False)


def _entries(
    searcher: Searcher, query: Query, found: SearchResult, *, whole: bool
) -> Iterator[Entry]:
    if query.grouped:
        for group in found.groups:
            yield from _entry(searcher, group.cable, None, whole=whole)
    else:
        for hit in found.hits:
            yield from _entry(searcher, hit.cable, hit, whole=whole)


def _entry(
    searcher: Searcher, cable: CableSummary, hit: Hit | None, *, whole: bool
) -> Iterator[Entry]:
    loaded = searcher.get(cable.id) if whole else None
    if loaded is not None:
        yield Entry(cable, (unit_named(loaded, hit.anchor) or _unit(hit)) if hit else None, loaded)
    elif not whole:
        yield Entry(cable, _unit(hit) if hit else None)


def with_whole(searcher: Searcher, entry: Entry) -> Entry | None:
    """An entry with its whole cable, None if that is gone by now."""
    loaded = searcher.get(entry.cable.id)
    if loaded is None:
        return None
    unit = entry.unit and (unit_named(loaded, entry.unit.anchor) or entry.unit)
    return replace(entry, unit=unit, whole=loaded)


def named(searcher: Searcher, names: Iterable[str]) -> Iterator[Entry]:
    """The cables and units of these names (`07ROME1`, `07ROME1#p2`), in this order; unknown ones are left out."""
    for name in names:
        cable_id, _, anchor = name.partition("#")
        cable = searcher.get(cable_id)
        if cable is None:
            continue
        if not anchor:
            yield Entry(summary(cable), None, cable)
        elif unit := unit_named(cable, anchor):
            yield Entry(summary(cable), unit, cable)


def _unit(hit: Hit) -> Unit:
    """A hit as what it was found as; where in its cable it stands it doesn't say, and no export asks."""
    paragraph = None
    if hit.unit is UnitKind.PARAGRAPH:
        paragraph = Paragraph(
            hit.anchor, hit.number, hit.mark, hit.section, Part(hit.part), hit.text
        )
    return Unit(
        hit.unit,
        hit.anchor,
        first_place(hit.unit),
        (hit.text,),
        hit.name,
        paragraph,
        hit.under,
    )
