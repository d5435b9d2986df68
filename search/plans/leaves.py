"""What one word, phrase or pattern asks for in one field, as a plan.

Owns the analysis of what a user typed in terms of `search.plans.plan`. Must not know what a hit is
(`search.plans.lowering`), nor an engine.
"""

from __future__ import annotations

from search.fields import BY_NAME, STEMMED, Field
from search.language import clauses
from search.language.spelling import pattern_term
from search.language.tree import (
    Fuzzy,
    Loose,
    Near,
    Node,
    PatternPhrase,
    Phrase,
    Prefix,
    Regexp,
    Wildcard,
    Word,
)
from search.plans.dates import span_plan
from search.plans.plan import (
    Alike,
    AllOf,
    Flat,
    Forms,
    Matching,
    Nothing,
    NumberRange,
    Pattern,
    PatternSequence,
    Plan,
    Stems,
    Term,
    TermPrefix,
    TermSequence,
    Unscored,
    Value,
    ValuePrefix,
)
from search.text.analysis import fold, words_of


def in_field(node: Node, field: Field) -> Plan | None:
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
        case PatternPhrase(text):
            return _pattern_phrase(field, text)
        case Regexp(text):
            return _regexp(field, text)
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
        return whole_value(field, text)
    stems = tuple(token.stem for token in words_of(text))
    return _scored_by_stems(field, stems, Stems(field.name, stems)) if stems else None


def _phrase(field: Field, text: str) -> Plan | None:
    if field.kind != "text":
        return whole_value(field, text)
    return _sequence(field.exact, tuple(token.term for token in words_of(text)))


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
        return whole_value(field, text)
    tokens = words_of(text)
    if len(tokens) == 1:
        return TermPrefix(field.exact, tokens[0].term)
    return _phrase(field, text)


def _wildcard(field: Field, text: str) -> Plan:
    """Like a prefix, by the words as they stand; a pattern of several words finds nothing; the parser makes none."""
    if field.kind == "keyword":
        return Pattern(field.name, fold(text), values=True)
    term = pattern_term(text) if field.kind == "text" else None
    return Nothing() if term is None else Pattern(field.exact, term)


def _pattern_phrase(field: Field, text: str) -> Plan:
    patterns = tuple(token.term for token in words_of(text))
    if field.kind != "text" or len(patterns) < 2:
        return _wildcard(field, text)
    return PatternSequence(field.exact, patterns)


def _regexp(field: Field, text: str) -> Plan:
    if field.kind == "text":
        return Matching(field.exact, text)
    return Matching(field.name, text, values=True) if field.kind == "keyword" else Nothing()


def _fuzzy(field: Field, text: str, distance: int) -> Plan | None:
    if field.kind == "keyword":
        return Alike(field.name, field.normal(text), distance, values=True)
    if field.kind != "text":
        return whole_value(field, text)
    tokens = words_of(text)
    return (
        Alike(field.exact, tokens[0].term, distance) if len(tokens) == 1 else _phrase(field, text)
    )


def _loose(field: Field, text: str, distance: int) -> Plan | None:
    if field.kind != "text":
        return whole_value(field, text)
    terms = tuple(dict.fromkeys(token.term for token in words_of(text)))
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
    stems = tuple(dict.fromkeys(t.stem for side in (left, right) for t in words_of(side.text)))
    if len(stems) < 2:
        return sides[0]
    near = Stems(field.name, stems, distance)
    return AllOf((*sides, Unscored(near)))


def whole_value(field: Field, text: str) -> Plan:
    """The paragraphs with exactly this value; a date or a number stands for all that it spans."""
    if field.number:
        return value_range(field.name, text, text)
    return Value(field.name, field.normal(text))


def value_range(name: str, low: str | None, high: str | None) -> Plan:
    """Whole units at both ends; a bound that is no date or no number finds nothing."""
    first = clauses.span(name, low) if low is not None else (None, None)
    last = clauses.span(name, high) if high is not None else (None, None)
    if first is None or last is None:
        return Nothing()
    if BY_NAME[name].kind == "date":
        return span_plan((low, high), first[0], last[1])
    return NumberRange(name, first[0], last[1])
