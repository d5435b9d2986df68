"""The visible text of an HTML page, as lines that remember which elements they stood in.

Owns the reading of HTML (Beautiful Soup); must not know what a cable or a source is.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from typing import NamedTuple

from corpus.late_modules import late_module
from indexer.lines.lines import Line, split_lines

# CSS selectors, which nobody here uses, are a quarter of all that is loaded for the parser.
with late_module("soupsieve"):
    from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
    from bs4.builder import HTMLTreeBuilder, ParserRejectedMarkup
    from bs4.builder._htmlparser import BeautifulSoupHTMLParser, HTMLParserTreeBuilder
    from bs4.element import Comment, Declaration, Doctype, NavigableString, ProcessingInstruction

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
# Elements of known sites in which a line end is a line end, as in `<pre>`: cablegatesearch.net's header and body
# (`id="cable-body"` in its first year).
_LITERAL = frozenset({"div#cable-header", "div.cable-body", "div#cable-body"})
# An inline element of the same site that stands on a line of its own.
_OWN_LINE = frozenset({"span.toggleHeader"})
_CELLS = frozenset({"td", "th"})
# Texts of the markup that no reader of the page sees.
_UNSEEN = (Comment, Declaration, Doctype, ProcessingInstruction)
# Elements without an end tag (`<br>`, `<img>`), and those whose blanks Beautiful Soup keeps (`<pre>`, `<textarea>`).
_VOID = frozenset(HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS or ())
_KEPT = frozenset(HTMLTreeBuilder.DEFAULT_PRESERVE_WHITESPACE_TAGS)
# Deeper than this no real page remembers its elements; a page of 100,000 nested tags is still read.
_REMEMBERED_DEPTH = 40
# A line end of the markup, with the indentation around it, is one blank, as in `<p>a\n   b</p>`. Runs of blanks
# inside a line stay, though a browser shows them as one: in cables they are the columns of a table.
_COLLAPSIBLE = re.compile(r"(?<![ \t])[ \t]*[\r\n\f][ \t\r\n\f]*|\t")
# A page that was cut inside a tag ends with its beginning, `... copyright<b`, which no browser shows.
_UNFINISHED_TAG = re.compile(r"</?[A-Za-z][^<>]*\Z")
# Declarations inside the document type at the top, which no browser shows: `<!DOCTYPE cable [ <!ENTITY a "b"> ]>`.
_DECLARATIONS = re.compile(
    r"\A\s{0,99}(?:<\?xml[^<>]{0,300}>\s{0,99})?<!DOCTYPE[^<>\[\]]{0,300}\[[^\]]{0,20000}\]\s{0,9}>",
    re.IGNORECASE,
)

# References to characters by their numbers, one behind the other: `&#8220;`, `&#x201C;`, `&#55357;&#56832;`.
_REFERENCES = re.compile(r"(?:&#(?:[0-9]+|[xX][0-9a-fA-F]+);?)+")
# The number of one of them.
_REFERENCE = re.compile(r"&#([0-9]+|[xX][0-9a-fA-F]+)")
# The last character, the halves of surrogate pairs, and the sign for what can't be shown; digits that a number needs.
_LAST_CHARACTER, _FIRST_HALF, _LAST_HALF, _NONE = 0x10FFFF, 0xD800, 0xDFFF, 0xFFFD
_MOST_DIGITS = 7
# What begins as a declaration and is neither a comment nor a document type: `<![if`, `<!ELEMENT`.
_NO_COMMENT = re.compile(r"<!(?!--|DOCTYPE\b)", re.IGNORECASE)


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
        if not text.isprintable():
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


def _name(name: str, attributes: Mapping[str, object]) -> str:
    """`div#article`, `span.byline`, `h1`: enough to find one's way."""
    ident, classes = attributes.get("id"), attributes.get("class")
    if isinstance(ident, str) and ident:
        name += f"#{ident}"
    if isinstance(classes, str):
        name += "".join([f".{each}" for each in classes.split()])
    return name


class _Opened(NamedTuple):
    """An element that is open: what it is to the page, and the trails of elements outside it and inside."""

    name: str
    spaced: bool
    block: bool
    literal: bool
    outer: tuple[str, ...]
    inner: tuple[str, ...]


class _Parser(BeautifulSoupHTMLParser):
    """Python's parser as Beautiful Soup uses it, without what only a tree needs.

    That is a place in the markup for every piece, and attributes in a dictionary of Beautiful Soup's own.
    """

    def updatepos(self, i: int, j: int) -> int:
        """Where the next piece begins, which is all of the place that the parser itself asks for."""
        return j

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],
        handle_empty_element: bool = True,
    ) -> None:
        """An element begins; of an attribute that comes twice the last counts, as it does in a tree."""
        self.soup.handle_starttag(tag, None, None, {name: value or "" for name, value in attrs})

    def handle_data(self, data: str) -> None:
        """A piece of text."""
        self.soup.current_data.append(data)


class _Builder(HTMLParserTreeBuilder):
    """Hands the markup to that parser."""

    def feed(
        self, markup: str | bytes, _parser_class: type[BeautifulSoupHTMLParser] = _Parser
    ) -> None:
        """Read the markup. Raises ParserRejectedMarkup where it is too broken."""
        if not isinstance(markup, str) or self.soup is None:
            raise TypeError("the markup is text, and read for a page")
        arguments, settings = self.parser_args
        parser = _parser_class(self.soup, *arguments, **settings)
        try:
            parser.feed(markup)
            parser.close()
        except AssertionError as error:
            raise ParserRejectedMarkup(error) from error


class _Reader(BeautifulSoup):
    """Reads markup as Beautiful Soup does, and writes each line down as it comes: a tree takes twice the time.

    What is overridden is what Beautiful Soup's own parser hands its findings to. Texts and elements begin and end where
    those of the tree do: a test compares the two.
    """

    def reset(self) -> None:
        super().reset()
        self.page = _Page()
        self.trail: tuple[str, ...] = ()
        # A stack of our own instead of recursion: pages are found with 100,000 nested tags.
        self.opened: list[_Opened] = []
        # How many elements of each name are open, and how many without an end tag may still get one: `<br></br>`.
        self.counts: dict[str, int] = {}
        self.ended: dict[str, int] = {}
        # How many open elements no reader sees, and in how many blanks are kept.
        self.hidden_depth = self.kept_depth = 0

    def handle_starttag(
        self,
        name: str,
        namespace: str | None,
        nsprefix: str | None,
        attrs: Mapping[str, object],
        sourceline: int | None = None,
        sourcepos: int | None = None,
        namespaces: dict[str, str] | None = None,
    ) -> Tag | None:
        """An element begins. No element of a tree is given: those without an end tag end here."""
        self.endData()
        page, outer = self.page, self.trail
        if name == "br":
            if not self.hidden_depth:
                page.inside = outer
                page.end_line()
        elif self.hidden_depth or name in _HIDDEN:
            if name not in _VOID:
                self.hidden_depth += 1
                self._open(_Opened(name, False, False, False, outer, outer))
        else:
            full = _name(name, attrs) if attrs else name
            spaced = name in _SPACED
            block = name in _BLOCKS or full in _OWN_LINE
            literal = name == "pre" or full in _LITERAL
            if spaced:
                page.space()
            elif block:
                page.end_block()
            elif name in _CELLS and page.pending and page.pending[-1] != "\t":
                # The cell before was left open, as HTML allows: it ends here.
                page.pending.append("\t")
            page.preformatted += literal
            self.trail = (*outer, full) if len(outer) < _REMEMBERED_DEPTH else outer
            self._open(_Opened(name, spaced, block, literal, outer, self.trail))
            if name in _VOID:
                self._leave()
        if name in _VOID:
            self.ended[name] = self.ended.get(name, 0) + 1
        return None

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """An element ends, and with it those that are open in it; an end without a beginning ends none."""
        if self.ended.get(name):
            self.ended[name] -= 1
            return
        self.endData()
        while self.counts.get(name):
            if self._leave() == name:
                break

    def endData(self, containerClass: type[NavigableString] | None = None) -> None:  # noqa: N802, N803 - theirs
        """A text ends; `containerClass` says what it is, if it is not the page's own."""
        if not self.current_data:
            return
        text = "".join(self.current_data)
        self.current_data = []
        if self.hidden_depth or (
            containerClass is not None and issubclass(containerClass, _UNSEEN)
        ):
            return
        if not self.kept_depth and not text.strip(self.ASCII_SPACES):
            text = "\n" if "\n" in text else " "
        if text.strip():
            self.page.inside = self.trail
        self.page.add(text)

    def finished(self) -> list[Line]:
        """The lines, once the markup has come to its end."""
        while self.opened:
            self._leave()
        self.page.end_block()
        return self.page.lines

    def _open(self, opened: _Opened) -> None:
        self.opened.append(opened)
        self.counts[opened.name] = self.counts.get(opened.name, 0) + 1
        self.kept_depth += opened.name in _KEPT

    def _leave(self) -> str:
        """The innermost open element ends; gives its name."""
        opened = self.opened.pop()
        name = opened.name
        self.counts[name] -= 1
        self.kept_depth -= name in _KEPT
        if self.hidden_depth:
            self.hidden_depth -= 1
            return name
        page = self.page
        page.inside = opened.inner
        if opened.spaced:
            page.space()
        elif opened.block:
            page.end_block()
        elif name in _CELLS:
            page.pending.append("\t")
        page.preformatted -= opened.literal
        self.trail = opened.outer
        return name


def visible_lines(markup: str) -> list[Line]:
    """The lines a reader of the page sees, in order. Bounded in time by the length of the markup.

    A declaration that the library refuses is text, as all markup is that nobody understands: nothing is lost.
    """
    markup = _DECLARATIONS.sub("", _UNFINISHED_TAG.sub("", markup), count=1)
    if "&#" in markup:
        markup = _REFERENCES.sub(_readable, markup)
    for understood in (markup, _NO_COMMENT.sub("&lt;!", markup)):
        try:
            return _read(understood)
        except ParserRejectedMarkup:
            continue
    return _read(markup.replace("<", "&lt;"))


def _read(markup: str) -> list[Line]:
    with warnings.catch_warnings():
        # A page that calls itself XML is read for its text like any other; the user can do nothing with the advice.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        reader = _Reader(markup, builder=_Builder, store_line_numbers=False)
    return reader.finished()


def _readable(run: re.Match[str]) -> str:
    """A run of references to characters with none in it that is no character.

    The halves of a pair become the one that they stand for; half of one, and a number beyond all characters, the sign
    for a character that can't be shown.
    """
    written = run.group()
    numbers = _REFERENCE.findall(written)
    values = [_value(each) for each in numbers]
    if all(value < _FIRST_HALF or _LAST_HALF < value <= _LAST_CHARACTER for value in values) and (
        max(map(len, numbers)) <= _MOST_DIGITS
    ):
        return written
    units = b"".join(
        value.to_bytes(2, "little") if value <= _LAST_HALF else chr(value).encode("utf-16-le")
        for value in (each if each <= _LAST_CHARACTER else _NONE for each in values)
    )
    # Those that mean something to markup stay references.
    return "".join(f"&#{ord(each)};" for each in units.decode("utf-16-le", "replace"))


def _value(digits: str) -> int:
    """The number that a reference has; one with too many digits is beyond all characters."""
    base = 16 if digits[0] in "xX" else 10
    digits = digits.lstrip("xX").lstrip("0") or "0"
    return int(digits, base) if len(digits) <= _MOST_DIGITS else _LAST_CHARACTER + 1
