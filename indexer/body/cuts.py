"""Where a text was cut: the page in its last paragraph, or a paragraph that lost its last line.

Owns the telling of a sentence that was broken off from one that only lacks its full stop. Good cables have many of the
second kind: `END SUMMARY`, `Source - Harbor Gazette`, addresses, items, titles. So an alarm needs more than the want
of a stop: a word that nothing ends with, or a line that was full and so went on. Must not place a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Paragraph, Problem, SegmentKind
from indexer.body.text import is_item, is_row
from indexer.grammar.marks import stops_short
from indexer.lines.headings import mostly_upper, title_share
from indexer.lines.lines import Line

_PARAGRAPH = SegmentKind.PARAGRAPH
_SHORTEST = 40
_SHORTEST_NUMBERED = 15
# What closes a paragraph without a stop: `END SUMMARY`, `End of text`, `UNQUOTE`; where it is from: `Source - Harbor
# Gazette`. Looked for in small letters, where its word is.
_END = re.compile(r"\bend(?:\s+of)?(?:\s+\w+){1,4}\s*$")
_SOURCE = re.compile(r"\bsource\s*[-:–].{0,80}$")
# An address of the web or of mail: `www.example.org/index.html`, `pilots@example.org`; a name taken out: `XXXXXXXX`.
_ADDRESS = re.compile(
    r"\(?(?:https?:|www\.)\S*|\S+@\S+|\S+\.(?:com|org|net|gov|int|edu|html?|aspx?|php|pdf)\b\S*|x{4,}",
    re.IGNORECASE,
)
# A telephone number, a sum, a list of numbers: `502-5555-1234`.
_NUMBER = re.compile(r"[\d+(][\d\s()/.-]{5,}$")
_REACH = 120
# The last sentence of a text: what stands behind the last stop.
_LAST_SENTENCE = re.compile(r"(?<=[.!?:;])[\"”)]?\s+(?=\S)")
# A line of a form: `Start Date: 3/24/2010`.
_LABELLED = re.compile(r"[A-Z][^:.!?]{0,40}:\s+\S")
# A wrapped line is full when the next word would not have fitted: none longer than this is expected there.
_FULL = 0.85
_WIDTHS = range(45, 91)
# So few words, each with a capital, may be somebody's name: `Quill`, `Horatio Quill`.
_NAME_WORDS = 2
_SHORTEST_NAME = 5
_TAIL = 400
_OPEN = frozenset(",-")


def page_cut(lines: Sequence[Line], last: Paragraph) -> Problem | None:
    """The doubt that a page was cut: its last paragraph stops in mid-sentence, and nothing at all stands behind it."""
    if len(last.text) < (_SHORTEST if last.number is None else _SHORTEST_NUMBERED):
        return None
    if not _is_open(last.text):
        return None
    end = max((at for at, line in enumerate(lines) if line.kind is _PARAGRAPH), default=-1)
    if end < 0 or any(not line.blank for line in lines[end + 1 :]):
        return None
    if not (_goes_on(last.text) or _is_unfinished(last.text, lines[end].words)):
        return None
    text = f"the page stops in the middle of paragraph {last.anchor}: fetch it again if it was cut"
    return Problem("page-cut", text, lines[end].number)


def paragraph_cut(paragraph: Paragraph, wraps: Sequence[str]) -> Problem | None:
    """The doubt that a paragraph stops in mid-sentence: it has lost its last line. `wraps` are its lines."""
    text = paragraph.text
    # Most end with a stop, which their last sign says.
    if not (text[-1:].isalnum() or text[-1:] in _OPEN) or len(text) <= _SHORTEST or "\n" in text:
        return None
    if not _is_open(text) or not (_goes_on(text) or _lost_its_last_line(text, wraps)):
        return None
    return Problem(
        "paragraph-cut", f"paragraph {paragraph.anchor} stops in the middle of a sentence"
    )


def _is_open(text: str) -> bool:
    """Whether a text ends without a stop, and with nothing that stands for one."""
    if not (text[-1:].isalnum() or text[-1:] in _OPEN):
        return False
    tail = text[-_REACH:]
    small = tail.lower()
    return not (
        ("end " in small and _END.search(small))
        or small.endswith("quote")
        or ("source" in small and _SOURCE.search(small))
        or _ADDRESS.fullmatch(tail[tail.rfind(" ") + 1 :])
        or (tail[-1].isdigit() and _NUMBER.search(tail[-20:]))
    )


def _goes_on(text: str) -> bool:
    """Whether the last word or sign of a sentence is one that nothing ends with."""
    return stops_short(text) and len(_last_sentence(text).split()) >= 2


def _last_sentence(text: str) -> str:
    return _LAST_SENTENCE.split(text[-_TAIL:])[-1]


def _lost_its_last_line(text: str, wraps: Sequence[str]) -> bool:
    """Whether the last line of a wrapped paragraph is full: then another stood under it."""
    width = max(map(len, wraps))
    last = wraps[-1]
    return (
        len(wraps) > 1
        and width in _WIDTHS
        and len(last) >= _FULL * width
        and not is_row(last, after_row=True)
        and not is_item(last)
        and _is_sentence(_last_sentence(text), text)
    )


def _is_unfinished(text: str, line: str) -> bool:
    """Whether the end of a page is that of a sentence: no item, no row, no line of a form, no title or name."""
    block = text.rsplit("\n", 1)[-1]
    if is_item(block) or is_row(line, after_row=True) or _LABELLED.match(block):
        return False
    return _is_sentence(_last_sentence(block), text)


def _is_sentence(last: str, text: str) -> bool:
    words = last.split()
    # `... by the Dutch model GOLDBERG`: a signature that no stop parts from the text.
    if len(words[-1]) >= _SHORTEST_NAME and words[-1].isupper() and not mostly_upper(text):
        return False
    if len(words) <= _NAME_WORDS and all(word[:1].isupper() for word in words):
        return False
    if _LABELLED.match(last) and len(words) <= 8:
        return False
    if mostly_upper(text):
        return True
    return not (mostly_upper(last) or (len(words) <= 12 and title_share(last) >= 0.75))
