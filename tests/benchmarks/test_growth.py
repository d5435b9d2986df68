"""The growth measurement on its small size: every system is run, all find the same, and the report has its shape."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from measuring import measuring

from benchmarks import growth as growth_py
from benchmarks import growth_report
from benchmarks.growth_questions import KINDS, RARE, Answered, Question
from benchmarks.growth_systems import fill_whoosh, measure, percentile, timed

SYSTEMS = ("tantivy", "whoosh", "fts5", "bare")
FIGURES = {
    "paragraphs", "seconds", "processor_seconds", "a_second", "peak_mb", "bytes", "bytes_a_paragraph", "questions",
}  # fmt: skip


@pytest.fixture(scope="module")
def out(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("growth")
    measuring(
        root, "growth", "--sizes", "600", "--out", str(folder / "report"), "--seconds", "0.02", "--users", "1", "2",
        "--keep", str(folder / "kept"), "--systems", *SYSTEMS, "users",
    )  # fmt: skip
    return folder / "report"


@pytest.fixture(scope="module")
def report(out: Path) -> dict[str, Any]:
    return growth_report.read(out)


@pytest.fixture(scope="module")
def size(report: dict[str, Any]) -> Any:
    return report["sizes"]["600"]


def test_the_report_says_where_and_what_was_measured(report: dict[str, Any]) -> None:
    assert set(report) == {"date", "machine", "versions", "sizes"}
    assert report["machine"]["processors"] >= 1
    assert report["versions"]["tantivy"]
    assert list(report["sizes"]) == ["600"]


def test_each_system_is_measured(size: Any) -> None:
    assert set(size["systems"]) == set(SYSTEMS)
    for name, found in size["systems"].items():
        assert set(found) >= FIGURES
        assert found["paragraphs"] == size["paragraphs"] > 500
        assert min(found["seconds"], found["processor_seconds"], found["peak_mb"]) > 0
        assert found["bytes_a_paragraph"] > 100
        ways = {"same work", "page"} if name in ("tantivy", "whoosh") else {"same work"}
        assert set(found["questions"]) == ways
        for way in ways:
            assert tuple(found["questions"][way]) == KINDS
            for each in found["questions"][way].values():
                assert 0 < each["p50"] <= each["p95"]


@pytest.mark.parametrize("kind", KINDS)
def test_all_systems_find_the_same(size: Any, kind: str) -> None:
    found = [
        questions_of[kind]["matches"]
        for system in size["systems"].values()
        for questions_of in system["questions"].values()
    ]
    assert len(found) == 6
    longest = max(found, key=len)
    assert all(each == longest[: len(each)] for each in found)
    assert min(map(len, found)) >= 3
    if kind not in ("three words", "phrase", "two words", "word + year"):
        assert max(longest) > 0


def test_several_users_get_answers_and_no_errors(size: Any) -> None:
    assert len(size["users"]) == 2
    for rows in size["users"].values():
        assert [row["users"] for row in rows] == [1, 2]
        assert all(row["answers"] > 0 and row["errors"] == 0 for row in rows)


def test_the_tables_and_the_picture_have_all_of_it(out: Path, size: Any) -> None:
    text = (out / growth_report.MARKDOWN).read_text(encoding="utf-8")
    for kind in KINDS:
        assert f"| {kind} |" in text
    assert f"{size['systems']['fts5']['processor_seconds']:,.0f}" in text
    assert "gunicorn, 2 processes" in text
    drawn = (out / growth_report.PICTURE).read_text(encoding="utf-8")
    picture = ET.fromstring(drawn)  # noqa: S314 - made by this very test
    assert picture.tag.endswith("svg")
    assert sum(each.tag.endswith("circle") for each in picture.iter()) == 3 * len(SYSTEMS) + len(
        KINDS
    ) * 2 * (len(SYSTEMS) + 1)


def test_the_sizes_and_the_systems_are_compared(report: dict[str, Any]) -> None:
    larger = json.loads(json.dumps(report))
    larger["sizes"]["6000"] = copied = larger["sizes"].pop("600")
    for way in ("page", "same work"):
        copied["systems"]["tantivy"]["questions"][way]["word"]["p50"] *= 3
    text = growth_report.markdown({**report, "sizes": report["sizes"] | larger["sizes"]})
    (row,) = re.findall(r"^\| word \| 10 \| .*", text, re.MULTILINE)
    assert row.endswith("| 3.00 | 3.00 |")
    figures = {name: report["sizes"]["600"]["systems"][name] for name in ("fts5", "tantivy")}
    fts5, ours = (each["questions"]["same work"]["phrase"]["p50"] for each in figures.values())
    assert re.search(rf"^\| phrase \| .*\| {fts5 / ours:,.0f} \|$", text, re.MULTILINE)


def test_whoosh_is_cut_off_and_not_tried_again_at_a_larger_size(out: Path, tmp_path: Path) -> None:
    made = fill_whoosh(out.parent / "kept" / "600" / "tantivy", tmp_path / "whoosh", 0)
    assert made == {"paragraphs": 0, "cut": True}
    report = {"sizes": {"600": {"systems": {"whoosh": made}}}}
    assert [growth_py.was_cut(report, size) for size in (300, 600, 6_000)] == [False, False, True]


def test_a_report_is_completed_in_pieces(out: Path) -> None:
    before = growth_report.read(out)
    kept = out.parent / "kept"
    code = growth_py.main([
        "--add", "--out", str(out), "--sizes", "600", "--systems", "bare",
        "--keep", str(kept), "--seconds", "0.02",
    ])  # fmt: skip
    assert code == 0
    after = growth_report.read(out)
    systems, others = (each["sizes"]["600"]["systems"] for each in (before, after))
    assert systems["bare"] != others["bare"]
    assert {**systems, "bare": 0} == {**others, "bare": 0}


def test_the_readme_is_given_the_table(root: Path, out: Path, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    text = (root / "README.md").read_text(encoding="utf-8")
    readme.write_text(text, encoding="utf-8")
    assert growth_py.main(["--out", str(out), "--readme", str(readme)]) == 0
    found = readme.read_text(encoding="utf-8")
    before, _, rest = found.partition(growth_report.BEGIN)
    table, _, behind = rest.partition(growth_report.END)
    assert text.startswith(before)
    assert text.endswith(behind)
    report = json.loads((out / growth_report.JSON).read_text(encoding="utf-8"))
    assert f"| {report['sizes']['600']['paragraphs']:,} |" in table
    assert report["date"] in table


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"growth\.json is not there: measure some sizes first"):
        growth_py.main(["--out", str(tmp_path), "--readme", str(tmp_path / "README.md")])
    (tmp_path / "README.md").write_text("none", encoding="utf-8")
    with pytest.raises(SystemExit, match="has no place for the table"):
        growth_report.put_into(tmp_path / "README.md", {"sizes": {}, "machine": {}, "versions": {}})


def test_a_rare_word_is_one_that_ten_paragraphs_have(report: dict[str, Any]) -> None:
    for found in report["sizes"].values():
        assert len(set(found["rare"])) == 8
        matches = found["systems"]["tantivy"]["questions"]["same work"]["rare word"]["matches"]
        # Few words of six hundred paragraphs are in ten of them.
        assert all(RARE - 4 <= each <= RARE + 4 for each in matches), matches


def test_questions_are_asked_until_the_time_is_over() -> None:
    asked: list[Question] = []
    some = {"word": [Question((word,)) for word in "abcdef"]}
    found = measure(timed(lambda one: asked.append(one) or len(asked)), some, 0)["word"]
    assert found.matches == [1, 2, 3]
    assert len(found.first) == 3
    found = measure(timed(lambda one: 7), some, 60)["word"]
    assert (found.matches, len(found.first), len(found.times)) == ([7] * 6, 6, 30)
    found = measure(lambda one: Answered(7, 2.5), some, 60)["word"]
    assert (found.matches, set(found.first), set(found.times)) == ([7] * 6, {2.5}, {2.5})


def test_percentiles_are_of_the_times_that_were_measured() -> None:
    times = [float(each) for each in range(100, 0, -1)]
    assert (percentile(times, 50), percentile(times, 95)) == (51.0, 96.0)
    assert percentile([3.0], 95) == 3.0
