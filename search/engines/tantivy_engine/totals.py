"""What an answer counts beside its page: the facets and the cables of all matches.

Owns in which passes facets are counted, and what is kept of the whole collection. Must not know aggregations, or how a
page is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING

import tantivy

from corpus.late_dataclasses import dataclass
from search.answers.answer import FacetCount, values_wanted
from search.deadline import check
from search.engines.tantivy_engine.counting import Counting, Kind, Wanted
from search.engines.tantivy_engine.lexicon import number_of
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import AGAIN, MANY_VALUED
from search.fields import BY_NAME, SHARED_FIELDS, UNIT_FIELDS
from search.language.tree import Query
from search.plans.lowering import PARAGRAPHS, QueryPlan, only
from search.plans.plan import (
    All,
    AllOf,
    AnyOf,
    Flat,
    NoneOf,
    NumberRange,
    OfCables,
    Plan,
    Term,
    Unscored,
    Value,
    ValuePrefix,
)
from search.plans.simplifying import simplify
from search.units import WHERE, UnitKind

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

# The facets of all paragraphs of a commit, by field and `Wanted.kind`. They stand on the first page, and on each page
# that is narrowed by one facet alone; None for a field that has too many values to keep.
Everything = dict[tuple[str, Kind], FacetCount | None]
# The `Wanted.kind` of all values.
_ALL_VALUES: Kind = (0, frozenset())
# A list of all headings is as long as the collection: so many are kept, for which it takes some forty megabytes. Of a
# field with more, as many as stand beside results are.
MOST_KEPT = 100_000
_BESIDE_RESULTS = 100
# What is counted where nothing is asked: paragraphs, and units for the fields that tell them apart.
_EVERY = (PARAGRAPHS, All())
_TEXT = "text"
# The field of where units stand, and its values but the text.
_WHERE = BY_NAME["in"]
_HEADER = "header"
_ELSEWHERE = (_HEADER, "notes")
# As far as so many units it is quicker to read the number of each one's cable than to ask again.
_FEW = 500


@dataclass(frozen=True, slots=True)
class _Pass:
    """Fields that are counted together: `quick` ones, or those that may need further passes of their own."""

    among: Plan
    quick: bool


class Totals:
    """Counts for one commit; `everything` is kept with it, and added to here."""

    def __init__(
        self, searcher: tantivy.Searcher, translation: Translation, everything: Everything
    ) -> None:
        self._searcher = searcher
        self._translation = translation
        self._everything = everything

    @contextmanager
    def facets(
        self, pool: Callable[[], ThreadPoolExecutor], plan: QueryPlan, query: Query
    ) -> Iterator[Callable[[Mapping[UnitKind, int]], dict[str, FacetCount]]]:
        """Counts the facets in other threads, beside what is done inside; the function that is given waits for them.

        It takes how many units of each kind were found, which tell where they stand. tantivy lets other threads run
        while it counts, so a question is answered by as many processors as are free.
        """
        counted = {name: FacetCount() for name in query.facets}
        passes = self._passes(plan, query, counted)
        running: list[Future[None]] = [
            # The context has the deadline.
            pool().submit(copy_context().run, self._count, each.among, wanted)
            for each, wanted in passes.items()
        ]

        def ready(kinds: Mapping[UnitKind, int]) -> dict[str, FacetCount]:
            if _WHERE.name in counted and _told_by_kinds(plan):
                self._add_where(plan.whole, kinds, counted[_WHERE.name])
            for each in running:
                each.result()
            return counted

        try:
            yield ready
        finally:
            # Nobody may take away the files of a searcher that still counts.
            if running:
                from concurrent.futures import wait

                wait(running)

    def cables(self, plan: Plan, units: int) -> int:
        """How many cables the units are of that a plan finds, `units` in all."""
        check()
        again = _once_more(plan) if units > _FEW else None
        if again is not None:
            return units - number_of(self._searcher, self._translation.clause(again))
        return self._counting(plan).cables(units)

    def kinds(self, plan: Plan, units: int) -> dict[UnitKind, int]:
        """How many of each kind there are of the units that a plan finds, `units` in all."""
        check()
        counts: dict[UnitKind, int] = {
            kind: number_of(self._searcher, self._translation.clause(only(kind, plan)))
            for kind in UnitKind
            if kind is not UnitKind.PARAGRAPH
        }
        counts[UnitKind.PARAGRAPH] = units - sum(counts.values())
        return counts

    def _passes(
        self, plan: QueryPlan, query: Query, counted: dict[str, FacetCount]
    ) -> dict[_Pass, dict[str, Wanted]]:
        """The fields that are to be counted; what is known already is put into `counted`.

        Fields without a filter of their own are counted among the same paragraphs.
        """
        # Made once for all fields without a filter of their own.
        filtered = {name for name, _ in plan.filters}
        paragraphs = only(UnitKind.PARAGRAPH, plan.whole)
        some = query.facet_prefix or query.facet_holds
        by_frequency = query.facet_order == "count" and not some
        passes: dict[_Pass, dict[str, Wanted]] = {}
        for name, count in counted.items():
            if name == _WHERE.name and _told_by_kinds(plan):
                continue
            most = values_wanted(query, name) if by_frequency and name in MANY_VALUED else 0
            alone = name in filtered or name in UNIT_FIELDS
            among = plan.counted(name) if alone else paragraphs
            wanted = Wanted(count, most, frozenset(_named(query, name)))
            known = self._known(name, wanted) if among in _EVERY else None
            if most > _BESIDE_RESULTS and among in _EVERY and self._keeps(name):
                # Page after page of them is asked for: they are listed once.
                wanted = Wanted(count)
            if known is None:
                passes.setdefault(_Pass(among, quick=not wanted.most), {})[name] = wanted
            else:
                counted[name] = known
        return passes

    def _count(self, among: Plan, fields: dict[str, Wanted]) -> None:
        check()
        if _WHERE.name in fields:
            self._count_where(among, fields[_WHERE.name].count)
        self._counting(among).values(
            {name: wanted for name, wanted in fields.items() if name != _WHERE.name}
        )
        if among in _EVERY:
            for name, wanted in fields.items():
                if not wanted.kind[1] and wanted.most <= _BESIDE_RESULTS:
                    few = len(wanted.count) <= MOST_KEPT
                    self._everything[name, wanted.kind] = wanted.count if few else None
                    if few:
                        wanted.count.keep()

    def _known(self, name: str, wanted: Wanted) -> FacetCount | None:
        """What is kept of a field: all of its values, or as many as are wanted."""
        known = self._everything.get((name, _ALL_VALUES))
        return known if known is not None else self._everything.get((name, wanted.kind))

    def _keeps(self, name: str) -> bool:
        """Whether the values of a field are few enough to be kept, as far as is known."""
        return self._everything.get((name, _ALL_VALUES), ()) is not None

    def _count_where(self, among: Plan, count: FacetCount) -> None:
        """Where units stand: nearly all stand in the text, so the others are counted, and taken from all."""

        def number(plan: Plan) -> int:
            return number_of(self._searcher, self._translation.clause(simplify(plan)))

        elsewhere = tuple(Value(_WHERE.name, value) for value in _ELSEWHERE)
        for value in elsewhere:
            if found := number(AllOf((among, value))):
                count.add(value.value, found)
        if found := number(among) - number(AllOf((among, AnyOf(elsewhere)))):
            count.add(_TEXT, found)

    def _add_where(self, among: Plan, kinds: Mapping[UnitKind, int], count: FacetCount) -> None:
        """The same from how many units of each kind there are: only a source note stands in two places."""
        for kind, number in kinds.items():
            for value in WHERE[kind] if number else ():
                count.add(value, number)
        if kinds.get(UnitKind.NOTE):
            notes = AllOf((among, Value("unit", UnitKind.NOTE.value), Value(_WHERE.name, _HEADER)))
            if found := number_of(self._searcher, self._translation.clause(simplify(notes))):
                count.add(_HEADER, found)

    def _counting(self, plan: Plan) -> Counting:
        return Counting(self._searcher, self._translation.schema, self._translation.clause(plan))


def _told_by_kinds(plan: QueryPlan) -> bool:
    """Whether where units stand is counted among all that were found: it has no filter of its own."""
    return all(name != _WHERE.name for name, _ in plan.filters)


def _once_more(plan: Plan) -> Plan | None:
    """The units with a word that one before them in their cable has too; None for another question than for one word.

    What chooses beside the word must choose whole cables.
    """
    parts = plan.parts if isinstance(plan, AllOf) else (plan,)
    words = [part for part in parts if not _chooses_cables(part)]
    if len(words) != 1 or not isinstance(word := words[0], Term) or word.field != _TEXT:
        return None
    return AllOf((Term(AGAIN, word.term), *(part for part in parts if part is not word)))


def _chooses_cables(plan: Plan) -> bool:
    """Whether a plan is true of all units of a cable or of none."""
    match plan:
        case All() | OfCables():
            return True
        case Value(field) | ValuePrefix(field) | NumberRange(field):
            return field in SHARED_FIELDS
        case Flat(part) | Unscored(part) | NoneOf(part):
            return _chooses_cables(part)
        case AllOf(parts) | AnyOf(parts):
            return all(map(_chooses_cables, parts))
        case _:
            return False


def _named(query: Query, name: str) -> set[str]:
    """The values that a query's filter names, folded: they are counted in any case."""
    normal = BY_NAME[name].normal
    return {
        normal(value)
        for each in query.filters
        if each.field == name
        for value in (*each.included, *each.excluded)
    }
