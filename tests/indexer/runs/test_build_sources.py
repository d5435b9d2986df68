"""What the pipeline makes of dumps, archives, exports and standard input, and of one cable in several of them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from numbered_pages import PAGE, subjects, write

from corpus.cable_json import cable_to_json
from corpus.model import Cable
from indexer.inputs.files import Item, Position
from indexer.inputs.finding import PageFile
from indexer.runs import steps
from indexer.runs.build import build
from indexer.runs.report import Reading, Report
from search import sources as manifests
from search.engines import open_searcher


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def run(pages: Path, index: Path, **more: bool) -> Report:
    return build([str(pages)], index, **more)


def text(number: int, subject: str = "pier", more: str = "") -> str:
    return PAGE.format(number=number, subject=subject) + more


def dump(*texts: str) -> bytes:
    """The cables as rows of a dump."""
    rows = io.StringIO()
    writer = csv.writer(
        rows, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\", lineterminator="\n"
    )
    for number, each in enumerate(texts, 1):
        cable = f"07GUANGZHOU900{each[12:15]}"
        header, _, body = each.partition("\n\n")
        writer.writerow(
            [
                number,
                "3/23/2007 8:44",
                cable,
                "Consulate Guangzhou",
                "UNCLASSIFIED",
                "",
                header,
                body,
            ]
        )
    return rows.getvalue().encode()


def zipped(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.txt", content)
    return data.getvalue()


def cable(index: Path, number: int) -> Cable:
    searcher = open_searcher(index)
    try:
        found = searcher.get(f"07GUANGZHOU900{number}")
    finally:
        searcher.close()
    assert found is not None
    return found


def others(index: Path, number: int) -> list[str]:
    """Where the versions of a cable were found that are not shown."""
    return [version.address for version in cable(index, number).versions]


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the inputs, and the one the run is in, so that addresses are short."""
    place = tmp_path / "at"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


LONGER = "\n3. (U) There is more of it.\n"


def test_what_was_read_is_told_by_place_and_form(at: Path, index: Path) -> None:
    write(at / "pages", 101, "pier")
    (at / "pages" / "letter.txt").write_text("Dear aunt", "utf-8")
    (at / "a.zip").write_bytes(zipped(one=text(102), two=text(103), three=""))
    (at / "cables.csv").write_bytes(
        dump(text(104), text(105)) + b'"3","3/23/2007 8:44","07ROME1",\n'
    )
    (at / "one.txt").write_text(text(106), "utf-8")
    report = build(["pages", "a.zip", "cables.csv", "one.txt"], index)
    assert report.readings == (
        Reading(".", "telegram", 1, 1, 2),
        Reading("a.zip", "telegram", 2, 2, 4),
        Reading("a.zip", "set aside", 1, 0, 0),
        Reading("cables.csv", "dump", 2, 2, 4),
        Reading("cables.csv", "set aside", 1, 0, 0),
        Reading("pages", "telegram", 1, 1, 2),
        Reading("pages", "set aside", 1, 0, 0),
    )
    assert [(aside.address, aside.line) for aside in report.set_aside] == [
        ("a.zip/three.txt", None),
        ("cables.csv", 19),
        ("pages/letter.txt", None),
    ]
    again = build(["pages", "a.zip", "cables.csv", "one.txt"], index)
    assert (again.changed, again.unchanged) == (False, 4 + 1)
    assert (again.readings, again.set_aside) == (report.readings, report.set_aside)


@pytest.mark.parametrize("order", [["a.txt", "z.zip", "d.csv"], ["d.csv", "z.zip", "a.txt"]])
@pytest.mark.parametrize("at_once", [True, False])
def test_one_cable_from_several_sources_names_them_all(
    at: Path, index: Path, order: list[str], at_once: bool
) -> None:
    (at / "a.txt").write_text(text(101), "utf-8")
    (at / "z.zip").write_bytes(zipped(x=text(101, more=LONGER)))
    (at / "d.csv").write_bytes(dump(text(101, "quay")))
    for inputs in [order] if at_once else [[each] for each in order]:
        report = build(inputs, index)
    assert cable(index, 101).address == "z.zip/x.txt"
    assert others(index, 101) == ["a.txt", "d.csv:line 1"]
    assert report.stats.cables == 1
    assert report.double_count == 2
    assert build(order, index).changed is False


def test_a_source_that_goes_is_no_longer_named_and_the_next_takes_over(
    at: Path, index: Path
) -> None:
    write(at / "p", 101, "pier")
    (at / "p" / "z.zip").write_bytes(zipped(x=text(101, more=LONGER)))
    (at / "p" / "d.csv").write_bytes(dump(text(102), text(101, "mole"), text(103)))
    build(["p"], index)
    assert others(index, 101) == ["p/101.txt", "p/d.csv:line 10"]
    (at / "p" / "101.txt").unlink()
    build(["p"], index)
    assert others(index, 101) == ["p/d.csv:line 10"]
    (at / "p" / "z.zip").unlink()
    build(["p"], index)
    assert cable(index, 101).address == "p/d.csv:line 10"
    assert others(index, 101) == []
    assert subjects(index) == {"101": "mole", "102": "pier", "103": "pier"}


def test_a_dump_is_taken_up_again_where_it_changed(at: Path, index: Path) -> None:
    (at / "d.csv").write_bytes(dump(text(101), text(102), text(103)))
    assert build(["d.csv"], index).new == 1
    assert build(["d.csv"], index).changed is False
    (at / "d.csv").write_bytes(dump(text(101), text(103, "mole")))
    report = build(["d.csv"], index)
    assert report.replaced == 1
    assert subjects(index) == {"101": "pier", "103": "mole"}


def test_a_dump_names_the_same_cable_twice(at: Path, index: Path) -> None:
    (at / "d.csv").write_bytes(dump(text(101), text(101, more=LONGER), text(101)))
    build(["d.csv"], index)
    assert cable(index, 101).address == "d.csv:line 10"
    assert others(index, 101) == ["d.csv:line 1", "d.csv:line 21"]


def test_a_packed_dump_is_read_as_the_dump_is(at: Path, index: Path) -> None:
    (at / "d.csv.gz").write_bytes(gzip.compress(dump(text(101), text(102))))
    build(["d.csv.gz"], index)
    assert cable(index, 102).address == "d.csv.gz:line 10"


def test_cables_come_back_from_an_export_as_they_were(
    at: Path, index: Path, tmp_path: Path
) -> None:
    (at / "a.txt").write_text(text(101), "utf-8")
    (at / "z.zip").write_bytes(zipped(x=text(101, more=LONGER)))
    (at / "d.csv").write_bytes(dump(text(102)))
    build(["a.txt", "z.zip", "d.csv"], index)
    whole = [cable(index, 101), cable(index, 102)]
    lines = [json.dumps(cable_to_json(each)) for each in whole]
    (at / "e.jsonl").write_text("\n".join(lines) + "\n{\n", "utf-8")
    report = build(["e.jsonl"], tmp_path / "second")
    assert [cable(tmp_path / "second", number) for number in (101, 102)] == whole
    assert [aside.line for aside in report.set_aside] == [3]
    # Beside the pages that it was made from, an export adds nothing.
    build(["e.jsonl"], index)
    assert [cable(index, 101), cable(index, 102)] == whole


def test_what_came_in_at_standard_input_stays_when_it_is_gone(
    at: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give(content: str) -> Report:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        return build(["-"], index)

    assert give(text(101, more=LONGER)).new == 1
    assert give(text(102)).new == 1
    assert give(text(102)).changed is False
    (at / "a.txt").write_text(text(101), "utf-8")
    build(["a.txt"], index)
    assert cable(index, 101).address == "standard input"
    assert others(index, 101) == ["a.txt"]


def test_what_came_in_at_standard_input_cannot_take_over_later(
    at: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text(101).encode())))
    build(["-"], index)
    write(at / "p", 101, "pier")
    write(at / "p", 102, "quay")
    (at / "p" / "101.txt").write_text(text(101, more=LONGER), "utf-8")
    build(["p"], index)
    assert cable(index, 101).address == "p/101.txt"
    (at / "p" / "101.txt").unlink()
    build(["p"], index)
    assert subjects(index) == {"102": "quay"}
    with manifests.read(index) as manifest:
        [(_, aside)] = manifest.set_aside()
    assert "standard input" in aside.reason


@pytest.mark.parametrize("kind", ["page", "dump"])
def test_file_that_changes_while_it_is_read_is_read_again(
    at: Path, index: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = at / "x"
    path.write_bytes(dump(text(101), text(102)) if kind == "dump" else text(101).encode())
    sound = steps.read

    def read(file: PageFile, limit: int, position: Position) -> Iterator[Item]:
        yield from sound(file, limit, position)
        os.utime(path, ns=(1, 1))

    with monkeypatch.context() as changing:
        changing.setattr(steps, "read", read)
        report = build(["x"], index)
    [aside] = report.set_aside
    assert "changed while it was read" in aside.reason
    report = build(["x"], index)
    assert (report.replaced, report.set_aside) == (1, ())


def test_a_cable_that_the_index_refuses_costs_itself(at: Path, index: Path) -> None:
    """Whatever an export says: a date without a place in a calendar must not stop a run."""
    (at / "a.txt").write_text(text(101), "utf-8")
    build(["a.txt"], index)
    whole = cable(index, 101)
    odd = replace(whole, id="07GUANGZHOU900102", tags=("\ud800", "\x00", "x" * 70_000))
    (at / "e.jsonl").write_text(json.dumps(cable_to_json(odd)), "utf-8")
    report = build(["e.jsonl"], index)
    assert report.stats.cables + len(report.set_aside) == 2
