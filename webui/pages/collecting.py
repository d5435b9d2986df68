"""The links that put something into the collection of the address, or take it out again.

Owns what they are called, and when a collection is full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from webui.asking.address import COLLECTED, MAX_COLLECTED, State, build, build_with
from webui.asking.collected import MAX_ROOM, name_of
from webui.pages.wording import Link

FULL = "The collection is full"


def collect_link(state: State, name: str, path: str, fragment: str = "") -> Link:
    """To the same page with a cable or a paragraph (`07ROME1`, `07ROME1#p2`) in the collection, or without it.

    A full collection is shown instead of being filled further.
    """
    if state.has_collected(name):
        return Link("Remove from collection", build(state.discarding(name), path, fragment))
    if is_full(state):
        return Link(FULL, build(state.collection, "/collection"))
    return Link("Collect", build(state.collecting(name), path, fragment))


@dataclass(frozen=True, slots=True)
class CollectLink:
    """What a result offers to collect: `what`, the cable or a place in it; where that is `done`, `url` undoes it."""

    what: str
    done: bool
    url: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be collected of one result; `id` is where its links stand, and where they lead back to."""

    id: str
    links: tuple[CollectLink, ...]
    full: Link | None


def offers(state: State) -> Callable[[str, Iterable[tuple[str, str]]], Offer]:
    """What can be collected of each result of a page: a cable and the places that it shows, by anchor and label."""
    full = Link(FULL, build(state.collection, "/collection")) if is_full(state) else None
    there = frozenset(map(name_of, state.collected))
    collecting = build_with(state, COLLECTED)

    def offer(cable_id: str, places: Iterable[tuple[str, str]]) -> Offer:
        shown = tuple(places)
        at = f"collect-{cable_id}-{shown[0][0] if shown else ''}"
        named = [
            ("cable", cable_id),
            *((label, f"{cable_id}#{anchor}") for anchor, label in shown),
        ]
        return Offer(
            at,
            tuple(
                CollectLink(what, True, build(state.discarding(name), "/search", at))
                if name in there
                else CollectLink(what, False, collecting(name, at))
                for what, name in named
                if name in there or full is None
            ),
            full,
        )

    return offer


def is_full(state: State) -> bool:
    """Whether an address has no room for more."""
    return bool(state.collected) and _fill(state.collected)


# Each link of a page asks.
@lru_cache(maxsize=64)
def _fill(collected: tuple[str, ...]) -> bool:
    room = len(build(State(collected=collected), ""))
    return len(collected) >= MAX_COLLECTED or room > MAX_ROOM
