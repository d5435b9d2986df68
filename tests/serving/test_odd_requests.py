"""What nobody prepared: odd texts in the index and odd addresses, asked of the program as it is served. None is a 500.

An index made by other means than `cablegram index` may hold halves of surrogate pairs, which no encoding has, and
control characters, which no page may have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote, urlsplit

import pytest
from indexes import index_of
from odd_cables import ODD_CABLES
from servers import Server, running, serve

from corpus.model import Cable, Problem, Segment, SegmentKind, Version
from search.exports.formats import FORMATS

HALF = "\ud83d"
PLAIN = ODD_CABLES["complete"]
# By where the half stands: in what is kept of a cable and not searched. A file named in Latin-1 has one in its name.
HALVES: dict[str, Cable] = {
    "page": replace(
        PLAIN, id="07LIMA1", segments=(Segment(SegmentKind.PARAGRAPH, f"1. Half {HALF}\n", anchor="p1"),)
    ),
    "problem": replace(PLAIN, id="07LIMA2", problems=(Problem("x", f"Half {HALF}", 1),)),
    "file": replace(PLAIN, id="07LIMA3", url="", address=f"caf\udce9{HALF}.txt"),
    "web address": replace(PLAIN, id="07LIMA4", url=f"https://example.org/{HALF}"),
    "version": replace(PLAIN, id="07LIMA5", versions=(Version("scoop", f"half {HALF}.htm", "ab"),)),
}  # fmt: skip
CONTROLS = replace(
    PLAIN,
    id="07LIMA6",
    problems=(Problem("x", "Bell \x07", 1),),
    segments=(Segment(SegmentKind.PARAGRAPH, "1. Null \x00 escape \x1b\n", anchor="p1"),),
)
# The pages, exports and records of a cable, and its compare page.
OF_A_CABLE = (
    "/cable/{}", "/cable/{}/received", "/cable/{}/cite", "/cable/{}/cite/p1", "/cable/{}/p/1", "/cable/{}/similar",
    "/compare?a={}&b=07LIMA900101", "/collection?c={}%23p1", "/collection.json?c={}", "/api/v1/cables/{}",
    "/api/v1/cables/{}/citations", "/unapi?id={}&format=ris", "/search?q={}",
    *(f"/collection.{each.name}?c={{}}" for each in FORMATS),
    *(f"/collection.{each.name}?c={{}}%23p1" for each in FORMATS),
)  # fmt: skip
# Texts that an address may have where a cable, a number, a date, a value or a format is expected.
ODD = (
    "%00", "%FF", "%ED%A0%BD", "%C3%28", "a%0D%0Ab", "%E2%80%AE", "%EF%BF%BE", "%F0%9F%98%80", "-1", "0", "1e9",
    "9" * 400, "%D9%A3", "%C2%B2", "2007-02-30", "10000-01-01", "%22%3E%3Cscript%3E", "(((", "%22", "*", "NOT", "%",
    "%zz", "%7C", "%23p1", "%2F..%2F", "x" * 7000, "{{7*7}}", "like:%00", "date:%FF", "07LIMA1~9",
)  # fmt: skip
ASKED = (
    "/search?q={}", "/search?page={}", "/search?since={}&until={}", "/search?tag={}&-mark={}&year={}", "/search?c={}",
    "/search?sort={}&view={}&match={}&same={}", "/search?{}={}", "/suggest?q={}", "/values/{}", "/values/tag?find={}",
    "/values/tag?page={}&order={}", "/cable/{}", "/cable/{}/received", "/cable/{}/cite/{}", "/cable/07LIMA1/cite/{}",
    "/cable/07LIMA1/p/{}", "/cable/07LIMA1/p/?n={}", "/cable/{}/similar", "/search.{}", "/search.csv?q={}",
    "/search.atom?page={}", "/collection?c={}", "/collection?c=07LIMA1&n={}&add={}&of={}", "/collection.ris?c={}",
    "/collection.{}", "/terms?t={}", "/terms?t=half&unit={}&since={}", "/compare?a={}&b={}", "/unapi?id={}",
    "/unapi?id=07LIMA1&format={}", "/sitemap-{}.xml", "/opensearch-suggestions?q={}", "/api/v1/search?q={}",
    "/api/v1/search?after={}", "/api/v1/search?size={}", "/api/v1/facets/{}", "/api/v1/terms?term={}",
    "/api/v1/cables/{}", "/api/v1/cables/07LIMA1/paragraphs/{}", "/static/{}", "/{}",
    "/missing?post={}", "/missing?page={}", "/missing.csv?post={}&page={}", "/missing/numbers/{}",
    "/missing/numbers/2007LIMA?first={}&last={}", "/api/v1/missing?post={}", "/api/v1/missing/numbers/{}",
)  # fmt: skip
ROUTES = (
    "/", "/help", "/api", "/status", "/healthz", "/search", "/suggest", "/values/tag", "/cable/07LIMA1", "/terms",
    "/cable/07LIMA1/p/1", "/search.csv", "/collection", "/collection.json", "/compare", "/robots.txt",
    "/opensearch.xml", "/sitemap.xml", "/sitemap-1.xml", "/unapi", "/metrics", "/api/v1/search", "/api/v1/openapi.json",
    "/static/keys.js",
)  # fmt: skip
HEADERS = (
    {"If-None-Match": "*"}, {"If-None-Match": 'W/"x", "y'}, {"If-None-Match": "\xff"}, {"If-Modified-Since": "soon"},
    {"Range": "bytes=5-2"}, {"Range": "lines=x"}, {"Accept": "*/*;q=x"}, {"Accept-Encoding": "br;q=9, gzip;q=abc"},
    {"Host": ""},
)  # fmt: skip
NAMED = ("/opensearch.xml", "/sitemap.xml", "/sitemap-1.xml")
# What no page may hold.
FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
SERVER_ERROR = 500


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("odd")
    index_of(folder / "index", (PLAIN, CONTROLS, *HALVES.values())).close()
    with running(serve(folder / "index"), folder) as started:
        yield started
        assert started.complaints() == []


@contextmanager
def asking(server: Server) -> Iterator[HTTPConnection]:
    connection = HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    yield connection
    connection.close()


def ask(
    connection: HTTPConnection, target: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    """The answer and its body; the target goes out as it stands."""
    connection.putrequest(method, target, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer, answer.read()


@pytest.mark.parametrize("where", HALVES)
def test_half_a_sign_in_the_index_is_shown_as_one_that_is_missing(
    server: Server, where: str
) -> None:
    found = []
    with asking(server) as connection:
        for address in OF_A_CABLE:
            answer, body = ask(connection, address.format(HALVES[where].id))
            assert answer.status in (200, 302), address
            # Not written out as JSON writes it, either.
            assert rb"\ud83d" not in body, address
            if "\ufffd" in body.decode() or quote("\ufffd").encode() in body:
                found.append(address)
    assert found


def test_control_characters_are_shown_as_missing_signs_on_pages(server: Server) -> None:
    with asking(server) as connection:
        for address in (
            "/cable/07LIMA6",
            "/cable/07LIMA6/received",
            "/search?q=%00%07bell",
            "/cable/a%00b",
        ):
            _, body = ask(connection, address)
            assert FORBIDDEN.search(body) is None, address
            assert "\ufffd" in body.decode(), address


@pytest.mark.parametrize("address", ASKED)
def test_every_odd_address_is_answered(server: Server, address: str) -> None:
    with asking(server) as connection:
        for odd in ODD:
            target = address.replace("{}", odd)
            answer, body = ask(connection, target)
            assert answer.status < SERVER_ERROR, target
            assert FORBIDDEN.search(body) is None, target
            if answer.status >= 400 and "html" in answer.headers["Content-Type"]:
                said = re.search(rb"<main.*?<p[^>]*>(.+?)</p>", body, re.DOTALL)
                assert said, target
                assert len(said[1].split()) > 2, target
                assert b"browser (or proxy)" not in body, target


@pytest.mark.parametrize("route", ROUTES)
def test_other_methods_and_headers_are_answered(server: Server, route: str) -> None:
    with asking(server) as connection:
        plain, whole = ask(connection, route)
        for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"):
            answer, _ = ask(connection, route, method)
            assert answer.status == 405, method
        head, nothing = ask(connection, route, "HEAD")
        assert (head.status, nothing) == (plain.status, b"")
        for headers in HEADERS:
            answer, _ = ask(connection, route, **headers)
            # What is handed on needs a name of the site's own.
            unnamed = {400} if headers == {"Host": ""} and route in NAMED else set()
            assert answer.status in {plain.status, 206, 304, 416} | unnamed, headers
    assert whole
