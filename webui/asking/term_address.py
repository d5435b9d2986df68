"""The address of the page of terms: `/terms?t=putian&t=shoes&unit=month&since=1973&until=1979`.

Owns how it is written and read. Pure: `parse_terms(args of build_terms(state)) == state` for every state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from webui.asking.address import COLLECTED, MAX_QUESTION, SINCE, UNTIL, parse
from webui.errors import BadAddress

TermUnit = Literal["year", "month"]
# More cannot be told apart in one glance, and each is a search.
MAX_TERMS = 6


@dataclass(frozen=True, slots=True)
class TermState:
    """What the page of terms shows: terms, each once and each a question of its own, in years or months of a span."""

    terms: tuple[str, ...] = ()
    unit: TermUnit = "year"
    since: str = ""
    until: str = ""
    collected: tuple[str, ...] = ()

    def without(self, term: str) -> TermState:
        """Without one of the terms."""
        return replace(self, terms=tuple(one for one in self.terms if one != term))

    def by(self, unit: TermUnit) -> TermState:
        """In years, or in months."""
        return replace(self, unit=unit)


def parse_terms(args: Iterable[tuple[str, str]], *, without_wrong_dates: bool = False) -> TermState:
    """The state of an address; empty terms and unknown names are passed over, an unknown unit is the year.

    Raises `BadAddress` for more than `MAX_TERMS` terms, for a term of more than `MAX_QUESTION` characters, and for a
    date that is none, unless those are to be left out.
    """
    pairs = [(name, value.strip()) for name, value in args]
    around = parse(
        (pair for pair in pairs if pair[0] in (SINCE, UNTIL, COLLECTED)),
        without_wrong_dates=without_wrong_dates,
    )
    terms = tuple(dict.fromkeys(value for name, value in pairs if name == "t" and value))
    if len(terms) > MAX_TERMS:
        raise BadAddress(f"This address has more than {MAX_TERMS} terms.")
    if any(len(term) > MAX_QUESTION for term in terms):
        raise BadAddress(f"A term is longer than {MAX_QUESTION:,} characters.")
    by_month = any(value == "month" for name, value in pairs if name == "unit")
    return TermState(
        terms, "month" if by_month else "year", around.since, around.until, around.collected
    )


def term_pairs(state: TermState) -> list[tuple[str, str]]:
    """The names and values of a state, in their fixed order, those left out that say nothing."""
    found = [("t", term) for term in state.terms]
    if state.unit != "year":
        found.append(("unit", state.unit))
    found += [(name, date) for name, date in ((SINCE, state.since), (UNTIL, state.until)) if date]
    return found + [(COLLECTED, name) for name in state.collected]


def build_terms(state: TermState) -> str:
    """The address of a state, from the root of the site."""
    question = urlencode(term_pairs(state))
    return "/terms" + (f"?{question}" if question else "")
