"""Lucene and Xapian as peers, without either: what is said where a program is missing, what drivers are asked.

What needs both is in `lucene_and_xapian.py`, which `make test-peers` runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from benchmarks import growth, growth_report, in_turns, peers
from benchmarks.growth_questions import KINDS, Answered, Question
from benchmarks.growth_ratios import differences, others, ratios
from benchmarks.rivals import read_ready, ready
from search.plans.documents import Document


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A system with nothing on PATH but what a test puts into the folder, and nothing made yet."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CABLEGRAM_PEERS_CACHE", str(tmp_path / "made"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(peers, "_JDKS", (f"{tmp_path}/jdks/*",))
    for each in (peers._jdk, peers.versions):
        each.cache_clear()
    yield tmp_path
    for each in (peers._jdk, peers.versions):
        each.cache_clear()


def jdk(home: Path, version: str) -> None:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "javac").touch()
    (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n', encoding="utf-8")


def program(folder: Path, name: str, does: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_jdk_that_is_too_old_is_said(bare: Path) -> None:
    jdk(bare / "jdks" / "old", "17.0.15")
    with pytest.raises(peers.Unavailable, match=r"^Lucene needs a JDK 21 or newer: set JAVA_HOME"):
        peers.command("lucene")


def test_the_jdk_that_is_set_goes_before_a_newer_one(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, version in (("one", "21.0.1"), ("two", "25.0.3"), ("three", "9.0.4")):
        jdk(bare / "jdks" / name, version)
    assert peers._jdk() == bare / "jdks" / "two"
    peers._jdk.cache_clear()
    monkeypatch.setenv("JAVA_HOME", str(bare / "jdks" / "one"))
    assert peers._jdk() == bare / "jdks" / "one"


@pytest.mark.parametrize(
    ("name", "there", "said"),
    [
        ("lucene", (), "mvn is not on PATH: install Maven, which brings the jars of Lucene."),
        ("xapian", (), "c++ is not on PATH: install a compiler of C++"),
        ("xapian", ("c++",), "xapian-config is not on PATH: install Xapian"),
    ],
)
def test_a_missing_program_is_said_in_a_sentence(
    bare: Path, name: str, there: tuple[str, ...], said: str
) -> None:
    jdk(bare / "jdks" / "new", "25.0.3")
    for each in there:
        program(bare, each, "exit 0")
    with pytest.raises(peers.Unavailable) as missing:
        peers.command(name)
    assert str(missing.value).startswith(said)
    assert list((bare / "made").iterdir()) == []


def test_what_a_failing_program_said_is_passed_on(bare: Path) -> None:
    jdk(bare / "jdks" / "new", "25.0.3")
    program(bare, "mvn", "echo no such version; exit 1")
    with pytest.raises(peers.Unavailable, match=r"^mvn failed: no such version$"):
        peers.command("lucene")


def test_nothing_is_measured_where_a_peer_is_missing(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        growth.main(["--sizes", "600", "--out", str(bare / "report")])
    said = capsys.readouterr().err
    assert "Lucene needs a JDK 21 or newer" in said
    assert "(Without the peers: --systems tantivy whoosh fts5 bare users)" in said
    assert not (bare / "report").exists()


def test_all_that_is_missing_is_said(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert peers.main() == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(".")[0] for line in said] == [
        "lucene can't be measured here",
        "xapian can't be measured here",
    ]


def test_a_driver_that_ends_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(peers, "command", lambda name: (sys.executable, "-c", ""))
    with (
        peers.Peer("xapian", tmp_path) as peer,
        pytest.raises(RuntimeError, match="the driver of xapian ended without an answer"),
    ):
        peer.whole(Question(("word",)))


def test_the_time_is_the_drivers_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answering = (
        'import sys\nfor line in sys.stdin: print(\'{"matches": 3, "ms": 1.5}\', flush=True)'
    )
    monkeypatch.setattr(peers, "command", lambda name: (sys.executable, "-c", answering))
    with peers.Peer("lucene", tmp_path) as peer:
        peer.warm_up([[Question(("word",))]], 0.01)
        found = peer.whole(Question(("word",)))
    assert (found.matches, found.milliseconds) == (3, 1.5)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (Question(("ministers", "of")), "all\tminist of\t\t"),
        (Question(("ministers", "of"), phrase=True), "phrase\tministers of\t\t"),
        (Question(("minis",), prefix=True), "prefix\tminis\t\t"),
        (Question(("oil",), mark="SBU"), "all\toil\tSBU\t"),
        (Question(("oil",), year="2008"), "all\toil\t\t2008"),
    ],
)
def test_questions_as_drivers_read_them(question: Question, line: str) -> None:
    assert peers.written(question) == line


def document(text: str, **values: tuple[str, ...]) -> Document:
    return Document("d", "1", {"text": text, "text_exact": text}, values, {}, frozenset())


def test_a_line_of_the_documents_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "ready.tsv"
    line = ready(document("oil | prices", tag=("PREL", "EPET"), mark=("SBU",)))
    path.write_text(f"{line}\n", encoding="utf-8")
    nothing: list[str] = []
    values = {
        "mark": ["SBU"],
        "classification": nothing,
        "origin": nothing,
        "tag": ["PREL", "EPET"],
        "year": nothing,
    }
    assert list(read_ready(path)) == [("oil | prices", "oil | prices", values)]


@pytest.mark.parametrize("sign", ["\t", "\n", "\r", "\x1f"])
def test_a_sign_that_would_break_a_line_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="a text has a sign that parts columns"):
        ready(document(f"oil{sign}prices"))
    with pytest.raises(ValueError, match="a text has a sign that parts columns"):
        ready(document("oil", origin=(f"La{sign}Paz",)))


def system(times: float, matches: list[int]) -> dict[str, Any]:
    """What was measured of a system, in the form of the report; `times` as much of everything as the least."""
    figures = {"p50": times, "p95": 2 * times, "first": times, "matches": matches, "times": [times]}
    return {
        "paragraphs": 600, "seconds": times, "processor_seconds": times, "a_second": 600 / times,
        "peak_mb": times, "bytes": times, "bytes_a_paragraph": times,
        "questions": dict.fromkeys(("page", "same work"), dict.fromkeys(KINDS, figures)),
    }  # fmt: skip


@pytest.fixture
def found() -> dict[str, Any]:
    """A size at which Lucene takes a half of ours and Xapian four times as much, and finds one paragraph more."""
    systems = {
        "tantivy": system(2, [7, 8]),
        "whoosh": {**system(9, [1]), "cut": True},
        "lucene": system(1, [7]),
        "xapian": system(8, [7, 9]),
    }
    return {"paragraphs": 600, "systems": systems}


def test_ours_is_divided_by_each_of_the_others(found: dict[str, Any]) -> None:
    assert others(found) == ["lucene", "xapian"]
    rows = {title: cells for title, *cells in ratios(found, others(found))}
    assert rows["processor time to index"] == ["2.0", "0.25"]
    assert rows["paragraphs indexed a second"] == ["0.50", "4.0"]
    assert {tuple(rows[kind]) for kind in KINDS} == {("2.0/2.0", "0.25/0.25")}
    assert others({"systems": {"lucene": found["systems"]["lucene"]}}) == []


def test_a_peer_that_finds_something_else_is_said(found: dict[str, Any]) -> None:
    told = differences(found)
    assert told[0] == "rare word: xapian found [7, 9], Cablegram [7, 8]"
    assert len(told) == len(KINDS)
    report = {
        "sizes": {"600": found},
        "machine": {"system": "s", "processors": 2, "model": "", "memory_gb": 1},
    }
    text = growth_report.markdown({**report, "versions": {"lucene": "10.6.0"}})
    assert "| Cablegram's, divided by that of | Lucene | Xapian |" in text
    assert f"Not the same was found. {told[0]}." in text
    found["systems"]["xapian"] = found["systems"]["lucene"]
    text = growth_report.markdown({**report, "versions": {}})
    assert "All of them found as many paragraphs for each question." in text


def test_the_script_says_what_it_could_not_install(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    (folder / "scripts").mkdir(parents=True)
    script = folder / "scripts" / "peers"
    script.write_bytes((root / "scripts" / "peers").read_bytes())
    program(tmp_path, "dirname", 'exec /usr/bin/dirname "$@"')
    done = subprocess.run(
        ["/bin/sh", str(script)],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.endswith(
        "Lucene and Xapian can't be measured here: what is missing is said above, and could not be installed.\n"
    )


def test_the_versions_are_pinned(root: Path) -> None:
    listed = (root / "benchmarks" / "drivers" / "lucene.xml").read_text(encoding="utf-8")
    assert listed.count("<version>${lucene}</version>") == listed.count("<dependency>") == 4
    assert json.dumps(listed.partition("<lucene>")[2].partition("</lucene>")[0]) == '"10.6.0"'


def test_an_index_that_is_not_kept_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tantivy").mkdir()
    with pytest.raises(SystemExit):
        in_turns.main([str(tmp_path), "--systems", "fts5", "xapian"])
    assert f"{tmp_path} has no index of fts5, xapian: growth.py --keep" in capsys.readouterr().err


def test_ratios_of_what_was_asked_in_turns() -> None:
    asked = {"word": [Question(("a",)), Question(("b",))]}
    ours, theirs = Says([2.0, 4.0]), Says([8.0, 8.0])
    times, matches = in_turns.measure({"tantivy": ours, "bare": theirs}, asked, 3)
    assert times == {"tantivy": {"word": [2.0, 4.0] * 3}, "bare": {"word": [8.0] * 6}}
    assert matches["bare"] == {"word": [8, 8]}
    row = in_turns.table(times, matches).splitlines()[-1]
    assert row == "| word | 4 | 3.0/4.0 | 8.0/8.0 (0.38/0.50) |"
    times["bare"]["word"][0] = 5.0
    row = in_turns.least(times, matches).splitlines()[-1]
    assert row == "| word | 3.0 | 6.5 (0.46) |"


class Says:
    """A system that takes given milliseconds in turn, and finds as many paragraphs."""

    def __init__(self, takes: list[float]) -> None:
        self._takes = cycle(takes)

    def whole(self, question: Question) -> Answered:
        took = next(self._takes)
        return Answered(int(took), took)
