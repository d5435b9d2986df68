"""A cable whose line ends were lost: one long line is parted where the cable's own forms show that a line began.

Nothing is added or taken away: the parts of a line, joined, are the line.
"""

from __future__ import annotations

import re

from indexer.headings import is_heading, title_share
from indexer.lines import Line
from indexer.marks import MARK

# No line of the wire has more than 80 columns; a text of this length on one line, with paragraph numbers in it,
# was collapsed.
_COLLAPSED = 600
# A page mark of the wire, as in `indexer.marks`: `GUANGZHOU 00000376 002 OF 004`, `GUANGZHOU 00000377  001.2 OF 002`.
_PAGE = r"[A-Z][A-Z' .]{2,24} {1,3}\d{8} {1,3}\d{3}(?:\.\d)? OF \d{3}"
# Where a line began: a header label, a page mark, a paragraph's number with its mark, an end mark.
_BEGINS = re.compile(
    r"(?<=\s)(?:"
    r"(?:E\.?O\.? ?\d{5}|TAGS:|SUBJECT:|SUBJ:|REFS?:|REFTEL:|Classified By:|CLASSIFIED BY:|SIPDIS\b)"
    rf"|{_PAGE}"
    rf"|¶?\d{{1,3}}\. ?\({MARK}\)"
    r"|¶\d{1,3}\. ?"
    r"|(?<=[.!?\"”)] )\d{1,3}\. (?=[A-Z\"“])"
    r"|END SUMMARY\.?|End summary\.?|NNNN\b"
    r")"
)
# Behind a page mark the sentence goes on.
_PAGE_MARK = re.compile(_PAGE)
# What stands between the end of a sentence and the next paragraph's number may be a title.
_SENTENCE_END = re.compile(r"[.!?][)\"”]?\s+(?=[A-Z\"“])")
_LONGEST_TITLE = 110


def part_collapsed(lines: list[Line]) -> None:
    """Part every collapsed line in place; an empty part between two is a break, as an empty line is."""
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if line.kind is None and len(line.text) > _COLLAPSED:
            parts = _parts(line.text)
            if len(parts) > 2:
                lines[at : at + 1] = [Line(part, line.number, line.inside) for part in parts]


def _parts(text: str) -> list[str]:
    cuts = [match.start() for match in _BEGINS.finditer(text)]
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    parts: list[str] = []
    for index, piece in enumerate(pieces):
        mark = _PAGE_MARK.match(piece)
        if mark:
            parts.extend((mark.group(), piece[mark.end() :]))
            continue
        body, title = _title_at_end(piece) if index + 1 < len(pieces) else (piece, "")
        parts.extend(("", body) if not title else ("", body, "", title))
    return [part for index, part in enumerate(parts) if part or index]


def _title_at_end(piece: str) -> tuple[str, str]:
    """A piece's text, and the title that stands behind its last sentence, "" if there is none."""
    ends = list(_SENTENCE_END.finditer(piece[-_LONGEST_TITLE * 2 :]))
    if not ends:
        return piece, ""
    start = max(0, len(piece) - _LONGEST_TITLE * 2) + ends[-1].end()
    title = piece[start:]
    if (
        len(title.strip()) > _LONGEST_TITLE
        or title_share(title) < 0.75
        or not is_heading(
            [title.strip()], ruled=False, before_number=True, numbered=True, shouting=False
        )
    ):
        return piece, ""
    return piece[:start], title
