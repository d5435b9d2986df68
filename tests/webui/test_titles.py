"""A subject in title case with the printed one beside it, and the summary on a card."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable, Paragraph, Part, Reference
from webui import create_app

WHEAT = Cable(
    id="07ROME1",
    subject="CODEL PELL: <WHEAT> FOR THE U.N. MILL",
    paragraphs=(
        Paragraph("p1", 1, "U", "Summary", Part.SUMMARY, "The mill was sold. End summary."),
        Paragraph("p2", 2, "U", None, Part.BODY, "Flour is dear, wheat is not."),
    ),
    references=(Reference("07 ROME 2", "07ROME2"),),
)
RICE = Cable(
    id="07ROME2",
    subject="RICE AND FLOUR",
    paragraphs=(Paragraph("p1", 1, "U", None, Part.BODY, "Flour of rice."),),
)
LONG = "Ostia, its quay, its crane, its two sheds, its gate and its clock were let; the men"
BARLEY = Cable(
    id="07ROME3",
    subject="Barley",
    paragraphs=(
        Paragraph(
            "p1",
            1,
            "U",
            None,
            Part.SUMMARY,
            f"Summary: The port of {LONG} of that quay and of no other took in barley once.",
        ),
        *(
            Paragraph(f"p{n}", n, "U", None, Part.BODY, "Barley, barley, barley.")
            for n in (2, 3, 4)
        ),
    ),
)


@pytest.fixture(scope="module")
def rome() -> FlaskClient:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(WHEAT)
        writer.put(RICE)
        writer.put(BARLEY)
    return create_app(index.searcher()).test_client()


def test_the_page_of_a_cable_has_the_title_and_the_subject_as_printed(rome: FlaskClient) -> None:
    html = rome.get("/cable/07ROME1").text
    printed = "CODEL PELL: &lt;WHEAT&gt; FOR THE U.N. MILL"
    title = "CODEL Pell: &lt;Wheat&gt; for the U.N. Mill"
    assert f'<h1><bdi title="As printed: {printed}">{title}</bdi></h1>' in html
    assert re.search(f"<dt>Subject, as printed</dt>\\s*<dd><bdi>{re.escape(printed)}</bdi>", html)
    assert "<title>07ROME1: CODEL Pell: &lt;Wheat&gt; for the U.N. Mill" in html
    assert "Rice and Flour" in html  # what it cites


def test_what_was_found_is_marked_in_both_and_counted_once(rome: FlaskClient) -> None:
    html = rome.get("/cable/07ROME1?q=wheat").text
    (title,) = re.findall(r"<h1>.*?</h1>", html)
    assert '<mark id="h1">Wheat</mark>' in title
    assert "PELL: &lt;<mark>WHEAT</mark>&gt; FOR" in html
    assert "2 hits" in html


def test_a_subject_that_is_no_capitals_stands_alone(client: FlaskClient) -> None:
    for cable in ("07GUANGZHOU901", "08LAPAZ666"):
        html = client.get(f"/cable/{cable}").text
        assert re.search("<h1><bdi>[^<]+</bdi></h1>", html)
        assert "Subject, as printed" not in html


def test_a_card_has_the_title_with_what_was_found_marked(rome: FlaskClient) -> None:
    html = rome.get("/search?q=wheat+pell").text
    wanted = "CODEL <mark>Pell</mark>: &lt;<mark>Wheat</mark>&gt; for the U.N. Mill"
    assert f"<bdi>{wanted}</bdi></a></h2>" in html
    assert "<mark>PELL</mark>" in html  # where it was found: in the subject, as printed


def test_a_card_says_what_the_cable_is_about(rome: FlaskClient) -> None:
    summary = '<span class="soft">Summary:</span> The mill was sold.</p>'
    assert rome.get("/search?q=flour").text.count(summary) == 1
    # Not where its own paragraph stands below it, nor for a paragraph by itself.
    assert summary not in rome.get("/search?q=sold").text
    assert summary not in rome.get("/search?q=").text
    assert summary not in rome.get("/search?q=flour&view=paragraphs").text


def test_what_was_found_is_marked_in_the_summary(rome: FlaskClient) -> None:
    """The summary's paragraph has it too, and is not among the best."""
    html = rome.get("/search?q=barley").text
    wanted = "of that quay and of no other took in <mark>barley</mark> once.</p>"
    assert f'<span class="soft">Summary:</span> The port of {LONG} {wanted}' in html
