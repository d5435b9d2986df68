"""Plans as tantivy's queries.

Owns the translation and the scale of its scores. Must not know pages, facets or commits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import tantivy
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.nearness import forms_clause, near_clause
from search.engines.tantivy_engine.schema import JOINT, OWNER, SETS, set_of, value_place
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
from tantivy import Occur
from tantivy import Query as Clause

# tantivy's BM25 (k1 1.2, b 0.75) has the factor k1 + 1 that the oracle's and Lucene's don't: what is constant gets the
# same factor, and scores are divided by it.
SCALE = 1.2 + 1
# So many lists of paragraphs with words near each other are kept; one may name very many.
_NEAR_KEPT = 8


class Translation:
    """Plans as tantivy's queries, for one schema; with a searcher also those that have to be looked up in the index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher | None = None) -> None:
        self.schema = schema
        self._searcher = searcher
        self._looking_up = threading.Lock()
        self._known_sets: dict[str, list[tuple[str, ...]]] = {}
        self._near_clauses: dict[Forms, Clause] = {}
        self.whole = stored.heads(schema)

    def question(self, plan: QueryPlan) -> Clause:
        """What a search runs: the words, which score; the filters, which choose only; the bonuses, which score only."""
        filters = [(Occur.Must, _unscored(self.clause(each))) for _, each in plan.filters]
        bonuses = [
            (Occur.Should, Clause.boost_query(self.clause(each.plan), each.weight))
            for each in plan.bonuses
        ]
        words = self.clause(plan.words)
        if not filters and not bonuses:
            return words
        return Clause.boolean_query([(Occur.Must, words), *filters, *bonuses])

    def clause(self, plan: Plan) -> Clause:
        """The query of one plan, scored as `search.plans.plan` says."""
        match plan:
            case Term(field, term):
                return Clause.term_query(self.schema, f"terms_{field}", term, index_option="freq")
            case TermSequence(field, terms):
                # Never of one term: tantivy's phrase query panics then, and a sequence has two or more.
                return Clause.phrase_query(self.schema, f"terms_{field}", list(terms))
            case TermPrefix(field, prefix):
                return self._prefix(f"terms_{field}", prefix)
            case Forms(field, words, None):
                found = forms_clause(self.schema, f"terms_{field}", words)
                return _constant(found)
            case Forms():
                return _constant(self._near(plan))
            case Flat(part):
                return _constant(self.clause(part))
            case Unscored(part):
                return _unscored(self.clause(part))
            case OfCables(keys):
                return _constant(Clause.term_set_query(self.schema, OWNER, sorted(keys)))
            case Value(field, value) if field in SETS:
                return self._sets(field, lambda each: each == value)
            case ValuePrefix(field, prefix) if field in SETS:
                return self._sets(field, lambda each: each.startswith(prefix))
            case Value(field, value):
                name, before = value_place(field)
                found = Clause.term_query(
                    self.schema, name, f"{before}{value}", index_option="basic"
                )
                return _constant(found)
            case ValuePrefix(field, prefix):
                name, before = value_place(field)
                return self._prefix(name, f"{before}{prefix}")
            case NumberRange(field, low, high):
                return _constant(self._range(f"number_{field}", low, high))
            case All():
                return _constant(Clause.all_query())
            case Nothing():
                return Clause.empty_query()
            case AllOf(parts):
                return self._all_of(parts)
            case AnyOf(parts):
                return Clause.boolean_query([(Occur.Should, self.clause(part)) for part in parts])
            case NoneOf():
                return self._all_of((plan,))
            case _:
                raise TypeError(f"{plan} is for search.plans.rewriting")

    def sets(self, field: str) -> list[tuple[str, ...]]:
        """The sets of values that units have in a field of `SETS`."""
        if self._searcher is None:
            raise TypeError("sets of values are looked up in an index")
        found = self._known_sets.get(field)
        if found is None:
            read = self._searcher.terms_with_prefix(f"set_{field}", "")
            found = self._known_sets[field] = [tuple(each.split(JOINT)) for each, _ in read]
        return found

    def _sets(self, field: str, wanted: Callable[[str], bool]) -> Clause:
        having = [set_of(each) for each in self.sets(field) if any(map(wanted, each))]
        return _constant(Clause.term_set_query(self.schema, f"set_{field}", having))

    def _near(self, plan: Forms) -> Clause:
        """Looked up once, for the page and each count of a question: it may read many cables."""
        if len(plan.words) > 2:
            note(Way.PARAGRAPHS)
        with self._looking_up:
            found = self._near_clauses.pop(plan, None)
            if found is None:
                found = near_clause(self.schema, self._searcher, plan)
            # The last one asked for is the last to go.
            self._near_clauses[plan] = found
            if len(self._near_clauses) > _NEAR_KEPT:
                del self._near_clauses[next(iter(self._near_clauses))]
            return found

    def cable(self, key: str) -> Clause:
        """The document with the whole cable of that look-up key."""
        return stored.whole(self.schema, key)

    def cables(self, keys: list[str]) -> Clause:
        """The units of the cables of these look-up keys; it chooses and does not score."""
        return _unscored(Clause.term_set_query(self.schema, OWNER, keys))

    def _all_of(self, parts: tuple[Plan, ...]) -> Clause:
        clauses = [
            (Occur.MustNot, self.clause(part.part))
            if isinstance(part, NoneOf)
            else (Occur.Must, self.clause(part))
            for part in parts
        ]
        if all(isinstance(part, NoneOf) for part in parts):
            # tantivy finds nothing for a boolean query that only takes away.
            clauses.append((Occur.Must, _unscored(Clause.all_query())))
        return Clause.boolean_query(clauses)

    def _prefix(self, name: str, prefix: str) -> Clause:
        # An edit distance of 0 asks for the prefix itself; unlike a regular expression it needs no escapes, and unlike
        # a phrase prefix it has no limit on the number of terms.
        found = Clause.fuzzy_term_query(self.schema, name, prefix, distance=0, prefix=True)
        return _constant(found)

    def _range(self, name: str, low: int | None, high: int | None) -> Clause:
        if low is None and high is None:
            return Clause.exists_query(name)
        return Clause.range_query(self.schema, name, tantivy.FieldType.Integer, low, high)


def _constant(clause: Clause) -> Clause:
    return Clause.const_score_query(clause, SCALE)


def _unscored(clause: Clause) -> Clause:
    return Clause.const_score_query(clause, 0.0)
