"""A question as it is put from Python: checked, and made the `Query` that an index is asked.

Owns what the arguments may be, and the sentence for one that they may not. Must not know an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar, get_args

from corpus.late_dataclasses import dataclass
from search.asking.advice import ANYTHING
from search.errors import BadArgument
from search.fields import COUNTED, VALUE_FIELDS
from search.language.parser import Parsed, parse
from search.language.tree import (
    And,
    Everything,
    Filter,
    Match,
    Node,
    Query,
    Range,
    SameCable,
    Sort,
    simplify,
)
from search.text.written_dates import NoDate, Written, read

# A value of a filter, or several, with any of which a paragraph is kept.
Values = str | int | Iterable[str | int]
Filters = Mapping[str, Values]

FILTERED = VALUE_FIELDS
# More values than this are a list, which is for `batch`.
MOST_VALUES = 1_000
_Name = TypeVar("_Name", bound=str)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its text, what it was understood as, and the query; `notes` are what its author should be told."""

    text: str
    parsed: Parsed
    query: Query
    notes: tuple[str, ...]


def ask(
    text: str = "",
    *,
    filters: Filters | None = None,
    exclude: Filters | None = None,
    since: str = "",
    until: str = "",
    same_cable: bool = False,
    sort: Sort = "relevance",
    match: Match = "all",
    seconds: float | None = None,
    every_unit: bool = False,
) -> Asked:
    """The question of these arguments (`Index.search` says what each means). Raises BadArgument.

    An empty question finds every paragraph; with `every_unit` whatever there is, also of cables without a paragraph.
    """
    parsed = parse(text)
    dates, told = _dates(since, until)
    tree = parsed.tree
    if every_unit and tree == Everything():
        tree = ANYTHING
    if same_cable and isinstance(tree, And):
        tree = And((SameCable(), *(part for part in tree.parts if part != SameCable())))
    if dates is not None:
        tree = simplify(And((tree, dates)))
    query = Query(
        tree,
        _filters(filters or {}, exclude or {}),
        one_of("sort", sort, get_args(Sort)),
        match=one_of("match", match, get_args(Match)),
        seconds=seconds,
    )
    problems = [
        f"At character {each.position + 1} of the query: {each.message}" for each in parsed.problems
    ]
    if parsed.repaired is not None:
        problems.append(f"Searched for: {parsed.repaired}")
    return Asked(text, parsed, query, (*told, *problems))


def one_of(what: str, value: _Name, known: Iterable[str]) -> _Name:
    """The value, if it is one of those. Raises BadArgument."""
    names = tuple(known)
    if value not in names:
        near = get_close_matches(str(value), names, n=1)
        advice = f"did you mean {near[0]!r}" if near else f"there are {', '.join(names)}"
        raise BadArgument(f"There is no {what} {value!r}; {advice}.")
    return value


def site_address(address: str) -> str:
    """The address of a site without a slash at its end, "" for none. Raises BadArgument for what is no web address."""
    host = address.partition("://")[2].rstrip("/")
    if address and not (address.startswith(("http://", "https://")) and host and " " not in host):
        raise BadArgument(
            f"The address is {address[:80]!r}; it must be like https://cables.example."
        )
    return address.rstrip("/")


def counted_field(field: str) -> str:
    """A field whose values can be counted. Raises BadArgument."""
    return one_of("field to count", field, COUNTED)


def period(since: str, until: str) -> tuple[str, str]:
    """Two dates as people type them, in the form of `search.text.dates`; "" leaves a side open. Raises BadArgument."""
    first, last = _read("since", since), _read("until", until)
    return first.first if first else "", last.last if last else ""


def _dates(since: str, until: str) -> tuple[Node | None, tuple[str, ...]]:
    """What asks for cables of that time, None for any time, and what is told of how a date was read."""
    first, last = _read("since", since), _read("until", until)
    if first is None and last is None:
        return None, ()
    low = first.first if first else None
    high = last.last if last else None
    if low and high and low[: len(high)] > high[: len(low)]:
        raise BadArgument(f"since ({since}) is after until ({until}); change them round.")
    notes = tuple(each.note for each in (first, last) if each and each.note)
    return Range(low, high, "date"), notes


def _read(name: str, typed: str) -> Written | None:
    if not typed.strip():
        return None
    found = read(typed.strip())
    if isinstance(found, NoDate):
        raise BadArgument(f"{name} is wrong: {found.reason}")
    return found


def _filters(included: Filters, excluded: Filters) -> tuple[Filter, ...]:
    keep = {one_of("field", field, FILTERED): _values(each) for field, each in included.items()}
    drop = {one_of("field", field, FILTERED): _values(each) for field, each in excluded.items()}
    if sum(map(len, (*keep.values(), *drop.values()))) > MOST_VALUES:
        raise BadArgument(f"There are more than {MOST_VALUES:,} values to filter by; ask in parts.")
    return tuple(
        Filter(field, keep.get(field, ()), drop.get(field, ()))
        for field in dict.fromkeys((*keep, *drop))
        if keep.get(field) or drop.get(field)
    )


def _values(given: Values) -> tuple[str, ...]:
    if isinstance(given, str | int):
        return (str(given),)
    return tuple(str(each) for each in given)
