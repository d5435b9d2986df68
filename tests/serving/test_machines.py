"""What browsers, crawlers and watchers ask for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.robotparser import RobotFileParser

import lxml.etree
import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex
from prometheus_client.parser import text_string_to_metric_families

from corpus.model import Cable, Paragraph, Part
from webui import WebSettings, create_app
from webui.views import machines

SITE = "https://cables.example"
SITEMAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def make(count: int) -> FlaskClient:
    index = MemoryIndex()
    with index.writer() as writer:
        for number in range(count):
            text = Paragraph("p1", 1, None, None, Part.BODY, "lanterns")
            writer.put(Cable(f"frus1969v{number:03}/d&1", paragraphs=(text,)))
    settings = WebSettings(title="Lanterns & <Co> of the Quay", address=SITE)
    return create_app(index.searcher(), settings=settings).test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make(12)


def locations(client: FlaskClient, path: str) -> Iterator[str]:
    response = client.get(path)
    assert response.mimetype == "text/xml"
    root = lxml.etree.fromstring(response.data)
    return (each.text for each in root.iterfind(".//s:loc", SITEMAPS))


def test_robots_may_read_the_cables_and_nothing_without_end(client: FlaskClient) -> None:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").text.splitlines())
    assert parser.site_maps() == [f"{SITE}/sitemap.xml"]
    assert parser.can_fetch("*", f"{SITE}/cable/07GUANGZHOU376")
    assert parser.can_fetch("*", f"{SITE}/")
    for path in ("/search?q=x", "/values/tag", "/api/v1/search", "/terms?t=a", "/collection?c=a"):
        assert not parser.can_fetch("*", SITE + path)


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/sitemap-1.xml", "/search.atom", "/opensearch.xml"]
)
def test_what_caches_hand_on_takes_no_stranger_s_name(path: str) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(Cable("07LIMA1"))
    client = create_app(index.searcher()).test_client()
    for own in ("localhost", "127.0.0.1:8000", "[::1]:8000", "192.0.2.7", socket.gethostname()):
        response = client.get(path, headers={"Host": own})
        assert response.status_code == 200, own
        assert own in response.text
    refused = client.get(path, headers={"Host": "strange.example"})
    assert refused.status_code == 400
    assert "sets <code>address" in refused.text or "sets `address`" in refused.text
    robots = client.get("/robots.txt", headers={"Host": "strange.example"})
    assert (robots.status_code, "strange" in robots.text) == (200, False)


def test_the_sitemap_has_every_cable(client: FlaskClient) -> None:
    (part,) = locations(client, "/sitemap.xml")
    assert part == f"{SITE}/sitemap-1.xml"
    cables = list(locations(client, "/sitemap-1.xml"))
    assert cables == [f"{SITE}/cable/frus1969v{number:03}/d%261" for number in range(12)]
    for url in cables:
        assert client.get(url.removeprefix(SITE)).status_code == 200


def test_the_sitemap_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "MAX_URLS", 6)
    monkeypatch.setattr(machines, "_PIECE", 2)
    client = make(15)
    parts = list(locations(client, "/sitemap.xml"))
    assert len(parts) == 3
    found = [list(locations(client, part.removeprefix(SITE))) for part in parts]
    assert [len(each) for each in found] == [6, 6, 3]
    assert len({url for each in found for url in each}) == 15


@pytest.mark.parametrize("number", ["0", "2", "-1", "x"])
def test_there_is_no_other_part(client: FlaskClient, number: str) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_the_protocol_allows_so_many() -> None:
    assert machines.MAX_URLS == 50_000
    assert machines.MAX_URLS % machines._PIECE == 0


def test_an_empty_collection_has_an_empty_list() -> None:
    assert not list(locations(make(0), "/sitemap.xml"))


def test_a_browser_can_add_the_site(client: FlaskClient) -> None:
    page = client.get("/").text
    assert (
        'rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in page
    )
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    root = lxml.etree.fromstring(response.data)
    names = {each.tag.rpartition("}")[2]: each for each in root}
    assert len(names["ShortName"].text) <= 16
    assert names["Description"].text.startswith("Lanterns & <Co> of the Quay: ")
    for url in root.iterfind("{*}Url"):
        asked = url.get("template").replace("{searchTerms}", "lanterns").removeprefix(SITE)
        answer = client.get(asked)
        assert answer.status_code == 200
        assert answer.mimetype == url.get("type")
    assert client.get("/opensearch-suggestions?q=lan").json == ["lan", ["lanterns"]]


def test_metrics_count_without_telling_what_was_asked() -> None:
    client = make(3)
    for path in ("/search?q=secretword", "/search?q=secretword", "/nothing/secretword"):
        client.get(path)
    text = client.get("/metrics").text
    assert "secretword" not in text
    values = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert values["cablegram_cables",] == 3
    assert values["cablegram_paragraphs",] == 3
    assert values["cablegram_requests_total", "200", "search.search"] == 2
    assert values["cablegram_requests_total", "404", "none"] == 1
    assert values["cablegram_request_seconds_count", "search.search"] == 2


def test_two_applications_count_apart() -> None:
    one, other = make(1), make(2)
    one.get("/help")
    assert "home.search_help" in one.get("/metrics").text
    assert "home.search_help" not in other.get("/metrics").text
