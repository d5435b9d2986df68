"""The timeline of a search: a bar for each year, month or day, how many hits it has and how many paragraphs there are.

Owns the geometry and the narrowing. Must not know a searcher: the counts are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpus.dates import MONTHS
from search.asking.over_time import UNITS, Unit, Window, periods
from search.language.parser import parse
from search.language.tree import And, Everything, Node, Not, Word, simplify
from search.text.dates import span
from webui.asking.address import SINCE, UNTIL, State, build, pairs
from webui.asking.questions import Barless
from webui.pages.wording import Link, counted

# The height of the picture in its own units; a bar is one unit wide, of which a part stays free.
HEIGHT = 40
# What is counted and yet cannot be seen is worse than a bar a little too high.
_LOWEST = 1.5


@dataclass(frozen=True, slots=True)
class Bar:
    """A period. `filled` and `outline` are heights, 0 for nothing; `url` narrows the search to it ("" without hits)."""

    label: str
    count: str
    of: str
    url: str
    x: int
    filled: float
    outline: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that the timeline says. `kept` is what its form sends along; `rest` tells of hits that have no bar."""

    unit: Unit
    bars: tuple[Bar, ...]
    scale: str
    first: str
    last: str
    since: str
    until: str
    kept: tuple[tuple[str, str], ...]
    wider: Link | None
    undated: Link | None
    rest: str


def timeline(
    state: State,
    shown: Window,
    hits: Mapping[str, int],
    all_of: Mapping[str, int],
    barless: Barless,
) -> Timeline:
    """The timeline of a search, of which `hits` tells how many paragraphs fall into each period, and `all_of` how many
    of the whole collection. One that may be of several periods is counted in each."""
    steps = periods(shown, hits, all_of)
    most, most_of = _most(steps, hits), _most(steps, all_of)
    bars = tuple(
        Bar(
            period_label(step),
            f"{hits.get(step, 0):,}",
            f"{all_of.get(step, 0):,}",
            build(narrowed(state, shown.unit, step)) if hits.get(step) else "",
            place,
            height(hits.get(step, 0), most),
            height(all_of.get(step, 0), most_of),
        )
        for place, step in enumerate(steps)
    )
    undated, wider = barless.undated, barless.wider
    by_dates = bool(state.since or state.until or state.filter("year").included)
    return Timeline(
        shown.unit,
        bars,
        f"Filled: hits, at most {most:,} a {shown.unit}; outline: all paragraphs, at most {most_of:,}. "
        "Each has its own scale.",
        bars[0].label if bars else "",
        bars[-1].label if bars else "",
        state.since,
        state.until,
        tuple(pair for pair in pairs(state.on_page(1)) if pair[0] not in (SINCE, UNTIL)),
        _wider(state, shown.unit),
        Link(f"{counted(undated, 'paragraph')} without a date", build(_undated(state)))
        if undated and not by_dates
        else None,
        f"{counted(wider, 'paragraph')} whose {shown.unit} is not known" if wider else "",
    )


def narrowed(state: State, unit: Unit, period: str) -> State:
    """The search for what a bar counts, and for nothing else.

    Dates as far as the period need no other limit: what answers the period answers whatever it lies in. A limit that
    cuts the period in two stays, with the period beside it: a date may answer both and not what they have in common.
    """
    if unit == "year":
        # The years are counted without regard to those that are chosen.
        kept = tuple(each for each in state.filters if each.field != "year")
        state = replace(state, filters=kept, page=1)
    if _is_within(period, state):
        return state.between(period, period)
    if unit == "year":
        return state.including("year", period)
    tree = parse(state.q).tree
    inside = Word(period, unit)
    asked = inside if tree == Everything() else simplify(And((tree, inside)))
    return state.asking(str(asked)).matching(state.match)


def period_label(period: str) -> str:
    """`2007`, `March 2007`, `23 March 2007`."""
    year, *rest = period.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return month if len(rest) == 1 else f"{int(rest[1])} {month}"


def _wider(state: State, unit: Unit) -> Link | None:
    if not (state.since or state.until):
        return None
    if unit == "day":
        year = state.since[: UNITS["year"]]
        return Link(f"All of {year}", build(state.between(year, year)))
    return Link("All years", build(state.between("", "")))


def _is_within(period: str, state: State) -> bool:
    """Whether all of a period lies within the dates of a search."""
    whole, since, until = span(period), span(state.since), span(state.until)
    if whole is None:
        return False
    return (since is None or since[0] <= whole[0]) and (until is None or whole[1] <= until[1])


def _undated(state: State) -> State:
    tree: Node = parse(state.q).tree
    dated = Not(Word("date", "has"))
    return state.asking(str(dated if tree == Everything() else simplify(And((tree, dated)))))


def _most(steps: tuple[str, ...], counts: Mapping[str, int]) -> int:
    return max((counts.get(step, 0) for step in steps), default=0)


def height(count: float, most: float) -> float:
    """The height of a bar of so many, where the highest stands for `most`."""
    return round(max(_LOWEST, HEIGHT * count / most), 1) if count else 0
