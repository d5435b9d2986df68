"""The links that put something into the collection of the address, or take it out again."""

from __future__ import annotations

from webui.asking.address import MAX_COLLECTED, State, build
from webui.pages.wording import Link


def collect_link(state: State, name: str, path: str, fragment: str = "") -> Link:
    """To the same page with a cable or a paragraph (`07ROME1`, `07ROME1#p2`) in the collection, or without it.

    A full collection is shown instead of being filled further.
    """
    if name in state.collected:
        return Link("Remove from collection", build(state.discarding(name), path, fragment))
    if len(state.collected) >= MAX_COLLECTED:
        return Link(
            "The collection is full", build(State(collected=state.collected), "/collection")
        )
    return Link("Collect", build(state.collecting(name), path, fragment))
