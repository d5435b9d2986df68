"""What is found and shown that is no paragraph: heads, headings, notes; in lines, as JSON and in exports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import Run

from corpus.cable_json import cable_to_json
from corpus.model import Cable, Footnote, Paragraph, Part, Passage, Version

VERSION = Version("scoop", "https://www.scoop.co.nz/7.html", "01")
LAKE = Cable(
    id="73LAPAZ900107",
    subject="The Lake and Its Levels",
    paragraphs=(
        *(
            Paragraph(f"p{n}", n, "C", "Steamers", Part.BODY, f"Gauge {n} was read again.")
            for n in range(1, 30)
        ),
        Paragraph("p30", 30, None, None, Part.BODY, "The quay is low."),
    ),
    source_note="Drafted by Oblitas.",
    footnotes=(
        Footnote("2", "The gauge was replaced.", "p2"),
        Footnote("3", "The gauge is lost.", "p3"),
        Footnote("4", "Another gauge.", "p3"),
        Footnote("5", "The quay was raised.", "p30"),
    ),
    source="wikileaks",
    versions=(VERSION,),
    passages=(Passage(VERSION, Paragraph("p31", 31, None, None, Part.BODY, "A dredger remains.")),),
)


@pytest.fixture
def asking(run: Run, tmp_path: Path) -> Run:
    """`cablegram` beside an index of one cable."""
    (tmp_path / "lake.jsonl").write_text(json.dumps(cable_to_json(LAKE)) + "\n", encoding="utf-8")
    assert run("index", "lake.jsonl").code == 0
    return run


def test_the_subject_is_printed_with_what_matched_and_the_rest_is_counted_apart(
    asking: Run,
) -> None:
    lines = asking("search", "lake", "quay").out.splitlines()
    assert lines[:3] == [
        "73LAPAZ900107#p30  body",
        "  The *Lake* and Its Levels",
        "    The *quay* is low.",
    ]
    assert "73LAPAZ900107#n5  note 5 to ¶30" in lines
    assert lines[-1].startswith("1 paragraph in 1 cable, also 1 note, ")


def test_a_hit_in_the_subject_says_it_once(asking: Run) -> None:
    assert asking("search", "levels").out.splitlines()[:2] == [
        "73LAPAZ900107#head  in the subject",
        "    The Lake and Its *Levels*",
    ]
    grouped = asking("search", "levels", "--group")
    assert grouped.code == 0
    assert "73LAPAZ900107  The Lake and Its *Levels*" in grouped.out
    assert "1 subject or header in 1 cable" in grouped.out


def test_what_a_group_does_not_show_is_said(asking: Run) -> None:
    assert (
        "  and 27 more paragraphs, 2 more notes in this cable"
        in asking("search", "gauge", "--group").out
    )


def test_pages_count_everything(asking: Run) -> None:
    assert ", page 1 of 4, " in asking("search", "gauge", "--limit", "10").out
    assert asking("search", "gauge", "--limit", "10", "--page", "4").code == 0


def test_where_it_is_found_can_be_chosen(asking: Run) -> None:
    assert "--in VALUE" in " ".join(asking("search", "--help").out.split())
    hits = asking("search", "gauge", "--in", "notes", "--json").json["hits"]
    assert {hit["anchor"] for hit in hits} == {"n2", "n3", "n4"}
    assert asking("search", "gauge", "--in", "nowhere").err.startswith(
        "cablegram: nothing has in:nowhere"
    )
    # No note has the word, and notes are there.
    assert "nothing has" not in asking("search", "steamers", "--in", "notes").err


def test_json_names_each_kind(asking: Run) -> None:
    answer = asking("search", "levels OR oblitas OR raised OR dredger OR steamers", "--json").json
    assert answer["total"] == {
        "paragraphs": 0,
        "cables": 1,
        "others": {"head": 1, "heading": 1, "note": 2, "version": 1},
        "telegrams": None,
    }
    assert {
        (hit["anchor"], hit["unit"], hit["name"], *hit["under"][-1:]) for hit in answer["hits"]
    } == {
        ("head", "head", "in the subject"),
        ("s-p1", "heading", "heading over ¶1 to ¶29", "p29"),
        ("source", "note", "source note"),
        ("n5", "note", "note 5 to ¶30", "p30"),
        ("v2-p31", "version", "in version 2, ¶31"),
    }
    assert {hit["title"] for hit in answer["hits"]} == {"The Lake and Its <mark>Levels</mark>"}
    [group] = asking("search", "levels OR raised", "--json", "--group").json["groups"]
    assert group["others"] == {"head": 1, "note": 1}


@pytest.mark.parametrize(
    ("anchor", "kind", "text"),
    [
        ("head", "head", "The Lake and Its Levels"),
        ("s-p1", "heading", "Steamers"),
        ("source", "note", "Drafted by Oblitas."),
        ("n5", "note", "The quay was raised."),
        ("v2-p31", "version", "A dredger remains."),
        ("p30", "paragraph", "The quay is low."),
    ],
)
def test_each_is_shown(asking: Run, anchor: str, kind: str, text: str) -> None:
    shown = asking("show", f"73LAPAZ900107#{anchor}")
    assert shown.code == 0
    assert shown.out.startswith("73LAPAZ900107  The Lake and Its Levels\n")
    assert text in shown.out
    found = asking("show", f"73LAPAZ900107#{anchor}", "--json").json
    assert (found["anchor"], found["unit"]) == (anchor, kind)
    assert found["text"].startswith(text)


def test_a_whole_cable_is_shown_with_its_notes(asking: Run) -> None:
    shown = asking("show", "73LAPAZ900107").out
    assert "n5  note 5 to ¶30\nThe quay was raised.\n" in shown
    assert "source  source note\nDrafted by Oblitas.\n" in shown


def test_an_unknown_name_tells_in_short_what_there_is(asking: Run) -> None:
    done = asking("show", "73LAPAZ900107#n9")
    assert done.code == 1
    assert "has no part n9; it has p1, p2, " in done.err
    assert "p10, … p30, head, s-p1, source, n2, n3, n4, n5, v2-p31" in done.err
    assert "p20" not in done.err


def test_exports_list_each_with_its_kind_and_each_cable_once(asking: Run) -> None:
    asked = ("export", "levels OR raised OR steamers OR quay", "--format", "csv")
    rows = list(
        csv.DictReader(io.StringIO(asking(*asked, "--paragraphs").out.removeprefix("\ufeff")))
    )
    assert {(row["paragraph"], row["part"], row["text"].split("\n")[0]) for row in rows} == {
        ("head", "head", "The Lake and Its Levels"),
        ("s-p1", "heading", "Steamers"),
        ("n5", "note", "The quay was raised."),
        ("p30", "body", "The quay is low."),
    }
    assert len(rows[0]) == 16
    cables = list(csv.DictReader(io.StringIO(asking(*asked).out.removeprefix("\ufeff"))))
    assert [row["cable"] for row in cables] == ["73LAPAZ900107"]


def test_any_of_the_words_counts_what_is_no_paragraph(asking: Run) -> None:
    done = asking("search", "levels", "raised", "zeppelin")
    assert done.code == 1
    assert "1 subject or header, 1 note in 1 cable with any of these words" in done.err
