"""A header as one value: its text, its lines, and where each field's text stands in it.

Made once for each cable and read by the functions of `indexer.header`, which take the text of a line, of a header or of
a whole page as well. Must not interpret a field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Self, TypeVar

from indexer.header.blocks import Block, blocks, clean_lines
from indexer.header.labels import fields_of, label_header
from indexer.lines.lines import Line

Read = TypeVar("Read")


class Header:
    """A header, or any other piece of a cable, with what has been found in it so far.

    `text` is as it stood on the page, its lines without outer blanks where a page was read. `fields` gives the lines of
    each field as `indexer.header.labels.label_header` places them, joined by line ends.
    """

    def __init__(self, text: str, fields: Mapping[str, str] | None = None) -> None:
        self.text = text
        self._read: dict[object, object] = {}
        self._fields = fields
        # Worked out when they are first asked for.
        self._lines: tuple[str, ...] | None = None
        self._blocks: tuple[Block, ...] | None = None

    @classmethod
    def of(cls, given: str | Self) -> Self:
        """The header itself, or one of this text."""
        return cls(given) if isinstance(given, str) else given

    @classmethod
    def labelled(cls, lines: Sequence[str], labels: Sequence[str | None]) -> Self:
        """A header of lines whose fields are known."""
        return cls("\n".join(lines), fields_of(lines, labels))

    def once(self, read: Callable[[Self], Read]) -> Read:
        """What a function reads from this header: read once, however often it is asked for."""
        if read not in self._read:
            self._read[read] = read(self)
        return self._read[read]  # type: ignore[return-value]

    @property
    def fields(self) -> Mapping[str, str]:
        """The text of each field, the first occurrence first, occurrences joined by a line end."""
        if self._fields is None:
            whole = self.text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
            lines = [Line(line, number) for number, line in enumerate(whole.split("\n"), 1)]
            self._fields = fields_of([line.words for line in lines], label_header(lines))
        return self._fields

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as `clean_lines` gives them."""
        if self._lines is None:
            self._lines = clean_lines(self.text)
        return self._lines

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every label of the drafter's with the lines up to the next one, in order."""
        if self._blocks is None:
            self._blocks = blocks(self.lines)
        return self._blocks

    def closes(self, block: Block) -> bool:
        """Whether another of the drafter's fields follows on a block's last line, without a blank line between them."""
        following = next((each for each in self.blocks if each.at > block.at), None)
        return following is not None and bool(block.lines[-1].strip())

    def blocks_of(self, field: str) -> tuple[Block, ...]:
        """The blocks of one field, in order."""
        return tuple([block for block in self.blocks if block.field == field])
