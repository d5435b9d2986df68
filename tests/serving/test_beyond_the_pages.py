"""More results than pages show: told by `cablegram serve` on the last page, and each way on that it names is gone."""

from __future__ import annotations

import html
import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from indexes import index_of
from servers import PATIENCE, Server, running, serve

from corpus.model import Cable, Paragraph, Part

CABLES = 10_037
SHOWN = 10_000
# The first cable of 15 April 2007, of 96 a day from 1 January on.
FROM_THAT_DAY = 104 * 96
# `<a href="/search.jsonl?q=lamp"`; the numbers of the cables on a page of results.
DOWNLOAD = re.compile(r'href="(/search\.jsonl\?[^"]*)"')
NUMBERS = re.compile(r'href="/cable/(\w+)[?"]')
NOTE = "The pages show the first 10,000 of 10,037 cables."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("many")
    index_of(place / "index", map(_cable, range(CABLES))).close()
    with running(serve(place / "index"), place) as listening:
        yield listening


def _cable(number: int) -> Cable:
    """A cable, a quarter of an hour later than the one before it; the last ones have a tag of their own."""
    return Cable(
        f"07PARIS{number + 1}",
        subject="The lamp",
        date=datetime(2007, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * number),
        tags=("ECON",) if number < SHOWN else ("ECON", "PREL"),
        paragraphs=(
            Paragraph("p1", 1, "U", None, Part.BODY, f"The lamp of quay {number} was lit."),
        ),
    )


def _text(server: Server, path: str) -> str:
    with urllib.request.urlopen(f"{server.address}{path}", timeout=PATIENCE) as found:
        return str(found.read().decode())


def _page(server: Server, number: int = 1, **more: str) -> str:
    return _text(server, f"/search?{urlencode({'q': 'lamp', **more, 'page': number})}")


def test_the_last_page_says_that_there_are_more(server: Server) -> None:
    last = _page(server, 500)
    assert NOTE in last
    assert len(set(NUMBERS.findall(last))) == 20
    assert 'rel="next"' not in last
    assert "10,037" in _page(server)
    assert NOTE not in _page(server, 499)


def test_narrowing_by_a_filter_or_a_date_reaches_the_rest(server: Server) -> None:
    for chosen, first in (({"tag": "PREL"}, SHOWN), ({"since": "2007-04-15"}, FROM_THAT_DAY)):
        found = set()
        for number in (1, 2, 3):
            page = _page(server, number, **chosen)
            assert "The pages show" not in page
            found |= set(NUMBERS.findall(page))
        assert found == {f"07PARIS{number + 1}" for number in range(first, CABLES)}


def test_another_order_reaches_the_other_end(server: Server) -> None:
    oldest = NUMBERS.findall(_page(server, 500, sort="oldest"))
    newest = NUMBERS.findall(_page(server, 1, sort="newest"))
    assert "07PARIS10000" in oldest
    assert "07PARIS10037" in newest
    assert "07PARIS10037" not in oldest


def test_the_download_has_all_of_them(server: Server) -> None:
    links = {html.unescape(link) for link in DOWNLOAD.findall(_page(server, 500))}
    assert links
    for link in links:
        cables = {json.loads(line)["id"] for line in _text(server, link).splitlines()}
        assert cables == {f"07PARIS{number + 1}" for number in range(CABLES)}
