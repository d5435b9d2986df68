"""The page with the entry that keeps a search as an alert: what is copied from it means the search."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient

from search.alerts.entries import Alert, read_alerts
from webui.asking.address import parse
from webui.asking.questions import Question

ADDRESSES = [
    "q=sandals",
    "q=old+court&same=cable&since=2007&until=March+2008&-tag=KIPR&tag=ETRD&tag=ECON",
    "q=%22old+court%22+OR+%28a+%5C%22b%29&match=any&origin=Guangzhou&sort=newest&view=paragraphs&page=3",
    "origin=Guangzhou&-mark=U",
    "since=2007",
    "q=%3Cscript%3E+%26+%27%27%27+%C3%A9+%E2%80%AEx&c=07GUANGZHOU901",
    "q=" + "long+" * 60,
]


def kept(client: FlaskClient, path: Path, address: str) -> Alert:
    page = client.get(f"/alert?{address}").text
    (copied,) = re.findall(r'<pre class="quote" id="entry">(.*?)</pre>', page, re.DOTALL)
    path.write_text(unescape(copied), "utf-8")
    file = read_alerts(path)
    assert not file.faults
    (alert,) = file.alerts
    return alert


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_copied_means_the_search(client: FlaskClient, tmp_path: Path, address: str) -> None:
    alert = kept(client, tmp_path / "alerts.toml", address)
    pairs = [each.split("=", 1) for each in address.split("&")]
    state = parse((name, unquote_plus(value)) for name, value in pairs)
    question = Question(state, 20)
    plain = question.plain()
    assert alert.query.tree == plain.tree
    assert alert.query.filters == plain.filters
    assert alert.query.match == plain.match


def test_the_results_lead_to_it_and_so_does_a_search_that_found_nothing(
    client: FlaskClient,
) -> None:
    address = "/alert?q=week&amp;-tag=KIPR"
    assert f'href="{address}"' in client.get("/search?q=week&-tag=KIPR&sort=newest&page=1").text
    assert 'href="/alert?q=kangaroo"' in client.get("/search?q=kangaroo").text


def test_a_search_that_is_too_long_is_told(client: FlaskClient) -> None:
    page = client.get("/alert?q=" + "long+" * 90).text
    assert "is too long for one alert" in page
    assert "[[alert]]" not in page


def test_without_a_search_it_says_where_to_begin(client: FlaskClient) -> None:
    page = client.get("/alert").text
    assert "Search for something first" in page
    assert "[[alert]]" not in page
