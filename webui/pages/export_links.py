"""The exports of a search and of a collection: their names and addresses.

Owns where an export is found. Must not know a format: `search.exports.formats` has the table. What cites one cable
stands in `search.exports.citations`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from search.exports.formats import FORMATS
from webui.asking.address import State, build


@dataclass(frozen=True, slots=True)
class ExportLink:
    """One export: `name` is the format's (`csv`), `label` its name for people, `url` from the root of the site."""

    name: str
    label: str
    media_type: str
    url: str


def export_links(
    state: State, of: Literal["search", "collection"] = "search"
) -> tuple[ExportLink, ...]:
    """Every export of a state's search, all results from the first on, cables or paragraphs as its view has them.

    Or of its collection, in the order in which it was collected.
    """
    kept = replace(state, page=1, collected=()) if of == "search" else state.collection
    return tuple(
        ExportLink(each.name, each.label, each.media_type, build(kept, f"/{of}.{each.name}"))
        for each in FORMATS
    )
