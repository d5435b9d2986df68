"""HTML is written down as the parser gives it; the lines are those that Beautiful Soup's own tree gives."""

from __future__ import annotations

import random
import warnings
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import Comment, Declaration, Doctype, NavigableString, ProcessingInstruction

from indexer.lines import html
from indexer.lines.html import visible_lines

Seen = list[tuple[str, int, tuple[str, ...]]]

TAGS = (
    *("p", "br", "div", "pre", "td", "th", "tr", "table", "span", "head", "script", "style", "b", "img", "textarea"),
    *("li", "h1", "template", "body", "html", "hr", "noscript", "object", "svg", "col", "rt", "title", "iframe"),
    "blockquote",
)  # fmt: skip
ATTRIBUTES = (
    "",
    "",
    ' class="byline"',
    ' class="toggleHeader"',
    ' id="cable-header"',
    ' class="cable-body x"',
    ' id=""',
    ' class=""',
    " id=a id=b",
    " class",
)
TEXTS = (
    *("a", "b c", " ", "\n", "\t", " \n ", "&amp;", "&#8217;", "&nbsp;", "&foo", "&#x41", "&#;", "<!-- c -->"),
    *("<!DOCTYPE x>", "<![CDATA[d]]>", "<?pi x?>", "<", ">", "<!", "</", "\x0c", "\x85", "\r\n", "</>", "<a", "&"),
)  # fmt: skip


def by_tree(markup: str) -> Seen:
    """The lines of the tree, node by node."""
    page = html._Page()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        cleaned = html._DECLARATIONS.sub("", html._UNFINISHED_TAG.sub("", markup), count=1)
        soup = BeautifulSoup(cleaned, "html.parser")

    def walk(node: Tag | NavigableString, trail: tuple[str, ...]) -> None:
        if isinstance(node, NavigableString):
            if not isinstance(node, Comment | Doctype | Declaration | ProcessingInstruction):
                page.inside = trail if node.strip() else page.inside
                page.add(str(node))
            return
        if node.name in html._HIDDEN:
            return
        if node.name == "br":
            page.inside = trail
            page.end_line()
            return
        classes = node.get("class")
        attributes = {"id": node.get("id"), "class": " ".join(classes or ())}
        name = html._name(node.name, attributes)
        block = node.name in html._BLOCKS or name in html._OWN_LINE
        literal = node.name == "pre" or name in html._LITERAL
        if node.name in html._SPACED:
            page.space()
        elif block:
            page.end_block()
        elif node.name in html._CELLS and page.pending and page.pending[-1] != "\t":
            page.pending.append("\t")
        page.preformatted += literal
        inner = (*trail, name)
        for child in node.contents:
            if isinstance(child, Tag | NavigableString):
                walk(child, inner)
        page.inside = inner
        if node.name in html._SPACED:
            page.space()
        elif block:
            page.end_block()
        elif node.name in html._CELLS:
            page.pending.append("\t")
        page.preformatted -= literal

    for child in soup.contents:
        if isinstance(child, Tag | NavigableString):
            walk(child, ())
    page.end_block()
    return [(line.text, line.number, line.inside) for line in page.lines]


def streamed(markup: str) -> Seen:
    return [(line.text, line.number, line.inside) for line in visible_lines(markup)]


def test_the_samples(root: Path) -> None:
    pages = sorted((root / "corpus/samples").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        markup = page.read_text("utf-8")
        assert streamed(markup) == by_tree(markup), page.name


@pytest.mark.parametrize("seed", range(8))
def test_made_up_markup(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - drawn for a test
    for _ in range(150):
        pieces = [
            draw.choice(
                [
                    f"<{draw.choice(TAGS)}{draw.choice(ATTRIBUTES)}{draw.choice(['>', '>', '/>', ''])}",
                    f"</{draw.choice(TAGS)}>",
                    draw.choice(TEXTS),
                ]
            )
            for _ in range(draw.randrange(1, 25))
        ]
        markup = "".join(pieces)
        assert streamed(markup) == by_tree(markup), markup
