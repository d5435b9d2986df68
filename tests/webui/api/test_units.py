"""What is no paragraph in the API: searched, counted, filtered, read by its name and cited; as the schema says."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator
from memory_engine import MemoryIndex

from corpus.model import Cable, Footnote, Paragraph, Part, Passage, Version
from search.units import units
from webui import create_app

V1 = "/api/v1"
VERSION = Version("scoop", "/private/7.html", "01")
LAKE = Cable(
    id="73LAPAZ7",
    subject="The <lake> and its levels",
    paragraphs=(Paragraph("p1", 1, "C", "Steamers", Part.BODY, "The quay is low."),),
    source_note="Drafted by Oblitas.",
    footnotes=(Footnote("2", "The quay was raised.", "p1"),),
    versions=(VERSION,),
    passages=(Passage(VERSION, Paragraph("p2", 2, None, None, Part.BODY, "A dredger remains.")),),
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(LAKE)
    return create_app(index.searcher()).test_client()


def checked(client: FlaskClient, path: str, schema: str) -> dict[str, Any]:
    """An answer that is as the document says."""
    content: dict[str, Any] = client.get(f"{V1}{path}").json
    document = client.get(f"{V1}/openapi.json").json
    Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    ).validate(content)
    return content


def test_a_search(client: FlaskClient) -> None:
    found = checked(client, "/search?q=lake+quay&view=cables&facet=in", "Result")
    assert found["total"] == {
        "paragraphs": 1,
        "cables": 1,
        "others": {"note": 1},
        "telegrams": None,
    }
    assert found["groups"] == [
        {
            "cable": "73LAPAZ7",
            "total": 1,
            "others": {"note": 1},
            "anchors": ["p1", "n2"],
            "versions": [],
        }
    ]
    hits = {hit["anchor"]: hit for hit in found["hits"]}
    assert (hits["n2"]["unit"], hits["n2"]["name"], hits["n2"]["under"]) == (
        "note",
        "note 2 to ¶1",
        ["p1"],
    )
    assert hits["n2"]["title"] == "The &lt;<mark>lake</mark>&gt; and its levels"
    assert hits["n2"]["url"] == "/cable/73LAPAZ7/p/n2"
    assert found["facets"]["in"] == [{"value": "notes", "count": 1}, {"value": "text", "count": 1}]


def test_every_kind_is_as_the_schema_says(client: FlaskClient) -> None:
    asked = "levels+OR+oblitas+OR+raised+OR+dredger+OR+steamers+OR+quay"
    found = checked(client, f"/search?q={asked}&per_cable=20", "Result")
    # The paragraph under it is a hit, so the heading is none.
    anchors = {hit["anchor"] for hit in found["hits"]}
    assert anchors == {"p1", "head", "source", "n2", "v2-p2"}
    alone = checked(client, "/search?q=steamers", "Result")
    assert [hit["anchor"] for hit in alone["hits"]] == ["s-p1"]
    assert found["total"]["others"] == {"head": 1, "note": 2, "version": 1}


def test_a_filter(client: FlaskClient) -> None:
    found = checked(client, "/search?q=quay&in=notes", "Result")
    assert [hit["anchor"] for hit in found["hits"]] == ["n2"]
    found = checked(client, "/search?q=quay&-in=notes", "Result")
    assert [hit["anchor"] for hit in found["hits"]] == ["p1"]


@pytest.mark.parametrize("unit", units(LAKE), ids=lambda unit: unit.anchor)
def test_each_is_read_by_its_name_and_cited(client: FlaskClient, unit: Any) -> None:
    found = checked(client, f"/cables/73LAPAZ7/paragraphs/{unit.anchor}", "Unit")
    assert (found["anchor"], found["unit"], found["text"]) == (
        unit.anchor,
        unit.kind.value,
        unit.text,
    )
    cited = checked(client, f"/cables/73LAPAZ7/citations?anchor={unit.anchor}", "Citations")
    texts = {each["style"]: each["text"] for each in cited["citations"]}
    assert f":{unit.anchor}" in texts["bibtex"]


def test_a_name_that_is_none(client: FlaskClient) -> None:
    answer = client.get(f"{V1}/cables/73LAPAZ7/paragraphs/n9")
    assert answer.status_code == 404
    assert answer.json["detail"] == (
        "73LAPAZ7 has no part n9; it has p1, head, s-p1, source, n2, v2-p2."
    )


def test_passages_are_with_the_cable_and_no_folder_is(client: FlaskClient) -> None:
    found = checked(client, "/cables/73LAPAZ7", "Cable")
    assert [each["anchor"] for each in found["passages"]] == ["p2"]
    assert "/private" not in client.get(f"{V1}/cables/73LAPAZ7").text
