"""A cable whose line ends were lost: one long line is parted where the cable's own forms show that a line began.

Nothing is added or taken away: the parts of a line, joined, are the line. The rest of the REF field with which such a
line may begin has no label left, so it is placed here and handed to the caller.
"""

from __future__ import annotations

import re

from corpus.model import SegmentKind
from indexer.body.flat_fields import references_end
from indexer.grammar.marks import MARK
from indexer.header.signatures import signed_by
from indexer.lines.headings import is_heading, title_share
from indexer.lines.lines import Line

# No line of the wire has more than 80 columns; a text of this length on one line, with paragraph numbers in it,
# was collapsed.
_COLLAPSED = 600
# A short cable in one line: it is longer than a line of the wire, and hardly anything stands beside it.
_WIRE_LINE = 80
_FEW_LINES = 3
# A page mark of the wire, as in `indexer.grammar.marks`: `GUANGZHOU 00000376 002 OF 004`, `GUANGZHOU 00000377  001.2 OF
# 002`.
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
    r"|[-=]{5,}(?=\s)"
    r")"
)
# The drawn line before or behind a title: `------- Comment -------`.
_RULE = re.compile(r"[-=]{5,}(?=\s|$)")
# A further item that names no cable, up to its date if it has one: `C. SMITH-JONES EMAIL OF 03/21/09`.
_OTHER_ITEM = re.compile(r"[(\[]?[A-Z][.)\]]{1,2}\s(?:[^.!?]{3,100}\d\s|[^.!?]{3,100}$)")
# The name behind the last sentence: `We will watch. DURS`.
_NAME_AT_END = re.compile(r"(?<=[.!?)\"”]\s)[A-Z][A-Za-z'’.-]+(?:\s[A-Z][A-Za-z'’.-]+)?[\s#*]*$")
_LONGEST_TAIL = 60
_END_MARK = re.compile(r"\s*NNNN\s*")
# Behind a page mark the sentence goes on.
_PAGE_MARK = re.compile(_PAGE)
# What stands between the end of a sentence and the next paragraph's number may be a title.
_SENTENCE_END = re.compile(r"[.!?][)\"”]?\s+(?=[A-Z\"“])")
_LONGEST_TITLE = 110


def part_collapsed(lines: list[Line]) -> str:
    """Part every collapsed line in place; an empty part between two is a break, as an empty line is.

    Gives the rest of the REF field with which the text begins (`B. 08 LIMA 4567`), "" without one.
    """
    left = [at for at, line in enumerate(lines) if line.kind is None and not line.blank]
    longest = _WIRE_LINE if len(left) <= _FEW_LINES else _COLLAPSED
    references = ""
    seen: set[str] = set()
    for at in left:
        line = lines[at]
        if len(line.text) > longest and line.words in seen:
            # The page shows the text twice, as content and as raw content.
            line.assign(SegmentKind.DUPLICATE)
        seen.add(line.words)
    left = [at for at in left if lines[at].kind is None]
    for at in reversed(left):
        line = lines[at]
        if len(line.text) <= longest:
            continue
        # A paragraph further down that begins with a cable is no field, one further up that ends with a name unsigned.
        end = _references_end(line.text) if at == left[0] else 0
        parts = _parts(line.text[end:], signed=at == left[-1] or len(left) <= _FEW_LINES)
        if len(parts) > 2:
            own = [Line(part, line.number, line.inside) for part in parts]
            if end:
                references = line.text[:end].strip()
                own.insert(0, Line(line.text[:end], line.number, line.inside))
                own[0].assign(SegmentKind.HEADER, "references")
            lines[at : at + 1] = own
    return references


def _references_end(text: str) -> int:
    """Where the rest of a REF field ends that opens a text: 0 if a text begins with none.

    Only items in a row count, with nothing but their letters between them.
    """
    end = references_end(text)
    if end:
        begins = _BEGINS.search(text, end, end + 2 * _LONGEST_TITLE)
        item = _OTHER_ITEM.match(text, end, begins.start()) if begins is not None else None
        end = item.end() if item is not None else end
    return end


def _parts(text: str, *, signed: bool) -> list[str]:
    cuts = [match.start() for match in _BEGINS.finditer(text)]
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    parts: list[str] = []
    last = max((at for at, piece in enumerate(pieces) if not _END_MARK.fullmatch(piece)), default=0)
    for index, piece in enumerate(pieces):
        rule = _RULE.match(piece)
        if rule:
            below = pieces[index + 1] if index + 1 < len(pieces) else ""
            parts.extend(_ruled(piece, rule.end(), below))
            continue
        # A page mark is no break: the sentence goes on behind it.
        mark = _PAGE_MARK.match(piece)
        lead, body, behind = mark.group() if mark else "", piece[mark.end() if mark else 0 :], ""
        if signed and index == last:
            body, behind = _signature_at_end(body)
        elif index + 1 < len(pieces):
            body, behind = _title_at_end(body)
        parts.extend((lead, body) if not behind else (lead, body, "", behind))
    return [part for index, part in enumerate(parts) if part or index]


def _ruled(piece: str, end: int, below: str) -> tuple[str, ...]:
    """The parts of a piece that begins with a rule: the rule, and its title where another rule follows."""
    rest = piece[end:]
    if not rest.strip():
        return (piece,)
    titled = len(rest.strip()) <= _LONGEST_TITLE and _RULE.match(below)
    return (piece[:end], rest) if titled else (piece[:end], "", rest)


def _signature_at_end(piece: str) -> tuple[str, str]:
    """The last piece's text, and the name that stands behind its last sentence, "" if nobody signed."""
    tail = piece[-_LONGEST_TAIL:]
    name = _NAME_AT_END.search(tail)
    if name is None or not signed_by(tail):
        return piece, ""
    cut = len(piece) - len(tail) + name.start()
    return piece[:cut], piece[cut:]


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
