"""The entry that keeps a search as an alert, to be copied into the file of alerts.

Owns what of a search an alert has: its question, in its scope and within its dates, and its filters. The site itself
keeps nothing; whoever runs `cablegram alerts` does.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.alerts.entries import MOST_NAME, entry, file_name
from search.language.tree import Node
from webui.asking.address import State, build
from webui.pages.wording import shortened


@dataclass(frozen=True, slots=True)
class AlertPage:
    """`entry` is the entry in TOML, `search_url` the search that it keeps.

    `asks_nothing` says that there is no search, `too_long` that it is too long to be kept.
    """

    title: str
    entry: str
    search_url: str
    asks_nothing: bool
    too_long: bool


def alert_page(state: State, tree: Node, *, too_long: bool) -> AlertPage:
    """The page of a state; `tree` is what it asks, with its scope and dates; `too_long` says that this is not all."""
    asked = "".join(letter for letter in state.q if letter.isprintable())
    name = shortened(" ".join(asked.split()), MOST_NAME - 1) or _filtered(state)
    plain = not (state.since or state.until or state.whole_cable)
    return AlertPage(
        f"Alert: {shortened(name, 60)}",
        entry(
            name,
            state.q if plain else str(tree),
            {
                f"{sign}{one.field}": list(values)
                for one in state.filters
                for sign, values in (("", one.included), ("-", one.excluded))
                if values
            },
            state.match,
            feed=f"alerts/{file_name(name)}.atom",
        ),
        build(state.shared),
        state.asks_nothing,
        too_long,
    )


def _filtered(state: State) -> str:
    values = [value for one in state.filters for value in one.included]
    return shortened(", ".join(values), MOST_NAME - 1) or "All cables"
