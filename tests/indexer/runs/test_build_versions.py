"""The texts of the other versions of a cable, which are kept beside the index: which of them, and for how long."""

from __future__ import annotations

import io
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from lamp_cable import (
    ALSO,
    HIDDEN,
    ID,
    LONG,
    LONGER,
    OTHER,
    SHORT,
    export,
    get,
    lacking,
    shown,
    texts,
)

from corpus.cable_json import cable_to_json
from corpus.model import Cable
from indexer.inputs.files import Item, Position
from indexer.inputs.finding import PageFile
from indexer.page import RawPage
from indexer.parse import parse
from indexer.runs import run as running
from indexer.runs import steps, worker
from indexer.runs.build import build
from search import sources as manifests
from search.engines import open_searcher
from search.errors import IndexDamaged

if TYPE_CHECKING:
    from conftest import PowerFailure


def rows(index: Path) -> int:
    """How many texts there are in all."""
    with closing(sqlite3.connect(index / manifests.FILE_NAME)) as connection:
        [(count,)] = connection.execute("SELECT COUNT(*) FROM text")
    return int(count)


@pytest.mark.parametrize("order", [["a.txt", "b.txt", "c.txt"], ["c.txt", "b.txt", "a.txt"]])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_text_of_each_other_version_is_kept_and_no_more(
    at: Path, index: Path, order: list[str], at_once: bool
) -> None:
    for name, text in (("a.txt", SHORT), ("b.txt", LONGER), ("c.txt", LONG)):
        Path(name).write_text(text, "utf-8")
    for inputs in [[*order, "p"]] if at_once else [[each] for each in (*order, "p")]:
        build(inputs, index)
    assert texts(index) == {
        "c.txt": ["The lamp of the pier was lit.", "It went out again."],
        "a.txt": ["The lamp of the pier was lit."],
    }
    assert rows(index) == 2
    assert build([*order, "p"], index).changed is False


def test_a_cable_in_one_place_has_no_text_there(at: Path, index: Path) -> None:
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    build(["p"], index)
    assert (texts(index), rows(index)) == ({}, 0)


def test_a_text_goes_with_its_page_and_when_its_page_is_the_best(at: Path, index: Path) -> None:
    for name, text in (("a", SHORT), ("b", LONG), ("c", LONGER)):
        (at / "p" / f"{name}.txt").write_text(text, "utf-8")
    build(["p"], index)
    assert list(texts(index)) == ["p/b.txt", "p/a.txt"]
    (at / "p" / "a.txt").unlink()
    build(["p"], index)
    assert (list(texts(index)), rows(index)) == (["p/b.txt"], 1)
    (at / "p" / "c.txt").unlink()
    build(["p"], index)
    cable = shown(index)
    assert cable.address == "p/b.txt"
    assert cable.segments
    assert rows(index) == 0


def test_a_page_that_changed_has_its_new_text(at: Path, index: Path) -> None:
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    (at / "p" / "a.txt").write_text(LONG, "utf-8")
    build(["p"], index)
    assert texts(index) == {"p/a.txt": ["The lamp of the pier was lit.", "It went out again."]}


def test_the_page_twice_is_two_versions_with_equal_texts(at: Path, index: Path) -> None:
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    (at / "p" / "b.txt").write_text(SHORT, "utf-8")
    build(["p"], index)
    assert texts(index) == {"p/b.txt": ["The lamp of the pier was lit."]}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_a_page_of_many_cables_that_are_found_twice_is_parsed_once(
    at: Path, index: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool, engine: str
) -> None:
    parsed: Counter[str] = Counter()

    def parse_counted(page: RawPage) -> tuple[Cable, ...]:
        parsed[page.address] += 1
        return parse(page)

    monkeypatch.setattr(worker, "parse", parse_counted)
    telegram = (
        "R 230844Z MAR 07\nUNCLAS LIMA {0:06}\n\nE.O. 12958: N/A\nSUBJECT: Ship {0}\n\n"
        "1. (U) Ship {0} came.\n\n"
    )
    text = "".join(telegram.format(number) for number in range(1, 21))
    Path("a.txt").write_text(text, "utf-8")
    Path("b.txt").write_text(f"{text}2. (U) It left.\n", "utf-8")
    for inputs in [["a.txt", "b.txt"]] if at_once else [["a.txt"], ["b.txt"]]:
        build(inputs, index, workers=1, engine=engine)
    assert parsed == {"a.txt": 1, "b.txt": 1}
    with closing(open_searcher(index)) as searcher:
        for number in range(1, 21):
            cable = searcher.get(f"07LIMA{number}")
            assert cable is not None
            best, other = ("b.txt", "a.txt") if number == 20 else ("a.txt", "b.txt")
            assert (cable.address, [each.address for each in cable.versions]) == (best, [other])
            assert cable.first_line == 1 + 8 * (number - 1)


def test_what_cannot_be_read_again_keeps_its_text_when_a_longer_page_comes(
    at: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SHORT.encode())))
    build(["-"], index)
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    assert build(["p"], index).set_aside == ()
    assert texts(index) == {"standard input": ["The lamp of the pier was lit."]}


def test_of_a_place_that_an_export_names_no_text_is_known(at: Path, index: Path) -> None:
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    cable = shown(index)
    export(cable_to_json(cable))
    build(["e.jsonl"], at / "second")
    again = shown(at / "second")
    assert again == cable
    assert (texts(at / "second"), rows(at / "second")) == ({}, 0)


@pytest.mark.parametrize("name", ["e.jsonl", "z.jsonl"], ids=["first", "last"])
def test_an_export_beside_its_pages_adds_no_text(at: Path, index: Path, name: str) -> None:
    """It stands before or behind the page that it repeats, in the order of paths."""
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    export(cable_to_json(shown(index)), name)
    build([name], index)
    assert texts(index) == {"p/a.txt": ["The lamp of the pier was lit."]}
    assert rows(index) == 1


@pytest.mark.parametrize("committed", [False, True], ids=["before the commit", "after it"])
def test_texts_after_a_power_failure(
    at: Path, index: Path, committed: bool, power_failure: PowerFailure
) -> None:
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    build(["p"], index)
    (at / "b.txt").write_text(LONGER, "utf-8")
    (at / "c.txt").write_text(LONG, "utf-8")
    with power_failure(committed):
        build(["b.txt", "c.txt"], index)
    build(["p"], index)
    cable = shown(index)
    assert cable.address == "b.txt"
    assert list(texts(index)) == ["c.txt", "p/a.txt"]
    assert rows(index) == 2


@pytest.mark.parametrize("committed", [False, True], ids=["before the commit", "after it"])
def test_what_came_in_while_the_power_failed_and_cannot_be_read_again_keeps_its_text(
    at: Path,
    index: Path,
    committed: bool,
    power_failure: PowerFailure,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (at / "p" / "a.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SHORT.encode())))
    with power_failure(committed):
        build(["-"], index)
    assert build(["p"], index).set_aside == ()
    assert texts(index) == {"standard input": ["The lamp of the pier was lit."]}


def test_a_version_that_cannot_be_shown_is_refused_as_the_best_one_is(
    at: Path, index: Path
) -> None:
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    cable = shown(index)
    odd = cable_to_json(cable)
    odd["address"] = "odd"
    odd["paragraphs"] = [{**odd["paragraphs"][0], "text": "half \ud800"}]
    export(odd)
    [aside] = build(["e.jsonl"], index).set_aside
    assert aside.address == "e.jsonl:line 1"
    assert shown(index) == cable
    assert rows(index) == 0


def test_a_text_that_is_damaged_is_told(at: Path, index: Path) -> None:
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    cable = shown(index)
    for packed in (b"x", zlib.compress(b"{}")):
        with closing(sqlite3.connect(index / manifests.FILE_NAME)) as connection:
            connection.execute("UPDATE text SET packed = ?", (packed,))
            connection.commit()
        with (
            manifests.read(index) as manifest,
            pytest.raises(IndexDamaged, match="--rebuild"),
        ):
            manifest.text(ID, cable.versions[0])


# What of each of three files there is after a run: one of the texts, or none; and whether there is an export, which
# brought passages of two pages.
states = st.tuples(*[st.sampled_from((None, SHORT, LONG, LONGER, HIDDEN, ALSO))] * 3, st.booleans())


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An export of the cable with passages of two pages."""
    folder = tmp_path_factory.mktemp("exported")
    for name, text in (("a", LONGER), ("b", ALSO), ("c", LONG)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    build([str(folder)], folder.with_name("exported-index"))
    cable = shown(folder.with_name("exported-index"))
    assert len({each.version for each in cable.passages}) == 1
    return json.dumps(cable_to_json(cable)) + "\n"


@settings(max_examples=examples(25))
@given(history=st.lists(states, min_size=2, max_size=4))
def test_texts_follow_from_the_pages_whatever_the_runs_were(
    brought: str, history: list[tuple[str | None, str | None, str | None, bool]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        pages = folder / "p"
        pages.mkdir()
        (pages / "other.txt").write_text(OTHER, "utf-8")
        for *state, exported in history:
            there = {f"{place}.txt": text for place, text in zip("abc", state, strict=True)}
            for place, text in (*there.items(), ("b.jsonl", brought if exported else None)):
                path = pages / place
                if text is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_text(text, "utf-8")
            build([str(pages)], folder / "grown")
        build([str(pages)], folder / "new")
        assert get(folder / "grown") == get(folder / "new")
        assert texts(folder / "grown") == texts(folder / "new")
        count = sum(map(bool, history[-1]))
        assert rows(folder / "grown") == rows(folder / "new") == max(count - 1, 0)
        if get(folder / "new"):
            assert lacking(folder / "grown") == lacking(folder / "new")


def test_a_page_is_read_once_more_only_where_its_text_is_wanted(
    at: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two pages the longer one is given to the engine; the text of the shorter one is that of the last commit."""
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    build(["p"], index)
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    sound, read = steps.read, []

    def reading(file: PageFile, limit: int, *more: Position) -> Iterator[Item]:
        read.append(file.address)
        return sound(file, limit, *more)

    for module in (steps, running):
        monkeypatch.setattr(module, "read", reading)
    build(["p"], index)
    assert read == ["p/b.txt"]
    assert texts(index) == {"p/a.txt": ["The lamp of the pier was lit."]}
