"""All values of one facet under a search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from search.answers.results import Facet, FacetValue
from search.text.analysis import fold
from webui.asking.address import State, build, pairs
from webui.asking.facets import facet_label, value_label
from webui.pages.filters import Chip, Entry, chips, entry
from webui.pages.reading import Reading
from webui.pages.wording import Choice, counted

ORDERS = {"count": "Most frequent first", "name": "By name"}

# More than this is no list to read: the box above it narrows it.
MOST = 1_000


@dataclass(frozen=True, slots=True)
class ValuesPage:
    """All that the page of a facet's values says. `kept` is what its own form sends along."""

    title: str
    path: str
    back_url: str
    reading: Reading
    chips: tuple[Chip, ...]
    clear_url: str
    find: str
    kept: tuple[tuple[str, str], ...]
    count: str
    orders: tuple[Choice, ...]
    entries: tuple[Entry, ...]


def values_page(
    state: State, reading: Reading, facet: Facet, *, find: str = "", order: str = "count"
) -> ValuesPage:
    """The values of a facet that contain `find` (folded), in the order of `ORDERS` that is asked for."""
    order = order if order in ORDERS else "count"
    wanted = fold(find)
    found = [
        value for value in facet.values if wanted in fold(value_label(facet.field, value.value))
    ]
    if order == "name":
        found.sort(key=lambda value: fold(value.value))
    count = counted(len(found), "value")
    if len(found) > MOST:
        count = f"The first {MOST:,} of {count}"
    narrowed = (("find", find),) if find else ()
    ordered = (("order", order),) if order != "count" else ()
    return ValuesPage(
        f"All values: {facet_label(facet.field)}",
        f"/values/{facet.field}",
        build(state),
        reading,
        chips(state),
        build(state.unfiltered()),
        find,
        (*pairs(state), *ordered),
        count,
        tuple(
            Choice(text, _url(state, facet.field, (*narrowed, ("order", name))), name == order)
            for name, text in ORDERS.items()
        ),
        tuple(_entries(state, facet.field, found[:MOST])),
    )


def _entries(state: State, field: str, values: list[FacetValue]) -> Iterable[Entry]:
    return (entry(state, field, value) for value in values)


def _url(state: State, field: str, own: tuple[tuple[str, str], ...]) -> str:
    return f"/values/{field}?{urlencode([*pairs(state), *own])}"
