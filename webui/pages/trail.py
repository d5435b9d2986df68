"""The links above a page: back to the results, and the cables before and after this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from search.answers.results import CableSummary
from webui.asking.address import State, build, cable_path
from webui.asking.neighbours import Neighbours
from webui.pages.titles import title_of
from webui.pages.wording import counted, shortened


@dataclass(frozen=True, slots=True)
class TrailLink:
    """A link, or without a `url` a text between the links. `rel` is HTML's word for a neighbour."""

    text: str
    url: str = ""
    rel: Literal["", "prev", "next"] = ""


def result_trail(state: State, neighbours: Neighbours) -> tuple[TrailLink, ...]:
    """From a cable that was opened from a result."""
    links = [TrailLink("Back to the results", build(state))]
    if neighbours.before:
        to = build(
            state.on_page(neighbours.before_page),
            cable_path(neighbours.before.id),
            neighbours.before_anchor,
        )
        links.append(TrailLink("Previous result", to, "prev"))
    if neighbours.place:
        total = counted(neighbours.total, neighbours.unit)
        links.append(TrailLink(f"{neighbours.place:,} of {total}"))
    if neighbours.after:
        to = build(
            state.on_page(neighbours.after_page),
            cable_path(neighbours.after.id),
            neighbours.after_anchor,
        )
        links.append(TrailLink("Next result", to, "next"))
    return tuple(links)


def post_trail(state: State, post: str, neighbours: Neighbours) -> tuple[TrailLink, ...]:
    """From a cable that was opened by itself: along the cables of its post, by date."""
    sides: Sequence[tuple[CableSummary | None, str, Literal["prev", "next"]]] = (
        (neighbours.before, "Earlier", "prev"),
        (neighbours.after, "Later", "next"),
    )
    return tuple(
        TrailLink(
            f"{word} from {post}: {shortened(title_of(cable.subject) or cable.id, 48)}",
            build(state.afresh(), cable_path(cable.id)),
            rel,
        )
        for cable, word, rel in sides
        if cable
    )


def received_trail(state: State, cable_id: str) -> tuple[TrailLink, ...]:
    """From "as received" back to the cable as it is read."""
    return (TrailLink("Back to the cable", build(state, cable_path(cable_id))),)
