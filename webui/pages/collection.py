"""The page of a collection: cables and paragraphs that stand in its address, and what can be done with all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from search.answers.tally import listed
from search.exports.entries import Entry
from webui.asking.address import State, build, cable_path
from webui.pages.export_links import ExportLink, export_links
from webui.pages.metadata import unapi_id
from webui.pages.titles import title_of
from webui.pages.wording import (
    Badge,
    Link,
    Moment,
    badge,
    counted,
    moment,
    paragraph_label,
    place,
    shortened,
)

# Where two cables are compared, the paragraphs of each have these before their anchors.
FIRST, SECOND = "a-", "b-"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the collection; `label` and `text` are those of a paragraph or other unit, "" for a whole cable."""

    url: str
    title: str
    id: str
    label: str
    mark: Badge | None
    text: str
    date: Moment | None
    place: str
    remove_url: str
    unapi_id: str


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """All that the page says. `missing` are names that nothing here has, each with its removal."""

    count: str
    items: tuple[Item, ...]
    missing: tuple[Link, ...]
    collected: tuple[str, ...]
    exports: tuple[ExportLink, ...]
    url: str
    search_url: str
    empty_url: str
    compare_url: str


def collection_page(state: State, found: Mapping[str, Entry | None]) -> CollectionPage:
    """The page of a state's collection; `found` has for each of its names what it stands for, None for nothing."""
    there = {name: entry for name, entry in found.items() if entry}
    cables = list(dict.fromkeys(entry.cable.id for entry in there.values()))
    kinds = Counter(entry.unit.kind for entry in there.values() if entry.unit)
    whole = len(there) - kinds.total()
    parts = (counted(whole, "cable") if whole else "", listed(kinds))
    return CollectionPage(
        " and ".join(filter(None, parts)) or "Nothing yet",
        tuple(_items(state, there)),
        tuple(
            Link(name, build(state.discarding(name), "/collection"))
            for name, entry in found.items()
            if entry is None
        ),
        state.collected,
        export_links(state, "collection"),
        build(state, "/collection"),
        build(state),
        "/collection",
        compare_url(state, cables[0], cables[1]) if len(cables) == 2 else "",
    )


def compare_url(state: State, one: str, other: str, anchor: str = "") -> str:
    """The address that compares two cables, at a paragraph of the other one; the collection goes along."""
    kept = [("c", name) for name in state.collected]
    fragment = f"#{SECOND}{anchor}" if anchor else ""
    return f"/compare?{urlencode([('a', one), ('b', other), *kept])}{fragment}"


def _items(state: State, there: Mapping[str, Entry]) -> Iterable[Item]:
    for name, entry in there.items():
        cable, unit = entry.cable, entry.unit
        yield Item(
            build(state, cable_path(cable.id), unit.anchor if unit else ""),
            title_of(cable.subject) or f"{cable.id}, without a subject",
            cable.id,
            _label(entry),
            badge(_mark(entry)),
            shortened(unit.text, 400) if unit else "",
            moment(cable.date, cable.date_precision, cable.date_end),
            place(cable.origin, cable.country),
            build(state.discarding(name), "/collection"),
            unapi_id(cable.id, unit.anchor if unit else ""),
        )


def _label(entry: Entry) -> str:
    if entry.paragraph:
        return paragraph_label(entry.paragraph.anchor, entry.paragraph.number)
    return entry.unit.name if entry.unit else ""


def _mark(entry: Entry) -> str | None:
    """A paragraph's own mark; of a cable its classification. No other unit has any."""
    if entry.paragraph:
        return entry.paragraph.mark
    return None if entry.unit else entry.cable.classification
