"""What the pages ask the searcher: the question of a state, its neighbours, and what would find something instead.

Owns the translation of a `State` into `Query` values and every question beyond the one that was asked. Must not know
a request, a template or an engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from string import digits

from search.answers.results import SearchResult, SnippetRun
from search.answers.snippets import mark
from search.asking.over_time import Unit, Window, window
from search.deadline import bounded
from search.engines.protocols import Searcher
from search.language.parser import Parsed, parse
from search.language.questions import any_of, asked
from search.language.tree import (
    And,
    Everything,
    FacetOrder,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Range,
    SameCable,
    Word,
    simplify,
)
from search.plans.similarity import in_words
from search.text.dates import span
from webui.asking.address import State
from webui.asking.facets import FACET_NAMES, SHOWN, facet_label
from webui.asking.outline import Extent

# No page is waited for longer; a question that takes longer has no answer, and says so.
SECONDS = 10.0

# Cuts a text into runs by what a question matches; the second argument are the fields that the text is.
Marker = Callable[[str, tuple[str, ...]], Iterable[SnippetRun]]

# What is looked for beside an answer, all of it together, may take so long.
_BESIDE = 3.0

# Of a question that found nothing so many words are asked for alone: each is a search.
_WORDS_ALONE = 12


@dataclass(frozen=True, slots=True)
class ValuesWanted:
    """Which values of a facet are asked for: their order, how many (0 for all), the text that they hold, and how many
    of the first ones are not needed."""

    order: FacetOrder = "count"
    most: int = 0
    holding: str = ""
    start: int = 0


ALL_VALUES = ValuesWanted()


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

    @property
    def has_several_words(self) -> bool:
        """Whether it matters where its words stand."""
        return isinstance(self.parsed.tree, And)

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

    def folded(self) -> Query:
        """One page of results, a telegram with several versions listed once unless the state wants all of them."""
        query = self.plain()
        return replace(query, fold=query.grouped and not self.state.all_versions)

    def with_time(self, unit: Unit) -> Query:
        """One page of results with every facet and the counts by time, in one go: an engine that counts values at all
        has counted all of them."""
        facets = tuple(dict.fromkeys((*FACET_NAMES, unit)))
        return replace(self.folded(), facets=facets, facet_limit=SHOWN, listed=(unit, "has"))

    def for_values(self, facet: str, wanted: ValuesWanted) -> Query:
        """The values of one facet."""
        return replace(
            self.plain(),
            page=1,
            size=1,
            grouped=False,
            per_cable=1,
            snippets=False,
            facets=(facet,),
            facet_limit=wanted.most,
            facet_start=wanted.start,
            facet_order=wanted.order,
            facet_holds=wanted.holding,
        )

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


# Where it does not matter of which time a collection is.
_ALL = Extent()


@dataclass(frozen=True, slots=True)
class Barless:
    """How many of the paragraphs that were found have no bar: those without a date, and those whose date is more than
    a period of the unit."""

    undated: int = 0
    wider: int = 0


def time_shown(state: State, extent: Extent = _ALL) -> Window:
    """The span of time that a state looks at: its dates, or the years that are chosen, or all of it.

    All of it, which is the `extent` of the collection, is looked at by years; by months or days if it has only one.
    """
    years = sorted(year for year in state.filter("year").included if span(year))
    if years and not (state.since or state.until):
        return window(years[0], years[-1])
    if extent.common and not (state.since or state.until):
        return window(extent.common, extent.common)
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


@dataclass(frozen=True, slots=True)
class WayOn:
    """Another question, in words, and how many units it finds; `spelt` if its words are spelt otherwise."""

    text: str
    state: State
    units: int
    spelt: bool = False


@dataclass(frozen=True, slots=True)
class Instead:
    """For a question that found nothing: what finds something and is nearest to it, None if nothing does, and each of
    its words alone with what that finds; `unasked` are so many more, which were not looked for."""

    best: WayOn | None
    words: tuple[WayOn, ...]
    unasked: int = 0


def instead(searcher: Searcher, question: Question) -> Instead:
    """What to ask for instead of a question that found nothing, as far as that can be told in a few seconds."""
    best: WayOn | None = None
    words: list[WayOn] = []
    parts = [str(part) for part in _parts(question)]
    with bounded(_BESIDE):
        best = next(_that_find(searcher, question.state.q, _corrections(searcher, question)), None)
    with bounded(_BESIDE):
        for part in parts[:_WORDS_ALONE]:
            state = question.state.asking(part)
            words.append(WayOn(part, state, _units(searcher, state)))
    return Instead(best, tuple(words), len(parts) - len(words))


def correction(searcher: Searcher, question: Question) -> Node | None:
    """The question with the words that the index has, if that is another and quickly found."""
    found: list[Node | None] = [None]
    with bounded(_BESIDE):
        found.append(searcher.correct(question.parsed.tree))
    return found[-1]


def _that_find(
    searcher: Searcher, asked_for: str, ways: Iterable[tuple[str, State]]
) -> Iterator[WayOn]:
    for text, state in ways:
        if units := _units(searcher, state):
            yield WayOn(text, state, units, spelt=state.q != asked_for)


def _units(searcher: Searcher, state: State) -> int:
    return searcher.search(replace(Question(state, 1).plain(), snippets=False)).units


def _corrections(searcher: Searcher, question: Question) -> Iterator[tuple[str, State]]:
    """Other questions, the nearest first: its words as the index has them, without what narrows it, its words further
    apart, any of its words."""
    state, tree = question.state, question.parsed.tree
    corrected = searcher.correct(tree)
    if corrected is not None:
        yield str(corrected), state.asking(str(corrected))
    if state.since or state.until:
        yield f"{state.q} at any date".strip(), state.between("", "")
    for one in state.filters:
        yield (
            f"{state.q} without the filter {facet_label(one.field)}".strip(),
            replace(state, filters=tuple(each for each in state.filters if each != one), page=1),
        )
    if state.restrictions > 1:
        yield f"{state.q} without filters".strip(), state.unfiltered()
    if corrected is not None and state.restrictions:
        yield f"{corrected} without filters", state.unfiltered().asking(str(corrected))
    if isinstance(tree, And):
        if not state.whole_cable:
            yield f"{state.q} anywhere in the same cable", state.within_cable(True)
        if any_of(asked(question.plain())) != tree:
            yield f"any of the words {state.q}", state.matching("any")


def _parts(question: Question) -> Iterator[Node]:
    """What is joined by AND, or a word or phrase that stands alone."""
    tree = question.parsed.tree
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return (part for part in parts if part not in (SameCable(), Everything()))
