"""The work of reading spread over processes, in an order that does not show it.

Owns the processes, how much is handed to each at a time, and how much is under way at once: what is held in memory does
not grow with the inputs. Must not know what the work is for: `indexer.runs.worker` does it, `indexer.runs.run` takes
it.

A few pages are read in this process, because starting others takes longer than reading them.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from indexer.errors import ReaderDied
from indexer.inputs.files import Item
from indexer.inputs.jsonl import Exported
from indexer.page import RawPage, SetAside
from indexer.runs.bounds import bound_memory
from indexer.runs.worker import Ready, make_ready
from search.people.recognizers import reader_told
from search.system.processes import WorkerDied, Workers, begin

# What is handed to a process at once: so many pages, or so many characters of them.
_MOST_PAGES = 64
_MOST_CHARACTERS = 400_000
# The last pages of a run are read in this process, unless they have so many characters.
_LARGE = 200_000
# After so many pages over which a process died, it is the machine.
_MOST_DEATHS = 10
# Each process has so many portions to do beside the one that it does.
_AHEAD = 3
# How often a process looks for what nothing leads to any more: less often than Python does by itself, because a page
# makes a hundred thousand objects that all go with it. A tenth of the time.
_GARBAGE = (20_000, 20, 100)


# What makes pages ready for an engine of that name, in whichever process.
Read = Callable[[str, Sequence[Item]], list[Ready]]


@dataclass(frozen=True, slots=True)
class Page:
    """Something read from a file, as the `number`-th thing in it, from 0; `position` is how far it is, in bytes."""

    number: int
    item: Item
    position: int


class Between:
    """What stands between the pages, and passes through in its place."""


class Pipeline:
    """Makes pages ready for an engine; used in a with statement, which ends the processes."""

    def __init__(self, workers: int, read: Read = make_ready) -> None:
        self._workers = workers
        self._read = read
        self._deaths = 0
        self._pool = Workers(workers, _start)
        self._garbage = gc.get_threshold()

    def __enter__(self) -> Self:
        # This process makes as many objects where it reads by itself, and takes them from the others where it does not.
        self._garbage = gc.get_threshold()
        gc.set_threshold(*_GARBAGE)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        gc.set_threshold(*self._garbage)
        self._pool.__exit__(kind, error, trace)

    def ready(
        self, engine: str, steps: Iterable[Page | Between]
    ) -> Iterator[tuple[Page, Ready] | Between]:
        """The steps in their order, each page with what was made of it.

        A process may end in the middle of its work, as one does that the system has no memory for. The page that it
        ends over is set aside by name. Raises `ReaderDied` if that happens too often to be a page's fault.
        """
        waiting: deque[tuple[list[Page | Between], Future[list[Ready]]]] = deque()
        portion: list[Page | Between] = []
        pages = characters = 0
        for step in steps:
            portion.append(step)
            if isinstance(step, Page):
                pages += 1
                characters += len(step.item.text) if isinstance(step.item, RawPage) else 0
            if pages < _MOST_PAGES and characters < _MOST_CHARACTERS and len(portion) < 1000:
                continue
            if self._workers == 1:
                yield from _joined(portion, self._read(engine, _items(portion)))
            else:
                asked = self._pool.submit(self._read, engine, _items(portion))
                waiting.append((portion, asked))
            portion, pages, characters = [], 0, 0
            while len(waiting) > self._workers * (1 + _AHEAD):
                yield from self._collected(engine, *waiting.popleft())
        if self._workers > 1 and characters >= _LARGE:
            waiting.append((portion, self._pool.submit(self._read, engine, _items(portion))))
            portion = []
        while waiting:
            yield from self._collected(engine, *waiting.popleft())
        yield from _joined(portion, self._read(engine, _items(portion)))

    def _collected(
        self, engine: str, portion: list[Page | Between], future: Future[list[Ready]]
    ) -> Iterator[tuple[Page, Ready] | Between]:
        try:
            ready = future.result()
        except WorkerDied:
            ready = [self._alone(engine, item) for item in _items(portion)]
        yield from _joined(portion, ready)

    def _alone(self, engine: str, item: Item) -> Ready:
        """A page of a portion over which a process died, in a process by itself: if that dies twice, it is the page."""
        with suppress(WorkerDied):
            return self._pool.submit(self._read, engine, [item]).result()[0]
        try:
            (ready,) = self._pool.submit(self._read, engine, [item]).result()
        except WorkerDied as error:
            self._deaths += 1
            found = item.place if isinstance(item, Exported) else item.address
            if self._deaths > _MOST_DEATHS:
                raise ReaderDied(
                    f"Over {_MOST_DEATHS} pages a process that reads was ended, most likely for want of memory, {found}"
                    " for the last; run the command again with more memory, it goes on where the last commit was"
                ) from error
            reason = "the process that read it was ended, most likely for want of memory"
            return Ready(found, SetAside(found, reason, "split it, or index it with more memory"))
        return ready


def _items(portion: list[Page | Between]) -> list[Item]:
    return [step.item for step in portion if isinstance(step, Page)]


def _joined(
    portion: list[Page | Between], ready: list[Ready]
) -> Iterator[tuple[Page, Ready] | Between]:
    made = iter(ready)
    for step in portion:
        yield (step, next(made)) if isinstance(step, Page) else step


def _start() -> None:
    """What a process does first."""
    begin()
    gc.set_threshold(*_GARBAGE)
    # What a model of names takes by itself is no page's.
    reader_told()
    bound_memory()
