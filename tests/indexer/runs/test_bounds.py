"""What one page may take: lines, time of the processor, memory of the process that reads it."""

from __future__ import annotations

import threading
import time
import tracemalloc
from contextlib import suppress

import pytest

from indexer.page import Markup, RawPage, SetAside
from indexer.runs import worker
from indexer.runs.bounds import OutOfTime, bound_memory, bounded, limited_time
from indexer.runs.worker import make_ready, parse_page
from search.system.processes import Workers

START = "UNCLAS GUANGZHOU 900101\n\nSUBJECT: Lamp\n\n1. (U) The lamp.\n"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", " \n", "\n\r"])
@pytest.mark.parametrize("markup", ["text", "html"])
def test_a_page_of_line_ends_is_set_aside_at_once(end: str, markup: Markup) -> None:
    page = RawPage(START + end * (10_000_000 // len(end)) + "2. (U) The wick.\n", "page", markup)
    tracemalloc.start()
    start = time.process_time()
    found = parse_page(page)
    assert time.process_time() - start < 2
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert isinstance(found, SetAside)
    assert "lines, more than 300,000" in found.reason


def test_a_page_with_many_lines_is_read() -> None:
    page = RawPage(START + "\n" * 20_000 + "2. (U) The wick.\n", "page")
    (cable,) = worker.cables_of(page)  # type: ignore[misc]
    assert "The wick." in cable.paragraphs[-1].text


def busy(seconds: float) -> None:
    """Takes the processor that long, and takes no error for its own."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        with suppress(Exception):
            sum(range(100))


@pytest.mark.interrupted
def test_time_is_bounded_and_the_bound_ends_with_the_page() -> None:
    with pytest.raises(OutOfTime), limited_time(0.05):
        busy(30)
    with limited_time(5):
        busy(0.01)
    busy(0.1)


def test_in_another_thread_there_is_no_bound() -> None:
    done: list[bool] = []

    def work() -> None:
        with limited_time(0.01):
            busy(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@pytest.mark.interrupted
def test_a_page_that_takes_too_long_is_set_aside_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOST_SECONDS", 0.05)
    page = RawPage(
        START + "".join(f"{n}. (U) The lamp of pier {n} is lit.\n\n" for n in range(2, 9_000)),
        "slow",
    )
    found = parse_page(page)
    assert isinstance(found, SetAside)
    assert "seconds of the processor" in found.reason
    assert found.address == "slow"


def small() -> None:
    bound_memory(30_000_000)


def takes(size: int) -> int | None:
    try:
        return len(bytearray(size))
    except MemoryError:
        return bounded()


def test_the_memory_of_a_process_that_reads_is_bounded() -> None:
    with Workers(1, small) as workers:
        assert workers.submit(takes, 10_000_000).result() == 10_000_000
        assert workers.submit(takes, 100_000_000).result() == 30_000_000
        page = RawPage(
            START + "".join(f"{n}. (U) Pier {n} is lit.\n\n" for n in range(2, 60_000)), "large"
        )
        (ready,) = workers.submit(make_ready, "tantivy", [page]).result()
        assert isinstance(ready.cables, SetAside)
        assert (
            "more than the 30,000,000 bytes of memory that a reader may have" in ready.cables.reason
        )
        (ready,) = workers.submit(make_ready, "tantivy", [RawPage(START, "small")]).result()
        assert isinstance(ready.cables, tuple)
    assert bounded() is None
