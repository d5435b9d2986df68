"""Answers are compressed for whoever takes them so, and for nobody else; exports while they are made."""

from __future__ import annotations

import gzip
import random
import sys
from collections.abc import Callable, Iterator

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from memory_engine import MemoryIndex
from werkzeug.test import TestResponse

from corpus.model import Cable, Paragraph, Part
from search.engines.protocols import Searcher
from search.exports.formats import FORMAT_OF
from webui import create_app

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DECODED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}
PATHS = ["/search?q=lanterns", "/cable/07ROME1", "/api/v1/cables/07ROME1", "/static/keys.js"]
# Many times what a compressor keeps before it lets something go.
CABLES = 200
LETTERS = 20_000


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


@pytest.mark.parametrize("coding", DECODED)
@pytest.mark.parametrize("path", PATHS)
def test_what_is_compressed_is_the_same(client: FlaskClient, path: str, coding: str) -> None:
    asked = {"Accept-Encoding": coding}
    with client.get(path) as plain, client.get(path, headers=asked) as packed:
        same(path, plain, packed, coding)


def same(path: str, plain: TestResponse, packed: TestResponse, coding: str) -> None:
    assert packed.status_code == 200
    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) < len(plain.data)
    if "search" not in path:  # a page of results says how long it took
        assert DECODED[coding](packed.data) == plain.data


@pytest.mark.parametrize(
    ("accepted", "given"),
    [
        ("", None),
        ("identity", None),
        ("compress", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("br;q=0.1, gzip", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("*", "br"),
        # What is refused is not given, however it is written and whatever else is taken.
        ("gzip;q=0", None),
        ("gzip; q=0", None),
        ("br;q=0, gzip;q=0.000", None),
        ("br;q=0, *", "zstd"),
        ("*;q=0", None),
        ("br;q=0, zstd;q=0, gzip;q=0.3", "gzip"),
    ],
)
def test_who_does_not_take_it_is_not_given_it(
    client: FlaskClient, accepted: str, given: str | None
) -> None:
    response = client.get("/search?q=lanterns", headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == given
    if given is None:
        assert response.text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("accepted", "given"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "gzip"),
        ("br", "br"),
        ("zstd;q=0, gzip;q=0", None),
    ],
)
def test_a_stream_has_another_order(client: FlaskClient, accepted: str, given: str | None) -> None:
    with client.get("/search.csv?q=lanterns", headers={"Accept-Encoding": accepted}) as response:
        assert response.headers.get("Content-Encoding") == given


@pytest.mark.parametrize("path", ["/api/v1/status", "/static/favicon.svg", "/not-here"])
def test_small_answers_and_errors_are_as_they_are(client: FlaskClient, path: str) -> None:
    with client.get(path, headers={"Accept-Encoding": "gzip, br"}) as response:
        assert "Content-Encoding" not in response.headers
        assert len(response.data) < 1_200 or response.status_code == 404


@pytest.mark.parametrize("coding", [*DECODED, "identity"])
@pytest.mark.parametrize("path", ["/api/v1/cables/07ROME1", "/static/keys.js"])
def test_an_unchanged_answer_has_no_content(client: FlaskClient, path: str, coding: str) -> None:
    taking = {"Accept-Encoding": coding}
    with client.get(path, headers=taking) as first:
        tag = first.headers["ETag"]
    with client.get(path, headers={**taking, "If-None-Match": tag}) as again:
        assert again.status_code == 304
        assert again.data == b""
    with client.get(path, headers={**taking, "If-None-Match": '"another"'}) as other:
        assert other.status_code == 200


@pytest.mark.parametrize("coding", DECODED)
def test_a_part_of_a_file_is_a_part_of_its_bytes(client: FlaskClient, coding: str) -> None:
    with client.get("/static/style.css") as whole:
        content = whole.data
    asked = {"Accept-Encoding": coding, "Range": "bytes=10-5009"}
    with client.get("/static/style.css", headers=asked) as part:
        assert part.status_code == 206
        assert "Content-Encoding" not in part.headers
        assert part.data == content[10:5010]


class Counting:
    """A searcher that counts how many cables it was asked for."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self.cables = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._searcher, name)

    def get(self, cable_id: str) -> Cable | None:
        self.cables += 1
        return self._searcher.get(cable_id)


@pytest.fixture(scope="module")
def large() -> Counting:
    """Cables whose text hardly gets smaller."""
    index, chance = MemoryIndex(), random.Random(7)  # noqa: S311
    with index.writer() as writer:
        for number in range(CABLES):
            words = " ".join(f"{chance.getrandbits(48):x}" for _ in range(LETTERS // 13))
            text = Paragraph("p1", 1, None, None, Part.BODY, f"lanterns {words}")
            writer.put(Cable(f"07ROME{number + 1}", paragraphs=(text,)))
    return Counting(index.searcher())


@pytest.mark.parametrize("coding", [*DECODED, "identity"])
def test_an_export_leaves_while_it_is_made(large: Counting, coding: str) -> None:
    client = create_app(large).test_client()  # type: ignore[arg-type]
    before = large.cables
    path, taking = "/search.jsonl?q=lanterns", {"Accept-Encoding": coding}
    with client.get(path, headers=taking, buffered=False) as response:
        pieces: Iterator[bytes] = response.iter_encoded()
        first = next(pieces)
        assert first
        assert large.cables - before < CABLES / 2
        rest = b"".join(pieces)
    assert large.cables - before == CABLES
    content = DECODED.get(coding, bytes)(first + rest)
    assert content.count(b"\n") == CABLES


@pytest.mark.parametrize("coding", DECODED)
@pytest.mark.parametrize("name", FORMAT_OF)
def test_every_export_is_compressed(client: FlaskClient, name: str, coding: str) -> None:
    with client.get(f"/search.{name}?q=lanterns") as response:
        plain = response.data
    asked = {"Accept-Encoding": coding}
    with client.get(f"/search.{name}?q=lanterns", headers=asked) as response:
        assert response.headers["Content-Encoding"] == coding
        assert "Content-Length" not in response.headers
        # A feed says when it was made.
        assert len(DECODED[coding](response.data)) == len(plain) > 0


@pytest.mark.parametrize("coding", [*DECODED, "identity"])
@pytest.mark.parametrize("path", [*PATHS, "/search.csv?q=lanterns"])
def test_head_is_the_answer_without_its_content(
    client: FlaskClient, path: str, coding: str
) -> None:
    taking = {"Accept-Encoding": coding}
    with client.head(path, headers=taking) as head, client.get(path, headers=taking) as whole:
        assert head.status_code == 200
        assert head.data == b""
        for name in ("Content-Encoding", "Content-Type", "ETag", "Vary"):
            assert head.headers.get(name) == whole.headers.get(name)
