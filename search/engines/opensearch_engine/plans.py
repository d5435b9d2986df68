"""Plans as queries of OpenSearch.

Owns the translation. Must not know pages, facets or how anything is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from search.engines.opensearch_engine.schema import BLANKS, KIND, OWNER
from search.plans.documents import BREAK
from search.plans.lowering import QueryPlan
from search.plans.plan import (
    All,
    AllOf,
    AnyOf,
    Bonus,
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
from search.units import UnitKind

Clause = dict[str, Any]

# The BM25 of OpenSearch 1 and 2 (k1 1.2, b 0.75) has the factor k1 + 1 that the oracle's and Lucene's own don't: what
# is constant gets the same factor, and scores are divided by it.
SCALE = 1.2 + 1

# The documents of heads, which have the whole cable.
HEADS: Clause = {"term": {KIND: UnitKind.HEAD.value}}
_EVERY: Clause = {"match_all": {}}
# `index.max_terms_count` is 65,536 where nobody has set it.
_MOST_TERMS = 60_000


def question(plan: QueryPlan, filters: Iterable[Plan]) -> Clause:
    """What a search runs: the words, which score; some filters, which choose only; the bonuses, which score only."""
    return {
        "bool": {
            "must": [clause(plan.words)],
            "filter": [clause(each) for each in filters],
            "should": [_bonus(each) for each in plan.bonuses],
        }
    }


def every_of(filters: Sequence[Plan]) -> Clause:
    """What all of these plans find; it does not score."""
    if not filters:
        return _EVERY
    return {"bool": {"filter": [clause(each) for each in filters]}}


def of_cable(key: str) -> Clause:
    """The document with the whole cable of that look-up key."""
    return {"bool": {"filter": [{"term": {OWNER: key}}, HEADS]}}


def clause(plan: Plan) -> Clause:
    """The query of one plan, scored as `search.plans.plan` says."""
    match plan:
        case Term(field, term):
            return {"term": {f"terms_{field}": {"value": term}}}
        case TermSequence(field, terms):
            return {"match_phrase": {f"terms_{field}": _blanks(" ".join(terms))}}
        case TermPrefix(field, prefix):
            return _constant({"prefix": {f"terms_{field}": {"value": prefix}}})
        case Forms(field, words, between):
            return _constant(_forms(field, words, between))
        case Flat(part):
            return _constant(clause(part))
        case Unscored(part):
            return {"bool": {"filter": [clause(part)]}}
        case OfCables(keys):
            return _constant(_of_cables(sorted(keys)))
        case Value(field, value):
            return _constant({"term": {f"value_{field}": {"value": value}}})
        case ValuePrefix(field, prefix):
            return _constant({"prefix": {f"value_{field}": {"value": prefix}}})
        case NumberRange(field, low, high):
            return _constant(_range(f"number_{field}", low, high))
        case All():
            return _constant(_EVERY)
        case Nothing():
            return {"match_none": {}}
        case AllOf(parts):
            return _all_of(parts)
        case AnyOf(parts):
            return {"bool": {"should": [clause(part) for part in parts], "minimum_should_match": 1}}
        case NoneOf():
            return _all_of((plan,))
        case _:
            raise TypeError(f"{plan} is for search.plans.rewriting")


def _of_cables(keys: list[str]) -> Clause:
    """The units of these cables; a cluster refuses more than so many terms in one list."""
    # Of none as well: a list of no terms finds nothing, and a choice among no clauses everything.
    if len(keys) <= _MOST_TERMS:
        return {"terms": {OWNER: keys}}
    lists = [keys[start : start + _MOST_TERMS] for start in range(0, len(keys), _MOST_TERMS)]
    return {"bool": {"should": [{"terms": {OWNER: each}} for each in lists]}}


def _all_of(parts: tuple[Plan, ...]) -> Clause:
    wanted = [clause(part) for part in parts if not isinstance(part, NoneOf)]
    unwanted = [clause(part.part) for part in parts if isinstance(part, NoneOf)]
    # What only takes away takes away from every unit.
    return {"bool": {"must": wanted, "must_not": unwanted, "filter": [] if wanted else [_EVERY]}}


def _bonus(bonus: Bonus) -> Clause:
    return {"bool": {"must": [clause(bonus.plan)], "boost": bonus.weight}}


def _forms(field: str, words: tuple[tuple[str, ...], ...], between: int | None) -> Clause:
    """Words in a row, or near each other, each in any of its forms; without a score."""
    together: Clause = {
        "ordered": between is None,
        "max_gaps": between or 0,
        "intervals": [_any_form(forms) for forms in words],
    }
    if between is not None:
        # In a row no break fits among them anyway.
        together["filter"] = {"not_containing": {"match": _blanks(BREAK)}}
    return {"intervals": {f"terms_{field}": {"all_of": together}}}


def _any_form(forms: tuple[str, ...]) -> Clause:
    found = [{"match": _blanks(form)} for form in forms]
    return found[0] if len(found) == 1 else {"any_of": {"intervals": found}}


def _blanks(terms: str) -> dict[str, str]:
    return {"query": terms, "analyzer": BLANKS}


def _range(field: str, low: int | None, high: int | None) -> Clause:
    if low is None and high is None:
        return {"exists": {"field": field}}
    ends = {name: end for name, end in (("gte", low), ("lte", high)) if end is not None}
    return {"range": {field: ends}}


def _constant(found: Clause) -> Clause:
    return {"constant_score": {"filter": found, "boost": SCALE}}
