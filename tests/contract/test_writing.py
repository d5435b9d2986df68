"""Putting, deleting, committing and discarding: what readers see, and what they don't, in each engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pytest

from corpus.model import Cable, Part
from search.engines.protocols import IndexWriter, Searcher
from search.engines.tantivy_engine import counting
from search.errors import IndexLocked
from search.language.parser import parse
from search.language.tree import Query


class Store(Protocol):
    def writer(self) -> IndexWriter: ...

    def searcher(self) -> Searcher: ...


@pytest.fixture
def cable(make: Callable[..., Cable]) -> Callable[..., Cable]:
    """A cable of one-word paragraphs."""

    def build(cable_id: str, *words: str) -> Cable:
        return make(
            cable_id, "2007-01-01T00:00", None, "", [("U", None, Part.BODY, word) for word in words]
        )

    return build


def found(searcher: Searcher, text: str) -> list[str]:
    result = searcher.search(Query(parse(text).tree, grouped=False, size=100))
    return sorted(f"{hit.cable.id} {hit.anchor}" for hit in result.hits)


def holds(searcher: Searcher) -> tuple[int, int]:
    stats = searcher.stats()
    return stats.cables, stats.paragraphs


def test_an_index_without_cables(store: Store) -> None:
    with store.writer():
        pass
    searcher = store.searcher()
    assert holds(searcher) == (0, 0)
    assert found(searcher, "") == found(searcher, "alpha") == found(searcher, "a*") == []
    assert searcher.get("07PARIS1") is None
    assert searcher.complete("a") == ()
    (facet,) = searcher.search(Query(facets=("mark",))).facets
    assert facet.values == ()
    searcher.close()


def test_a_cable_is_replaced_whole(store: Store, cable: Callable[..., Cable]) -> None:
    with store.writer() as writer:
        writer.put(cable("07PARIS1", "alpha", "beta", "gamma"))
        writer.put(cable("07PARIS2", "beta"))
    with store.writer() as writer:
        writer.put(cable("07PARIS1", "delta"))
    searcher = store.searcher()
    assert found(searcher, "alpha OR gamma") == []
    assert found(searcher, "beta") == ["07PARIS2 p1"]
    assert found(searcher, "delta") == ["07PARIS1 p1"]
    assert searcher.get("07PARIS1") == cable("07PARIS1", "delta")
    assert searcher.complete("alph") == searcher.complete("gam") == ()
    assert holds(searcher) == (2, 2)
    searcher.close()


def test_the_same_id_in_another_spelling_is_the_same_cable(
    store: Store, cable: Callable[..., Cable]
) -> None:
    with store.writer() as writer:
        writer.put(cable("07PARIS1", "alpha"))
    with store.writer() as writer:
        writer.put(cable("2007PARIS00001", "beta"))
    searcher = store.searcher()
    assert found(searcher, "") == ["2007PARIS00001 p1"]
    assert holds(searcher) == (1, 1)
    searcher.close()


def test_a_cable_put_twice_in_one_commit_is_there_once(
    store: Store, cable: Callable[..., Cable]
) -> None:
    with store.writer() as writer:
        writer.put(cable("07PARIS1", "alpha", "beta"))
        writer.put(cable("07PARIS1", "gamma"))
        writer.put(cable("07PARIS2", "alpha"))
        assert writer.delete("07PARIS2")
        assert not writer.delete("07PARIS2")
        writer.put(cable("07PARIS2", "delta"))
    with store.writer() as writer:
        writer.put(cable("07PARIS3", "alpha"))
        writer.put(cable("07PARIS1", "beta"))
        writer.put(cable("07PARIS1", "epsilon"))
    searcher = store.searcher()
    assert found(searcher, "") == ["07PARIS1 p1", "07PARIS2 p1", "07PARIS3 p1"]
    assert found(searcher, "alpha") == ["07PARIS3 p1"]
    assert found(searcher, "epsilon") == ["07PARIS1 p1"]
    assert searcher.get("07PARIS1") == cable("07PARIS1", "epsilon")
    assert holds(searcher) == (3, 3)
    searcher.close()


def test_delete_says_whether_there_was_one(store: Store, cable: Callable[..., Cable]) -> None:
    with store.writer() as writer:
        assert not writer.delete("07PARIS1")
        writer.put(cable("07PARIS1", "alpha"))
        writer.put(cable("07PARIS2", "alpha"))
    with store.writer() as writer:
        assert writer.delete("07 Paris 00001")
        assert not writer.delete("07PARIS1")
        assert not writer.delete("07PARIS3")
    searcher = store.searcher()
    assert found(searcher, "alpha") == ["07PARIS2 p1"]
    assert searcher.get("07PARIS1") is None
    searcher.close()


def test_a_cable_without_paragraphs_is_kept_and_never_found(
    store: Store, cable: Callable[..., Cable]
) -> None:
    with store.writer() as writer:
        writer.put(cable("07PARIS1"))
        writer.put(cable("07PARIS2", "alpha"))
    searcher = store.searcher()
    assert searcher.get("07PARIS1") == cable("07PARIS1")
    assert found(searcher, "") == found(searcher, "-beta") == ["07PARIS2 p1"]
    assert holds(searcher) == (2, 1)
    with store.writer() as writer:
        assert writer.delete("07PARIS1")
    assert searcher.get("07PARIS1") is None
    assert holds(searcher) == (1, 1)
    searcher.close()


def test_readers_see_a_commit_and_nothing_before_it(
    store: Store, cable: Callable[..., Cable]
) -> None:
    with store.writer() as writer:
        writer.put(cable("07PARIS1", "alpha"))
    searcher = store.searcher()
    with store.writer() as writer:
        writer.put(cable("07PARIS2", "alpha"))
        writer.put(replace(cable("07PARIS1", "beta"), subject="beta"))
        assert found(searcher, "alpha") == ["07PARIS1 p1"]
    assert found(searcher, "alpha") == ["07PARIS2 p1"]
    assert found(searcher, "beta") == ["07PARIS1 head", "07PARIS1 p1"]
    assert searcher.get("07PARIS2") is not None
    searcher.close()


def test_an_exception_discards_all_of_it(store: Store, cable: Callable[..., Cable]) -> None:
    with store.writer() as writer:
        writer.put(cable("07PARIS1", "alpha"))
    searcher = store.searcher()

    def fail() -> None:
        with store.writer() as writer:
            writer.put(cable("07PARIS1", "beta"))
            writer.put(cable("07PARIS2", "beta"))
            writer.delete("07PARIS1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert found(searcher, "") == ["07PARIS1 p1"]
    with store.writer() as writer:
        writer.put(cable("07PARIS3", "gamma"))
    assert found(searcher, "") == ["07PARIS1 p1", "07PARIS3 p1"]
    searcher.close()


def test_there_is_one_writer_at_a_time(store: Store, cable: Callable[..., Cable]) -> None:
    with store.writer() as writer:
        writer.put(cable("07PARIS1", "alpha"))
        with pytest.raises(IndexLocked) as refused, store.writer():
            pytest.fail("a second writer came in")
        assert "writing" in str(refused.value)
    with store.writer() as writer:
        writer.put(cable("07PARIS2", "alpha"))
    searcher = store.searcher()
    assert found(searcher, "alpha") == ["07PARIS1 p1", "07PARIS2 p1"]
    searcher.close()


def test_many_small_commits_stay_right(store: Store, cable: Callable[..., Cable]) -> None:
    with store.writer() as writer:
        writer.put(cable("07PARIS100", "alpha", "beta"))
    searcher = store.searcher()
    for number in range(1, 13):
        with store.writer() as writer:
            writer.put(cable(f"07PARIS{number}", "alpha", "beta"))
            writer.put(cable("07PARIS100", "alpha", "beta", f"word{number}"))
            if number % 3 == 0:
                assert writer.delete(f"07PARIS{number - 1}")
    assert holds(searcher) == (9, 19)
    assert len(found(searcher, "alpha")) == 9
    assert found(searcher, "word*") == ["07PARIS100 p3"]
    assert found(searcher, "word12") == ["07PARIS100 p3"]
    searcher.close()


def test_long_ids_with_the_same_beginning_are_two_cables(
    store: Store, cable: Callable[..., Cable]
) -> None:
    ids = [
        "frus1969-76ve09p1/a-very-long-volume-d12",
        "frus1969-76ve09p1/a-very-long-volume-d13",
        "é" * 40,
    ]
    with store.writer() as writer:
        for each in ids:
            writer.put(cable(each, "alpha", "alpha"))
    searcher = store.searcher()
    result = searcher.search(Query(parse("alpha").tree))
    assert [(group.cable.id, group.total) for group in result.groups] == [(each, 2) for each in ids]
    assert [searcher.get(each) is not None for each in ids] == [True] * 3
    together = searcher.search(Query(parse("alpha alpha* same:cable").tree))
    assert [group.cable.id for group in together.groups] == ids
    searcher.close()


def test_facets_of_very_many_values_are_exact(
    store: Store, cable: Callable[..., Cable], monkeypatch: pytest.MonkeyPatch
) -> None:
    # tantivy lists at most so many values at once; with a small number of them the rest has to be fetched in pages.
    monkeypatch.setattr(counting, "MOST_BUCKETS", 4)
    with store.writer() as writer:
        for number in range(1, 12):
            tags = tuple(f"T{tag:02d}" for tag in range(number))
            writer.put(replace(cable(f"07PARIS{number}", "alpha"), tags=tags))
    searcher = store.searcher()
    tag, mark = searcher.search(Query(facets=("tag", "mark"), facet_limit=0)).facets
    assert [(value.value, value.count) for value in tag.values] == [
        (f"T{number:02d}", 11 - number) for number in range(11)
    ]
    assert [(value.value, value.count) for value in mark.values] == [("U", 11)]
    searcher.close()
