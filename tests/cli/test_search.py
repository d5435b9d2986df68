"""`cablegram search`, `show` and `status`: what they find, print and return."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Run

HARBOUR_ID = "07GUANGZHOU900101"
ORCHARD_ID = "08LAPAZ900102"


def test_json_has_totals_hits_and_facets(asking: Run) -> None:
    done = asking("search", "injunction", "stalls", "--json")
    assert done.code == 0
    assert done.err == ""
    answer = done.json
    assert answer["total"] == {"paragraphs": 1, "cables": 1, "others": {}, "telegrams": None}
    [hit] = answer["hits"]
    assert hit["cable"] == HARBOUR_ID
    assert hit["anchor"] == "p3"
    assert hit["url"] == f"/cable/{HARBOUR_ID}/p/3"
    assert hit["score"] > 0
    assert hit["section"] == "The Quay at Night"
    assert "injunction" in hit["snippet"]
    assert hit["text"].startswith("A preliminary injunction")
    assert answer["facets"]["origin"] == [{"value": "Guangzhou", "count": 1}]


def test_words_mark_the_hits_in_plain_lines(asking: Run) -> None:
    done = asking("search", "injunction")
    assert done.code == 0
    assert f"{HARBOUR_ID}#p3" in done.out
    assert "2007-03-23 08:44 UTC  Guangzhou, China  (U)  The Quay at Night" in done.out
    assert "*injunction*" in done.out
    assert "2 paragraphs in 2 cables" in done.out.splitlines()[-1]


def test_grouped_results_are_cables(asking: Run) -> None:
    done = asking("search", "--group", "--limit", "1", "--sort", "newest")
    assert done.code == 0
    assert done.out.startswith(f"{ORCHARD_ID}  2008-05-25 18:47 UTC  La Paz, Bolivia  Orchards on")
    assert "7 paragraphs in 2 cables, page 1 of 2" in done.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--section", "the quay at night"], {f"{HARBOUR_ID}#p2", f"{HARBOUR_ID}#p3"}),
        (["--part", "comment"], {f"{HARBOUR_ID}#p4"}),
        (["--mark", "U", "--year", "2007"], {f"{HARBOUR_ID}#p3"}),
        (
            ["--part", "summary", "--part", "comment", "--origin", "Guangzhou"],
            {f"{HARBOUR_ID}#p1", f"{HARBOUR_ID}#p4"},
        ),
        (["dry", "--country", "bolivia", "--tag", "EAGR"], {f"{ORCHARD_ID}#p2"}),
        (["date:2008", "AND", "mark:U"], {f"{ORCHARD_ID}#p1"}),
        (["--", "-stalls", "injunction"], {f"{ORCHARD_ID}#p3"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_filters_and_field_words(asking: Run, arguments: list[str], expected: set[str]) -> None:
    done = asking("search", "--json", *arguments)
    assert {f"{hit['cable']}#{hit['anchor']}" for hit in done.json["hits"]} == expected


def test_paging(asking: Run) -> None:
    pages = [
        asking("search", "--limit", "3", "--page", str(page), "--json").json for page in (1, 2, 3)
    ]
    assert [len(page["hits"]) for page in pages] == [3, 3, 1]
    names = [f"{hit['cable']}#{hit['anchor']}" for page in pages for hit in page["hits"]]
    assert len(set(names)) == 7


def test_nothing_found(asking: Run) -> None:
    done = asking("search", "xylophonist", "--json")
    assert done.code == 1
    assert done.json["hits"] == []
    assert asking("search", "xylophonist").out.startswith("0 paragraphs in 0 cables")


def test_bad_query_is_repaired_and_said(asking: Run) -> None:
    done = asking("search", '"half of', "--json")
    assert done.code == 0
    assert done.json["total"]["paragraphs"] == 2
    assert "character 1" in done.err
    assert 'searched for: "half of"' in done.err


@pytest.mark.parametrize(
    "command", [["search", "quay"], ["show", "07GUANGZHOU1"], ["status"], ["serve", "--port", "0"]]
)
def test_without_an_index(run: Run, command: list[str]) -> None:
    done = run(*command, "--index", "nowhere")
    assert done.code == 2
    assert "nowhere" in done.err
    assert "cablegram index" in done.err
    assert done.err.count("\n") == 1


def test_damaged_index(run: Run, pages: Path, tmp_path: Path) -> None:
    run("index", pages)
    (tmp_path / "cablegram-index" / "sources.sqlite").write_bytes(b"no database")
    done = run("status")
    assert done.code == 2
    assert "--rebuild" in done.err


@pytest.mark.parametrize(
    "spelling", [HARBOUR_ID, "2007GUANGZHOU00900101", "07 guangzhou 900101", "07GUANGZHOU900101_a"]
)
def test_show_takes_any_spelling(asking: Run, spelling: str) -> None:
    done = asking("show", spelling)
    assert done.code == 0
    assert done.out.startswith(f"{HARBOUR_ID}  Harbour Lanterns and the Guild of Wickmakers")
    assert "p3  (U) A preliminary injunction" in done.out


def test_show_json_is_what_parse_prints(asking: Run, harbour: str) -> None:
    shown = asking("show", HARBOUR_ID, "--json").json
    [parsed] = [
        json.loads(line) for line in asking("parse", "pages/harbour.txt", "--json").out.splitlines()
    ]
    assert shown == parsed
    assert [paragraph["number"] for paragraph in parsed["paragraphs"]] == [1, 2, 3, 4]
    assert "".join(segment["text"] for segment in parsed["segments"]) == harbour


def test_show_a_paragraph(asking: Run) -> None:
    shown = asking("show", f"{HARBOUR_ID}#p4")
    assert shown.code == 0
    assert "It needs a witness with a nose." in shown.out
    assert "injunction" not in shown.out
    paragraph = asking("show", f"{HARBOUR_ID}#p4", "--json").json
    assert (paragraph["cable"], paragraph["anchor"], paragraph["part"]) == (
        HARBOUR_ID,
        "p4",
        "comment",
    )


def test_show_what_is_not_there(asking: Run) -> None:
    unknown = asking("show", "07GUANGZHOU900110")
    assert unknown.code == 1
    assert HARBOUR_ID in unknown.err
    other = asking("show", "99PARIS1")
    assert other.code == 1
    assert ORCHARD_ID not in other.err
    paragraph = asking("show", f"{HARBOUR_ID}#p9")
    assert paragraph.code == 1
    assert "p1, p2, p3, p4" in paragraph.err


def test_status_tells_what_the_index_holds(asking: Run) -> None:
    done = asking("status")
    assert done.code == 0
    assert "Cables     2" in done.out
    assert "Paragraphs 7" in done.out
    status = asking("status", "--json").json
    assert (status["engine"], status["cables"], status["paragraphs"]) == ("tantivy", 2, 7)
    assert status["bytes"] > 0
    assert status["built"]
    assert [source["cables"] for source in status["sources"]] == [1, 1]


def test_status_tells_the_beginning_of_long_lists_and_all_of_one(
    asking: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.cli.status.MOST_TOLD", 1)
    told = asking("status", "--json").json
    assert (told["source_count"], len(told["sources"]), told["set_aside_count"]) == (2, 1, 0)
    lines = [json.loads(line) for line in asking("status", "--list", "sources").out.splitlines()]
    assert [line["cables"] for line in lines] == [1, 1]
    assert lines[0] == told["sources"][0]
    lines = [json.loads(line) for line in asking("status", "--list", "cables").out.splitlines()]
    assert sorted(line["cable"] for line in lines) == sorted([HARBOUR_ID, ORCHARD_ID])
    assert asking("status", "--list", "set-aside").out == ""


def test_parse_summary(run: Run, pages: Path) -> None:
    done = run("parse", "pages/harbour.txt")
    assert done.code == 0
    assert "  [Comment: A Matter of Smell]\n    p4   (SBU)   The guild has a case." in done.out
    assert "  origin         Guangzhou, China\n" in done.out


def test_any_of_the_words_is_offered_where_all_of_them_find_nothing(asking: Run) -> None:
    question = ["search", "growers", "stalls"]
    done = asking(*question)
    assert done.code == 1
    assert done.err == (
        "cablegram: 3 paragraphs in 2 cables with any of these words: add --match any\n"
    )
    assert asking(*question, "--json").json["any_words"] == {
        "paragraphs": 3,
        "cables": 2,
        "others": {},
    }
    wider = asking(*question, "--match", "any", "--json")
    assert wider.code == 0
    assert wider.json["total"] == {"paragraphs": 3, "cables": 2, "others": {}, "telegrams": None}
    assert wider.json["any_words"] is None
    assert asking("search", "injunction", "--json").json["any_words"] is None
    assert "--match" not in asking("search", "xyzzy").err


@pytest.mark.parametrize(
    "words",
    ["07guangzhou900101", "cf. 07 Guangzhou 900101, para 3", "(REF: 2007GUANGZHOU900101)"],
)
def test_a_pasted_id_is_recognised(asking: Run, words: str) -> None:
    answer = asking("search", "--json", "--", words).json
    assert answer["recognised_cables"] == [HARBOUR_ID]
    told = asking("search", "--", words).err
    assert f"{HARBOUR_ID} is in this index: cablegram show {HARBOUR_ID}" in told


def test_an_id_that_is_not_there_is_not_recognised(asking: Run) -> None:
    assert asking("search", "--json", "07GUANGZHOU1").json["recognised_cables"] == []


def test_an_unknown_value_of_a_facet_is_told_with_those_near_it(asking: Run) -> None:
    done = asking("search", "--section", "quay")
    assert done.code == 1
    assert "no paragraph has the section quay; there is The Quay at Night" in done.err
    answer = asking("search", "--origin", "guangzou", "--origin", "La Paz", "--json").json
    assert answer["unknown_values"] == [
        {"field": "origin", "value": "guangzou", "near": ["Guangzhou"]}
    ]
    # Guangzhou is there, and has nothing to do with the question.
    known = asking("search", "orchards", "--origin", "Guangzhou", "--json").json
    assert known["unknown_values"] == []


def test_a_page_behind_the_last_says_so(asking: Run) -> None:
    done = asking("search", "injunction", "--page", "99")
    assert done.code == 1
    assert "There is no page 99: the last one is 1." in done.err
    answer = asking("search", "injunction", "--page", "99", "--json").json
    assert answer["notes"] == ["There is no page 99: the last one is 1."]
    assert answer["hits"] == []
    assert "There is no page" not in asking("search", "injunction").err


def test_a_question_that_is_cut_ends_with_2_and_no_file_is_written(
    asking: Run, tmp_path: Path
) -> None:
    names = [f"name{number}" for number in range(65)]
    done = asking("search", "injunction", "OR", *" OR ".join(names).split())
    assert done.code == 2
    assert "08LAPAZ900102" in done.out
    assert "Only the first 64 terms were searched." in done.err
    assert "cablegram batch FILE" in done.err
    target = tmp_path / "found.csv"
    refused = asking("export", *names, "--format", "csv", "-o", target)
    assert refused.code == 2
    assert "Only the first 64 terms were searched." in refused.err
    assert not target.exists()


def test_an_empty_answer_says_which_words_nothing_has(asking: Run) -> None:
    done = asking("search", "injunction zebra")
    assert done.code == 1
    assert "nothing in this index has zebra" in done.err


def test_the_other_reading_is_told(asking: Run) -> None:
    done = asking("search", "INJUNCTION WAS NOT GRANTED")
    assert "or search for: INJUNCTION AND WAS AND NOT GRANTED" in done.err
    named = asking("search", "LA PAZ 900102")
    assert "08LAPAZ900102 is in this index: cablegram show 08LAPAZ900102" in named.err
