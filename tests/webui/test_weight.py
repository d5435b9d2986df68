"""A page of results is light, whatever is found: at most 60 KB on the wire, compressed as any proxy does."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from benchmarks.synthetic_cables import synthetic_cables, vocabulary
from webui import create_app


@pytest.fixture(scope="module")
def full() -> FlaskClient:
    index = MemoryIndex()
    with index.writer() as writer:
        for cable in synthetic_cables(40):
            writer.put(cable)
    return create_app(index.searcher()).test_client()


@pytest.mark.parametrize("view", ["cables", "paragraphs"])
def test_a_full_page_of_results(full: FlaskClient, view: str) -> None:
    word = vocabulary(1).words[0]
    page = full.get(f"/search?q={word}&view={view}").data
    assert page.count(b'<article class="card"') == 20
    assert len(gzip.compress(page)) < 60_000
