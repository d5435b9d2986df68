"""What the pages ask the searcher: the question of a state, its neighbours, and what would find something instead.

Owns the translation of a `State` into `Query` values and every question beyond the one that was asked. Must not know
a request, a template or an engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from string import digits

from corpus.model import Cable
from search.answers.results import SearchResult, SnippetRun
from search.answers.snippets import mark
from search.asking.advice import any_words, recognised
from search.asking.over_time import Unit, Window, window
from search.engines.protocols import Searcher
from search.language.parser import Parsed, parse
from search.language.questions import asked
from search.language.tree import And, Node, Not, Or, Prefix, Query, Range, SameCable, Word, simplify
from search.plans.similarity import in_words
from search.text.dates import span
from webui.asking.address import State
from webui.asking.facets import FACET_NAMES, SHOWN, facet_label

# No page is waited for longer; a question that takes longer has no answer, and says so.
SECONDS = 10.0

# Cuts a text into runs by what a question matches; the second argument are the fields that the text is.
Marker = Callable[[str, tuple[str, ...]], Iterable[SnippetRun]]

# So many ways on are tried for a question that found nothing: each is a search.
_WAYS_ON = 12


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
            match=state.match,
            seconds=SECONDS,
        )

    def with_time(self, unit: Unit) -> Query:
        """One page of results with every facet and the counts by time, in one go: an engine that counts values at all
        has counted all of them."""
        facets = tuple(dict.fromkeys((*FACET_NAMES, unit)))
        return replace(self.plain(), facets=facets, facet_limit=SHOWN, listed=(unit, "has"))

    def for_values(self, facet: str) -> Query:
        """All values of one facet."""
        return replace(self.plain(), page=1, size=1, facets=(facet,), facet_limit=0)

    def marker(self, searcher: Searcher) -> Marker:
        """What cuts a text of a cable into what the question marks and what not: as the search has looked for it.

        What `like:` stands for is this index's to say, so it is asked.
        """
        query = self.plain()
        if in_words(query.tree, ()) != query.tree:
            one = replace(query, page=1, size=1, snippets=False)
            query = replace(query, tree=in_words(query.tree, searcher.search(one).words))
        return marker_of(query)


def marker_of(query: Query) -> Marker:
    """What cuts a text into what a question marks and what not; without the words that it was not searched for."""
    tree = asked(query)
    return lambda text, fields: mark(text, tree, *fields)


@dataclass(frozen=True, slots=True)
class Barless:
    """How many of the paragraphs that were found have no bar: those without a date, and those whose date is more than
    a period of the unit."""

    undated: int = 0
    wider: int = 0


def time_shown(state: State) -> Window:
    """The span of time that a state looks at: its dates, or the years that are chosen, or all of it."""
    years = sorted(year for year in state.filter("year").included if span(year))
    if years and not (state.since or state.until):
        return window(years[0], years[-1])
    return window(state.since, state.until)


def hits_in_time(result: SearchResult, unit: Unit) -> dict[str, int]:
    """How many of the hits fall into each period, out of the answer to `with_time`."""
    facet = next(facet for facet in result.facets if facet.field == unit)
    return {each.value: each.count for each in facet.values if each.count}


def without_a_bar(
    searcher: Searcher, question: Question, result: SearchResult, unit: Unit
) -> Barless:
    """How many of what was found have no bar in the timeline, out of the answer to `with_time` as far as it tells."""
    tree, state = question.tree, question.state
    chosen = state.filter("has")
    if chosen.included or chosen.excluded:
        # The values of this facet are counted as if none were chosen.
        dated = _count(searcher, question, And((tree, Word("date", "has"))))
    else:
        facet = next(facet for facet in result.facets if facet.field == "has")
        dated = next((each.count for each in facet.values if each.value == "date"), 0)
    wider = 0
    if dated != sum(hits_in_time(result, unit).values()):
        known = Or(tuple(Prefix(digit, unit) for digit in digits))
        wider = _count(searcher, question, And((tree, Word("date", "has"), Not(known))))
    return Barless(result.paragraphs - dated, wider)


def _count(searcher: Searcher, question: Question, tree: Node) -> int:
    one = replace(question.plain(), tree=simplify(tree), page=1, size=1, per_cable=1)
    return searcher.search(replace(one, snippets=False)).paragraphs


def named_cable(searcher: Searcher, text: str) -> Cable | None:
    """The cable whose id the text is, in any spelling, or which stands among its other words."""
    return next(iter(recognised(searcher, text)), None)


@dataclass(frozen=True, slots=True)
class WayOn:
    """A change of a question that found nothing, in words, and how many units it would find."""

    lead: str
    text: str
    state: State
    units: int


@dataclass(frozen=True, slots=True)
class _Way:
    """Another question to try; `telling` if it is worth saying that it finds nothing."""

    state: State
    lead: str
    text: str
    telling: bool = False


def ways_on(searcher: Searcher, question: Question) -> tuple[WayOn, ...]:
    """For a question that found nothing: how much any of its words finds, its words as the index has them, anywhere in
    a cable, with each filter taken away, and each of its parts alone. Nothing but a part alone is told that finds
    nothing."""
    found = []
    if total := any_words(searcher, question.plain()):
        units = total.paragraphs + sum(total.others.values())
        any_of_them = question.state.matching("any")
        found.append(WayOn("With", "any of these words", any_of_them, units))
    ways = (
        *_corrected(searcher, question),
        *_elsewhere(question),
        *_fewer_filters(question),
        *_single_parts(question),
    )
    for way in ways[:_WAYS_ON]:
        result = searcher.search(replace(Question(way.state, 1).plain(), snippets=False))
        if result.units or way.telling:
            found.append(WayOn(way.lead, way.text, way.state, result.units))
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
