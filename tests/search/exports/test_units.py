"""A head, a heading, a note, a passage of another version: exported by name, cited as its cable with that place."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
import rispy
from memory_engine import MemoryIndex

from corpus.model import Cable, Footnote, Paragraph, Part, Passage, Version
from search.answers.answer import summary
from search.answers.unit_names import unit_named
from search.exports.about import About
from search.exports.citations import citation
from search.exports.entries import Entry, named, results
from search.exports.formats import FORMAT_OF
from search.exports.works import work
from search.language.tree import Or, Query, Word
from search.units import Unit, UnitKind, units

ANYTHING = Or(tuple(Word(kind.value, "unit") for kind in UnitKind))


@pytest.fixture
def cable(lanterns: Cable) -> Cable:
    version = Version("scoop", "https://www.scoop.co.nz/7.html", "01")
    return replace(
        lanterns,
        source_note="National Archives, RG 59.",
        footnotes=(Footnote("3", "Not found.", "p11"), Footnote("", "No mark.")),
        versions=(version,),
        passages=(Passage(version, Paragraph("p12", 12, "C", None, Part.BODY, "More lanterns.")),),
    )


def unit(cable: Cable, anchor: str) -> Unit:
    found = unit_named(cable, anchor)
    assert found
    return found


@pytest.mark.parametrize(
    ("anchor", "place"),
    [
        ("head", "March 23, 2007, header, WikiLeaks"),
        ("s-p11", "March 23, 2007, under “The Quay,” WikiLeaks"),
        ("source", "March 23, 2007, source note, WikiLeaks"),
        ("n3", "March 23, 2007, note 3, WikiLeaks"),
        ("nu1", "March 23, 2007, note, WikiLeaks"),
        ("p11", "March 23, 2007, para. 11, WikiLeaks"),
        ("v2-p12", "March 23, 2007, para. 12, Scoop, https://www.scoop.co.nz/7.html."),
    ],
)
def test_the_place_is_cited(cable: Cable, anchor: str, place: str) -> None:
    cited = citation(cable, unit(cable, anchor)).text
    assert cited.startswith("U.S. Consulate Guangzhou to U.S. Department of State, “Lanterns")
    assert place in cited
    (record,) = rispy.loads(citation(cable, unit(cable, anchor), "ris").text)
    assert record["id"] == f"07GUANGZHOU901:{anchor}"
    assert record["notes"]


def test_a_heading_at_the_end_of_a_citation_has_the_full_stop_inside(cable: Cable) -> None:
    bare = replace(cable, source="specimen", url="")
    assert citation(bare, unit(bare, "s-p11")).text.endswith(", under “The Quay.”")


def test_a_whole_cable_has_no_place(cable: Cable) -> None:
    assert work(cable).pinpoint("para.") == ""


@pytest.mark.parametrize("name", FORMAT_OF)
def test_all_units_are_listed_with_or_without_the_whole_cable(cable: Cable, name: str) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(cable)
    anchors = {each.anchor for each in units(cable)}
    form = FORMAT_OF[name]
    query = Query(ANYTHING, grouped=False)
    entries = list(results(index.searcher(), query, whole=form.whole(grouped=False)))
    assert {entry.unit.anchor for entry in entries if entry.unit} == anchors
    text = b"".join(form.encoded(entries, About())).decode()
    assert all(anchor in text for anchor in anchors)
    collected = list(named(index.searcher(), [f"{cable.id}#{anchor}" for anchor in anchors]))
    assert len(collected) == len(anchors)


def test_a_cable_is_listed_once_however_it_was_found(cable: Cable) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(cable)
    # In the subject and in paragraphs.
    entries = list(results(index.searcher(), Query(Word("lanterns")), whole=False))
    assert [entry.path for entry in entries] == ["/cable/07GUANGZHOU901"]


def test_the_table_says_the_kind_and_json_the_name(cable: Cable) -> None:
    note = Entry(summary(cable), unit(cable, "n3"), cable)
    text = b"".join(FORMAT_OF["csv"].encoded([note], About())).decode().removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["paragraph"], row["part"], row["text"]) == ("n3", "note", "Not found.")
    (line,) = b"".join(FORMAT_OF["jsonl"].encoded([note], About())).decode().splitlines()
    assert json.loads(line) == {
        "cable": "07GUANGZHOU901",
        "anchor": "n3",
        "unit": "note",
        "name": "note 3 to ¶11",
        "under": ["p11"],
        "number": None,
        "mark": None,
        "section": None,
        "part": "note",
        "text": "Not found.",
    }
