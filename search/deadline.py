"""How long a question may take.

Owns the clock of the question that is being answered in this thread. Must not know an engine: engines and whoever
looks through an index for them call `check` where the work is.

A question that is given up has no answer: half of its matches would be a wrong count, and nobody could tell.

What is limited inside something limited never has more time than what is around it: a request has one deadline, however
many questions it is made of. Whoever serves many at once may look on (`watched`): it is told each time the clock is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from search.errors import TooSlow

# When the question has to be answered, by `time.perf_counter`, and how many seconds it was given.
_limit: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)
_watch: ContextVar[Callable[[], None] | None] = ContextVar("watch", default=None)


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """What is done inside may take so long, and never longer than what it is inside of; None adds no limit."""
    around = _limit.get()
    own = None if seconds is None else (time.perf_counter() + seconds, seconds)
    if own is None or (around is not None and around[0] < own[0]):
        own = around
    token = _limit.set(own)
    try:
        yield
    finally:
        _limit.reset(token)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """An extra beside an answer, which is there without it: given up, and not told of, after so many seconds."""
    with limited(seconds), suppress(TooSlow):
        yield


@contextmanager
def watched(look: Callable[[], None]) -> Iterator[None]:
    """While what is done inside works, `look` is called again and again, in whichever thread works; what it raises ends
    the work."""
    token = _watch.set(look)
    try:
        yield
    finally:
        _watch.reset(token)


def remaining() -> float | None:
    """The seconds that are left, at least 0; None is as long as it takes."""
    limit = _limit.get()
    return None if limit is None else max(0.0, limit[0] - time.perf_counter())


def check() -> None:
    """Raises TooSlow if the time is over, and what the one who looks on raises."""
    if (look := _watch.get()) is not None:
        look()
    limit = _limit.get()
    if limit is not None and time.perf_counter() > limit[0]:
        raise TooSlow(
            f"This question was given up after {limit[1]:g} seconds; more letters before a *, fewer words, or a "
            "filter make it quicker."
        )
