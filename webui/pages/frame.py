"""What stands around every page: the box with the question."""

from __future__ import annotations

from dataclasses import dataclass

from webui.address import State, pairs


@dataclass(frozen=True, slots=True)
class Box:
    """The question in the box, and what else its form sends along."""

    q: str = ""
    kept: tuple[tuple[str, str], ...] = ()


def box(state: State) -> Box:
    """The box of a page of results: another question keeps the filters, the order and the view."""
    return Box(state.q, tuple(pairs(state.asking(""))))
