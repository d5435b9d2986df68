"""The quotations of a draft: what stands in quotation marks, or is set off.

Owns which marks open and close one, over how many paragraphs it goes, and what of its text is the writer's own:
ellipses, insertions in brackets, `[sic]`, `[T]he`. Must not know cables or an index.

- Marks come in pairs: “ ”, „ “, « », ‹ ›, 「 」, ‘ ’, and the straight ones, which open behind a blank and close before
  one. An apostrophe is none: ’ inside a word, or behind a plural's s where another ’ closes the quotation further on.
- A quotation that a paragraph leaves open goes on in the next one if that begins with the mark again, or closes it.
- Paragraphs that are set off, one behind another, are one quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.late_dataclasses import dataclass
from search.quotes.drafts import Block
from search.text.analysis import analyse

# A quotation that is left open is followed over so many paragraphs.
_MOST_BLOCKS = 40
# One whose end nothing tells is taken for one from so many words on.
_FEWEST_OPEN = 4

_CLOSING = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    '"': '"',
    "‘": "’",
    "'": "'",
}
_SINGLE = "‘'"
_STRAIGHT = "\"'"
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
# What a mark that opens may stand behind, beside blanks: brackets, dashes, the signs of Markdown, another mark.
_BEFORE = "([{—–-*_/:=“„«‹‘\"'|"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation. `text` has no marks around it; paragraphs in it are parted by line feeds.

    It begins in the block `block` at `start` and ends in `last` at `end`, its marks included; `line` is that of the
    draft. `set_off` if its form makes it one, `unclosed` if its closing mark is missing. `inner` are the quotations in
    it.
    """

    text: str
    block: int
    start: int
    last: int
    end: int
    line: int
    set_off: bool = False
    unclosed: bool = False
    inner: tuple[Quotation, ...] = ()


def quotations(blocks: Sequence[Block]) -> tuple[Quotation, ...]:
    """All quotations of a draft in their order; those inside others are in these only."""
    found: list[Quotation] = []
    place, position = 0, 0
    while place < len(blocks):
        if blocks[place].set_off:
            one = _set_off(blocks, place)
            found.append(one)
            place, position = one.last + 1, 0
            continue
        opening = _next_opening(blocks[place].text, position)
        if opening is None:
            place, position = place + 1, 0
            continue
        inline = _inline(blocks, place, opening)
        if inline is None:
            position = opening + 1
            continue
        found.append(inline)
        place, position = inline.last, inline.end
    return tuple(found)


def _set_off(blocks: Sequence[Block], first: int) -> Quotation:
    last = first
    while last + 1 < len(blocks) and blocks[last + 1].set_off:
        last += 1
    text = "\n".join(each.text for each in blocks[first : last + 1])
    bare = text.strip()
    opening, closing = bare[:1], bare[-1:]
    # Marks around the whole say once more what the form says.
    inside = bare[1:-1]
    if closing in _CLOSING.get(opening, " ") and opening not in inside and closing not in inside:
        bare = inside.strip()
    inner = _inner(bare, blocks[first].line)
    return Quotation(
        bare,
        first,
        0,
        last,
        len(blocks[last].text),
        blocks[first].line,
        set_off=True,
        inner=inner,
    )


def _inner(text: str, line: int) -> tuple[Quotation, ...]:
    return quotations([Block(part, line) for part in text.split("\n")])


def _next_opening(text: str, position: int) -> int | None:
    return next(
        (m.start() for m in _OPENING.finditer(text, position) if _opens(text, m.start())), None
    )


def _opens(text: str, place: int) -> bool:
    mark, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if not after or (after.isspace() and mark not in "«‹"):
        return False
    if mark not in _SINGLE and mark not in _STRAIGHT:
        return True
    if before and not before.isspace() and before not in _BEFORE:
        return False
    # `'90s`, and a mark that stands before a comma.
    if mark in _SINGLE and (after.isdigit() and text[place + 3 : place + 4] == "s"):
        return False
    return after.isalnum() or after in "[(…." or after in _CLOSING


def _inline(blocks: Sequence[Block], first: int, opening: int) -> Quotation | None:
    mark = blocks[first].text[opening]
    parts: list[str] = []
    start = opening + 1
    for place in range(first, min(len(blocks), first + _MOST_BLOCKS)):
        block = blocks[place]
        if place > first:
            if block.set_off or block.note != blocks[first].note:
                break
            start = 1 if block.text[:1] == mark else 0
        end = _closing(block.text, start, mark)
        if place > first and start == 0:
            # Not opened again: it must end here, before another one begins.
            other = _next_opening(block.text, 0)
            if end is None or (other is not None and other < end):
                break
        parts.append(block.text[start:end].strip())
        if end is not None:
            text = "\n".join(parts)
            if not text.strip():
                return None
            line = blocks[first].line_at(opening)
            return Quotation(text, first, opening, place, end + 1, line, inner=_inner(text, line))
    if mark in _STRAIGHT or mark in _SINGLE or len(analyse(parts[0])) < _FEWEST_OPEN:
        return None
    # Up to the paragraph's end, or to where the next one opens with the same mark.
    text = blocks[first].text
    again = text.find(mark, opening + 1)
    end = again if again >= 0 else len(text)
    line = blocks[first].line_at(opening)
    return Quotation(
        text[opening + 1 : end].strip(), first, opening, first, end, line, unclosed=True
    )


def _closing(text: str, start: int, mark: str) -> int | None:
    if mark in _SINGLE:
        return _single_closing(text, start, mark)
    if mark == '"':
        return _straight_closing(text, start)
    depth = 1
    for place in range(start, len(text)):
        sign = text[place]
        if sign in _CLOSING[mark] and (sign != mark):
            depth -= 1
            if depth == 0:
                return place
        elif sign == mark and _opens(text, place):
            depth += 1
    # As many opened as not closed: the first that closes.
    closes = [text.find(sign, start) for sign in _CLOSING[mark]]
    reached = [each for each in closes if each >= 0]
    if reached:
        return min(reached)
    # `“So"`: opened by a printer's mark and closed by a typewriter's.
    return _straight_closing(text, start) if mark in "“„" else None


def _straight_closing(text: str, start: int) -> int | None:
    place = text.find('"', start)
    while place >= 0:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if place > start and not (before.isspace() and after.isalnum()):
            return place
        place = text.find('"', place + 1)
    return None


def _single_closing(text: str, start: int, mark: str) -> int | None:
    closing = _CLOSING[mark]
    ends = list(_single_ends(text, start, closing))
    if not ends:
        return None
    first = ends[0]
    # `‘the ministers’ offices were closed’`: a plural's apostrophe, if another mark ends it before the next begins.
    for place, later in pairwise(ends):
        possessive = text[place - 1 : place] == "s" and re.match(r"\s+[a-z]", text[place + 1 :])
        opened = next(
            (m for m in range(place + 1, later) if text[m] == mark and _opens(text, m)), None
        )
        if not possessive or opened is not None:
            return place
        first = later
    return first


def _single_ends(text: str, start: int, closing: str) -> Iterator[int]:
    for place in range(start, len(text)):
        behind = text[place + 1 : place + 2]
        if text[place] == closing and not behind.isalnum() and place > start:
            if text[place - 1].isspace():
                continue
            yield place
