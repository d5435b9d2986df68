"""Whether what stands on a page is found: each line by its words, in the unit that it was put into."""

from __future__ import annotations

import re

from corpus.model import Cable, SegmentKind
from search.units import UnitKind, units

_WORD = re.compile(r"[^\W_]+")
# What is no text of the cable's, stands there twice, or says that it ends.
_NO_TEXT = frozenset(
    {
        SegmentKind.CHROME,
        SegmentKind.RULE,
        SegmentKind.BLANK,
        SegmentKind.PAGE_MARK,
        SegmentKind.DUPLICATE,
        SegmentKind.END_MARK,
    }
)


def lost_lines(cable: Cable) -> list[str]:
    """The lines of which a word stands in no unit of the kind that the line was taken for.

    A heading's words are looked for in headings, a paragraph's in the paragraph of its anchor, a field's in the head.
    """
    headings, head = "", ""
    paragraphs: dict[str, str] = {}
    for unit in units(cable):
        if unit.kind is UnitKind.HEADING:
            headings += _letters(unit.text)
        elif unit.kind is UnitKind.HEAD:
            head += _letters(unit.text)
    for paragraph in cable.paragraphs:
        number = "" if paragraph.number is None else str(paragraph.number)
        paragraphs[paragraph.anchor] = _letters(f"{number} {paragraph.mark or ''} {paragraph.text}")
        headings += number
    lost = []
    for segment in cable.segments:
        if segment.kind in _NO_TEXT:
            continue
        if segment.kind is SegmentKind.HEADING:
            where = headings
        elif segment.kind is SegmentKind.HEADER:
            where = head
        else:
            where = paragraphs.get(segment.anchor or "", "")
        marked = segment.kind is SegmentKind.PARAGRAPH
        for line in segment.text.splitlines():
            words = [
                _letters(word) for word in _WORD.findall(_without_mark(line) if marked else line)
            ]
            if not all(word in where for word in words):
                lost.append(line)
            marked = False
    return lost


# A paragraph's mark is written its usual way, `SBU/NF` for `(SBU//NOFORN)`, and said of all of it by `ENTIRE TEXT`.
_MARK = re.compile(
    r"^[\s¶]*(?:\d{1,3}\s?[.)]?\s*)?(?:[A-Z][\w /&-]{2,40}[:.]?\s*)?"
    r"[(\[]{0,2}\s*[A-Za-z/ -]{1,60}?(?:ENTIRE[\s\w]*)?[.,]?\s*[)\]]{1,2}"
)


def _without_mark(line: str) -> str:
    mark = _MARK.match(line)
    return line[mark.end() :] if mark else line


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()
