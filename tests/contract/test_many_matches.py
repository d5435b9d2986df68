"""Pages of very many matches are those of the whole list, though an engine need not read all of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from corpus.model import Cable, Part
from search.answers.results import SearchResult
from search.engines import ENGINES, open_searcher, open_writer
from search.engines.protocols import Searcher
from search.engines.tantivy_engine import counting, window
from search.language.parser import parse
from search.language.tree import Filter, Query, Sort

CABLES = 260
# Whoosh goes through all of them for each page, in Python.
FEWER = {"whoosh": 150}


# How many hits tantivy reads at first: too few of them, or all. The other engines read all in any case.
HITS_AT_FIRST = (64, 5000)


@pytest.fixture(
    scope="module",
    params=[(each, HITS_AT_FIRST[0]) for each in ENGINES] + [("tantivy", HITS_AT_FIRST[1])],
    ids=lambda param: f"{param[0]}-{param[1]}",
)
def many(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    make: Callable[..., Cable],
) -> Iterator[Searcher]:
    """Cables of one to six paragraphs, many of them with equal scores, in two commits; some written twice."""
    folder = tmp_path_factory.mktemp("many")
    source = random.Random(3)  # noqa: S311 - it makes cables, not keys

    def cable(number: int) -> Cable:
        rows = [
            (
                "U",
                None,
                Part.BODY,
                " ".join(source.choices(["wheat", "rose", "the", "market"], k=6)),
            )
            for _ in range(source.randint(1, 6))
        ]
        # Every tenth is without a date; a tenth of the cables bears each of the others.
        date = f"2007-01-{number % 10:02d}" if number % 10 else None
        return make(f"{10 + number % 90}PARIS{number}", date, None, "Wheat" * (number % 2), rows)

    engine, at_first = request.param
    count = FEWER.get(engine, CABLES)
    for numbers in (range(count // 2), range(count // 3, count)):
        with open_writer(folder, engine) as writer:
            for number in numbers:
                writer.put(cable(number))
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(window, "_FEWEST_HITS", at_first)
        with closing(open_searcher(folder)) as searcher:
            yield searcher


def shown(result: SearchResult) -> list[object]:
    if result.groups:
        return [
            (each.cable.id, each.total, tuple(hit.anchor for hit in each.hits))
            for each in result.groups
        ]
    return [(hit.cable.id, hit.anchor) for hit in result.hits]


def scores(whole: SearchResult, part: SearchResult) -> list[float]:
    """Those that the paragraphs of a page have in the whole list."""
    by_place = {(hit.cable.id, hit.anchor): hit.score for hit in whole.hits}
    return [by_place[hit.cable.id, hit.anchor] for hit in part.hits]


@pytest.mark.parametrize("grouped", [True, False])
@pytest.mark.parametrize(
    ("text", "sort"),
    [
        *(
            (each, "relevance")
            for each in ("wheat", "wheat OR rose", "wheat rose", "", "mark*", "m?rk*")
        ),
        *(("market -rose", each) for each in ("relevance", "newest", "oldest", "longest")),
        *(("-rose", each) for each in ("relevance", "newest", "longest")),
        *(("wheat", each) for each in ("newest", "oldest", "referenced")),
    ],
)
def test_pages_are_those_of_the_whole_list(
    many: Searcher, text: str, sort: Sort, grouped: bool
) -> None:
    query = Query(parse(text).tree, sort=sort, grouped=grouped, size=5000)
    whole = many.search(query)
    assert whole.paragraphs > 7 * 7 < whole.cables
    listed, after = shown(whole), ""
    for number in range(1, 8):
        paged = many.search(replace(query, size=7, page=number))
        assert (paged.paragraphs, paged.cables) == (whole.paragraphs, whole.cables)
        assert shown(paged) == listed[(number - 1) * 7 : number * 7]
        assert [hit.score for hit in paged.hits] == pytest.approx(scores(whole, paged))
        followed = many.search(replace(query, size=7, after=after))
        assert shown(followed) == shown(paged)
        after = paged.after


def test_a_filter_narrows_the_same_way(many: Searcher) -> None:
    query = Query(parse("wheat").tree, (Filter("has", ("subject",)),), size=5000)
    whole = many.search(query)
    part = many.search(replace(query, size=10))
    assert (part.paragraphs, part.cables) == (whole.paragraphs, whole.cables)
    assert shown(part) == shown(whole)[:10]
    assert 40 < whole.cables <= CABLES // 2


def test_cables_are_counted_beyond_the_longest_list(
    many: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(parse("wheat").tree, size=5, facets=("day", "year"), facet_limit=0)
    whole = many.search(query)
    assert whole.cables > 50
    # Where there are many matches tantivy lists their cables, and at most so many of them at once.
    monkeypatch.setattr(window, "_FEWEST_HITS", 64)
    assert many.search(query).cables == whole.cables
    monkeypatch.setattr(counting, "MOST_READ", 10)
    assert many.search(query).cables == whole.cables
    monkeypatch.setattr(counting, "MOST_BUCKETS", 50)
    monkeypatch.setattr(counting, "MOST_VALUES", 4)
    part = many.search(query)
    assert (part.cables, part.facets) == (whole.cables, whole.facets)


@pytest.mark.parametrize("many", [("tantivy", HITS_AT_FIRST[1])], indirect=True)
def test_tantivy_does_not_read_all_matches(many: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages above would be right without it; so each way to choose a page is seen to have been taken."""
    read: list[int] = []
    whole = window.read_matches
    monkeypatch.setattr(window, "_FEWEST_HITS", 64)
    monkeypatch.setattr(
        window,
        "read_matches",
        lambda searcher, hits, sort: read.append(len(hits)) or whole(searcher, hits, sort),
    )
    for text, sort in (
        *((text, "relevance") for text in ("wheat", "", "mark*", "m?rk*")),
        *(("wheat", "newest"), ("wheat", "oldest"), ("", "longest")),
    ):
        query = Query(parse(text).tree, sort=sort, size=3)
        read.clear()
        first = many.search(query)
        many.search(replace(query, after=first.after))
        assert 0 < max(read) < first.paragraphs / 2, (text, sort)
