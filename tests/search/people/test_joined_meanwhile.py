"""The persons of a large collection: joined once for all who ask, whatever their deadlines, and followed meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from memory_engine import MemoryIndex
from odd_cables import ODD_CABLES

from corpus.model import Cable
from search.deadline import limited
from search.engines import peopled
from search.engines.peopled import PeopledSearcher
from search.errors import TooSlow
from search.people import persons
from search.people.persons import People, people_of

PLAIN = ODD_CABLES["complete"]
PATIENCE = 60.0


def cable(number: int, text: str) -> Cable:
    (first, *_) = PLAIN.paragraphs
    return replace(PLAIN, id=f"07LIMA{number}", paragraphs=(replace(first, text=text),))


class Slowly:
    """Joins names when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self.times = 0
        monkeypatch.setattr(persons, "people_of", self._join)

    def _join(self, *given: object) -> People:
        self.times += 1
        assert self.go_on.wait(PATIENCE)
        return people_of(*given)  # type: ignore[arg-type]


def test_who_asks_too_early_is_told_and_the_next_one_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slowly, index = Slowly(monkeypatch), MemoryIndex()
    with index.writer() as writer:
        writer.put(cable(1, "President Banzer spoke."))
    searcher = PeopledSearcher(index.searcher())
    with limited(0.2), pytest.raises(TooSlow):
        searcher.people()
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(searcher.people) for _ in range(2)]
        slowly.go_on.set()
        assert {each.result().all[0].name for each in both} == {"Banzer"}
    assert slowly.times == 1


def test_of_a_large_collection_the_old_ones_are_given_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slowly, index = Slowly(monkeypatch), MemoryIndex()
    monkeypatch.setattr(peopled, "_JOINED_AT_ONCE", 0)
    with index.writer() as writer:
        writer.put(cable(1, "President Banzer spoke."))
    searcher = PeopledSearcher(index.searcher())
    slowly.go_on.set()
    before = searcher.people()
    slowly.go_on.clear()
    with index.writer() as writer:
        writer.put(cable(2, "Foreign Minister Patino spoke."))
    assert searcher.people() is before
    slowly.go_on.set()
    while searcher.people() is before:
        threading.Event().wait(0.01)
    assert {each.name for each in searcher.people().all} == {"Banzer", "Patino"}
    assert slowly.times == 2


def test_what_could_not_be_read_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(cable(1, "President Banzer spoke."))
    searcher = PeopledSearcher(index.searcher())

    def fails(*_: object) -> People:
        raise OSError("no such disk")

    with monkeypatch.context() as patch:
        patch.setattr(persons, "people_of", fails)
        with pytest.raises(OSError, match="no such disk"):
            searcher.people()
    assert [each.name for each in searcher.people().all] == ["Banzer"]
