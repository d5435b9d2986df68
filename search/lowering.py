"""From a question to what an engine is asked: the words analysed, the values folded, the dates in minutes.

Owns the meaning of each node of `search.query` in terms of `search.plan`, and with it the rule of what a hit is
(docs/matching.md). Must not know an engine.

A part of a question asks for words, or it chooses (a tag, a date, an exclusion). What asks for words is true of a unit
if each word stands in it or over it, in its heading or in the cable's subject; it is a hit if one of them stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from search import clauses, date_spans
from search.analysis import analyse, fold
from search.fields import BY_NAME, CONTEXT, STEMMED, UNIT_FIELDS, Field
from search.plan import (
    Alike,
    All,
    AllOf,
    AnyOf,
    Bonus,
    Flat,
    Forms,
    InCable,
    NoneOf,
    Nothing,
    NumberRange,
    Pattern,
    Plan,
    Stems,
    Term,
    TermPrefix,
    TermSequence,
    Unscored,
    Value,
    ValuePrefix,
)
from search.query import (
    DEFAULT_FIELD,
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
from search.simplifying import simplify
from search.spelling import pattern_term
from search.units import UnitKind

PARAGRAPHS = Value("unit", UnitKind.PARAGRAPH.value)
_TEXT = BY_NAME["text"]
# Where words stand that help: over a unit, and in none of its own.
_OVER = (BY_NAME["subject"], BY_NAME["section"])


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A query as an engine runs it: the words, a plan for each field that is filtered, and what only scores."""

    words: Plan
    filters: tuple[tuple[str, Plan], ...]
    bonuses: tuple[Bonus, ...] = ()
    # Whether headings may be found over paragraphs that are: not by words alone, all of which must be there.
    covers: bool = True

    @property
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
    if isinstance(plan, AllOf) and wanted in plan.parts:
        return plan
    return simplify(AllOf((plan, wanted)))


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a question comes to.

    `whole` is where it is true, with words over a unit; `hit` is where it is also a hit. `word` is where one of its
    words stands in the unit itself, None if it asks for none. `over` is where its only word stands over a unit and not
    in it, None if there are several words, or none, or one that can do both.
    """

    whole: Plan
    hit: Plan
    word: Plan | None = None
    over: Plan | None = None


def lower_query(query: Query) -> QueryPlan:
    """The plan of a whole question. One that asks for no word finds paragraphs, unless it says what it is to find."""
    tree = asked(query)
    part = _lower(any_of(tree) if query.match == "any" else tree, in_cable=False)
    found = Nothing() if part is None else simplify(part.hit)
    filters = tuple((each.field, lower_filter(each)) for each in query.filters)
    named = UNIT_FIELDS.intersection(name for name, _ in filters) or _names_units(tree)
    if part is not None and part.word is None and not named:
        found = only(UnitKind.PARAGRAPH, found)
    covers = query.match == "any" or not _is_words(tree)
    return QueryPlan(found, filters, bonuses(tree), covers and part is not None)


def _is_words(node: Node) -> bool:
    """Whether a question is of words and of what chooses, all joined by AND."""
    match node:
        case And(parts):
            return all(_is_words(part) for part in parts)
        case Word(text, field):
            return BY_NAME[field].kind != "text" or len(analyse(text)) == 1
        case Range() | Everything():
            return True
        case Not(part):
            return _is_words(part)
        case _:
            return False


def _names_units(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_names_units(part) for part in parts)
        case Not(part):
            return _names_units(part)
        case Word(_, field) | Phrase(_, field) | Prefix(_, field) | Wildcard(_, field):
            return field in UNIT_FIELDS
        case _:
            return isinstance(node, SameCable)


def lower(node: Node) -> Plan:
    """The plan of a tree, simplified.

    Words without a letter or a digit (`--`) are left out of what they stand in; if there is nothing else, nothing is
    found.
    """
    part = _lower(node, in_cable=False)
    return Nothing() if part is None else simplify(part.hit)


def lower_filter(chosen: Filter) -> Plan:
    """The plan of a facet's selection, simplified."""
    field = BY_NAME[chosen.field]
    excluded = tuple(NoneOf(_whole_value(field, value)) for value in chosen.excluded)
    if not chosen.included:
        return simplify(AllOf((All(), *excluded)))
    included = AnyOf(tuple(_whole_value(field, value) for value in chosen.included))
    return simplify(AllOf((included, *excluded)))


def _lower(node: Node, *, in_cable: bool) -> _Part | None:
    """None where a node says nothing. In a cable words stand in any of its units, so none has to help."""
    match node:
        case And(parts) if SameCable() in parts and not in_cable:
            said = _said(parts, in_cable=True)
            if not said:
                return None
            found = InCable(AllOf(tuple(each.hit for each in said)))
            return _Part(found, found, found if any(each.word for each in said) else None)
        case And(parts):
            return _all(_said(parts, in_cable=in_cable))
        case Or(parts):
            return _any(_said(parts, in_cable=in_cable))
        case Not(part):
            lowered = _lower(part, in_cable=in_cable)
            return None if lowered is None else _choice(NoneOf(lowered.hit))
        case SameCable():
            return None
        case Like():  # `search.resolving` puts words in its place
            return _choice(Nothing())
        case Everything():
            return _choice(All())
        case Range(low, high, name):
            return _choice(_range(name, low, high))
        case _:
            return _leaf(node, in_cable=in_cable)


def _said(parts: tuple[Node, ...], *, in_cable: bool) -> tuple[_Part, ...]:
    found = (_lower(part, in_cable=in_cable) for part in parts)
    return tuple(each for each in found if each is not None)


def _choice(plan: Plan) -> _Part:
    return _Part(plan, plan)


def _all(parts: tuple[_Part, ...]) -> _Part | None:
    """All of them: each is true, and of those that ask for words one is a hit by a word of its own."""
    if not parts:
        return None
    whole = AllOf(tuple(each.whole for each in parts))
    asking = [each for each in parts if each.word is not None]
    if not asking:
        return _choice(whole)
    if len(asking) == 1:
        hit = AllOf(tuple(each.hit for each in parts))
        word = AllOf(tuple(each.word or each.whole for each in parts))
        return _Part(whole, hit, word)
    if any(each.whole == each.word for each in asking):
        # Where that one is true, its word stands in the unit itself.
        return _Part(whole, whole, whole)
    over = [each.over for each in asking if each.over is not None]
    if len(over) == len(asking):
        # The same in fewer steps: not all of them stand over the unit only.
        own: Plan = NoneOf(AllOf(tuple(over)))
    else:
        own = Unscored(AnyOf(tuple(each.word for each in asking if each.word is not None)))
    hit = AllOf((whole, own))
    return _Part(whole, hit, hit)


def _any(parts: tuple[_Part, ...]) -> _Part | None:
    """Any of them that is a hit by itself; beside words, what is chosen is paragraphs, as where only that is asked."""
    if not parts:
        return None
    words = tuple(each.word for each in parts if each.word is not None)
    hits = tuple(
        each.hit if each.word is not None or not words else AllOf((each.hit, PARAGRAPHS))
        for each in parts
    )
    whole = AnyOf(tuple(each.whole for each in parts))
    return _Part(whole, AnyOf(hits), AnyOf(words) if words else None)


def _leaf(node: Node, *, in_cable: bool) -> _Part | None:
    """A word, a phrase, a pattern: in the field that it names, or in the text with what stands over it."""
    name = node.left.field if isinstance(node, Near) else getattr(node, "field", DEFAULT_FIELD)
    if name != DEFAULT_FIELD:
        plan = _in_field(node, BY_NAME[name])
        if plan is None:
            return None
        return _Part(plan, plan, plan) if BY_NAME[name] is _TEXT else _choice(plan)
    own = _in_field(node, _TEXT)
    if own is None:
        return None
    if in_cable:
        return _Part(own, own, own)
    if isinstance(node, Word) and isinstance(own, Term):
        over: Plan = Term(CONTEXT, own.term)
        return _Part(AnyOf((own, Unscored(over))), own, own, over)
    helping = tuple(plan for field in _OVER if (plan := _in_field(node, field)) is not None)
    return _Part(AnyOf((own, Unscored(AnyOf(helping)))), own, own)


def _in_field(node: Node, field: Field) -> Plan | None:
    """What a leaf asks for in one field; None where it says nothing."""
    match node:
        case Word(text):
            return _word(field, text)
        case Phrase(text):
            return _phrase(field, text)
        case Prefix(text):
            return _prefix(field, text)
        case Wildcard(text):
            return _wildcard(field, text)
        case Fuzzy(text, distance):
            return _fuzzy(field, text, distance)
        case Loose(text, distance):
            return _loose(field, text, distance)
        case Near(left, right, distance):
            return _near(left, right, distance, field)
        case _:
            raise TypeError(f"{node!r} has no field")


def _word(field: Field, text: str) -> Plan | None:
    if field.kind != "text":
        return _whole_value(field, text)
    stems = tuple(token.stem for token in analyse(text))
    return _scored_by_stems(field, stems, Stems(field.name, stems)) if stems else None


def _phrase(field: Field, text: str) -> Plan | None:
    if field.kind != "text":
        return _whole_value(field, text)
    return _sequence(field.exact, tuple(token.term for token in analyse(text)))


def _sequence(field: str, terms: tuple[str, ...]) -> Plan | None:
    if not terms:
        return None
    return Term(field, terms[0]) if len(terms) == 1 else TermSequence(field, terms)


def _scored_by_stems(field: Field, stems: tuple[str, ...], found: Plan) -> Plan:
    """Words that stand where `found` says, scored as each of them; in a field whose words choose they score nothing."""
    if field.name not in STEMMED:
        return Flat(found)
    words = tuple(Term(field.name, stem) for stem in dict.fromkeys(stems))
    return words[0] if len(stems) == 1 else AllOf((*words, Unscored(found)))


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
    terms = tuple(dict.fromkeys(token.term for token in analyse(text)))
    if len(terms) < 2:
        return _sequence(field.exact, terms)
    words = tuple(Term(field.exact, term) for term in terms)
    near = Forms(field.exact, tuple((term,) for term in terms), distance)
    return AllOf((*words, Unscored(near)))


def _near(left: Word, right: Word, distance: int, field: Field) -> Plan | None:
    """Two words in one field; one that is several terms (`F-16`) is asked for whole, and all its terms are near."""
    sides = [
        plan
        for side in (left, right)
        if (plan := _word(field if side.field == left.field else BY_NAME[side.field], side.text))
    ]
    if field.kind != "text" or right.field != left.field or len(sides) < 2:
        return AllOf(tuple(sides)) if sides else None
    stems = tuple(dict.fromkeys(t.stem for side in (left, right) for t in analyse(side.text)))
    if len(stems) < 2:
        return sides[0]
    near = Stems(field.name, stems, distance)
    return AllOf((*sides, Unscored(near)))


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
    if BY_NAME[name].kind == "date":
        return date_spans.plan((low, high), first[0], last[1])
    return NumberRange(name, first[0], last[1])
