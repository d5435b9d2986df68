"""`cablegram missing`: what the index lacks, as lines, as JSON and as a table, and how it ends."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from command_line import Run


@pytest.fixture
def asking(run: Run, pages: Path) -> Run:
    """The command over an index of two cables; one cites a cable that is not there, and has a name taken out."""
    harbour = pages / "harbour.txt"
    text = harbour.read_text(encoding="utf-8")
    harbour.write_text(
        text.replace("guild's\nsecretary", "guild's\nXXXXXXXXXXXX"), encoding="utf-8"
    )
    assert run("index", "pages").code == 0
    return run


def test_lines(asking: Run) -> None:
    done = asking("missing")
    assert done.code == 0
    assert done.out.split() == (
        ["07GUANGZHOU900051", "cited", "by", "1:", "07GUANGZHOU900101", "(year", "inferred)"]
    )
    assert done.err == "1 cable cited and not in this index\n"


def test_json_and_the_table(asking: Run) -> None:
    found = asking("missing", "--json").json
    assert found["total"] == 1
    assert found["lacking"][0]["key"] == "2007GUANGZHOU900051"
    assert found["lacking"][0]["without_year"] == 1
    table = asking("missing", "--format", "csv").out.removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["citing cables"] == "07GUANGZHOU900101"


def test_a_post_and_a_year(asking: Run) -> None:
    assert asking("missing", "--post", "Guangzhou", "--year", "2007", "--json").json["total"] == 1
    assert asking("missing", "--post", "La Paz", "--json").json["total"] == 0
    wrong = asking("missing", "--year", "74")
    assert wrong.code == 2
    assert wrong.err == "cablegram: 74 is not a year of four digits, such as 1974\n"


def test_numbers(asking: Run) -> None:
    done = asking("missing", "--numbers", "--limit", "1")
    assert done.out.startswith("Guangzhou 2007: 1 of 900,101 held, 1 gap, 1 of the missing cited")
    one = asking("missing", "--numbers", "--post", "guangzhou", "--json").json["numberings"][0]
    assert one["ranges"] == [{"first": 1, "last": 900100, "numbers": 900100, "cited": 1}]
    table = asking("missing", "--numbers", "--post", "guangzhou", "--format", "csv").out
    assert "Guangzhou,2007,1,900100,900100,1,Telegrams 1 to 900100 from Guangzhou of 2007" in table
    assert asking("missing", "--numbers", "--format", "csv").code == 2


def test_one_cable_and_all_of_them(asking: Run) -> None:
    done = asking("missing", "07 Guangzhou 900101")
    assert done.out.split() == ["p2", "name:", "1", "name", "XXXXXXXXXXXX"]
    assert asking("missing", "08LAPAZ900102").code == 1
    assert asking("missing", "08LAPAZ1").code == 2
    (omission,) = asking("missing", "07GUANGZHOU900101", "--json").json["omissions"]
    assert omission["sizes"] == [{"amount": 1.0, "unit": "name", "bound": None}]
    counts = asking("missing", "--withheld", "--json").json
    assert counts["paragraphs"] == counts["cables"] == 1
    assert counts["counts"]["redaction"] == {"name": 1}
    assert "redaction         1  name" in asking("missing", "--withheld").out
