"""Cablegram beside the others in the report of the growth measurement: what it takes for theirs, and what all found.

Owns the ratios and the comparison of matches. Must not know how figures are measured. A system that was cut off has
other paragraphs and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.growth_questions import KINDS

OURS, _WAY = "tantivy", "same work"
# Figures of indexing, and what the report calls them.
_BUILT = (
    ("processor_seconds", "processor time to index"),
    ("a_second", "paragraphs indexed a second"),
    ("peak_mb", "peak memory while indexing"),
    ("bytes", "bytes on the disk"),
)

Found = Mapping[str, Any]


def others(found: Found) -> list[str]:
    """The systems of a size that are compared with ours."""
    systems = found["systems"]
    if _WAY not in systems.get(OURS, {}).get("questions", {}):
        return []
    return [
        name
        for name, system in systems.items()
        if name != OURS and not system.get("cut") and _WAY in system.get("questions", {})
    ]


def ratios(found: Found, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Rows: what is compared, and ours divided by that of each system named.

    Of questions two ratios, of the median and of what 95 of 100 do not exceed: `8.4/7.9`.
    """
    systems = found["systems"]
    ours = systems[OURS]
    for figure, title in _BUILT:
        yield (title, *(_ratio(ours[figure], systems[name][figure]) for name in names))
    for kind in KINDS:
        mine = ours["questions"][_WAY][kind]
        each = [systems[name]["questions"][_WAY][kind] for name in names]
        yield (
            kind,
            *(f"{_ratio(mine['p50'], e['p50'])}/{_ratio(mine['p95'], e['p95'])}" for e in each),
        )


def _ratio(ours: float, theirs: float) -> str:
    """As many figures as mean something: `0.27`, `8.4`, `31`."""
    if not theirs:
        return "-"
    ratio = ours / theirs
    return f"{ratio:.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"


def differences(found: Found) -> list[str]:
    """A sentence for each kind of question of which a system found other numbers of paragraphs than ours did."""
    told = []
    for name in others(found):
        for kind in KINDS:
            mine, theirs = (
                found["systems"][system]["questions"][_WAY][kind]["matches"]
                for system in (OURS, name)
            )
            # A slow system may have been asked less.
            asked = min(len(mine), len(theirs))
            if mine[:asked] != theirs[:asked]:
                told.append(f"{kind}: {name} found {theirs[:asked]}, Cablegram {mine[:asked]}")
    return told
