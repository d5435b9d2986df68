"""The tree an engine gets: terms and values, analysed once and in Python, nothing left to interpret.

`search.plans.lowering` makes it from a `search.language.tree` tree, and `search.plans.rewriting` takes out of it what
depends on the index as a whole (`Pattern`, `PatternSequence`, `Matching`, `Alike`, `Stems`, `InCable`). An engine
translates the other nodes and no more, which is what makes the same question give the same units in every engine.
"""

from __future__ import annotations

from corpus.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with `term` in the term field `field` (`text`, `text_exact`, ...); scored by BM25."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class TermSequence:
    """Two or more terms at consecutive positions of a field of words as they stand (`text_exact`); scored."""

    field: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermPrefix:
    """Any term of the field that starts with `prefix`; constant score."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Forms:
    """Words of a field of terms as they stand, each in any of its forms, in a row or near each other; constant score.

    `words` are two or more, each a tuple of terms. Without `between` they stand in this order, one behind the other.
    With it they are different words near each other as `search.text.nearness` says, no break among them.
    """

    field: str
    words: tuple[tuple[str, ...], ...]
    between: int | None = None


@dataclass(frozen=True, slots=True)
class Stems:
    """The same for words given by their stems; `field` is the field of stems, whose twin has the forms."""

    field: str
    stems: tuple[str, ...]
    between: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Any term of the field, or folded value of the keyword field, of this pattern (`language.spelling.expression`)."""

    field: str
    pattern: str
    values: bool = False


@dataclass(frozen=True, slots=True)
class PatternSequence:
    """Two or more terms at consecutive positions of a field of words as they stand, given by patterns or whole."""

    field: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Any term of the field, or folded value of the keyword field, that a regular expression (RE2) matches whole."""

    field: str
    expression: str
    values: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Any term of the field, or folded value of the keyword field, at most `limit` changes from `text`."""

    field: str
    text: str
    limit: int
    values: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """Documents that have the folded `value` in the keyword field; constant score."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class ValuePrefix:
    """Documents with a value of the keyword field that starts with the folded `prefix`; constant score."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Documents with `low <= number <= high` (None: open); one without a number never matches."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Flat:
    """What `part` finds; constant score."""

    part: Plan


@dataclass(frozen=True, slots=True)
class Unscored:
    """What `part` finds; no score."""

    part: Plan


@dataclass(frozen=True, slots=True)
class InCable:
    """Of the cables in which `part` is true, its terms and values anywhere in them, the units that have any."""

    part: Plan


@dataclass(frozen=True, slots=True)
class OfCables:
    """The units of the cables with these look-up keys; constant score."""

    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """The conjunction; scores add up."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The disjunction; scores of the parts that match add up."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The complement; no score."""

    part: Plan


@dataclass(frozen=True, slots=True)
class Bonus:
    """A clause beside a plan, which finds nothing: where `plan` matches too, `weight` times its score is added.

    `as_rare_as` is a term: the weight is also multiplied by how rare it is in the index, and then it is None.
    """

    plan: Plan
    weight: float
    as_rare_as: Term | None = None


Plan = (
    Term
    | TermSequence
    | TermPrefix
    | Forms
    | Stems
    | Pattern
    | PatternSequence
    | Matching
    | Alike
    | Value
    | ValuePrefix
    | NumberRange
    | Flat
    | Unscored
    | InCable
    | OfCables
    | All
    | Nothing
    | AllOf
    | AnyOf
    | NoneOf
)
