"""The page of places: from where the paragraphs of a search come, and about where they are, as maps, tables and years.

Owns the geometry of the maps: degrees become tenths of a degree, east from 180 W and south from 84 N, as the outline of
the land has them. Must not know a searcher: the counts are handed in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.asking.places import SIDES, Geography, Side, Somewhere
from webui.asking.address import State, build
from webui.pages.wording import Link, counted

# The size of the whole earth in the maps' own units.
WIDTH, HEIGHT = 3600, 1420
# A map shows no less than this of it: the outline of the land is coarse.
_LEAST = 1000
_DEGREE, _WEST, _NORTH = 10, 180, 84
# Lines of the graticule, in degrees.
_GRATICULE = 30
# The radius of the largest circle and of the smallest, of a thousand parts of a map's width.
_LARGEST, _SMALLEST = 28, 4
# So many circles have their name beside them, where there is room: letters so high and wide, of a thousand parts.
_NAMED, _LETTER, _LETTER_WIDTH = 10, 15, 8.5

_TITLES: dict[Side, tuple[str, str, str, str]] = {
    "origin": ("from", "From where", "The posts that sent the paragraphs.", "Post"),
    "place": ("about", "About where", "Countries and cities that the paragraphs name.", "Place"),
}


@dataclass(frozen=True, slots=True)
class Circle:
    """A place on a map; `words` are its name and its number, `label` the name where it is written beside it."""

    x: int
    y: int
    radius: float
    words: str
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map: the part of the earth that it shows, the lines of its graticule, its circles, the largest first."""

    box: str
    stroke: float
    letter: float
    lines: str
    circles: tuple[Circle, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the table: its name, the country of a post, and its number, which leads to what it counts."""

    name: str
    country: str
    count: Link
    unplaced: bool


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year, and for each place of the table over time the number of its paragraphs, None for none."""

    year: str
    cells: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One side: its map (None without a place on it), its table, and the years of the most frequent ones."""

    id: str
    title: str
    lead: str
    column: str
    map: Map | None
    rows: tuple[Row, ...]
    all: Link | None
    over_time: tuple[str, ...]
    years: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """All that the page says."""

    title: str
    back_url: str
    search: Link
    sides: tuple[SideView, ...]
    api_url: str


def places_page(state: State, found: Geography) -> PlacesPage:
    """The page of a state."""
    plain = replace(state.on_page(1), view="paragraphs", sort="relevance")
    return PlacesPage(
        f"Places: {state.q}" if state.q else "Places",
        build(state),
        Link(counted(found.paragraphs, "matching paragraph"), build(plain)),
        tuple(_side(plain, found, side) for side in SIDES),
        build(replace(plain, view="cables", collected=()), "/api/v1/places"),
    )


def places_url(state: State) -> str:
    """The page of a search."""
    return build(replace(state.on_page(1), view="cables", sort="relevance"), "/places")


def only(state: State, field: str, value: str) -> State:
    """The search with this value of a field and no other."""
    kept = tuple(each for each in state.filters if each.field != field)
    return replace(state, filters=kept, page=1).including(field, value)


def _side(state: State, found: Geography, side: Side) -> SideView:
    name, title, lead, column = _TITLES[side]
    shown = found.sides[side]
    counted_by_year = [each for each in shown if each.years is not None]
    return SideView(
        name,
        title,
        lead,
        column,
        _map(state, side, shown),
        tuple(
            Row(
                each.name,
                each.country if side == "origin" else "",
                Link(f"{each.paragraphs:,}", build(only(state, side, each.name))),
                each.latitude is None,
            )
            for each in shown
        ),
        Link(f"All {column.lower()}s", build(_without(state, side), f"/values/{side}"))
        if found.more[side]
        else None,
        tuple(each.name for each in counted_by_year),
        tuple(
            YearRow(year, tuple(_cell(state, side, each, year) for each in counted_by_year))
            for year in found.years
            if any((each.years or {}).get(year) for each in counted_by_year)
        ),
    )


def _without(state: State, field: str) -> State:
    return replace(state, filters=tuple(each for each in state.filters if each.field != field))


def _cell(state: State, side: Side, one: Somewhere, year: str) -> Link | None:
    count = (one.years or {}).get(year, 0)
    if not count:
        return None
    return Link(f"{count:,}", build(only(only(state, side, one.name), "year", year)))


def _map(state: State, side: Side, shown: Sequence[Somewhere]) -> Map | None:
    points = [
        (each, *_point(each.latitude, each.longitude))
        for each in shown
        if each.latitude is not None and each.longitude is not None
    ]
    if not points:
        return None
    left, top, width, height = _part([(x, y) for _, x, y in points])
    unit = width / 1000
    most = max(each.paragraphs for each, _, _ in points)
    circles: list[Circle] = []
    taken: list[tuple[float, float, float, float]] = []
    for each, x, y in points:
        radius = max(_SMALLEST, _LARGEST * math.sqrt(each.paragraphs / most)) * unit
        label = each.name.partition(",")[0] if len(taken) < _NAMED else ""
        where = _written_at(label, x + radius, y, unit)
        if not label or where[2] > left + width or any(_overlap(where, other) for other in taken):
            label = ""
        else:
            taken.append(where)
        circles.append(
            Circle(
                x,
                y,
                round(radius, 1),
                f"{each.name}: {counted(each.paragraphs, 'paragraph')}",
                build(only(state, side, each.name)),
                label,
            )
        )
    return Map(
        f"{left} {top} {width} {height}",
        round(unit, 2),
        round(_LETTER * unit, 1),
        _graticule(),
        tuple(circles),
    )


def _point(latitude: float, longitude: float) -> tuple[int, int]:
    return round((longitude + _WEST) * _DEGREE), round((_NORTH - latitude) * _DEGREE)


def _part(points: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    """The part of the earth that has all points and room around them: left, top, width and height, of one shape."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    room = 1.25
    width = max(
        _LEAST, (max(xs) - min(xs)) * room + 100, (max(ys) - min(ys) + 80) * room * WIDTH / HEIGHT
    )
    width = min(WIDTH, math.ceil(width))
    height = round(width * HEIGHT / WIDTH)
    left = min(max(0, (min(xs) + max(xs) - width) // 2), WIDTH - width)
    top = min(max(0, (min(ys) + max(ys) - height) // 2), HEIGHT - height)
    return left, top, width, height


def _written_at(label: str, x: float, y: float, unit: float) -> tuple[float, float, float, float]:
    """Where a name stands that begins there: left, top, right and bottom."""
    half = _LETTER * unit / 2
    return x, y - half, x + len(label) * _LETTER_WIDTH * unit + 6 * unit, y + half


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _graticule() -> str:
    """Meridians and parallels."""
    step = _GRATICULE * _DEGREE
    meridians = "".join(f"M{x} 0v{HEIGHT}" for x in range(0, WIDTH + 1, step))
    first = (_NORTH % _GRATICULE) * _DEGREE
    return meridians + "".join(f"M0 {y}h{WIDTH}" for y in range(first, HEIGHT, step))
