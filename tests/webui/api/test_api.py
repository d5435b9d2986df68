"""What the API answers: the shape of the command line, cursors, ETags, errors, and leave for other sites."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable, Paragraph, Part
from search.answers.results import SearchResult
from search.engines.protocols import Searcher
from search.errors import IndexDamaged, TooSlow
from search.fields import FACETS
from search.language.tree import Query
from webui import create_app
from webui.api.endpoints import ENDPOINTS, ROOT
from webui.asking.address import State, build

V1 = "/api/v1"


def test_a_search_has_what_the_page_has(client: FlaskClient) -> None:
    found = client.get(f"{V1}/search?q=lanterns&facet=tag&facet=month&size=5").json
    assert found["total"] == {
        "paragraphs": 60,
        "cables": 30,
        "others": {"head": 30},
        "telegrams": 30,
    }
    assert len(found["groups"]) == 5
    # The head of each cable, and its two paragraphs.
    assert len(found["hits"]) == 15
    assert found["facets"]["tag"][0] == {"value": "KIPR", "count": 60}
    assert found["facets"]["month"]
    assert found["hits"][0]["snippet"].count("<mark>") == 1


@pytest.mark.parametrize(
    ("asked", "cables"),
    [
        ("", 31),
        ("tag=X1", 8),
        ("tag=X1&tag=X2", 16),
        ("-tag=X1", 23),
        ("since=2005&until=2008", 9),
        ("q=copied+burn", 0),
        ("q=copied+burn&same=cable", 30),
        ("q=lantern&origin=guangzhou&part=comment", 30),
    ],
)
def test_filters_dates_and_scope_count(client: FlaskClient, asked: str, cables: int) -> None:
    assert client.get(f"{V1}/search?{asked}").json["total"]["cables"] == cables


@pytest.mark.parametrize("view", ["cables", "paragraphs"])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "longest", "referenced"])
def test_cursors_lead_through_everything_once(client: FlaskClient, view: str, sort: str) -> None:
    seen: list[str] = []
    url = f"{V1}/search?q=lanterns&view={view}&sort={sort}&size=7&per_cable=1"
    while url:
        response = client.get(url)
        found = response.json
        seen += [f"{hit['cable']}#{hit['anchor']}" for hit in found["hits"]]
        link = response.headers.get("Link", "")
        assert bool(link) == bool(found["after"])
        url = link.removeprefix("<").partition(">")[0]
    # By cable its head and the best of its paragraphs; else each of these by itself.
    assert len(seen) == len(set(seen)) == (60 if view == "cables" else 90)


def test_a_cursor_of_another_order_is_refused(client: FlaskClient) -> None:
    after = client.get(f"{V1}/search?q=lanterns&size=2").json["after"]
    response = client.get(f"{V1}/search?q=lanterns&sort=newest&after={after}")
    assert response.status_code == 400
    assert "another order" in response.json["detail"]


def test_all_values_of_a_facet(client: FlaskClient) -> None:
    found = client.get(f"{V1}/facets/tag?q=lanterns&order=name&prefix=x&limit=3").json
    assert found == {
        "field": "tag",
        "values": [
            {"value": "X0", "count": 14},
            {"value": "X1", "count": 16},
            {"value": "X2", "count": 16},
        ],
        "more": 1,
        "more_exact": True,
        "notes": [],
    }


def test_suggestions(client: FlaskClient) -> None:
    found = client.get(f"{V1}/suggestions?q=lan&limit=2").json["suggestions"]
    assert found[0] == {
        "kind": "word",
        "text": "lanterns",
        "question": "lanterns",
        "meaning": "",
        "paragraphs": 90,
        "start": 0,
    }


def test_terms_over_time_are_those_of_the_page(client: FlaskClient) -> None:
    found = client.get(f"{V1}/terms?t=copied&t=lanterns&t=copied&since=2004&until=2006").json
    assert found["unit"] == "year"
    assert found["terms"] == ["copied", "lanterns"]
    assert [each["period"] for each in found["periods"]] == ["2004", "2005", "2006"]
    for each in found["periods"]:
        copied, lanterns = each["counts"]
        assert lanterns["paragraphs"] == 2 * copied["paragraphs"]
        expected = 1_000_000 * copied["paragraphs"] / each["words"] if each["words"] else 0
        assert copied["per_million"] == pytest.approx(expected, abs=0.001)
    assert sum(each["words"] for each in found["periods"]) > 0
    months = client.get(f"{V1}/terms?t=lanterns&unit=month").json
    assert all(len(each["period"]) == 7 for each in months["periods"])


def test_a_cable_in_any_spelling_without_the_folders_of_this_machine(client: FlaskClient) -> None:
    found = client.get(f"{V1}/cables/{quote('07 Guangzhou 00376', safe='')}").json
    assert found["id"] == "07GUANGZHOU376"
    assert found["address"] == "lantern.html"
    slashed = client.get(f"{V1}/cables/frus1969-76ve09p1%2Fd12").json
    assert slashed["id"] == "frus1969-76ve09p1/d12"


def test_a_paragraph_and_its_citations(client: FlaskClient) -> None:
    found = client.get(f"{V1}/cables/07GUANGZHOU376/paragraphs/p11").json
    assert found["cable"] == "07GUANGZHOU376"
    assert found["text"] == "Comment: lanterns burn."
    cited = client.get(f"{V1}/cables/07GUANGZHOU376/citations?anchor=p11").json
    assert [each["style"] for each in cited["citations"]][:3] == ["chicago-note", "chicago", "mla"]
    assert "para. 11" in cited["citations"][0]["text"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/search?nope=1", 400, "There is no parameter 'nope' here; there are q, section,"),
        ("/search?size=0", 400, "The parameter size must be a number from 1 to 100."),
        ("/search?size=1&size=2", 400, "The parameter size may be given once."),
        ("/search?sort=best", 400, "The parameter sort must be one of relevance, newest,"),
        (
            "/search?since=2007-13",
            400,
            "The parameter since is wrong: “2007-13” is not a date: there",
        ),
        ("/search?since=2007-02-29", 400, "The parameter since is wrong: “2007-02-29” is not"),
        (
            "/search?until=soon",
            400,
            "The parameter until is wrong: “soon” is not a date. Use 1974,",
        ),
        ("/search?tag=%20", 400, "The parameter tag is not written as it should be; like KIPR."),
        ("/search?after=x", 400, "This cursor is none of Cablegram's; begin with the first page."),
        ("/terms?t=a&unit=day", 400, "The parameter unit must be one of year, month."),
        ("/terms?" + "t=a&" * 7, 400, "The parameter t may be given 6 times."),
        ("/terms", 400, "The parameter t is missing."),
        ("/suggestions", 400, "The parameter q is missing."),
        ("/facets/nope", 404, "There is no facet 'nope'; there are section,"),
        ("/cables/07NOWHERE1", 404, "The cable 07NOWHERE1 is not in this collection."),
        ("/cables/07GUANGZHOU376/paragraphs/p99", 404, "07GUANGZHOU376 has no paragraph p99;"),
        ("/nothing", 404, "There is nothing at /api/v1/nothing;"),
    ],
)
def test_every_error_has_one_shape(client: FlaskClient, path: str, status: int, said: str) -> None:
    response = client.get(V1 + path)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    found = json.loads(response.data)
    assert found.pop("detail").startswith(said)
    found.pop("parameter", None)
    title = {400: "Bad Request", 404: "Not Found"}[status]
    assert found == {"type": "about:blank", "title": title, "status": status}


def test_the_address_of_a_page_is_one_of_the_api(client: FlaskClient) -> None:
    state = State("lanterns", sort="newest", view="paragraphs").including("tag", "X1")
    state = state.excluding("part", "comment").between("2001", "2007-06").within_cable(True)
    found = client.get(build(state, f"{V1}/search"))
    assert found.status_code == 200
    page = client.get(build(state)).text
    assert found.json["total"]["paragraphs"] > 0
    for hit in found.json["hits"]:
        assert f"/cable/{hit['cable']}?" in page


def test_the_link_of_a_page_with_a_collection_is_one_of_the_api(client: FlaskClient) -> None:
    page = client.get("/search?q=lanterns&c=07GUANGZHOU376&page=2").text
    (link,) = re.findall(r'href="(/api/v1/search[^"]*)"', page)
    assert client.get(unescape(link)).json["total"]["cables"] == 30


def test_each_filter_may_have_its_twenty_values(client: FlaskClient) -> None:
    values = [
        (name, f"value {number}") for name in ("tag", "-tag", "origin") for number in range(20)
    ]
    many = [*values, *((f"-{name}", f"other {n}") for name in FACETS[:4] for n in range(20))]
    assert len(many) > 100
    assert client.get(f"{V1}/search?{urlencode(many)}").status_code == 200
    assert client.get(f"{V1}/search?{urlencode([*many, ('tag', 'one more')])}").status_code == 400


@pytest.mark.parametrize(
    "blank", ["\x1c", "\x1f", "\x85", "\xa0", "\u2003", "\ufeff", " \x85\ufeff"]
)
def test_a_blank_is_one_in_python_and_in_the_document(client: FlaskClient, blank: str) -> None:
    answer = client.get("/api/v1/search", query_string={"mark": blank})
    assert answer.status_code == 400
    assert client.get("/api/v1/search", query_string={"mark": f"{blank}U"}).status_code == 200
    document = client.get("/api/v1/openapi.json").json
    assert document is not None
    (mark,) = (
        each for each in document["paths"]["/search"]["get"]["parameters"] if each["name"] == "mark"
    )
    # What ECMA-262 calls white space is excluded by \\s, and what Python does besides is named.
    assert mark["schema"]["items"]["pattern"] == r"[^\s\u001c-\u001f\u0085\ufeff]"


def test_a_leap_day_is_a_day(client: FlaskClient) -> None:
    assert client.get(f"{V1}/search?since=2008-02-29").status_code == 200
    assert client.get(f"{V1}/search?since=2000-02-29T23:59Z").status_code == 200
    assert client.get(f"{V1}/search?since=1900-02-29").status_code == 400


def test_another_method_is_a_problem_too(client: FlaskClient) -> None:
    response = client.post(f"{V1}/search")
    assert response.status_code == 405
    assert response.content_type == "application/problem+json"
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


class Failing:
    """A searcher that can't answer."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def search(self, query: Query) -> SearchResult:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "back"),
    [
        (IndexDamaged("The index is damaged."), 503, "30"),
        (TooSlow("This question was given up."), 503, None),
        (RuntimeError("a secret"), 500, None),
    ],
)
def test_what_the_index_can_not_do(error: Exception, status: int, back: str | None) -> None:
    client = create_app(Failing(error)).test_client()  # type: ignore[arg-type]
    response = client.get(f"{V1}/search?q=x")
    assert response.status_code == status
    assert response.headers.get("Retry-After") == back
    assert response.content_type == "application/problem+json"
    assert "secret" not in response.text


URLS = (
    "/search?q=lanterns", "/facets/tag", "/suggestions?q=la", "/terms?t=a", "/cables/07GUANGZHOU376", "/status",
    "/openapi.json", "/cables/07GUANGZHOU376/paragraphs/p1", "/cables/07GUANGZHOU376/citations",
)  # fmt: skip


@pytest.mark.parametrize("path", URLS)
def test_an_unchanged_answer_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(V1 + path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(V1 + path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    other = client.get(V1 + path, headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


def test_the_etag_changes_with_the_index() -> None:
    index = MemoryIndex()
    client = create_app(index.searcher()).test_client()
    before = client.get(f"{V1}/status").headers["ETag"]
    with index.writer() as writer:
        writer.put(Cable("07ROME1", paragraphs=(Paragraph("p1", 1, None, None, Part.BODY, "x"),)))
    assert client.get(f"{V1}/status").headers["ETag"] != before


@pytest.mark.parametrize("path", [*URLS, "/nothing", "/search?size=x"])
def test_any_site_may_read_it(client: FlaskClient, path: str) -> None:
    response = client.get(V1 + path, headers={"Origin": "https://other.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_a_browser_may_ask_before(client: FlaskClient) -> None:
    response = client.options(
        f"{V1}/search",
        headers={
            "Origin": "https://other.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"


def test_pages_are_not_for_other_sites(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/search?q=x").headers


def test_the_document_has_every_endpoint_and_every_endpoint_is_served(app: Flask) -> None:
    document = app.test_client().get(f"{V1}/openapi.json").json
    assert document["openapi"] == "3.1.0"
    served = {
        rule.rule.removeprefix(ROOT).replace("<path:", "{").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(ROOT)
    }
    assert set(document["paths"]) == {each.path for each in ENDPOINTS}
    assert served - set(document["paths"]) == {"/openapi.json", "/", "/{rest}"}


def test_a_search_is_what_the_searcher_answers(client: FlaskClient, searcher: Searcher) -> None:
    asked = Query(grouped=False, size=3)
    expected = [hit.anchor for hit in searcher.search(asked).hits]
    found = client.get(f"{V1}/search?view=paragraphs&size=3").json
    assert [hit["anchor"] for hit in found["hits"]] == expected


def test_dates_are_taken_as_people_type_them_and_doubtful_ones_told(client: FlaskClient) -> None:
    plain = client.get(f"{V1}/search?since=2005-03&until=2008").json
    typed = client.get(f"{V1}/search?since=March+2005&until=2008").json
    assert typed["total"] == plain["total"]
    assert typed["notes"] == plain["notes"]
    turned = client.get(f"{V1}/search?since=2008&until=3/2005").json
    assert turned["total"] == plain["total"]
    assert turned["notes"][0] == (
        "From was after Until, so the two were swapped: March 2005 to 2008."
    )
