"""The lines of a document placed, and its paragraphs made of them.

Owns which block is a paragraph, and which number it has. The editors have set the paragraphs, so that a number at the
start of one is its number: no line is judged by its neighbours, as those of the wire are. Must not read the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.model import Paragraph, Part, Problem, SegmentKind
from indexer.body.numbering import possible_start
from indexer.body.text import reading_text
from indexer.grammar.marks import END_OF_PART, leading_mark
from indexer.lines.headings import inline_part, part_of
from indexer.sources.frus.layout import Laid
from indexer.sources.frus.opening import MessageNumber
from indexer.sources.frus.text import Block, Role
from indexer.sources.frus.volume import LINE_OF_WIRE

# What the editors added, and what the wire put before and behind the text.
_FIXED: dict[Role, tuple[SegmentKind, str | None]] = {
    "title": (SegmentKind.CHROME, "title"),
    "source": (SegmentKind.CHROME, "source_note"),
    "dateline": (SegmentKind.HEADER, "dtg"),
    "opener": (SegmentKind.HEADER, "class"),
    "heading": (SegmentKind.HEADING, None),
    "closer": (SegmentKind.END_MARK, "signature"),
    "signed": (SegmentKind.END_MARK, "signature"),
    "picture": (SegmentKind.CHROME, "picture"),
    "page": (SegmentKind.PAGE_MARK, None),
    "record": (SegmentKind.CHROME, "record"),
}
# Lists that are a field of the header, by their type: `SUBJECT` and `REFERENCES` of an airgram.
FIELD_OF_LIST = {
    "subject": "subject",
    "references": "references",
    "ref": "references",
    "to": "to",
    "from": "from",
}
# The same fields where a paragraph has the label, and a list behind it what it announces: `SUBJECT`, `REF:`.
LABELS = {
    "SUBJECT": "subject",
    "SUBJ": "subject",
    "REF": "references",
    "REFS": "references",
    "REFERENCE": "references",
    "REFERENCES": "references",
}
# The sign behind a number: `1. (S) ...`, `1) ...`.
_SIGNED_NUMBER = re.compile(r"(?:¶\s?)?\d{1,3}\s?(?P<sign>[.)])\s*")
# The editors' word on a wrong number: `2 [3]. Recommend ...` is paragraph 3.
_CORRECTED_NUMBER = re.compile(r"\d{1,3} \[(?P<number>\d{1,3})\](?P<sign>[.)])\s+")
# An item of a lettered list, which is no portion mark where the letter before it began one too: `(C)` behind `(B)`.
_LETTERED = re.compile(r"[“\"]?\(?(?P<letter>[A-Z])\)")
# How far a number may be behind one that it follows, and how late the first may be where those before it are omitted.
_LONGEST_GAP = 6
_LATEST_FIRST = 30
# How many paragraphs a summary may have.
_LONGEST_PART = 8


@dataclass(frozen=True, slots=True)
class _Number:
    """The number that a paragraph begins with, the sign and the portion mark behind it, and the text behind those."""

    value: int
    sign: str
    mark: str | None
    rest: str


@dataclass(slots=True)
class _Draft:
    """A paragraph to be: its blocks, their texts, and what the first of those begins with."""

    laid: list[Laid]
    texts: list[str]
    number: _Number | None

    @property
    def text(self) -> str:
        """The whole text, without the number and the mark before it."""
        first = self.texts[0] if self.number is None else self.number.rest
        return "\n".join([first, *self.texts[1:]])


def place_edition(blocks: Sequence[Laid]) -> list[Laid]:
    """Place what the edition and the header's own elements are, and give the blocks of the text."""
    texts: list[Laid] = []
    for laid in blocks:
        block = laid.block
        if block.group_type in FIELD_OF_LIST:
            laid.assign(SegmentKind.HEADER, FIELD_OF_LIST[block.group_type])
        elif block.role in _FIXED and not (block.role == "opener" and texts):
            laid.assign(*_FIXED[block.role])
        elif not texts and _is_kind(block.reading):
            laid.assign(SegmentKind.CHROME, "form")
        else:
            texts.append(laid)
    return texts


def label_lists(blocks: Sequence[Block]) -> None:
    """Make a label and the list behind it one list of its field, as volumes have it that name the list's type."""
    fields: dict[int, str] = {}
    for label, item in pairwise(blocks):
        field = LABELS.get(label.reading.rstrip(" :").upper())
        if field is None or label.role != "paragraph" or item.role != "item":
            continue
        if FIELD_OF_LIST.get(item.group_type, field) == field:
            label.group = item.group
            fields[item.group] = field
    for block in blocks:
        block.group_type = fields.get(block.group, block.group_type)


def _is_kind(text: str) -> bool:
    """Whether the first line of a text is the editors' word for what it is: `[Telegram]`, `[Telegram—Extract]`."""
    return text.startswith(("[", "(")) and LINE_OF_WIRE.fullmatch(text) is not None


def place_paragraphs(
    texts: Sequence[Laid], message: MessageNumber, *, wrapped: bool = False
) -> tuple[tuple[Paragraph, ...], list[Problem]]:
    """Place the blocks of a text as its paragraphs; the telegram's own number is no part of one.

    `wrapped`: the lines of a paragraph are the wire's, which mean nothing but where they begin an item of a list.
    """
    drafts = _drafts(texts, message, wrapped)
    problems = _settle_numbers(drafts)
    loose = next((laid for laid in texts if laid.block.role == "loose"), None)
    if loose is not None:
        problems.append(Problem("unplaced", "text outside of any paragraph", loose.lines[0].number))
    paragraphs = _paragraphs(drafts)
    for draft, paragraph in zip(drafts, paragraphs, strict=True):
        for laid in draft.laid:
            is_loose = laid.block.role == "loose"
            kind = SegmentKind.UNPLACED if is_loose else SegmentKind.PARAGRAPH
            laid.assign(kind, None, paragraph.anchor)
    if message.size and (number := texts[message.at].part(message.size)):
        number.assign(SegmentKind.HEADER, "number")
    return _spread(paragraphs), problems


def _drafts(texts: Sequence[Laid], message: MessageNumber, wrapped: bool) -> list[_Draft]:
    drafts: list[_Draft] = []
    for at, laid in enumerate(texts):
        taken = message.size if at == message.at else 0
        text = laid.block.reading[taken:].replace("\t", "   ")
        if wrapped and "\n" in text:
            text = reading_text(text.split("\n"))
        number = None if laid.block.role == "row" else _number(text)
        if taken and number is not None and number.value != 1:
            number = None  # behind the telegram's own number only the first can stand: `342. 1. At 9:30 ...`
        above = drafts[-1].laid[-1].block if drafts else None
        group = laid.block.group
        if (
            number is None
            and above is not None
            and group
            and (above.group == group or _announces(above, laid.block))
        ):
            drafts[-1].laid.append(laid)
            drafts[-1].texts.append(text)
        else:
            drafts.append(_Draft([laid], [text], number))
    return drafts


def _announces(above: Block, item: Block) -> bool:
    """Whether a paragraph goes on with the list behind it: `2. He asks for:` and `a. sorghum; b. trucks.`"""
    return item.role == "item" and above.role == "paragraph" and above.reading.endswith(":")


def _number(text: str) -> _Number | None:
    corrected = _CORRECTED_NUMBER.match(text)
    if corrected:
        mark, rest = _mark(text[corrected.end() :])
        return _Number(int(corrected["number"]), corrected["sign"], mark, rest)
    start = possible_start(text, 0, after_blank=True, after_loose=False)
    if start is None:
        return None
    signed = _SIGNED_NUMBER.match(text)
    if signed is None:  # the mark stands before the number: `(C) 1. ...`
        return _Number(start.number, ".", start.mark, start.rest)
    mark, rest = _mark(text[signed.end() :])
    return _Number(start.number, signed["sign"], mark or start.mark, rest)


def _mark(text: str) -> tuple[str | None, str]:
    """The portion mark that a text begins with, and the rest; the mark stays where nothing else would.

    In print it has its parentheses and capitals; `(c)` goes on a list.
    """
    if not text.startswith("(") or text[1:2].islower():
        return None, text
    mark, rest = leading_mark(text)
    return mark, rest or text


def _settle_numbers(drafts: Sequence[_Draft]) -> list[Problem]:
    """Take back the numbers that are none: of a list in another style, or far from all before them."""
    problems = []
    stops = any(draft.number and draft.number.sign == "." for draft in drafts)
    used: set[int] = set()
    for draft in drafts:
        if draft.number is None:
            continue
        value = draft.number.value
        near = any(value - gap in used for gap in range(_LONGEST_GAP + 1))
        if stops and draft.number.sign != ".":
            draft.number = None
        elif value == 1 or near or (not used and value <= _LATEST_FIRST):
            used.add(value)
        else:
            draft.number = None
            message = f"a paragraph begins with {value}, which follows no other number"
            problems.append(Problem("numbering-odd", message, draft.laid[0].lines[0].number))
    return problems


def _paragraphs(drafts: Sequence[_Draft]) -> list[Paragraph]:
    seen: dict[int, int] = {}
    unnumbered = 0
    letter = ""
    found = []
    for draft in drafts:
        number, mark, text = draft.number, None, draft.text
        if number is None:
            unnumbered += 1
            anchor = f"u{unnumbered}"
            lettered = _LETTERED.match(text)
            if lettered is None or ord(lettered["letter"]) != ord(letter or "\0") + 1:
                mark, text = _mark(text)
            letter = lettered["letter"] if lettered else letter
        else:
            count = seen.get(number.value, 0)
            seen[number.value] = count + 1
            anchor = f"p{number.value}{_again(count)}"
            mark = number.mark
        section = draft.laid[0].block.section
        part = inline_part(text) or (part_of(section) if section else None) or Part.BODY
        value = number.value if number else None
        found.append(Paragraph(anchor, value, mark, section, part, text))
    return found


def _again(count: int) -> str:
    """The letter of a number's further occurrence: b for the second; behind z, `z2`, `z3`."""
    if not count:
        return ""
    return chr(ord("a") + count) if count < 26 else f"z{count - 24}"


def _spread(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """A part opened by a label (`Summary: ...`) reaches to its `End summary.`, where there is one further down."""
    found = list(paragraphs)
    for at, opener in enumerate(paragraphs):
        part = inline_part(opener.text)
        if part is None or _closes(opener.text, part):
            continue
        reach = range(at + 1, min(at + 1 + _LONGEST_PART, len(found)))
        end = next((other for other in reach if _closes(paragraphs[other].text, part)), None)
        for other in range(at + 1, end + 1) if end else ():
            found[other] = replace(found[other], part=part)
    return tuple(found)


def _closes(text: str, part: Part) -> bool:
    """Whether a paragraph ends with the end of a part: `... otherwise merit. End summary.`"""
    return any(
        end.end() == len(text[-60:]) and part_of(end["what"]) is part
        for end in END_OF_PART.finditer(text[-60:])
    )
