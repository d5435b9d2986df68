"""Every page is well-formed, and nothing from a cable or a question becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from examples import examples
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

VOID = {"meta", "link", "input", "br", "hr", "img"}
# What may not stand inside a paragraph: a browser closes the paragraph before it.
BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "section", "article", "aside", "nav", "header", "footer",
          "main", "form", "h1", "h2", "h3", "pre", "details", "search"}  # fmt: skip
# What may stand in a list, and nowhere else.
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody"},
    "summary": {"details"},
}
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3}


class Checker(HTMLParser):
    """Collects what is wrong with a page's markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.references: list[str] = []
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1] if self.open else ""
        if tag == "title" and parent != "head":
            tag = "svg title"
        # JSON-LD stands in a script and is none: a browser runs no script of that type.
        data = tag == "script" and attrs == [("type", "application/ld+json")]
        self.tags.append("data" if data else tag)
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.fault(f"<{tag}> has an attribute twice")
        for name, value in attrs:
            self.attribute(tag, name, value or "")
        if tag == "svg" and ("aria-hidden", "true") not in attrs:
            self.fault("a picture that is not ours, or that has no words beside it")
        if tag in BLOCKS and "p" in self.open:
            self.fault(f"<{tag}> in a paragraph")
        if tag in ("a", "button") and {"a", "button"} & set(self.open):
            self.fault(f"<{tag}> inside of another control")
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.fault(f"<{tag}> in <{parent}>")
        if parent in CHILDREN and tag not in CHILDREN[parent]:
            self.fault(f"<{tag}> in <{parent}>")
        if tag in HEADINGS:
            self.headings.append(HEADINGS[tag])
        if tag not in VOID:
            self.open.append(tag)

    def attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            self.ids.append(value)
        if name in ("for", "aria-labelledby"):
            self.references.extend(value.split())
        if name == "href" and tag == "a":
            self.links.append(value)
        if name == "style" or name.startswith("on"):
            self.fault(f"<{tag} {name}=...>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self.open[-1:] == ["svg title"]:
            tag = "svg title"
        if not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>")
        else:
            self.open.pop()

    def fault(self, what: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {what}")


def check(html: str) -> Checker:
    """Reads a page and asserts what holds for all of them."""
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.faults == []
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
    assert set(checker.references) <= set(checker.ids)
    here = {link[1:] for link in checker.links if link.startswith("#")}
    assert here <= set(checker.ids)
    assert all(link.startswith(("/", "#", "https://example.org/")) for link in checker.links)
    assert (
        checker.tags.count("h1") == checker.tags.count("main") == checker.tags.count("title") == 1
    )
    assert checker.headings[0] == 1
    assert checker.tags.count("script") == 3
    assert checker.tags.count("data") <= 1
    assert "style" not in checker.tags
    return checker


PAGES = (
    "/", "/help", "/search", "/search?q=sandals", "/search?q=week&page=2&view=paragraphs", "/search?q=(",
    "/search?q=sandals+lake&origin=Guangzhou", "/search?q=sandals&section=Background&-mark=SBU",
    "/search?q=see+07GUANGZHOU901", "/search?since=soon&until=3/4/1974", "/search?q=evil", "/search?q=week&page=9",
    "/values/tag", "/values/section?q=evil&find=%3Cscript", "/values/tag?q=week&find=X1&order=name",
    "/cable/07GUANGZHOU901", "/cable/07GUANGZHOU901?q=sandals", "/cable/07GUANGZHOU901/received",
    "/cable/07GUANGZHOU902", "/cable/07GUANGZHOU902/received", "/cable/frus1969-76ve09p1/d12",
    "/cable/08LAPAZ666", "/cable/08LAPAZ666?q=evil+script", "/cable/08LAPAZ666/received", "/cable/none",
    "/cable/07GUANGZHOU901/cite", "/cable/07GUANGZHOU901/cite/p4b?q=x", "/cable/08LAPAZ666/cite/p1",
    "/search?q=old+court", "/terms", "/terms?t=sandals&t=week&unit=month", "/collection", "/compare", "/status",
    "/batch", "/missing", "/missing?post=x&year=2007", "/missing?page=9", "/missing/numbers", "/missing/numbers?page=9",
    "/missing/numbers/2007GUANGZHOU", "/missing/numbers/2007GUANGZHOU?first=1&last=950",
    "/collection?c=07GUANGZHOU901%23p3&c=08LAPAZ666&c=none", "/compare?a=08LAPAZ666&b=07GUANGZHOU901",
    "/search?q=week&since=2007&until=2007&c=08LAPAZ666",
    "/check", "/check?c=08LAPAZ666",
)  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_well_formed(client: FlaskClient, url: str) -> None:
    check(client.get(url).text)


@pytest.mark.parametrize(
    "url",
    ["/cable/08LAPAZ666", "/cable/08LAPAZ666?q=script", "/cable/08LAPAZ666/received", "/search?q=evil", "/values/tag",
     "/values/section"],
)  # fmt: skip
def test_a_hostile_cable_is_text(client: FlaskClient, url: str) -> None:
    html = client.get(url).text
    assert "<script>alert" not in html
    assert "&lt;" in html
    assert 'href="javascript:' not in html


def test_the_text_of_a_cable_is_no_template(client: FlaskClient) -> None:
    assert "{{ 7*7 }}" in client.get("/cable/08LAPAZ666").text


def test_the_direction_of_a_text_ends_with_it(client: FlaskClient) -> None:
    html = client.get("/cable/08LAPAZ666").text
    assert "<h1><bdi>" in html
    assert '<p dir="auto">' in html


HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ config }}{% raw %}",
    "\u202egnp.exe",
    "</title><script>alert(1)</script>",
    "a\r\nSet-Cookie: x=1",
)  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["q", "section", "-tag", "find", "order", "sort", "page", "view"])
def test_a_hostile_address_is_text(client: FlaskClient, name: str, value: str) -> None:
    for path in ("/search", "/values/tag", "/cable/07GUANGZHOU901"):
        response = client.get(path, query_string={name: value, "part": "summary"})
        assert response.status_code == 200
        assert not response.headers.get("Set-Cookie")
        checker = check(response.text)
        assert "img" not in checker.tags


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_path_is_not_found(client: FlaskClient, value: str) -> None:
    response = client.get(f"/cable/{value}")
    assert response.status_code == 404
    check(response.text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40))
@given(q=st.text(alphabet="sandals<>\"'&()[]*:-\\ \u202e\x00é𐀀", max_size=30))
def test_any_question_gives_a_well_formed_page(client: FlaskClient, q: str) -> None:
    response = client.get("/search", query_string={"q": q, "section": q})
    assert response.status_code == 200
    check(response.text)
