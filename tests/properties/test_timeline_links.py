"""A bar of the timeline, and a value of a facet, counts what its link finds: for random cables, in two engines."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qsl

import pytest
from memory_engine import MemoryIndex

from corpus.model import Cable, DatePrecision, Paragraph, Part, Post
from search.asking.over_time import periods
from search.engines import open_searcher, open_writer
from search.engines.protocols import IndexWriter, Searcher
from search.text import date_spans
from search.text.date_spans import span_of
from webui.asking import questions as asking
from webui.asking.address import State, build, parse
from webui.asking.outline import Outline
from webui.pages.timeline import narrowed, timeline

WORDS = ["barley", "wheat", "rye"]
BEGIN = datetime(1972, 11, 1, tzinfo=UTC)
IN = {"year": date_spans.years, "month": date_spans.months, "day": date_spans.days}
YEARS = ["1972", "1973", "1974"]
BOUNDS = ["", "", *YEARS, "1972-12", "1973-01", "1973-02", "1973-05", "1973-02-10", "1974-01-02"]


def random_cable(source: random.Random, number: int) -> Cable:
    """Dates of every precision in some months around two turns of the year, some of them spans, some none."""
    precision = source.choice(get_args(DatePrecision))
    date = BEGIN + timedelta(minutes=source.randrange(500 * 24 * 60))
    end = None
    if precision == "minute":
        zone = timezone(timedelta(hours=source.randint(-12, 14)))
        date = date.replace(tzinfo=source.choice([UTC, None, zone]))
    else:
        date = date.replace(hour=0, minute=0)
        length = source.choice([0, 0, 0, 2, 40, 400])
        end = date + timedelta(days=length) if length else None
    return Cable(
        f"73PARIS{number}",
        None if source.random() < 0.1 else date,
        precision,
        source.choice([None, Post("PARIS", "Paris"), Post("ROME", "Rome")]),
        date_end=end,
        paragraphs=tuple(
            Paragraph(f"p{at}", at, None, None, Part.BODY, " ".join(source.choices(WORDS, k=2)))
            for at in range(1, source.randint(2, 4))
        ),
    )


def random_state(source: random.Random) -> State:
    """Dates that cut years, months and no period in two; years chosen and left out; every way of asking for words."""
    state = State(
        source.choice(["", "barley", "barley OR wheat", "barley wheat"]),
        match=source.choice(["all", "any"]),
        whole_cable=source.random() < 0.3,
    ).between(source.choice(BOUNDS), source.choice(BOUNDS))
    for year in source.choice([(), (), ("1973",), ("1972", "1974")]):
        state = state.including("year", year)
    if source.random() < 0.3:
        state = state.excluding("year", source.choice(YEARS))
    if source.random() < 0.3:
        state = state.including("origin", "Paris")
    if source.random() < 0.3:
        state = source.choice([state.including("has", "date"), state.excluding("has", "origin")])
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
    everything = replace(question.plain(), grouped=False, size=1_000)
    found_cables = [searcher.get(hit.cable.id) for hit in searcher.search(everything).hits]
    spans = [each and span_of(each) for each in found_cables]
    assert barless.undated == spans.count(None)
    without = sum(each is not None and not IN[shown.unit](each) for each in spans)
    # Those that count in two periods may hide as many that count in none.
    hidden = result.paragraphs - barless.undated == sum(hits.values())
    assert barless.wider == (0 if hidden else without)
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


@pytest.mark.parametrize("engine", ["memory", "tantivy"])
def test_a_bar_counts_what_its_link_finds(engine: str, tmp_path: Path) -> None:
    source = random.Random(11)  # noqa: S311 - it makes cables, not keys
    made = [random_cable(source, number) for number in range(1, 81)]
    index = MemoryIndex()
    fill(index.writer() if engine == "memory" else open_writer(tmp_path, engine), made)
    searcher = index.searcher() if engine == "memory" else open_searcher(tmp_path)
    for _ in range(80):
        counts_what_it_finds(searcher, random_state(source))
    if engine == "tantivy":
        searcher.close()
