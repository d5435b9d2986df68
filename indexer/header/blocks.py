"""Where a field's text stands in a piece of a cable: the drafter's labels, each with the lines up to the next one.

Owns the cleaning of lines and the finding of labels in them, inside a line too. Must not interpret a field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from indexer.grammar.labels import Label, drafted_label
from indexer.grammar.marks import is_rule, page_mark, without_page_marks
from indexer.grammar.vocabulary import LEVEL, LEVEL_LETTERS, is_caption_line

# A label inside a line: `E.O. 12958: N/A TAGS: PREL SUBJECT: ...`, as collapsed text has it; glued to the word before
# it, where the blank was lost too: `... THE PRIMEREF: LIMA 12`, `... BACK TO WORKClassified By: ...`.
_INNER = re.compile(
    r"(?<=[ \t])(?=(?:TAGS|SUBJ(?:ECT)?|Subj(?:ect)?|"
    r"REF(?:S|TELS?|\(S\)|ERENCES?)?|Ref(?:s|tels?|\(s\))?|W?E\.?O\.? ?\d{5})[ \t]?:|"
    r"(?:CLASSIFIED BY|Classified [Bb]y)[: ]|¶ ?[1-9]\. (?=\()|(?<=[^:\s][ \t])¶ ?[1-9]\. )|"
    r"(?:(?<=[A-Z]{3})|(?<=[a-z]{2}))(?=(?:REF(?:S|TELS?)?|TAGS|SUBJECT|CLASSIFIED BY|Classified [Bb]y|Ref\(s\)):)"
)
# What stands behind an order or codes, and in no other field: TAGS without a colon (`E.O. 12958: N/A TAGS EAGR BB`),
# labels glued to the code before (`TAGS: ECON, BLSUBJECT: ...`, `DECL: 03/22/2019TAGS: ...`).
_INNER_OF = {
    "eo": re.compile(r"(?<=[ \t\dA])(?=TAGS?(?:[ \t]{0,4}:|[ \t]{1,4}[A-Z]{4}\b))", re.IGNORECASE),
    "tags": re.compile(r"(?<=[A-Z)\d.])(?=(?:SUBJ(?:ECT)?|Subj(?:ect)?) ?:)"),
}
# Of these the labels that stand in no sentence: a line that has one, before the text, is several fields.
_INNER_SURE = re.compile(
    r"(?:(?<=[ \t])|(?<=[A-Z]{3}))(?:W?E\.?O\.? ?\d{5}[ \t]?:|(?:TAGS|SUBJECT|SUBJ|REFS?|REFTELS?)[ \t]?:)"
)
# The first paragraph on a field's line, if it has a mark, is the summary, or is a sentence behind a field in capitals:
# `REF: ROME 6 1. (SBU) We`, `SUBJECT: OIL  1. Summary. We`, `TAGS: PGOV 1. We met`. Behind a label `1.` is an item.
_PARAGRAPH_BEHIND = re.compile(
    r"(?:(?<=[^:\s][ \t])|(?<=[^:\s][ \t]{2}))(?=¶? ?1\.[ \t]{1,2}(?:\((?:U|C|S|TS|SBU|LOU)(?:/[A-Z/]{1,9})?\)[ \t]|"
    r"(?:BEGIN[ \t])?(?i:SUMMARY|INTRODUCTION)\b))|(?<=[A-Z]{2}[ \t])(?=1\. {1,2}[A-Z][a-z]*[ ][a-z])"
)
# A telegram of FRUS begins with its number: `100366. For Charge from Atherton. Subject: ... Ref: ...`.
_TELEGRAM_NUMBER = re.compile(r"\d{2,7}\. [A-Z(]")
# Text in one line starts its first paragraph in the middle of it: `... TRADE FAIR 1. (U) POST IS`.
_INNER_PARAGRAPH = re.compile(
    r"(?<=[^\s:A-Z)])[ \t]+(?=1\.[ \t]{1,3}(?:\([A-Z/]{1,7}\)[ \t]*)?[A-Z])"
)
_COLLAPSED = 250
_SHORTEST_LABEL = 3  # letters
# A label whose colon stands on the next line: `SUBJECT` / `: FOO`; the lines stay as many.
_PARTED_COLON = re.compile(r"^(?P<label>(?:SUBJECT|TAGS|REF) ?)\n:", re.IGNORECASE | re.MULTILINE)


# An entity that a page shows as it is written, since it was escaped twice: `&#8217;`, `&amp;`; not the one in `AT&T;`.
_ENTITY = re.compile(
    r"&(?:#\d{2,5}|#x[0-9A-Fa-f]{2,5}|amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[nm]dash);"
)


# What a line with a page mark has.
_OF_PAGE_MARKS = (" OF ", "PAGE", " of ", " 0F ")


class Block(NamedTuple):
    """A label and what follows it: `lines[0]` is the rest of the label's line, the others are whole.

    `label` is as printed, `sure` is False for one without a colon; `at` is the number of its line in the text, `width`
    that line's length in characters.
    """

    field: str
    label: str
    lines: tuple[str, ...]
    at: int
    sure: bool
    width: int = 0


def clean_lines(text: str) -> tuple[str, ...]:
    """The lines without blanks at their ends; of a text with a blank line behind each line, those are left out.

    Some pages leave a backslash before a line end: it goes too, as page marks inside a line do. Hard blanks and tabs
    are made blanks, entities that a page left (`&#8217;`) letters.
    """
    soft = text.replace("\xa0", " ").replace("\t", " ")
    if "\n:" in soft:
        soft = _PARTED_COLON.sub(r"\n\g<label>:", soft)
    if "&" in soft:
        soft = _ENTITY.sub(lambda found: unescape(found.group()), soft)
    lines = [line.rstrip(" \r").removesuffix("\\").rstrip() for line in soft.split("\n")]
    # Hardly a header has a page mark inside a line.
    if any(hint in soft for hint in _OF_PAGE_MARKS):
        lines = [without_page_marks(line) for line in lines]
    return tuple(_single_spaced(lines))


def _single_spaced(lines: list[str]) -> list[str]:
    """Lines without the blank one that some mirrors put behind every line.

    That is so where no two lines with words stand together, in a text of six and more.
    """
    filled = [bool(line.strip()) for line in lines]
    if sum(filled) < 6 or any(one and two for one, two in pairwise(filled)):
        return lines
    kept: list[str] = []
    for at, line in enumerate(lines):
        if filled[at] or at == 0 or not filled[at - 1]:
            kept.append(line)
    return kept


def _parted(line: str, label: Label | None, *, text: bool) -> list[str]:
    """A line, and the `label` it begins with, cut before those that stand inside it.

    In the `text` below a header only a line that begins with one is cut.
    """
    if len(line) >= _COLLAPSED:
        line = _INNER_PARAGRAPH.sub("\n", line)
    elif (
        label is None
        and not _TELEGRAM_NUMBER.match(line)
        and (text or _INNER_SURE.search(line) is None)
    ):
        return [line]
    if " 1. " in line or "¶" in line:
        line = _PARAGRAPH_BEHIND.sub("\n", line)
    if label is not None and "\n" not in line and not _may_hold_label(line, label.end):
        return [line]
    pieces = [piece for part in line.split("\n") for piece in _INNER.split(part)]
    further = _INNER_OF.get(label.field) if label is not None else None
    if further is not None:
        pieces = [*further.split(pieces[0]), *pieces[1:]]
    return pieces


def _may_hold_label(line: str, end: int) -> bool:
    """Whether another label may stand behind the one that ends at `end`: hardly a line has one.

    One has three letters at least before its colon, but for TAGS behind an order and `Classified By`.
    """
    return (
        line.find(":", end + _SHORTEST_LABEL) >= 0
        or "¶" in line
        or "TAG" in (upper := line[end:].upper())
        or "CLASSIFIED" in upper
    )


def blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """Every label of the drafter's with the lines up to the next one, in order."""
    found: list[Block] = []
    opened: tuple[Label, int] | None = None
    gathered: list[str] = []

    def close() -> None:
        if opened is not None:
            label, at = opened
            width = len(lines[at])
            found.append(Block(label.field, label.text, tuple(gathered), at, label.sure, width))

    text = False
    for at, whole in enumerate(lines):
        first = drafted_label(whole) if whole else None
        if (
            first is None
            and (text or ":" not in whole)
            and len(whole) < _COLLAPSED
            and (not whole or (whole[0].isascii() and whole[0].isalpha()))
        ):
            gathered.append(whole)
            continue
        text = text or (first is None and is_paragraph_start(whole))
        for line in _parted(whole, first, text=text):
            label = first if line == whole else drafted_label(line)
            if label is not None:
                close()
                opened = (label, at)
                gathered = [line[label.end :]]
            else:
                gathered.append(line)
    close()
    return tuple(found)


# `1. (C) Summary`, `¶2. Foo`, `1)`, `(SBU) 1.`: the body has begun.
_PARAGRAPH = re.compile(
    r"[ \t]*(?:¶[ \t]?)?(?:\((?:SBU|U|C|S|LOU)\)[ \t]*)?\(?\d{1,2}[ \t]?[.)](?![\d])"
)
# A class line ends any field of prose, as a caption does: `UNCLAS`, `S E C R E T SECTION 02 OF 03 LIMA 12`.
_CLASS_LINE = re.compile(rf"[ \t]*{LEVEL}(?:[ \t]+SECTION\b.*)?[ \t]*$")
# `SUMMARY`, `Summary:`, `BEGIN SUMMARY`, `INTRODUCTION` alone: the first heading of the body.
_FIRST_HEADING = re.compile(
    r"[ \t]*(?:\([A-Z/]{1,8}\)[ \t]*)?(?:(?:BEGIN[ \t]|EXECUTIVE[ \t])?SUMMARY(?:[ \t](?:AND|&)[ \t].{3,30})?|"
    r"INTRODUCTION|(?:ACTION[ \t])?COMMENT)[ \t]*(?:[:.]|-|$)",
    re.IGNORECASE,
)


# With what it begins: a mark, BEGIN, EXECUTIVE, SUMMARY, INTRODUCTION, ACTION, COMMENT.
_HEADING_BEGINS = frozenset("(BESIACbesiac")


def is_paragraph_start(line: str) -> bool:
    """Whether a line begins with a paragraph's number: `1. (C) ...`, `¶2. ...`."""
    return _PARAGRAPH.match(line) is not None


def ends_prose(line: str) -> bool:
    """Whether a line ends a field of prose: a rule, a page mark, a caption, a paragraph, the first heading."""
    words = line.strip()
    return (
        words.startswith("¶")
        or is_rule(words)
        or _PARAGRAPH.match(line) is not None
        or is_caption_line(words)
        or (words[:1] in LEVEL_LETTERS and _CLASS_LINE.match(line) is not None)
        or (
            (words[:1] in _HEADING_BEGINS or not words[:1].isascii())
            and _FIRST_HEADING.match(line) is not None
        )
        or page_mark(words) is not None
    )
