"""Exports over HTTP: the filters count, the folders of the machine stay inside, what goes wrong is told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable, Version
from search.answers.ordering import Order
from search.answers.results import SearchResult
from search.errors import TooSlow
from search.exports.entries import FIRST_PIECE
from search.exports.formats import FORMAT_OF, FORMATS
from search.language.tree import Query
from webui import WebSettings, create_app
from webui.asking.address import State, parse
from webui.pages.export_links import export_links


@pytest.fixture(scope="module")
def app(lanterns: Cable, hostile: Cable) -> Flask:
    index = MemoryIndex()
    with index.writer() as writer:
        for number in range(120):
            writer.put(
                replace(
                    lanterns,
                    id=f"07GUANGZHOU{1000 + number}",
                    tags=("EVEN",) if number % 2 == 0 else ("ODD",),
                    address="/home/someone/secret/page.html",
                    versions=(Version("scoop", "C:\\private\\x.html", "ab"),),
                )
            )
        writer.put(hostile)
    return create_app(
        index.searcher(), settings=WebSettings(title="Lanterns", address="https://l.example")
    )


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def rows(client: FlaskClient, url: str) -> list[dict[str, str]]:
    text = client.get(url).text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_filters_and_view_count(client: FlaskClient) -> None:
    assert len(rows(client, "/search.csv?tag=EVEN")) == 60
    assert len(rows(client, "/search.csv?-tag=EVEN&q=copied")) == 60
    paragraphs = rows(client, "/search.csv?tag=EVEN&view=paragraphs&q=weight&page=3")
    assert len(paragraphs) == 60
    assert {each["paragraph"] for each in paragraphs} == {"p11"}
    assert paragraphs[0]["link"].startswith("https://l.example/cable/07GUANGZHOU1")


def test_order_is_that_of_the_search(client: FlaskClient) -> None:
    dates = [each["date"] for each in rows(client, "/search.csv?sort=newest")]
    assert len(dates) == 121
    assert dates[-1] == ""


@pytest.mark.parametrize("form", FORMATS, ids=FORMAT_OF)
@pytest.mark.parametrize("view", ["cables", "paragraphs"])
def test_every_format_is_served(client: FlaskClient, form: object, view: str) -> None:
    state = State(q="lanterns", view=view, page=2, collected=("08LAPAZ666",))  # type: ignore[arg-type]
    (link,) = (each for each in export_links(state) if each.name == form.name)  # type: ignore[attr-defined]
    response = client.get(link.url)
    assert response.status_code == 200
    assert response.mimetype == link.media_type
    assert "08LAPAZ666" in response.text or form.name == "atom"  # type: ignore[attr-defined]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert ("attachment" in response.headers.get("Content-Disposition", "")) != (
        link.name == "atom"
    )


@pytest.mark.parametrize(
    "link", export_links(State(collected=("08LAPAZ666", "07GUANGZHOU1001#p11")), "collection")
)
def test_a_collection_has_every_export(client: FlaskClient, link: object) -> None:
    text = client.get(link.url).text  # type: ignore[attr-defined]
    assert text.index("08LAPAZ666") < text.index("07GUANGZHOU1001")
    assert "07GUANGZHOU1002" not in text


NOTE = "ask the archive:\n50% of R&D; =1+1"


@pytest.mark.parametrize(
    ("name", "noted"),
    [
        ("ris", "N1  - ask the archive: 50% of R&D; =1+1\n"),
        ("bib", r"  annote = {ask the archive: 50\% of R\&D; =1+1},"),
        ("csl.json", r'"note": "paragraph 11\nask the archive:\n50% of R&D; =1+1"'),
        ("csv", ",ask the archive:\n50% of R&D; =1+1".replace(",ask", ',"ask') + '"\r\n'),
        ("txt", "\nNote: ask the archive:\n50% of R&D; =1+1\n"),
    ],
)
def test_a_note_goes_along_where_the_format_has_a_place_for_it(
    client: FlaskClient, name: str, noted: str
) -> None:
    names = ["08LAPAZ666", f"07GUANGZHOU1001#p11|{NOTE}"]
    text = client.get(f"/collection.{name}", query_string={"c": names}).data.decode()
    assert noted in text
    assert text.index("07GUANGZHOU1001") < text.index(noted)
    assert text.count("ask the archive") == 1
    # A search is exported as ever, whatever its reader collects.
    asked = {"q": "lanterns", "c": names}
    searched = client.get(f"/search.{name}", query_string=asked).data
    assert searched == client.get(f"/search.{name}", query_string={"q": "lanterns"}).data
    assert b"ask the archive" not in searched


def test_only_the_table_of_a_collection_has_a_column_of_notes(client: FlaskClient) -> None:
    first = {
        path: client.get(f"{path}?c=08LAPAZ666").text.splitlines()[0]
        for path in ("/collection.csv", "/search.csv")
    }
    assert first["/collection.csv"] == f"{first['/search.csv']},note"


def test_every_address_of_a_place_leads_to_it(client: FlaskClient) -> None:
    """What exports, feeds and the API call a place is the one address of its page, which is not redirected."""
    hit = client.get("/api/v1/search?q=lanterns&view=paragraphs").json["hits"][0]
    feed = feedparser.parse(client.get("/search.atom?q=lanterns&view=paragraphs").data)
    row = next(
        csv.DictReader(client.get("/search.csv?q=lanterns&view=paragraphs").text[1:].splitlines())
    )
    site = "https://l.example"
    addresses = {f"{site}{hit['url']}", feed.entries[0].link, feed.entries[0].id, row["link"]}
    for address in addresses:
        page = client.get(address.removeprefix(site))
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{address}">' in page.text


def test_the_addresses_are_those_of_the_same_search() -> None:
    state = State(q="a & b", view="paragraphs").including("tag", "EVEN").on_page(4)
    for link in export_links(state):
        path, _, question = link.url.partition("?")
        assert path == f"/search.{link.name}"
        client_side = Flask(__name__).test_request_context(f"/?{question}").request.args
        assert parse(client_side.items(multi=True)) == replace(state, page=1)


def test_no_folder_leaves_the_site(client: FlaskClient) -> None:
    for form in FORMATS:
        text = client.get(f"/search.{form.name}").text
        assert "secret" not in text
        assert "private" not in text
    cable = json.loads(client.get("/collection.jsonl?c=07GUANGZHOU1001").text)
    assert cable["address"] == "page.html"
    assert cable["versions"][0]["address"] == "x.html"


def test_the_feed_has_pages_that_lead_on(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/search.atom?q=lanterns").data)
    assert not feed.bozo
    assert feed.feed.title == "Lanterns: lanterns"
    assert len(feed.entries) == 100
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["next"] == "https://l.example/search.atom?q=lanterns&sort=newest&page=2"
    second = feedparser.parse(client.get(links["next"].removeprefix("https://l.example")).data)
    assert len(second.entries) == 21
    assert "next" not in {link.rel for link in second.feed.links}
    assert not {each.id for each in feed.entries} & {each.id for each in second.entries}


@pytest.mark.parametrize("url", ["/search.xlsx", "/collection.pdf?c=07X1", "/search."])
def test_another_format_is_not_there(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_a_bad_address_is_told_before_anything_is_sent(client: FlaskClient) -> None:
    response = client.get("/search.csv?since=whenever")
    assert response.status_code == 400
    assert "Use 1974" in response.text


class Slow:
    """An index that gives a question up."""

    def search(self, query: Query) -> SearchResult:
        raise TooSlow("This question was given up after 10 seconds.")


@pytest.mark.parametrize("name", FORMAT_OF)
def test_a_search_that_is_given_up_is_no_file(name: str) -> None:
    response = create_app(Slow()).test_client().get(f"/search.{name}")  # type: ignore[arg-type]
    assert response.status_code == 503
    assert "given up after 10 seconds" in response.text
    assert "Content-Disposition" not in response.headers


class Watched:
    """An index that tells how often it was searched."""

    def __init__(self, inner: object) -> None:
        self.inner = inner
        self.searches = 0
        self.orders = 0

    def search(self, query: Query) -> SearchResult:
        self.searches += 1
        return self.inner.search(query)  # type: ignore[attr-defined, no-any-return]

    def order(self, query: Query) -> Order:
        self.orders += 1
        return self.inner.order(query)  # type: ignore[attr-defined, no-any-return]

    def read(self, cables: Sequence[str], positions: Sequence[int]) -> Any:
        return self.inner.read(cables, positions)  # type: ignore[attr-defined]

    def get(self, cable_id: str) -> Cable | None:
        return self.inner.get(cable_id)  # type: ignore[attr-defined, no-any-return]


def test_the_answer_begins_before_the_search_has_ended(lanterns: Cable) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        for number in range(FIRST_PIECE + 5):
            writer.put(replace(lanterns, id=f"07GUANGZHOU{1000 + number}"))
    watched = Watched(index.searcher())
    client = create_app(watched).test_client()  # type: ignore[arg-type]
    response = client.get("/search.jsonl", buffered=False)
    pieces = response.iter_encoded()
    assert next(iter(pieces)).startswith(b'{"id": "07GUANGZHOU1000"')
    assert watched.searches == 1
    assert len(list(pieces)) == FIRST_PIECE + 4
    assert (watched.searches, watched.orders) == (1, 1)
