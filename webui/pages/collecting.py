"""The links that put something into the collection of the address, or take it out again.

Owns what they are called, and when a collection is full.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from webui.asking.address import MAX_COLLECTED, State, build
from webui.asking.collected import MAX_ROOM
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


def offer(state: State, cable_id: str, places: Iterable[tuple[str, str]]) -> Offer:
    """The cable of a result and the places that it shows, each an anchor and its label."""
    there = tuple(places)
    at = f"collect-{cable_id}-{there[0][0] if there else ''}"
    named = [("cable", cable_id), *((label, f"{cable_id}#{anchor}") for anchor, label in there)]
    full = is_full(state)
    return Offer(
        at,
        tuple(
            CollectLink(what, done, collect_link(state, name, "/search", at).url)
            for what, name in named
            if (done := state.has_collected(name)) or not full
        ),
        Link(FULL, build(state.collection, "/collection")) if full else None,
    )


def is_full(state: State) -> bool:
    """Whether an address has no room for more."""
    return bool(state.collected) and _fill(state.collected)


# Each link of a page asks.
@lru_cache(maxsize=64)
def _fill(collected: tuple[str, ...]) -> bool:
    room = len(build(State(collected=collected), ""))
    return len(collected) >= MAX_COLLECTED or room > MAX_ROOM
