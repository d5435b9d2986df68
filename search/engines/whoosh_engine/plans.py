"""Plans as Whoosh's queries, and BM25 as the other engines have it.

Owns the translation and the scores. Must not know pages, facets or commits.
"""

from __future__ import annotations

import math
from array import array
from typing import Any

from whoosh.matching import ListMatcher, Matcher, NullMatcher, WrappingMatcher
from whoosh.query.wrappers import WrappingQuery

from search.deadline import check
from search.engines.whoosh_engine.schema import KIND, OWNER
from search.plans.documents import BREAK
from search.plans.lowering import QueryPlan
from search.plans.plan import (
    All,
    AllOf,
    AnyOf,
    Flat,
    Forms,
    NoneOf,
    Nothing,
    NumberRange,
    OfCables,
    Plan,
    Term,
    TermPrefix,
    TermSequence,
    Unscored,
    Value,
    ValuePrefix,
)
from search.plans.ways import Way, note
from search.text.nearness import near
from search.units import UnitKind
from whoosh import query, scoring

# Whoosh's BM25 has the factor k1 + 1 that the oracle's and Lucene's don't: what is constant gets the same factor, and
# scores are divided by it.
_K1, _B = 1.2, 0.75
SCALE = _K1 + 1


class Bm25(scoring.BM25F):  # type: ignore[misc]
    """Whoosh's BM25 with the weight of a term as Lucene and tantivy have it."""

    def __init__(self) -> None:
        super().__init__(B=_B, K1=_K1)

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        """log(1 + (N - n + 0.5) / (n + 0.5)) for n of N documents with the term."""
        reader = searcher.reader()
        having = reader.doc_frequency(fieldname, text)
        return math.log(1 + (reader.doc_count_all() - having + 0.5) / (having + 0.5))


class _Constant(query.ConstantScoreQuery):  # type: ignore[misc]
    """The same score for each match; Whoosh's own takes 0 for 1."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matches, collected at once."""
        numbers = array("I", self.child.matcher(searcher, context).all_ids())
        return ListMatcher(numbers, weights=array("d", [self.score]) * len(numbers))


class _Weighted(WrappingQuery):  # type: ignore[misc]
    """The same matches, the score multiplied."""

    def __init__(self, child: query.Query, weight: float) -> None:
        super().__init__(child)
        self._weight = weight

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matches with their new scores."""
        return WrappingMatcher(self.child.matcher(searcher, context), boost=self._weight)


class _Near(query.Query):  # type: ignore[misc]
    """Documents with words near each other, or in a row, each in any of its forms; without a score.

    Whoosh's own spans know no breaks.
    """

    def __init__(self, name: str, words: tuple[tuple[str, ...], ...], between: int | None) -> None:
        self._name = name
        self._words = words
        self._between = between

    def estimate_size(self, reader: Any) -> int:
        """At most so many documents; what And asks for its order."""
        return min(
            sum(int(reader.doc_frequency(self._name, form)) for form in forms)
            for forms in self._words
        )

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The matches, collected at once."""
        note(Way.POSITIONS)
        reader = searcher.reader()
        words = [self._places(reader, forms) for forms in self._words]
        every = set(words[0]).intersection(*words[1:])
        if self._between is None:
            numbers = [
                number for number in sorted(every) if _in_a_row([word[number] for word in words])
            ]
        else:
            breaks = self._places(reader, (BREAK,))
            numbers = [
                number
                for number in sorted(every)
                if near([word[number] for word in words], self._between, breaks.get(number, ()))
            ]
        if not numbers:
            return NullMatcher()
        return ListMatcher(array("I", numbers), weights=array("d", [0.0]) * len(numbers))

    def _places(self, reader: Any, forms: tuple[str, ...]) -> dict[int, list[int]]:
        """Where any of the forms stands in each document that has one."""
        found: dict[int, list[int]] = {}
        for form in forms:
            if (self._name, form) in reader:
                for number, places in self._positions(reader, form).items():
                    found.setdefault(number, []).extend(places)
        return found

    def _positions(self, reader: Any, term: str) -> dict[int, list[int]]:
        """Where the term stands in each document that has it."""
        found = {}
        postings = reader.postings(self._name, term)
        while postings.is_active():
            check()
            found[postings.id()] = postings.value_as("positions")
            postings.next()
        return found


def _in_a_row(places: list[list[int]]) -> bool:
    rest = [set(each) for each in places[1:]]
    return any(all(first + at in each for at, each in enumerate(rest, 1)) for first in places[0])


def question(plan: QueryPlan) -> query.Query:
    """What a search runs: the words, which score; the filters, which choose only; the bonuses, which score only."""
    filters = [_Constant(clause(each), 0.0) for _, each in plan.filters]
    found = query.And([clause(plan.words), *filters])
    bonuses = [_Weighted(clause(each.plan), each.weight) for each in plan.bonuses]
    return query.AndMaybe(found, _any(bonuses)) if bonuses else found


def clause(plan: Plan) -> query.Query:
    """The query of one plan, scored as `search.plans.plan` says.

    Whoosh's AndNot can give a wrong first hit, and its Require is broken; And with Not is right. Its Or loses documents
    of score 0 where it collects them in an array, so it is told not to.
    """
    match plan:
        case Term(field, term):
            return query.Term(f"terms_{field}", term)
        case TermSequence(field, terms):
            return query.Phrase(f"terms_{field}", list(terms))
        case TermPrefix(field, prefix):
            return _constant(query.Prefix(f"terms_{field}", prefix))
        case Forms(field, words, between):
            return _constant(_Near(f"terms_{field}", words, between))
        case Flat(part):
            return _constant(clause(part))
        case Unscored(part):
            return _Constant(clause(part), 0.0)
        case OfCables(keys):
            return _constant(_any([query.Term(OWNER, key) for key in sorted(keys)]))
        case Value(field, value):
            return _constant(query.Term(f"value_{field}", value))
        case ValuePrefix(field, prefix):
            return _constant(query.Prefix(f"value_{field}", prefix))
        case NumberRange(field, low, high):
            return _constant(query.NumericRange(f"number_{field}", low, high))
        case All():
            return _constant(query.Every())
        case Nothing():
            return query.NullQuery
        case AllOf(parts):
            return query.And([clause(part) for part in parts])
        case AnyOf(parts):
            return _any([clause(part) for part in parts])
        case NoneOf(part):
            kept = query.And([clause(All()), query.Not(clause(part))])
            return _Constant(kept, 0.0)
        case _:
            raise TypeError(f"{plan} is for search.plans.rewriting")


def whole_cables() -> query.Query:
    """The documents with a whole cable."""
    return query.Term(KIND, UnitKind.HEAD.value)


def whole_cable(key: str) -> query.Query:
    """The document with the whole cable of that look-up key."""
    return query.And([query.Term(OWNER, key), whole_cables()])


def _any(parts: list[query.Query]) -> query.Query:
    found = query.Or(parts)
    found.matcher_type = query.Or.DEFAULT_MATCHER
    return found


def _constant(found: query.Query) -> query.Query:
    return _Constant(found, SCALE)
