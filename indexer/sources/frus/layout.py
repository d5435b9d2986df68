"""A document laid out as lines, as the series' own site shows it: the text, then the footnotes.

Owns the visible text, of which every line is in exactly one segment. Must not know what the lines say.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import SegmentKind
from indexer.lines.lines import Line, split_lines
from indexer.sources.frus.text import Block, Document, Note, Piece, Role, read_text

# Blocks with no empty line between them: the items of a list, the rows of a table, the lines of a signature.
_CLOSE: frozenset[Role] = frozenset({"item", "row", "closer", "signed"})


@dataclass(slots=True)
class Laid:
    """A block and its lines; page breaks and the marks of footnotes among them are lines of their own, and placed."""

    block: Block
    lines: list[Line]

    @property
    def words(self) -> list[Line]:
        """The lines with the block's own words."""
        return [line for line in self.lines if not _is_mark(line)]

    @property
    def placed(self) -> bool:
        """Whether all its words are placed."""
        return all(line.kind is not None for line in self.words)

    @property
    def anchor(self) -> str | None:
        """The paragraph that it is a part of."""
        return next((line.anchor for line in self.words if line.anchor), None)

    def assign(
        self, kind: SegmentKind, field: str | None = None, anchor: str | None = None
    ) -> None:
        """Place its words."""
        for line in self.lines:
            if not _is_mark(line):
                line.assign(kind, field, anchor)

    def part(self, size: int) -> Line | None:
        """Part its first line of words in two behind `size` letters, and give the first of them.

        None, and nothing done, if the line is no longer than that.
        """
        at = next(at for at, line in enumerate(self.lines) if not _is_mark(line))
        line = self.lines[at]
        if len(line.text) <= size:
            return None
        halves = [Line(each, line.number) for each in (line.text[:size], line.text[size:])]
        for half in halves:
            half.kind, half.field, half.anchor = line.kind, line.field, line.anchor
        self.lines[at : at + 1] = halves
        return halves[0]


_MARK = "footnote-mark"


def _is_mark(line: Line) -> bool:
    return line.kind is SegmentKind.PAGE_MARK or line.field == _MARK


@dataclass(slots=True)
class Layout:
    """The page: `all_lines` joined are its visible text; `breaks` are the empty lines above each block and note."""

    blocks: list[Laid]
    notes: list[tuple[Note, Laid]]
    breaks: list[list[Line]]

    @property
    def all_lines(self) -> list[Line]:
        """Every line of the page, in order."""
        laid = [*self.blocks, *(each for _, each in self.notes)]
        return [
            line
            for gap, each in zip(self.breaks, laid, strict=True)
            for line in (*gap, *each.lines)
        ]


class _Press:
    """Sets one block after the other, counting lines."""

    def __init__(self) -> None:
        self.number = 1
        self.breaks: list[list[Line]] = []
        self.above: Block | None = None

    def lay(self, block: Block) -> Laid:
        apart = self.above is not None and not _together(self.above, block)
        self.breaks.append([Line("\n", self.number)] if apart else [])
        self.number += apart
        self.above = block
        lines: list[Line] = []
        for at, piece in enumerate(block.pieces):
            last = at + 1 == len(block.pieces)
            lines.extend(
                self.set_piece(piece, piece.text.rstrip(" ") + "\n" if last else piece.text)
            )
        return Laid(block, lines)

    def set_piece(self, piece: Piece, text: str) -> list[Line]:
        lines = [Line(each.text, 0) for each in split_lines(text)]
        for line in lines:
            line.number = self.number
            self.number += line.text.endswith("\n")
            if piece.kind == "page":
                line.assign(SegmentKind.PAGE_MARK)
            elif piece.kind == "mark":
                line.assign(SegmentKind.CHROME, _MARK)
        return lines


def lay_out(document: Document) -> Layout:
    """The lines of a document; but for page breaks and marks, none of them is placed yet."""
    press = _Press()
    blocks = [press.lay(block) for block in document.blocks]
    notes = []
    for note in document.notes:
        note.block.pieces.insert(0, Piece("mark", [f"[{note.number or '*'}] "]))
        notes.append((note, press.lay(note.block)))
    return Layout(blocks, notes, press.breaks)


def _together(above: Block, block: Block) -> bool:
    if "page" in {above.role, block.role}:
        return True
    return above.role in _CLOSE and block.role in _CLOSE and above.group == block.group


def visible_text(markup: str) -> str:
    """What a reader of a document sees: every word of it once, page breaks and the marks of footnotes in brackets.

    Raises `NotACable` for XML that is damaged or unsafe.
    """
    return "".join(line.text for line in lay_out(read_text(markup)).all_lines)
