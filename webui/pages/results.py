"""The page of results: how the question was read, what is filtered, what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markupsafe import Markup, escape

from corpus.model import Cable, Part
from search.answers.results import Group, Hit, SearchResult
from search.answers.tally import also, found, not_shown
from search.answers.unit_names import version_and_anchor
from search.language.tree import Sort
from search.units import UnitKind
from webui.asking.address import SORTS, VIEWS, State, View, build, cable_path, last_page
from webui.asking.questions import Instead, Marker
from webui.asking.term_address import TermState, build_terms
from webui.pages.collecting import Offer, offers
from webui.pages.collection import compare_url
from webui.pages.date_form import DateForm
from webui.pages.export_links import ExportLink, export_links
from webui.pages.filters import Chip, Panels, chips, choosing, panels
from webui.pages.marking import snippet, whole
from webui.pages.metadata import unapi_id
from webui.pages.network import network_url
from webui.pages.paging import Paging, paging, too_far
from webui.pages.places import places_url
from webui.pages.reading import Reading
from webui.pages.telegrams import TELEGRAM
from webui.pages.timeline import Timeline
from webui.pages.titles import marked_title, title_of
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
    "newest": "Newest first",
    "oldest": "Oldest first",
    "longest": "Longest",
    "referenced": "Most referenced",
}
_SCOPE_NAMES = {False: "same paragraph", True: "same cable"}
_VIEW_NAMES: dict[View, str] = {"cables": "Cables", "paragraphs": "Paragraphs"}


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
    offer: Offer
    versions: Versions | None


@dataclass(frozen=True, slots=True)
class Versions:
    """The other versions of a card's telegram: how many, with the list of them, and the first few by name."""

    count: Link
    first: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Telegrams:
    """What is said of telegrams with several versions: how many cables and telegrams there are, each with the address
    that lists them, and the way to the other list."""

    cables: Link | None
    telegrams: Link | None
    other: Link


@dataclass(frozen=True, slots=True)
class NamedCable:
    """A cable that stands among the words of a question, with its title."""

    link: Link
    title: str


@dataclass(frozen=True, slots=True)
class WordAlone:
    """A word of a question that found nothing, and how much it finds alone; no `url` for nothing."""

    word: Link
    count: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """All that the page of results says. `named` are cables that the question names.

    `count` counts the paragraphs, `also` what else was found; "" for nothing. `scopes` are empty where there is one
    word. `too_far` says that there is no such page, and leads to the last one.
    """

    title: str
    named: tuple[NamedCable, ...]
    reading: Reading
    notes: tuple[str, ...]
    too_far: Link | None
    chips: tuple[Chip, ...]
    clear_url: str
    count: str
    also: str
    telegrams: Telegrams | None
    time: str
    sort: str
    sorts: tuple[Choice, ...]
    views: tuple[Choice, ...]
    scopes: tuple[Choice, ...]
    timeline: Timeline
    dates: DateForm
    cards: tuple[Card, ...]
    facets: Panels
    paging: Paging | None
    exports: tuple[ExportLink, ...]
    api_url: str
    url: str
    trend_url: str
    network_url: str
    places_url: str
    alert_url: str


@dataclass(frozen=True, slots=True)
class NothingPage:
    """All that is said where nothing was found. `best` is what finds something instead, with how much.

    `dates` is None where no dates were asked for.
    """

    title: str
    heading: str
    named: tuple[NamedCable, ...]
    reading: Reading
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    dates: DateForm | None
    best_lead: str
    best: Link | None
    best_count: str
    words: tuple[WordAlone, ...]
    more_words: str
    alert_url: str


def results_page(
    state: State,
    reading: Reading,
    result: SearchResult,
    time: Timeline,
    dates: DateForm,
    *,
    size: int,
    notes: tuple[str, ...] = (),
    named: tuple[Cable, ...] = (),
    several_words: bool = False,
    marker: Marker | None = None,
    page_named: int = 0,
    trend: TermState | None = None,
) -> ResultsPage:
    """The page of results. `named` are the cables whose numbers stand in the question; `size` the things on a page.

    `page_named` is the number of the page that the address has, if that is more than its state has.

    `marker` marks in headings what the question asks for; `notes` are told beside those of the result; `trend` is the
    search over time, None if there is none.
    """
    total = result.entries if state.view == "cables" else result.units
    return ResultsPage(
        _title(state),
        _named(state, named),
        reading,
        (*notes, *result.notes, *_page_note(state, total, size)),
        too_far(state, page_named, total, size),
        chips(state),
        build(state.unfiltered()),
        found(result),
        also(result),
        _telegrams(state, result),
        f"{result.milliseconds:,.0f} ms" if result.milliseconds >= 1 else "under 1 ms",
        _SORT_NAMES[state.sort],
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
        )
        if several_words or state.whole_cable
        else (),
        time,
        dates,
        tuple(_cards(state, result, marker)),
        panels(state, result.facets),
        paging(state, total, size),
        export_links(state),
        # The API knows no collection, and refuses what it does not know.
        build(replace(state, page=1, collected=()), "/api/v1/search"),
        build(state.shared),
        build_terms(trend) if trend else "",
        network_url(state),
        places_url(state),
        _alert_url(state),
    )


# So many versions are named on a card; the page of the cable has all.
_NAMED = 3


def _telegrams(state: State, result: SearchResult) -> Telegrams | None:
    folded, whole = build(state.with_versions(False)), build(state.with_versions(True))
    if state.view != "cables":
        return None
    if state.all_versions:
        return Telegrams(None, None, Link("Show each telegram once", folded))
    if result.telegrams is None or result.telegrams == result.cables:
        return None
    return Telegrams(
        Link(counted(result.cables, "cable"), whole),
        Link(counted(result.telegrams, "telegram"), folded),
        Link("Show all versions", whole),
    )


def _versions(state: State, cable_id: str, others: Sequence[str]) -> Versions | None:
    if not others:
        return None
    return Versions(
        Link(counted(len(others), "other version"), build(state, cable_path(cable_id), TELEGRAM)),
        tuple(Link(each, build(state, cable_path(each))) for each in others[:_NAMED]),
    )


def nothing_page(
    state: State,
    reading: Reading,
    dates: DateForm,
    instead: Instead,
    *,
    notes: tuple[str, ...] = (),
    named: tuple[Cable, ...] = (),
) -> NothingPage:
    """The page of a question that found nothing."""
    best = instead.best
    return NothingPage(
        _title(state),
        f"Nothing found for {shortened(state.q, 120)}" if state.q else "Nothing found",
        _named(state, named),
        reading,
        notes,
        chips(state),
        build(state.unfiltered()),
        dates if dates.wrong or state.since or state.until else None,
        "Did you mean" if best and best.spelt else "Try",
        Link(best.text, build(best.state)) if best else None,
        _results(best.units) if best else "",
        tuple(
            WordAlone(
                Link(word.text, build(word.state) if word.units else ""), _results(word.units)
            )
            for word in instead.words
        ),
        f"and {counted(instead.unasked, 'more word')}, not counted" if instead.unasked else "",
        _alert_url(state),
    )


def _alert_url(state: State) -> str:
    return build(replace(state, sort="relevance", view="cables", page=1), "/alert")


def _title(state: State) -> str:
    return shortened(state.q, 60) or "All cables"


def _results(number: int) -> str:
    return counted(number, "result") if number else "no results"


def _named(state: State, cables: tuple[Cable, ...]) -> tuple[NamedCable, ...]:
    return tuple(
        NamedCable(
            Link(each.id, build(state, cable_path(each.id))), shortened(title_of(each.subject))
        )
        for each in cables
    )


def _page_note(state: State, total: int, size: int) -> Iterable[str]:
    if state.match == "any":
        yield "Any of these words may match; the most and rarest come first."
    last = last_page(total, size)
    if state.page >= last and total > last * size:
        what = "cables" if state.view == "cables" else "results"
        yield (
            f"The pages show the first {last * size:,} of {total:,} {what}. For the rest narrow the search by date or "
            "by a filter, sort in another order, or download all results as a file."
        )


def _cards(state: State, result: SearchResult, marker: Marker | None) -> Iterable[Card]:
    # The cables of a page share most of their TAGS, and the paragraphs of a cable their headings.
    with_tag = choosing(state, "tag")
    shared = _Shared(
        state,
        cache(lambda tag: Link(tag, with_tag(tag))),
        cache(lambda text: _heading(text, marker)),
        offers(state),
    )
    if state.view == "paragraphs":
        return (_card(shared, (hit,), None, Markup("")) for hit in result.hits)
    return (
        _card(
            shared,
            one.hits,
            _more(state, one),
            _summary(one.hits, marker),
            _versions(state, one.cable.id, result.versions.get(one.cable.id, ())),
        )
        for one in result.groups
    )


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the cards of a page share."""

    state: State
    tag: Callable[[str], Link]
    heading: Callable[[str], Markup]
    offer: Callable[[str, Iterable[tuple[str, str]]], Offer]


def _card(
    shared: _Shared,
    hits: tuple[Hit, ...],
    more: Link | None,
    summary: Markup,
    versions: Versions | None = None,
) -> Card:
    state, cable, title = shared.state, hits[0].cable, hits[0].title
    passages = tuple(_passage(state, hit, shared.heading) for hit in hits)
    return Card(
        build(state, cable_path(cable.id)),
        whole(marked_title(title)) if cable.subject else escape(f"{cable.id}, without a subject"),
        cable.id,
        moment(cable.date, cable.date_precision, cable.date_end),
        place(cable.origin, cable.country),
        badge(cable.classification),
        tuple(map(shared.tag, cable.tags)),
        summary,
        passages,
        more,
        unapi_id(cable.id, hits[0].anchor if state.view == "paragraphs" else ""),
        shared.offer(
            cable.id,
            # What only another version has is shown beside this one, and not in it.
            (
                (hit.anchor, passage.label)
                for hit, passage in zip(hits, passages, strict=True)
                if hit.unit is not UnitKind.VERSION
            ),
        ),
        versions,
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
