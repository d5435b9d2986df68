"""The reading text of a paragraph: its lines joined, with line breaks kept where they carry meaning.

Pure; knows neither pages nor numbering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.header import joined

# A sub-item opens a line of its own: `-- point`, `- point`, `* point`, `o point`, `• point`, `a. point`, `A)
# point`, `(1) point`, `i. point`.
_SUB_ITEM = re.compile(
    r"(?:--?\s|[*•·]\s?|o\s{1,3}(?=[A-Z])|\(?[A-Za-z][.)]\s|\(?\d{1,2}\)\s|\(?[ivx]{1,4}[.)]\s|\d{1,2}\.\s)"
)
# A dash that may go on with a sentence: `-- before the other side has`.
_DASH = re.compile(r"--?\s+[a-z]")
# A line break that may carry meaning: an empty line, or a sub-item behind it. (Nearly every line begins as a word does,
# and no sub-item with two letters but for Roman numbers: said first, it spares them the rest.)
_MAY_BREAK = re.compile(rf"\n(?![A-Za-z][^\s.)ivx])\s*(?:\n|\Z|{_SUB_ITEM.pattern})")
# What a line ends with if the next one may begin something new.
_TERMINALS = frozenset('.:;!?,)"”')
# A gap between the cells of a table made with blanks; a row has two of them.
_GAP = re.compile(r"(?<=\S)(?: {3,}|[ ]*\t\s*)(?=\S)")
# One gap of four blanks is a row too, but only beside another row.
_WIDE_GAP = re.compile(r"(?<=\S)(?: {4,}|[ ]*\t\s*)(?=\S)")
# No row of a table on an 80-column wire is longer; a longer line is prose, and isn't searched for gaps.
_LONGEST_ROW = 300


def is_row(words: str, after_row: bool) -> bool:
    """Whether a line is the row of a table; beside another row one wide gap is enough."""
    if len(words) > _LONGEST_ROW:
        return False
    # `| Year | GDP |`, `Year | GDP | Debt`; `| SUMMARY |` is a title in a box.
    if "|" in words and words.count("|") >= (3 if words[0] == "|" else 2):
        return True
    if "   " not in words and "\t" not in words:
        return False
    return len(_GAP.findall(words)) >= 2 or (after_row and _WIDE_GAP.search(words) is not None)


def _is_cells(words: str) -> bool:
    return "\t" in words and len(words) <= _LONGEST_ROW and _SUB_ITEM.match(words) is None


def is_item(words: str) -> bool:
    """Whether a line is like a sub-item's first one: `- point`, `a. point`, `(1) point`."""
    return _SUB_ITEM.match(words) is not None


def _opens_item(words: str, block: list[str], dashed: bool) -> bool:
    """Whether a line opens a sub-item behind the lines of `block`.

    A number or a letter does so only after a full stop, a colon and the like, or after another such item:
    `... no relatives to` / `5. feed` is a wrapped sentence. So is `... to make these points` / `-- before the other
    side has`: a dash with a small letter behind it, unless it is one of several (`dashed`).
    """
    if _SUB_ITEM.match(words) is None:
        return False
    if not words[0].isalnum() and words[0] != "(" and (dashed or not _DASH.match(words)):
        return True
    return block[-1].rstrip()[-1:] in _TERMINALS or _SUB_ITEM.match(block[0]) is not None


def reading_text(lines: Iterable[str]) -> str:
    """Lines of a paragraph (verbatim, without line ends; an empty one is a break) as text to read.

    Wrapped lines are joined by blanks; a sub-item, a row of a table and what follows an empty line begin a new line.
    """
    lines = list(lines)
    text = "\n".join(lines)
    tabbed = "\t" in text
    if "   " not in text and not tabbed and "|" not in text and _MAY_BREAK.search(text) is None:
        return joined(text)  # plain wrapped prose, as most paragraphs are
    dashed = sum(_DASH.match(line.lstrip()) is not None for line in lines) > 1
    # A table of two columns has one tab in a row: it shows by several of them. A tab behind an item's letter is none.
    tabbed = tabbed and sum(_is_cells(line.strip()) for line in lines) > 1
    blocks: list[list[str]] = [[]]
    rows: set[int] = set()
    was_row = False
    after_break = False
    for line in lines:
        words = line.strip()
        if not words:
            after_break = bool(blocks[-1])
            continue
        row = is_row(words, was_row) or (tabbed and _is_cells(words))
        if blocks[-1] and (after_break or row or was_row or _opens_item(words, blocks[-1], dashed)):
            blocks.append([])
        if row:
            rows.add(len(blocks) - 1)
        blocks[-1].append(re.sub(r"\t", "   ", words) if row else words)
        was_row, after_break = row, False
    return "\n".join(
        block[0]
        if at in rows or (len(block) == 1 and is_row(block[0], True))
        else joined("\n".join(block))
        for at, block in enumerate(blocks)
        if block
    )
