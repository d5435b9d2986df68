"""From a question to what an engine is asked: the words analysed, the values folded, the dates in minutes.

Owns the meaning of each node of `search.language.tree` in terms of `search.plans.plan`, and with it the rule of what a
hit is (docs/matching.md). Must not know an engine.

A part of a question asks for words, or it chooses (a tag, a date, an exclusion). What asks for words is true of a unit
if each word stands in it or over it, in its heading or in the cable's subject; it is a hit if one of them stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from search.fields import BY_NAME, CONTEXT, PLACE_FIELDS, UNIT_FIELDS, UNIT_VALUES
from search.language.questions import any_of, asked
from search.language.tree import (
    DEFAULT_FIELD,
    And,
    Everything,
    Filter,
    Like,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    SameCable,
    Word,
)
from search.plans.leaves import in_field, value_range, whole_value
from search.plans.plan import (
    All,
    AllOf,
    AnyOf,
    Bonus,
    InCable,
    NoneOf,
    Nothing,
    OfCables,
    Plan,
    Term,
    Unscored,
    Value,
)
from search.plans.ranking import bonuses
from search.plans.simplifying import simplify
from search.text.analysis import fold, words_of
from search.text.showable import showable
from search.units import UnitKind

PARAGRAPHS = Value("unit", UnitKind.PARAGRAPH.value)
_TEXT = BY_NAME["text"]
# Where words stand that help: over a unit, and in none of its own.
_OVER = (BY_NAME["subject"], BY_NAME["section"])


@dataclass(frozen=True)
class QueryPlan:
    """A query as an engine runs it: the words, a plan for each field that is filtered, and what only scores."""

    words: Plan
    filters: tuple[tuple[str, Plan], ...]
    bonuses: tuple[Bonus, ...] = ()
    # Whether headings may be found over paragraphs that are: not by words alone, all of which must be there.
    covers: bool = True

    @cached_property
    def whole(self) -> Plan:
        """The units that are found."""
        return self.without(None)

    def without(self, field: str | None) -> Plan:
        """The units that are found with the filter of `field` left out."""
        return simplify(
            AllOf((self.words, *(plan for name, plan in self.filters if name != field)))
        )

    def counted(self, field: str) -> Plan:
        """Those among which `field` is counted: paragraphs, its own filter left out; all units where it tells those."""
        found = self.without(field)
        return found if field in UNIT_FIELDS else only(UnitKind.PARAGRAPH, found)


def only(kind: UnitKind, plan: Plan) -> Plan:
    """The units of one kind that a plan finds."""
    wanted = Value("unit", kind.value)
    if plan == wanted or (isinstance(plan, AllOf) and wanted in plan.parts):
        return plan
    return simplify(AllOf((plan, wanted)))


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a question comes to.

    `whole` is where it is true, words that stand over a unit helping. Of this, `word` is where one of its words stands
    in the unit itself, `chosen` where no word is needed for it to be true, `named` the same where the choice says what
    is to be found (`in:notes`); each is None where there is no such case. `over` is where its only word stands over a
    unit and not in it, None if there are several words, or none, or one that can do both.
    """

    whole: Plan
    word: Plan | None = None
    chosen: Plan | None = None
    named: Plan | None = None
    over: Plan | None = None

    @property
    def itself(self) -> Plan:
        """Where it is true of a unit by the unit's own words, or by what is chosen."""
        return AnyOf(_there(self.word, self.named, self.chosen))

    @property
    def hit(self) -> Plan:
        """The units that it finds: what is only chosen is paragraphs."""
        found = None if self.chosen is None else AllOf((self.chosen, PARAGRAPHS))
        return AnyOf(_there(self.word, self.named, found))


def lower_query(query: Query, tree: Node | None = None) -> QueryPlan:
    """The plan of a whole question. One that asks for no word finds paragraphs, unless it says what it is to find.

    `tree` is what it asks for (`search.language.questions.asked`) if something of it can't be found.
    """
    tree = asked(query) if tree is None else tree
    part = _lower(any_of(tree) if query.match == "any" else tree)
    filters = lower_filters(query)
    named = UNIT_FIELDS.intersection(name for name, _ in filters)
    found = Nothing() if part is None else simplify(part.itself if named else part.hit)
    by_words = part is not None and part.word is not None and _is_words(tree)
    return QueryPlan(found, filters, bonuses(tree), not by_words or query.match == "any")


def _is_words(node: Node) -> bool:
    """Whether a question is of words and of what chooses, all joined by AND."""
    match node:
        case And(parts):
            return all(_is_words(part) for part in parts)
        case Word(text, field):
            return BY_NAME[field].kind != "text" or len(words_of(text)) == 1
        case Range() | Everything():
            return True
        case Not(part):
            return _is_words(part)
        case _:
            return False


def lower(node: Node) -> Plan:
    """The plan of a tree, simplified, whatever units it finds.

    Words without a letter or a digit (`--`) are left out of what they stand in; if there is nothing else, nothing is
    found.
    """
    part = _lower(node)
    return Nothing() if part is None else simplify(part.itself)


def lower_filters(query: Query) -> tuple[tuple[str, Plan], ...]:
    """The plan of each filter of a question, by its field."""
    found = [(each.field, lower_filter(each)) for each in query.filters]
    # Of no field: it chooses whatever is counted.
    if query.among is not None:
        found.append(("", OfCables(query.among) if query.among else Nothing()))
    if query.without:
        found.append(("", NoneOf(OfCables(query.without))))
    return tuple(found)


def lower_filter(chosen: Filter) -> Plan:
    """The plan of a facet's selection, simplified."""
    field = BY_NAME[chosen.field]
    excluded = tuple(NoneOf(whole_value(field, showable(value))) for value in chosen.excluded)
    if not chosen.included:
        return simplify(AllOf((All(), *excluded)))
    included = AnyOf(tuple(whole_value(field, showable(value)) for value in chosen.included))
    return simplify(AllOf((included, *excluded)))


def _lower(node: Node) -> _Part | None:
    """None where a node says nothing."""
    match node:
        case And(parts) if SameCable() in parts:
            return _same_cable(parts)
        case And(parts):
            return _all(_said(parts))
        case Or(parts):
            return _any(_said(parts))
        case Not(part):
            lowered = _lower(part)
            if lowered is None:
                return None
            excluded = NoneOf(lowered.itself)
            return _naming(excluded) if _names_units(part) else _choice(excluded)
        case SameCable():
            return None
        case Like():  # `search.plans.rewriting` puts words in its place
            return _choice(Nothing())
        case Everything():
            return _choice(All())
        case Range(low, high, name):
            return _choice(value_range(name, low, high))
        case _:
            return _leaf(node)


def _said(parts: tuple[Node, ...]) -> tuple[_Part, ...]:
    return tuple(said for part in parts if (said := _lower(part)) is not None)


def _there(*found: Plan | None) -> tuple[Plan, ...]:
    return tuple(each for each in found if each is not None)


def _choice(plan: Plan) -> _Part:
    return _Part(plan, chosen=plan)


def _naming(plan: Plan) -> _Part:
    return _Part(plan, named=plan)


def _names_units(node: Node) -> bool:
    """Whether what is excluded says which units are meant: without `in:notes` all others, without a redaction
    paragraphs."""
    match node:
        case And(parts) | Or(parts):
            return any(_names_units(part) for part in parts)
        case Not(part):
            return _names_units(part)
        case _:
            return getattr(node, "field", DEFAULT_FIELD) in PLACE_FIELDS


def _names_other_units(node: Node) -> bool:
    """Whether a part of a question by itself means units other than paragraphs too."""
    field = getattr(node, "field", DEFAULT_FIELD)
    if field in UNIT_FIELDS:
        return True
    return isinstance(node, Word | Phrase) and (field, fold(node.text)) in UNIT_VALUES


def _all(parts: tuple[_Part, ...]) -> _Part | None:
    """All of them: each is true, and one of the words stands in the unit itself, or none is needed."""
    if not parts:
        return None
    whole = AllOf(tuple(each.whole for each in parts))
    free = [AnyOf(_there(each.named, each.chosen)) for each in parts if each.named or each.chosen]
    chosen, named = (
        _there(*(each.chosen for each in parts)),
        _there(*(each.named for each in parts)),
    )
    return _Part(
        whole,
        _all_by_word(parts, whole),
        AllOf(chosen) if len(chosen) == len(parts) else None,
        AllOf((*free, AnyOf(named))) if named and len(free) == len(parts) else None,
    )


def _all_by_word(parts: tuple[_Part, ...], whole: Plan) -> Plan | None:
    """Where each is true and one of the words stands in the unit itself."""
    asking = [each for each in parts if each.word is not None]
    if not asking:
        return None
    if len(asking) == 1:
        return AllOf(tuple(each.word or each.whole for each in parts))
    if any(each.whole == each.word for each in asking):
        # Where that one is true, its word stands in the unit itself.
        return whole
    over = _there(*(each.over for each in asking))
    if len(over) == len(asking):
        # The same in fewer steps: not all of them stand over the unit only.
        own: Plan = NoneOf(AllOf(over))
    else:
        own = Unscored(AnyOf(_there(*(each.word for each in asking))))
    return AllOf((whole, own))


def _any(parts: tuple[_Part, ...]) -> _Part | None:
    """Any of them; each finds what it would find alone."""
    if not parts:
        return None
    return _Part(
        AnyOf(tuple(each.whole for each in parts)),
        _either(each.word for each in parts),
        _either(each.chosen for each in parts),
        _either(each.named for each in parts),
    )


def _either(plans: Iterable[Plan | None]) -> Plan | None:
    found = _there(*plans)
    return AnyOf(found) if found else None


def _same_cable(parts: tuple[Node, ...]) -> _Part | None:
    """What is true of a cable, each word in any of its units; of these `in:` and `unit:` narrow what is found."""
    said = [(part, lowered) for part in parts if (lowered := _lower(part)) is not None]
    told = _all(tuple(lowered for _, lowered in said))
    if told is None:
        return None
    narrowing = [lowered.whole for _, lowered in said if _only_names(lowered)]
    meeting = _there(*(_in_cable(part) for part, lowered in said if not _only_names(lowered)))
    found = AllOf((InCable(AllOf(meeting)), *narrowing))
    if told.word is not None:
        return _Part(found, found)
    return _choice(found) if told.named is None else _naming(found)


def _only_names(part: _Part) -> bool:
    return part.word is None and part.chosen is None


def _in_cable(node: Node) -> Plan | None:
    """What a part asks of a cable. Words stand in any of its units, so what stands over them need not help."""
    match node:
        case And(parts):
            met = _there(*map(_in_cable, parts))
            return AllOf(met) if met else None
        case Or(parts):
            return _either(map(_in_cable, parts))
        case Not(part):
            return None if (found := _in_cable(part)) is None else NoneOf(found)
        case _:
            return None if (lowered := _lower(node)) is None else lowered.itself


def _leaf(node: Node) -> _Part | None:
    """A word, a phrase, a pattern: in the field that it names, or in the text with what stands over it."""
    name = node.left.field if isinstance(node, Near) else getattr(node, "field", DEFAULT_FIELD)
    if name != DEFAULT_FIELD:
        plan = in_field(node, BY_NAME[name])
        if plan is None:
            return None
        if BY_NAME[name] is _TEXT:
            return _Part(plan, plan)
        return _naming(plan) if _names_other_units(node) else _choice(plan)
    own = in_field(node, _TEXT)
    if own is None:
        return None
    if isinstance(node, Word) and isinstance(own, Term):
        over: Plan = Term(CONTEXT, own.term)
        return _Part(AnyOf((own, Unscored(over))), own, over=over)
    helping = _there(*(in_field(node, field) for field in _OVER))
    return _Part(AnyOf((own, Unscored(AnyOf(helping)))), own)
