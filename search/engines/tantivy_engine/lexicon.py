"""The words of a tantivy index at one commit, for `search.plans.rewriting`.

Owns the reading of its term dictionary. Must not know what the words are read for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import tantivy
from tantivy import Query as Clause

from corpus.ids import lookup_key
from corpus.model import Cable
from search.deadline import check
from search.engines.kept import KeptWords
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import CABLE_NUMBER, SETS, value_place
from search.fields import STRETCH
from search.plans.plan import All, Plan, Term, Value
from search.plans.rewriting import Lexicon
from search.units import UnitKind

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
# So many looks into the dictionary are remembered of each kind: some two megabytes.
_MOST_REMEMBERED = 1 << 14


class TantivyLexicon(Lexicon):
    """The words of one commit; see Lexicon. It may be asked from several threads, and keeps what it has read."""

    def __init__(self, searcher: tantivy.Searcher, translation: Translation) -> None:
        self._searcher = searcher
        self._translation = translation
        self._kept = KeptWords()
        # Then the dictionary has the number of units of each term.
        self._none_deleted = searcher.num_docs == sum(
            searcher.doc_freq(*_place("unit", kind.value)) for kind in UnitKind
        )
        self._lacked: dict[tuple[str, str], bool] = {}
        self._counts: dict[tuple[str, str, bool], int] = {}

    def spellings(self, field: str, prefix: str, *, values: bool = False) -> Iterable[str]:
        """The terms or folded values that begin so; those of a whole field are read once."""
        if values and field in SETS:
            found = {value for each in self._translation.sets(field) for value in each}
            return sorted(value for value in found if value.startswith(prefix))
        name, before = value_place(field) if values else (f"terms_{field}", "")

        def read() -> list[str]:
            found = self._searcher.terms_with_prefix(name, f"{before}{prefix}")
            return [term[len(before) :] for term, _ in found]

        return read() if prefix else self._kept.of(f"{name} {before}", read)

    def lacks(self, field: str, term: str) -> bool:
        """Whether the term dictionary has no such term; one of deleted units only may still be there."""
        known = self._lacked.get((field, term))
        if known is None:
            known = self._searcher.doc_freq(f"terms_{field}", term) == 0
            _keep(self._lacked, (field, term), known)
        return known

    def counts(
        self, field: str, spellings: Iterable[str], *, values: bool = False
    ) -> Mapping[str, int]:
        """How many units have each of them now; names in a list have many words in common."""
        found = {}
        for each in spellings:
            number = self._counts.get((field, each, values))
            if number is None:
                number = self.count(field, each, values=values)
                _keep(self._counts, (field, each, values), number)
            found[each] = number
        return found

    def count(self, field: str, spelling: str, *, values: bool = False) -> int:
        """How many units have it now."""
        check()
        if self._none_deleted and not values:
            return int(self._searcher.doc_freq(f"terms_{field}", spelling))
        plan = Value(field, spelling) if values else Term(field, spelling)
        return number_of(self._searcher, self._translation.clause(plan))

    def frequent(
        self, field: str, prefix: str, limit: int, *, values: bool = False
    ) -> Sequence[tuple[str, int]]:
        """The most frequent that begin so; see Lexicon."""
        if values and field in SETS:
            return super().frequent(field, prefix, limit, values=values)
        name, before = value_place(field) if values else (f"terms_{field}", "")
        # The filter is what makes tantivy leave out of the counts the documents that were deleted.
        every = self._translation.clause(All())
        found = self._searcher.terms_with_prefix(
            name, f"{before}{prefix}", filter_query=every, limit=limit
        )
        return [(spelling[len(before) :], count) for spelling, count in found if count]

    def numbers(self, plans: Sequence[Plan]) -> list[int]:
        """How many units each plan finds."""
        return [number_of(self._searcher, self._translation.clause(plan)) for plan in plans]

    def units(self) -> int:
        """How many units there are now."""
        return int(self._searcher.num_docs)

    def stretches(self, plan: Plan) -> set[tuple[str, int]]:
        """Where the headings and the paragraphs under one are that a plan finds."""
        addresses = self._addresses(plan)
        places = self._searcher.fast_field_values(f"number_{STRETCH}", addresses)
        numbers = self._searcher.fast_field_values(CABLE_NUMBER, addresses)
        # The id of a cable is read once, however many of its units there are.
        first = dict(zip(numbers, addresses, strict=True))
        ids = stored.ids(self._searcher, list(first.values()))
        keys = dict(zip(first, map(lookup_key, ids), strict=True))
        return {
            (keys[number], cast(int, place))
            for number, place in zip(numbers, places, strict=True)
            if place is not None
        }

    def _addresses(self, plan: Plan) -> list[tantivy.DocAddress]:
        clause = self._translation.clause(plan)
        number = number_of(self._searcher, clause)
        hits = self._searcher.search(clause, limit=number, count=False).hits if number else []
        return [address for _, address in hits]

    def keys(self, plan: Plan) -> set[str]:
        """The cables with a unit that a plan finds."""
        addresses = self._addresses(plan)
        numbers = self._searcher.fast_field_values(CABLE_NUMBER, addresses)
        # One document of each cable is enough.
        cables = dict(zip(numbers, addresses, strict=True))
        return {lookup_key(each) for each in stored.ids(self._searcher, list(cables.values()))}

    def cable(self, key: str) -> Cable | None:
        """The cable of that look-up key."""
        return stored.cable(self._searcher, self._translation.cable(key))


def _place(field: str, value: str) -> tuple[str, str]:
    """The field of the index and the term by which units with a value are asked for."""
    name, before = value_place(field)
    return name, f"{before}{value}"


def _keep(known: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Remembers what was looked up, and forgets all of it before it is too much."""
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    known[key] = value


def number_of(searcher: tantivy.Searcher, clause: Clause) -> int:
    """How many documents a query finds."""
    # A limit of 0 would panic; the library's type hints leave `count` out.
    return int(cast(Any, searcher.search(clause, limit=1)).count)
