"""Results folded: one entry for the versions of a telegram, in each engine, with counts that are exact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from memory_engine import MemoryIndex
from sent_again import ROME, later, sentences, telegram

from corpus.ids import lookup_key
from corpus.model import Cable
from search.engines import ENGINES, open_searcher, open_writer
from search.engines.folding import Telegrams, fold
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Filter, Query
from search.telegrams.comparing import text_of
from search.telegrams.signatures import signature
from search.telegrams.store import ask, writing
from search.telegrams.updating import update


def collection() -> list[Cable]:
    """Twelve telegrams about herring, each with a number of versions, and one that answers each."""
    made = []
    for number in range(12):
        texts = [f"herring {sentences(number * 10 + place, 50)}" for place in range(3)]
        first = telegram(f"1974OSLO00{100 + number}", texts, day=number + 1, tags=("EFIS",))
        made.append(first)
        if number % 2:
            made.append(replace(first, id=f"1974OSLO00{200 + number}", source="frus"))
        if number % 3 == 0:
            again = ["Following is retransmission:", *texts]
            sent = telegram(f"1974ROME00{300 + number}", again, post=ROME, day=number + 1)
            made.append(later(sent, 2, sent.id))
        made.append(
            telegram(
                f"1974ROME00{400 + number}",
                [f"salt {sentences(900 + number, 60)}"],
                post=ROME,
                subject="Salt",
            )
        )
    return made


CABLES = collection()


@contextmanager
def opened(engine: str, folder: Path) -> Iterator[Searcher]:
    """The cables in an index of that engine, with their telegrams."""
    by_key = {lookup_key(each.id): each for each in CABLES}
    if engine != "memory":
        with open_writer(folder, engine) as writer:
            for cable in CABLES:
                writer.put(cable)
    folder.mkdir(exist_ok=True)
    with writing(folder) as store:
        signed = [(key, each.id, signature(each)) for key, each in by_key.items()]
        update(store, signed, lambda key: text_of(by_key[key]), "")
    if engine != "memory":
        with closing(open_searcher(folder)) as searcher:
            yield searcher
        return
    index = MemoryIndex()
    with index.writer() as writing_there:
        for cable in CABLES:
            writing_there.put(cable)
    with closing(index.searcher()) as searcher:
        yield Folding(searcher, telegrams(folder))


class Folding:
    """The oracle, folded as an index folder is."""

    def __init__(self, searcher: Searcher, known: Telegrams) -> None:
        self._searcher = searcher
        self._known = known

    def search(self, query: Query) -> object:
        if not query.fold:
            return self._searcher.search(query)
        return fold(self._searcher, query, self._known)


def telegrams(folder: Path) -> Telegrams:
    nothing: tuple[dict[str, int], dict[int, tuple[str, ...]]] = ({}, {})
    of, ids = ask(folder, lambda store: store.telegrams(), nothing)
    return Telegrams(of, ids, frozenset(of))


@pytest.fixture(scope="module", params=[*ENGINES, "memory"])
def folded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Searcher, Telegrams]]:
    folder = tmp_path_factory.mktemp(request.param) / "index"
    with opened(request.param, folder) as searcher:
        yield searcher, telegrams(folder)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "longest", "referenced"])
@pytest.mark.parametrize("asked", ["herring", "", "salt", "herring OR salt", "origin:rome"])
@pytest.mark.parametrize(
    "filters", [(), (Filter("source", ("frus",)),), (Filter("origin", (), ("Oslo",)),)]
)
def test_each_telegram_once_by_its_first_version(
    folded: tuple[Searcher, Telegrams], asked: str, sort: str, filters: tuple[Filter, ...]
) -> None:
    searcher, known = folded
    whole = Query(parse(asked).tree, filters, sort, size=100, facets=("origin", "source"))  # type: ignore[arg-type]
    unfolded = searcher.search(whole)
    result = searcher.search(replace(whole, fold=True))
    order = [group.cable.id for group in unfolded.groups]
    firsts: dict[object, str] = {}
    for name in order:
        firsts.setdefault(known.of.get(lookup_key(name), name), name)
    assert [group.cable.id for group in result.groups] == list(firsts.values())
    assert result.telegrams == len(firsts)
    # All else counts all versions.
    assert (result.paragraphs, result.cables) == (unfolded.paragraphs, unfolded.cables)
    assert result.facets == unfolded.facets
    assert result.others == unfolded.others
    for name, others in result.versions.items():
        assert known.of[lookup_key(name)] == known.of[lookup_key(others[0])]
        assert name not in others


def test_pages_follow_each_other(folded: tuple[Searcher, Telegrams]) -> None:
    searcher, _ = folded
    query = Query(parse("herring").tree, fold=True, size=100)
    whole = [group.cable.id for group in searcher.search(query).groups]
    assert len(whole) == 12
    pages = [
        group.cable.id
        for page in (1, 2, 3)
        for group in searcher.search(replace(query, page=page, size=5)).groups
    ]
    assert pages == whole
    after, walked = "", []
    while True:
        found = searcher.search(replace(query, size=5, after=after))
        walked += [group.cable.id for group in found.groups]
        after = found.after
        if not after:
            break
    assert walked == whole
    assert all(one != other for one, other in pairwise(walked))


def test_single_paragraphs_are_not_folded(folded: tuple[Searcher, Telegrams]) -> None:
    searcher, _ = folded
    query = Query(parse("herring").tree, grouped=False, size=100)
    if not isinstance(searcher, Folding):
        assert searcher.search(replace(query, fold=True)).hits == searcher.search(query).hits


def test_a_commit_brings_new_telegrams(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with opened(ENGINES[0], folder) as searcher:
        query = Query(parse("herring").tree, fold=True)
        assert searcher.search(query).telegrams == 12
        first = next(each for each in CABLES if each.id == "1974OSLO00100")
        copy = replace(first, id="1974OSLO00500")
        with open_writer(folder) as writer:
            writer.put(copy)
        assert searcher.search(query).telegrams == 13, "until the indexer has compared it"
        every = {lookup_key(each.id): each for each in (*CABLES, copy)}
        with writing(folder) as store:
            signed = [(key, each.id, signature(each)) for key, each in every.items()]
            update(store, signed, lambda key: text_of(every[key]), "")
        assert searcher.search(query).telegrams == 12
