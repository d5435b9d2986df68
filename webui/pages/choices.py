"""What can be done with a place in a cable: link to it, cite it, collect it, look for more like it.

Owns these choices. They stand open on the page of the place itself; on the page of the cable a script shows them at a
paragraph's sign, from one pattern for all of them. Must not know a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from search.answers.unit_names import place_path
from search.language.tree import Like
from search.units import Unit, UnitKind
from webui.asking.address import State, build, cable_path
from webui.pages.collecting import collect_link
from webui.pages.wording import Link

# Stands for an anchor in a pattern: a letter for private use, which no address has.
_ANY = "\ue000"
_ENCODED = quote(_ANY)
# What the script puts an anchor in place of.
_GAP = "{}"


@dataclass(frozen=True, slots=True)
class Choices:
    """`url` is the place's own address, and no more; `search_url` has the reader's search, "" without one."""

    url: str
    search_url: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The same of any place of a cable, `{}` in place of its anchor. `full` says that nothing more can be collected."""

    cite: str
    like: str
    collect: str
    full: bool


def choices(cable_id: str, unit: Unit, state: State) -> Choices:
    """What can be done with a unit, on its own page."""
    path = place_path(cable_id, unit.anchor)
    name = f"{cable_id}#{unit.anchor}"
    more = Link("More like this", build(state.afresh().asking(str(Like(name)))))
    return Choices(
        build(State(), path),
        "" if state.asks_nothing else build(state.shared, path),
        (
            Link("Cite", build(state, cable_path(cable_id, "cite", unit.anchor))),
            collect_link(state, name, path),
            *((more,) if unit.kind is UnitKind.PARAGRAPH else ()),
        ),
    )


def patterns(cable_id: str, state: State) -> Patterns:
    """The choices at every place of a cable's page."""
    path = cable_path(cable_id)
    link = collect_link(state, f"{cable_id}#{_ANY}", path, _ANY)
    return Patterns(
        _with_gap(build(state, cable_path(cable_id, "cite", _ANY))),
        _with_gap(build(state.afresh().asking(str(Like(f"{cable_id}#{_ANY}"))))),
        _with_gap(link.url),
        _ENCODED not in link.url,
    )


def _with_gap(url: str) -> str:
    return url.replace(_ENCODED, _GAP)
