"""Pages are light, whatever they show: at most 20 KB on the wire, as a browser is sent them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

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
    cables = list(synthetic_cables(60))
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
    # As long as the longest of the synthetic dump, and with nothing in common.
    longest = [
        replace(
            long,
            id=f"07PARIS{997 + side}",
            paragraphs=tuple(
                Paragraph(f"p{number}", number, "C", None, Part.BODY, " ".join(islice(words, 90)))
                for number in range(1, 41)
            ),
        )
        for side in (0, 1)
    ]
    every = (*cables, long, *longest)
    with closing(index_of(tmp_path_factory.mktemp("full"), every)) as searcher:
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


@pytest.mark.parametrize(
    "address",
    ["/", "/search?view=paragraphs&page=9", "/search?page=99999", "/search?q=kangaroo", "/cable/07PARIS997/cite/p1",
     "/cable/07PARIS997/received", "/cable/07PARIS997/similar", "/cable/07PARIS997/p/5", "/values/section",
     "/values/tag", "/values/origin?order=name", "/terms?t=a&t=b&t=c&unit=month", "/terms?t=a&unit=year", "/status",
     "/help", "/api", "/check", "/batch", "/collection", "/alert?q=wheat", "/compare?a=07PARIS999&b=wheat",
     "/missing", "/missing/numbers", "/missing/numbers/2007PARIS", "/people", "/organizations", "/places", "/network"],
)  # fmt: skip
def test_every_other_page(full: FlaskClient, address: str) -> None:
    assert weight(full, address) < MOST


def test_two_long_cables_side_by_side_are_shown_page_by_page(full: FlaskClient) -> None:
    asked = "/compare?a=07PARIS997&b=07PARIS998"
    places: list[str] = []
    for number in range(1, 9):
        html = full.get(f"{asked}&page={number}").text
        assert "All 40 paragraphs differ" in html or "All paragraphs differ" in html
        if "There is no page" in html:
            break
        assert weight(full, f"{asked}&page={number}") < MOST
        places += re.findall(r'<div class="one" id="([^"]*)"', html)
    else:
        raise AssertionError("there is no end")
    assert number > 2
    assert sorted(places) == sorted(f"{side}-p{n}" for side in "ab" for n in range(1, 41))
    # A link to a paragraph leads to its page.
    for place in ("a-p1", "b-p40"):
        assert f'id="{place}"' in full.get(f"{asked}&at={place}").text
    assert 'aria-label="Pages of the two cables"' in full.get(asked).text


@pytest.mark.parametrize("note", ["", "|Ask the editor about this one."])
def test_a_collection_of_a_hundred_quotations_is_shown_page_by_page(
    full: FlaskClient, note: str
) -> None:
    names = [f"07PARIS{997 + side}#p{number}{note}" for side in (0, 1) for number in range(1, 41)]
    names += [f"07PARIS999#p{number}{note}" for number in range(1, 21)]
    asked = f"/collection?{urlencode([('c', name) for name in names])}"
    shown: list[str] = []
    for number in (1, 2):
        html = full.get(f"{asked}&page={number}").text
        assert "100 paragraphs." in html
        shown += re.findall(r'<p class="meta">.*?<span class="id"><bdi>(.*?)</bdi>', html)
        assert weight(full, f"{asked}&page={number}") < MOST
    assert shown == [name.partition("#")[0] for name in names]
