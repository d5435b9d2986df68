"""The address of the page of terms: `/terms?t=putian&t=shoes&unit=month&since=1973&until=1979`.

Owns how it is written and read. Pure: `parse_terms(args of build_terms(state)) == state` for every state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from search.language.tree import And, Everything, Node, Not, Or, Phrase, SameCable, Word, simplify
from webui.asking.address import CHOSEN, COLLECTED, MAX_QUESTION, SINCE, UNTIL, State, parse
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
    chosen: tuple[str, ...] = ()

    @property
    def collection(self) -> State:
        """The collection, and nothing that is asked."""
        return State(collected=self.collected, chosen=self.chosen)

    def without(self, term: str) -> TermState:
        """Without one of the terms."""
        return replace(self, terms=tuple(one for one in self.terms if one != term))

    def by(self, unit: TermUnit) -> TermState:
        """In years, or in months."""
        return replace(self, unit=unit)


def trend_of(state: State, words: Node) -> TermState | None:
    """What a search finds, over time: its words, as they were read, and its filters as one term, within its dates.

    None for a search without words and filters, and for one that is too long for a term. A heading that is chosen is
    looked for by its words, as `section:` does.
    """
    if isinstance(words, And) and state.match == "any":
        words = Or(words.parts)
    scope = (SameCable(),) if state.whole_cable and isinstance(words, And) else ()
    chosen = tuple(
        node
        for one in state.filters
        for node in (
            *(
                (Or(tuple(_value(one.field, each) for each in one.included)),)
                if one.included
                else ()
            ),
            *(Not(_value(one.field, each)) for each in one.excluded),
        )
    )
    term = str(simplify(And((*scope, words, *chosen))))
    if (words == Everything() and not chosen) or len(term) > MAX_QUESTION:
        return None
    return TermState((term,), "year", state.since, state.until, state.collected, state.chosen)


def _value(field: str, value: str) -> Node:
    return Phrase(value, field) if " " in value else Word(value, field)


def parse_terms(args: Iterable[tuple[str, str]], *, without_wrong_dates: bool = False) -> TermState:
    """The state of an address; empty terms and unknown names are passed over, an unknown unit is the year.

    Raises `BadAddress` for more than `MAX_TERMS` terms, for a term of more than `MAX_QUESTION` characters, and for a
    date that is none, unless those are to be left out.
    """
    pairs = [(name, value.strip()) for name, value in args]
    around = parse(
        (pair for pair in pairs if pair[0] in (SINCE, UNTIL, CHOSEN, COLLECTED)),
        without_wrong_dates=without_wrong_dates,
    )
    terms = tuple(dict.fromkeys(value for name, value in pairs if name == "t" and value))
    if len(terms) > MAX_TERMS:
        raise BadAddress(f"This address has more than {MAX_TERMS} terms.")
    if any(len(term) > MAX_QUESTION for term in terms):
        raise BadAddress(f"A term is longer than {MAX_QUESTION:,} characters.")
    by_month = any(value == "month" for name, value in pairs if name == "unit")
    return TermState(
        terms,
        "month" if by_month else "year",
        around.since,
        around.until,
        around.collected,
        around.chosen,
    )


def term_pairs(state: TermState) -> list[tuple[str, str]]:
    """The names and values of a state, in their fixed order, those left out that say nothing."""
    found = [("t", term) for term in state.terms]
    if state.unit != "year":
        found.append(("unit", state.unit))
    found += [(name, date) for name, date in ((SINCE, state.since), (UNTIL, state.until)) if date]
    found += [(CHOSEN, name) for name in state.chosen]
    return found + [(COLLECTED, name) for name in state.collected]


def build_terms(state: TermState) -> str:
    """The address of a state, from the root of the site."""
    question = urlencode(term_pairs(state))
    return "/terms" + (f"?{question}" if question else "")
