"""The visible text of an HTML page, as lines that remember which elements they stood in.

Owns the reading of HTML (BeautifulSoup); must not know what a cable or a source is.
"""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import Comment, Declaration, Doctype, NavigableString, ProcessingInstruction

from indexer.lines.lines import Line, split_lines

# Elements whose text no reader of the page sees.
_HIDDEN = frozenset({"head", "script", "style", "template", "noscript", "svg", "iframe", "object"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
    }
    | {
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
    }
    | {"ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
# Blocks with an empty line before and after them.
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
# Elements of known sites in which a line end is a line end, as in `<pre>`: cablegatesearch.net's header and body.
_LITERAL = frozenset({"div#cable-header", "div.cable-body"})
# An inline element of the same site that stands on a line of its own.
_OWN_LINE = frozenset({"span.toggleHeader"})
_CELLS = frozenset({"td", "th"})
# Deeper than this no real page remembers its elements; a page of 100,000 nested tags is still read.
_REMEMBERED_DEPTH = 40
# A line end of the markup, with the indentation around it, is one blank, as in `<p>a\n   b</p>`. Runs of blanks
# inside a line stay, though a browser shows them as one: in cables they are the columns of a table.
_COLLAPSIBLE = re.compile(r"[ \t]*[\r\n\f][ \t\r\n\f]*|\t")
# A page that was cut inside a tag ends with its beginning, `... copyright<b`, which no browser shows.
_UNFINISHED_TAG = re.compile(r"</?[A-Za-z][^<>]*\Z")
# Declarations inside the document type at the top, which no browser shows: `<!DOCTYPE cable [ <!ENTITY a "b"> ]>`.
_DECLARATIONS = re.compile(
    r"\A\s{0,99}(?:<\?xml[^<>]{0,300}>\s{0,99})?<!DOCTYPE[^<>\[\]]{0,300}\[[^\]]{0,20000}\]\s{0,9}>",
    re.IGNORECASE,
)


class _Page:
    """Gathers lines; `inside` is the trail of named elements that are open now."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.inside: tuple[str, ...] = ()
        self.pending: list[str] = []
        self.preformatted = 0

    def add(self, text: str) -> None:
        if self.preformatted:
            for piece in split_lines(text):
                self.pending.append(piece.text.rstrip("\r\n"))
                if piece.text.endswith(("\n", "\r")):
                    self.end_line()
            return
        text = _COLLAPSIBLE.sub(" ", text)
        if not self.pending or self.pending[-1].endswith((" ", "\t")):
            text = text.lstrip(" ")
        if text:
            self.pending.append(text)

    def end_line(self) -> None:
        """The line is complete, even when nothing is in it: that is an empty line."""
        text = "".join(self.pending)
        self.pending = []
        self.lines.append(Line(text + "\n", len(self.lines) + 1, self.inside))

    def end_block(self) -> None:
        if self.pending:
            self.end_line()

    def space(self) -> None:
        self.end_block()
        if self.lines and not self.lines[-1].blank:
            self.end_line()


def _name(tag: Tag) -> str:
    """`div#article`, `span.byline`, `h1`: enough to find one's way."""
    ident = tag.get("id")
    classes = tag.get("class")
    name = tag.name
    if isinstance(ident, str) and ident:
        name += f"#{ident}"
    if isinstance(classes, list):
        name += "".join(f".{each}" for each in classes)
    return name


def visible_lines(markup: str) -> list[Line]:
    """The lines a reader of the page sees, in order. Bounded in time by the length of the markup."""
    page = _Page()
    # A stack of our own instead of recursion: pages are found with 100,000 nested tags.
    stack: list[tuple[Tag | NavigableString, bool, tuple[str, ...]]] = []
    with warnings.catch_warnings():
        # A page that calls itself XML is read for its text like any other; the user can do nothing with the advice.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(
            _DECLARATIONS.sub("", _UNFINISHED_TAG.sub("", markup), count=1),
            "html.parser",
            multi_valued_attributes={"*": ["class"]},
        )
    stack.extend(
        (child, False, ())
        for child in reversed(soup.contents)
        if isinstance(child, Tag | NavigableString)
    )
    while stack:
        node, leaving, trail = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, Comment | Doctype | Declaration | ProcessingInstruction):
                if node.strip():
                    page.inside = trail
                page.add(str(node))
            continue
        if node.name in _HIDDEN:
            continue
        if leaving:
            page.inside = trail
            if node.name in _SPACED:
                page.space()
            elif node.name in _BLOCKS or (node.attrs and _name(node) in _OWN_LINE):
                page.end_block()
            elif node.name in _CELLS:
                page.pending.append("\t")
            if node.name == "pre" or (node.attrs and _name(node) in _LITERAL):
                page.preformatted -= 1
            continue
        if node.name == "br":
            page.inside = trail
            page.end_line()
            continue
        if node.name in _SPACED:
            page.space()
        elif node.name in _BLOCKS or (node.attrs and _name(node) in _OWN_LINE):
            page.end_block()
        elif node.name in _CELLS and page.pending and page.pending[-1] != "\t":
            # The cell before was left open, as HTML allows: it ends here.
            page.pending.append("\t")
        if node.name == "pre" or (node.attrs and _name(node) in _LITERAL):
            page.preformatted += 1
        inner = (*trail, _name(node)) if len(trail) < _REMEMBERED_DEPTH else trail
        stack.append((node, True, inner))
        stack.extend(
            (child, False, inner)
            for child in reversed(node.contents)
            if isinstance(child, Tag | NavigableString)
        )
    page.end_block()
    return page.lines
