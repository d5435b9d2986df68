"""`cablegram batch`: a row a line with the counts of the search; what can't be read is named, and it goes on."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import Run

from search.batch import spreading
from search.batch.formats import Told
from search.batch.resuming import Parts, Progress

NAMES = "injunction\n\nwickmakers\n--\nnosuchword\nlantern* quay\ntag:EAGR\n"


_HITS = "--hits takes a file that ends with .csv or .jsonl, beside -o for the rows"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "names.txt"
    path.write_text(NAMES, encoding="utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_each_line_has_the_counts_of_its_search(asking: Run, listed: Path) -> None:
    done = asking("batch", listed)
    assert done.code == 1
    assert done.err.splitlines() == [
        "cablegram: line 4: There is no letter and no digit to look for.",
        "6 lines: 4 found, 1 not found, 1 not searched.",
    ]
    found = rows(done.out)
    assert [row["line"] for row in found] == ["1", "3", "4", "5", "6", "7"]
    for row in found:
        if row["problem"]:
            assert (row["text"], row["paragraphs"], row["cables"]) == ("'--", "", "")
            continue
        search = asking("search", "--json", "--", row["query"]).json
        assert row["paragraphs"] == str(search["total"]["paragraphs"])
        assert row["cables"] == str(search["total"]["cables"])
        if search["hits"]:
            best = search["hits"][0]
            assert (row["cable"], row["paragraph"]) == (best["cable"], best["anchor"])
            days = sorted(hit["date"][:10] for hit in search["hits"])
            assert (row["first"], row["last"]) == (days[0], days[-1])
    assert found[0]["link"] == "/search?q=injunction"
    assert found[0]["passage_link"].startswith("/cable/")


def test_a_name_in_its_forms_and_exact_words(asking: Run, tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Harbor, old\nOld harbour\nof the lanterns sold\nlanterns of sold\n", "utf-8")
    forms = [
        json.loads(line)
        for line in asking("batch", path, "--as", "names", "--format", "jsonl").out.splitlines()
    ]
    assert [row["paragraphs"] for row in forms[:2]] == [0, 1]
    assert forms[1]["query"].startswith('"Old harbour" OR "harbour Old"')
    exact = rows(asking("batch", path, "--as", "exact").out)
    assert [row["paragraphs"] for row in exact] == ["0", "1", "1", "0"]
    near = rows(asking("batch", path, "--letters", "1").out)
    assert near[0]["query"] == "harbor~ AND old~"
    search = asking("search", "--json", near[0]["query"]).json
    assert near[0]["paragraphs"] == str(search["total"]["paragraphs"]) != "0"


def test_files_and_all_hits(asking: Run, listed: Path, tmp_path: Path) -> None:
    table, hits = tmp_path / "out.html", tmp_path / "hits.csv"
    done = asking(
        "batch",
        listed,
        "-o",
        table,
        "--hits",
        hits,
        "--origin",
        "la paz",
        CABLEGRAM_ADDRESS="https://cables.example",
    )
    assert done.err.endswith(f"They are in {table}.\n")
    html = table.read_text("utf-8")
    assert html.count("<tr>") == 7
    assert 'href="https://cables.example/search?q=injunction&amp;origin=la+paz"' in html
    found = rows(hits.read_text("utf-8"))
    assert {(row["line"], row["query"], row["cable"]) for row in found} == {
        ("1", "injunction", "08LAPAZ900102"), ("4", "", ""), ("7", "tag:EAGR", "08LAPAZ900102"),
    }  # fmt: skip
    assert all(
        row["link"].startswith("https://cables.example/cable/") for row in found if row["cable"]
    )
    assert {path.name for path in tmp_path.iterdir()} == {"names.txt", "out.html", "hits.csv"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.txt"], "none.txt: No such file or directory"),
        (["empty.txt"], "empty.txt: This list is empty: write a name, a phrase or a query a line"),
        (["sheet.xlsx"], "sheet.xlsx: This is no text: save the spreadsheet or document as CSV or plain text"),
        (["names.txt", "--as", "names", "--letters", "1"], "--letters goes with --as words, not with --as names"),
        (["names.txt", "--hits", "x.csv"], _HITS),
        (["names.txt", "-o", "x.csv", "--hits", "x.ris"], _HITS),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_one_sentence(
    run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "names.txt").write_text("x")
    (tmp_path / "empty.txt").write_text("\n \n")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04")
    done = run("batch", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"cablegram: {said}\n"


def test_processes_give_the_same_rows(
    asking: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.txt"
    path.write_text("".join(f"injunction OR w{number}\nquay\n" for number in range(150)))
    alone = asking("batch", path, "--workers", "1")
    monkeypatch.setattr(spreading, "_FEW", 10)
    together = asking("batch", path, "--workers", "2")
    assert together == alone
    assert alone.err == "300 lines: 300 found, 0 not found.\n"


def test_what_was_answered_before_an_interruption_is_not_asked_again(
    asking: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "TOGETHER", 3)
    path, output, hits = (tmp_path / name for name in ("many.txt", "out.csv", "hits.csv"))
    path.write_text("injunction\nquay\n--\nnosuchword\n" * 4)
    command = ("batch", path, "-o", output, "--hits", hits)
    whole = asking(*command)
    expected = output.read_bytes(), hits.read_bytes()
    output.unlink()
    hits.unlink()
    answers = 0
    real = spreading.answer

    def interrupted(*arguments: object) -> object:
        nonlocal answers
        answers += 1
        if answers == 3:
            raise KeyboardInterrupt
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(spreading, "answer", interrupted)
    stopped = asking(*command)
    assert stopped.code == 130
    assert "stopped behind 6 lines; the same command goes on there" in stopped.err
    assert not output.exists()
    # As a kill in the middle of a write leaves it.
    with (tmp_path / "out.csv.part").open("ab") as part:
        part.write(b"7,,quay,hal")
    done = asking(*command)
    assert "6 lines were answered before; going on behind them" in done.err
    assert answers == 3 + 4
    assert (output.read_bytes(), hits.read_bytes()) == expected
    assert done.err.splitlines()[-1] == whole.err.splitlines()[-1]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["hits.csv", "many.txt", "out.csv"]


def test_what_was_written_for_another_question_is_no_beginning_of_this(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    with Parts([output], "one") as parts:
        assert parts.begin().lines == 0
        parts.write(0, "a\n")
        parts.keep(Progress(1, Told(found=1)))
    with Parts([output], "one") as parts:
        assert parts.begin().lines == 1
    with Parts([output], "other") as parts:
        assert parts.begin().lines == 0
        parts.finish()
    assert output.read_bytes() == b""
