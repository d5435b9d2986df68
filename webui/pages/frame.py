"""What stands around every page: the box with the question."""

from __future__ import annotations

from dataclasses import dataclass

from webui.asking.address import State, build, pairs
from webui.pages.wording import Link


@dataclass(frozen=True, slots=True)
class Box:
    """The question in the box, what else its form sends along, and the way to what was collected so far."""

    q: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    collection: Link | None = None


def box(state: State) -> Box:
    """The box of a page of results: another question keeps the filters, the order and the view."""
    collected = len(state.collected)
    return Box(
        state.q,
        tuple(pairs(state.asking(""))),
        Link(f"Collection ({collected})", build(State(collected=state.collected), "/collection"))
        if collected
        else None,
    )
