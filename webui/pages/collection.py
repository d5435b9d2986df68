"""The page of a collection: cables and paragraphs that stand in its address, and what can be done with all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from search.exports.entries import Entry
from webui.address import State, build, cable_path
from webui.exports import ExportLink, export_links
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


@dataclass(frozen=True, slots=True)
class Item:
    """One of the collection; `label` and `text` are those of a paragraph, "" for a whole cable."""

    url: str
    title: str
    id: str
    label: str
    mark: Badge | None
    text: str
    date: Moment | None
    place: str
    remove_url: str


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
    paragraphs = sum(1 for entry in there.values() if entry.paragraph)
    parts = (
        counted(len(there) - paragraphs, "cable") if len(there) - paragraphs else "",
        counted(paragraphs, "paragraph") if paragraphs else "",
    )
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


def compare_url(state: State, one: str, other: str) -> str:
    """The address that compares two cables; the collection goes along."""
    kept = [("c", name) for name in state.collected]
    return f"/compare?{urlencode([('a', one), ('b', other), *kept])}"


def _items(state: State, there: Mapping[str, Entry]) -> Iterable[Item]:
    for name, entry in there.items():
        cable, paragraph = entry.cable, entry.paragraph
        yield Item(
            build(state, cable_path(cable.id), paragraph.anchor if paragraph else ""),
            cable.subject or f"{cable.id}, without a subject",
            cable.id,
            paragraph_label(paragraph.anchor, paragraph.number) if paragraph else "",
            badge(paragraph.mark if paragraph else cable.classification),
            shortened(paragraph.text, 400) if paragraph else "",
            moment(cable.date, cable.date_precision, cable.date_end),
            place(cable.origin, cable.country),
            build(state.discarding(name), "/collection"),
        )
