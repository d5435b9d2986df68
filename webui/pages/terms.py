"""The page of terms: how often each comes over time, as bars that lead to the search, and as a table.

Must not know a searcher: the counts are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from search.asking.over_time import MOST_PERIODS
from search.asking.term_counts import PeriodCount
from search.text.written_dates import in_words
from webui.asking.address import State, build
from webui.asking.term_address import MAX_TERMS, TermState, TermUnit, build_terms
from webui.pages.timeline import height
from webui.pages.wording import Choice, Link
from webui.pages.wording import counted as counted_in_words

_UNITS: tuple[tuple[TermUnit, str], ...] = (("year", "Years"), ("month", "Months"))


@dataclass(frozen=True, slots=True)
class TermBar:
    """A period of a term: paragraphs per million words, `height` of `HEIGHT`, and how many there are. Where the
    collection has no words it is a gap, which is something else than none of many."""

    label: str
    rate: str
    count: str
    url: str
    x: int
    height: float
    gap: bool


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term with its bars, all terms to one scale; `total` is in words, `remove_url` is the page without it."""

    search: Link
    bars: tuple[TermBar, ...]
    total: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Of a term and a period: how many per million words, how many in all, and the search for them ("" for none)."""

    rate: str
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A period: its words, and a cell for each term; or a gap, periods in which the collection has no words."""

    label: str
    words: str
    cells: tuple[Cell, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class TermsPage:
    """All that the page says. `boxes` are what its inputs hold, the last one empty while there is room.

    `extent` says what is shown where that is less than was asked for, else "".
    """

    title: str
    boxes: tuple[str, ...]
    state: TermState
    units: tuple[Choice, ...]
    scale: str
    extent: str
    first: str
    last: str
    rows: tuple[TermRow, ...]
    table: tuple[TableRow, ...]


def terms_page(state: TermState, counted: Sequence[PeriodCount]) -> TermsPage:
    """The page of a state; `counted` has a period for each bar, with the terms in the order of the state."""
    places = range(len(state.terms))
    most = max((period.rate(place) for period in counted for place in places), default=0.0)
    boxes = state.terms if len(state.terms) == MAX_TERMS else (*state.terms, "")
    labels = [in_words(period.period) for period in counted]
    return TermsPage(
        "Trends" + (f": {', '.join(state.terms)}" if state.terms else ""),
        boxes,
        state,
        tuple(
            Choice(text, build_terms(state.by(unit)), unit == state.unit) for unit, text in _UNITS
        ),
        f"Paragraphs with the term, per million words of the collection in the same {state.unit}; at most "
        f"{most:,.1f}, same scale for all.",
        _extent(state, counted),
        labels[0] if labels else "",
        labels[-1] if labels else "",
        tuple(_row(state, place, counted, most) for place in places),
        tuple(_table(state, counted)),
    )


def _extent(state: TermState, counted: Sequence[PeriodCount]) -> str:
    """Which periods are shown, if these are not all that were asked for."""
    if not counted:
        return ""
    first, last = counted[0].period, counted[-1].period
    span = f"{in_words(first)} to {in_words(last)}"
    if len(counted) == MOST_PERIODS:
        return f"Shown are {span}: never more than {MOST_PERIODS:,} {state.unit}s, the latest."
    # As precise as the shorter of the two is: a span may begin on a day, and with a year.
    since, until = state.since[: len(first)], state.until[: len(last)]
    if first[: len(since)] > since or (until and last[: len(until)] < until):
        return f"Shown are {span}: the collection has no words before or after that."
    return ""


def _row(state: TermState, place: int, counted: Sequence[PeriodCount], most: float) -> TermRow:
    term = state.terms[place]
    span = State(q=term, collected=state.collected, chosen=state.chosen).between(
        state.since, state.until
    )
    total = sum(period.paragraphs[place] for period in counted)
    return TermRow(
        Link(term, build(span)),
        tuple(
            TermBar(
                in_words(period.period),
                f"{period.rate(place):,.1f}",
                f"{period.paragraphs[place]:,}",
                _url(state, place, period),
                column,
                height(period.rate(place), most),
                not period.words,
            )
            for column, period in enumerate(counted)
        ),
        counted_in_words(total, "paragraph"),
        build_terms(state.without(term)),
    )


def _table(state: TermState, counted: Sequence[PeriodCount]) -> Iterable[TableRow]:
    """A row for each period, one for all those of a gap."""
    for gap, run in groupby(counted, key=lambda period: not period.words):
        periods = list(run)
        if gap:
            first, last = (in_words(periods[place].period) for place in (0, -1))
            yield TableRow(first if first == last else f"{first} to {last}", "", (), True)
            continue
        for period in periods:
            cells = tuple(_cell(state, place, period) for place in range(len(state.terms)))
            yield TableRow(in_words(period.period), f"{period.words:,}", cells, False)


def _cell(state: TermState, place: int, period: PeriodCount) -> Cell:
    return Cell(
        f"{period.rate(place):,.1f}",
        f"{period.paragraphs[place]:,}",
        _url(state, place, period),
    )


def _url(state: TermState, place: int, period: PeriodCount) -> str:
    if not period.paragraphs[place]:
        return ""
    asked = State(q=state.terms[place], collected=state.collected, chosen=state.chosen)
    return build(asked.between(period.period, period.period))
