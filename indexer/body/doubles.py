"""Text that stands on a page twice, and pages on which several cables were spliced together.

Owns both findings; must not read a field or a paragraph. A copy is placed as a duplicate, so that it
is neither lost nor indexed twice.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.grammar.vocabulary import LEVEL
from indexer.lines.lines import Line

# Copies differ in blanks and punctuation: mirrors lose the blank behind a comma and cut rules short.
_SIGNS = string.punctuation + string.whitespace.replace("\n", "")
_DROPPED = str.maketrans("", "", _SIGNS + "\xa0")
# The same for ASCII, which nearly every cable is: several times as fast.
_DROPPED_OF_ASCII = _SIGNS.encode()
# So many lines in a row, with so much text, do not come again by chance.
_FEWEST_LINES, _LEAST_TEXT = 5, 160
# Where a copy begins: rules, and lines of a letter or two, come again on every page.
_SHORTEST_KEY = 4
# The drafter's labels; two of them in a row that come again are a header printed twice.
_LABELS = frozenset({"eo", "tags", "subject", "references", "classified_by"})
# Lines of the wire that two messages never have in common, and who sent it to whom: three of them are one's own again.
_OF_ONE = frozenset({"transmission", "de", "dtg", "from", "to"})
# The wire's own lines, which stand above them.
_WIRE = frozenset(
    {
        "transmission",
        "routes",
        "de",
        "zn",
        "dtg",
        "from",
        "to",
        "info",
        "class",
        "caveats",
        "pass",
        "stamp",
    }
)
# What the wire's own lines, addressees among them, never have: small letters, or a full stop at the end.
_PROSE = re.compile(r"[a-z]{2}|[.!?]$")
# Where a message number stands: `DE RUEHGZ #0376/01 0820844`, `UNCLAS SECTION 01 OF 04 GUANGZHOU 000376`.
_NUMBER = re.compile(
    r"DE\s+[A-Z]{4,8}\s+#(?P<de>\d{1,6}).*|"
    rf"{LEVEL}[A-Z0-9 /-]*?\s(?P<message>\d{{3,8}})"
)
# A line that may be an order's, which other words with an E are not: `E.O. 12958`, `EO 11652`, `EXECUTIVE ORDER`, or
# one with an order behind the wire's words.
_LIKE_ORDER = re.compile(r"E[.,]?[ \t]?[O0]|EXECUTIVE|.{1,90}E\.O\.", re.IGNORECASE)
# How far below an E.O. line the subject of the same header stands.
_HEADER_REACH = 14


def _keys(text: Sequence[Line]) -> list[str]:
    """What copies of each line have in common; made of all lines at once, which is ten times as fast."""
    together = "\n".join([line.words for line in text])
    if together.isascii():
        return together.encode().translate(None, _DROPPED_OF_ASCII).lower().decode().split("\n")
    return together.translate(_DROPPED).casefold().split("\n")


def place_doubles(lines: Sequence[Line]) -> int:
    """Of one cable: place every run of lines that stood before as a duplicate; gives how many lines that were."""
    text = [line for line in lines if line.kind is None and not line.blank]
    keys = _keys(text)
    telling = [key for key in keys if len(key) >= _SHORTEST_KEY]
    if len(set(telling)) == len(telling):
        return 0
    first: dict[str, int] = {}
    placed = 0
    at = 0
    while at < len(text):
        before = first.get(keys[at]) if len(keys[at]) >= _SHORTEST_KEY else None
        length = 0
        if before is not None:
            while (
                at + length < len(text)
                and before + length < at
                and keys[before + length] == keys[at + length]
            ):
                length += 1
        if length and _is_copy(text[at : at + length], keys[at : at + length]):
            for line in text[at : at + length]:
                line.assign(SegmentKind.DUPLICATE)
            placed += length
            at += length
            continue
        first.setdefault(keys[at], at)
        at += 1
    return placed


def _opened(line: Line) -> str | None:
    return line.opens.field if line.opens else None


def _is_copy(run: Sequence[Line], keys: Sequence[str]) -> bool:
    if len(run) >= _FEWEST_LINES and sum(map(len, keys)) >= _LEAST_TEXT:
        return True
    if len(run) < 2:
        return False
    fields = {field for line in run if (field := _opened(line))}
    return len(fields & _LABELS) >= 2 or len(fields & _OF_ONE) >= 3


def cable_starts(lines: Sequence[Line]) -> list[int]:
    """Where the cables of a page begin: 0 alone on nearly every page, more where several were spliced.

    A further cable shows by a whole header (E.O. line, then a subject) behind the text of the one before it, and by
    another message number; with the same number, or none, it is the same cable again.
    """
    orders = [
        at
        for at, line in enumerate(lines)
        if line.words[:1] in {"E", "e"}
        and line.kind is None
        and _LIKE_ORDER.match(line.words)
        and _opened(line) == "eo"
    ]
    if len(orders) < 2:
        return [0]
    tops: list[int] = []
    # The E.O. line of the header above: a line that stands higher is not of this one.
    before_it = -1
    for at in orders:
        below = [
            _opened(other)
            for other in lines[at + 1 : at + _HEADER_REACH]
            if other.kind is None and not other.blank
        ]
        if "subject" in below:
            tops.append(_top_of_header(lines, at, before_it))
            before_it = at
    starts = [0]
    if len(tops) < 2:
        return starts
    ends = [*tops[1:], len(lines)]
    before = _numbers(lines[: ends[0]])
    for top, end in zip(tops[1:], ends[1:], strict=True):
        behind = _numbers(lines[top:end])
        if before and behind and not before & behind:
            starts.append(_with_its_title(lines, top, starts[-1]))
            before = behind
        else:
            before |= behind
    return starts


def _with_its_title(lines: Sequence[Line], top: int, floor: int) -> int:
    """The start of a cable's stretch with the page's title for it, and a notice above that."""
    at = top
    while at > floor + 1 and (lines[at - 1].kind is SegmentKind.CHROME or lines[at - 1].blank):
        at -= 1
        if lines[at].field == "title":
            top = at
        elif lines[at].field == "notice":
            return at
        elif top != at and not lines[at].blank and lines[top].field == "title":
            break
    return top


def _numbers(lines: Sequence[Line]) -> set[str]:
    """The message numbers of a stretch, by their last four digits: all that the DE line has of them."""
    found = set()
    for line in lines:
        mark = line.page_mark
        match = (
            _NUMBER.fullmatch(line.words) if line.kind is None and len(line.words) < 120 else None
        )
        if mark is not None:
            found.add(f"{mark.number:04d}"[-4:])
        elif match:
            found.add((match["de"] or match["message"])[-4:].rjust(4, "0"))
    return found


def _top_of_header(lines: Sequence[Line], at: int, floor: int) -> int:
    """The first of the wire's lines that stand right above the line at `at`."""
    top = at
    for above in range(at - 1, floor, -1):
        line = lines[above]
        if line.blank or line.kind is SegmentKind.DUPLICATE:
            continue
        if (
            line.kind is SegmentKind.END_MARK and line.words != "BT"
        ):  # BT stands between header and text, too
            break
        if _opened(line) in _WIRE:
            top = above
        elif line.kind is None and _PROSE.search(line.words):
            break
    return top
