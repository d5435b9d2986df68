"""The tree an engine gets: terms and values, analysed once and in Python, nothing left to interpret.

`search.lowering` makes it from a `search.query` tree. An engine translates these seven nodes and no more, which is
what makes the same question give the same paragraphs in every engine.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with `term` in the term field `field` (`text`, `text_exact`, ...); scored by BM25."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class TermSequence:
    """Two or more terms at consecutive positions; scored."""

    field: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermPrefix:
    """Any term of the field that starts with `prefix`; constant score."""

    field: str
    prefix: str


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
    """A clause beside a plan, which finds nothing: where `plan` matches too, `weight` times its score is added."""

    plan: Plan
    weight: float


Plan = (
    Term
    | TermSequence
    | TermPrefix
    | Value
    | ValuePrefix
    | NumberRange
    | All
    | Nothing
    | AllOf
    | AnyOf
    | NoneOf
)
