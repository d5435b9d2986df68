"""The growth measurement as a picture: five small charts, both axes in powers of ten, a line a system.

Owns the drawing. What grows as the corpus does is a line at 45 degrees where an axis step is as high as it is wide, so
each chart has such a line, dotted, to compare with; what does not grow is flat.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from benchmarks.growth_questions import WORST

_WIDE, _HIGH, _EDGE, _TOP = 300, 200, 56, 40
_COLOURS = {"tantivy": "#1b5e7a", "whoosh": "#b0592b", "fts5": "#6a6a6a", "bare": "#3f8f4f"}

Point = tuple[float, float]
_Take = Callable[[Mapping[str, Any]], float]


def _median(way: str, kind: str) -> _Take:
    return lambda system: float(system["questions"][way][kind]["p50"])


_CHARTS: tuple[tuple[str, _Take], ...] = (
    ("seconds to index", lambda system: float(system["seconds"])),
    ("peak memory, MB", lambda system: float(system["peak_mb"])),
    ("disk, MB", lambda system: float(system["bytes"]) / 1e6),
    ("rare word, ms p50", _median("same work", "rare word")),
    ("common word, ms p50", _median("same work", "common word")),
    ("word of a third, ms p50", _median("same work", WORST)),
)


def picture(report: Mapping[str, Any]) -> str:
    """The charts as SVG, three in a row."""
    charts = []
    for place, (title, take) in enumerate(_CHARTS):
        lines = {
            name: [
                (float(found["systems"][name]["paragraphs"]), take(found["systems"][name]))
                for _, found in sorted(report["sizes"].items(), key=lambda each: int(each[0]))
                if "questions" in found["systems"].get(name, {})
            ]
            for name in _COLOURS
        }
        left, top = place % 3 * (_WIDE + _EDGE), place // 3 * (_HIGH + 2 * _TOP)
        charts.append(f'<g transform="translate({left} {top})">{_chart(title, lines)}</g>')
    wide, high = 3 * (_WIDE + _EDGE) + 20, 2 * (_HIGH + 2 * _TOP) + 24
    names = "".join(
        f'<text x="{_EDGE + place * 120}" y="{high - 8}" fill="{colour}">{escape(name)}</text>'
        for place, (name, colour) in enumerate(_COLOURS.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
        f'<title>How cost grows with the number of paragraphs</title><rect width="{wide}" height="{high}" fill="#fff"/>'
        f"{''.join(charts)}{names}</svg>\n"
    )


def _chart(title: str, lines: Mapping[str, Sequence[Point]]) -> str:
    points = [point for each in lines.values() for point in each if min(point) > 0]
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
            f'<text x="{x:.1f}" y="{_TOP + _HIGH + 16}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(upwards[0], upwards[1] + 1):
        y = _TOP + _HIGH * (1 - _part(10.0**power, upwards))
        drawn.append(
            f'<path d="M{_EDGE} {y:.1f}h{_WIDE}" stroke="#ddd"/>'
            f'<text x="{_EDGE - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
        )
    drawn.append(_in_proportion(points, across, upwards, place))
    for name, each in lines.items():
        seen = [point for point in each if min(point) > 0]
        if seen:
            at = " ".join(map(place, seen))
            drawn.append(
                f'<polyline points="{at}" fill="none" stroke="{_COLOURS[name]}" stroke-width="2"/>'
            )
            drawn += [
                f'<circle cx="{spot.split(",")[0]}" cy="{spot.split(",")[1]}" r="3" fill="{_COLOURS[name]}"/>'
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


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around all of them."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _part(value: float, powers: tuple[int, int]) -> float:
    return (math.log10(value) - powers[0]) / (powers[1] - powers[0])
