"""Markup that a library refuses, and references to what is no character: the text is read all the same."""

from __future__ import annotations

import time

import pytest

from indexer.lines.html import visible_lines
from indexer.page import RawPage
from indexer.runs.worker import make_ready, parse_page

PAGE = """<html><body><pre>
UNCLAS GUANGZHOU 900101

SUBJECT: Harbour Lanterns

1. (U) The wickmakers of the old {} harbour count their lanterns.
</pre></body></html>"""


def seen(piece: str) -> str:
    """What a reader of a page sees that has this piece of markup in its text."""
    return "".join(line.text for line in visible_lines(f"<p>old {piece} harbour</p>"))


@pytest.mark.parametrize("piece", ["<![lamp", "<![ lamp %]>", "<![lamp[ wick ]]>", "<![if lamp"])
def test_a_declaration_that_is_refused_is_text(piece: str) -> None:
    text = seen(piece)
    assert text.startswith("old ")
    assert "lamp" in text


def test_comments_and_the_document_type_stay_unseen() -> None:
    page = "<!DOCTYPE html><!-- wick --><p>old <![lamp harbour</p>"
    assert "".join(line.text for line in visible_lines(page)).strip() == "old <![lamp harbour"


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("&#" + "9" * 5000 + ";", "\ufffd"),
        ("&#x" + "f" * 5000 + ";", "\ufffd"),
        ("&#" + "0" * 5000 + "65;", "A"),
        ("&#1114112;", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&#57343;", "\ufffd"),
        ("&#55357;&#56832;", "\U0001f600"),
        ("&#xD83D;&#xDE00;", "\U0001f600"),
        ("&#56832;&#55357;", "\ufffd\ufffd"),
        ("&#xD83D;&#38;&#60;", "\ufffd&<"),
        ("&#8220;&#xE9;&#39;", "\u201c\u00e9'"),
        ("&#128512;", "\U0001f600"),
    ],
)
def test_a_reference_by_number(piece: str, shown: str) -> None:
    assert seen(piece).strip() == f"old {shown} harbour"


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
@pytest.mark.parametrize(
    "piece", ["<![lamp", "&#" + "9" * 5000 + ";", "&#xD800;", "&#xDFFF;&#xD800;"]
)
def test_such_a_page_is_a_cable_that_an_index_takes(engine: str, piece: str) -> None:
    cables = parse_page(RawPage(PAGE.format(piece), "page.html", "html"))
    assert isinstance(cables, tuple)
    assert "count their lanterns" in cables[0].paragraphs[0].text
    (ready,) = make_ready(engine, [RawPage(PAGE.format(piece), "page.html", "html")])
    assert isinstance(ready.cables, tuple)
    assert ready.cables[0].prepared is not None


@pytest.mark.parametrize("piece", ["&#", "&#9", "&#xD800;", "&#55357;", "<!["])
def test_long_runs_are_read_in_their_length(piece: str) -> None:
    taken = []
    for count in (4_000, 16_000):
        start = time.process_time()
        visible_lines(piece * count)
        taken.append(time.process_time() - start)
    assert taken[1] < 10 * max(taken[0], 0.01)
