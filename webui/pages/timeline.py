"""The timeline of a search: a bar for each year, month or day in which something was found, all to one scale.

Owns the geometry and the narrowing. Must not know a searcher: the counts are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.dates import MONTHS
from search.asking.over_time import UNITS, Unit, Window, periods
from search.language.parser import parse
from search.language.tree import And, Everything, Node, Not, Word, simplify
from search.text.dates import span
from search.text.written_dates import in_words
from webui.asking.address import SINCE, UNTIL, State, build, build_with
from webui.asking.questions import Barless
from webui.pages.wording import Link, counted

# The height of a bar of the pages of terms in units of its picture; a bar is one unit wide, of which a part stays free.
HEIGHT = 40
# What is counted and yet cannot be seen is worse than a bar a little too high.
_LOWEST = 1.5

# Pixels of the picture: the bars stand on a line, under which the ticks are written.
_BARS = 33
# So many years in a row of which the collection has nothing are cut out.
_GAP = 5
# So many places there are at least: of few bars none is as wide as the page.
_FEWEST_PLACES = 16
# So many ticks there are at most; one that says a year beside its month or day takes more room than others.
_TICKS = 8
_WIDE = 1.6
# How many periods lie between two ticks.
_STEPS: dict[Unit, tuple[int, ...]] = {
    "year": (1, 2, 5, 10, 20, 25, 50, 100, 200),
    "month": (1, 3, 6, 12),
    "day": (1, 7, 14),
}
# Behind so much of the width a label ends where its bar does, or it would stand out.
_NEAR_THE_END = 0.94


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
class Column:
    """A bar of the picture: where it begins in percent, how high it is and where its top is in pixels."""

    label: str
    count: str
    url: str
    x: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A label under the bars (`text`), or a stretch of them (`width`), in percent; `anchor` is the side that is at `x`,
    "" for its middle."""

    x: str
    text: str = ""
    anchor: str = ""
    width: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A period in the table, or several in which there is nothing."""

    label: str
    count: str
    of: str
    url: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that the timeline says. `rest` tells of hits that have no bar.

    `columns` are empty where a picture would say nothing. `stretches` are those of which the collection has anything,
    `cuts` are where years without anything are left out.
    """

    unit: Unit
    columns: tuple[Column, ...]
    width: str
    most: str
    ticks: tuple[Mark, ...]
    stretches: tuple[Mark, ...]
    cuts: tuple[Mark, ...]
    rows: tuple[Row, ...]
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
    places = _places(shown.unit, periods(shown, hits, all_of), hits, all_of)
    most = max((hits.get(place[0], 0) for place in places), default=0)
    narrowing = _narrowing(state, shown.unit)
    urls = {place[0]: narrowing(place[0]) for place in places if hits.get(place[0])}
    drawn = most and sum(bool(all_of.get(place[0])) for place in places) > 1
    room = max(len(places), _FEWEST_PLACES)
    undated, wider = barless.undated, barless.wider
    by_dates = bool(state.since or state.until or state.filter("year").included)
    return Timeline(
        shown.unit,
        tuple(_columns(places, hits, most, urls, room)) if drawn else (),
        _percent(0.8, room),
        f"{most:,}",
        tuple(_ticks(shown.unit, places, room)),
        tuple(_stretches(places, all_of, room)),
        tuple(Mark(_percent(at + 0.5, room)) for at, place in enumerate(places) if len(place) > 1),
        tuple(_row(place, hits, all_of, urls) for place in places),
        _wider(state, shown.unit),
        Link(f"{counted(undated, 'paragraph')} without a date", build(_undated(state)))
        if undated and not by_dates
        else None,
        f"{counted(wider, 'paragraph')} whose {shown.unit} is not known" if wider else "",
    )


# A place of the picture: one period, or the first and the last of several that are cut out.
_Place = tuple[str, ...]


def _places(
    unit: Unit, steps: tuple[str, ...], hits: Mapping[str, int], all_of: Mapping[str, int]
) -> list[_Place]:
    found: list[_Place] = []
    for any_there, several in groupby(steps, lambda step: bool(hits.get(step) or all_of.get(step))):
        run = tuple(several)
        if unit == "year" and not any_there and len(run) >= _GAP:
            found.append((run[0], run[-1]))
        else:
            found += ((step,) for step in run)
    return found


def _columns(
    places: list[_Place], hits: Mapping[str, int], most: int, urls: Mapping[str, str], room: int
) -> Iterator[Column]:
    for at, place in enumerate(places):
        count = hits.get(place[0], 0)
        if count:
            tall = max(_LOWEST, _BARS * count / most)
            yield Column(
                in_words(place[0]),
                f"{count:,}",
                urls[place[0]],
                _percent(at + 0.1, room),
                f"{_BARS - tall:.1f}",
                f"{tall:.1f}",
            )


def _stretches(places: list[_Place], all_of: Mapping[str, int], room: int) -> Iterator[Mark]:
    at = 0
    for there, several in groupby(places, lambda place: bool(all_of.get(place[0]))):
        long = len(tuple(several))
        if there:
            yield Mark(_percent(at, room), width=_percent(long, room))
        at += long


def _ticks(unit: Unit, places: list[_Place], room: int) -> Iterator[Mark]:
    """Labels that do not touch: the first, the one behind a cut, and every second, fifth, tenth, ... period."""
    apart = room / _TICKS
    step = next((step for step in _STEPS[unit] if step >= apart), _STEPS[unit][-1])
    behind_cut = [at + 1 for at, place in enumerate(places[:-1]) if len(place) > 1]
    regular = (at for at, place in enumerate(places) if len(place) == 1)
    wanted = [
        *([0] if places else ()),
        *behind_cut,
        *(at for at in regular if _is_regular(unit, places[at][0], step)),
    ]
    kept: list[int] = []
    for at in wanted:
        beside_first = apart if unit == "year" else apart * _WIDE
        if all(abs(at - other) >= (apart if other else beside_first) for other in kept):
            kept.append(at)
    for at in sorted(kept):
        text = _tick(unit, places[at][0], first=at == 0)
        if at == 0:
            yield Mark("0", text, "start")
        elif at + 1 > room * _NEAR_THE_END:
            yield Mark(_percent(at + 1, room), text, "end")
        else:
            yield Mark(_percent(at + 0.5, room), text)


def _is_regular(unit: Unit, period: str, step: int) -> bool:
    """Years and months count from 0 and January, days from the first of their month."""
    year, *rest = map(int, period.split("-"))
    if unit == "year":
        return year % step == 0
    return (rest[-1] - 1) % step == 0


def _tick(unit: Unit, period: str, *, first: bool) -> str:
    """`2007`; `Jan 2007`, then `Apr` and the next `2008`; `1 Mar 2007`, then `8`."""
    if unit == "year":
        return period
    year, month, *day = period.split("-")
    name = MONTHS[int(month) - 1][:3]
    if unit == "month":
        if first:
            return f"{name} {year}"
        return year if month == "01" else name
    number = str(int(day[0]))
    return f"{number} {name} {year}" if first else number if number != "1" else name


def _row(
    place: _Place, hits: Mapping[str, int], all_of: Mapping[str, int], urls: Mapping[str, str]
) -> Row:
    label = " to ".join(map(in_words, place))
    return Row(
        label,
        f"{hits.get(place[0], 0):,}",
        f"{all_of.get(place[0], 0):,}",
        urls.get(place[0], ""),
    )


def _percent(at: float, room: int) -> str:
    return f"{100 * at / room:.4g}%"


def _narrowing(state: State, unit: Unit) -> Callable[[str], str]:
    """The addresses of what the bars count: those of periods within the dates differ in the period alone."""
    bare = state.between("", "")
    within = build_with(_of_any_year(bare) if unit == "year" else bare, SINCE, UNTIL)
    return lambda period: (
        within(period) if _is_within(period, state) else build(narrowed(state, unit, period))
    )


def _of_any_year(state: State) -> State:
    kept = tuple(each for each in state.filters if each.field != "year")
    return replace(state, filters=kept, page=1)


def narrowed(state: State, unit: Unit, period: str) -> State:
    """The search for what a bar counts, and for nothing else.

    Dates as far as the period need no other limit: what answers the period answers whatever it lies in. A limit that
    cuts the period in two stays, with the period beside it: a date may answer both and not what they have in common.
    """
    if unit == "year":
        # The years are counted without regard to those that are chosen.
        state = _of_any_year(state)
    if _is_within(period, state):
        return state.between(period, period)
    if unit == "year":
        return state.including("year", period)
    tree = parse(state.q).tree
    inside = Word(period, unit)
    asked = inside if tree == Everything() else simplify(And((tree, inside)))
    return state.asking(str(asked)).matching(state.match)


def _wider(state: State, unit: Unit) -> Link | None:
    if not (state.since or state.until):
        return None
    if unit == "day":
        year = state.since[: UNITS["year"]]
        return Link(f"All of {year}", build(state.between(year, year)))
    return Link("All dates", build(state.between("", "")))


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


def height(count: float, most: float) -> float:
    """The height of a bar of so many, where the highest stands for `most`."""
    return round(max(_LOWEST, HEIGHT * count / most), 1) if count else 0
