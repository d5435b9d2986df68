"""Several index folders read together answer as one index of the same cables, and as if there were no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Cable
from search.engines import CLUSTER_ENGINE, ENGINES, open_searcher, open_together, open_writer
from search.engines.protocols import Searcher
from search.errors import SearchError
from search.language.parser import parse
from search.language.tree import Query, Sort

QUESTIONS = (
    "", "putian", "injunction OR judge", '"trade court"', "treat*", "shoe -putian", "cites:07GUANGZHOU1", "the",
    "tag:ETRD", "origin:hanoi", "like:07GUANGZHOU1", "judge near appeal", "id:06HANOI2", "injunktion~", "U.S.",
)  # fmt: skip
FACETS = ("origin", "tag", "year", "section", "person", "in", "has", "mark")
SORTS: tuple[Sort, ...] = ("relevance", "newest", "longest", "referenced")


@pytest.fixture(scope="module", params=ENGINES)
def folders(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cables: list[Cable]
) -> dict[str, Path]:
    """Three parts of the corpus, the last with cables of the first; one index of the first two; in each engine."""
    place = tmp_path_factory.mktemp("together")
    changed = [replace(each, subject="Another text") for each in cables[:6:2]]
    parts = {
        "first": cables[::2],
        "second": cables[1::2],
        "again": [*changed, *cables[1:4:2]],
        "both": cables,
    }
    for name, some in parts.items():
        # In two commits, so that an index is no single segment.
        for half in (some[: len(some) // 2], some[len(some) // 2 :]):
            with open_writer(place / name, request.param) as writer:
                for each in half:
                    writer.put(each)
    return {name: place / name for name in parts}


@pytest.fixture(scope="module")
def pair(folders: dict[str, Path]) -> Iterator[tuple[Searcher, Searcher]]:
    """Two parts together, and the one index."""
    with ExitStack() as opened:
        yield (
            opened.enter_context(closing(open_together([folders["first"], folders["second"]]))),
            opened.enter_context(closing(open_searcher(folders["both"]))),
        )


def told(searcher: Searcher, query: Query) -> object:
    found = searcher.search(query)
    # A cluster scores a phrase by the shards that have one of its words, so by how an index is divided
    # (`benchmarks/opensearch_phrases.py`).
    places = 6 if searcher.stats().engine != CLUSTER_ENGINE else -2
    return (
        [(hit.cable.id, hit.unit, round(hit.score, places), hit.snippet) for hit in found.hits],
        [(group.cable.id, group.total) for group in found.groups],
        (found.paragraphs, found.cables, found.units, found.others, found.after, found.notes),
        [(facet.field, facet.values, facet.more) for facet in found.facets],
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answers_of_one_index(pair: tuple[Searcher, Searcher], question: str) -> None:
    together, one = pair
    query = Query(parse(question).tree, facets=FACETS, facet_limit=5, size=4)
    for sort in SORTS:
        for grouped in (True, False):
            asked = replace(query, sort=sort, grouped=grouped)
            assert told(together, asked) == told(one, asked)
    behind = replace(query, after=one.search(query).after)
    assert told(together, behind) == told(one, behind)
    bare = Query(query.tree)
    (brief,), (other) = together.briefs([bare]), one.briefs([bare])[0]
    assert (brief.paragraphs, brief.cables, brief.first, brief.last) == (
        other.paragraphs,
        other.cables,
        other.first,
        other.last,
    )
    assert together.correct(query.tree) == one.correct(query.tree)


def test_all_else_of_one_index(pair: tuple[Searcher, Searcher], cables: list[Cable]) -> None:
    together, one = pair
    for text in ("p", "injun", "han", "07", "et"):
        assert together.complete(text) == one.complete(text)
    for each in cables:
        assert together.get(each.id) == one.get(each.id)
        alike = [[(like.hit.cable.id, like.shared) for like in s.similar(each.id)] for s in pair]
        assert alike[0] == alike[1]
    assert sorted(together.spellings("person")) == sorted(one.spellings("person"))
    assert [each.name for each in together.people().all] == [e.name for e in one.people().all]
    assert replace(together.stats(), bytes=0) == replace(one.stats(), bytes=0)


def test_a_cable_of_several_is_the_first_ones(
    folders: dict[str, Path], cables: list[Cable]
) -> None:
    """Its units in the others are nowhere: not found, not counted, not shown."""
    every = Query(facets=FACETS, facet_limit=0, size=50)
    names = ["first", "again", "second"]
    with (
        closing(open_together([folders[name] for name in names])) as together,
        closing(open_searcher(folders["both"])) as one,
    ):
        assert told(together, replace(every, sort="newest")) == told(
            one, replace(every, sort="newest")
        )
        assert together.get(cables[0].id) == cables[0]
        assert together.search(Query(parse("subject:another").tree)).units == 0
        assert replace(together.stats(), bytes=0) == replace(one.stats(), bytes=0)
    with closing(open_together([folders["again"], folders["first"]])) as turned:
        assert turned.search(Query(parse("subject:another").tree)).cables == 3


def test_commits_and_rest(folders: dict[str, Path], cable: Callable[[str, str], Cable]) -> None:
    """What is read together sees the next commit of each, and opens again after a rest."""
    asked = Query(parse("zanzibar").tree)
    with closing(open_together([folders["first"], folders["second"]])) as together:
        assert together.search(asked).cables == 0
        for name, cable_id in (("second", "07ZANZIBAR1"), ("first", "07ZANZIBAR2")):
            with open_writer(folders[name]) as writer:
                writer.put(cable(cable_id, "zanzibar"))
            assert together.get(cable_id) is not None
        assert together.search(asked).cables == 2
        together.rest()
        assert together.search(asked).cables == 2
        for name, cable_id in (("second", "07ZANZIBAR1"), ("first", "07ZANZIBAR2")):
            with open_writer(folders[name]) as writer:
                writer.delete(cable_id)
        assert together.search(asked).cables == 0


def test_what_is_read_together_is_of_one_engine(
    tmp_path: Path, cable: Callable[[str, str], Cable]
) -> None:
    if len(ENGINES) < 2:
        pytest.skip("there is one engine")
    for engine in ENGINES[:2]:
        with open_writer(tmp_path / engine, engine) as writer:
            writer.put(cable("07ROME1", "alpha"))
    with pytest.raises(SearchError, match="must be of one"):
        open_together([tmp_path / engine for engine in ENGINES[:2]])
