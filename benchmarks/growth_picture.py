"""The growth measurement as a picture: small charts, both axes in powers of ten, a line a system.

Owns the drawing. A chart of a question has two lines a system, the median and, dashed, what 95 of 100 do not exceed. A
dotted line is there to compare with: what grows just as the corpus does. A line that rises less steeply grows more
slowly; what does not grow is flat.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from benchmarks.growth_questions import KINDS

_WIDE, _HIGH, _EDGE, _TOP = 300, 200, 56, 40
_ACROSS = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """What has a line of its own: a system, asked in one way."""

    name: str
    system: str
    way: str
    colour: str


_LINES = (
    _Line("tantivy", "tantivy", "same work", "#1b5e7a"),
    _Line("tantivy, page", "tantivy", "page", "#7b3f8f"),
    _Line("whoosh", "whoosh", "same work", "#b0592b"),
    _Line("fts5", "fts5", "same work", "#6a6a6a"),
    _Line("bare", "bare", "same work", "#3f8f4f"),
    _Line("lucene", "lucene", "same work", "#a8892b"),
    _Line("xapian", "xapian", "same work", "#b0306a"),
)
# What is measured once for each system: its title, where it stands, what of it is one.
_ONCE = (
    ("paragraphs indexed a second", "a_second", 1),
    ("peak memory, MB", "peak_mb", 1),
    ("disk, MB", "bytes", 1e6),
)

Point = tuple[float, float]
# Points, the colour, and whether they are what 95 of 100 do not exceed.
_Drawn = tuple[list[Point], str, bool]


def picture(report: Mapping[str, Any]) -> str:
    """The charts as SVG, three in a row."""
    titled = [
        *(
            (title, list(_of_systems(report, figure, unit)), figure != "a_second")
            for title, figure, unit in _ONCE
        ),
        *((f"{kind}, ms", list(_of_questions(report, kind)), True) for kind in KINDS),
    ]
    charts = []
    for place, (title, lines, compared) in enumerate(titled):
        left, top = place % _ACROSS * (_WIDE + _EDGE), place // _ACROSS * (_HIGH + 2 * _TOP)
        drawn = _chart(title, lines, compared=compared)
        charts.append(f'<g transform="translate({left} {top})">{drawn}</g>')
    rows = -(-len(titled) // _ACROSS)
    wide, high = _ACROSS * (_WIDE + _EDGE) + 20, rows * (_HIGH + 2 * _TOP) + 24
    names = "".join(
        f'<text x="{_EDGE + place * 120}" y="{high - 8}" fill="{line.colour}">{escape(line.name)}</text>'
        for place, line in enumerate(_LINES)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
        f'<title>How cost grows with the number of paragraphs</title><rect width="{wide}" height="{high}" fill="#fff"/>'
        f"{''.join(charts)}{names}</svg>\n"
    )


def _measured(report: Mapping[str, Any], system: str) -> Iterator[Mapping[str, Any]]:
    """What was measured of a system, the smallest size first."""
    for _, found in sorted(report["sizes"].items(), key=lambda each: int(each[0])):
        if "questions" in found["systems"].get(system, {}):
            yield found["systems"][system]


def _of_systems(report: Mapping[str, Any], figure: str, unit: float) -> Iterator[_Drawn]:
    for line in _LINES:
        if line.way == "same work":
            every = _measured(report, line.system)
            points = [(float(each["paragraphs"]), each[figure] / unit) for each in every]
            yield points, line.colour, False


def _of_questions(report: Mapping[str, Any], kind: str) -> Iterator[_Drawn]:
    for line in _LINES:
        every = list(_measured(report, line.system))
        for figure in ("p50", "p95"):
            points = [
                (float(each["paragraphs"]), float(each["questions"][line.way][kind][figure]))
                for each in every
            ]
            yield points, line.colour, figure == "p95"


def _chart(title: str, lines: Sequence[_Drawn], *, compared: bool) -> str:
    points = [point for each, _, _ in lines for point in each if min(point) > 0]
    if not points:
        return f'<text x="{_EDGE}" y="{_TOP - 12}">{escape(title)}: not measured</text>'
    across = _powers([x for x, _ in points])
    upwards = _powers([y for _, y in points])

    def place(point: Point) -> str:
        x = _EDGE + _WIDE * _part(point[0], across)
        y = _TOP + _HIGH * (1 - _part(point[1], upwards))
        return f"{x:.1f},{y:.1f}"

    drawn = [f'<text x="{_EDGE}" y="{_TOP - 12}" font-weight="bold">{escape(title)}</text>']
    for power in range(across[0], across[1] + 1):
        x = _EDGE + _WIDE * _part(10**power, across)
        drawn.append(
            f'<path d="M{x:.1f} {_TOP}v{_HIGH}" stroke="#ddd"/>'
            f'<text x="{x:.1f}" y="{_TOP + _HIGH + 16}" text-anchor="middle">{_short(power)}</text>'
        )
    for power in range(upwards[0], upwards[1] + 1):
        y = _TOP + _HIGH * (1 - _part(10.0**power, upwards))
        drawn.append(
            f'<path d="M{_EDGE} {y:.1f}h{_WIDE}" stroke="#ddd"/>'
            f'<text x="{_EDGE - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
        )
    if compared:
        drawn.append(_in_proportion(points, across, upwards, place))
    for each, colour, high in lines:
        seen = [point for point in each if min(point) > 0]
        if seen:
            at = " ".join(map(place, seen))
            dashed = ' stroke-dasharray="6 3" stroke-width="1"' if high else ' stroke-width="2"'
            drawn.append(f'<polyline points="{at}" fill="none" stroke="{colour}"{dashed}/>')
            drawn += [
                f'<circle cx="{spot.split(",")[0]}" cy="{spot.split(",")[1]}" r="{2 if high else 3}" fill="{colour}"/>'
                for spot in at.split()
            ]
    return "".join(drawn)


def _in_proportion(
    points: Sequence[Point],
    across: tuple[int, int],
    upwards: tuple[int, int],
    place: Callable[[Point], str],
) -> str:
    """From the first point of all: what doubles where the corpus doubles, as far as it is inside the chart."""
    x, y = min(points)
    end = min(10.0 ** across[1] / x, 10.0 ** upwards[1] / y)
    between = f"{place((x, y))} {place((x * end, y * end))}"
    return f'<polyline points="{between}" fill="none" stroke="#999" stroke-dasharray="2 4"/>'


def _short(power: int) -> str:
    """A power of ten: `10k`, `1M`."""
    if power >= 6:
        return f"{10 ** (power - 6):,}M"
    return f"{10 ** (power - 3)}k" if power >= 3 else str(10**power)


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around all of them."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _part(value: float, powers: tuple[int, int]) -> float:
    return (math.log10(value) - powers[0]) / (powers[1] - powers[0])
