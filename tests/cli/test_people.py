"""`cablegram people`: who is named, and what the archive decides of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from command_line import Run

from search import sources as manifests

PAGE = """Cablegate: {subject}

DE RUEHGZ #0{number}/01 0820844
R 230844Z MAR 07

UNCLAS GUANGZHOU {number}

E.O. 12958: N/A
TAGS: ECON, CH
SUBJECT: {subject}

{text}
"""


@pytest.fixture
def at(tmp_path: Path, run: Run) -> Path:
    """A folder with an index of two pages."""
    for number, text in enumerate(
        ("1. (U) Minister Anna L. Mora left.", "1. (U) Minister Anna Weiss came."), 901
    ):
        page = PAGE.format(subject=f"Harbour {number}", number=number, text=text)
        (tmp_path / f"{number}.txt").write_text(page, "utf-8")
    assert run("index", "901.txt", "902.txt").code == 0
    return tmp_path


def test_people_are_listed(at: Path, run: Run) -> None:
    done = run("people")
    assert done.code == 0
    assert [line.split(None, 1) for line in done.out.splitlines()] == [
        ["1", "Anna L. Mora"],
        ["1", "Anna Weiss"],
    ]
    found = run("people", "mora", "--json").json
    assert found["total"] == 1
    assert found["people"][0]["forms"][0]["form"] == "Anna L. Mora"
    assert "1 more" in run("people", "--limit", "1").out


def test_a_decision_is_a_line_that_can_be_taken_out(at: Path, run: Run) -> None:
    names = ("Anna L. Mora", "Anna Weiss")
    done = run("people", "--same", *names, "--note", "married")
    assert "Added to" in done.out
    file = at / "cablegram-index" / "people.csv"
    assert "same,Anna L. Mora,Anna Weiss,married" in file.read_text("utf-8")
    assert run("people").out.split(None, 1)[0] == "2"
    assert run("people", "--undo", *names).code == 0
    assert len(run("people").out.splitlines()) == 2
    done = run("people", "--undo", *names)
    assert done.code == 2
    assert "has no line" in done.err
    assert run("people", "--apart", *names).code == 0
    assert "apart," in file.read_text("utf-8")


def test_a_model_of_names_is_asked_for(tmp_path: Path, run: Run) -> None:
    model = spacy.blank("en")
    model.meta["name"], model.meta["version"] = "harbour", "2.0"
    ruler = model.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Quispe Lomax"}])
    model.to_disk(tmp_path / "model")
    page = PAGE.format(
        subject="Harbour", number=901, text="1. (U) Quispe Lomax of the port was there."
    )
    (tmp_path / "901.txt").write_text(page, "utf-8")
    assert run("index", "901.txt").code == 0
    assert run("people").out == ""
    # The page has not changed: it is read again because another reader of names was chosen.
    done = run("index", "901.txt", "--names-model", "model")
    assert "read again" in done.out
    assert run("people").out.split(None, 1) == ["1", "Quispe Lomax\n"]
    with manifests.read(tmp_path / "cablegram-index") as manifest:
        assert manifest.names_read_by() == ("a statistical model (en_harbour 2.0)",)
    assert run("search", 'person:"quispe lomax"').code == 0
    assert "unchanged" in run("index", "901.txt", "--names-model", "model").out
    assert "read again" in run("index", "901.txt").out
    failed = run("index", "901.txt", "--names-model", "elsewhere")
    assert failed.code == 2
    assert "There is no spaCy pipeline 'elsewhere'" in failed.err
