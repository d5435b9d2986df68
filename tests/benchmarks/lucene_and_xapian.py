"""The drivers of Lucene and Xapian, made and asked: what they find is what going through the documents' file finds.

`make test-peers` runs it, and installs what the drivers need; `make test` has no use for a JDK.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import growth, growth_report, in_turns
from benchmarks.growth_questions import KINDS, Question
from benchmarks.growth_systems import ask
from benchmarks.peers import PEERS, Peer, build, command, versions
from benchmarks.rivals import FACETS, read_ready, ready
from benchmarks.synthetic_cables import synthetic_cables
from search.fields import POSITION
from search.plans.documents import documents
from search.units import UnitKind, kind_at

CABLES = 60
_HITS = 10
Row = tuple[list[str], list[str], dict[str, list[str]]]


@pytest.fixture(scope="session")
def documents_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("peers") / "ready.tsv"
    with path.open("w", encoding="utf-8") as out:
        for cable in synthetic_cables(CABLES):
            for each in documents(cable):
                if kind_at(each.numbers[POSITION]) is UnitKind.PARAGRAPH:
                    out.write(f"{ready(each)}\n")
    return path


@pytest.fixture(scope="session")
def rows(documents_file: Path) -> list[Row]:
    """What the file has, a row a paragraph: stems, words, values."""
    found = [
        (stems.split(), exact.split(), values)
        for stems, exact, values in read_ready(documents_file)
    ]
    assert len(found) > 500
    return found


@pytest.fixture(scope="session", params=PEERS)
def built(
    request: pytest.FixtureRequest, documents_file: Path, rows: list[Row]
) -> tuple[str, Path]:
    """A peer and its index."""
    name: str = request.param
    folder = documents_file.parent / name
    done = subprocess.run(
        build(name, folder, documents_file), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"paragraphs": len(rows)}
    return name, folder


@pytest.fixture(scope="session")
def peer(built: tuple[str, Path]) -> Iterator[Peer]:
    with Peer(*built) as opened:
        yield opened


def _has(row: Row, question: Question) -> bool:
    stems, words, _ = row
    if question.phrase:
        asked = list(question.terms)
        return any(
            words[at : at + len(asked)] == asked for at in range(len(words) - len(asked) + 1)
        )
    if question.prefix:
        return any(word.startswith(question.terms[0]) for word in words)
    return set(question.stems) <= set(stems)


def _chosen(row: Row, mark: str, year: str) -> bool:
    values = row[2]
    return (not mark or mark in values["mark"]) and (not year or year in values["year"])


def _counted(rows: list[Row], facet: str) -> list[int]:
    values = [value for _, _, every in rows for value in every[facet]]
    return [len(set(values)), len(values)]


def _kinds(rows: list[Row]) -> Iterator[Question]:
    """Questions of every kind, about words that the paragraphs have."""
    for at in range(0, len(rows), 173):
        words = rows[at][1]
        first, second, third = words[3:6]
        yield Question((first,))
        yield Question((first, third))
        yield Question((first, second), phrase=True)
        yield Question((first, second, third), phrase=True)
        yield Question((third, first), phrase=True)
        yield Question((second[:3],), prefix=True)
        yield Question((second,), mark="U")
        yield Question((first[:2],), prefix=True, mark="C", year="2008")
        yield Question((first, second), phrase=True, year="2007")
        yield Question((second,), mark="none")
    yield Question(("nothinghasthis",))
    yield Question(("nothinghas",), prefix=True)


def test_what_is_found_is_what_the_documents_have(peer: Peer, rows: list[Row]) -> None:
    found_something = 0
    for question in _kinds(rows):
        told: dict[str, Any] = peer.told(question)
        having = [row for row in rows if _has(row, question)]
        found = [row for row in having if _chosen(row, question.mark, question.year)]
        assert told["matches"] == len(found), question
        hits = min(len(found), _HITS)
        assert len(told["best"]) == len(set(told["best"])) == hits
        best = [rows[number - 1] for number in told["best"]]
        assert all(
            _has(row, question) and _chosen(row, question.mark, question.year) for row in best
        )
        assert told["marked"] == hits, question
        # A facet leaves its own filter out.
        unmarked = [row for row in having if _chosen(row, "", question.year)]
        assert told["facets"] == {
            facet: _counted(unmarked if facet == "mark" else found, facet) for facet in FACETS
        }
        assert told["ms"] > 0
        found_something += bool(found)
    assert found_something > 12


def test_the_growth_measurement_asks_it(built: tuple[str, Path], rows: list[Row]) -> None:
    word = rows[0][1][3]
    figures = ask(*built, "same work", 0.05, [word])
    assert figures["rare word"]["matches"] == [sum(_has(row, Question((word,))) for row in rows)]
    assert all(each["asked"] >= 1 for each in figures.values())  # type: ignore[operator]


def test_versions_are_told(built: tuple[str, Path]) -> None:
    name, _ = built
    told = versions(name)
    assert set(told) == ({"lucene", "java"} if name == "lucene" else {"xapian"})
    if name == "lucene":
        assert told["lucene"].startswith("10.")


def test_an_index_that_is_not_there_is_said(built: tuple[str, Path], tmp_path: Path) -> None:
    name, _ = built
    done = subprocess.run(
        (*command(name), "answer", str(tmp_path / "none")),
        capture_output=True,
        text=True,
        check=False,
        input="",
    )
    assert done.returncode == 1
    assert done.stderr


def test_all_are_asked_in_turns(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """From the dump on: Cablegram's own index, and the others' of its paragraphs."""
    kept, report = tmp_path / "kept", tmp_path / "report"
    measured = ["--sizes", "600", "--seconds", "0.05", "--out", str(report), "--keep", str(kept)]
    code = growth.main([*measured, "--systems", "tantivy", "fts5", "bare", *PEERS])
    assert code == 0
    assert "found [" not in capfd.readouterr().err
    text = (report / growth_report.MARKDOWN).read_text(encoding="utf-8")
    assert "All of them found as many paragraphs for each question." in text
    assert "java" in growth_report.read(report)["versions"]
    assert in_turns.main([str(kept / "600"), "--warm", "0", "--rounds", "2"]) == 0
    first, second = capfd.readouterr().out.split("\n\n")
    assert second.count("\n") == len(KINDS) + 2
    head, _, *rows = first.splitlines()
    assert head == "| question | matches | tantivy | fts5 | bare | lucene | xapian |"
    assert [row.split(" | ")[0] for row in rows] == [f"| {kind}" for kind in KINDS]
