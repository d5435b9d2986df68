"""`cablegram index` and `parse` over all that cables come in, `export`, and the reports of what was read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command_line import Run

HARBOUR_ID = "07GUANGZHOU900101"
ORCHARD_ID = "08LAPAZ900102"


@pytest.fixture
def mixed(tmp_path: Path, harbour: str, orchard: str) -> Path:
    """A folder with a page, an archive, a dump with a broken row, a packed page, and a letter."""
    folder = tmp_path / "mixed"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "harbour.txt").write_text(harbour, "utf-8")
    (folder / "pages" / "letter.txt").write_text("Dear aunt,\n\nit rained.\n", "utf-8")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("inner/orchard.txt", orchard)
        archive.writestr("inner/harbour.txt", harbour[:-30])
        archive.writestr("README.md", "About these pages")
    rows = io.StringIO()
    dump = csv.writer(rows, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\")
    for number in (110, 111):
        header, body = (
            "R 230844Z MAR 07",
            harbour[harbour.index("UNCLAS") :].replace("900101", f"900{number}"),
        )
        cable = f"07GUANGZHOU900{number}"
        dump.writerow(
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
    broken = '"112","3/23/2007 8:44","07GUANGZHOU900112"\r\n'
    (folder / "cables.csv").write_text(rows.getvalue() + broken, "utf-8", newline="")
    (folder / "packed.gz").write_bytes(gzip.compress(orchard.replace("900102", "900120").encode()))
    return folder


def columns(lines: list[str]) -> list[list[str]]:
    """The table of a report, cell by cell."""
    start = next(number for number, line in enumerate(lines) if line.startswith("Read from"))
    table = lines[start : lines.index("", start)]
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in table]


def test_what_was_read_from_where_is_a_table(run: Run, mixed: Path) -> None:
    done = run("index", "mixed")
    assert done.code == 1
    assert columns(done.out.splitlines()) == [
        ["Read from", "form", "pages", "cables", "paragraphs"],
        ["mixed", "scoop", "2", "2", "7"],
        ["mixed", "set aside", "1"],
        ["mixed/cables.csv", "dump", "2", "2", "8"],
        ["mixed/cables.csv", "set aside", "1"],
        ["mixed/more.zip", "scoop", "2", "2", "7"],
    ]
    aside = [line for line in done.out.splitlines() if line.startswith("Set aside")]
    assert len(aside) == 2
    assert "mixed/cables.csv:" in aside[0]
    assert "3 columns instead of 8" in aside[0]
    assert "mixed/pages/letter.txt: this text holds no cable" in aside[1]
    assert (
        f"{HARBOUR_ID}: kept from mixed/pages/harbour.txt, left out from mixed/more.zip/inner/harbour.txt"
        in done.out
    )
    assert "Passed over mixed/more.zip/README.md (documentation)" in done.out


def test_the_report_is_written_to_a_file_too(run: Run, mixed: Path, tmp_path: Path) -> None:
    done = run("index", "mixed", "--json", "--report", "report.json")
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert report == done.json
    assert report["read"][0] == {
        "place": "mixed",
        "form": "scoop",
        "pages": 2,
        "cables": 2,
        "paragraphs": 7,
    }
    assert [aside["address"] for aside in report["set_aside"]] == [
        "mixed/cables.csv",
        "mixed/pages/letter.txt",
    ]
    assert all(aside["reason"] and aside["advice"] for aside in report["set_aside"])
    again = run("index", "mixed", "--json").json
    assert again["changed"] is False
    assert {key: again[key] for key in ("read", "set_aside", "doubles", "passed_over")} == {
        key: report[key] for key in ("read", "set_aside", "doubles", "passed_over")
    }


def test_set_aside_inputs_are_listed_again_by_status(run: Run, mixed: Path) -> None:
    report = run("index", "mixed", "--json").json
    assert run("status", "--json").json["set_aside"] == report["set_aside"]
    lines = [line for line in run("status").out.splitlines() if line.startswith("Set aside")]
    assert [line.split(": ")[0] for line in lines] == [
        f"Set aside  mixed/cables.csv:{report['set_aside'][0]['line']}",
        "Set aside  mixed/pages/letter.txt",
    ]


def test_a_report_that_cannot_be_written_stops_the_run_before_it(
    run: Run, mixed: Path, tmp_path: Path
) -> None:
    done = run("index", "mixed", "--report", "nowhere/report.json")
    assert done.code == 2
    assert "nowhere/report.json" in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "cablegram-index").exists()


def test_cables_name_the_other_places_where_they_were_found(run: Run, mixed: Path) -> None:
    run("index", "mixed")
    [version] = run("show", HARBOUR_ID, "--json").json["versions"]
    assert (version["source"], version["address"]) == ("scoop", "mixed/more.zip/inner/harbour.txt")
    [line] = [line for line in run("show", HARBOUR_ID).out.splitlines() if "also in" in line]
    assert line.split() == ["also", "in", "scoop", "mixed/more.zip/inner/harbour.txt"]


def test_export_and_index_give_equal_cables(run: Run, mixed: Path, tmp_path: Path) -> None:
    run("index", "mixed")
    exported = run("export")
    assert exported.code == 0
    cables = [json.loads(line) for line in exported.out.splitlines()]
    assert [cable["id"] for cable in cables] == [
        HARBOUR_ID,
        *("07GUANGZHOU900110", "07GUANGZHOU900111", ORCHARD_ID, "08LAPAZ900120"),
    ]
    assert all(cable["segments"] and cable["digest"] for cable in cables)
    done = run("export", "-o", "cables.jsonl")
    assert (done.code, done.out, done.err) == (0, "", "5 cables in cables.jsonl\n")
    assert (tmp_path / "cables.jsonl").read_text("utf-8") == exported.out
    report = run("index", "cables.jsonl", "--index", "second", "--json").json
    assert (report["cables"], report["set_aside"]) == (5, [])
    assert run("export", "--index", "second").out == exported.out
    assert run("parse", "cables.jsonl", "--json").out == exported.out


def test_bad_lines_of_an_export_are_told(run: Run, mixed: Path, tmp_path: Path) -> None:
    run("index", "mixed")
    good = run("export").out.splitlines(keepends=True)
    (tmp_path / "cables.jsonl").write_text(
        good[0] + "{\n" + good[1][:-20] + "\n" + good[2], "utf-8"
    )
    done = run("index", "cables.jsonl", "--index", "second", "--json")
    assert (done.code, done.json["cables"]) == (1, 2)
    assert [aside["line"] for aside in done.json["set_aside"]] == [2, 3]


def test_export_to_where_nothing_can_be_written(run: Run, pages: Path) -> None:
    run("index", pages)
    done = run("export", "-o", "nowhere/cables.jsonl")
    assert done.code == 2
    assert done.err.startswith("cablegram: nowhere/cables.jsonl")
    assert run("export", "--index", "nowhere").code == 2


@pytest.mark.parametrize("command", [["index", "-", "--json"], ["parse", "-", "--json"]])
@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_read(
    environment: dict[str, str], tmp_path: Path, harbour: str, command: list[str], packed: bool
) -> None:
    data = gzip.compress(harbour.encode()) if packed else harbour.encode()
    done = subprocess.run(
        [Path(sys.executable).with_name("cablegram"), *command],
        input=data,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=True,
    )
    told = json.loads(done.stdout)
    if command[0] == "parse":
        assert (told["id"], told["address"]) == (HARBOUR_ID, "standard input")
    else:
        assert (told["cables"], told["files"]["new"]) == (1, 1)


def test_parse_tells_what_in_an_archive_is_no_page(run: Run, mixed: Path) -> None:
    done = run("parse", "mixed/more.zip", "--json")
    assert done.code == 0
    assert [json.loads(line)["address"] for line in done.out.splitlines()] == [
        "mixed/more.zip/inner/orchard.txt",
        "mixed/more.zip/inner/harbour.txt",
    ]
    assert done.err == "cablegram: passed over mixed/more.zip/README.md (documentation)\n"


def test_an_archive_that_changed_is_read_again_and_one_that_is_gone_is_taken_out(
    run: Run, mixed: Path, orchard: str
) -> None:
    run("index", "mixed")
    with zipfile.ZipFile(mixed / "more.zip", "w") as archive:
        archive.writestr("orchard.txt", orchard.replace("900102", "900130"))
    report = run("index", "mixed", "--json").json
    assert report["files"]["read_again"] == 1
    assert run("show", ORCHARD_ID).code == 1
    assert run("show", HARBOUR_ID, "--json").json["versions"] == []
    (mixed / "more.zip").unlink()
    report = run("index", "mixed", "--json").json
    assert (report["files"]["gone"], report["cables"]) == (1, 4)


@pytest.mark.shared
def test_volumes_of_frus(run: Run, shared: Path) -> None:
    volume = shared / "data" / "frus" / "frus1969-76ve09p1.xml"
    done = run("index", volume, "--json")
    report = done.json
    [reading] = report["read"]
    assert (reading["place"], reading["form"]) == (str(volume), "frus")
    assert reading["cables"] == reading["pages"] > 50
    [passed] = report["passed_over"]
    assert "documents that are no telegrams" in passed
    assert run("index", volume, "--json").json["changed"] is False
