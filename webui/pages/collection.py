"""The page of a collection: cables and paragraphs that stand in its address, with notes; what can be done with them.

Owns the file in which a collection is kept, and the sentences about an address that is cut or too long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from search.answers.tally import listed
from search.exports.entries import Entry
from webui.asking.address import CHOSEN, State, build, cable_path, last_page
from webui.asking.collected import LONG, MAX_NOTE, characters, name_of, note_of
from webui.pages.export_links import ExportLink, export_links
from webui.pages.metadata import unapi_id
from webui.pages.paging import Paging, paging, too_far
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
# The paragraph whose page of the two is asked for: a server is not told what stands behind `#`.
AT = "at"
# So many stand on a page: each has links that have the whole collection in them.
SIZE = 50
# In an address that is handed on: how many characters its collection has.
CHARACTERS = "of"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the collection; `label` and `text` are those of a paragraph or other unit, "" for a whole cable.

    `name` is its own in the address, `note` what its reader noted, "" for nothing.
    """

    name: str
    note: str
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
    """All that the page says. `missing` are names that nothing here has, each with its removal.

    `troubles` are sentences about the address: that it lost its end on the way here, or is too long to be sent. `url`
    is the address to hand on, by which a loss is noticed; `file_url` the same as a file. `unnamed` are the items of
    `missing`, with their notes; a note has `most` characters. `items` are those of page `number`; `before` and `behind`
    are those of the pages around it, as the address has them, which the form sends along.
    """

    count: str
    items: tuple[Item, ...]
    missing: tuple[Link, ...]
    troubles: tuple[str, ...]
    unnamed: tuple[str, ...]
    exports: tuple[ExportLink, ...]
    url: str
    file_url: str
    search_url: str
    compare_url: str
    most: int
    number: int
    before: tuple[tuple[str, str], ...]
    behind: tuple[str, ...]
    too_far: Link | None
    paging: Paging | None


def collection_page(
    state: State,
    found: Mapping[str, Entry | None],
    site: str,
    characters_sent: int = 0,
    page_named: int = 1,
) -> CollectionPage:
    """The page of a state's collection; `found` has for each of its names what it stands for, None for nothing.

    The state's page is one of the collection; `page_named` is the number that its address has, if that is more.

    `site` is the site's address, `characters_sent` what the collection had when its address was copied, 0 if not known.
    """
    paged, state = state, state.on_page(1)
    there = {name: entry for name, entry in found.items() if entry}
    number = min(paged.page, last_page(len(there), SIZE))
    paged = paged.on_page(number)
    start, end = (number - 1) * SIZE, number * SIZE
    whole_items = {name_of(one): one for one in state.collected}
    around = [whole_items[name] for name in there]
    cables = list(dict.fromkeys(entry.cable.id for entry in there.values()))
    kinds = Counter(entry.unit.kind for entry in there.values() if entry.unit)
    whole = len(there) - kinds.total()
    parts = (counted(whole, "cable") if whole else "", listed(kinds))
    url = _handed_on(state)
    return CollectionPage(
        " and ".join(filter(None, parts)) or "Your collection is empty",
        tuple(_items(paged, dict(islice(there.items(), start, end)))),
        tuple(
            Link(name, build(state.discarding(name), "/collection"))
            for name, entry in found.items()
            if entry is None
        ),
        tuple(_troubles(state, f"{site}{url}", characters_sent)),
        tuple(one for one in state.collected if name_of(one) not in there),
        export_links(state, "collection"),
        url,
        build(state, "/collection.json") if state.collected else "",
        build(state),
        compare_url(state, cables[0], cables[1]) if len(cables) == 2 else "",
        MAX_NOTE,
        number,
        tuple((name_of(one), note_of(one)) for one in around[:start]),
        tuple(around[end:]),
        too_far(state, page_named, len(there), SIZE, _on_page),
        paging(paged, len(there), SIZE, _on_page),
    )


def at_the_end(state: State) -> State:
    """A collection on the page on which its last item stands."""
    return state.on_page(last_page(len(state.collected), SIZE))


def _on_page(state: State) -> str:
    return build(state, "/collection")


def _handed_on(state: State) -> str:
    """The address of a collection, with how much there is of it: what cuts addresses cuts their ends."""
    if not state.collected:
        return build(state, "/collection")
    return build(state, "/collection").replace(
        "?", f"?{CHARACTERS}={characters(state.collected)}&", 1
    )


def _troubles(state: State, address: str, characters_sent: int) -> Iterable[str]:
    if characters_sent > characters(state.collected):
        yield (
            "This link was cut on its way, perhaps by a mail program: its end is missing, and what stood there. "
            "Ask for the collection as a file."
        )
    if len(address) > LONG:
        yield (
            f"This collection’s link has {len(address):,} characters. Many mail programs and messengers cut links "
            f"of more than {LONG:,}: send and keep it as a file instead."
        )


def compare_url(state: State, one: str, other: str, anchor: str = "", *, page: int = 1) -> str:
    """The address that compares two cables, on a page of that or at a paragraph of the other one; the collection goes
    along."""
    at = [(AT, f"{SECOND}{anchor}")] if anchor else [("page", str(page))] if page > 1 else []
    kept = [(CHOSEN, name) for name in state.chosen]
    kept += [("c", name) for name in state.collected]
    fragment = f"#{SECOND}{anchor}" if anchor else ""
    return f"/compare?{urlencode([('a', one), ('b', other), *at, *kept])}{fragment}"


def _items(state: State, there: Mapping[str, Entry]) -> Iterable[Item]:
    notes = {name_of(one): note_of(one) for one in state.collected}
    for name, entry in there.items():
        cable, unit = entry.cable, entry.unit
        yield Item(
            name,
            notes[name],
            build(state.on_page(1), cable_path(cable.id), unit.anchor if unit else ""),
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


def collection_file(state: State, found: Mapping[str, Entry | None], site: str) -> dict[str, Any]:
    """A collection to keep and to load again: its names and notes, and for people what they are and the address."""
    return {
        "format": "Cablegram collection",
        "link": f"{site}{_handed_on(state)}",
        "items": [
            {
                "name": name_of(one),
                "title": _title(found[name_of(one)]),
                "note": note_of(one),
            }
            for one in state.collected
        ],
    }


def _title(entry: Entry | None) -> str:
    if entry is None:
        return ""
    return ", ".join(filter(None, (title_of(entry.cable.subject), _label(entry))))
