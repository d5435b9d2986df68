"""The address of a page: the whole state of a search, and nothing else, as `?q=...&section=...&-mark=...`.

Owns how a `State` is written into an address and read from one, and what a link changes in it. Pure: must not
know a request, a searcher or a page. `parse(args of build(state)) == state` for every state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args
from urllib.parse import quote, urlencode

from search.query import Filter, Match, Sort
from webui.errors import BadAddress
from webui.facets import FACET_NAMES, same_value

View = Literal["cables", "paragraphs"]
_Name = TypeVar("_Name", bound=str)

SORTS: tuple[Sort, ...] = get_args(Sort)
VIEWS: tuple[View, ...] = get_args(View)
MATCHES: tuple[Match, ...] = get_args(Match)

# A question longer than this is a pasted document; more filters than this are a program's, which has the API.
MAX_QUESTION = 2_000
MAX_VALUES = 100
# Deep pages cost an engine as much as all the pages before them.
MAX_PAGE = 500


@dataclass(frozen=True, slots=True)
class State:
    """What a search page shows.

    `match` says whether all words are asked for or any of them: another question is asked for all of its own.
    `filters` has at most one `Filter` a field, in the order of the facets, none of them empty. `page` counts
    from 1 to `MAX_PAGE`. States are made by `parse` and changed by the methods below, which keep that so.
    """

    q: str = ""
    filters: tuple[Filter, ...] = ()
    sort: Sort = "relevance"
    view: View = "cables"
    match: Match = "all"
    page: int = 1

    def filter(self, field: str) -> Filter:
        """The filter of a field, an empty one if there is none."""
        return next((one for one in self.filters if one.field == field), Filter(field))

    def including(self, field: str, value: str) -> State:
        """With the value chosen; if it was excluded, no longer."""
        rest = self.without(field, value)
        old = rest.filter(field)
        return rest._with(replace(old, included=(*old.included, value)))

    def excluding(self, field: str, value: str) -> State:
        """With the value excluded; if it was chosen, no longer."""
        rest = self.without(field, value)
        old = rest.filter(field)
        return rest._with(replace(old, excluded=(*old.excluded, value)))

    def without(self, field: str, value: str) -> State:
        """With the value neither chosen nor excluded."""
        old = self.filter(field)
        return self._with(
            Filter(
                field,
                tuple(one for one in old.included if not same_value(field, one, value)),
                tuple(one for one in old.excluded if not same_value(field, one, value)),
            )
        )

    def unfiltered(self) -> State:
        """Without any filter."""
        return replace(self, filters=(), page=1)

    def asking(self, q: str) -> State:
        """With another question, and the same filters."""
        return replace(self, q=q, match="all", page=1)

    def matching(self, match: Match) -> State:
        """With all of the words, or with any of them."""
        return replace(self, match=match, page=1)

    def sorted_by(self, sort: Sort) -> State:
        """In another order."""
        return replace(self, sort=sort, page=1)

    def viewed_as(self, view: View) -> State:
        """By cable, or paragraph by paragraph."""
        return replace(self, view=view, page=1)

    def on_page(self, page: int) -> State:
        """On another page."""
        return replace(self, page=min(max(page, 1), MAX_PAGE))

    def _with(self, new: Filter) -> State:
        by_field = {one.field: one for one in self.filters} | {new.field: new}
        kept = (by_field[name] for name in FACET_NAMES if name in by_field)
        return replace(
            self, filters=tuple(one for one in kept if one.included or one.excluded), page=1
        )

    @property
    def asks_nothing(self) -> bool:
        """Neither a question nor a filter."""
        return not self.q and not self.filters


def parse(args: Iterable[tuple[str, str]]) -> State:
    """The state that the names and values of an address stand for, in whatever order they come.

    A name that is no state's, an unknown order and a page that is no number are passed over. Of a value that is
    both chosen and excluded the later one counts. Raises `BadAddress` for a question of more than `MAX_QUESTION`
    characters and for more than `MAX_VALUES` filter values.
    """
    state = State()
    match: Match = "all"
    page, values = 1, 0
    for name, raw in args:
        value = raw.strip()
        field, excluded = (name[1:], True) if name.startswith("-") else (name, False)
        if name == "q":
            state = state.asking(value)
        elif name == "sort":
            state = state.sorted_by(_one_of(SORTS, value))
        elif name == "view":
            state = state.viewed_as(_one_of(VIEWS, value))
        elif name == "match":
            match = _one_of(MATCHES, value)
        elif name == "page":
            # Six digits are more than there can be; Python refuses to read thousands of them.
            page = int(value[:6]) if value.isascii() and value.isdecimal() else 1
        elif field in FACET_NAMES and value:
            values += 1
            if values > MAX_VALUES:
                raise BadAddress(f"This address has more than {MAX_VALUES} filters.")
            state = state.excluding(field, value) if excluded else state.including(field, value)
    if len(state.q) > MAX_QUESTION:
        raise BadAddress(f"This question is longer than {MAX_QUESTION:,} characters.")
    return state.matching(match).on_page(page)


def pairs(state: State) -> list[tuple[str, str]]:
    """The names and values of a state, in their fixed order, those left out that say nothing."""
    found = [("q", state.q)] if state.q else []
    found += [(one.field, value) for one in state.filters for value in one.included]
    found += [(f"-{one.field}", value) for one in state.filters for value in one.excluded]
    if state.sort != SORTS[0]:
        found.append(("sort", state.sort))
    if state.view != VIEWS[0]:
        found.append(("view", state.view))
    if state.match != MATCHES[0]:
        found.append(("match", state.match))
    if state.page > 1:
        found.append(("page", str(state.page)))
    return found


def build(state: State, path: str = "/search", fragment: str = "") -> str:
    """The address of a state, from the root of the site; `path` is not encoded yet, `fragment` has no `#`."""
    question = urlencode(pairs(state))
    return (
        quote(path, safe="/")
        + (f"?{question}" if question else "")
        + (f"#{quote(fragment)}" if fragment else "")
    )


def cable_path(cable_id: str, *more: str) -> str:
    """The path of a cable, or of a page of it, to be handed to `build`; an id may hold slashes."""
    return "/".join(("/cable", cable_id, *more))


def _one_of(known: tuple[_Name, ...], value: str) -> _Name:
    return next((one for one in known if one == value), known[0])
