"""Facets of very many values and the cables of very many matches: as exact as few, though not all are listed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from memory_engine import MemoryIndex

from corpus.model import Cable, Part, Post
from search.engines import open_searcher, open_writer
from search.engines.protocols import Searcher
from search.engines.tantivy_engine import counting, totals
from search.fields import FACETS
from search.language.parser import parse
from search.language.tree import FacetOrder, Filter, Query

CABLES = 120
POSTS = [Post("PARIS", "Paris", "France", "Europe"), Post("CAIRO", "Cairo", "Egypt", "Near East")]
QUESTIONS = (
    "wheat",
    "whea*",
    "wheat OR rose",
    "wheat rose",
    '"wheat rose"',
    "wheat origin:paris",
    "wheat -tag:ECON",
    "wheat -rose",
    "wheat mark:U",
    "wheat has:section",
    "wheat -has:section",
    "wheat has:s*",
    "wheat has:*ction",
    "wheat has:nothing",
    "wheat subject:harvest",
    "date:[2007-02 TO 2007-04]",
    "wheat date:[2007-02 TO 2007-04]",
    "-wheat",
    "",
)
FILTERS = (
    (),
    (Filter("mark", ("U",)),),
    (Filter("tag", ("ECON",), ("KIPR",)),),
    (Filter("section", ("Title 3",)),),
    (Filter("has", ("section",), ("references",)),),
    (Filter("classification", ("CONFIDENTIAL",)), Filter("mark", (), ("U",))),
    (Filter("section", (), ("Summary",)), Filter("origin", ("Paris",))),
)


def cables(make: Callable[..., Cable]) -> Iterator[Cable]:
    """Some headings stand in nearly every cable, many in one or two, some in two spellings."""
    source = random.Random(5)  # noqa: S311 - it makes cables, not keys
    for number in range(CABLES):
        rows = []
        for _ in range(source.randint(1, 6)):
            title = f"Title {source.randrange(90)}"
            heading = source.choice(["Summary", "SUMMARY", "Comment", title, title.upper(), None])
            words = " ".join(source.choices(["wheat", "rose", "the", "market"], k=4))
            rows.append((source.choice(["U", "C"]), heading, Part.BODY, words))
        yield make(
            f"07PARIS{number + 1}",
            f"2007-{1 + number % 12:02d}-01T00:00",
            source.choice(POSTS),
            source.choice(["Harvest", "Rain"]),
            rows,
            tags=tuple(source.sample(["ECON", "KIPR", "PREL"], k=source.randint(0, 2))),
        )


@pytest.fixture(scope="module")
def oracle(make: Callable[..., Cable]) -> Searcher:
    index = MemoryIndex()
    with index.writer() as writer:
        for cable in cables(make):
            writer.put(cable)
    return index.searcher()


@pytest.fixture(scope="module")
def tantivy(
    tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Cable]
) -> Iterator[Searcher]:
    """The same in several segments, some of it written twice."""
    folder = tmp_path_factory.mktemp("values")
    every = list(cables(make))
    for part in (every[:50], every[30:85], every[85:]):
        with open_writer(folder) as writer:
            for cable in part:
                writer.put(cable)
    searcher = open_searcher(folder)
    yield searcher
    searcher.close()


@pytest.fixture(params=["short lists", "long lists"])
def limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were very many matches; and very many values besides."""
    monkeypatch.setattr(counting, "MOST_READ", 0)
    monkeypatch.setattr(counting, "_FEW", 0)
    if request.param == "short lists":
        monkeypatch.setattr(counting, "_ADDED_UP", 6)
        monkeypatch.setattr(counting, "_LISTED", 12)
        monkeypatch.setattr(counting, "_TIMES_WANTED", 1)
        monkeypatch.setattr(counting, "MOST_BUCKETS", 80)


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize("text", QUESTIONS)
def test_what_is_shown_is_exact(oracle: Searcher, tantivy: Searcher, text: str) -> None:
    for filters in FILTERS:
        for limit in (2, 40):
            query = Query(parse(text).tree, filters, facets=FACETS, facet_limit=limit, size=1)
            right, found = oracle.search(query), tantivy.search(query)
            assert (found.paragraphs, found.cables) == (right.paragraphs, right.cables)
            for one, other in zip(found.facets, right.facets, strict=True):
                assert one.values == other.values, (text, filters, limit, one.field)
                if one.more_exact:
                    assert one.more == other.more, (text, filters, limit, one.field)
                else:
                    assert 0 <= one.more < other.more


@pytest.mark.parametrize("most_kept", [totals.MOST_KEPT, 20])
@pytest.mark.parametrize("order", ["count", "name"])
@pytest.mark.parametrize("text", ["", "wheat", "section:title"])
def test_pages_of_values_are_the_whole_list(
    oracle: Searcher,
    tantivy: Searcher,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    order: FacetOrder,
    most_kept: int,
) -> None:
    monkeypatch.setattr(totals, "MOST_KEPT", most_kept)
    monkeypatch.setattr(totals, "_BESIDE_RESULTS", 10)
    monkeypatch.setattr(counting, "_FEW", 0)
    query = Query(parse(text).tree, facets=("section",), facet_order=order, size=1)
    (right,) = oracle.search(replace(query, facet_limit=0)).facets
    # Twice: what is kept is asked for again.
    for _ in range(2):
        pages = [
            tantivy.search(replace(query, facet_start=at, facet_limit=at + 9)).facets[0]
            for at in range(0, len(right.values), 9)
        ]
        assert tuple(value for page in pages for value in page.values) == right.values
        narrowed = replace(query, filters=(Filter("section", ("Title 3",)),))
        for at in (0, 27):
            one = replace(narrowed, facet_start=at, facet_limit=at + 9)
            assert tantivy.search(one).facets[0].values == oracle.search(one).facets[0].values


def test_of_the_whole_collection_is_counted_once_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[..., Cable]
) -> None:
    counted: list[str] = []
    count = counting.Counting.values

    def values(self: counting.Counting, wanted: Mapping[str, counting.Wanted]) -> None:
        counted.extend(wanted)
        count(self, wanted)

    monkeypatch.setattr(counting.Counting, "values", values)
    with open_writer(tmp_path) as writer:
        for each in cables(make):
            writer.put(each)
    searcher = open_searcher(tmp_path)
    page = Query(facets=FACETS)
    pages = [replace(page, page=2), replace(page, facets=("section",), facet_limit=0)]
    for query in (page, *pages, *pages, replace(page, facets=("section",), facet_limit=9)):
        searcher.search(query)
    searcher.close()
    # Its most frequent values, and then all of them.
    assert sorted(counted) == sorted([*(set(FACETS) - {"in"}), "section"])


@pytest.mark.parametrize("limit", [2, 0])
def test_a_list_that_is_not_whole_says_so(
    tantivy: Searcher, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(counting, "_LISTED", 12)
    monkeypatch.setattr(counting, "_FEW", 0)
    query = Query(parse("wheat").tree, facets=("section", "mark"), facet_limit=limit, size=1)
    section, mark = tantivy.search(query).facets
    assert (section.more_exact, mark.more_exact) == (limit == 0, True)
    listed = tantivy.search(replace(query, listed=("section",))).facets[0]
    assert listed.more_exact
    assert len(listed.values) > 40


def test_the_whole_collection_is_counted_anew_after_each_commit(
    tmp_path: Path, cable: Callable[[str, str], Cable]
) -> None:
    query = Query(facets=("mark", "year"), filters=(Filter("mark", ("U",)),))
    with open_writer(tmp_path) as writer:
        writer.put(cable("07PARIS1", "alpha"))
    searcher = open_searcher(tmp_path)
    for number in range(2, 5):
        for _ in range(2):
            result = searcher.search(query)
            counts = [[value.count for value in facet.values] for facet in result.facets]
            assert counts == [[number - 1], [number - 1]]
        with open_writer(tmp_path) as writer:
            writer.put(cable(f"07PARIS{number}", "alpha"))
    searcher.close()
