"""Pages are light, whatever they show: at most 20 KB on the wire, as a browser is sent them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from indexes import index_of

from benchmarks.synthetic_cables import synthetic_cables, vocabulary
from corpus.model import Paragraph, Part
from webui import create_app

MOST = 20_000
# What browsers say. Brotli is what they get.
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
WORD = "wheat"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    cables = list(synthetic_cables(40))
    words = iter([word for each in cables for one in each.paragraphs for word in one.text.split()])
    # Four of 16 words are what is looked for.
    texts = (
        " ".join(f"{WORD} {next(words)} {next(words)} {next(words)}" for _ in range(4))
        for _ in range(150)
    )
    long = replace(
        cables[0],
        id="07PARIS999",
        paragraphs=tuple(
            Paragraph(f"p{number}", number, "SBU", f"Part {number // 10}", Part.BODY, text)
            for number, text in enumerate(texts, 1)
        ),
    )
    with closing(index_of(tmp_path_factory.mktemp("full"), (*cables, long))) as searcher:
        yield create_app(searcher).test_client()


def weight(client: FlaskClient, address: str) -> int:
    answer = client.get(address, headers=BROWSER)
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "br")
    return len(answer.data)


@pytest.mark.parametrize("view", ["cables", "paragraphs"])
def test_a_full_page_of_results(full: FlaskClient, view: str) -> None:
    address = f"/search?q={vocabulary(1).words[0]}&view={view}"
    assert full.get(address).data.count(b'<article class="card"') == 20
    assert weight(full, address) < MOST


@pytest.mark.parametrize("collected", ["", "&c=07PARIS999%23p3%7Ca+note&c=07PARIS999"])
def test_a_long_cable_with_hundreds_of_hits(full: FlaskClient, collected: str) -> None:
    address = f"/cable/07PARIS999?q={WORD}{collected}"
    page = full.get(address).text
    assert (page.count("<article"), page.count("<mark id=")) == (150, 600)
    assert "hit 600 of 600" in page
    assert weight(full, address) < MOST
