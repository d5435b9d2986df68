"""What the pages ask the searcher: the question of a state, its neighbours, and what would find something instead.

Owns the translation of a `State` into `Query` values and every question beyond the one that was asked. Must not know
a request, a template or an engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.ids import find_ids
from corpus.model import Cable
from search.dates import minutes, span
from search.engine import Searcher
from search.over_time import Window, window
from search.query import And, Everything, Filter, Node, Query, Range, SameCable, simplify
from search.query_parser import Parsed, parse
from search.results import CableSummary, Group
from search.snippets import mark
from webui.address import MAX_PAGE, State, build
from webui.facets import FACET_NAMES, facet_label
from webui.pages.marking import Marker
from webui.pages.paging import last_page
from webui.pages.results import WayOn
from webui.pages.trail import Neighbours
from webui.pages.wording import Link

# No page is waited for longer; a question that takes longer has no answer, and says so.
SECONDS = 10.0

# Cables of one post that bear the same minute; more than this in one minute are not put in order.
_SAME_MINUTE = 20
# So many ways on are tried for a question that found nothing: each is a search.
_WAYS_ON = 12

# An id is short: a longer question is only looked through for ids.
_LONGEST_ID = 60
_IDS_TRIED = 4


@dataclass(frozen=True, slots=True)
class Question:
    """The question of a state, read once; `size` is the number of things on a page."""

    state: State
    size: int
    parsed: Parsed = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parsed", parse(self.state.q))

    @property
    def tree(self) -> Node:
        """What is asked: the words, in the scope and within the dates of the state."""
        state, words = self.state, self.parsed.tree
        if state.whole_cable and isinstance(words, And):
            words = And((SameCable(), *(part for part in words.parts if part != SameCable())))
        if not (state.since or state.until):
            return words
        dates = Range(state.since or None, state.until or None, "date")
        return simplify(And((words, dates)))

    def plain(self) -> Query:
        """One page of results, without facets."""
        state = self.state
        return Query(
            self.tree,
            state.filters,
            state.sort,
            grouped=state.view == "cables",
            page=state.page,
            size=self.size,
            seconds=SECONDS,
        )

    def with_facets(self) -> Query:
        """One page of results, with the first values of every facet."""
        return replace(self.plain(), facets=FACET_NAMES)

    def for_values(self, facet: str) -> Query:
        """All values of one facet."""
        return replace(self.plain(), page=1, size=1, facets=(facet,), facet_limit=0)

    def marker(self) -> Marker:
        """What cuts a text of a cable into what the question marks and what not."""
        tree = self.parsed.tree
        return lambda text, field: mark(text, tree, field)


def time_shown(state: State) -> Window:
    """The span of time that a state looks at: its dates, or the years that are chosen, or all of it."""
    years = sorted(year for year in state.filter("year").included if span(year))
    if years and not (state.since or state.until):
        return window(years[0], years[-1])
    return window(state.since, state.until)


def named_cable(searcher: Searcher, text: str) -> Cable | None:
    """The cable whose id the text is, in any spelling, or which stands among its other words."""
    if text and len(text) <= _LONGEST_ID and (whole := searcher.get(text)):
        return whole
    keys = [span.key for span in find_ids(text)][:_IDS_TRIED]
    return next((found for key in keys if (found := searcher.get(key))), None)


@dataclass(frozen=True, slots=True)
class _Way:
    """Another question to try; `telling` if it is worth saying that it finds nothing."""

    state: State
    lead: str
    text: str
    telling: bool = False


def ways_on(searcher: Searcher, question: Question) -> tuple[WayOn, ...]:
    """For a question that found nothing: how much its words find as the index has them, anywhere in a cable, with
    each filter taken away, and each of its parts alone. Nothing but a part alone is told that finds nothing."""
    found = []
    ways = (
        *_corrected(searcher, question),
        *_elsewhere(question),
        *_fewer_filters(question),
        *_single_parts(question),
    )
    for way in ways[:_WAYS_ON]:
        result = searcher.search(replace(Question(way.state, 1).plain(), snippets=False))
        if result.paragraphs or way.telling:
            url = build(way.state) if result.paragraphs else ""
            found.append(WayOn(way.lead, Link(way.text, url), f"{result.paragraphs:,}"))
    return tuple(found)


def _corrected(searcher: Searcher, question: Question) -> Iterator[_Way]:
    corrected = searcher.correct(question.parsed.tree)
    if corrected is not None:
        yield _Way(question.state.asking(str(corrected)), "Did you mean", str(corrected))


def _elsewhere(question: Question) -> Iterator[_Way]:
    if isinstance(question.parsed.tree, And) and not question.state.whole_cable:
        yield _Way(question.state.within_cable(True), "The words", "anywhere in a cable")


def _fewer_filters(question: Question) -> Iterator[_Way]:
    state = question.state
    if state.since or state.until:
        dates = " to ".join((state.since or "…", state.until or "…"))
        yield _Way(state.between("", ""), "Without the dates", dates)
    for one in state.filters:
        for value in (*one.included, *one.excluded):
            yield _Way(state.without(one.field, value), f"Without {facet_label(one.field)}", value)
    if state.restrictions > 1:
        yield _Way(state.unfiltered(), "Without", "any filter")


def _single_parts(question: Question) -> Iterator[_Way]:
    tree = question.parsed.tree
    if isinstance(tree, And):
        for part in tree.parts:
            if part != SameCable():
                yield _Way(question.state.asking(str(part)), "Only", str(part), telling=True)


def neighbours_in_result(searcher: Searcher, question: Question, cable: Cable) -> Neighbours:
    """The results before and after a cable, looked for on the page of results that the state names.

    Single paragraphs are pages of another kind: from there a cable has no neighbours.
    """
    state, size = question.state, question.size
    if state.view != "cables":
        return Neighbours()
    groups, total = _page(searcher, question, state.page)
    index = next((i for i, group in enumerate(groups) if group.cable.id == cable.id), None)
    if index is None:
        return Neighbours(total=total)
    page = state.page
    before = groups[index - 1].cable if index else None
    after = groups[index + 1].cable if index + 1 < len(groups) else None
    before_page = after_page = page
    if before is None and page > 1:
        before_page = page - 1
        before = _last(_page(searcher, question, before_page)[0])
    if after is None and page < min(last_page(total, size), MAX_PAGE):
        after_page = page + 1
        after = _first(_page(searcher, question, after_page)[0])
    place = (page - 1) * size + index + 1
    return Neighbours(before, after, place, total, before_page, after_page)


def _page(searcher: Searcher, question: Question, page: int) -> tuple[tuple[Group, ...], int]:
    result = searcher.search(replace(question.plain(), grouped=True, page=page, per_cable=1))
    return result.groups, result.cables


def _first(groups: tuple[Group, ...]) -> CableSummary | None:
    return groups[0].cable if groups else None


def _last(groups: tuple[Group, ...]) -> CableSummary | None:
    return groups[-1].cable if groups else None


def neighbours_of_post(searcher: Searcher, cable: Cable) -> Neighbours:
    """The cables of the same post just before and just after a cable, by date and then by id; none without a date."""
    if cable.date is None or cable.origin is None:
        return Neighbours()
    now = f"{cable.date:%Y-%m-%dT%H:%M}"
    of_post = Query(
        Everything(),
        (Filter("origin", (cable.origin.name,)),),
        grouped=True,
        size=_SAME_MINUTE,
        per_cable=1,
    )
    earlier = searcher.search(replace(of_post, tree=Range(None, now, "date"), sort="newest"))
    later = searcher.search(replace(of_post, tree=Range(now, None, "date"), sort="oldest"))
    here = _order(cable)
    return Neighbours(
        max(
            (one.cable for one in earlier.groups if _order(one.cable) < here),
            key=_order,
            default=None,
        ),
        min(
            (one.cable for one in later.groups if _order(one.cable) > here),
            key=_order,
            default=None,
        ),
    )


def _order(cable: Cable | CableSummary) -> tuple[int, str]:
    return (minutes(cable.date) if cable.date else 0, cable.id)
