"""Pages read in several processes: in their order, only so many at once, and none left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import ReaderDied
from indexer.page import RawPage
from indexer.runs.pool import Between, Page, Pipeline
from indexer.runs.worker import Ready

PAGES = 200


class Mark(Between):
    def __init__(self, number: int) -> None:
        self.number = number


def page(number: int) -> Page:
    text = (
        f"R 230844Z MAR 07\n\nUNCLAS GUANGZHOU {900000 + number}\n\nSUBJECT: Lamp {number}\n\n"
        f"1. (U) The lamp of pier {number} was lit.\n"
    )
    return Page(number, RawPage(text, f"p/{number}.txt"), number)


def steps(taken: list[int]) -> Iterator[Page | Between]:
    """A mark before each page; `taken` grows with what is asked for."""
    for number in range(PAGES):
        taken.append(number)
        yield Mark(number)
        yield page(number)


def read(workers: int) -> Iterator[tuple[Page, Ready] | Between]:
    with Pipeline(workers) as pipeline:
        yield from pipeline.ready("tantivy", steps([]))


def told(step: tuple[Page, Ready] | Between) -> object:
    if isinstance(step, Mark):
        return step.number
    assert isinstance(step, tuple)
    return step


def test_several_processes_give_what_one_gives() -> None:
    alone = [told(step) for step in read(1)]
    assert len(alone) == 2 * PAGES
    assert [told(step) for step in read(2)] == alone
    assert multiprocessing.active_children() == []


def test_a_few_pages_start_no_process() -> None:
    with Pipeline(2) as pipeline:
        found = list(pipeline.ready("tantivy", [page(number) for number in range(5)]))
        assert len(found) == 5
        assert multiprocessing.active_children() == []


def test_only_so_much_is_under_way() -> None:
    taken: list[int] = []
    with Pipeline(1) as pipeline:
        next(pipeline.ready("tantivy", steps(taken)))
        assert len(taken) < 100
    taken.clear()
    with Pipeline(2) as pipeline:
        next(pipeline.ready("tantivy", iter(endless(taken))))
        assert len(taken) < 1000


def endless(taken: list[int]) -> Iterator[Page | Between]:
    while True:
        yield from steps(taken)


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    with Pipeline(2) as pipeline:
        reading = pipeline.ready("tantivy", endless([]))
        next(reading)
        for child in multiprocessing.active_children():
            child.kill()
        with pytest.raises(ReaderDied, match="run the command again"):
            for _ in reading:
                pass


# It prints the numbers of its processes and waits to be killed.
PARENT = """
import multiprocessing, sys
sys.path.insert(0, sys.argv[1])
from test_pipeline import Pipeline, endless

if __name__ == "__main__":
    with Pipeline(2) as pipeline:
        next(pipeline.ready("tantivy", endless([])))
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        sys.stdin.read()
"""


def test_the_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    command = [sys.executable, str(script), str(Path(__file__).parent)]
    parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [int(number) for number in parent.stdout.readline().split()]
    assert len(children) == 2
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    deadline = time.monotonic() + 60
    while any(is_running(child) for child in children):
        assert time.monotonic() < deadline, "they are still there"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended and that nobody has asked for yet is there by name only (a zombie).
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
