"""Answers are compressed for whoever takes them so, and for nobody else."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.model import Cable, Paragraph, Part
from search.engines.memory_engine import MemoryIndex
from webui import create_app

TAKES = {"Accept-Encoding": "br, gzip;q=0.8"}


@pytest.fixture(scope="module")
def app() -> Flask:
    index = MemoryIndex()
    with index.writer() as writer:
        text = Paragraph("p1", 1, None, None, Part.BODY, "lanterns " * 200)
        writer.put(Cable("07ROME1", paragraphs=(text,)))
    return create_app(index.searcher())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("path", ["/search?q=lanterns", "/cable/07ROME1", "/api/v1/cables/07ROME1"])
def test_what_is_compressed_is_the_same(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers=TAKES)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    if "search" not in path:  # a page of results says how long it took
        assert gzip.decompress(packed.data) == plain.data
    assert packed.headers.get("ETag") == plain.headers.get("ETag")


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity"])
def test_who_does_not_take_it_is_not_given_it(client: FlaskClient, accepted: str) -> None:
    response = client.get("/search?q=lanterns", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in response.headers
    assert response.text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    "path", ["/api/v1/status", "/search.csv", "/search.jsonl", "/metrics-are-not-here"]
)
def test_small_answers_streams_and_errors_are_as_they_are(client: FlaskClient, path: str) -> None:
    assert "Content-Encoding" not in client.get(path, headers=TAKES).headers


def test_an_unchanged_answer_has_no_content(client: FlaskClient) -> None:
    first = client.get("/api/v1/cables/07ROME1", headers=TAKES)
    again = client.get(
        "/api/v1/cables/07ROME1", headers={**TAKES, "If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.data == b""
