"""The lines of a page, and what each was taken for: the material the parser works on.

Owns the lossless splitting of a page into lines and their merging into segments. Knows nothing of cables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Segment, SegmentKind

# A line with its end, whichever of the three it is ("\r\n", "\n", "\r"); form feeds and the Unicode separators
# stand inside lines of scanned telegrams and must not split them, so `str.splitlines` will not do.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


@dataclass(slots=True)
class Line:
    """A line of the page, verbatim, with its end; `kind` is None as long as it is not placed.

    `number` counts from 1. `inside` names the page's elements around it (`div#article`, `h1`), outermost
    first, and is empty in a text page. `words` is the text without outer blanks.
    """

    text: str
    number: int
    inside: tuple[str, ...] = ()
    kind: SegmentKind | None = None
    field: str | None = None
    anchor: str | None = None
    words: str = ""
    blank: bool = False

    def __post_init__(self) -> None:
        # Asked for many times a line, so both are worked out once. `blank`: nothing but white space.
        words = self.text.strip()
        self.words = words.replace("\xa0", " ") if "\xa0" in words else words
        self.blank = not words

    def take(self, kind: SegmentKind, field: str | None = None, anchor: str | None = None) -> None:
        """Place the line."""
        self.kind, self.field, self.anchor = kind, field, anchor


def split_lines(text: str) -> list[Line]:
    """The lines of a text; joined they are the text."""
    return [Line(match.group(), number) for number, match in enumerate(_LINE.finditer(text), 1)]


def take_all(lines: Iterable[Line], kind: SegmentKind, field: str | None = None) -> None:
    """Place every line the same way; blank ones too, since they belong to what surrounds them."""
    for line in lines:
        line.take(kind, field)


def segments(lines: Sequence[Line]) -> tuple[Segment, ...]:
    """The partition of the page: neighbours that were taken for the same thing become one segment."""
    result: list[Segment] = []
    run: list[str] = []
    last: tuple[SegmentKind, str | None, str | None] | None = None
    for line in lines:
        kind = line.kind or (SegmentKind.BLANK if line.blank else SegmentKind.UNPLACED)
        key = (kind, line.field, line.anchor)
        if last is not None and key != last:
            result.append(Segment(last[0], "".join(run), last[1], last[2]))
            run = []
        last = key
        run.append(line.text)
    if last is not None:
        result.append(Segment(last[0], "".join(run), last[1], last[2]))
    return tuple(result)
