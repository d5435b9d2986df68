"""The order of what was found, and the place in it where a page ends.

Owns the sorts and the cursor. Must not know an engine, nor what a result looks like.

A cursor is what the last thing of a page is ordered by. The page after it begins with the first thing that comes later
in that order, so nothing is shown twice when cables are added or replaced meanwhile, and nothing is left out that was
there before.
"""

from __future__ import annotations

import base64
import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from corpus.late_dataclasses import dataclass
from search.deadline import check
from search.errors import BadCursor
from search.language.tree import Query, Sort

Key = tuple[float | int | str, ...]
_Thing = TypeVar("_Thing")

# No number in a cursor is as large as this, and NaN is not smaller than it.
_LARGEST = 1 << 63
# What comes before the id and the place in a key, by sort: undated things are told apart first.
_RANK_LENGTHS: dict[Sort, int] = {
    "relevance": 1,
    "newest": 2,
    "oldest": 2,
    "longest": 1,
    "referenced": 1,
}


class Ordered(Protocol):
    """What is put in order: a paragraph that was found."""

    @property
    def cable(self) -> str:
        """The id of its cable."""

    @property
    def position(self) -> int:
        """Its place in the cable."""

    @property
    def score(self) -> float:
        """How well it matches."""

    @property
    def date(self) -> int | None:
        """Its date in minutes, None without one."""

    @property
    def rank(self) -> int:
        """What the sorts by length and by references go by, the most first."""


def key(match: Ordered, sort: Sort) -> Key:
    """Smaller is earlier: the best, or by date with undated ones last; equal ones by the cable's id and the place."""
    return (*_rank(match, sort), match.cable, match.position)


def _rank(match: Ordered, sort: Sort) -> tuple[float | int, ...]:
    if sort == "relevance":
        return (-match.score,)
    if sort in ("longest", "referenced"):
        return (-match.rank,)
    if match.date is None:
        return (1, 0)
    return (0, -match.date if sort == "newest" else match.date)


def page(
    things: Sequence[_Thing], query: Query, key_of: Callable[[_Thing], Key]
) -> tuple[Sequence[_Thing], str]:
    """The things of a query's page, which are given in order, and the cursor behind it; "" at the end."""
    first = (max(1, query.page) - 1) * query.size
    if query.after:
        first = bisect_right(things, read_cursor(query), key=key_of)
    shown = things[first : first + query.size]
    ends = first + len(shown) >= len(things)
    return shown, "" if ends or not shown else write_cursor(query, key_of(shown[-1]))


@dataclass(frozen=True, slots=True)
class Order:
    """All that a question finds, in its order: the ids of the cables and the places of the units in them.

    Of cables there is the first unit of each. The ids of one cable's units are one text, so that a unit takes sixteen
    bytes. `notes` are those of a `SearchResult`.
    """

    cables: Sequence[str]
    positions: Sequence[int]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.cables)


def whole_order(query: Query, keys: Iterable[Key], notes: tuple[str, ...] = ()) -> Order:
    """The order of all that was found, behind the query's cursor if it has one.

    `keys` are those of all matches (`key`), which are held while they are put in order: some 250 bytes each.
    """
    found = sorted(keys)
    check()
    if query.grouped:
        seen: set[str] = set()
        found = [each for each in found if not (each[-2] in seen or seen.add(str(each[-2])))]  # type: ignore[func-returns-value]
    first = bisect_right(found, read_cursor(query)) if query.after else 0
    del found[:first]
    names: dict[str, str] = {}
    cables = [names.setdefault(name, name) for name in (str(each[-2]) for each in found)]
    return Order(cables, array("q", [int(each[-1]) for each in found]), notes)


def write_cursor(query: Query, last: Key) -> str:
    """The cursor behind the thing of that key."""
    packed = json.dumps([query.sort, query.grouped, *last], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(query: Query) -> Key:
    """The key in a query's cursor. Raises BadCursor if it is none, or of another order."""
    try:
        padded = query.after + "=" * (-len(query.after) % 4)
        sort, grouped, *last = json.loads(base64.b64decode(padded, b"-_", validate=True))
    except (ValueError, TypeError) as error:
        raise BadCursor("This cursor is none of Cablegram's; begin with the first page.") from error
    *rank, cable, place = last if len(last) > 1 else ("", "")
    if (sort, grouped) != (query.sort, query.grouped):
        raise BadCursor("This cursor is of another order; begin with the first page.")
    numbers = all(type(each) in (int, float) and abs(each) < _LARGEST for each in (*rank, place))
    if len(rank) != _RANK_LENGTHS[query.sort] or not numbers or not isinstance(cable, str):
        raise BadCursor("This cursor is none of Cablegram's; begin with the first page.")
    return (*rank, cable, place)
