"""A plan with the least nodes that finds the same.

Owns the rules by which plans are made smaller. Must not know what they were made from, nor an engine.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import is_

from search.plans.plan import (
    All,
    AllOf,
    AnyOf,
    Flat,
    InCable,
    NoneOf,
    Nothing,
    Plan,
    Term,
    TermSequence,
    Unscored,
)


def simplify(plan: Plan) -> Plan:
    """The same paragraphs with the least nodes.

    No conjunction stands in a conjunction, no disjunction in a disjunction, `All` and `Nothing` stand alone (or `All`
    beside negations only), and a `NoneOf` stands nowhere but in an `AllOf` that has a part to take away from.
    """
    plan = _simplified(plan)
    return AllOf((All(), plan)) if isinstance(plan, NoneOf) else plan


def with_terms_of(plan: Plan, lacks: Callable[[str, str], bool]) -> Plan:
    """The same with `Nothing` for each word of which an index says that it `lacks` the term (its field, the term)."""
    match plan:
        case Term(field, term):
            return Nothing() if lacks(field, term) else plan
        case TermSequence(field, terms):
            return Nothing() if any(lacks(field, term) for term in terms) else plan
        case AllOf() | AnyOf() | NoneOf() | Flat() | Unscored():
            return changed(plan, lambda part: with_terms_of(part, lacks))
        case _:
            return plan


def changed(plan: AllOf | AnyOf | NoneOf | Flat | Unscored, change: Callable[[Plan], Plan]) -> Plan:
    """The same with each of its parts changed; the plan itself, if each part is the one that it was."""
    if isinstance(plan, AllOf | AnyOf):
        parts = tuple(map(change, plan.parts))
        return plan if all(map(is_, plan.parts, parts)) else type(plan)(parts)
    part = change(plan.part)
    return plan if part is plan.part else type(plan)(part)


def _simplified(plan: Plan) -> Plan:
    match plan:
        case AllOf(parts):
            return _all_of(tuple(_simplified(part) for part in parts))
        case AnyOf(parts):
            return _any_of(tuple(_simplified(part) for part in parts))
        case NoneOf(part):
            return _none_of(_simplified(part))
        case Flat(part):
            return _around(Flat, _simplified(part))
        case Unscored(part):
            return _around(Unscored, _simplified(part))
        case InCable(part):
            return _around(InCable, _simplified(part))
        case _:
            return plan


def _around(kind: type[Flat] | type[Unscored] | type[InCable], part: Plan) -> Plan:
    match part:
        case All() | Nothing():
            return part
        case NoneOf():
            return kind(AllOf((All(), part)))
        case _:
            return kind(part)


def _all_of(parts: tuple[Plan, ...]) -> Plan:
    flat = _flat(parts, AllOf)
    kept = tuple(part for part in flat if not isinstance(part, All))
    if any(isinstance(part, Nothing) for part in kept):
        return Nothing()
    if not kept:
        return All()
    if all(isinstance(part, NoneOf) for part in kept):
        return AllOf((All(), *kept))
    return kept[0] if len(kept) == 1 else AllOf(kept)


def _any_of(parts: tuple[Plan, ...]) -> Plan:
    flat = _flat(parts, AnyOf)
    kept = tuple(
        AllOf((All(), part)) if isinstance(part, NoneOf) else part
        for part in flat
        if not isinstance(part, Nothing)
    )
    if any(isinstance(part, All) for part in kept):
        return All()
    if not kept:
        return Nothing()
    return kept[0] if len(kept) == 1 else AnyOf(kept)


def _none_of(part: Plan) -> Plan:
    match part:
        case All():
            return Nothing()
        case Nothing():
            return All()
        case NoneOf(inner):
            return inner
        case AllOf((All(), NoneOf(inner))):
            return inner
        case _:
            return NoneOf(part)


def _flat(parts: tuple[Plan, ...], kind: type[AllOf] | type[AnyOf]) -> tuple[Plan, ...]:
    return tuple(x for part in parts for x in (part.parts if isinstance(part, kind) else (part,)))
