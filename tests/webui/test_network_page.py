"""The page of the network of references, and its files."""

from __future__ import annotations

import json
import re
from html import unescape

import networkx as nx
import pytest
from flask.testing import FlaskClient

from search.exports.network import NETWORK_FORMAT_OF


def _numbers(page: str) -> list[tuple[str, str]]:
    """The links of the page whose words begin with a number."""
    found = re.findall(r'<a href="([^"]*)"[^>]*>([0-9][0-9,]*)\b', page)
    return [(unescape(url), number) for url, number in found]


def test_the_page_has_picture_threads_and_table(client: FlaskClient) -> None:
    page = client.get("/network?q=sandals").get_data(as_text=True)
    assert '<svg class="network"' in page
    assert "<title>07GUANGZHOU901 refers to 06BEIJING12345</title>" in page
    assert 'aria-label="Table of the threads"' in page
    assert "not in the collection" in page


def test_every_number_is_a_link_to_what_it_counts(client: FlaskClient) -> None:
    page = client.get("/network?q=sandals").get_data(as_text=True)
    numbers = [pair for pair in _numbers(page) if pair[0].startswith("/search")]
    assert len(numbers) >= 4
    for url, number in numbers:
        cables = client.get(f"/api/v1{url}").get_json()["total"]["cables"]
        assert cables == int(number.replace(",", "")), url


def test_references_are_counted_where_they_stand(client: FlaskClient) -> None:
    page = client.get("/network?q=sandals").get_data(as_text=True)
    ((url, number),) = [pair for pair in _numbers(page) if pair[0].endswith("#refs")]
    cable = client.get(url).get_data(as_text=True)
    section = cable.partition('<h2 id="refs">')[2].partition("</section>")[0]
    assert section.count("<li") == int(number)


def test_a_search_without_references_says_so(client: FlaskClient) -> None:
    page = client.get("/network?q=lake").get_data(as_text=True)
    assert "No cable of this search refers to another one" in page
    assert "<svg class" not in page


def test_it_is_linked_from_a_search_and_from_a_cable(client: FlaskClient) -> None:
    results = client.get("/search?q=sandals&sort=newest&view=paragraphs").get_data(as_text=True)
    assert 'href="/network?q=sandals"' in results
    cable = client.get("/cable/07GUANGZHOU901").get_data(as_text=True)
    (url,) = re.findall(r'href="(/network[^"]*)"', cable)
    around = client.get(unescape(url)).get_data(as_text=True)
    assert "07GUANGZHOU902" in around


@pytest.mark.parametrize("name", NETWORK_FORMAT_OF)
def test_files_say_how_many_cables_they_are_of(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/network.{name}?q=sandals")
    assert answer.status_code == 200
    assert answer.headers["Cablegram-Results"] == "2"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="network.{name}"'
    assert answer.data


def test_graphml_of_hostile_cables(client: FlaskClient) -> None:
    text = client.get("/network.graphml").get_data(as_text=True)
    graph = nx.parse_graphml(text)
    assert graph.graph["cables"] == 49
    assert graph.nodes["2007GUANGZHOU902"]["kind"] == "matching"


def test_a_format_that_is_none_and_a_question_that_was_cut(client: FlaskClient) -> None:
    assert client.get("/network.xlsx").status_code == 404
    words = "+".join(f"w{at}" for at in range(70))
    assert client.get(f"/network.csv?q={words}").status_code == 400


def test_the_api_says_what_it_left_out(client: FlaskClient) -> None:
    whole = client.get("/api/v1/network?q=sandals")
    assert "Cablegram-Incomplete" not in whole.headers
    part = client.get("/api/v1/network?q=sandals&size=1")
    assert part.headers["Cablegram-Incomplete"] == "1"
    read = json.loads(part.data)
    assert len(read["nodes"]) == 1
    assert read["connected"] == 3
