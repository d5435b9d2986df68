"""All values of one facet under a search, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from search.answers.results import Facet
from search.language.tree import FacetOrder
from search.text.analysis import fold
from webui.asking.address import State, build, last_page, pairs
from webui.asking.facets import facet_label
from webui.asking.questions import ValuesWanted
from webui.pages.facet_values import shown_otherwise, shown_value
from webui.pages.filters import Chip, Entry, chips, entries
from webui.pages.paging import Paging, paging, too_far
from webui.pages.reading import Reading
from webui.pages.wording import Choice, Link, counted

ORDERS: dict[FacetOrder, str] = {"count": "Most frequent first", "name": "By name"}
# So many stand on a page: as many as are looked through before a word is typed into the box.
SIZE = 100

_ALL_OF = {
    "origin": "All posts of origin",
    "classification": "All classifications",
    "tag": "All topics (TAGS)",
    "to": "All recipients",
    "part": "All section types",
    "section": "All headings",
    "mark": "All portion marks",
    "country": "All countries",
    "region": "All regions",
    "place": "All places named",
    "year": "All years",
    "source": "All sources",
    "person": "All people",
    "organization": "All organizations",
}


@dataclass(frozen=True, slots=True)
class ValuesPage:
    """All that the page of a facet's values says. `kept` is what its own form sends along."""

    title: str
    path: str
    back_url: str
    reading: Reading
    notes: tuple[str, ...]
    too_far: Link | None
    chips: tuple[Chip, ...]
    clear_url: str
    find: str
    kept: tuple[tuple[str, str], ...]
    count: str
    orders: tuple[Choice, ...]
    entries: tuple[Entry, ...]
    paging: Paging | None


def values_wanted(state: State, field: str, find: str, order: str) -> ValuesWanted:
    """What the page of a state needs of the values of a facet.

    What is shown otherwise than it is printed is looked through here: all values are needed.
    """
    by: FacetOrder = "name" if order == "name" else "count"
    if find and shown_otherwise(field):
        return ValuesWanted(by, 0, "", 0)
    return ValuesWanted(by, state.page * SIZE, find, (state.page - 1) * SIZE)


def values_page(
    state: State,
    reading: Reading,
    facet: Facet,
    *,
    notes: tuple[str, ...] = (),
    find: str = "",
    order: str = "count",
    page_named: int = 0,
) -> ValuesPage:
    """The values of a facet that contain `find` (folded), in the order of `ORDERS` that is asked for.

    The page of the state is one of values. A facet has the values that `values_wanted` asks for, and tells of the
    others. `page_named` is the number of the page that the address has, if that is more than its state has.
    """
    field = facet.field
    wanted = values_wanted(state, field, find, order)
    by, values = wanted.order, facet.values
    if find != wanted.holding:
        letters = fold(find)
        values = tuple(value for value in values if _holds(field, value.value, letters))
    total = len(values) + facet.more
    values = values[0 if wanted.start else (state.page - 1) * SIZE :][:SIZE]
    last = last_page(total, SIZE)
    if total > last * SIZE and state.page == last:
        notes = (
            *notes,
            f"The pages list the first {last * SIZE:,} of {total:,} values. For the others filter the list.",
        )
    count = counted(total, "value")
    if not facet.more_exact:
        count = f"More than {count}"
    own = [*((("find", find),) if find else ()), *((("order", by),) if by != "count" else ())]

    def url(at: State, more: list[tuple[str, str]]) -> str:
        asked = urlencode([*pairs(at), *more])
        return f"/values/{field}" + (f"?{asked}" if asked else "")

    return ValuesPage(
        _ALL_OF.get(field, f"All values: {facet_label(field)}"),
        f"/values/{field}",
        build(state.on_page(1)),
        reading,
        notes,
        too_far(state, page_named, total, SIZE, lambda at: url(at, own)),
        chips(state),
        url(state.unfiltered(), own),
        find,
        (*pairs(state.on_page(1)), *(pair for pair in own if pair[0] != "find")),
        count,
        tuple(
            Choice(
                text,
                url(
                    state.on_page(1),
                    [
                        *(pair for pair in own if pair[0] == "find"),
                        *((("order", name),) if name != "count" else ()),
                    ],
                ),
                name == by,
            )
            for name, text in ORDERS.items()
        ),
        entries(state, field, values),
        paging(state, total, SIZE, lambda at: url(at, own)),
    )


def _holds(field: str, value: str, wanted: str) -> bool:
    """Whether a value has the letters that are looked for, in itself, in how it is shown or in what it means."""
    if wanted in fold(value):
        return True
    shown = shown_value(field, value)
    return wanted in fold(f"{shown.text} {shown.note}")
