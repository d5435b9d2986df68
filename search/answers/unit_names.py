"""A unit by its name: `p12`, `head`, `n3`, `s-p11`, `source`, `v2-p5`; the names in a cable; the address of each.

Owns the look-up, for all who are given a name. Must not know queries or engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.late_patterns import late_pattern
from corpus.model import Cable
from search.units import Unit, units

# The anchor of a numbered paragraph: people name it by the number alone, `12`, `4b`.
_NUMBERED = late_pattern(r"p(?P<number>[0-9]+[a-z]*)")
# So many names of one kind are told; of more the first and the last.
_MOST = 12


def unit_named(cable: Cable, anchor: str) -> Unit | None:
    """The unit of that anchor, None if the cable has none of the name."""
    return next((each for each in units(cable) if each.anchor == anchor), None)


def place_name(anchor: str) -> str:
    """How the address of a place names it: `12` for `p12`, other anchors as they are."""
    numbered = _NUMBERED.fullmatch(anchor)
    return numbered["number"] if numbered else anchor


def place_path(cable_id: str, anchor: str = "") -> str:
    """The address of a cable or a place in it inside a site (`docs/addresses.md`), from the root, not encoded."""
    return f"/cable/{cable_id}/p/{place_name(anchor)}" if anchor else f"/cable/{cable_id}"


def version_and_anchor(name: str) -> tuple[int, str]:
    """Of a passage's name, `v2-p5`, the number of its version and the anchor that the paragraph has there."""
    version, _, anchor = name.partition("-")
    return int(version[1:]), anchor


def names_in_short(cable: Cable) -> str:
    """What names there are, kind by kind: `p1, p2, … p40, head, s-p11, source, n1, n2`."""
    return ", ".join(
        name
        for _, group in groupby(units(cable), key=lambda unit: unit.kind)
        for name in _in_short([each.anchor for each in group])
    )


def not_named(cable: Cable, anchor: str) -> str:
    """The sentence for a name that a cable does not have."""
    what = "paragraph" if anchor[:1] == "p" or anchor[:1].isdecimal() else "part"
    return f"{cable.id} has no {what} {anchor}; it has {names_in_short(cable)}"


def _in_short(anchors: Sequence[str]) -> Iterator[str]:
    if len(anchors) <= _MOST:
        yield from anchors
    else:
        yield from anchors[: _MOST - 2]
        yield f"… {anchors[-1]}"
