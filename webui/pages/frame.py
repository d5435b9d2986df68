"""What stands around every page: the box with the question."""

from __future__ import annotations

from dataclasses import dataclass

from webui.asking.address import State, build, pairs
from webui.pages.wording import Link, shortened


@dataclass(frozen=True, slots=True)
class Box:
    """The question in the box, what else its form sends along, and the way to what was collected so far.

    `instead` searches for a cable's number that led to the cable, None where none did.
    """

    q: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    collection: Link | None = None
    instead: Link | None = None


def box(state: State, number: str = "") -> Box:
    """The box of a page of results: another question keeps the filters, the order and the view.

    `number` is what was typed for the cable that is shown.
    """
    text = shortened(number.replace('"', " "), 60)
    collected = len(state.collected)
    return Box(
        state.q,
        tuple(pairs(state.asking(""))),
        Link(f"Collection ({collected})", build(State(collected=state.collected), "/collection"))
        if collected
        else None,
        Link(text, build(state.asking(f'"{text}"'))) if text else None,
    )
