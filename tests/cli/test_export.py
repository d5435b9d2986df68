"""`cablegram export` of what a search finds, in the formats of the table."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import rispy
from command_line import Run


def test_a_search_as_csv(asking: Run) -> None:
    done = asking("export", "injunction", "--format", "csv", "--paragraphs")
    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"))))
    assert {(row["cable"], row["paragraph"]) for row in rows} == {
        ("07GUANGZHOU900101", "p3"),
        ("08LAPAZ900102", "p3"),
    }
    assert rows[0]["link"].startswith("/cable/")


def test_filters_count(asking: Run) -> None:
    done = asking("export", "--origin", "la paz", "--format", "ris")
    (record,) = rispy.loads(done.out)
    assert record["accession_number"] == "08LAPAZ900102"


def test_without_a_format_it_is_the_cables(asking: Run) -> None:
    found = asking("export", "nose")
    (cable,) = [json.loads(line) for line in found.out.splitlines()]
    assert cable["id"] == "07GUANGZHOU900101"
    assert cable["segments"]


def test_a_file_and_how_many(asking: Run, tmp_path: Path) -> None:
    target = tmp_path / "found.bib"
    done = asking("export", "injunction", "--format", "bib", "-o", target)
    assert done.err == f"2 cables in {target}\n"
    assert target.read_text("utf-8").count("@misc{") == 2


@pytest.mark.parametrize("name", ["csv", "jsonl", "ris", "bib", "csl.json", "atom", "txt"])
def test_nothing_found_is_told_by_the_exit_code(asking: Run, name: str) -> None:
    assert asking("export", "nothingatall", "--format", name).code == 1


def test_a_format_that_is_none(asking: Run) -> None:
    done = asking("export", "--format", "xlsx")
    assert done.code == 2
    assert "'csv', 'jsonl'" in done.err
