"""What the editors of FRUS say of persons: which words of a volume name whom, as a measure for readers of names.

Owns how the gold is taken out of a volume: its list of persons, and each document as texts with the places of
`persName corresp=...`. The texts are cut where the program cuts them, at block elements; white space is one blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.sources.frus.text import INLINE
from search.documents.safe_xml import SafeParser, as_bytes, local

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """A name that the editors tagged: `text[start:end]` of its block, and whose it is by the list of persons."""

    start: int
    end: int
    id: str


@dataclass(slots=True)
class Block:
    """A stretch of text with the names in it; `note` says that it is the editors' own, `signed` that it signs."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    note: bool = False
    signed: bool = False


@dataclass(slots=True)
class GoldDocument:
    """A document of a volume: its id, its texts, and the year that its element tells, None where there is none."""

    id: str
    blocks: list[Block]
    year: int | None


@dataclass(frozen=True, slots=True)
class GoldVolume:
    """A volume: its name, `persons` (id -> name in the list of persons), and its documents."""

    name: str
    persons: dict[str, str]
    documents: list[GoldDocument]


class _Reading:
    def __init__(self) -> None:
        self.persons: dict[str, str] = {}
        self.documents: list[GoldDocument] = []
        self.open: list[int] = []
        self.depth = 0
        self.blocks: list[Block] = []
        self.names: list[tuple[int, Block, int, str]] = []
        self.listed = ""
        self.notes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        name = local(name)
        if name == "div" and attributes.get("type") == "document":
            year = attributes.get("frus:doc-dateTime-min", "")[:4]
            self.documents.append(
                GoldDocument(attributes.get("xml:id", ""), [], int(year) if year else None)
            )
            self.open.append(self.depth)
        if name == "persName" and attributes.get("xml:id"):
            self.listed = attributes["xml:id"]
        if not self.open:
            return
        self.notes += name == "note"
        self.dated(name, attributes)
        if name == "persName" and attributes.get("corresp") and self.blocks:
            block = self.blocks[-1]
            self.names.append(
                (self.depth, block, len(block.text), attributes["corresp"].lstrip("#"))
            )
        elif name == "lb":
            self.write("\n")
        elif name not in INLINE:
            block = Block(note=self.notes > 0, signed=name in {"signed", "closer"})
            self.blocks.append(block)
            self.documents[-1].blocks.append(block)

    def dated(self, name: str, attributes: dict[str, str]) -> None:
        """The document's year, by its first date."""
        document = self.documents[-1]
        said = attributes.get("when") or attributes.get("notBefore") or ""
        if name == "date" and document.year is None and said[:4].isdecimal():
            document.year = int(said[:4])

    def end(self, name: str) -> None:
        name = local(name)
        if name == "persName":
            self.listed = ""
        if self.open:
            if self.names and self.names[-1][0] == self.depth:
                _, block, start, ident = self.names.pop()
                while start < len(block.text) and block.text[start] in " \n":
                    start += 1
                end = len(block.text.rstrip())
                if end > start:
                    block.spans.append(Span(start, end, ident))
            elif name not in INLINE and name != "lb" and self.blocks:
                self.blocks.pop()
            self.notes -= name == "note"
            if self.open[-1] == self.depth:
                self.open.pop()
        self.depth -= 1

    def text(self, data: str) -> None:
        if self.listed:
            said = self.persons.get(self.listed, "") + data
            self.persons[self.listed] = _BLANKS.sub(" ", said)
        self.write(data)

    def write(self, data: str) -> None:
        if self.open and self.blocks:
            block = self.blocks[-1]
            words = data if data == "\n" else _BLANKS.sub(" ", data)
            block.text += words.lstrip(" ") if block.text[-1:] in {"", " ", "\n"} else words


def read_gold(path: Path) -> GoldVolume:
    """The gold of a volume in TEI."""
    parser = SafeParser()
    reading = _Reading()
    parser.expat.StartElementHandler = reading.start
    parser.expat.EndElementHandler = reading.end
    parser.expat.CharacterDataHandler = reading.text
    parser.feed(as_bytes(path.read_text(encoding="utf-8")), final=True)
    for document in reading.documents:
        document.blocks = [block for block in document.blocks if block.text.strip()]
    persons = {ident: name.strip(" ,") for ident, name in reading.persons.items()}
    return GoldVolume(path.stem, persons, reading.documents)


def volumes(folder: Path) -> Iterator[GoldVolume]:
    """The volumes of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.xml")):
        yield read_gold(path)
