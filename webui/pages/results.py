"""The page of results: how the question was read, what is filtered, what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from markupsafe import Markup

from corpus.model import Cable
from search.query import Sort
from search.results import CableSummary, Group, Hit, SearchResult
from webui.address import SORTS, VIEWS, State, View, build, cable_path
from webui.exports import ExportLink, export_links
from webui.pages.filters import Chip, Panel, chips, panels
from webui.pages.marking import snippet
from webui.pages.paging import Paging, last_page, paging
from webui.pages.reading import Reading
from webui.pages.timeline import Timeline
from webui.pages.wording import (
    Badge,
    Choice,
    Link,
    Moment,
    badge,
    counted,
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
    """A paragraph that was found; `url` opens its cable at it, with the question."""

    url: str
    label: str
    badge: Badge | None
    heading: str
    snippet: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """A cable with its best paragraphs; `more` leads to those not shown, None if there are none."""

    url: str
    title: str
    id: str
    date: Moment | None
    place: str
    badge: Badge | None
    tags: tuple[Link, ...]
    passages: tuple[Passage, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class WayOn:
    """A change of a question that found nothing, and how much it would find; no `url` for nothing either."""

    lead: str
    link: Link
    count: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """All that the page of results says. `banner` leads to the cable that the question names."""

    title: str
    banner: Link | None
    banner_subject: str
    reading: Reading
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    count: str
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
    ways_on: tuple[WayOn, ...]


def results_page(
    state: State,
    reading: Reading,
    result: SearchResult,
    time: Timeline,
    *,
    size: int,
    named: Cable | None = None,
    ways_on: tuple[WayOn, ...] = (),
) -> ResultsPage:
    """The page of results. `named` is the cable whose id stands in the question; `size` the things on a page."""
    total = result.cables if state.view == "cables" else result.paragraphs
    return ResultsPage(
        shortened(state.q, 60) or "All cables",
        Link(named.id, build(state, cable_path(named.id))) if named else None,
        shortened(named.subject) if named else "",
        reading,
        (*result.notes, *_page_note(state, total, size)),
        chips(state),
        build(state.unfiltered()),
        f"{counted(result.paragraphs, 'paragraph')} in {counted(result.cables, 'cable')}",
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
        tuple(_cards(state, result)),
        panels(state, result.facets),
        paging(state, total, size),
        export_links(state),
        # The API knows no collection, and refuses what it does not know.
        build(replace(state, page=1, collected=()), "/api/v1/search"),
        build(state),
        ways_on,
    )


def _page_note(state: State, total: int, size: int) -> Iterable[str]:
    if state.match == "any":
        yield "With any of these words; what has the most and rarest of them comes first."
    last = last_page(total, size)
    if total and state.page > last:
        yield f"There is no page {state.page:,}: the last one is {last:,}."


def _cards(state: State, result: SearchResult) -> Iterable[Card]:
    # The cables of a page share most of their TAGS.
    tag_link = cache(lambda tag: Link(tag, build(state.including("tag", tag))))
    if state.view == "paragraphs":
        return (_card(state, tag_link, hit.cable, (hit,), None) for hit in result.hits)
    return (_card(state, tag_link, one.cable, one.hits, _more(state, one)) for one in result.groups)


def _card(
    state: State,
    tag_link: Callable[[str], Link],
    cable: CableSummary,
    hits: tuple[Hit, ...],
    more: Link | None,
) -> Card:
    path = cable_path(cable.id)
    return Card(
        build(state, path),
        cable.subject or f"{cable.id}, without a subject",
        cable.id,
        moment(cable.date, cable.date_precision, cable.date_end),
        place(cable.origin, cable.country),
        badge(cable.classification),
        tuple(map(tag_link, cable.tags)),
        tuple(
            Passage(
                build(state, path, hit.anchor),
                paragraph_label(hit.anchor, hit.number),
                badge(hit.mark),
                hit.section or "",
                snippet(hit.snippet, hit.text),
            )
            for hit in hits
        ),
        more,
    )


def _more(state: State, group: Group) -> Link | None:
    """The paragraphs that a card has no room for: in the cable, all that match are marked."""
    rest = group.total - len(group.hits)
    if rest <= 0:
        return None
    return Link(f"{counted(rest, 'more paragraph')}", build(state, cable_path(group.cable.id)))
