"""The filters of a search: a panel for each facet, and a chip for each value in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from search.answers.results import Facet, FacetValue
from search.language.tree import Filter
from search.text.written_dates import in_words
from webui.asking.address import AddressWith, State, build, build_with
from webui.asking.facets import (
    FACET_NAMES,
    FIRST_FACETS,
    ORDERED_FACETS,
    SHOWN,
    counts_everything,
    facet_label,
    same_value,
)
from webui.pages.facet_values import shown_value, value_label
from webui.pages.wording import Badge, Link

Chosen = Literal["", "on", "off"]
_SAID: dict[Chosen, str] = {"": "", "on": "chosen", "off": "excluded"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a facet. `url` chooses it or, if it is chosen or excluded, takes that back.

    `note` says what a code means ("" for a value that is no code), `badge` shows a level.
    """

    value: str
    note: str
    badge: Badge | None
    count: str
    url: str
    exclude_url: str
    state: Chosen
    said: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet with its first values; `all` leads to all of them. `note` says what it counts, if not paragraphs."""

    field: str
    label: str
    note: str
    entries: tuple[Entry, ...]
    all: Link | None
    open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter value in force; `url` is the search without it."""

    label: str
    value: str
    excluded: bool
    url: str


def chips(state: State) -> tuple[Chip, ...]:
    """What narrows the search: its dates, and the values in the order of the facets, the chosen before the excluded."""
    dates = (
        Chip(label, in_words(date), False, build(state.between(*left)))
        for label, date, left in (
            ("From", state.since, ("", state.until)),
            ("Until", state.until, (state.since, "")),
        )
        if date
    )
    return tuple(dates) + tuple(
        Chip(
            facet_label(one.field),
            value_label(one.field, value),
            excluded,
            build(state.without(one.field, value)),
        )
        for one in state.filters
        for excluded, values in ((False, one.included), (True, one.excluded))
        for value in values
    )


def choosing(state: State, field: str) -> Callable[[str], str]:
    """The addresses of the search with a value of a facet chosen, of whichever value."""
    filtered, including = state.filter(field), build_with(state.on_page(1), field)
    return lambda value: (
        build(state.including(field, value)) if _chosen(filtered, value) else including(value)
    )


def entries(state: State, field: str, values: Iterable[FacetValue]) -> tuple[Entry, ...]:
    """Values of a facet in the light of what is chosen."""
    first, chosen = state.on_page(1), state.filter(field)
    ways = build_with(first, field), build_with(first, f"-{field}")
    return tuple(_entry(state, chosen, value, *ways) for value in values)


def _entry(
    state: State,
    filtered: Filter,
    value: FacetValue,
    including: AddressWith,
    excluding: AddressWith,
) -> Entry:
    field, chosen = filtered.field, _chosen(filtered, value.value)
    shown = shown_value(field, value.value)
    return Entry(
        shown.text,
        shown.note,
        shown.badge,
        f"{value.count:,}",
        build(state.without(field, value.value)) if chosen else including(value.value),
        "" if chosen else excluding(value.value),
        chosen,
        _SAID[chosen],
    )


@dataclass(frozen=True, slots=True)
class Panels:
    """The facets that have values: the years, those that are open, and those under "More"; `more_open` if one of these
    has a filter."""

    years: Panel | None
    first: tuple[Panel, ...]
    more: tuple[Panel, ...]
    more_open: bool


def panels(state: State, facets: Sequence[Facet]) -> Panels:
    """The facets, in the order in which researchers ask for them."""
    found = {
        facet.field: _panel(state, facet)
        for facet in facets
        if facet.values and facet.field in FACET_NAMES
    }
    first = [found.get(name) for name in FIRST_FACETS]
    more = tuple(found[name] for name in FACET_NAMES if name in found and name not in FIRST_FACETS)
    return Panels(
        first[0],
        tuple(each for each in first[1:] if each is not None),
        more,
        any(each.open for each in more),
    )


def in_order(facet: Facet) -> tuple[FacetValue, ...]:
    """The values as they are listed: as counted, or the newest first."""
    if facet.field in ORDERED_FACETS:
        return tuple(sorted(facet.values, key=lambda one: one.value, reverse=True))
    return facet.values


def _panel(state: State, facet: Facet) -> Panel:
    name = facet.field
    total = len(facet.values) + facet.more
    filtered = state.filter(name)
    kept = tuple(
        value
        for place, value in enumerate(facet.values)
        if place < SHOWN or _chosen(filtered, value.value)
    )
    return Panel(
        name,
        facet_label(name),
        "of everything found" if counts_everything(name) else "",
        entries(state, name, in_order(replace(facet, values=kept))),
        Link(_all_values(facet), build(state.on_page(1), f"/values/{name}"))
        if total > len(kept)
        else None,
        name in FIRST_FACETS or filtered != Filter(name),
    )


def _all_values(facet: Facet) -> str:
    total = len(facet.values) + facet.more
    return f"All {total:,} values" if facet.more_exact else f"All values, more than {total:,}"


def _chosen(filtered: Filter, value: str) -> Chosen:
    """Whether a value of a field is chosen or excluded."""
    if any(same_value(filtered.field, value, other) for other in filtered.included):
        return "on"
    if any(same_value(filtered.field, value, other) for other in filtered.excluded):
        return "off"
    return ""
