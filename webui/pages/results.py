"""The page of results: how the question was read, what is filtered, what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from markupsafe import Markup, escape

from corpus.model import Cable, Part
from search.answers.results import Group, Hit, SearchResult
from search.answers.tally import also, found, no_such_page, not_shown
from search.answers.unit_names import version_and_anchor
from search.language.tree import Sort
from search.units import UnitKind
from webui.asking.address import SORTS, VIEWS, State, View, build, cable_path, last_page
from webui.asking.questions import Marker, WayOn
from webui.pages.collection import compare_url
from webui.pages.export_links import ExportLink, export_links
from webui.pages.filters import Chip, Panel, chips, panels
from webui.pages.marking import snippet, whole
from webui.pages.metadata import unapi_id
from webui.pages.paging import Paging, paging
from webui.pages.reading import Reading
from webui.pages.timeline import Timeline
from webui.pages.titles import marked_title, title_of
from webui.pages.wording import (
    Badge,
    Choice,
    Link,
    Moment,
    badge,
    moment,
    paragraph_label,
    place,
    shortened,
)

_SORT_NAMES: dict[Sort, str] = {
    "relevance": "Relevance",
    "newest": "Newest",
    "oldest": "Oldest",
    "longest": "Longest",
    "referenced": "Most referenced",
}
_SCOPE_NAMES = {False: "in one paragraph", True: "anywhere in a cable"}
_VIEW_NAMES: dict[View, str] = {"cables": "By cable", "paragraphs": "Single paragraphs"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that was found, or a heading, a note, ...; `url` opens its cable at it, with the question."""

    url: str
    label: str
    badge: Badge | None
    heading: Markup
    snippet: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """A cable with the best of what was found in it; `more` leads to what is not shown, None if that is nothing.

    `summary` is how its summary opens; "" where a passage of the card is the summary's own, or stands alone.
    """

    url: str
    title: Markup
    id: str
    date: Moment | None
    place: str
    badge: Badge | None
    tags: tuple[Link, ...]
    summary: Markup
    passages: tuple[Passage, ...]
    more: Link | None
    unapi_id: str


@dataclass(frozen=True, slots=True)
class WayLink:
    """A change of a question that found nothing, and how much it would find; no `url` for nothing either."""

    lead: str
    link: Link
    count: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """All that the page of results says. `banner` leads to the cable that the question names.

    `count` counts the paragraphs, `also` what else was found; "" for nothing.
    """

    title: str
    banner: Link | None
    banner_subject: str
    reading: Reading
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    count: str
    also: str
    time: str
    sorts: tuple[Choice, ...]
    views: tuple[Choice, ...]
    scopes: tuple[Choice, ...]
    timeline: Timeline
    cards: tuple[Card, ...]
    facets: tuple[Panel, ...]
    paging: Paging | None
    exports: tuple[ExportLink, ...]
    api_url: str
    url: str
    ways_on: tuple[WayLink, ...]


def results_page(
    state: State,
    reading: Reading,
    result: SearchResult,
    time: Timeline,
    *,
    size: int,
    named: Cable | None = None,
    ways_on: tuple[WayOn, ...] = (),
    marker: Marker | None = None,
) -> ResultsPage:
    """The page of results. `named` is the cable whose id stands in the question; `size` the things on a page.

    `marker` marks in headings what the question asks for.
    """
    total = result.cables if state.view == "cables" else result.units
    return ResultsPage(
        shortened(state.q, 60) or "All cables",
        Link(named.id, build(state, cable_path(named.id))) if named else None,
        shortened(title_of(named.subject)) if named else "",
        reading,
        (*result.notes, *_page_note(state, total, size)),
        chips(state),
        build(state.unfiltered()),
        found(result),
        also(result),
        f"{result.milliseconds:,.0f} ms" if result.milliseconds >= 1 else "under 1 ms",
        tuple(
            Choice(_SORT_NAMES[sort], build(state.sorted_by(sort)), sort == state.sort)
            for sort in SORTS
        ),
        tuple(
            Choice(_VIEW_NAMES[view], build(state.viewed_as(view)), view == state.view)
            for view in VIEWS
        ),
        tuple(
            Choice(text, build(state.within_cable(whole)), whole == state.whole_cable)
            for whole, text in _SCOPE_NAMES.items()
        ),
        time,
        tuple(_cards(state, result, marker)),
        panels(state, result.facets),
        paging(state, total, size),
        export_links(state),
        # The API knows no collection, and refuses what it does not know.
        build(replace(state, page=1, collected=()), "/api/v1/search"),
        build(state.shared),
        tuple(map(_way_link, ways_on)),
    )


def _way_link(way: WayOn) -> WayLink:
    url = build(way.state) if way.units else ""
    return WayLink(way.lead, Link(way.text, url), f"{way.units:,}")


def _page_note(state: State, total: int, size: int) -> Iterable[str]:
    if state.match == "any":
        yield "With any of these words; what has the most and rarest of them comes first."
    last = last_page(total, size)
    if total and state.page > last:
        yield no_such_page(state.page, last)


def _cards(state: State, result: SearchResult, marker: Marker | None) -> Iterable[Card]:
    # The cables of a page share most of their TAGS, and the paragraphs of a cable their headings.
    tag_link = cache(lambda tag: Link(tag, build(state.including("tag", tag))))
    heading = cache(lambda text: _heading(text, marker))
    shown: Iterable[tuple[tuple[Hit, ...], Link | None]] = (
        (((hit,), None) for hit in result.hits)
        if state.view == "paragraphs"
        else ((one.hits, _more(state, one)) for one in result.groups)
    )
    return (
        _card(
            state,
            tag_link,
            hits,
            tuple(_passage(state, hit, heading) for hit in hits),
            more,
            _summary(hits, marker) if state.view == "cables" else Markup(""),
        )
        for hits, more in shown
    )


def _card(
    state: State,
    tag_link: Callable[[str], Link],
    hits: tuple[Hit, ...],
    passages: tuple[Passage, ...],
    more: Link | None,
    summary: Markup,
) -> Card:
    cable, title = hits[0].cable, hits[0].title
    return Card(
        build(state, cable_path(cable.id)),
        whole(marked_title(title)) if cable.subject else escape(f"{cable.id}, without a subject"),
        cable.id,
        moment(cable.date, cable.date_precision, cable.date_end),
        place(cable.origin, cable.country),
        badge(cable.classification),
        tuple(map(tag_link, cable.tags)),
        summary,
        passages,
        more,
        unapi_id(cable.id, hits[0].anchor if state.view == "paragraphs" else ""),
    )


def _summary(hits: tuple[Hit, ...], marker: Marker | None) -> Markup:
    """What the cable is about, where what was found in it does not say so."""
    text = hits[0].cable.opening
    if any(hit.part == Part.SUMMARY for hit in hits):
        return Markup("")
    return whole(marker(text, ("text",))) if marker else escape(text)


def _passage(state: State, hit: Hit, heading: Callable[[str], Markup]) -> Passage:
    label = hit.name
    if hit.unit is UnitKind.PARAGRAPH:
        label = paragraph_label(hit.anchor, hit.number)
    return Passage(
        _place(state, hit),
        label,
        badge(hit.mark),
        heading(hit.section or ""),
        snippet(hit.snippet, hit.excerpted),
    )


def _place(state: State, hit: Hit) -> str:
    """Where it is read: in its cable; what only another version has beside the text of this one."""
    if hit.unit is UnitKind.VERSION:
        number, anchor = version_and_anchor(hit.anchor)
        return compare_url(state, hit.cable.id, f"{hit.cable.id}~{number}", anchor)
    return build(state, cable_path(hit.cable.id), hit.anchor)


def _heading(text: str, marker: Marker | None) -> Markup:
    return whole(marker(text, ("section",))) if marker else escape(text)


def _more(state: State, group: Group) -> Link | None:
    """What a card has no room for: in the cable, all that match are marked."""
    rest = not_shown(group)
    return Link(rest, build(state, cable_path(group.cable.id))) if rest else None
