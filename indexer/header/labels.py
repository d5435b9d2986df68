"""Which lines of a page are its header, and to which field each belongs.

Owns the placing of a header's lines: a line opens a field, or goes on with the open one, or is nothing of the header's.
What opens a field is `indexer.grammar.labels`'s. Must not interpret a field: `indexer.header` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.grammar.labels import ROUTE, drafted_label, may_have_label
from indexer.grammar.marks import is_rule, leading_mark
from indexer.header.references.items import is_further_item
from indexer.lines.lines import Line

# A further addressee: `RUEHC/SECSTATE WASHDC PRIORITY 1234`, `AMEMBASSY BEIJING 5678`, `USDOC WASHDC`.
_ADDRESSEE = re.compile(
    rf":?(?:{ROUTE}(?:/.*)?|"
    r"(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USMISS|USUN|USDEL|USEU|USNATO|SECSTATE|SECDEF|CINC\w*|CDR\w*|"
    r"USCINC\w*|JCS|CIA|NSC|DIA|DEPT|USDOC|USIA|TREASURY|WHITE HOUSE|XMT|ZEN|ALL )\b.*|"
    r"[A-Z][A-Z/ .()'-]+(?: (?:PRIORITY|IMMEDIATE|NIACT IMMEDIATE|ROUTINE))?(?: \d{1,5})?)"
)
# A further clearance: `NSC:CDODSON`, `ARA/AND - MRBARNEBEY`, `S/S;LPBREMER`, `EB/OT/STA:RJOHNSON (INFO)`,
# `S/S-O:JSTROOP`.
_CLEARANCE = re.compile(
    r"[A-Z/. ]{1,20}(?:-[A-Z]{1,4})?\s*[:;-]\s*[A-Z. ]{2,30}(?:\(.{1,20}\))?.{0,30}"
)
# A further line of references: it begins with a bullet, or is short and ends with a number: `B. 06 GUANGZHOU 32379`.
_REFERENCE_GOES_ON = re.compile(
    r"¶?[(\[]?[A-Z0-9]{1,2}[).\]:]\s?.*|.{0,70}\d\W*(?:\(?NOTAL\)?\W*)?$"
)
# The line above is not finished: `STATE 123,`, `LA PAZ 44 AND`, `06 RIO`, `MEMO OF`.
_OPEN_END = re.compile(
    r"(?:[,;(/-]|\b(?:AND|OF|TO|FROM|DATED|RIO|SAN|LA|ABU|NEW|PORT|DE|\d{2})|\b[A-Z]+)\s*$"
)
# NARA's distribution goes on with offices and copies: `NSAE-00  PA-04  RSC-01`, and ends `/018 W`.
_DISTRIBUTION = re.compile(r"(?:[A-Z/]{1,6}-\d\d[ \t]*)+(?:/\d{2,3} ?W)?.{0,20}|/\d{2,3} W")
# Below it the wire's own stamp: `------------------116772  202132Z /65`, `---------------------     019384`,
# after 1990 with a hexadecimal number: `------------------A1B2C3  221510Z /38`; the time alone: `------- 111520Z /44`.
_WIRE_STAMP = re.compile(r"-{6,}\s*(?:(?=[0-9A-F]*\d)[0-9A-F]{4,6}\b.{0,30}|\d{6}Z\b.{0,20})")
# NARA prints the distribution office's number alone: `51`, `47-40`, `43/67`, `51 40`.
_OFFICE_NUMBER = re.compile(r"\d{1,2}(?:[-/ ]\d{1,2})?")
# `1. (C) Classified by ...` is header, any other `1.` is the first paragraph.
_NUMBERED = re.compile(r"(?:¶\s*)?\(?\d{1,3}\s*[.)](?!\d)|\((?:SBU|U|C|S|LOU)\)\s*\d{1,2}\.")

# The number that a paragraph has: `2. (C) The tugs`, `¶2.`, `(C) 2. The tugs`.
_NUMBER = re.compile(r"(?:\([A-Z/]{1,8}\)\s*)?(?:¶\s*)?\(?(?P<number>\d{1,3})\s*[.)](?!\d)")
# The fields that the statement of who classified a cable consists of.
_STATEMENT = frozenset({"classified_by", "reasons", "declassify"})

# References numbered instead of lettered: `REFS: 1. MIL. MSG. ...`; otherwise a number is the first paragraph's.
_NUMBERED_ITEMS = re.compile(r"REF[A-Z()]{0,9}\s*[:;]?\s*\(?1[.)]", re.IGNORECASE)

# What may open inside a field of prose: a subject's second line `TO THE FOREIGN MINISTER` opens nothing.
_STRONG = frozenset(
    {"eo", "tags", "subject", "references", "classified_by", "reasons", "declassify"}
)
# How many lines of text may stand between the subject and a late field (`a second REF block further down`).
_LATE_FIELD_REACH = 40

# A subject has four lines at most; what runs on longer is text without a blank line before it.
_LONGEST_SUBJECT = 5
# So many lines in a row that belong to no field are prose, even where no subject came before them.
_PROSE_RUN = 3

# Fields of prose, whose further lines carry no mark of their own; a blank line ends them.
_MULTILINE = frozenset(
    {"subject", "references", "tags", "eo", "classified_by", "reasons", "declassify", "pass"}
)
_LISTS = frozenset({"to", "info", "from", "action", "drafting"})


def _continues(field: str, words: str, above: str) -> bool:
    """Whether an unlabelled line goes on with the open field."""
    if field == "drafting":
        return _CLEARANCE.fullmatch(words) is not None
    if field in _LISTS:
        if field in {"action", "info"} and _DISTRIBUTION.fullmatch(words):
            return True
        return field != "action" and _ADDRESSEE.fullmatch(words) is not None
    if field == "references" and leading_mark(words)[0] not in {
        None,
        "C",
    }:  # `(C)` may be the third item's bullet
        return False
    if field == "references":
        return _REFERENCE_GOES_ON.match(words) is not None or _OPEN_END.search(above) is not None
    if field == "tags":
        return ":" not in words
    if field == "routes":
        return re.fullmatch(rf"(?:{ROUTE}(?:\s+|$))+", words) is not None
    return field in _MULTILINE


def label_header(lines: Sequence[Line | None]) -> list[str | None]:
    """For each line the header field it belongs to, None if none; a line given as None counts as blank.

    Blank lines are None; so is everything from the first numbered paragraph on.
    """
    labels: list[str | None] = [None] * len(lines)
    field: str | None = None
    subject_seen = class_seen = numbered_items = False
    referred = False  # a list of references stands above, and blank lines behind it
    run = 0
    text_since: int | None = None
    above = ""
    for at, line in enumerate(lines):
        if line is None or line.blank:
            above = ""
            referred = referred or field == "references"
            field = field if field in _LISTS else None
            continue
        if referred and text_since is None and is_further_item(line.words):
            # The list goes on behind a blank line or a page mark: `REF: A. GUANGZHOU 370` / `B. 08 BEIJING 4411`.
            field = labels[at] = "references"
            above = line.words
            continue
        if text_since is not None and at - text_since > _LATE_FIELD_REACH:
            break
        words, before, above = line.words, above, line.words
        # In the text only the drafter's labels count, and nearly no line there has one.
        opening = line.opens if text_since is None or may_have_label(words) else None
        # Below the text only a label that is surely one opens a field.
        opened = opening.field if opening and (opening.sure or text_since is None) else None
        if opened not in _STRONG and (
            text_since is not None or (field in _MULTILINE and field not in {"pass", "tags"})
        ):
            opened = None
        if (
            opened is None
            and _NUMBERED.match(words)
            and not (field == "references" and numbered_items)
        ):
            break
        if opened == "references":
            numbered_items = _NUMBERED_ITEMS.match(words) is not None
        subject_seen = subject_seen or opened == "subject"
        if opened is not None:
            field = opened
            referred = False
        elif _WIRE_STAMP.fullmatch(words):
            field = None
            labels[at] = "stamp"
            continue
        elif is_rule(words) or line.page_mark:
            field = None
            continue
        elif _OFFICE_NUMBER.fullmatch(words) and at < 12:
            labels[at] = "stamp"
            continue
        elif field is not None and not _continues(field, words, before):
            field = None
        run = run + 1 if field is None else 0
        class_seen = class_seen or (field == "class" and any(map(str.isdigit, words)))
        if (
            field is None
            and text_since is None
            and (subject_seen or (class_seen and run >= _PROSE_RUN))
        ):
            text_since = at
        labels[at] = field
    return _shorten_subject(labels)


def _shorten_subject(labels: list[str | None]) -> list[str | None]:
    """Takes a subject that runs on and on back to its first line."""
    if "subject" in labels:
        first = labels.index("subject")
        end = next((at for at in range(first, len(labels)) if labels[at] != "subject"), len(labels))
        if end - first > _LONGEST_SUBJECT:
            labels[first + 1 : end] = [None] * (end - first - 1)
    return labels


def numbered_statement(words: Sequence[str], labels: Sequence[str | None]) -> range:
    """The lines of a `Classified by` that is a cable's paragraph as well; none, if it is a field only.

    `1. (U) Classified by DCM Jane Doe.` is paragraph 1 where the next number is 2, as drafters of the 1990s had it.
    Where the text begins with 1 again, has no numbers, or other fields stand below, the number is the field's.
    """
    opens = (
        at
        for at, label in enumerate(labels)
        if label == "classified_by" and (said := drafted_label(words[at])) and said.numbered
    )
    start = next(opens, None)
    own = _NUMBER.match(words[start]) if start is not None else None
    if start is None or own is None:
        return range(0)
    end = start + 1
    while end < len(labels) and labels[end] in _STATEMENT and words[end]:
        end += 1
    if any(label is not None for label in labels[end:]):
        return range(0)
    behind = next((found for line in words[end:] if (found := _NUMBER.match(line))), None)
    follows = behind is not None and int(behind["number"]) == int(own["number"]) + 1
    return range(start, end) if follows else range(0)


def fields_of(lines: Sequence[str], labels: Sequence[str | None]) -> dict[str, str]:
    """The text of each field, by what `label_header` made of the lines: its lines joined by line ends."""
    found: dict[str, list[str]] = {}
    for words, label in zip(lines, labels, strict=True):
        if label is not None:
            found.setdefault(label, []).append(words)
    return {label: "\n".join(block) for label, block in found.items()}
