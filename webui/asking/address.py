"""The address of a page: the whole state of a search, and nothing else, as `?q=...&section=...&-mark=...`.

Owns how a `State` is written into an address and read from one, and what a link changes in it. Pure: must not
know a request, a searcher or a page. `parse(args of build(state)) == state` for every state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, Protocol, TypeVar, get_args
from urllib.parse import quote, quote_plus

from search.language.parser import BATCH
from search.language.tree import Filter, Match, Sort
from search.text.dates import span
from webui.asking.collected import MAX_NOTE, in_one_form, item, name_of, note_of
from webui.asking.date_boxes import read_dates
from webui.asking.facets import FACET_NAMES, same_value
from webui.errors import BadAddress

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
# As much of a number as is read and said; Python refuses to read thousands of digits.
_LONGEST_NUMBER = 9
# An address of more than some 8,000 characters is refused by many a server and mail program.
MAX_COLLECTED = 200

# In which order the filters of an address stand.
_PLACE = {name: place for place, name in enumerate(FACET_NAMES)}

# The names that are not those of a facet.
SINCE, UNTIL, SCOPE, COLLECTED, VERSIONS = "since", "until", "same", "c", "versions"
# A collection to be read, of a server that has several; without one all that the reader may read.
CHOSEN = "collection"
MAX_CHOSEN = 50
_LONGEST_CHOSEN = 40
# What `versions` says where each version of a telegram is listed by itself.
ALL_VERSIONS = "all"

# In which order the names of an address stand: `pairs` keeps it.
_NAMES = (
    "q",
    *FACET_NAMES,
    *(f"-{name}" for name in FACET_NAMES),
    *(SINCE, UNTIL, SCOPE, "sort", "view", VERSIONS, "match", "page", CHOSEN, COLLECTED),
)
_RANK = {name: rank for rank, name in enumerate(_NAMES)}


@dataclass(frozen=True, slots=True)
class State:
    """What a search page shows.

    `match` says whether all words are asked for or any of them: another question is asked for all of its own.
    `filters` has at most one `Filter` a field, in the order of the facets, none of them empty. `page` counts
    from 1 to `MAX_PAGE`. `since` and `until` are dates as `search.text.dates` reads them, "" for an open side; both are
    included. In the scope of a cable its words may stand in different paragraphs. `all_versions` lists each
    version of a telegram by itself. `collected` are the cables and
    paragraphs put aside on the way, `07ROME1` or `07ROME1#p2|a note` (`webui.asking.collected`), each name once: they
    go along and change no answer. `chosen` are the collections that are read, by name, where a server has several.
    States are made by `parse` and changed by the methods below, which keep that so.
    """

    q: str = ""
    filters: tuple[Filter, ...] = ()
    sort: Sort = "relevance"
    view: View = "cables"
    match: Match = "all"
    page: int = 1
    since: str = ""
    until: str = ""
    whole_cable: bool = False
    all_versions: bool = False
    collected: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()

    def filter(self, field: str) -> Filter:
        """The filter of a field, an empty one if there is none."""
        return next((one for one in self.filters if one.field == field), Filter(field))

    def including(self, field: str, value: str) -> State:
        """With the value chosen; if it was excluded, no longer."""
        included, excluded = self._others(field, value)
        return self._with(Filter(field, (*included, value), excluded))

    def excluding(self, field: str, value: str) -> State:
        """With the value excluded; if it was chosen, no longer."""
        included, excluded = self._others(field, value)
        return self._with(Filter(field, included, (*excluded, value)))

    def without(self, field: str, value: str) -> State:
        """With the value neither chosen nor excluded."""
        return self._with(Filter(field, *self._others(field, value)))

    def unfiltered(self) -> State:
        """Without any filter and any limit of time."""
        return replace(self, filters=(), since="", until="", page=1)

    def between(self, since: str, until: str) -> State:
        """Within these dates, both included, whichever is the earlier; "" leaves a side open."""
        first, last = span(since), span(until)
        if first is not None and last is not None and first[0] > last[1]:
            since, until = until, since
        return replace(self, since=since, until=until, page=1)

    def within_cable(self, whole: bool) -> State:
        """With words that may meet anywhere in a cable, or in one paragraph only."""
        return replace(self, whole_cable=whole, page=1)

    def collecting(self, *items: str) -> State:
        """With more cables and paragraphs in the collection, behind those that are there; a note is kept unless there
        is another."""
        notes = {name_of(one): note_of(one) for one in self.collected}
        for one in filter(None, map(in_one_form, items)):
            notes[name_of(one)] = note_of(one) or notes.get(name_of(one), "")
        return replace(self, collected=tuple(item(name, note) for name, note in notes.items()))

    def discarding(self, name: str) -> State:
        """Without one of the collection."""
        return replace(self, collected=tuple(one for one in self.collected if name_of(one) != name))

    def noting(self, notes: Iterable[tuple[str, str]]) -> State:
        """With these notes, by name, in place of those that were there; what is not collected is passed over."""
        new = {name.strip(): note for name, note in notes}
        return replace(
            self,
            collected=tuple(
                item(name_of(one), new.get(name_of(one), note_of(one))) for one in self.collected
            ),
        )

    def has_collected(self, name: str) -> bool:
        """Whether a cable or a paragraph is in the collection."""
        return any(name_of(one) == name for one in self.collected)

    @property
    def shared(self) -> State:
        """What of it is meant for others: the search, and not what its reader collects."""
        return replace(self, collected=())

    @property
    def collection(self) -> State:
        """The collection, and nothing that is asked."""
        return State(collected=self.collected, chosen=self.chosen)

    def afresh(self) -> State:
        """No question and no filter; the collection stays."""
        return self.collection

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

    def with_versions(self, all_of_them: bool) -> State:
        """With each version of a telegram by itself, or with one entry for all of them."""
        return replace(self, all_versions=all_of_them, page=1)

    def on_page(self, page: int) -> State:
        """On another page."""
        page = min(max(page, 1), MAX_PAGE)
        return self if page == self.page else replace(self, page=page)

    def _others(self, field: str, value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What else of a field is chosen, and what else is excluded."""
        old = self.filter(field)
        if not (old.included or old.excluded):
            return (), ()
        return (
            tuple(one for one in old.included if not same_value(field, one, value)),
            tuple(one for one in old.excluded if not same_value(field, one, value)),
        )

    def _with(self, new: Filter) -> State:
        kept = [one for one in self.filters if one.field != new.field]
        if new.included or new.excluded:
            kept.append(new)
        kept.sort(key=lambda one: _PLACE[one.field])
        return replace(self, filters=tuple(kept), page=1)

    @property
    def asks_nothing(self) -> bool:
        """Neither a question nor a filter nor a limit of time."""
        return not (self.q or self.filters or self.since or self.until)

    @property
    def restrictions(self) -> int:
        """How many values and dates narrow the answer."""
        values = sum(len(one.included) + len(one.excluded) for one in self.filters)
        return values + bool(self.since) + bool(self.until)


def parse(
    args: Iterable[tuple[str, str]],
    most_values: int = MAX_VALUES,
    *,
    without_wrong_dates: bool = False,
) -> State:
    """The state that the names and values of an address stand for, in whatever order they come.

    A name that is no state's, an unknown order and a page that is no number are passed over. Of a value that is
    both chosen and excluded the later one counts. Dates are read as people type them (`search.text.written_dates`).
    Raises `BadAddress` for a question of more than `MAX_QUESTION` characters, for more than `most_values` filter values
    or `MAX_COLLECTED` things collected, for a note of more than `MAX_NOTE` characters, and for a date that is none,
    unless those are to be left out: then `webui.asking.date_boxes` tells which they are.
    """
    state = State()
    match: Match = "all"
    page, values = 1, 0
    collected: list[str] = []
    chosen: list[str] = []
    typed = {SINCE: "", UNTIL: ""}
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
        elif name in typed:
            typed[name] = value
        elif name == SCOPE:
            state = state.within_cable(value == "cable")
        elif name == VERSIONS:
            state = state.with_versions(value == ALL_VERSIONS)
        elif name == COLLECTED:
            collected.append(value)
        elif name == CHOSEN and value and len(chosen) < MAX_CHOSEN:
            chosen.append(value[:_LONGEST_CHOSEN].rstrip())
        elif name == "page":
            # Six digits are more than there can be; Python refuses to read thousands of them.
            page = int(value[:6]) if value.isascii() and value.isdecimal() else 1
        elif field in FACET_NAMES and value:
            values += 1
            if values > most_values:
                raise BadAddress(f"This address has more than {most_values} filters.")
            state = state.excluding(field, value) if excluded else state.including(field, value)
    state = replace(state.collecting(*collected), chosen=tuple(dict.fromkeys(chosen)))
    if len(state.q) > MAX_QUESTION:
        raise BadAddress(f"This question is longer than {MAX_QUESTION:,} characters. {BATCH}")
    if len(state.collected) > MAX_COLLECTED:
        raise BadAddress(f"This collection has more than {MAX_COLLECTED} cables and paragraphs.")
    if any(len(note_of(one)) > MAX_NOTE for one in state.collected):
        raise BadAddress(f"A note has at most {MAX_NOTE} characters.")
    dates = read_dates(typed[SINCE], typed[UNTIL])
    if dates.wrong and not without_wrong_dates:
        raise BadAddress(dates.wrong)
    return state.between(dates.since, dates.until).matching(match).on_page(page)


def page_named(args: Iterable[tuple[str, str]], state: State) -> int:
    """The number of the page that an address names, which may be more than there can be; else that of its state."""
    named = [value.strip()[:_LONGEST_NUMBER] for name, value in args if name == "page"]
    last = named[-1] if named else ""
    return max(state.page, int(last)) if last.isascii() and last.isdecimal() else state.page


def pairs(state: State) -> list[tuple[str, str]]:
    """The names and values of a state, in their fixed order, those left out that say nothing."""
    found = [("q", state.q)] if state.q else []
    found += [(one.field, value) for one in state.filters for value in one.included]
    found += [(f"-{one.field}", value) for one in state.filters for value in one.excluded]
    if state.since:
        found.append((SINCE, state.since))
    if state.until:
        found.append((UNTIL, state.until))
    if state.whole_cable:
        found.append((SCOPE, "cable"))
    if state.sort != SORTS[0]:
        found.append(("sort", state.sort))
    if state.view != VIEWS[0]:
        found.append(("view", state.view))
    if state.all_versions:
        found.append((VERSIONS, ALL_VERSIONS))
    if state.match != MATCHES[0]:
        found.append(("match", state.match))
    if state.page > 1:
        found.append(("page", str(state.page)))
    found += [(CHOSEN, name) for name in state.chosen]
    found += [(COLLECTED, name) for name in state.collected]
    return found


def build(state: State, path: str = "/search", fragment: str = "") -> str:
    """The address of a state, from the root of the site; `path` is not encoded yet, `fragment` has no `#`."""
    question = _question(state)
    return (
        _quoted(path)
        + (f"?{question}" if question else "")
        + (f"#{_quoted(fragment)}" if fragment else "")
    )


class AddressWith(Protocol):
    """The address with a value, of its kind."""

    def __call__(self, value: str, fragment: str = "") -> str:
        """From the root of the site; `fragment` has no `#`."""


def build_with(state: State, *names: str) -> AddressWith:
    """The addresses that differ in one value: of a state with one value more of this name, which it must not have yet.

    `build_with(state, "tag")("ECON")` is `build(state.including("tag", "ECON"))`; `"-tag"` excludes, `COLLECTED`
    collects. Several names, next to each other in their order, have the same value: `SINCE, UNTIL` for a period of a
    state without dates. A state that a value narrows has to be on its first page. A page of results has two hundred
    such links: what they have in common is written once.
    """
    found, rank = _parts(state), _RANK[names[0]]
    before = "".join([f"{part}&" for at, part in found if at <= rank])
    after = "".join([f"&{part}" for at, part in found if at > rank])
    leads = [before + f"{names[0]}=", *(f"&{name}=" for name in names[1:])]

    def address(value: str, fragment: str = "") -> str:
        written = _written(value)
        question = "".join([f"{lead}{written}" for lead in leads]) + after
        return f"/search?{question}#{_quoted(fragment)}" if fragment else f"/search?{question}"

    return address


# A page of results has some hundred addresses of its own state, each with another path.
@lru_cache(maxsize=128)
def _question(state: State) -> str:
    return "&".join([part for _, part in _parts(state)])


@lru_cache(maxsize=128)
def _parts(state: State) -> tuple[tuple[int, str], ...]:
    """The names with their values, encoded, each with its place in the order of the names."""
    return tuple((_RANK[name], f"{name}={_written(value)}") for name, value in pairs(state))


def _written(value: str) -> str:
    """A value, encoded; most are a word or a cable's number."""
    return value if value.isascii() and value.isalnum() else _quoted_value(value)


@lru_cache(maxsize=1_024)
def _quoted_value(value: str) -> str:
    return quote_plus(value)


@lru_cache(maxsize=1_024)
def _quoted(text: str) -> str:
    return quote(text, safe="/")


def cable_path(cable_id: str, *more: str) -> str:
    """The path of a cable, or of a page of it, to be handed to `build`; an id may hold slashes."""
    return "/".join(("/cable", cable_id, *more))


def _one_of(known: tuple[_Name, ...], value: str) -> _Name:
    return next((one for one in known if one == value), known[0])


def last_page(total: int, size: int) -> int:
    """The number of the last page, at least 1 and at most `MAX_PAGE`."""
    return min(max(1, -(-total // size)), MAX_PAGE)
