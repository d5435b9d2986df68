"""Where a field's text stands in whatever piece of a cable one is given: a line, a header, a whole page's text.

Owns the lenient finding of labels, for the functions of `indexer.header`. The strict placing of a page's lines, each in
one segment, is `indexer.header.labels`'s. Must not interpret a field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from indexer.grammar.marks import is_rule, page_mark

# What may stand before a label: a paragraph's number and mark, as in `1. (U) Classified by ...` or `(C) SUBJECT: ...`.
_BEFORE = r"[ \t>*]{0,40}(?:¶?\(?\d{1,7}[.)][ \t]{0,4})?(?:¶[ \t]?)?(?:\([A-Z/]{1,8}\)[ \t]{0,4})?"
# The labels, each with a colon or another sign that it is one:
# `SUBJECT:`, `SUBJ:`, `Subject -`, `SUBJECT (C):`, `USBJ:`, `SUBEJCT:` and `XIBJ:` (damaged), `SUBJECT FOO` (colon
# lost, capitals only);
_SUBJECT = (
    r"(?:S\.?U\.?B\.?J\.?(?:ECTS?)?|USBJ(?:ECT)?|S[UBJEC]{3,7}TS?|SUBJET|[A-Z]{2}BJ)"
    r"[ \t]{0,4}(?:\([A-Z/]{1,8}\)[ \t]{0,4})?(?:[:;]|-{2,3}|[-.](?=[ \t]))|"
    r"(?-i:SUBJ(?:ECT)?)[ \t]{1,8}(?=(?-i:[A-Z(\"'0-9]))"
)
# `TAGS:`, `TAGS ECON ETRD`, `TAG: PREL`, `TAGS` alone on its line;
_TAGS = r"(?:TAGS?|T\.A\.G\.S\.?)(?:[ \t]{0,4}[:;.-]|[ \t]*$)|(?-i:TAGS?)(?=[ \t]+(?-i:[A-Z(]))"
# `REF:`, `REFS:`, `REF(S):`, `Reftel:`, `REFERENCES:`, `REF A)`, `REF: (A)`, `REF.`, `REF` alone, `REF STATE 12`;
_REF_WORD = r"REF(?:S|\(S\)|TELS?|TEL\(S\)|ERENCES?|ERENCE\(S\)|AIRS?|ERENCED CABLES?)?"
_REFERENCES = (
    rf"{_REF_WORD}[ \t]{{0,4}}[:;]|{_REF_WORD}[ \t]{{0,4}}[.-]+(?=[ \t]*[(\[A-Z0-9])|{_REF_WORD}[ \t]*$|"
    r"(?-i:REFS?)[ \t]+(?=\(?[A-Z][).:][ \t])|(?-i:REFS?)[ \t]*(?=[\[(][A-Z][\])])|"
    r"(?-i:REF(?:S|TELS?|ERENCES?)?)[ \t]+(?=(?-i:(?:\d\d[ \t]?)?[A-Z][A-Z .]{2,24}\d{2,}))"
)
# `E.O. 12958: N/A`, `EO 12958`, `E.0. 11652`, `E.O: 12958`, `Executive Order 12958`;
_ORDER = r"E\.?[ \t]?[O0]\.?[ \t]{0,4}:?[ \t]{0,4}\d{4,5}|EXECUTIVE[ \t]ORDER[ \t:]{1,4}\d{5}|E\.O\.[ \t]*:"
# `Classified By: ...`, `CLASSIFIED BY AMBASSADOR`, `Classifier:`, `CLASSIFED BY`, `This message was classified by`;
_CLASSIFIED = (
    r"(?:(?:THIS[ \t])?(?:MESSAGE|CABLE|TELEGRAM|DOCUMENT)[ \t](?:IS[ \t]|WAS[ \t]|HAS[ \t]BEEN[ \t])?)?"
    r"(?:CLASS?IF?I?E?D|CLASS(?:\.|IFICATION)?|DERIVED|CLASSIFIE)[ \t-]{1,4}BY\b|CLASSIFI(?:ED|ER)[ \t]{0,4}:|"
    r"CLASSIFYING[ \t](?:OFFICER|AUTHORITY)\b"
)
# `REASON: 1.4 (B)`, `Reasons for classification: ...`; `DECLASSIFY ON:`, `DECL: 01/07/2014`.
_REASON = r"REASONS?(?:\(S\))?(?:[ \t](?:FOR[ \t])?CLASSIF(?:ICATION|IED))?[ \t]{0,4}[:;]|DERIVED[ \t]FROM\b"
_DECLASSIFY = r"DECL(?:ASSIF(?:Y|IED|ICATION)|\.)?(?:[ \t](?:ON|DATE|UPON))?[ \t]{0,4}[:;]|DECLASSIFY[ \t]ON\b"
# Any of the labels at a line's start.
_LABEL = re.compile(
    rf"{_BEFORE}(?:(?P<subject>{_SUBJECT})|(?P<tags>{_TAGS})|(?P<references>{_REFERENCES})|(?P<eo>{_ORDER})|"
    rf"(?P<classified_by>{_CLASSIFIED})|(?P<reasons>{_REASON})|(?P<declassify>{_DECLASSIFY}))",
    re.IGNORECASE,
)
# The first two letters of labels, and `BJ` of a damaged one: spares most lines the pattern.
_FIRST_LETTERS = frozenset(
    {
        "SU",
        "S.",
        "US",
        "TA",
        "T.",
        "RE",
        "E.",
        "EO",
        "E ",
        "E0",
        "EX",
        "CL",
        "DE",
        "TH",
        "ME",
        "CA",
        "TE",
        "DO",
    }
)
# A label inside a line: `E.O. 12958: N/A TAGS: PREL SUBJECT: ...`, as collapsed text has it.
_INNER = re.compile(
    r"(?<=[ \t])(?=(?:TAGS|SUBJ(?:ECT)?|Subj(?:ect)?|"
    r"REF(?:S|TELS?|\(S\)|ERENCES?)?|Ref(?:s|tels?)?|E\.O\. \d{5})[ \t]?:|"
    r"(?:CLASSIFIED BY|Classified [Bb]y)[: ]|¶ ?[1-9]\. (?=\()|(?<=[^:\s][ \t])¶ ?[1-9]\. )"
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
# A label whose colon stands on the next line: `SUBJECT` / `: FOO`; the lines stay as many.
_PARTED_COLON = re.compile(r"^(?P<label>(?:SUBJECT|TAGS|REF) ?)\n:", re.IGNORECASE | re.MULTILINE)


class Block(NamedTuple):
    """A label and what follows it: `lines[0]` is the rest of the label's line, the others are whole.

    `label` is as printed, `sure` is False for one without a colon; `at` is the number of its line in the text.
    """

    field: str
    label: str
    lines: tuple[str, ...]
    at: int
    sure: bool


@lru_cache(maxsize=32)
def clean_lines(text: str) -> tuple[str, ...]:
    """The lines without blanks at their ends; of a text with a blank line behind each line, those are left out.

    Some pages leave a backslash before a line end: it goes too. Hard blanks and tabs are made blanks.
    """
    soft = text.replace("\xa0", " ").replace("\t", " ")
    if "\n:" in soft:
        soft = _PARTED_COLON.sub(r"\n\g<label>:", soft)
    return tuple(
        _single_spaced(
            [line.rstrip(" \r").removesuffix("\\").rstrip() for line in soft.split("\n")]
        )
    )


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


def _may_open(line: str) -> bool:
    start = line.lstrip()[:6].upper()
    return start[:2] in _FIRST_LETTERS or not start[:1].isalpha() or "BJ" in start


def _parted(line: str) -> list[str]:
    """A line cut before the labels that stand inside it."""
    if len(line) >= _COLLAPSED:
        line = _INNER_PARAGRAPH.sub("\n", line)
    elif not _LABEL.match(line) and not _TELEGRAM_NUMBER.match(line):
        return [line]
    if " 1. " in line or "¶" in line:
        line = _PARAGRAPH_BEHIND.sub("\n", line)
    return [piece for part in line.split("\n") for piece in _INNER.split(part)]


@lru_cache(maxsize=32)
def blocks(text: str) -> tuple[Block, ...]:
    """Every label of a text with the lines up to the next one, in order."""
    found: list[Block] = []
    start: tuple[str, str, int, bool] | None = None
    gathered: list[str] = []
    at = 0

    def close() -> None:
        if start is not None:
            found.append(Block(start[0], start[1], tuple(gathered), start[2], start[3]))

    for whole in clean_lines(text):
        if not whole or (not _may_open(whole) and len(whole) < _COLLAPSED):
            gathered.append(whole)
            at += 1
            continue
        for line in _parted(whole):
            match = _LABEL.match(line)
            if match is not None and match.lastgroup is not None:
                close()
                label = match[match.lastgroup]
                start = (match.lastgroup, label, at, label.rstrip()[-1:] in ":;.-)")
                gathered = [line[match.end() :]]
            else:
                gathered.append(line)
        at += 1
    close()
    return tuple(found)


@lru_cache(maxsize=32)
def _by_field(text: str) -> Mapping[str, tuple[Block, ...]]:
    found: dict[str, list[Block]] = {}
    for block in blocks(text):
        found.setdefault(block.field, []).append(block)
    return {field: tuple(several) for field, several in found.items()}


def blocks_of(text: str, field: str) -> tuple[Block, ...]:
    """The blocks of one field, in order."""
    return _by_field(text).get(field, ())


# `1. (C) Summary`, `¶2. Foo`, `1)`, `(SBU) 1.`: the body has begun.
_PARAGRAPH = re.compile(
    r"[ \t]*(?:¶[ \t]?)?(?:\((?:SBU|U|C|S|LOU)\)[ \t]*)?\(?\d{1,2}[ \t]?[.)](?![\d])"
)
# A line that is a caption or a class line ends any field of prose.
_CAPTION = re.compile(
    r"[ \t]*(?:(?:SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|LIMDIS|STADIS)[ ,/]*)+$|"
    r"[ \t]*(?:UNCLAS(?:SIFIED)?|C O N F I D E N T I A L|S E C R E T|CONFIDENTIAL|SECRET)(?:[ \t]+SECTION\b.*)?[ \t]*$"
)
# `SUMMARY`, `Summary:`, `BEGIN SUMMARY`, `INTRODUCTION` alone: the first heading of the body.
_FIRST_HEADING = re.compile(
    r"[ \t]*(?:\([A-Z/]{1,8}\)[ \t]*)?(?:(?:BEGIN[ \t]|EXECUTIVE[ \t])?SUMMARY(?:[ \t](?:AND|&)[ \t].{3,30})?|"
    r"INTRODUCTION|(?:ACTION[ \t])?COMMENT)[ \t]*(?:[:.]|-|$)",
    re.IGNORECASE,
)


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
        or _CAPTION.match(line) is not None
        or _FIRST_HEADING.match(line) is not None
        or page_mark(words) is not None
    )
