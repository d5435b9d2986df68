"""The page of a place in a cable: what it tells of itself, what is asked again, and what the longest cables have."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable, Footnote, Paragraph, Part, Post, Problem, Recipient, Reference
from search.answers.unit_names import place_name
from webui import create_app
from webui.pages.cable import MOST_STOPS
from webui.settings import WebSettings

CABLE = "/cable/07GUANGZHOU901"
ANKARA = Post("ANKARA", "Ankara", "Turkey", "Europe and Eurasia")
# What the Tab key stops at, as it stands in a page.
STOPS = re.compile(
    r'<(?:a\s[^>]*?href|button|input|textarea|summary)\b(?![^>]*(?:tabindex="-1"|\bhidden\b|type="hidden"))[^>]*>'
)
FOLDED = re.compile(r"<details>(<summary.*?</summary>)((?!<details).)*?</details>", re.DOTALL)
# The way on from a hit, which is shown for the one that the address names.
STEP = re.compile(r'<span class="step">.*?</span>')


def paragraph(number: int, heading: str | None, *, numbered: bool = True) -> Paragraph:
    """One of a long text."""
    text = (
        f"In village {number} the lanterns were counted, {number * 7} of them, and lit again. " * 4
    )
    anchor = f"p{number}" if numbered else f"u{number}"
    return Paragraph(anchor, number if numbered else None, "C", heading, Part.BODY, text)


def cable(ident: str, paragraphs: tuple[Paragraph, ...], subject: str = "LANTERNS") -> Cable:
    """A cable from Ankara with a full header."""
    return Cable(
        ident, date=datetime(2007, 3, 23, 8, 44, tzinfo=UTC), origin=ANKARA, sender="AMEMBASSY ANKARA",
        subject=subject, classification="CONFIDENTIAL", precedence="O", paragraphs=paragraphs,
        recipients=tuple(Recipient(f"AMEMBASSY POST {n}", "RUEHC", "IMMEDIATE") for n in range(40)),
        tags=("PGOV", "PREL", "TU", "ECON", "ETRD", "SENV"),
        references=tuple(Reference(f"ANKARA {n}", f"07ANKARA{n}") for n in range(1, 25)),
        footnotes=tuple(Footnote(str(n), "Not printed.", "p1") for n in range(1, 31)),
        problems=tuple(Problem("x", f"Odd in line {n}", n) for n in range(1, 30)),
    )  # fmt: skip


LONG = cable("07ANKARA900", tuple(paragraph(n, f"Quarter {n // 3}") for n in range(1, 151)))
UNNUMBERED = cable("07ANKARA901", tuple(paragraph(n, None, numbered=False) for n in range(1, 36)))
SHORT = cable("07ANKARA902", (paragraph(1, None),), subject="")


@pytest.fixture(scope="module")
def ankara() -> FlaskClient:
    index = MemoryIndex()
    with index.writer() as writer:
        for each in (LONG, UNNUMBERED, SHORT, *(cable(f"07ANKARA{n}", ()) for n in range(1, 25))):
            writer.put(each)
    settings = WebSettings(title="Lanterns", address="https://cables.example.org")
    return create_app(index.searcher(), settings=settings).test_client()


def told(html: str) -> dict[str, str]:
    """What stands in the head for those who show a link."""
    head = html[: html.index("</head>")]
    metas = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', head)
    links = re.findall(r'<link rel="(canonical|alternate)"[^>]* href="([^"]*)">', head)
    return {name: unescape(text) for name, text in [*metas, *links]}


def test_a_paragraph_tells_of_itself_and_nothing_of_its_reader(ankara: FlaskClient) -> None:
    html = ankara.get("/cable/07ANKARA900/p/12?q=lanterns&mark=C&c=07ANKARA1").text
    said = told(html)
    own = "https://cables.example.org/cable/07ANKARA900/p/12"
    assert said["canonical"] == said["og:url"] == own
    assert said["og:title"] == "07ANKARA900 ¶12: Lanterns"
    assert said["description"] == said["og:description"]
    assert said["description"].startswith("In village 12 the lanterns were counted")
    assert len(said["description"]) < 220
    assert said["og:site_name"] == "Lanterns"
    assert "<title>07ANKARA900 ¶12: Lanterns – Lanterns</title>" in html
    # Of a cable search engines list one page, and not one for each of its paragraphs.
    assert said["robots"] == "noindex"
    assert (
        ankara.get(said["alternate"]).json
        == ankara.get("/api/v1/cables/07ANKARA900/paragraphs/p12").json
    )
    whole = told(ankara.get("/cable/07ANKARA900?q=lanterns").text)
    assert whole["canonical"] == "https://cables.example.org/cable/07ANKARA900"
    assert "robots" not in whole
    assert whole["og:title"] == "07ANKARA900: Lanterns"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("07ANKARA901/p/u35", "07ANKARA901, unnumbered 35 paragraph: Lanterns"),
        ("07ANKARA902/p/1", "07ANKARA902 ¶1"),
        ("07ANKARA900/p/n3", "07ANKARA900, note 3 to ¶1: Lanterns"),
        ("07ANKARA900/p/head", "07ANKARA900, subject and header: Lanterns"),
        ("07ANKARA900/p/s-p3", "07ANKARA900, heading over ¶3 to ¶5: Lanterns"),
    ],
)
def test_what_a_place_is_called(ankara: FlaskClient, path: str, title: str) -> None:
    assert told(ankara.get(f"/cable/{path}").text)["og:title"] == title


def test_a_number_names_a_paragraph_of_a_cable_that_numbers_none(ankara: FlaskClient) -> None:
    assert ankara.get("/cable/07ANKARA901/p/?n=35").location == "/cable/07ANKARA901/p/u35"
    assert ankara.get("/cable/07ANKARA901/p/36").status_code == 404


def test_a_wrong_place_leads_on_with_what_was_asked(client: FlaskClient) -> None:
    answer = client.get(f"{CABLE}/p/99?q=sandals&c=08LAPAZ666")
    assert answer.status_code == 404
    assert "This paragraph is not here" in answer.text
    assert f'<a href="{CABLE}?q=sandals&amp;c=08LAPAZ666">Go to 07GUANGZHOU901</a>' in answer.text
    assert ">Collection (1)</a>" in answer.text


@pytest.mark.parametrize("path", [CABLE, f"{CABLE}/p/3", f"{CABLE}/p/s-p2?q=sandals"])
def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{CABLE}/p/2", headers={"If-None-Match": first.headers["ETag"]}).data
    only_asked = client.head(path)
    assert (only_asked.status_code, only_asked.data) == (200, b"")
    assert only_asked.headers["ETag"] == first.headers["ETag"]
    assert only_asked.headers["Content-Type"] == first.headers["Content-Type"]


def stops(html: str) -> list[str]:
    """What the Tab key stops at without scripts, on a wide screen; what is folded away can't be reached."""
    html = STEP.sub("", html).replace(
        "<details><summary>Contents", "<details open><summary>Contents"
    )
    while FOLDED.search(html):
        html = FOLDED.sub(r"\1", html)
    return STOPS.findall(html)


@pytest.mark.parametrize("ident", [LONG.id, UNNUMBERED.id, SHORT.id])
def test_the_longest_cable_has_eighty_stops_and_twenty_kilobytes(
    ankara: FlaskClient, ident: str
) -> None:
    found = stops(ankara.get(f"/cable/{ident}?q=lanterns").text)
    assert any('name="q"' in one for one in found)
    assert len(found) <= 80
    assert len(gzip.compress(ankara.get(f"/cable/{ident}").data)) < 20_000


def test_of_many_paragraphs_one_is_a_stop_and_a_form_leads_to_each(ankara: FlaskClient) -> None:
    def signs(ident: str) -> list[str]:
        return [
            one
            for one in re.findall(r'<a class="no[^>]*>', ankara.get(f"/cable/{ident}").text)
            if 'tabindex="-1"' not in one
        ]

    assert len(signs(LONG.id)) == len(signs(UNNUMBERED.id)) == 1
    few = ankara.get("/cable/07ANKARA900/p/149?q=lanterns&c=07ANKARA1").text
    form = few[few.index('action="/cable/07ANKARA900/p/"') :].split("</form>")[0]
    assert '<input type="hidden" name="q" value="lanterns">' in form
    assert '<input type="hidden" name="c" value="07ANKARA1">' in form
    assert len(SHORT.footnotes) + 1 > MOST_STOPS


@pytest.mark.parametrize(
    ("anchor", "name"),
    [("p12", "12"), ("p4b", "4b"), ("u1", "u1"), ("s-p11", "s-p11"), ("px", "px")],
)
def test_names_of_places(anchor: str, name: str) -> None:
    assert place_name(anchor) == name
