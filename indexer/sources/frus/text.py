"""The text of one document: its XML as blocks of text, footnotes apart, nothing left out.

Owns what each element of TEI means for a reader: which ones begin a block, which stand inside one, which stand for
something that no text says (page breaks, gaps, pictures). Must not know telegrams.

Bounded in time and memory by the length of the XML: there is no recursion, whatever the nesting.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from indexer.errors import NotACable
from indexer.grammar.marks import ends_sentence
from indexer.grammar.vocabulary import level_alone
from search.documents.safe_xml import SafeParser, as_bytes, local

Role = Literal[
    "title", "source", "dateline", "opener", "heading", "paragraph", "item", "row", "closer", "signed", "picture",
    "page", "record", "loose",
]  # fmt: skip
PieceKind = Literal["text", "page", "mark"]

_BLANKS = re.compile(r"\s+")

# Elements inside a block, which change nothing but the look or the meaning of its words. All others begin a block.
# fmt: off
INLINE = frozenset({
    "abbr", "add", "affiliation", "anchor", "author", "bibl", "c", "cb", "choice", "cit",
    "corr", "damage", "date", "del", "distinct", "email", "emph", "expan", "foreign",
    "forename", "formula", "fw", "geogName", "gi", "gloss", "hi", "idno", "measure",
    "mentioned", "metamark", "milestone", "name", "num", "orgName", "orig", "persName",
    "placeName", "pubPlace", "publisher", "ptr", "ref", "reg", "restore", "rs", "ruby", "s",
    "sc", "secl", "seg", "settlement", "sic", "soCalled", "space", "street", "subst", "surname",
    "surplus", "supplied", "term", "time", "title", "unclear", "w",
})
# fmt: on
# Blocks that stand in a paragraph's own text as lines of it: the items of a list inside `<p>`.
_LINES_IN_BLOCK = frozenset({"item", "label", "l", "lg", "list", "row", "table"})
# The block that text belongs to, by the nearest element around it that says so.
_ROLES: dict[str, Role] = {
    "p": "paragraph",
    "ab": "paragraph",
    "salute": "paragraph",
    "postscript": "paragraph",
    "head": "heading",
    "item": "item",
    "label": "item",
    "l": "item",
    "row": "row",
    "cell": "row",
    "dateline": "dateline",
    "opener": "opener",
    "closer": "closer",
    "signed": "signed",
    "figure": "picture",
    "record": "record",
}
# The series' own elements tell of a document what its microfiche has: `<frus:page-count-according-to-citation>4</...>`,
# `<frus:file id="0237" path="0003/0093.TIF"/>`. One of them holds text for readers, and so does what stands in a
# paragraph.
_SERIES_PREFIX = "frus:"
_SERIES_TEXT = frozenset({"attachment"})
# The blocks that lists and tables may stand inside of, as lines of them.
_HOSTS: frozenset[Role] = frozenset({"paragraph", "item", "row", "heading", "title", "source"})
_GROUPS = frozenset({"list", "table", "lg"})
# A paragraph that is centred is a heading if it has a title's words: `The Northern Route`, `II. <hi>Outlook</hi>`; not
# `1. He agreed`, `[1 line not declassified]`, `* * *`.
_TITLE = re.compile(r"(?!\d)\w[^\[\]\n]{2,120}")


@dataclass(slots=True)
class Piece:
    """A stretch of a block: its `text`, a `page` break (`[Page 634]`) or the `mark` of a footnote (`[2]`)."""

    kind: PieceKind
    parts: list[str]

    @property
    def text(self) -> str:
        """The letters of it."""
        return "".join(self.parts)


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of text with breaks around it.

    `group` is the number of the list or table it stands in (0 for none) and `group_type` what that is for
    (`subject`, `participants`); `section` the heading it stands under; `last` the last letter of its words.
    """

    role: Role
    pieces: list[Piece] = field(default_factory=list)
    group: int = 0
    group_type: str = ""
    section: str | None = None
    last: str = ""

    @property
    def reading(self) -> str:
        """The words, without page breaks and marks; `\\n` where the editors broke the line, `\\t` between cells."""
        text = "".join(piece.text for piece in self.pieces if piece.kind == "text")
        return "\n".join(line.strip(" ") for line in text.strip().split("\n"))

    def add(self, text: str) -> None:
        """Add words; runs of white space are one blank, and none begins a line."""
        text = _BLANKS.sub(" ", text)
        if self.last in {"", " ", "\n", "\t"}:
            text = text.removeprefix(" ")
        if text:
            self.put(text)

    def put(self, text: str, kind: PieceKind = "text") -> None:
        """Add a piece as it is."""
        if kind == "text":
            self.last = text[-1:]
            if self.pieces and self.pieces[-1].kind == "text":
                self.pieces[-1].parts.append(text)
                return
        self.pieces.append(Piece(kind, [text]))

    def break_line(self, sign: str) -> None:
        """End the line, or the cell, unless nothing stands in it."""
        if self.last not in {"", sign}:
            self.put(sign)


@dataclass(slots=True)
class Note:
    """A footnote: its number as printed, its type (`source`), its text, and the block that its mark stands in."""

    number: str
    type: str
    block: Block
    at: Block | None


@dataclass(slots=True)
class Document:
    """A document as a reader sees it; `dates` are the attributes of the dates in its title and its dateline.

    `people` are the forms that the editors tagged, by the id that their list of persons has.
    """

    attributes: dict[str, str]
    blocks: list[Block]
    notes: list[Note]
    dates: list[dict[str, str]]
    place: str
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_text(markup: str) -> Document:
    """The blocks and notes of a document's XML. Raises `NotACable` for XML that is damaged or unsafe."""
    parser = SafeParser(NotACable)
    extraction = _Extraction()
    parser.expat.StartElementHandler = extraction.start
    parser.expat.EndElementHandler = extraction.end
    parser.expat.CharacterDataHandler = extraction.text
    parser.feed(as_bytes(markup), final=True)
    return extraction.document()


@dataclass(slots=True)
class _Open:
    """An open element.

    `outer` is the block that was current outside of it; `inside` says that it stands in that block's own text, of
    which it is a line or a cell; `closing` is what its end adds to the text.
    """

    name: str
    outer: Block | None
    inside: bool = False
    closing: str = ""
    group: int = 0
    group_type: str = ""
    centred: bool = False


class _Extraction:
    """What the parser calls, element by element."""

    def __init__(self) -> None:
        self.attributes: dict[str, str] = {}
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.dates: list[dict[str, str]] = []
        self.place: list[str] = []
        self.stack: list[_Open] = []
        self.current: Block | None = None
        # What is open of each sort, innermost last, by how deep it stands.
        self.roles: list[tuple[int, Role]] = []
        self.groups: list[_Open] = []
        self.sections: list[tuple[int, str]] = []
        self.note: list[Block] = []
        # The label that just ended: the item behind it goes on with its block.
        self.labelled: Block | None = None
        self.group_count = 0
        # Paragraphs that became headings, since they are centred.
        self.centred: set[int] = set()
        self.titled = self.datelined = False
        self.in_place = 0
        # The forms of each person who is tagged; which element is open, and its text.
        self.people: dict[str, dict[str, None]] = {}
        self.named: tuple[int, str, list[str]] | None = None
        # How deep the element stands that strikes out what is in it, 0 for none.
        self.striking = 0

    def document(self) -> Document:
        """What was read, without the blocks in which nothing stands."""
        blocks = [block for block in self.blocks if block.pieces]
        # A title over nothing is text.
        for block in reversed(blocks):
            if id(block) in self.centred:
                block.role = "paragraph"
            elif block.role in _HOSTS:
                break
        place = _BLANKS.sub(" ", "".join(self.place)).strip(" ,[]")
        people = {ident: tuple(forms) for ident, forms in self.people.items()}
        return Document(self.attributes, blocks, self.notes, self.dates, place, people)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        of_series = name.startswith(_SERIES_PREFIX)
        name = local(name)
        if of_series and name not in _SERIES_TEXT and self.current is None:
            name = "record"
        element = _Open(name, self.current, centred=attributes.get("rend") == "center")
        self.stack.append(element)
        if len(self.stack) == 1:
            self.attributes = {local(key): value for key, value in attributes.items()}
        elif name == "note":
            self.start_note(attributes)
        elif name == "pb":
            self.page(attributes.get("n", ""))
        elif name == "lb":
            if self.current is not None:
                self.current.break_line("\n")
        elif name in _STAND_INS:
            self.writable().add(_STAND_INS[name](attributes))
        elif name in INLINE:
            self.start_inline(element, attributes)
        else:
            self.start_block(element, attributes)

    def start_inline(self, element: _Open, attributes: dict[str, str]) -> None:
        if element.name == "supplied" and self.writable().last != "[":
            self.writable().add("[")
            element.closing = "]"
        elif element.name == "del" and not self.striking:
            element.outer = self.writable()
            self.current = Block("paragraph")
            self.striking = len(self.stack)
        elif element.name == "persName" and self.named is None and "corresp" in attributes:
            self.named = (len(self.stack), attributes["corresp"].strip().lstrip("#"), [])
        elif self.dated():
            if element.name == "date":
                self.dates.append(attributes)
            elif element.name == "placeName" and self.roles[-1][1] == "dateline":
                self.in_place += 1

    def dated(self) -> bool:
        """Whether what stands here is the document's own date: its dateline, or the title of one that has none."""
        return not self.note and bool(self.roles) and self.roles[-1][1] in {"dateline", "title"}

    def start_note(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "")
        number = attributes.get("n", "").strip()
        if attributes.get("rend") == "inline" and kind == "source":
            block = Block("source")
            self.blocks.append(block)
        else:
            block = Block("paragraph")
            if self.current is not None:
                self.current.put(f"[{number or '*'}]", "mark")
            self.notes.append(Note(number, kind, block, self.current))
        self.note.append(block)
        self.current = block

    def page(self, number: str) -> None:
        mark = f"[Page {number}]" if number else "[Page]"
        if self.current is not None:
            self.current.put(mark, "page")
        else:
            self.blocks.append(Block("page", [Piece("page", [mark])]))

    def start_block(self, element: _Open, attributes: dict[str, str]) -> None:
        name, current = element.name, self.current
        labelled, self.labelled = self.labelled, None
        if name in _GROUPS:
            self.group_count += 1
            above = self.groups[-1].group_type if self.groups else ""
            element.group, element.group_type = self.group_count, attributes.get("type") or above
            self.groups.append(element)
        hosts = bool(self.note) or name == "cell" or name in _LINES_IN_BLOCK
        if current is not None and hosts and (self.note or current.role in _HOSTS):
            element.inside = True
            if name == "item" and labelled is current:
                current.add(" ")
            else:
                current.break_line("\t" if name == "cell" else "\n")
            return
        self.current = None
        if name == "item" and labelled is not None:
            self.current = labelled
            self.current.add(" ")
        if name in _ROLES:
            self.roles.append((len(self.stack), self.role(name)))
            self.current = self.current or self.new_block()

    def role(self, name: str) -> Role:
        """The role of an element's text; what is quoted or attached has no title, dateline or signature of its own."""
        role = _ROLES[name]
        if role == "heading" and len(self.stack) == 2 and not self.titled:
            self.titled = True
            return "title"
        if role == "dateline":
            if self.datelined:
                return "paragraph"
            self.datelined = True
        if role in {"closer", "signed"}:
            own = len(self.stack) == 2 or (len(self.stack) == 3 and self.stack[1].name == "closer")
            return role if own else "paragraph"
        return role

    def end(self, name: str) -> None:
        name = local(name)
        element = self.stack[-1]
        if self.named is not None and self.named[0] == len(self.stack):
            self.end_name()
        if element.closing:
            self.writable().add(element.closing)
        if self.striking == len(self.stack):
            self.strike_out(element)
        if name == "placeName" and self.in_place:
            self.in_place -= 1
        # A damaged document may be nothing but a note, which was begun as the document.
        if name == "note" and len(self.stack) > 1:
            self.note.pop()
            self.current = element.outer
        elif name not in INLINE and name not in _STAND_INS and name not in {"pb", "lb"}:
            self.end_block(element)
        self.stack.pop()

    def end_name(self) -> None:
        """Keep the form in which a person is named."""
        if self.named is not None:
            _, ident, said = self.named
            form = _BLANKS.sub(" ", "".join(said)).strip(" ,")
            if form and ident:
                self.people.setdefault(ident, {})[form] = None
            self.named = None

    def strike_out(self, element: _Open) -> None:
        """Words that are struck out are shown as such; a classification struck out is how one is taken off."""
        self.striking = 0
        struck, self.current = self.current, element.outer
        if struck is None or self.current is None:
            return
        stamp = level_alone(struck.reading.upper()) is not None
        if not stamp:
            self.current.add("[struck out: ")
        for piece in struck.pieces:
            if piece.kind == "text":
                self.current.add(piece.text)
            else:
                self.current.put(piece.text, piece.kind)
        if not stamp:
            self.current.add("]")

    def end_block(self, element: _Open) -> None:
        depth = len(self.stack)
        if element.name == "label":
            self.labelled = self.current
        elif element.inside and element.name != "cell" and self.current is not None:
            self.current.break_line("\n")
        if element.group:
            self.groups.pop()
        if element.inside:
            return
        while self.sections and self.sections[-1][0] >= depth:
            self.sections.pop()
        if self.roles and self.roles[-1][0] == depth:
            _, role = self.roles.pop()
            if element.centred and role == "paragraph" and _is_title(self.current):
                role = "heading"
                self.centre(self.current)
            if role == "heading" and self.current is not None:
                self.head(depth - 1, self.current.reading)
        self.current = None

    def centre(self, block: Block | None) -> None:
        """Make a centred paragraph a heading."""
        if block is not None:
            block.role = "heading"
            self.centred.add(id(block))

    def head(self, depth: int, text: str) -> None:
        """A heading holds to the end of the element that it stands in, or to the next one there."""
        while self.sections and self.sections[-1][0] >= depth:
            self.sections.pop()
        self.sections.append((depth, _BLANKS.sub(" ", text)))

    def text(self, data: str) -> None:
        if self.in_place and not self.note:
            self.place.append(data)
        if self.named is not None:
            self.named[2].append(data)
        if self.current is not None or not data.isspace():
            self.writable().add(data)

    def writable(self) -> Block:
        """The block that is open, or a new one."""
        self.current = self.current or self.new_block()
        return self.current

    def new_block(self) -> Block:
        group = self.groups[-1] if self.groups else None
        block = Block(
            role=self.roles[-1][1] if self.roles else "loose",
            group=group.group if group else 0,
            group_type=group.group_type if group else "",
            section=self.sections[-1][1] if self.sections else None,
        )
        self.blocks.append(block)
        return block


def _is_title(block: Block | None) -> bool:
    """Whether a centred paragraph's words are a title: short, no sentence, no class line, nothing of the editors'."""
    if block is None or block.group:
        return False
    words = block.reading
    return (
        _TITLE.fullmatch(words) is not None
        and not ends_sentence(words)
        and level_alone(words.upper()) is None
    )


def _gap(attributes: dict[str, str]) -> str:
    """`[gap: 1 pages, illegible]`: what is missing, as far as the editors say."""
    size = f"{attributes.get('quantity', '')} {attributes.get('unit', '')}".strip()
    details = ", ".join(each for each in (size, attributes.get("reason", "")) if each)
    return f"[gap: {details}]" if details else "[gap]"


def _picture(attributes: dict[str, str]) -> str:
    return f"[picture: {attributes.get('url', '')}]"


# Elements without text that stand for something a reader must know of.
_STAND_INS: dict[str, Callable[[dict[str, str]], str]] = {"gap": _gap, "graphic": _picture}
