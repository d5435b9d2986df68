"""The header's lines by field: what the wire and the drafter wrote before the first paragraph.

Owns the labels. A line either opens a field, or goes on with the open one, or is nothing of the header's. It
must not interpret a field: `indexer.header` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.posts import post_by_spelling
from indexer.grammar.marks import is_rule, leading_mark, page_mark

_ROUTE = r"R[UAHXBL][A-Z]{2,6}"

# One pattern a field, tried in this order against a line's words; each opens its field. The letters in front are those
# a line of the field can begin with, so that a line of prose is tried against few patterns.
_OPENERS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    # `VZCZCXRO7807`, `VZCZCGZI123 ZDK`: the transmission id of the wire.
    ("transmission", "VZ", re.compile(r"(?:VZCZ|VVZC|ZCZC)[A-Z0-9]{2,12}\b.{0,40}")),
    # `RR RUEHCN RUEHGH`, `PP RUEHC`, `OO RUEHC RUEKJCS`: precedence and routes; a line of routes alone goes on.
    ("routes", "ZOPR", re.compile(rf"(?:[ZOPR]{{2}}\s+)(?:{_ROUTE}(?:\s|$))+")),
    # `DE RUEHGZ #0376/01 0820844`: who sends, message number (its last four digits), Julian day and time.
    ("de", "D", re.compile(r"DE\s+[A-Z]{4,8}\s+#\d{1,6}.{0,30}")),
    # `ZNR UUUUU ZZH`, `ZNY CCCCC ZZH (CCY TEXT)`: the transmission class.
    ("zn", "Z", re.compile(r"ZN[RY]\s+[A-Z]{5}\b.{0,60}")),
    # `R 230844Z MAR 07`, `P R 241705Z APR 74 ZFF4`, `301023Z Aug 00`: the date-time group.
    (
        "dtg",
        "ZOPRYM0123",
        re.compile(
            r"(?:[ZOPRYM]\s+){0,4}[\dO]{6}Z\s+[A-Za-z]{3}\.?\s*[\dO]{2,4}[A-Z]?(?:\s+Z[A-Z]{2,4}\d?)*(?:\s.{0,40})?"
        ),
    ),
    ("from", "F", re.compile(r"FM(?:\s|:).{2,80}")),
    ("to", "T", re.compile(r"TO\s+.{2,80}")),
    ("info", "I", re.compile(r"INFO\b.{0,80}")),
    # NARA's distribution: `ACTION ARA-10`, `ORIGIN ARA-15`.
    ("action", "AO", re.compile(r"(?:ACTION|ORIGIN)\s+[A-Z/]{1,6}-\d\d.{0,60}")),
    # Who wrote and cleared it, in telegrams of the Department: `DRAFTED BY ARA/AND/B - PBTAYLOR:LEE`,
    # `APPROVED BY ARA:SEATON`.
    (
        "drafting",
        "DACT",
        re.compile(r"(?:DRAFTED|APPROVED|CLEARED|TEXT RECEIVED|AUTHORIZED)\s+(?:BY|FROM)\b.{0,80}"),
    ),
    # `UNCLAS SECTION 01 OF 04 GUANGZHOU 000376`, `C O N F I D E N T I A L LA PAZ 9935`, `UNCLAS E F T O QUITO 001`,
    # `LIMITED OFFICIAL USE LA PAZ 1234`, `UNCLASSIFIED POST 2481`, `FINAL SECTION OF 02 TOKYO 1234`.
    (
        "class",
        "UCTSLF",
        re.compile(
            r"(?:UNCLAS(?:SIFIED)?|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|(?:T ?O ?P )?S ?E ?C ?R ?E ?T|"
            r"L ?I ?M ?I ?T ?E ?D O ?F ?F ?I ?C ?I ?A ?L U ?S ?E|"
            r"(?:FINAL )?SECTION \d\d OF \d\d)\b(?!/).{0,90}"
        ),
    ),
    # Captions: `SIPDIS`, `NOFORN`, `SENSITIVE`, `NODIS`, alone or together on a line.
    (
        "caveats",
        "SNELTRAC",
        re.compile(
            r"(?:(?:SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|LIMDIS|STADIS|ROGER CHANNEL|AIDAC|TERREP|CODEL|NSC|EYES ONLY|"
            r"NO DISTRIBUTION|NOT FOR INTERNET DISTRIBUTION)[ ,/]*)+"
        ),
    ),
    # `E.O. 12958: N/A`, `EO 12958 DECL: 01/07/2014`, `E.O.12958:`, `E.0. 11652: GDS` (a zero for the O), `E.OM 11652`,
    # `E.O. XGDS` (the number forgotten).
    (
        "eo",
        "Ee",
        re.compile(
            r"E\.?\s?[O0][.M]?\s*:?\s*\d{5}.*|EXECUTIVE ORDER\s+\d{5}.*|E\.O\.\s+(?:XGDS|GDS|N/A).*",
            re.IGNORECASE,
        ),
    ),
    # `TAGS: PREL, PGOV`, `TAGS ECON ETRD`, `TAG: PREL`.
    ("tags", "T", re.compile(r"TAGS?(?:\s*[:;.]|\s+(?=[A-Z]{2,})).*|TAGS")),
    # `SUBJECT: ...`, `SUBJ: ...`, `Subject: ...`, `SUBJECT - ...`; `SUBJECT` with the colon lost;
    # letters swapped (`SUBEJCT:`); the mark before the colon (`SUBJECT (C): ...`).
    (
        "subject",
        "Ss",
        re.compile(
            r"(?:SUBJ(?:ECT)?|SUJB(?:ECT)?|S[UBJEC]{3,7}TS?)\s*(?:\([A-Z/]{1,8}\)\s*)?(?:[:;]|-[-\s]).*|"
            r"SUBJECT\s+(?=[A-Z(]).*",
            re.IGNORECASE,
        ),
    ),
    # `REF: A) STATE 123`, `REFS: ...`, `REFTEL: ...`, `REFERENCE: ...`, `REF(S): ...`, `REF A: ...`, `REFS A) ...`.
    (
        "references",
        "Rr",
        re.compile(
            r"REF(?:S|\(S\)|TELS?|ERENCES?|ERENCE\(S\)|AIRS?)?\s*[:;].*|REFS?\s+\(?[A-Z]\)?\s*[:.)].*|REF(?:S|TELS?|\(S\))?",
            re.IGNORECASE,
        ),
    ),
    # `Classified By: DCM John Doe for reasons 1.4 (b) and (d).`, `CLASSIFIED BY AMBASSADOR ...`.
    (
        "classified_by",
        "CcDd(0123456789",
        re.compile(
            r"(?:\d{1,2}\.\s*)?(?:\(\w{1,3}\)\s*)?(?:CLASSIFIED|DERIVED)\s+BY\b.*", re.IGNORECASE
        ),
    ),
    (
        "reasons",
        "Rr",
        re.compile(
            r"REASONS?\s*(?:FOR CLASSIFICATION)?\s*:\s*(?:E\.?O|1\.[45]|\(?[A-D]\)).*",
            re.IGNORECASE,
        ),
    ),
    ("declassify", "Dd", re.compile(r"DECL(?:ASSIFY)?\s*(?:ON)?\s*:.*", re.IGNORECASE)),
)
_OPENERS_BY_LETTER: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _field, _letters, _pattern in _OPENERS:
    for _letter in _letters:
        _OPENERS_BY_LETTER.setdefault(_letter, []).append((_field, _pattern))
# A subject's label with its letters swapped or garbled: `USBJ:`, `XIBJ:`.
_GARBLED_SUBJECT = re.compile(
    r"[A-Z]{2}BJ(?:ECT)?\s*(?:\([A-Z/]{1,8}\)\s*)?(?:[:;]|-[-\s]).*", re.IGNORECASE
)
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
_OFFICES = frozenset(
    {
        "STATE",
        "DEPT",
        "DEPARTMENT",
        "USDOC",
        "DOC",
        "TREASURY",
        "TREAS",
        "AID",
        "AID/W",
        "USAID",
        "USIA",
        "USICA",
        "NSC",
    }
    | {
        "USDA",
        "FAS",
        "USTR",
        "DOD",
        "DOE",
        "DOL",
        "DOJ",
        "DHS",
        "EPA",
        "FAA",
        "FBI",
        "DEA",
        "HHS",
        "CDC",
        "NASA",
        "NSF",
    }
    | {
        "OPIC",
        "EXIM",
        "EXIMBANK",
        "FDA",
        "USPTO",
        "LOC",
        "JUSTICE",
        "COMMERCE",
        "LABOR",
        "INTERIOR",
        "ENERGY",
    }
    | {
        "CINCPAC",
        "USCINCSO",
        "SECDEF",
        "JCS",
        "WHITE HOUSE",
        "NIACT",
        "ALL POSTS",
        "POSTS",
        "CONSULATES",
        "MISSION",
    }
)
# A further addressee: `RUEHC/SECSTATE WASHDC PRIORITY 1234`, `AMEMBASSY BEIJING 5678`, `USDOC WASHDC`.
_ADDRESSEE = re.compile(
    rf"(?:{_ROUTE}(?:/.*)?|"
    r"(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USMISS|USUN|USDEL|USEU|USNATO|SECSTATE|SECDEF|CINC\w*|CDR\w*|"
    r"USCINC\w*|JCS|CIA|NSC|DIA|DEPT|USDOC|USIA|TREASURY|WHITE HOUSE|XMT|ZEN|ALL )\b.*|"
    r"[A-Z][A-Z/ .()'-]+(?: (?:PRIORITY|IMMEDIATE|NIACT IMMEDIATE|ROUTINE))?(?: \d{1,5})?)"
)
# A further clearance: `NSC:CDODSON`, `ARA/AND - MRBARNEBEY`, `S/S;LPBREMER`, `EB/OT/STA:RJOHNSON (INFO)`.
_CLEARANCE = re.compile(r"[A-Z/. ]{1,20}\s*[:;-]\s*[A-Z. ]{2,30}(?:\(.{1,20}\))?.{0,30}")
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
# Below it the wire's own stamp: `------------------116772  202132Z /65`, `---------------------     019384`.
_WIRE_STAMP = re.compile(r"-{6,}\s*\d{4,6}.{0,30}")
# NARA prints the distribution office's number alone: `51`, `47-40`.
_OFFICE_NUMBER = re.compile(r"\d{1,2}(?:-\d{1,2})?")
# `1. (C) Classified by ...` is header, any other `1.` is the first paragraph.
_NUMBERED = re.compile(r"(?:¶\s*)?\(?\d{1,3}\s*[.)](?!\d)|\((?:SBU|U|C|S|LOU)\)\s*\d{1,2}\.")

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


def opened_field(words: str) -> str | None:
    """The header field that a line opens, else None."""
    if not words or len(words) > 4000:
        return None
    for field, pattern in _OPENERS_BY_LETTER.get(words[0], ()):
        if pattern.fullmatch(words):
            return field
    if words[2:4].upper() == "BJ" and _GARBLED_SUBJECT.fullmatch(words):
        return "subject"
    return "pass" if ("FOR" in words or "PASS" in words) and _passes_on(words) else None


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
        return re.fullmatch(rf"(?:{_ROUTE}(?:\s+|$))+", words) is not None
    return field in _MULTILINE


def label_header(lines: Sequence[str]) -> list[str | None]:
    """For each line (its words, outer blanks off) the header field it belongs to, None if none.

    Blank lines are None; so is everything from the first numbered paragraph on.
    """
    labels: list[str | None] = [None] * len(lines)
    field: str | None = None
    subject_seen = class_seen = numbered_items = False
    run = 0
    text_since: int | None = None
    for at, words in enumerate(lines):
        if not words:
            field = field if field in _LISTS else None
            continue
        if text_since is not None and at - text_since > _LATE_FIELD_REACH:
            break
        opened = opened_field(words)
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
        elif field is not None and not _continues(field, words, lines[at - 1]):
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


# The fields of the last few texts: a cable's header is asked for a dozen fields, one after the other.
_FIELDS: dict[str, dict[str, str]] = {}
_REMEMBERED = 16


def header_fields(text: str) -> dict[str, str]:
    """The text of each header field, first occurrence first, occurrences joined by a line end."""
    found = _FIELDS.get(text)
    if found is None:
        whole = text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
        lines = [line.strip() for line in whole.split("\n")]
        found = remember_fields(text, lines, label_header(lines))
    return found


def remember_fields(
    text: str, lines: Sequence[str], labels: Sequence[str | None]
) -> dict[str, str]:
    """What `header_fields` gives for a text whose lines are labelled already: the parser needs not label them twice."""
    found: dict[str, list[str]] = {}
    for words, label in zip(lines, labels, strict=True):
        if label is not None:
            found.setdefault(label, []).append(words)
    fields = {label: "\n".join(block) for label, block in found.items()}
    if len(_FIELDS) >= _REMEMBERED:
        _FIELDS.clear()
    _FIELDS[text] = fields
    return fields
