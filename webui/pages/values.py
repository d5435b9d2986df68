"""All values of one facet under a search, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from search.answers.results import Facet
from search.text.analysis import fold
from webui.asking.address import State, build, last_page, pairs
from webui.asking.facets import facet_label
from webui.asking.questions import ValueOrder
from webui.pages.facet_values import shown_otherwise, shown_value
from webui.pages.filters import Chip, Entry, chips, entry
from webui.pages.paging import Paging, paging
from webui.pages.reading import Reading
from webui.pages.wording import Choice, counted

ORDERS: dict[ValueOrder, str] = {"count": "Most frequent first", "name": "By name"}
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
    "year": "All years",
    "source": "All sources",
}


@dataclass(frozen=True, slots=True)
class ValuesPage:
    """All that the page of a facet's values says. `kept` is what its own form sends along."""

    title: str
    path: str
    back_url: str
    reading: Reading
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    find: str
    kept: tuple[tuple[str, str], ...]
    count: str
    orders: tuple[Choice, ...]
    entries: tuple[Entry, ...]
    paging: Paging | None


def values_wanted(state: State, field: str, find: str, order: str) -> tuple[ValueOrder, int, str]:
    """In which order the values are needed, how many (0 for all), and the text that they have to hold.

    What is shown otherwise than it is printed is looked through here: all values are needed.
    """
    by: ValueOrder = "name" if order == "name" else "count"
    if find and shown_otherwise(field):
        return by, 0, ""
    return by, state.page * SIZE, find


def values_page(
    state: State,
    reading: Reading,
    facet: Facet,
    *,
    notes: tuple[str, ...] = (),
    find: str = "",
    order: str = "count",
) -> ValuesPage:
    """The values of a facet that contain `find` (folded), in the order of `ORDERS` that is asked for.

    The page of the state is one of values. A facet that has not all values has the first ones, and tells of the others.
    """
    field = facet.field
    by, _, held = values_wanted(state, field, find, order)
    values = facet.values
    if find != held:
        wanted = fold(find)
        values = tuple(value for value in values if _holds(field, value.value, wanted))
    total = len(values) + facet.more
    count = counted(total, "value")
    if not facet.more_exact:
        count = f"More than {count}"
    page = min(state.page, last_page(total, SIZE))
    own = [*((("find", find),) if find else ()), *((("order", by),) if by != "count" else ())]
    shown = state.on_page(page)

    def url(at: State, more: list[tuple[str, str]]) -> str:
        asked = urlencode([*pairs(at), *more])
        return f"/values/{field}" + (f"?{asked}" if asked else "")

    return ValuesPage(
        _ALL_OF.get(field, f"All values: {facet_label(field)}"),
        f"/values/{field}",
        build(state.on_page(1)),
        reading,
        notes,
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
        tuple(
            entry(state.on_page(1), field, value)
            for value in values[(page - 1) * SIZE : page * SIZE]
        ),
        paging(shown, total, SIZE, lambda at: url(at, own)),
    )


def _holds(field: str, value: str, wanted: str) -> bool:
    """Whether a value has the letters that are looked for, in itself, in how it is shown or in what it means."""
    if wanted in fold(value):
        return True
    shown = shown_value(field, value)
    return wanted in fold(f"{shown.text} {shown.note}")
