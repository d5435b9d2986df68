"""What the wire wrote around a cable: class line and captions, message number, transmission, date-time group.

Owns the meaning of these fields. Their lines are found by `indexer.header.labels`, or in any text that holds such a
line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from corpus.dates import MONTH_NUMBERS, full_year
from indexer.grammar.marks import COUNT_WORD
from indexer.grammar.vocabulary import (
    CAPTION,
    LEVEL_LETTERS,
    captions_in,
    is_caption_line,
    leading_level,
)
from indexer.header.header import Header

# Behind the level: nothing, captions, sections, a post and a number: `//NOFORN KABUL 12`, ` SECTION 01 OF 02 ...`.
_CLASS_REST = re.compile(
    rf"[ /,]*+(?:(?:{CAPTION}(?![A-Z])|(?:FOUO|SBU|NF|MR|REL(?: TO [A-Z, ]{{2,30}})?|FINAL)\b)[ /,]*+)*+"
    r"(?:SECTION[ ]+\d{1,2}[ ]+OF[ ]+\d{1,2}\b.{0,60}|[A-Z][A-Z'. -]{0,40} \d{1,8}\b.{0,40})?"
)
# Where the drafter's fields begin: no class line stands behind them.
_DRAFTED = re.compile(r"\s*(?:TAGS?\b|SUBJ|E\.?\s?O\.? ?\d)", re.IGNORECASE)
_DRAFTED_LETTERS = frozenset("TtSsEe")


def _first(header: Header, field: str) -> str:
    return header.fields.get(field, "").split("\n", 1)[0]


def _wire_lines(header: Header) -> tuple[str, ...]:
    """The lines before the drafter's fields."""
    found: list[str] = []
    for line in header.lines:
        words = line.strip()
        if words[:1] in _DRAFTED_LETTERS and _DRAFTED.match(words):
            break
        if line:
            found.append(words)
    return tuple(found)


def _class_lines(header: Header) -> tuple[str, ...]:
    """The class lines, those that `indexer.header.labels` finds first."""
    found = [line for line in header.fields.get("class", "").split("\n") if line]
    for line in header.once(_wire_lines):
        # What was found already says nothing more.
        if line[:1] not in LEVEL_LETTERS or line in found:
            continue
        level = leading_level(line)
        if level and len(line) < 120 and _CLASS_REST.fullmatch(line, level.end):
            found.append(line)
    return tuple(found)


def classification(text: str | Header) -> str | None:
    """The level of the class line, in full: `UNCLASSIFIED`, `CONFIDENTIAL`, ...; None if no line says it.

    `UNCLAS E F T O` is `UNCLASSIFIED//FOR OFFICIAL USE ONLY`; captions such as NOFORN are not part of it.
    """
    lines = Header.of(text).once(_class_lines)
    # The message's own class line has its number; a level alone may frame a page, or be a word of the page around it.
    for line in sorted(lines, key=lambda line: not any(map(str.isdigit, line))):
        level = leading_level(line)
        if level is not None:
            return level.name
    return None


# The short form of NOFORN behind a level: `UNCLAS//NF LIMA 12`, `C//NF`.
_NOFORN_SHORT = re.compile(r"(?<=/)NF\b")


def caveats(text: str | Header) -> tuple[str, ...]:
    """The captions, each once and in order, the caption lines' before the class line's: `("SIPDIS", "NOFORN")`."""
    header = Header.of(text)
    lines = [line for line in header.once(_wire_lines) if is_caption_line(line)]
    levels = [
        _NOFORN_SHORT.sub("NOFORN", line) if "/NF" in line else line
        for line in header.once(_class_lines)
    ]
    return tuple(
        dict.fromkeys(captions_in("\n".join([header.fields.get("caveats", ""), *lines, *levels])))
    )


# The message's post and number at the end of the class line: `UNCLAS SECTION 01 OF 04 GUANGZHOU 000376`.
_CLASS_NUMBER = re.compile(
    r"(?P<post>[A-Z][A-Z'.]*(?:[ -][A-Z][A-Z'.]*){0,3})\s+(?P<number>\d{1,8})"
    rf"(?:\s+{CAPTION})*\s*$"
)
# `ROME 12 SECTION 01 OF 02`, `SECTION 01 OF 02 ROME 12`: the count of sections on either side.
_SECTION = rf"SECTION\s+(?:[\dO]{{1,2}}|{COUNT_WORD})\s+OF\s+(?:[\dO]{{1,2}}|{COUNT_WORD})"
_SECTION_BEHIND = re.compile(rf"(?<=\d)\s+{_SECTION}.*")
# A number in which an O may stand for a 0: `SECTION O1 OF O2 LIMA OO1412`.
_NUMBERS = re.compile(r"\b(?=O*\d)[O\d]+\b")
_LETTER_IN_NUMBER = re.compile(r"O\d|\dO")
# Something stands behind a number.
_BEHIND_NUMBER = re.compile(r"\d[\s/]")
# Captions behind the number, and other fields behind them: `GUANGZHOU 000413 SIPDIS PARIS PASS USOECD E.O. 12958: N/A`.
_CAPTIONS_BEHIND = re.compile(rf"(?<=\d)\s+{CAPTION}\b.*")
# What travels with the Secretary has a second number: `STATE 12345 TOSEC 050012`; a section's own is `BONN 1234/01`.
_SECOND_NUMBER = re.compile(r"(?<=\d)(?:/\d{1,2}|\s+(?:TOSEC|SECTO)\s+\d{1,6})(?=\s|$)")
_CLASS_SECTION = re.compile(rf"^.*?{_SECTION},?\s+(?=[A-Z])")
# Said of the message, before its post or behind: `CORRECTED COPY LIMA 1`, `LIMA 1 C O R R E C T E D  C O P Y`.
_CORRECTED = re.compile(r"\(?\bC ?O ?R ?R ?E ?C ?T ?E ?D {1,3}C ?O ?P ?Y\b\)?")
# Captions between level and post: `NOFORN KABUL 12`, `//FOUO ROME 12`, `E F T O QUITO 1`.
_CLASS_HANDLING = re.compile(rf"^(?:\s*(?:(?:{CAPTION}|NF)\b|//?))+\s*")


def message_number(text: str | Header) -> tuple[str, int] | None:
    """Post (as printed) and number of the message from the class line, None if no line says them."""
    for line in Header.of(text).once(_class_lines):
        if _LETTER_IN_NUMBER.search(line):
            line = _NUMBERS.sub(lambda found: found.group().replace("O", "0"), line)
        rest = _CORRECTED.sub(" ", line) if "P" in line and "Y" in line else line
        sections = "SECTION" in rest
        rest = _CLASS_SECTION.sub("", rest) if sections else rest
        level = leading_level(rest)
        rest = rest[level.end :] if level else rest
        rest = _SECTION_BEHIND.sub("", rest) if sections else rest
        # Most class lines end with their number.
        if _BEHIND_NUMBER.search(rest):
            rest = _CAPTIONS_BEHIND.sub("", _SECOND_NUMBER.sub("", rest))
        match = _CLASS_NUMBER.search(_CLASS_HANDLING.sub("", rest).strip(" /"))
        if match:
            return match["post"], int(match["number"])
    return None


# `R 230844Z MAR 07`: day, hour, minute, time zone, month, year of two or four digits; O for 0 occurs (`23O844Z MAR
# O7`), and blanks are lost or added (`P230844ZMAR07`, `230844 Z MAR 07`). The Z may be lost behind a precedence: `R
# 230844 MAR 07`. A zone is a letter of ACP 121: Z is UTC, A to M without J are 1 to 12 hours east of it, N to Y west.
_DTG = re.compile(
    r"(?:\b|(?<=[ZOPRYM]))(?P<day>[\dO]{2})(?P<hour>[\dO]{2})(?P<minute>[\dO]{2})"
    r"(?:\s?(?P<zone>[A-IK-Zz])(?=\s|[A-Za-z]{3,9}\.?\s?[\dO])|(?<=\b[ZOPR] [\dO]{6})(?=\s))\s*"
    r"(?P<month>[A-Za-z0]{3,9}?)\.?\s*(?P<year>[\dO]{4}|[\dO]{2})(?![\dO])"
)
_ZONES_EAST = ("A", "B", "C", "D", "E", "F", "G", "H", "I", "K", "L", "M")
_ZONES_WEST = ("N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y")
# The letters of a month in any order are that month's, as no two share them: `MRA`, `ARP`; `JLY`, `SPT` are typed too.
_MONTHS_BY_LETTERS = {"".join(sorted(name)): number for name, number in MONTH_NUMBERS.items()}
_SHORTENED_MONTHS = {"JLY": 7, "JNE": 6, "SPT": 9, "MCH": 3, "MRC": 3}
# The group alone at a line's start, or before FM in text collapsed into one line: not one that a reference names.
_DTG_LINE = re.compile(
    rf"(?:^[ \t]*(?:[ZOPR]{{1,2}}[ \t]+){{0,3}}|\b[ZOPR] )(?={_DTG.pattern}(?:[ \t]*$|\s+(?:FM|Z[A-Z]{{2,3}}\d?)\b))",
    re.MULTILINE,
)
_REACH = 4000  # characters: the address stands before the cable


def date(text: str | Header) -> datetime | None:
    """The date-time group in UTC, None if there is none or it names no real minute."""
    return Header.of(text).once(_read_date)


def _read_date(header: Header) -> datetime | None:
    match = _DTG.search(header.fields.get("dtg", ""))
    if match is None:
        line = _DTG_LINE.search(header.text, 0, _REACH)
        match = _DTG.match(header.text, line.end()) if line else None
    return _minute(match) if match else None


def _month(name: str) -> int | None:
    """The month of a name in capitals, abbreviated, in full or with a slip: `MAR`, `SEPT`, `JUNE`, `MRA`."""
    short = name[:3]
    return (
        MONTH_NUMBERS.get(short)
        or _SHORTENED_MONTHS.get(short)
        or (_MONTHS_BY_LETTERS.get("".join(sorted(name))) if len(name) == len(short) else None)
    )


def _minute(match: re.Match[str]) -> datetime | None:
    month = _month(match["month"].upper().replace("0", "O"))
    if month is None:
        return None
    day, hour, minute = (int(match[part].replace("O", "0")) for part in ("day", "hour", "minute"))
    # Midnight is the end of a day too: `232400Z`.
    days, hour = (1, 0) if (hour, minute) == (24, 0) else (0, hour)
    year = full_year(match["year"].replace("O", "0"))
    try:
        local = datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
    return local + timedelta(days=days) - timedelta(hours=_hours_east(match["zone"]))


def _hours_east(zone: str | None) -> int:
    """How many hours a zone's letter lies east of UTC."""
    if zone in _ZONES_EAST:
        return _ZONES_EAST.index(zone) + 1
    return -1 - _ZONES_WEST.index(zone) if zone in _ZONES_WEST else 0


# The precedence before the group: `R`, `P R`, `Z O`.
_DTG_PRECEDENCE = re.compile(r"^((?:[ZOPRYM]\s*)+)[\dO]{6}(?:[A-IK-Zz]|\s)")


def precedence(text: str | Header) -> str | None:
    """The precedence letters before the date-time group: `R`, `P R`; None if there are none."""
    match = _DTG_PRECEDENCE.match(_first(Header.of(text), "dtg"))
    return " ".join("".join(match[1].split())) if match else None


# `DE RUEHGZ #0376/01 0820844`: route, number, Julian day and time.
_DE = re.compile(
    r"DE\s+(?P<route>[A-Z]{4,8})\s+#(?P<number>\d{1,6})(?:/\d{1,2})?(?:\s+(?P<day>\d{3})(?P<time>\d{4}))?"
)


def de_line(text: str | Header) -> tuple[str, int, int | None] | None:
    """The DE line's routing indicator, number (last four digits only) and Julian day; None without one."""
    match = _DE.match(_first(Header.of(text), "de"))
    if match is None:
        return None
    return match["route"], int(match["number"]), int(match["day"]) if match["day"] else None


# `VZCZCXRO7807`, `VZCZCXYZ0000`: where the line is not alone, the id still is a word of its own.
_TRANSMISSION = re.compile(r"\b(?:VZCZC|VVZCZC|ZCZC)[A-Z0-9]{2,12}\b")


def transmission_id(text: str | Header) -> str | None:
    """`VZCZCXRO7807`, None if the line is not there."""
    header = Header.of(text)
    words = _first(header, "transmission").split()
    if words:
        return words[0]
    match = _TRANSMISSION.search(header.text, 0, _REACH) if "CZC" in header.text else None
    return match.group() if match else None


# The addressees on the sender's line: `FM AMCONSUL GUAYAQUIL TO RUEHC/SECSTATE WASHDC`.
_TO_BEHIND = re.compile(
    r"\s+(?:TO|INFO)\s+(?=R[A-Z]{3,7} ?/|SECSTATE|AMEMBASSY|AMCONSUL|USMISSION).*"
)


def sender(text: str | Header) -> str | None:
    """Who the FM line names, as printed: `AMEMBASSY LA PAZ`; None without one."""
    line = _TO_BEHIND.sub("", _first(Header.of(text), "from"))
    return line[2:].lstrip(" :").strip() or None if line else None


def words_of(lines: Iterable[str]) -> str:
    """Lines as one, runs of blanks made single."""
    return " ".join(" ".join(lines).split())
