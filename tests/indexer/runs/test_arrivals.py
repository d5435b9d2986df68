"""What an index notes as news: a cable that comes, and one that another page makes another; each once."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from indexer.runs.build import build
from search.sources import FILE_NAME, Arrival, arrivals, read

# As in `conftest`: the power fails around the engine's commit, after it (True) or before.
PowerFailure = Callable[[bool], AbstractContextManager[None]]
PAGE = """Cablegate: Notes

R 230844Z MAR 07

UNCLAS GUANGZHOU {number}

SUBJECT: Notes

1. (U) {text}
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    write(folder, 900201, "A lamp.")
    return folder


def write(pages: Path, number: int, text: str, name: str = "") -> None:
    page = PAGE.format(number=number, text=text)
    (pages / f"{name or number}.txt").write_text(page, "utf-8")


def index(pages: Path, engine: str | None = None, *, rebuild: bool = False) -> list[Arrival]:
    """Indexes the pages; gives all arrivals of the index."""
    folder = pages.parent / "index"
    build([str(pages)], folder, engine=engine, rebuild=rebuild, workers=1)
    with read(folder) as manifest:
        return manifest.arrivals(0, 100)


def keys(arrivals: list[Arrival]) -> list[str]:
    return [each.key.removeprefix("2007GUANGZHOU") for each in arrivals]


def test_a_cable_arrives_once(pages: Path) -> None:
    (first,) = index(pages)
    assert (first.number, first.before) == (1, None)
    write(pages, 900202, "A candle.")
    assert keys(index(pages)) == ["900201", "900202"]
    os.utime(pages / "900201.txt")
    (pages / "900202.txt").rename(pages / "moved.txt")
    write(pages, 900201, "A lamp.", "copy")
    assert keys(index(pages)) == ["900201", "900202"]
    with read(pages.parent / "index") as manifest:
        assert manifest.last_arrival == 2
        assert manifest.first_indexed("07 GUANGZHOU 900201") == first.moment
        assert manifest.first_indexed("07ROME1") is None
        assert manifest.last_before(first.moment) == 0


def test_what_was_there_before_is_kept_of_the_last_changes(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_KEPT", 2)
    write(pages, 900202, "A candle.")
    for number in range(4):
        index(pages)
        write(pages, 900201, f"Lamp {number}.")
    # The alerts may ask for all that a run changed: what is too much goes with the next.
    assert [each.forgotten for each in index(pages)] == [False] * 2 + [True] + [False] * 3
    write(pages, 900201, "The last lamp.")
    known = index(pages)
    assert [each.forgotten for each in known] == [False] * 2 + [True] * 2 + [False] * 3
    assert [each.before is not None for each in known] == [False] * 4 + [True] * 3
    with read(pages.parent / "index") as manifest:
        assert {key[-6:] for key, _ in manifest.newest()} == {"900201", "900202"}


def test_one_that_changed_comes_with_what_it_was(pages: Path) -> None:
    index(pages)
    write(pages, 900201, "A lantern.")
    _, changed = index(pages)
    assert changed.before is not None
    assert [each.text for each in changed.before.paragraphs] == ["A lamp."]
    # Back again, it is a page that was there before.
    write(pages, 900201, "A lamp.")
    assert len(index(pages)) == 2


def test_a_page_that_changed_beside_the_cable_is_no_news(pages: Path) -> None:
    index(pages)
    page = pages / "900201.txt"
    page.write_text(page.read_text("utf-8") + "\n\n\n", "utf-8")
    assert len(index(pages)) == 1


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_what_is_known_outlives_a_rebuild_and_the_cable(pages: Path, engine: str) -> None:
    write(pages, 900202, "A candle.")
    before = index(pages)
    with read(pages.parent / "index") as manifest:
        lineage = manifest.lineage
    (pages / "900202.txt").unlink()
    assert index(pages, engine, rebuild=True) == before
    write(pages, 900202, "A candle.")
    assert index(pages) == before
    # One that changed while it was rebuilt is compared with what the old index had.
    write(pages, 900201, "A lantern.")
    *_, changed = index(pages, rebuild=True)
    assert changed.before is not None
    with read(pages.parent / "index") as manifest:
        assert manifest.lineage == lineage


def test_without_its_file_an_index_begins_another_lineage(pages: Path) -> None:
    index(pages)
    with read(pages.parent / "index") as manifest:
        lineage = manifest.lineage
    (pages.parent / "index" / FILE_NAME).write_bytes(b"damaged")
    assert keys(index(pages, rebuild=True)) == ["900201"]
    with read(pages.parent / "index") as manifest:
        assert manifest.lineage not in ("", lineage)


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_news_is_noted_once_though_the_power_failed(
    pages: Path, power_failure: PowerFailure, committed: bool, engine: str
) -> None:
    index(pages, engine)
    write(pages, 900201, "A lantern.")
    write(pages, 900202, "A candle.")
    with power_failure(committed):
        index(pages)
    found = index(pages)
    assert sorted(keys(found)) == ["900201", "900201", "900202"]
    with read(pages.parent / "index") as manifest:
        assert not manifest.unfinished
    assert index(pages) == found
