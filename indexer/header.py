"""The header's fields, one pure function each: text of a header in, value out, never an exception.

Owns what a field means. The lines that belong to a field are found by `indexer.wire`; references have a module of
their own.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from corpus.model import Recipient
from corpus.tags import repair_tag
from corpus.tags import tag as known_tag
from indexer.marks import leading_mark
from indexer.wire import header_fields

_BLANKS = re.compile(r"\s+")


def _block(text: str, field: str) -> str:
    return header_fields(text).get(field, "")


def _first(text: str, field: str) -> str:
    return _block(text, field).split("\n", 1)[0]


# `SUBJECT:`, `SUBJ:`, `SUBJECT -`; what follows is the subject.
_SUBJECT_LABEL = re.compile(r"SUBJ(?:ECT)?\s*[:;-]?\s*", re.IGNORECASE)
# A compound at the end of a line goes on without a blank: `large-` / `scale`, `U.S.-` / `UK`; a dash ` --` does not.
_COMPOUND = re.compile(r"(?<=[\w.])-[ \t]*\n[ \t]*(?=\w)")


def joined(block: str) -> str:
    """Wrapped lines as one: line ends become blanks (none after a compound's hyphen), runs of blanks one."""
    return _BLANKS.sub(" ", _COMPOUND.sub("-", block)).strip()


def subject(text: str) -> str:
    """The subject, its lines joined by blanks and its portion mark taken off; "" if there is none."""
    block = _SUBJECT_LABEL.sub("", _subject_block(text), count=1)
    _, rest = leading_mark(joined(block))
    return rest.strip()


def _subject_block(text: str) -> str:
    """The first subject alone: the lines up to the next label, when a header stands on the page twice."""
    lines = _block(text, "subject").split("\n")
    for at, line in enumerate(lines[1:], 1):
        if _SUBJECT_LABEL.match(line) and line.upper().startswith("SUBJ"):
            return "\n".join(lines[:at])
    return "\n".join(lines)


# The levels, as the class line spells them; the wire writes them spaced (`C O N F I D E N T I A L`).
_CLASS_LEVEL = re.compile(
    r"(?P<eft>UNCLAS\s+E\s?F\s?T\s?O|UNCLASSIFIED//FOR OFFICIAL USE ONLY)|(?P<u>UNCLAS(?:SIFIED)?)\b|"
    r"(?P<lou>L ?I ?M ?I ?T ?E ?D\s+O ?F ?F ?I ?C ?I ?A ?L\s+U ?S ?E)\b|(?P<ts>T ?O ?P\s+S ?E ?C ?R ?E ?T)\b|"
    r"(?P<c>C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L)\b|(?P<s>S ?E ?C ?R ?E ?T)\b"
)
_CLASS_NAMES = {
    "eft": "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    "u": "UNCLASSIFIED",
    "lou": "LIMITED OFFICIAL USE",
    "ts": "TOP SECRET",
    "c": "CONFIDENTIAL",
    "s": "SECRET",
}


def classification(text: str) -> str | None:
    """The level of the class line, in full: `UNCLASSIFIED`, `CONFIDENTIAL`, ...; None if no line says it."""
    for line in _block(text, "class").split("\n"):
        match = _CLASS_LEVEL.match(line)
        if match and match.lastgroup:
            return _CLASS_NAMES[match.lastgroup]
    return None


_CAVEAT = re.compile(
    r"\b(?:SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|LIMDIS|STADIS|ROGER CHANNEL|AIDAC|EYES ONLY|"
    r"NOT FOR INTERNET DISTRIBUTION)\b"
)


def caveats(text: str) -> tuple[str, ...]:
    """The captions, each once and in order: `("SIPDIS", "NOFORN")`."""
    fields = header_fields(text)
    places = fields.get("caveats", "") + "\n" + fields.get("class", "")
    return tuple(dict.fromkeys(_CAVEAT.findall(places)))


# The message's post and number at the end of the class line: `UNCLAS SECTION 01 OF 04 GUANGZHOU 000376`.
_CLASS_NUMBER = re.compile(
    r"(?P<post>[A-Z][A-Z'.]*(?:[ -][A-Z][A-Z'.]*){0,3})\s+(?P<number>\d{1,8})\s*$"
)
_CLASS_SECTION = re.compile(r"^.*?SECTION\s+\d{1,2}\s+OF\s+\d{1,2}\s*")
_CLASS_HANDLING = re.compile(
    r"^(?:\s*(?:E\s?F\s?T\s?O|NOFORN|SIPDIS|STADIS|EXDIS|NODIS|LIMDIS|SENSITIVE|//?|FOR OFFICIAL USE ONLY)\b)+\s*"
)


def message_number(text: str) -> tuple[str, int] | None:
    """Post (as printed) and number of the message from the class line, None if no line says them."""
    for line in _block(text, "class").split("\n"):
        rest = _CLASS_SECTION.sub("", line)
        level = _CLASS_LEVEL.match(rest)
        rest = rest[level.end() :] if level else rest
        match = _CLASS_NUMBER.search(_CLASS_HANDLING.sub("", rest).strip())
        if match:
            return match["post"], int(match["number"])
    return None


# `R 230844Z MAR 07`: day, hour, minute (UTC), month, year of two or four digits.
_DTG = re.compile(
    r"\b(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})Z\s+(?P<month>[A-Za-z]{3})\.?\s*(?P<year>\d{4}|\d{2})\b"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1
    )
}
# Two-digit years: the oldest cables of the collections are of 1966.
_CENTURY_TURN = 66


def full_year(digits: str) -> int:
    """`07` is 2007, `74` is 1974, `2007` is itself."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= _CENTURY_TURN else 2000)


def date(text: str) -> datetime | None:
    """The date-time group in UTC, None if there is none or it names no real minute."""
    match = _DTG.search(_block(text, "dtg"))
    if match is None or match["month"].upper() not in _MONTHS:
        return None
    try:
        return datetime(
            full_year(match["year"]),
            _MONTHS[match["month"].upper()],
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            tzinfo=UTC,
        )
    except ValueError:
        return None


_DTG_PRECEDENCE = re.compile(r"^((?:[ZOPR]\s+)+)\d{6}Z")


def precedence(text: str) -> str | None:
    """The precedence letters before the date-time group: `R`, `P R`; None if there are none."""
    match = _DTG_PRECEDENCE.match(_first(text, "dtg"))
    return " ".join(match[1].split()) if match else None


_DE = re.compile(
    r"DE\s+(?P<route>[A-Z]{4,8})\s+#(?P<number>\d{1,6})(?:/\d{1,2})?(?:\s+(?P<day>\d{3})(?P<time>\d{4}))?"
)


def de_line(text: str) -> tuple[str, int, int | None] | None:
    """The DE line's routing indicator, number (last four digits only) and Julian day; None without one."""
    match = _DE.match(_first(text, "de"))
    if match is None:
        return None
    return match["route"], int(match["number"]), int(match["day"]) if match["day"] else None


def transmission_id(text: str) -> str | None:
    """`VZCZCXRO7807`, None if the line is not there."""
    words = _first(text, "transmission").split()
    return words[0] if words else None


def executive_order(text: str) -> str | None:
    """The E.O. line's text without a TAGS field that stands on the same line; None without one."""
    line = joined(_block(text, "eo"))
    return line.split("TAGS", 1)[0].strip() or None


def sender(text: str) -> str | None:
    """Who the FM line names, as printed: `AMEMBASSY LA PAZ`; None without one."""
    line = _first(text, "from")
    return line[2:].lstrip(" :").strip() or None if line else None


# `RUEHC/SECSTATE WASHDC PRIORITY 1234`: route, name, precedence, serial; all but the name may be absent.
_RECIPIENT = re.compile(
    r"(?:(?P<route>R[A-Z]{4,7})\s*/\s*)?(?P<name>.*?)"
    r"(?:\s+(?P<precedence>NIACT IMMEDIATE|IMMEDIATE|PRIORITY|FLASH|ROUTINE))?(?:\s+(?P<serial>\d{1,6}))?"
)


def _recipients(block: str, label: str) -> tuple[Recipient, ...]:
    found = []
    for line in block.split("\n"):
        words = re.sub(rf"^{label}\b[\s:]*", "", line).strip()
        match = _RECIPIENT.fullmatch(words)
        if words and match and match["name"]:
            found.append(
                Recipient(
                    name=match["name"].strip(),
                    route=match["route"],
                    precedence=match["precedence"],
                    serial=match["serial"],
                )
            )
    return tuple(found)


def recipients(text: str) -> tuple[Recipient, ...]:
    """The action addressees of the TO field, in order."""
    return _recipients(_block(text, "to"), "TO")


# NARA's INFO is a list of offices and copies (`OCT-01  ARA-15  /024 W`), not of addressees.
_OFFICE_COPIES = re.compile(r"[A-Z/]{1,6}-\d\d\b|^/\d{2,3} ?W")


def info_recipients(text: str) -> tuple[Recipient, ...]:
    """The addressees of the INFO field, in order, without NARA's distribution of offices."""
    lines = [line for line in _block(text, "info").split("\n") if not _OFFICE_COPIES.search(line)]
    return _recipients("\n".join(lines), "INFO")


_TAGS_LABEL = re.compile(r"^TAGS?\s*[:;.]?\s*", re.IGNORECASE)
# A person or organisation in parentheses is kept whole: `OVIP (CLINTON, HILLARY)`; the closing one may be lost.
_TAG_PERSON = re.compile(r"\(([^()]*)\)?")
_TAG_SEPARATOR = re.compile(r"[,;]|\n")
# Tags of several words that stand in the tables have four at most.
_LONGEST_TAG = 4


def tags(text: str) -> tuple[str, ...]:
    """The TAGS, each once and in order, upper case; persons whole: `("OVIP", "CLINTON, HILLARY")`.

    Codes run together and misspelt ones are repaired from the tables (`corpus.tags.repair_tag`).
    """
    fields = header_fields(text)
    block = fields.get("tags", "")
    if not block and "TAGS" in fields.get("eo", ""):
        block = fields["eo"][fields["eo"].index("TAGS") :]
    block = "\n".join(_TAGS_LABEL.sub("", line) for line in block.split("\n"))
    found: list[str] = []
    at = 0
    for match in _TAG_PERSON.finditer(block):
        found.extend(_tag_codes(block[at : match.start()]))
        found.append(joined(match[1]).upper().strip(" ,."))
        at = match.end()
    found.extend(_tag_codes(block[at:]))
    return tuple(dict.fromkeys(code for code in found if code))


def _tag_codes(text: str) -> list[str]:
    """The codes of a stretch without parentheses, separated by commas or by blanks alone."""
    found: list[str] = []
    for item in _TAG_SEPARATOR.split(text):
        words = item.upper().strip(" .\t").split()
        if len(words) > 1 and not any(
            known_tag(word) or repair_tag(word) != (word,) for word in words
        ):
            # Not one of its words is a code, so it is one tag of several words: `MEDIA REACTION REPORT`.
            found.append(" ".join(words))
            continue
        while words:
            size = next(
                (
                    n
                    for n in range(min(_LONGEST_TAG, len(words)), 1, -1)
                    if known_tag(" ".join(words[:n]))
                ),
                1,
            )
            found.extend(repair_tag(" ".join(words[:size]).strip(".")))
            words = words[size:]
    return found
