"""A bar of the timeline, and a value of a facet, counts what its link finds: for random cables, in two engines."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qsl

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Cable, DatePrecision, Paragraph, Part, Post
from search.engine import IndexWriter, Searcher
from search.engines import open_searcher, open_writer
from search.engines.memory_engine import MemoryIndex
from search.over_time import periods
from search.query import Filter
from webui import asking
from webui.address import State, build, parse
from webui.outline import Outline
from webui.pages.timeline import narrowed, timeline

WORDS = ["barley", "wheat", "rye"]
BEGIN = datetime(1972, 11, 1, tzinfo=UTC)


@st.composite
def cables(draw: st.DrawFn) -> Cable:
    """Dates of every precision in some months around two turns of the year, one in five of them a span, some none."""
    precision: DatePrecision = draw(st.sampled_from(get_args(DatePrecision)))
    date = BEGIN + timedelta(minutes=draw(st.integers(0, 500 * 24 * 60)))
    end = None
    if precision != "minute":
        date = date.replace(hour=0, minute=0)
        length = draw(st.sampled_from([0, 0, 0, 0, 2, 40, 400]))
        end = date + timedelta(days=length) if length else None
    else:
        zone = timezone(timedelta(hours=draw(st.integers(-12, 14))))
        date = date.replace(tzinfo=draw(st.sampled_from([UTC, None, zone])))
    return Cable(
        f"73PARIS{draw(st.integers(1, 60))}",
        draw(st.sampled_from([date, date, date, date, None])),
        precision,
        draw(st.sampled_from([None, Post("PARIS", "Paris"), Post("ROME", "Rome")])),
        date_end=end,
        paragraphs=tuple(
            Paragraph(f"p{number}", number, None, None, Part.BODY, word)
            for number, word in enumerate(draw(st.lists(st.sampled_from(WORDS), max_size=3)), 1)
        ),
    )


bounds = st.sampled_from(
    [
        "",
        "",
        "1972",
        "1973",
        "1974",
        "1972-12",
        "1973-01",
        "1973-02",
        "1973-05",
        "1973-02-10",
        "1974-01-02",
    ]
)


@st.composite
def states(draw: st.DrawFn) -> State:
    since, until = draw(bounds), draw(bounds)
    year = st.lists(st.sampled_from(["1972", "1973", "1974"]), max_size=2, unique=True).map(tuple)
    chosen, excluded = draw(st.sampled_from([(), (), ("1973",), ("1972", "1974")])), draw(year)
    filters = [
        Filter("year", chosen, tuple(each for each in excluded if each not in chosen)),
        Filter("origin", draw(st.sampled_from([(), ("Paris",)]))),
        Filter(
            "has",
            draw(st.sampled_from([(), (), ("date",)])),
            draw(st.sampled_from([(), (), ("origin",)])),
        ),
    ]
    state = State(
        draw(st.sampled_from(["", "barley", "barley OR wheat", "barley wheat"])),
        since=since,
        until=until,
        match=draw(st.sampled_from(["all", "any"])),
        whole_cable=draw(st.booleans()),
    )
    for each in filters:
        for value in each.included:
            state = state.including(each.field, value)
        for value in each.excluded:
            state = state.excluding(each.field, value)
    return state


def fill(writer: IndexWriter, made: list[Cable]) -> None:
    with writer:
        for each in made:
            writer.put(each)


def found(searcher: Searcher, address: str) -> int:
    """How many paragraphs the page of an address finds."""
    state = parse(parse_qsl(address.partition("?")[2]))
    return searcher.search(asking.Question(state, 1).plain()).paragraphs


def counts_what_it_finds(searcher: Searcher, state: State) -> None:
    question = asking.Question(state, 10)
    shown = asking.time_shown(state)
    result = searcher.search(question.with_time(shown.unit))
    hits = asking.hits_in_time(result, shown.unit)
    for period in periods(shown, hits):
        if hits.get(period):
            link = build(narrowed(state, shown.unit, period))
            assert found(searcher, link) == hits[period], (period, link)
    barless = asking.without_a_bar(searcher, question, result, shown.unit)
    drawn = timeline(state, shown, hits, Outline(searcher).counts(shown), barless)
    assert barless.undated <= result.paragraphs
    if drawn.undated:
        assert found(searcher, drawn.undated.url) == barless.undated > 0
    (years,) = (facet for facet in result.facets if facet.field == "year")
    unchosen = State(
        state.q,
        tuple(each for each in state.filters if each.field != "year"),
        match=state.match,
        since=state.since,
        until=state.until,
        whole_cable=state.whole_cable,
    )
    for each in years.values:
        assert found(searcher, build(unchosen.including("year", each.value))) == each.count


@settings(max_examples=60, deadline=None)
@given(
    made=st.lists(cables(), min_size=1, max_size=25),
    asked=st.lists(states(), min_size=1, max_size=8),
)
def test_in_memory(made: list[Cable], asked: list[State]) -> None:
    index = MemoryIndex()
    fill(index.writer(), made)
    for state in asked:
        counts_what_it_finds(index.searcher(), state)


@settings(max_examples=8, deadline=None)
@given(
    made=st.lists(cables(), min_size=10, max_size=60),
    asked=st.lists(states(), min_size=5, max_size=8),
)
def test_in_files(made: list[Cable], asked: list[State]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fill(open_writer(Path(folder), "tantivy"), made)
        searcher = open_searcher(Path(folder))
        try:
            for state in asked:
                counts_what_it_finds(searcher, state)
        finally:
            searcher.close()
