"""The header's lines by field: what the wire and the drafter wrote before the first paragraph.

Owns the labels. A line either opens a field, or goes on with the open one, or is nothing of the header's. It
must not interpret a field: `indexer.header` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from indexer.marks import is_rule, page_mark

_ROUTE = r"R[UAHXBL][A-Z]{2,6}"
_POSTWORDS = r"[A-Z][A-Z'./-]*(?: [A-Z(][A-Z'./)-]*){0,4}"

# One pattern a field, tried in this order against a line's words. Each opens its field.
_OPENERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # `VZCZCXRO7807`, `VZCZCGZI123 ZDK`: the transmission id of the wire.
    ("transmission", re.compile(r"(?:VZCZ|VVZC|ZCZC)[A-Z0-9]{2,12}\b.{0,40}")),
    # `RR RUEHCN RUEHGH`, `PP RUEHC`, `OO RUEHC RUEKJCS`: precedence and routes; a line of routes alone goes on.
    ("routes", re.compile(rf"(?:[ZOPR]{{2}}\s+)(?:{_ROUTE}(?:\s|$))+")),
    # `DE RUEHGZ #0376/01 0820844`: who sends, message number (its last four digits), Julian day and time.
    ("de", re.compile(r"DE\s+[A-Z]{4,8}\s+#\d{1,6}.{0,30}")),
    # `ZNR UUUUU ZZH`, `ZNY CCCCC ZZH (CCY TEXT)`: the transmission class.
    ("zn", re.compile(r"ZN[RY]\s+[A-Z]{5}\b.{0,60}")),
    # `R 230844Z MAR 07`, `P R 241705Z APR 74 ZFF4`, `301023Z Aug 00`: the date-time group.
    (
        "dtg",
        re.compile(
            r"(?:[ZOPRYM]\s+){0,4}\d{6}Z\s+[A-Za-z]{3}\.?\s*\d{2,4}(?:\s+Z[A-Z]{2,4}\d?)*(?:\s.{0,40})?"
        ),
    ),
    ("from", re.compile(r"FM(?:\s|:).{2,80}")),
    ("to", re.compile(r"TO\s+.{2,80}")),
    ("info", re.compile(r"INFO\b.{0,80}")),
    # NARA's distribution: `ACTION ARA-10`.
    ("action", re.compile(r"ACTION\s+[A-Z/]{1,6}-\d\d.{0,60}")),
    # `UNCLAS SECTION 01 OF 04 GUANGZHOU 000376`, `C O N F I D E N T I A L LA PAZ 9935`, `UNCLAS E F T O QUITO 001`,
    # `LIMITED OFFICIAL USE LA PAZ 1234`, `UNCLASSIFIED POST 2481`, `FINAL SECTION OF 02 TOKYO 1234`.
    (
        "class",
        re.compile(
            r"(?:UNCLAS(?:SIFIED)?|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|(?:T ?O ?P )?S ?E ?C ?R ?E ?T|"
            r"L ?I ?M ?I ?T ?E ?D O ?F ?F ?I ?C ?I ?A ?L U ?S ?E|"
            r"(?:FINAL )?SECTION \d\d OF \d\d)\b(?!/).{0,90}"
        ),
    ),
    # Captions: `SIPDIS`, `NOFORN`, `SENSITIVE`, `NODIS`, alone or together on a line.
    (
        "caveats",
        re.compile(
            r"(?:(?:SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|LIMDIS|STADIS|ROGER CHANNEL|AIDAC|TERREP|CODEL|NSC|EYES ONLY|"
            r"NO DISTRIBUTION|NOT FOR INTERNET DISTRIBUTION)[ ,/]*)+"
        ),
    ),
    # `E.O. 12958: N/A`, `EO 12958 DECL: 01/07/2014`, `E.O.12958:`, `E.0. 11652: GDS` (a zero for the O).
    ("eo", re.compile(r"E\.?\s?[O0]\.?\s*:?\s*\d{5}.*|EXECUTIVE ORDER\s+\d{5}.*", re.IGNORECASE)),
    # `TAGS: PREL, PGOV`, `TAGS ECON ETRD`, `TAG: PREL`.
    ("tags", re.compile(r"TAGS?(?:\s*[:;.]|\s+(?=[A-Z]{2,})).*|TAGS")),
    # `SUBJECT: ...`, `SUBJ: ...`, `Subject: ...`, `SUBJECT - ...`; `SUBJECT` with the colon lost.
    ("subject", re.compile(r"SUBJ(?:ECT)?\s*(?:[:;]|-\s).*|SUBJECT\s+(?=[A-Z(]).*", re.IGNORECASE)),
    # `REF: A) STATE 123`, `REFS: ...`, `REFTEL: ...`, `REFERENCE: ...`, `REF(S): ...`, `REF A: ...`, `REFS A) ...`.
    (
        "references",
        re.compile(
            r"REF(?:S|\(S\)|TELS?|ERENCES?|ERENCE\(S\)|AIRS?)?\s*[:;].*|REFS?\s+\(?[A-Z]\)?\s*[:.)].*|REF(?:S|TELS?|\(S\))?",
            re.IGNORECASE,
        ),
    ),
    # `Classified By: DCM John Doe for reasons 1.4 (b) and (d).`, `CLASSIFIED BY AMBASSADOR ...`.
    (
        "classified_by",
        re.compile(
            r"(?:\d{1,2}\.\s*)?(?:\(\w{1,3}\)\s*)?(?:CLASSIFIED|DERIVED)\s+BY\b.*", re.IGNORECASE
        ),
    ),
    (
        "reasons",
        re.compile(
            r"REASONS?\s*(?:FOR CLASSIFICATION)?\s*:\s*(?:E\.?O|1\.[45]|\(?[A-D]\)).*",
            re.IGNORECASE,
        ),
    ),
    ("declassify", re.compile(r"DECL(?:ASSIFY)?\s*(?:ON)?\s*:.*", re.IGNORECASE)),
    # `STATE FOR EAP/CM`, `DEPT PASS USTR`, `USDOC FOR 4420/ITA`, `FOR SY/PRS ...`, `GENEVA FOR RMA`, `PASS TO ...`.
    (
        "pass",
        re.compile(
            rf"(?:(?:{_POSTWORDS}) )?(?:PASS(?: TO)?|ALSO FOR|FOR)\s+[A-Z(\"].{{0,120}}|"
            r"(?:PLEASE )?PASS (?:TO )?[A-Z].{0,100}"
        ),
    ),
)
# A further addressee: `RUEHC/SECSTATE WASHDC PRIORITY 1234`, `AMEMBASSY BEIJING 5678`, `USDOC WASHDC`.
_ADDRESSEE = re.compile(
    rf"(?:{_ROUTE}(?:/.*)?|"
    r"(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USMISS|USUN|USDEL|USEU|USNATO|SECSTATE|SECDEF|CINC\w*|CDR\w*|"
    r"USCINC\w*|JCS|CIA|NSC|DIA|DEPT|USDOC|USIA|TREASURY|WHITE HOUSE|XMT|ZEN|ALL )\b.*|"
    r"[A-Z][A-Z/ .()'-]+(?: (?:PRIORITY|IMMEDIATE|NIACT IMMEDIATE|ROUTINE))?(?: \d{1,5})?)"
)
# NARA's distribution goes on with offices and copies: `NSAE-00  PA-04  RSC-01`, and ends `/018 W`.
_DISTRIBUTION = re.compile(r"(?:[A-Z/]{1,6}-\d\d[ \t]*)+(?:/\d{2,3} ?W)?.{0,20}|/\d{2,3} W")
# Below it the wire's own stamp: `------------------116772  202132Z /65`, `---------------------     019384`.
_WIRE_STAMP = re.compile(r"-{6,}\s*\d{4,6}.{0,30}")
# NARA prints the distribution office's number alone: `51`, `47-40`.
_OFFICE_NUMBER = re.compile(r"\d{1,2}(?:-\d{1,2})?")
# `1. (C) Classified by ...` is header, any other `1.` is the first paragraph.
_NUMBERED = re.compile(r"(?:¶\s*)?\(?\d{1,3}\s*[.)](?!\d)|\((?:SBU|U|C|S|LOU)\)\s*\d{1,2}\.")

# What may open inside a field of prose: a subject's second line `TO THE FOREIGN MINISTER` opens nothing.
_STRONG = frozenset(
    {"eo", "tags", "subject", "references", "classified_by", "reasons", "declassify"}
)
# How many lines of text may stand between the subject and a late field (`a second REF block further down`).
_LATE_FIELD_REACH = 40

# Fields of prose, whose further lines carry no mark of their own; a blank line ends them.
_MULTILINE = frozenset(
    {"subject", "references", "tags", "eo", "classified_by", "reasons", "declassify", "pass"}
)
_LISTS = frozenset({"to", "info", "from", "action"})


def opened_field(words: str) -> str | None:
    """The header field that a line opens, else None."""
    if not words or len(words) > 4000:
        return None
    for field, pattern in _OPENERS:
        if pattern.fullmatch(words):
            return field
    return None


def _continues(field: str, words: str) -> bool:
    """Whether an unlabelled line goes on with the open field."""
    if field in _LISTS:
        if field in {"action", "info"} and _DISTRIBUTION.fullmatch(words):
            return True
        return field != "action" and _ADDRESSEE.fullmatch(words) is not None
    if field == "routes":
        return re.fullmatch(rf"(?:{_ROUTE}(?:\s+|$))+", words) is not None
    return field in _MULTILINE


def label_header(lines: Sequence[str]) -> list[str | None]:
    """For each line (its words, outer blanks off) the header field it belongs to, None if none.

    Blank lines are None; so is everything from the first numbered paragraph on.
    """
    labels: list[str | None] = [None] * len(lines)
    field: str | None = None
    subject_seen = False
    text_since: int | None = None
    for at, words in enumerate(lines):
        if not words:
            field = field if field in _LISTS else None
            continue
        if text_since is not None and at - text_since > _LATE_FIELD_REACH:
            break
        opened = opened_field(words)
        if opened not in _STRONG and (
            text_since is not None or (field in _MULTILINE and field != "pass")
        ):
            opened = None
        if opened is None and _NUMBERED.match(words) and field != "references":
            break
        subject_seen = subject_seen or opened == "subject"
        if opened is not None:
            field = opened
        elif _WIRE_STAMP.fullmatch(words):
            field = None
            labels[at] = "stamp"
            continue
        elif is_rule(words) or page_mark(words):
            field = None
            continue
        elif _OFFICE_NUMBER.fullmatch(words) and at < 12:
            labels[at] = "stamp"
            continue
        elif field is not None and not _continues(field, words):
            field = None
        if field is None and subject_seen and text_since is None:
            text_since = at
        labels[at] = field
    return labels


@lru_cache(maxsize=16)
def header_fields(text: str) -> dict[str, str]:
    """The text of each header field, first occurrence first, occurrences joined by a line end."""
    lines = [line.strip() for line in text.replace("\xa0", " ").splitlines()]
    found: dict[str, list[str]] = {}
    for words, label in zip(lines, label_header(lines), strict=True):
        if label is not None:
            found.setdefault(label, []).append(words)
    return {label: "\n".join(block) for label, block in found.items()}
