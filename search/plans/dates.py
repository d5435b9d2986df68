"""A span of time that is asked for as a plan for an engine, by the rule of `search.text.date_spans`.

Owns that plan. Must not know how a span is written, nor an engine.
"""

from __future__ import annotations

from search.plans.plan import AllOf, AnyOf, Flat, Nothing, NumberRange, Plan, Value
from search.text.date_spans import FIRST, LAST

# The fields whose values are single units, by the letters of one: what is asked for by one of them needs no range.
_UNITS = {4: "year", 7: "month", 10: "day"}


def span_plan(text: tuple[str | None, str | None], low: int | None, high: int | None) -> Plan:
    """What `date_spans.answers` says of each paragraph, for an engine. `text` is what was typed for the two ends.

    Every match scores the same. One year, month or day is asked for by its name: it is the same question, and finding
    a value takes less time than looking through numbers.
    """
    if low is None or high is None:
        return NumberRange(FIRST, None, high) if low is None else NumberRange(LAST, low, None)
    if low > high:
        return Nothing()
    if text[0] is not None and text[0] == text[1] and len(text[0]) in _UNITS:
        return Value(_UNITS[len(text[0])], text[0])
    same = AllOf((NumberRange(FIRST, low, low), NumberRange(LAST, high, high)))
    if low == high:
        return Flat(same)
    # A date that begins after `low` leaves out the first minute that is asked for, and one that ends before `high` the
    # last: neither has all of it inside.
    begins, ends = NumberRange(FIRST, low + 1, high), NumberRange(LAST, low, high - 1)
    return Flat(AnyOf((begins, ends, same)))
