"""The labels of a header's fields: how each is spelled, and whether a line opens one.

Owns every spelling of a label, those that slips have made too. A label says that a field begins, never what is in it:
`indexer.header` reads the fields. The forms of the wire's own lines are those of ACP 127, as 5 FAH-2 H-320 tells them;
the drafter's fields are those of 5 FAH-1 H-230.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.posts import post_by_spelling
from corpus.table_files import read_table
from corpus.tags import tag
from indexer.grammar.near_words import one_slip_from, slips
from indexer.grammar.vocabulary import CAPTION, LEVEL, is_caption_line

# A routing indicator of the allied networks: `RUEHC`, `RHMFISS`.
ROUTE = r"R[UAHXBL][A-Z]{2,6}"

# The wire's lines, one pattern a field, tried in this order against a line's words. The letters in front are those a
# line of the field can begin with, so that a line of prose is tried against few patterns.
_WIRE: tuple[tuple[str, str, str], ...] = (
    # `VZCZCXRO7807`, `VZCZCGZI123 ZDK`: the transmission id of the wire.
    ("transmission", "VZ", r"(?:VZCZ|VVZC|ZCZC)[A-Z0-9]{2,12}\b.{0,40}"),
    # `RR RUEHCN RUEHGH`, `PP RUEHC`, `OO RUEHC RUEKJCS`: precedence and routes; a line of routes alone goes on.
    ("routes", "ZOPR", rf"(?:[ZOPR]{{2}}\s+)(?:{ROUTE}(?:\s|$))+"),
    # `DE RUEHGZ #0376/01 0820844`: who sends, message number (its last four digits), Julian day and time.
    ("de", "D", r"DE\s+[A-Z]{4,8}\s+#\d{1,6}.{0,30}"),
    # `ZNR UUUUU ZZH`, `ZNY CCCCC ZZH (CCY TEXT)`: the transmission class.
    ("zn", "Z", r"ZN[RY]\s+[A-Z]{5}\b.{0,60}"),
    # `R 230844Z MAR 07`, `P R 241705Z APR 74 ZFF4`, `301023Z Aug 00`, `P230844ZMARCH2007`: the date-time group.
    (
        "dtg",
        "ZOPRYM0123",
        r"(?:[ZOPRYM]\s*){0,4}[\dO]{6}\s?[A-IK-Zz]\s*[A-Za-z0]{3,9}\.?\s*[\dO]{2,4}[A-Z]?"
        r"(?:\s+Z[A-Z]{2,4}\d?)*(?:\s.{0,40})?",
    ),
    ("from", "F", r"FM(?:\s|:).{2,80}"),
    ("to", "T", r"TO\s+.{2,80}"),
    ("info", "I", r"INFO\b.{0,80}"),
    # NARA's distribution: `ACTION ARA-10`, `ORIGIN ARA-15`; the Department's of the 1980s: `ACTION: ARA-00`.
    ("action", "AO", r"(?:ACTION|ORIGIN):?\s+[A-Z/]{1,6}-\d\d.{0,60}"),
    # Who wrote and cleared it, in telegrams of the Department: `DRAFTED BY ARA/AND/B - PBTAYLOR:LEE`,
    # `APPROVED BY ARA:SEATON`.
    (
        "drafting",
        "DACT",
        r"(?:DRAFTED|APPROVED|CLEARED|TEXT RECEIVED|AUTHORIZED)\s+(?:BY|FROM)\b.{0,80}",
    ),
    # `UNCLAS SECTION 01 OF 04 GUANGZHOU 000376`, `C O N F I D E N T I A L LA PAZ 9935`, `UNCLAS E F T O QUITO 001`,
    # `LIMITED OFFICIAL USE LA PAZ 1234`, `UNCLASSIFIED POST 2481`, `FINAL SECTION OF 02 TOKYO 1234`; behind strokes,
    # where a mere marking has captions alone, with its number: `S E C R E T//NOFORN LA PAZ 413`.
    (
        "class",
        "UCTSLF",
        rf"(?:{LEVEL}|(?:FINAL )?SECTION \d\d OF \d\d\b)(?!/).{{0,90}}|"
        rf"{LEVEL}/{{1,2}}\s*(?:(?:{CAPTION}|NF)\b[ /,]*)+(?:SECTION \d\d OF \d\d )?"
        r"[A-Z][A-Z'. -]{1,30} \d{2,8}\b.{0,40}",
    ),
)
# By letter, the patterns of the fields as one: what it finds is the first of them that fits.
_WIRE_BY_LETTER = {
    letter: re.compile(
        "|".join(
            f"(?P<{field}>{pattern})" for field, letters, pattern in _WIRE if letter in letters
        )
    )
    for letter in frozenset("".join(letters for _, letters, _ in _WIRE))
}

# The drafter's labels, each with a colon or another sign that it is one, or in capitals before what is like its field.
# `SUBJECT:`, `SUBJ:`, `Subject -`, `SUBJECT (C):`, `USBJ:`, `SUBEJCT:` and `XIBJ:` (damaged), `SUBJECT FOO` (colon
# lost, capitals only), and with its letters apart, as the wire spaces words: `S U B J E C T:`, `SUB JECT:`;
_SUBJECT = (
    r"S ?U ?B ?J(?: ?E ?C ?T)?[ \t]?:|"
    r"(?:S\.?U\.?B\.?J\.?(?:ECTS?)?|USBJ(?:ECT)?|S[UBJEC]{3,7}TS?|SUBJET|[A-Z]{2}BJ(?:ECT)?)"
    r"[ \t]{0,4}(?:\([A-Z/]{1,8}\)[ \t]{0,4})?(?:[:;]|-{2,3}|[-.](?=[ \t]))|"
    r"(?-i:SUBJ(?:ECT)?)[ \t]{1,8}(?=(?-i:[A-Z(\"'0-9]))"
)
# `TAGS:`, `TAGS ECON ETRD`, `TAG: PREL`, `TAGS` alone on its line, `tags ECON ETRD`, `T AGS:`;
_TAGS = (
    r"T ?A ?G ?S[ \t]?:|"
    r"(?:TAGS?|T\.A\.G\.S\.?)(?:[ \t]{0,4}[:;.-]|[ \t]*$)|(?-i:TAGS?)(?=[ \t]+(?-i:[A-Z(]))|"
    r"TAGS?(?=[ \t]+(?-i:[A-Z]{4})\b)"
)
# `REF:`, `REFS:`, `REF(S):`, `Reftel:`, `REFERENCES:`, `REF A)`, `REF: (A)`, `REF.`, `REF.:`, `REF` alone,
# `REF STATE 12`, `R EF:`;
_REF_WORD = r"REF(?:S|\(S\)|TELS?|TEL\(S\)|ERENCES?|ERENCE\(S\)|AIRS?|ERENCED CABLES?)?"
_REFERENCES = (
    r"R ?E ?F(?: ?S)?[ \t]?:|"
    rf"{_REF_WORD}\.?[ \t]{{0,4}}[:;]|{_REF_WORD}[ \t]{{0,4}}[.-]+(?=[ \t]*[(\[A-Z0-9])|{_REF_WORD}[ \t]*$|"
    r"(?-i:REFS?)[ \t]+(?=\(?[A-Z][).:][ \t])|(?-i:REFS?)[ \t]*(?=[\[(][A-Z][\])])|"
    r"(?-i:REF(?:S|TELS?|ERENCES?)?)[ \t]+(?=(?-i:(?:\d\d[ \t]?)?[A-Z][A-Z .]{2,24}\d{2,}))"
)
# `E.O. 12958: N/A`, `EO 12958`, `E.0. 11652`, `E.OM 11652`, `E.O: 12958`, `Executive Order 12958`, `E.O. XGDS`;
_ORDER = (
    r"W?E[.,]?[ \t]?[O0][.,M]?[ \t]{0,4}:?[ \t]{0,4}\d{4,5}|EXECUTIVE[ \t]ORDER[ \t:]{1,4}\d{5}|E\.O\.[ \t]*:|"
    r"E\.O\.[ \t]+(?=XGDS|GDS|N/A)"
)
# `Classified By: ...`, `CLASSIFIED BY AMBASSADOR`, `Classifier:`, `CLASSIFED BY`, `This message was classified by`;
# The word in any of the spellings that typists give it: `CLASSFIED`, `CLASIFIED`, `CLASSIFED`.
CLASSIFIED_WORD = r"CLA[SIFED]{3,9}"
_CLASSIFIED = (
    r"(?:(?:THIS[ \t])?(?:MESSAGE|CABLE|TELEGRAM|DOCUMENT)[ \t](?:IS[ \t]|WAS[ \t]|HAS[ \t]BEEN[ \t])?)?"
    rf"(?:{CLASSIFIED_WORD}|CLASS(?:\.|IFICATION)?|DERIVED|CLASSIFIE)"
    r"[ \t-]{1,4}BY\b|CLASSIFI(?:ED|ER)[ \t]{0,4}:|CLASSIFYING[ \t](?:OFFICER|AUTHORITY)\b"
)
# `REASON: 1.4 (B)`, `Reasons for classification: ...`; `DECLASSIFY ON:`, `DECL: 01/07/2014`.
_REASON = r"REASONS?(?:\(S\))?(?:[ \t](?:FOR[ \t])?CLASSIF(?:ICATION|IED))?[ \t]{0,4}[:;]|DERIVED[ \t]FROM\b"
_DECLASSIFY = r"DECL(?:ASSIF(?:Y|IED|ICATION)|\.)?(?:[ \t](?:ON|DATE|UPON))?[ \t]{0,4}[:;]|DECLASSIFY[ \t]ON\b"
# What may stand before one: a paragraph's number and mark, as in `1. (U) Classified by ...`, `(C) SUBJECT: ...`, or
# what the mark says in words: `1. CONFIDENTIAL - ENTIRE TEXT. CLASSIFIED BY ...`.
_ENTIRE_TEXT = (
    rf"(?:{LEVEL}[ \t]{{0,3}}[-:,]?[ \t]{{0,3}}ENTIRE[ \t](?:TEXT|MESSAGE|CABLE)[. \t]{{0,4}})?"
)
_NUMBER_AND_MARK = (
    r"[ \t>*]{0,40}(?:¶?\(?\d{1,7}[.)][ \t]{0,4})?(?:¶[ \t]?)?(?:\([A-Z/]{1,8}\)[ \t]{0,4})?"
)
_BEFORE = re.compile(_NUMBER_AND_MARK, re.IGNORECASE)
_DRAFTED = re.compile(
    rf"(?P<before>{_NUMBER_AND_MARK}{_ENTIRE_TEXT})(?:(?P<subject>{_SUBJECT})|(?P<tags>{_TAGS})|(?P<references>{_REFERENCES})|(?P<eo>{_ORDER})|"
    rf"(?P<classified_by>{_CLASSIFIED})|(?P<reasons>{_REASON})|(?P<declassify>{_DECLASSIFY}))",
    re.IGNORECASE,
)
# How the labels begin, and what is said before one (`THIS MESSAGE ...`): spares most lines the long pattern.
_LABEL_STARTS = frozenset(
    {
        "SUB",
        "S.U",
        "USB",
        "TAG",
        "T.A",
        "REF",
        "REA",
        "EXE",
        "DEC",
        "DER",
        "CLA",
        "THI",
        "MES",
        "CAB",
        "TEL",
        "DOC",
    }
)
_SUBJECT_LETTERS = frozenset("UBJEC")
# What a label with its letters apart begins with, and how long it is with its colon: `S U B J E C T :`.
_SPACED_LETTERS, _LONGEST_SPACED = frozenset("STR"), 16
_ORDER_LETTERS, _LEVEL_LETTERS = frozenset("EW"), frozenset("UCSLT")
_ORDER_STARTS = re.compile(r"W?E[.,]?[ \t]?[O0]", re.IGNORECASE)
# What has to stand behind `Reason:`, which begins sentences too.
_REASON_GIVEN = re.compile(r"[ \t]*(?:E\.?O|1[ ]?\.[ ]?[45]|\(?[A-D]\))", re.IGNORECASE)
# What a label is surely one by: the sign behind it.
_SIGNS = frozenset(":;.-)")
_LONGEST_REMEMBERED = 200  # characters: more than a line of the wire has
_LONGEST_LINE = 4000  # characters: text collapsed into one line
# A line that passes the message on: `STATE FOR EAP/CM`, `DEPT PASS USTR`, `USDOC FOR 4420/ITA`, `FOR SY/PRS ...`,
# `FOR: CU/ARA`, `GENEVA FOR RMA`, `PASS TO ...`. In telegrams of capitals any sentence may have FOR in it, so what
# stands before it must be an office or a post.
_PASS = re.compile(
    r"(?:(?P<office>[A-Z][A-Z'./,-]*(?: [A-Z(][A-Z'./,)-]*){0,4}) )?"
    r"(?:PLEASE )?(?:PASS(?: TO)?|ALSO FOR|FOR)[\s:]\s*[A-Z0-9(\"].{0,120}"
)
# The start of a sentence: `FOR THE RECORD, I WOULD LIKE ...`.
_SENTENCE_FOR = re.compile(
    r"FOR (?:THE|A|AN|ALL|THIS|THAT|THESE|OUR|YOUR|MANY|SOME|ITS|HIS|HER|THEIR|MORE|EXAMPLE|NOW)\b"
)
# Agencies and other readers that a line may pass the message to: `DEPT`, `USDOC`, `WHITE HOUSE`.
_OFFICES = frozenset(row["as_written"] for row in read_table("agencies"))


# A label that a typist's slip made another word, by the sign behind it: `UBJECT:`, `TGAS:`, `TAGS,`, `REFERNCES:`,
# `CLASSFIED BY:`. For TAGS, whose slips are words too (`BAGS:`), a tag has to follow.
_LIKE_LABEL = re.compile(
    r"[ \t]*(?P<word>[A-Za-z0-9]{3,10}+)(?P<behind>[ \t]+(?:BY|By|by)\b[ \t]*[:;]?|[ \t]{0,3}[:;,.])"
)
_TAG_BEHIND = re.compile(r"[ \t]*(?P<first>[A-Z]{2,5})\b[ ,;]*(?P<second>[A-Z]{2,5}\b)?")
_SLIPPED = {
    "SUBJECT": "subject",
    "SUBJ": "subject",
    "TAGS": "tags",
    "REFTEL": "references",
    "REFTELS": "references",
    "REFERENCE": "references",
    "REFERENCES": "references",
    "CLASSIFIED": "classified_by",
}
_LABEL_SLIPS = slips(_SLIPPED)
# Ordinary words, one letter away from a label.
_NO_SLIPS = frozenset(
    {"SUBJECTED", "PREFERENCE", "PREFERENCES", "DECLASSIFIED", "SUB", "TAG", "TAGGED"}
)


class Label(NamedTuple):
    """A label of the drafter's: its field, as printed, where what it announces begins in the line, whether it is sure.

    One is sure that has a colon or another sign, or is the number of an executive order.
    """

    field: str
    text: str
    end: int
    sure: bool
    numbered: bool


def may_be_drafted(line: str) -> bool:
    """Whether a line is worth a look for a drafter's label: nearly all are not, which their first letters say."""
    first = line[:1]
    if not (first.isascii() and first.isalpha()):
        return first != ""
    return _begins_like_label(line) or _LIKE_LABEL.match(line) is not None


def may_have_label(words: str) -> bool:
    """Whether a line may open a field of the drafter's, by a label at its start or, behind the wire's words, in it."""
    return may_be_drafted(words) or "E.O." in words or "TAGS:" in words


def _begins_like_label(line: str) -> bool:
    """Whether a line begins as one with a label does, behind a number and a mark: all that have one do."""
    at = 0
    if not line[:1].isalpha() and (before := _BEFORE.match(line)):
        at = before.end()
    start = line[at : at + 4].upper()
    if start[:3] in _LABEL_STARTS or start[2:] == "BJ":
        return True
    if " " in start[1:3] and start[0] in _SPACED_LETTERS:
        return line.find(":", at, at + _LONGEST_SPACED) > 0
    first = start[:1]
    if first == "S" and _SUBJECT_LETTERS.issuperset(start[1:]):
        return True
    if first in _ORDER_LETTERS and _ORDER_STARTS.match(line, at):
        return True
    return first in _LEVEL_LETTERS and "ENTIRE" in line.upper()


@lru_cache(maxsize=4096)
def _slipped(word: str) -> str | None:
    """The field of the label that a word in capitals misses by one slip, None without one."""
    if word in _NO_SLIPS:
        return None
    return next((_SLIPPED[each] for each in one_slip_from(word, _LABEL_SLIPS)), None)


def _is_slip(line: str) -> tuple[str, re.Match[str]] | None:
    """The field of a label that is misspelt, and where it stands."""
    match = _LIKE_LABEL.match(line)
    if match is None:
        return None
    word = match["word"].upper()
    field = _slipped(word)
    if field is None:
        return None
    by = match["behind"].strip().upper().startswith("BY")
    if by is not (field == "classified_by"):
        return None
    if field == "tags":
        behind = _TAG_BEHIND.match(line, match.end())
        first, second = (behind["first"], behind["second"]) if behind else ("", None)
        known = tag(first) is not None and (
            len(first) > 3 or second is None or tag(second) is not None
        )
        return (field, match) if known else None
    # Prose has such words before a comma or a full stop, and in small letters.
    sure = match["behind"].strip() in {":", ";"} and (
        word == match["word"] or match["word"].istitle()
    )
    return (field, match) if sure or by else None


def drafted_label(line: str) -> Label | None:
    """The drafter's label at a line's start, behind a paragraph's number too; None without one.

    `SUBJECT: FOO` is the label `SUBJECT:` of the field `subject`; the fields are `subject`, `tags`, `references`, `eo`,
    `classified_by`, `reasons` and `declassify`.
    """
    return _remembered(line) if len(line) <= _LONGEST_REMEMBERED else _read_label(line)


@lru_cache(maxsize=512)
def _remembered(line: str) -> Label | None:
    """The label of a line, which the placing of a header and each reading of its fields ask for."""
    return _read_label(line)


def _read_label(line: str) -> Label | None:
    match = _DRAFTED.match(line) if _begins_like_label(line) else None
    if match is None or match.lastgroup is None:
        slip = _is_slip(line)
        if slip is None:
            return None
        field, found = slip
        return Label(field, found.group().lstrip(), found.end(), True, False)
    text = match[match.lastgroup]
    return Label(
        match.lastgroup,
        text,
        match.end(),
        text.rstrip()[-1:] in _SIGNS,
        any(map(str.isdigit, match["before"])),
    )


def opened_label(words: str) -> Label | None:
    """The drafter's label that opens a field on this line of a header; None if the line opens none.

    A paragraph's number may precede none but `Classified By`; reasons have to follow on `Reason:`.
    """
    # Behind a number or a mark a label has its colon, or is `Classified By`.
    if not words[:1].isalpha() and ":" not in words[:60] and "BY" not in words[:90].upper():
        return None
    label = drafted_label(words)
    if label is None or (label.numbered and label.field != "classified_by"):
        return None
    if label.field == "reasons" and not _REASON_GIVEN.match(words, label.end):
        return None
    return label


# Fields behind a few words of the wire's that are none of its lines: `SIPDIS E.O. 12958: N/A TAGS: ETRD KIPR CH`.
_INNER_ORDER = re.compile(r"[A-Z0-9 ,/.()-]{1,80}? (?:(?P<order>E\.O\. ?\d{5}:)|TAGS: ?[A-Z]{2})")


class Opening(NamedTuple):
    """What a line opens: the header field, and whether surely so, or by a word that may stand in prose too.

    Fields of the wire: `transmission`, `routes`, `de`, `zn`, `dtg`, `from`, `to`, `info`, `action`, `drafting`,
    `class`, `caveats`, `pass`; of the drafter: see `drafted_label`.
    """

    field: str
    sure: bool


_SURE = {field: Opening(field, True) for field in (*(row[0] for row in _WIRE), "caveats", "pass")}


def opening(words: str) -> Opening | None:
    """The header field that a line (outer blanks off) opens, None if it opens none."""
    if not words or len(words) > _LONGEST_LINE:
        return None
    wire = _WIRE_BY_LETTER.get(words[0])
    if wire is not None and (match := wire.fullmatch(words)) and match.lastgroup:
        return _SURE[match.lastgroup]
    if is_caption_line(words):
        return _SURE["caveats"]
    label = opened_label(words)
    if label is not None:
        return Opening(label.field, label.sure or label.field == "eo")
    if ("FOR" in words or "PASS" in words) and _passes_on(words):
        return _SURE["pass"]
    inner = _INNER_ORDER.search(words) if "E.O." in words or "TAGS:" in words else None
    return Opening("eo" if inner["order"] else "tags", True) if inner else None


def opened_field(words: str) -> str | None:
    """The name of the field that a line opens, None if it opens none."""
    opened = opening(words)
    return opened.field if opened else None


# A class line with its message's number, which no sentence has: `UNCLAS SECTION 01 OF 02 LIMA 000412 SIPDIS`,
# `C O N F I D E N T I A L NOFORN LA PAZ 12`.
_NUMBERED_CLASS = re.compile(
    rf"{LEVEL}[ /,]*(?:{CAPTION}[ /,]*)*(?:SECTION +\d{{1,2}} +OF +\d{{1,2}} +)?[A-Z][A-Z'. -]{{1,30}} \d{{2,8}}\b.*"
)


def is_class_line(words: str) -> bool:
    """Whether a line is the class line of a message, its post and number with it."""
    return _NUMBERED_CLASS.fullmatch(words) is not None


def _passes_on(words: str) -> bool:
    match = _PASS.fullmatch(words)
    if match is None:
        return False
    office = (match["office"] or "").replace(",", " ").strip()
    if not office:
        return _SENTENCE_FOR.match(words) is None
    # An office's own symbol: `S/S`, `AF/S`, `EUR`.
    symbol = " " not in office and ("/" in office or len(office) <= 4)
    known = (
        symbol
        or office in _OFFICES
        or office.split("/")[0] in _OFFICES
        or office.split()[0] in _OFFICES
    )
    return known or post_by_spelling(office) is not None
