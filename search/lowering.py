"""From a question to what an engine is asked: the words analysed, the values folded, the dates in minutes.

Owns the meaning of each node of `search.query` in terms of `search.plan`. Must not know an engine.
"""

from __future__ import annotations

from dataclasses import dataclass

from search import clauses
from search.analysis import analyse, fold
from search.fields import BY_NAME, Field
from search.plan import (
    Alike,
    All,
    AllOf,
    AnyOf,
    Bonus,
    Flat,
    InCable,
    NoneOf,
    Nothing,
    NumberRange,
    Pattern,
    Plan,
    Term,
    TermPrefix,
    TermSequence,
    TermsNear,
    Value,
    ValuePrefix,
)
from search.query import (
    And,
    Everything,
    Filter,
    Fuzzy,
    Like,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    SameCable,
    Wildcard,
    Word,
)
from search.questions import any_of, asked
from search.ranking import bonuses
from search.spelling import pattern_term


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A query as an engine runs it: the words, a plan for each field that is filtered, and what only scores."""

    words: Plan
    filters: tuple[tuple[str, Plan], ...]
    bonuses: tuple[Bonus, ...] = ()

    @property
    def whole(self) -> Plan:
        """The paragraphs that are found."""
        return self.without(None)

    def without(self, field: str | None) -> Plan:
        """The paragraphs among which `field` is counted: its own filter left out."""
        return simplify(
            AllOf((self.words, *(plan for name, plan in self.filters if name != field)))
        )


def lower_query(query: Query) -> QueryPlan:
    """The plan of a whole question."""
    tree = asked(query)
    return QueryPlan(
        lower(any_of(tree) if query.match == "any" else tree),
        tuple((each.field, lower_filter(each)) for each in query.filters),
        bonuses(tree),
    )


def lower(node: Node) -> Plan:
    """The plan of a tree, simplified.

    Words without a letter or a digit (`--`) are left out of what they stand in; if there is nothing else, nothing is
    found.
    """
    plan = _lower(node)
    return Nothing() if plan is None else simplify(plan)


def lower_filter(chosen: Filter) -> Plan:
    """The plan of a facet's selection, simplified."""
    field = BY_NAME[chosen.field]
    excluded = tuple(NoneOf(_whole_value(field, value)) for value in chosen.excluded)
    if not chosen.included:
        return simplify(AllOf((All(), *excluded)))
    included = AnyOf(tuple(_whole_value(field, value) for value in chosen.included))
    return simplify(AllOf((included, *excluded)))


def _lower(node: Node) -> Plan | None:
    """None where a node says nothing."""
    match node:
        case Word(text, name):
            return _word(BY_NAME[name], text)
        case Phrase(text, name):
            return _phrase(BY_NAME[name], text)
        case Prefix(text, name):
            return _prefix(BY_NAME[name], text)
        case Wildcard(text, name):
            return _wildcard(BY_NAME[name], text)
        case Fuzzy(text, distance, name):
            return _fuzzy(BY_NAME[name], text, distance)
        case Loose(text, distance, name):
            return _loose(BY_NAME[name], text, distance)
        case Near(left, right, distance):
            return _near(left, right, distance)
        case Range(low, high, name):
            return _range(name, low, high)
        case And(parts):
            plans = _said(parts)
            if plans and SameCable() in parts:
                return InCable(AllOf(plans))
            return AllOf(plans) if plans else None
        case Or(parts):
            plans = _said(parts)
            return AnyOf(plans) if plans else None
        case Not(part):
            plan = _lower(part)
            return None if plan is None else NoneOf(plan)
        case SameCable():
            return None
        case Like():  # `search.resolving` puts words in its place
            return Nothing()
        case Everything():
            return All()


def _said(parts: tuple[Node, ...]) -> tuple[Plan, ...]:
    return tuple(plan for part in parts if (plan := _lower(part)) is not None)


def _word(field: Field, text: str) -> Plan | None:
    if field.kind != "text":
        return _whole_value(field, text)
    return _sequence(field.name, tuple(token.stem for token in analyse(text)))


def _phrase(field: Field, text: str) -> Plan | None:
    if field.kind != "text":
        return _whole_value(field, text)
    return _sequence(field.exact, tuple(token.term for token in analyse(text)))


def _sequence(field: str, terms: tuple[str, ...]) -> Plan | None:
    if not terms:
        return None
    return Term(field, terms[0]) if len(terms) == 1 else TermSequence(field, terms)


def _prefix(field: Field, text: str) -> Plan | None:
    """Prefixes go by the words as they stand, not by their stems; one of several words is a phrase."""
    if field.kind == "keyword":
        folded = field.normal(text)
        return ValuePrefix(field.name, folded) if folded else Nothing()
    if field.kind != "text":
        return _whole_value(field, text)
    tokens = analyse(text)
    if len(tokens) == 1:
        return TermPrefix(field.exact, tokens[0].term)
    return _phrase(field, text)


def _wildcard(field: Field, text: str) -> Plan:
    """Like a prefix, by the words as they stand; a pattern of several words finds nothing; the parser makes none."""
    if field.kind == "keyword":
        return Pattern(field.name, fold(text), values=True)
    term = pattern_term(text) if field.kind == "text" else None
    return Nothing() if term is None else Pattern(field.exact, term)


def _fuzzy(field: Field, text: str, distance: int) -> Plan | None:
    if field.kind == "keyword":
        return Alike(field.name, field.normal(text), distance, values=True)
    if field.kind != "text":
        return _whole_value(field, text)
    tokens = analyse(text)
    return (
        Alike(field.exact, tokens[0].term, distance) if len(tokens) == 1 else _phrase(field, text)
    )


def _loose(field: Field, text: str, distance: int) -> Plan | None:
    if field.kind != "text":
        return _whole_value(field, text)
    return _together(field.exact, [token.term for token in analyse(text)], distance)


def _near(left: Word, right: Word, distance: int) -> Plan | None:
    """Two words in one field; one that is several terms (`F-16`) is asked for whole, and all its terms are near."""
    sides = _said((left, right))
    field = BY_NAME[left.field]
    if field.kind != "text" or right.field != left.field or len(sides) < 2:
        return AllOf(sides) if sides else None
    stems = [token.stem for side in (left, right) for token in analyse(side.text)]
    together = _together(field.name, stems, distance)
    whole = tuple(side for side in sides if isinstance(side, TermSequence))
    return together if together is None else AllOf((together, *whole))


def _together(field: str, terms: list[str], distance: int) -> Plan | None:
    different = tuple(dict.fromkeys(terms))
    if len(different) < 2:
        return _sequence(field, different)
    return TermsNear(field, different, distance)


def _whole_value(field: Field, text: str) -> Plan:
    """The paragraphs with exactly this value; a date or a number stands for all that it spans."""
    if field.number:
        return _range(field.name, text, text)
    return Value(field.name, field.normal(text))


def _range(name: str, low: str | None, high: str | None) -> Plan:
    """Whole units at both ends; a bound that is no date or no number finds nothing."""
    first = clauses.span(name, low) if low is not None else (None, None)
    last = clauses.span(name, high) if high is not None else (None, None)
    if first is None or last is None:
        return Nothing()
    return NumberRange(name, first[0], last[1])


def simplify(plan: Plan) -> Plan:
    """The same paragraphs with the least nodes.

    No conjunction stands in a conjunction, no disjunction in a disjunction, `All` and `Nothing` stand alone (or `All`
    beside negations only), and a `NoneOf` stands nowhere but in an `AllOf` that has a part to take away from.
    """
    plan = _simplified(plan)
    return AllOf((All(), plan)) if isinstance(plan, NoneOf) else plan


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
        case InCable(part):
            return _around(InCable, _simplified(part))
        case _:
            return plan


def _around(kind: type[Flat] | type[InCable], part: Plan) -> Plan:
    match part:
        case All() | Nothing():
            return part
        case NoneOf():
            return kind(AllOf((All(), part)))
        case _:
            return kind(part)


def _all_of(parts: tuple[Plan, ...]) -> Plan:
    flat = _flat(parts, AllOf)
    kept = tuple(part for part in flat if part != All())
    if Nothing() in kept:
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
        if part != Nothing()
    )
    if All() in kept:
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
