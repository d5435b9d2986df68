"""Processes that are asked for work: answers, errors, and what is seen of one that dies, at any moment of its work."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from search.system.processes import WorkerDied, Workers, begin

# More than a pipe holds: a process that has begun to write it is still at it when some of it has come.
LARGE = 300_000_000
SOME = 2_000_000


def doubled(number: int) -> int:
    return 2 * number


def refused(number: int) -> int:
    raise ValueError(f"no {number}")


def large() -> bytes:
    return bytes(LARGE)


def number_of_process() -> int:
    return os.getpid()


def failing() -> None:
    raise LookupError("nothing to begin with")


def test_answers_and_errors_come_back() -> None:
    with Workers(2, begin) as workers:
        answers = [workers.submit(doubled, number) for number in range(20)]
        error = workers.submit(refused, 3)
        assert [each.result() for each in answers] == list(range(0, 40, 2))
        with pytest.raises(ValueError, match="no 3") as told:
            error.result()
        assert "in refused" in told.value.__notes__[0]
        assert workers.submit(doubled, 4).result() == 8
    assert multiprocessing.active_children() == []


def test_nobody_begins_who_is_not_needed() -> None:
    with Workers(2, begin):
        assert multiprocessing.active_children() == []


def test_what_stops_a_process_at_its_beginning_is_told() -> None:
    with Workers(1, failing) as workers, pytest.raises(LookupError, match="nothing to begin"):
        workers.submit(doubled, 1).result()


@pytest.mark.parametrize("count", [1, 2])
def test_one_that_dies_while_it_answers_is_seen(count: int) -> None:
    """And the others' answers come: nobody waits for what a dead process held."""
    with Workers(count, begin) as workers:
        for each in [workers.submit(number_of_process) for _ in range(count)]:
            each.result()
        before = received()
        answer = workers.submit(large)
        while received() - before < SOME:
            assert not answer.done()
        others = {workers.submit(number_of_process).result() for _ in range(count - 1)}
        (writing,) = {child.pid for child in multiprocessing.active_children()} - others
        assert writing
        os.kill(writing, signal.SIGKILL)
        with pytest.raises(WorkerDied):
            answer.result(timeout=60)
        for each in others:
            assert workers.submit(number_of_process).result(timeout=60) == each


def received() -> int:
    """How many bytes this process has read (Linux counts them)."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["rchar"])
