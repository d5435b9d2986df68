"""The visible text of HTML, line by line."""

from __future__ import annotations

import pytest

from indexer.body.text import reading_text
from indexer.lines.html import visible_lines


def text(markup: str) -> str:
    return "".join(line.text for line in visible_lines(markup))


@pytest.mark.parametrize(
    ("markup", "visible"),
    [
        ("<p>a<br>b</p><p>c</p>", "a\nb\n\nc\n\n"),
        ("<p>a\n   b</p>", "a b\n\n"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc\n"),
        ("<pre>a&#x000A;  b\n</pre>", "a\n  b\n"),
        ("<p>x   y</p>", "x   y\n\n"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb\t\n"),
        ("<head><title>t</title></head><script>s</script><style>c</style><p>x</p>", "x\n\n"),
        ("<!-- c --><p>&amp;&lt;&#8217;</p>", "&<’\n\n"),
        ("plain", "plain\n"),
        ("", ""),
        ("a<br><br>b", "a\n\nb\n"),
        ('<?xml version="1.0"?>\n<!DOCTYPE a [ <!ENTITY x "y"> ]>\n<a>b</a>', "b\n"),
    ],
)
def test_lines(markup: str, visible: str) -> None:
    assert text(markup) == visible


def test_lines_know_their_elements() -> None:
    (line,) = [
        line for line in visible_lines('<div id="article" class="x y"><b>a</b></div>') if line.words
    ]
    assert line.inside == ("div#article.x.y", "b") or line.inside == ("div#article.x.y",)


def test_deep_nesting_is_read() -> None:
    depth = 20_000
    assert text("<div>" * depth + "deep" + "</div>" * depth) == "deep\n"


@pytest.mark.parametrize(
    ("lines", "reading"),
    [
        (["one", "two"], "one two"),
        (["a large-", "scale port"], "a large-scale port"),
        (["the port --", "not the"], "the port -- not the"),
        (["points:", "-- one", "goes on", "-- two"], "points:\n-- one goes on\n-- two"),
        (["one", "", "two"], "one\ntwo"),
        (["relatives to", "5. feed"], "relatives to 5. feed"),
        (["as follows:", "1. one", "2. two"], "as follows:\n1. one\n2. two"),
        (
            ["Month     Lima    Tacna", "June      3.11    2.64"],
            "Month     Lima    Tacna\nJune      3.11    2.64",
        ),
        # A dash goes on with the sentence above it; several of them are a list.
        (
            ["it is crucial to step in", "-- before they do"],
            "it is crucial to step in -- before they do",
        ),
        (["Post has", "-- told them;", "-- left."], "Post has\n-- told them;\n-- left."),
        (["We ask for:", "-- a visa"], "We ask for:\n-- a visa"),
    ],
)
def test_reading_text(lines: list[str], reading: str) -> None:
    assert reading_text(lines) == reading
