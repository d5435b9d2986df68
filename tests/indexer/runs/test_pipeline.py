"""Pages read in several processes: in their order, only so many at once, and none left behind."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dying_reader
import pytest
from dying_reader import dying

from indexer.errors import ReaderDied
from indexer.page import RawPage, SetAside
from indexer.runs import pool
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


def test_a_process_that_is_ended_from_outside_costs_no_page() -> None:
    with Pipeline(2) as pipeline:
        reading = pipeline.ready("tantivy", steps([]))
        found = [next(reading)]
        for child in multiprocessing.active_children():
            child.kill()
        found += reading
    assert [told(step) for step in found] == [told(step) for step in read(1)]


def renamed(step: Page | Between, names: dict[int, str]) -> Page | Between:
    if isinstance(step, Page) and isinstance(step.item, RawPage) and step.number in names:
        return replace(step, item=replace(step.item, address=names[step.number]))
    return step


def test_a_page_over_which_a_process_dies_is_set_aside_by_name() -> None:
    names = {7: "dying.txt", 90: "dying/too.txt"}
    with Pipeline(2, dying) as pipeline:
        found = list(pipeline.ready("tantivy", (renamed(step, names) for step in steps([]))))
    pages = [step for step in found if isinstance(step, tuple)]
    assert len(pages) == PAGES
    for page, ready in pages:
        if page.number in names:
            assert isinstance(ready.cables, SetAside)
            assert ready.cables.address == names[page.number]
            assert "the process that read it was ended" in ready.cables.reason
        else:
            assert isinstance(ready.cables, tuple)
    assert multiprocessing.active_children() == []


def test_a_machine_on_which_processes_die_over_any_page_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "_MOST_DEATHS", 1)
    names = {number: f"dying/{number}.txt" for number in range(PAGES)}
    with (
        Pipeline(2, dying) as pipeline,
        pytest.raises(ReaderDied, match=r"dying/\d+\.txt for the last; run the command again"),
    ):
        for _ in pipeline.ready("tantivy", (renamed(step, names) for step in steps([]))):
            pass


def test_a_large_last_page_is_not_read_in_this_process() -> None:
    text = "UNCLAS LIMA 900101\n\n1. (U) The lamp.\n" + "Light and wick and quay.\n" * 10_000
    last = Page(0, RawPage(text, "dying.txt"), 0)
    with Pipeline(2, dying) as pipeline:
        ((_, ready),) = [
            each for each in pipeline.ready("tantivy", [last]) if isinstance(each, tuple)
        ]
    assert isinstance(ready.cables, SetAside)


# It prints the numbers of its processes and waits to be killed.
PARENT = """
import multiprocessing, sys
sys.path[:0] = sys.argv[1:]
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
    places = (Path(__file__).parent, Path(dying_reader.__file__).parent)
    command = [sys.executable, str(script), *map(str, places)]
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


def test_how_often_garbage_is_looked_for_is_as_before_behind_a_pipeline() -> None:
    before = gc.get_threshold()
    with Pipeline(1):
        assert gc.get_threshold() != before
    assert gc.get_threshold() == before
