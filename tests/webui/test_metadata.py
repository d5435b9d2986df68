"""What pages tell programs of their cables, read as Zotero reads it and as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import lxml.etree
import pytest
import rispy
import zotero
from flask.testing import FlaskClient
from memory_engine import MemoryIndex
from odd_cables import ODD_CABLES

from corpus.model import Cable
from search.answers.unit_names import unit_named
from search.exports.works import Work, work
from webui import create_app

# The indexer never gives half a pair, and no page could be written with one.
CABLES = {name: cable for name, cable in ODD_CABLES.items() if name != "half a sign"}
WITH_TEXT = {name: cable for name, cable in CABLES.items() if cable.paragraphs}


@pytest.fixture(scope="module")
def odd() -> FlaskClient:
    index = MemoryIndex()
    with index.writer() as writer:
        for cable in CABLES.values():
            writer.put(cable)
    return create_app(index.searcher()).test_client()


def page_of(client: FlaskClient, address: str) -> zotero.Page:
    answer = client.get(address)
    assert answer.status_code == 200
    return zotero.Page(answer.text, f"http://localhost{address}")


def cable_address(cable: Cable, *more: str) -> str:
    return "/".join((f"/cable/{quote(cable.id)}", *more))


def get_from(client: FlaskClient) -> Callable[[str], str]:
    def get(address: str) -> str:
        parts = urlsplit(address)
        answer = client.get(f"{parts.path}?{parts.query}")
        assert answer.status_code == 200, address
        return answer.text

    return get


def bodies(cited: Work, stop: Callable[[str], str] = str) -> list[dict[str, str]]:
    """The creators that a work has: bodies in one field, but for a name that has a comma of its own."""
    names = [("author", cited.author), *(("recipient", name) for name in cited.recipients)]
    return [
        {"creatorType": kind} | (parted(name) if "," in name else {"lastName": stop(name)})
        for kind, name in names
        if name
    ]


def parted(name: str) -> dict[str, str]:
    last, first = name.split(", ")
    return {"lastName": last, "firstName": first}


def first_stop_parted(name: str) -> str:
    return name.replace("U.S. ", "U. S. ", 1)


@pytest.mark.parametrize("name", CABLES)
def test_unapi_gives_zotero_all_of_a_cable(odd: FlaskClient, name: str) -> None:
    cable = CABLES[name]
    page = page_of(odd, cable_address(cable))
    (item,) = zotero.unapi(page, get_from(odd))
    cited = work(cable)
    assert item["itemType"] == "letter"
    assert item.get("title", "") == cited.title
    assert [each["creatorType"] for each in item.get("creators", [])] == (
        ["author"] * bool(cited.author) + ["recipient"] * len(cited.recipients)
    )
    assert item.get("creators", []) == bodies(cited)
    assert item.get("archive", "") == cited.archive
    assert item["archiveLocation"] == cited.location
    assert item["callNumber"] == cited.number
    assert item["letterType"] == cited.genre
    assert item.get("url", "") == cited.url
    assert item.get("tags", []) == list(cited.keywords)
    assert item.get("date", "").split(" to ")[0] == "-".join(f"{part:02}" for part in cited.date)
    assert "notes" not in item


@pytest.mark.parametrize("name", WITH_TEXT)
def test_unapi_gives_zotero_the_paragraph(odd: FlaskClient, name: str) -> None:
    cable = WITH_TEXT[name]
    (item,) = zotero.unapi(page_of(odd, cable_address(cable, "cite", "p12")), get_from(odd))
    assert item["notes"] == ["SP: para. 12", "They were lit again & counted."]
    assert item["callNumber"] == work(cable).number


@pytest.mark.parametrize("name", CABLES)
def test_embedded_metadata_keeps_sender_recipients_and_archive(odd: FlaskClient, name: str) -> None:
    cable = CABLES[name]
    item = zotero.embedded_metadata(page_of(odd, cable_address(cable)))
    cited = work(cable)
    assert item["itemType"] == "letter"
    assert item.get("title", "") == cited.title
    # Its translator puts a blank behind the first full stop of a name, and takes the last one off (docs/citations.md).
    expected = bodies(cited, first_stop_parted)
    assert item.get("creators", []) == [
        {key: value.rstrip(".") for key, value in each.items()} for each in expected
    ]
    assert item.get("archive", "") == cited.archive
    assert item["archiveLocation"] == cited.location
    assert item["callNumber"] == cited.number
    assert item["letterType"].lower() == cited.genre
    assert item["url"] == cited.url or not cited.url
    assert "extra" not in item


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("complete", "2007/03/23"),
        ("a month", "2007/03"),
        ("a span of days", "July 20–22, 1974"),
        ("undated by its editors", "undated"),
        ("a day in doubt", "May 3?, 1964"),
        ("no date", ""),
    ],
)
def test_the_day_is_as_precise_as_it_is_known(odd: FlaskClient, name: str, day: str) -> None:
    item = zotero.embedded_metadata(page_of(odd, cable_address(CABLES[name])))
    assert item.get("date", "") == day


def test_embedded_metadata_has_the_place_in_the_cable(odd: FlaskClient) -> None:
    cable = CABLES["complete"]
    for anchor, place in (("p12", "para. 12"), ("u1", "unnumbered para. 1"), ("p4b", "para. 4b")):
        item = zotero.embedded_metadata(page_of(odd, cable_address(cable, "cite", anchor)))
        assert item["extra"] == place


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/search?q=lanterns", "cables"),
        ("/search?q=lit&view=paragraphs", "paragraphs"),
        ("/collection?c=07LIMA900101&c=07LIMA900101%23p12", "both"),
    ],
)
def test_a_page_of_several_gives_each_once(odd: FlaskClient, address: str, expected: str) -> None:
    page = page_of(odd, address)
    items = zotero.unapi(page, get_from(odd))
    assert len(items) == len(page.unapi_ids) == odd.get(address).text.count('<article class="card"')
    assert len(set(page.unapi_ids)) == len(items) > 1
    assert {each["itemType"] for each in items} == {"letter"}
    of_units = [each for each in items if "notes" in each]
    assert len(of_units) == {"cables": 0, "paragraphs": len(items), "both": 1}[expected]


def test_an_id_may_hold_what_an_address_means_otherwise(odd: FlaskClient) -> None:
    cable = CABLES["an id with slashes and more"]
    page = page_of(odd, cable_address(cable, "cite", "p12"))
    (ident,) = page.unapi_ids
    assert not set(ident) & set(" #&?=+")
    for asked in (ident, quote(ident, safe="")):
        (record,) = rispy.loads(odd.get(f"/unapi?id={asked}&format=ris").text)
        assert record["call_number"] == cable.id


def test_unapi_answers_as_the_specification_asks(odd: FlaskClient) -> None:
    every = odd.get("/unapi")
    assert (every.status_code, every.mimetype) == (200, "application/xml")
    names = [each.attrib["name"] for each in lxml.etree.fromstring(every.data)]
    assert names == ["ris", "bibtex"]
    one = odd.get("/unapi?id=07LIMA900101")
    assert one.status_code == 300
    formats = lxml.etree.fromstring(one.data)
    assert formats.attrib["id"] == "07LIMA900101"
    for name in names:
        answer = odd.get(f"/unapi?id=07LIMA900101&format={name}")
        assert answer.status_code == 200
        assert (
            answer.mimetype == {each.attrib["name"]: each.attrib["type"] for each in formats}[name]
        )
    for asked, status in (
        ("id=none", 404),
        ("id=07LIMA900101%23p99", 404),
        ("id=07LIMA900101&format=marc", 406),
        ("format=ris", 400),
    ):
        assert odd.get(f"/unapi?{asked}").status_code == status


@pytest.mark.parametrize("name", CABLES)
def test_json_ld_tells_the_same(odd: FlaskClient, name: str) -> None:
    cable = CABLES[name]
    (text,) = page_of(odd, cable_address(cable)).json_ld
    told, cited = json.loads(text), work(cable)
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == ["Message", "ArchiveComponent"]
    assert told["@id"] == told["url"] == f"http://localhost{cable_address(cable)}"
    assert told.get("name", "") == cited.title
    assert told.get("sender", {"name": ""})["name"] == cited.author
    assert [each["name"] for each in told.get("recipient", [])] == list(cited.recipients)
    assert told["identifier"][0] == cited.number
    assert told.get("sameAs", "") == cited.url
    places = [told.get("publisher"), told.get("holdingArchive"), *told["isPartOf"]]
    assert (cited.archive in [each["name"] for each in places if each]) == bool(cited.archive)
    assert "hasPart" not in told


def test_json_ld_of_a_paragraph_is_of_its_cable(odd: FlaskClient) -> None:
    cable = CABLES["a telegram of the archives"]
    (text,) = page_of(odd, cable_address(cable, "cite", "p12")).json_ld
    told = json.loads(text)
    assert told["hasPart"]["url"] == "http://localhost/cable/1974LAPAZ00173/p/12"
    assert told["holdingArchive"]["@type"] == "ArchiveOrganization"
    assert told["itemLocation"].endswith("Record Group 59")
    assert told["dateCreated"] == "1974-04-09"


@pytest.mark.parametrize("name", ["a script's end", "signs of formats", "accents"])
def test_no_subject_gets_out_of_its_script(odd: FlaskClient, name: str) -> None:
    html = odd.get(cable_address(CABLES[name])).text
    start = html.index('<script type="application/ld+json">')
    text = html[start : html.index("</script>", start)]
    assert json.loads(text.partition(">")[2])["name"] == work(CABLES[name]).title
    assert text.count("<") == 1
    assert not set(text) & set("\u2028\u2029")


def test_a_paragraph_hit_is_the_unit_itself(odd: FlaskClient) -> None:
    page = page_of(odd, "/search?q=lit&view=paragraphs")
    for ident in page.unapi_ids:
        cable_id, _, anchor = ident.rpartition("%23")
        answer = odd.get(f"/unapi?id={ident}&format=ris")
        (record,) = rispy.loads(answer.text)
        assert record["id"].endswith(f":{anchor}")
        cable = next(each for each in CABLES.values() if quote(each.id) == cable_id)
        found = unit_named(cable, anchor)
        assert found
        assert record["notes"] == [" ".join(found.text.split())]
