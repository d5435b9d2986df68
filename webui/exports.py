"""The exports of a page: their names and addresses.

Owns where an export is found. Must not know a format: `search.exports.formats` has the table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.exports.formats import FORMATS
from webui.address import State, build


@dataclass(frozen=True, slots=True)
class ExportLink:
    """One export: `name` is the format's (`csv`), `label` its name for people, `url` from the root of the site."""

    name: str
    label: str
    media_type: str
    url: str


def export_links(state: State) -> tuple[ExportLink, ...]:
    """Every export of a search: all its results from the first on, cables or paragraphs as its view has them."""
    whole = replace(state, page=1)
    return tuple(
        ExportLink(each.name, each.label, each.media_type, build(whole, f"/search.{each.name}"))
        for each in FORMATS
    )
