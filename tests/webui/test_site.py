"""The other pages, what goes wrong, and what every answer carries."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable
from search.answers.results import IndexStats, SearchResult
from search.engines.protocols import Searcher
from search.errors import IndexDamaged
from search.fields import FIELDS
from search.language.tree import Query
from webui import WebSettings, create_app
from webui.middleware.style import condensed


class Broken:
    """A searcher whose index cannot be read."""

    def search(self, query: Query) -> SearchResult:
        raise IndexDamaged("The index cannot be read: build it again.")

    def get(self, cable_id: str) -> Cable | None:
        raise RuntimeError("nobody foresaw this <script>")

    def stats(self) -> IndexStats:
        raise IndexDamaged("The index cannot be read: build it again.")

    def close(self) -> None:
        """There is nothing to free."""


def test_the_first_page(client: FlaskClient) -> None:
    html = client.get("/").text
    assert "<b>49</b> cables" in html
    assert "<b>235</b> paragraphs" in html
    assert "From 1973 to 2009." in html
    assert html.count("<svg") == 1
    for link in ("/terms", "/compare", "/collection", "/status", "/help", "/api", "/search"):
        assert f'<a href="{link}">' in html
    assert 'href="/search?origin=Guangzhou"' in html
    assert 'href="/search?year=2007"' in html
    assert 'href="/values/tag"' in html


def test_its_examples_find_something(client: FlaskClient, searcher: Searcher) -> None:
    html = client.get("/").text
    examples = html[html.index("<p>Try") :].split("</p>")[0].split('href="')[1:]
    assert examples
    for example in examples:
        page = client.get(example.split('"')[0].replace("&amp;", "&")).text
        assert "<h1>0 paragraphs" not in page


def test_settings_give_the_title_and_the_examples(searcher: Searcher) -> None:
    app = create_app(searcher, settings=WebSettings(title="The <Archive>", examples=("a & b",)))
    html = app.test_client().get("/").text
    assert "The &lt;Archive&gt;" in html
    assert '<a href="/search?q=a+%26+b"><bdi>a &amp; b</bdi></a>' in html


def test_an_empty_index_has_a_first_page_and_a_search() -> None:
    client = create_app(MemoryIndex().searcher()).test_client()
    html = client.get("/").text
    assert "<b>0</b> cables" in html
    assert "<svg" not in html
    assert "Try" not in html
    assert client.get("/api").status_code == 200
    assert client.get("/search?q=x").status_code == 200


def test_the_help_page_names_every_field(client: FlaskClient) -> None:
    html = client.get("/help").text
    for field in FIELDS:
        assert f"<code>{field.name}:</code>" in html


def test_health(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.json == {"ok": True, "engine": "tantivy", "cables": 49, "paragraphs": 235}


def test_ill_health() -> None:
    response = create_app(Broken()).test_client().get("/healthz")
    assert response.status_code == 503
    assert response.json["ok"] is False
    assert "can't be read right now" in response.json["error"]


def test_too_much_in_an_address(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": "x" * 2_001})
    assert response.status_code == 400
    assert "Please check the address" in response.text


def test_a_page_is_only_read(client: FlaskClient) -> None:
    response = client.post("/search")
    assert response.status_code == 405
    assert "This page can only be read" in response.text


def test_an_index_that_cannot_be_read() -> None:
    response = create_app(Broken()).test_client().get("/search?q=x")
    assert response.status_code == 503
    assert "be read right now" in response.text
    assert "build it again" not in response.text


def test_an_error_nobody_foresaw_is_a_page_that_tells_nothing() -> None:
    response = create_app(Broken()).test_client().get("/cable/07X1")
    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "foresaw" not in response.text


PAGES = (
    "/", "/search", "/search?q=sandals", "/search?q=(", "/search?q=nothingatall", "/values/tag", "/help",
    "/cable/07GUANGZHOU901?q=sandals", "/cable/07GUANGZHOU901/received", "/cable/08LAPAZ666?q=evil",
    "/cable/none", "/healthz", "/static/style.css", "/cable/07GUANGZHOU901/p/3",
)  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_every_answer_is_guarded(client: FlaskClient, url: str) -> None:
    with client.get(url) as response:
        headers = response.headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_an_error_page_is_guarded_too() -> None:
    response = create_app(Broken()).test_client().get("/cable/07X1")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_style_and_script_are_small(app: Flask) -> None:
    static = Path(app.static_folder or "")
    sheet = app.test_client().get(app.jinja_env.globals["style"])
    assert sheet.mimetype == "text/css"
    assert sheet.cache_control.immutable
    assert len(sheet.data) > 8_000
    # The maps, networks, lists of people and of what is missing took 300 bytes of it.
    assert len(gzip.compress(sheet.data)) < 6_400
    scripts = [script.stat().st_size for script in static.glob("*.js")]
    assert scripts
    assert sum(scripts) < 16_000


def test_a_full_page_of_results_is_small_on_the_wire(client: FlaskClient) -> None:
    page = client.get("/search?q=week&c=07GUANGZHOU901").data
    assert page.count(b'class="card"') == 20
    assert len(gzip.compress(page)) < 60_000


def test_what_is_left_out_of_the_style_sheet() -> None:
    written = "/* Why */\na:hover > b,\n.x :target {\n  color: red;\n  top: calc(1px + 2px);\n}\n@media (a) and (b) { }"
    assert condensed(written) == (
        "a:hover>b,.x :target{color:red;top:calc(1px + 2px)}@media (a) and (b){}"
    )
