"""What the tests of a cluster's faults share: small cables, a load that goes on, searches that watch it.

Must not know which fault a test makes.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Cable, Paragraph, Part
from search.engines import open_searcher, open_writer
from search.engines.protocols import Searcher
from search.errors import SearchError
from search.language.tree import Query, Word

SECONDS = 240.0


def cable(number: int, *words: str) -> Cable:
    """A cable with a first paragraph of its own, and one for each of the other texts."""
    texts = (f"alpha {number}", *words)
    paragraphs = tuple(
        Paragraph(f"p{place}", place, "U", None, Part.BODY, text)
        for place, text in enumerate(texts, start=1)
    )
    return Cable(f"07PARIS{number}", paragraphs=paragraphs)


def names(numbers: range) -> set[str]:
    """The ids of the cables of these numbers."""
    return {f"07PARIS{number}" for number in numbers}


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition by asking."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, f"after {SECONDS:.0f} s still not: {what}"
        threading.Event().wait(0.05)


def ids(folder: Path) -> Counter[str]:
    """The cable of each paragraph of an index."""
    with closing(open_searcher(folder)) as searcher:
        hits = searcher.search(Query(grouped=False, size=9_000, snippets=False)).hits
        return Counter(hit.cable.id for hit in hits)


@dataclass(frozen=True, slots=True)
class Row:
    """What was seen in one test."""

    fault: str
    acknowledged: int
    found: int
    lost: int
    doubled: int
    slowest: float
    unanswered: int
    green: float | None  # seconds, None if the cluster was green all the time
    again: str = ""  # the nodes that had to be started again for it

    def __str__(self) -> str:
        """A line of the table."""
        counts = f"{self.acknowledged} | {self.found} | {self.lost} | {self.doubled}"
        green = "-" if self.green is None else f"{self.green:.1f} s"
        if self.again:
            green += f", {self.again} started again"
        return f"| {self.fault} | {counts} | {self.slowest:.1f} s | {self.unanswered} | {green} |"


class Load(threading.Thread):
    """Commits cables, `together` at a time, until it is told to stop; what fails is started again."""

    def __init__(self, folder: Path, together: int = 20) -> None:
        # A test that fails may leave it behind; it must not keep the tests from ending.
        super().__init__(daemon=True)
        self.folder = folder
        self.together = together
        self.acknowledged = 0
        self.started = 0
        self.refusals: list[str] = []
        self.broken: list[BaseException] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        """Until `stopping` is set; what it did not expect is in `broken`."""
        try:
            while not self.stopping.is_set():
                self.started = self.acknowledged + self.together
                try:
                    with open_writer(self.folder, "opensearch") as writer:
                        for number in range(self.acknowledged, self.started):
                            writer.put(cable(number))
                except SearchError as error:
                    self.refusals.append(str(error))
                else:
                    assert not writer.refused, dict(writer.refused)
                    self.acknowledged = self.started
        except BaseException as error:
            self.broken.append(error)

    def goes_on(self, more: int, when: str) -> None:
        """Wait until so many more cables are acknowledged."""
        goal = self.acknowledged + more
        until(lambda: self.acknowledged >= goal or bool(self.broken), f"the load goes on {when}")
        if self.broken:
            raise self.broken[0]

    def stop(self) -> None:
        """End after the commit that is under way."""
        self.stopping.set()
        self.join()


class Watch(threading.Thread):
    """Searches until it is told to stop; an answer with less than was acknowledged, or more than was sent, is wrong."""

    def __init__(self, load: Load) -> None:
        # A test that fails may leave it behind; it must not keep the tests from ending.
        super().__init__(daemon=True)
        self.load = load
        self.answers = 0
        self.slowest = 0.0
        self.wrong: list[str] = []
        self.unanswered: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        """Until `stopping` is set."""
        try:
            with closing(open_searcher(self.load.folder)) as searcher:
                while not self.stopping.is_set():
                    self._ask(searcher)
        except BaseException as error:
            self.wrong.append(repr(error))

    def _ask(self, searcher: Searcher) -> None:
        least, began = self.load.acknowledged, time.monotonic()
        try:
            result = searcher.search(Query(Word("alpha"), seconds=30.0))
        except SearchError as error:
            self.unanswered.append(str(error))
        else:
            most = self.load.started
            if not least <= result.cables <= most or result.cables != result.paragraphs:
                self.wrong.append(f"{least} <= {result.cables} ({result.paragraphs}) <= {most}")
            self.answers += 1
        self.slowest = max(self.slowest, time.monotonic() - began)

    def stop(self) -> None:
        """End after the search that is under way."""
        self.stopping.set()
        self.join()


def seen(
    fault: str, loads: list[Load], watch: Watch, green: float | None = None, again: str = ""
) -> Row:
    """What was seen of a fault, when loads and searches have stopped. Every cable of a load has one paragraph."""
    acknowledged = found = lost = doubled = 0
    for load in loads:
        there = ids(load.folder)
        acknowledged += load.acknowledged
        found += there.total()
        lost += len(names(range(load.acknowledged)) - set(there))
        doubled += sum(count - 1 for count in there.values())
    numbers = (acknowledged, found, lost, doubled)
    return Row(fault, *numbers, watch.slowest, len(watch.unanswered), green, again)
