"""The pipeline under interruption: the last good index stays, and the next run completes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from numbered_pages import subjects, write

from indexer.inputs.finding import find
from indexer.runs import run as running
from indexer.runs.build import build
from indexer.runs.report import Report
from indexer.runs.steps import Progress
from search.engines.protocols import IndexWriter
from search.errors import IndexLocked, SearchError

if TYPE_CHECKING:
    from conftest import PowerFailure


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    write(folder, 101, "pier")
    write(folder, 102, "quay")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def run(pages: Path, index: Path, **more: bool) -> Report:
    return build([str(pages)], index, **more)


def test_progress_is_told_after_each_page(pages: Path, index: Path) -> None:
    told: list[Progress] = []
    build([str(pages)], index, watch=told.append)
    sizes = [(pages / name).stat().st_size for name in ("101.txt", "102.txt")]
    assert told == [
        Progress(1, 2, sizes[0], sum(sizes), 1, 2, f"{pages}/101.txt"),
        Progress(2, 2, sum(sizes), sum(sizes), 2, 4, f"{pages}/102.txt"),
    ]


@pytest.mark.parametrize("rebuild", [False, True])
def test_interruption_leaves_the_last_good_index(pages: Path, index: Path, rebuild: bool) -> None:
    run(pages, index)
    write(pages, 101, "beacon")
    write(pages, 103, "mole")

    def interrupt(step: Progress) -> None:
        if step.files == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([str(pages)], index, rebuild=rebuild, watch=interrupt)
    assert subjects(index) == {"101": "pier", "102": "quay"}
    report = run(pages, index)
    assert (report.replaced, report.new, report.unchanged) == (1, 1, 1)
    assert subjects(index) == {"101": "beacon", "102": "quay", "103": "mole"}


@pytest.mark.parametrize("committed", [False, True], ids=["before the commit", "after it"])
def test_power_failure_around_the_commit(
    pages: Path, index: Path, committed: bool, power_failure: PowerFailure
) -> None:
    run(pages, index)
    write(pages, 101, "beacon")
    write(pages, 103, "mole")
    (pages / "102.txt").unlink()

    with power_failure(committed):
        run(pages, index)
    assert ("103" in subjects(index)) is committed
    # What was announced and is gone before the next run must not stay behind.
    (pages / "103.txt").unlink()
    report = run(pages, index)
    assert subjects(index) == {"101": "beacon"}
    assert (report.stats.cables, report.stats.paragraphs) == (1, 2)
    assert run(pages, index).changed is False


def test_another_process_that_wrote_meanwhile_is_noticed(
    pages: Path, index: Path, tmp_path: Path
) -> None:
    run(pages, index)
    write(pages, 101, "beacon")
    write(tmp_path / "other", 103, "mole")
    really_open = running.open_writer

    def other_process(folder: Path, engine: str | None = None, *, rebuild: bool) -> IndexWriter:
        monkeypatch.undo()
        build([str(tmp_path / "other")], index)
        return really_open(folder, engine, rebuild=rebuild)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(running, "open_writer", other_process)
        with pytest.raises(IndexLocked):
            run(pages, index)
    assert subjects(index) == {"101": "pier", "102": "quay", "103": "mole"}


def test_new_version_of_the_parser_reads_every_page_again(
    pages: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(pages, index)
    monkeypatch.setattr("indexer.runs.run.reader_version", lambda: "another")
    report = run(pages, index)
    assert (report.replaced, report.unchanged) == (2, 0)
    assert run(pages, index).changed is False


def test_fault_of_the_parser_costs_one_page(
    pages: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.runs import worker as module

    def parse(page: module.RawPage) -> tuple[module.Cable, ...]:
        if page.address.endswith("101.txt"):
            raise RecursionError("too deep")
        return sound(page)

    sound = module.parse
    monkeypatch.setattr(module, "parse", parse)
    report = run(pages, index)
    [aside] = report.set_aside
    assert "RecursionError: too deep" in aside.reason
    assert subjects(index) == {"102": "quay"}


def test_folder_with_other_files_is_refused(pages: Path, tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="holds no index"):
        run(pages, tmp_path)
    assert not (tmp_path / "write.lock").exists()


def test_files_come_in_the_order_of_their_names(pages: Path) -> None:
    (pages / "1").mkdir()
    write(pages / "1", 103, "mole")
    found = find([str(pages)])
    assert [file.path.name for file in found.files] == ["101.txt", "102.txt", "103.txt"]


# Several sources.
