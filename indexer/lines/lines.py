"""The lines of a page, and what each was taken for: the material the parser works on.

Owns the lossless splitting of a page into lines and their merging into segments. Knows nothing of cables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

from corpus.model import Segment, SegmentKind
from indexer.grammar.labels import Opening, opening
from indexer.grammar.marks import PageMark, page_mark

# A line with its end, whichever of the three it is ("\r\n", "\n", "\r"); form feeds and the Unicode separators
# stand inside lines of scanned telegrams and must not split them, as `str.splitlines` would.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
# What `str.splitlines` takes for a line end besides; where a page has none of them it is five times as fast.
_OTHER_SEPARATORS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

# A member of an Enum takes a look-up in Python, a name of the module does not.
_BLANK, _UNPLACED = SegmentKind.BLANK, SegmentKind.UNPLACED


_new = tuple.__new__


class Unasked(Enum):
    """Stands for what a line was not asked for yet."""

    YET = "not asked for yet"


_UNASKED: Final = Unasked.YET


class Line:
    """A line of the page, verbatim, with its end; `kind` is None as long as it is not placed.

    `number` counts from 1. `inside` names the page's elements around it (`div#article`, `h1`), outermost
    first, and is empty in a text page. `words` is the text without outer blanks.

    What the grammar says of the words is asked for once, by whichever step needs it first, and kept: `opens` and
    `page_mark`. Whoever changes `words` does so before.
    """

    __slots__ = (
        "_opens",
        "_page_mark",
        "anchor",
        "blank",
        "field",
        "inside",
        "kind",
        "number",
        "text",
        "words",
    )

    def __init__(self, text: str, number: int, inside: tuple[str, ...] = ()) -> None:
        # Made once for every line of a page, so it is written out: a dataclass takes twice the time.
        self.text = text
        self.number = number
        self.inside = inside
        self.kind: SegmentKind | None = None
        self.field: str | None = None
        self.anchor: str | None = None
        # `words` and `blank` (nothing but white space) are asked for many times a line.
        words = text.strip()
        self.words = words.replace("\xa0", " ") if "\xa0" in words else words
        self.blank = not words
        self._opens: Opening | Unasked | None = _UNASKED
        self._page_mark: PageMark | Unasked | None = _UNASKED

    @property
    def opens(self) -> Opening | None:
        """The header field that the line opens."""
        if self._opens is _UNASKED:
            self._opens = opening(self.words)
        return self._opens

    @property
    def page_mark(self) -> PageMark | None:
        """The page mark that the line is."""
        if self._page_mark is _UNASKED:
            self._page_mark = page_mark(self.words)
        return self._page_mark

    def assign(
        self, kind: SegmentKind, field: str | None = None, anchor: str | None = None
    ) -> None:
        """Place the line."""
        self.kind, self.field, self.anchor = kind, field, anchor


def split_lines(text: str) -> list[Line]:
    """The lines of a text; joined they are the text."""
    pieces = (
        _LINE.findall(text)
        if any(separator in text for separator in _OTHER_SEPARATORS)
        else text.splitlines(keepends=True)
    )
    return [Line(piece, number) for number, piece in enumerate(pieces, 1)]


def take_all(lines: Iterable[Line], kind: SegmentKind, field: str | None = None) -> None:
    """Place every line the same way; blank ones too, since they belong to what surrounds them."""
    for line in lines:
        line.assign(kind, field)


def segments(lines: Sequence[Line]) -> tuple[Segment, ...]:
    """The partition of the page: neighbours that were taken for the same thing become one segment."""
    result: list[Segment] = []
    run: list[str] = []
    kind: SegmentKind | None = None
    field: str | None = None
    anchor: str | None = None
    for line in lines:
        taken = line.kind
        if taken is None:
            taken = _BLANK if line.blank else _UNPLACED
        if taken is not kind or line.anchor != anchor or line.field != field:
            if kind is not None:
                # As `Segment(...)` does, without a call in Python: a page has a hundred.
                result.append(_new(Segment, (kind, "".join(run), field, anchor)))
                run = []
            kind, field, anchor = taken, line.field, line.anchor
        run.append(line.text)
    if kind is not None:
        result.append(Segment(kind, "".join(run), field, anchor))
    return tuple(result)
