"""Who signed a cable: the surname under its text.

Owns what may stand behind a signature and what is nobody's name. The parser proper places lines
(`indexer.body.paragraphs`); this takes any text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from corpus.table_files import read_table
from indexer.grammar.marks import ends_sentence, is_rule, page_mark
from indexer.grammar.vocabulary import (
    CAPTION,
    CAPTIONS,
    LEVEL,
    LEVEL_OF_MARK,
    MARK_OF_WORDS,
    any_of,
    level_alone,
)
from indexer.header.blocks import clean_lines
from indexer.header.person_names import SURNAME_BEGINS
from indexer.header.positions import is_office_alone
from indexer.lines.headings import mostly_upper

# What the wire, the release and the post put behind a signature: `NNNN`, `BT`, `#0376`, `##`, stamps, plugs, drafters.
_BEHIND = re.compile(
    r"[-=*_ ]*(?:CABLE|MESSAGE|TEXT|TELEGRAM) ENDS?[-=*_ .]*|N{2,6}|BT|[#*@=_.~-]+(?:\d{1,6})?|\d{1,4}|"
    r"NOTE(?: BY|:) .*|"
    r"END (?:OF )?(?:CABLE|MESSAGE|TEXT|REPORTING CABLE)\.?|"
    rf"\d{{4}}[A-Z]{{3,}}\d{{3,6}}\s+-\s+(?:Classification:\s*)?{LEVEL}|>|"
    r"(?:CLASSIFIED|UNCLASSIFIED|DRAFTED|CLEARED|APPROVED|RELEASED)\s?(?:BY)?\s?:.*|.*Declassified/Released.*|"
    r".*\b(?:MINIMI[ZS]ED?)\b.*|\(?.*(?:https?:|www\.|\.gov\b|\.sgov|intelink).*|Message (?:Text|Attributes).*|"
    r"(?:\(?(?:PLEASE )?VISIT |\(?TO (?:VIEW|VISIT|SEE) |\(?(?:FOR|MORE) ).{4,150}|\*+.*\*+|<.*>|\".{0,3}\"?|"
    rf"{any_of(list(LEVEL_OF_MARK))}\s*$|(?:{CAPTION}[ ,/]{{0,3}})+",
    re.IGNORECASE,
)
# NARA's list of attributes, with which its pages end.
_ATTRIBUTES = re.compile(r"^[ \t]*Message Attributes[ \t]*$", re.MULTILINE)
# `SIGNED: SMITH`, `/S/ SMITH`.
_SIGNED = re.compile(r"(?:SIGNED:?|/S/|SIG:)\s+", re.IGNORECASE)
_NAME = r"(?:Mc|Mac|De|La|Le|Van|Di|Du|O['’]|D['’])?[A-Z][A-Z'’.-]*"
# Surnames in capitals: `BOEKER`, `McCONNELL`, `DE LA CRUZ`, `SMITH-JONES`, `SMITH AND JONES`, `SMITH/JONES`.
_LOUD = re.compile(rf"{_NAME}(?:(?:\s|\s?/\s?|\s?&\s?|,\s){_NAME}){{0,4}}")
# Behind a signature on its line: `SMITH (ACTING)`, `KISSINGER UNQUOTE`, `BIDDLE NOTE BY OC/T: NOT PASSED`.
_BEHIND_NAME = re.compile(
    r"\s*(?:\((?:ACTING|CHARGE|AD INTERIM|A\.?I\.?)\)|,? +(?:AD INTERIM|A\.I\.)|\bUNQUOTE|NOTE (?:BY|:).*)$"
)
# A title behind the name, in parentheses: `MCKINLEY (AMBASSADOR)`, `STRUBLE (CHARGE)`.
_TITLE_BEHIND = re.compile(r"(?P<name>[^()]{2,40}?)\s{0,3}\((?P<title>[^()]{2,40})\)")
# A whole name, as it stands over a title: `P. Michael McKinley`, `Marie Quill`.
_WHOLE = re.compile(r"(?:[A-Z]\.?\s|[A-Z][a-z'’-]+\s){1,3}[A-Z][A-Za-z'’-]+(?:,?\s(?:Jr|Sr)\.?)?")
# Behind a plug on its line: `21. ATHENS MINIMIZE CONSIDERED. MARZIPAN`.
_BEHIND_PLUG = re.compile(
    rf"\bMINIMI[ZS]ED? CONSIDERED[.:]?\s+(?P<name>{_NAME}(?:\s{_NAME}){{0,2}})\s*[#*]*$"
)
_STROKES_ALONE = frozenset({"-", "--", "\u2013", "\u2014"})
# The quotation of another telegram closes before its signature: `... AS BEFORE. UNQUOTE KISSINGER`.
_UNQUOTE = re.compile(r"[.!?)\"]\s+UNQUOTE[.:]?\s+(?=\S+(?:\s\S+)?$)")
# `Delacourt`, `De La Cruz`: one name with small letters, as a line of its own.
_QUIET = re.compile(
    rf"{SURNAME_BEGINS}"
    r"[A-Z][a-z'’-]+[A-Za-z'’-]*(?:\s[A-Z][A-Za-z'’-]+)?"
)
# Behind the last sentence, on its line: `... in May. End comment. SMITH`.
_BEHIND_SENTENCE = re.compile(rf"[.!?)\"”]\s+(?P<name>{_NAME}(?:\s{_NAME})?)\s*[#*]*$")
# Between two signers: `SMITH/JONES`, `SMITH AND JONES`.
_SEVERAL = re.compile(r"\s*[/&,]\s*|\s+AND\s+")
# Words in capitals that end cables and are nobody's name.
_NOBODY = frozenset(
    {
        "END", "COMMENT", "COMMENTS", "TEXT", "SUMMARY", "NOTE", "CABLE", "MESSAGE", "UNCLASSIFIED",
        *MARK_OF_WORDS, *CAPTIONS, "EMBASSY", "AMEMBASSY", "CONSULATE",
        "MISSION", "BIO", "BIOS", "N/A", "NONE", "ACTION", "REQUEST", "INFORMATION", "ANNEX", "ENCLOSURE",
        "ATTACHMENT", "TOTAL", "CONCLUSION", "BACKGROUND", "THE", "OF", "FOR", "TO", "IN", "ON", "BY", "AT",
        "WITH", "FROM", "IS", "ARE", "WAS", "PARAGRAPH", "PARA", "USA", "USG", "STOP", "OVER", "PASS", "DEPT",
        "UNQUOTE", "QUOTE", "FRAMEWORK", "BEGIN", "LIST", "TABLE", "CHART",
    }
)  # fmt: skip
_SHORT_LINE = 3  # words
_SMALL = re.compile(r"[a-z]{2}")
_LONGEST_SIGNATURE = 45
_LONGEST_TAIL = 60


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("position_words") if row["kind"] == "title")


# The line that is placed as a signature is asked for again when its cable is put together.
@lru_cache(maxsize=8)
def signed_by(text: str) -> tuple[str, ...]:
    """The surnames under a cable, as printed (`McCONNELL` stays so), without titles; () if nobody signed.

    A signature is the last line of the body, by itself or behind its last sentence; what the wire, a release or the
    post put behind it does not count. `SMITH/JONES` and `SMITH AND JONES` are two.
    """
    lines = [line.strip() for line in clean_lines(_ATTRIBUTES.split(text, maxsplit=1)[0])]
    # A stroke alone is an empty line to some writers.
    lines = ["" if line in _STROKES_ALONE else line for line in lines]
    at = len(lines) - 1
    while at >= 0 and stands_behind(lines[at]):
        plugged = _BEHIND_PLUG.search(lines[at])
        if plugged and (found := _surnames(plugged["name"])):
            return found
        at -= 1
    titled = at > 0 and is_title_line(lines[at])
    at -= titled
    if at < 0:
        return ()
    said = without_title(lines[at][:200].strip("#*@ "))
    said = _BEHIND_NAME.sub("", said) or said
    words = _without_rank(_SIGNED.sub("", said.strip(" -_=*()"), count=1).rstrip(" ."))
    if titled and _WHOLE.fullmatch(words) and (not at or _closed_above(lines, at)):
        return _surnames(words)
    if at and len(words) <= _LONGEST_SIGNATURE and _is_signature(words, lines, at):
        return _surnames(words)
    tail = lines[at][-_LONGEST_TAIL:]
    quoted = _UNQUOTE.search(tail)
    if quoted:
        return _surnames(tail[quoted.end() :].rstrip("."))
    behind = _BEHIND_SENTENCE.search(tail)
    if behind and not mostly_upper(lines[at]):
        return _surnames(behind["name"].rstrip("."))
    alone = (
        not at
        and (titled or len(lines) == 1)
        and (_LOUD.fullmatch(words) or _QUIET.fullmatch(words))
    )
    return _surnames(words) if alone else ()


def stands_behind(words: str) -> bool:
    """Whether a line (outer blanks off) is empty, or put behind a signature by the wire, a release or the post."""
    return (
        not words
        or is_rule(words)
        or (len(words) < 60 and level_alone(words) is not None)
        or page_mark(words) is not None
        or (len(words) < 400 and _BEHIND.fullmatch(words) is not None)
    )


def is_title_line(words: str) -> bool:
    """Whether a line is a title alone, as one stands under a name: `CHARGE D'AFFAIRES`, `Ambassador`."""
    return len(words) <= _LONGEST_TAIL and is_office_alone(words)


def without_title(words: str) -> str:
    """A signature without the title behind it in parentheses: `MCKINLEY` of `MCKINLEY (AMBASSADOR)`."""
    found = _TITLE_BEHIND.fullmatch(words) if words.endswith(")") else None
    return found["name"] if found and is_office_alone(found["title"]) else words


def _without_rank(words: str) -> str:
    """`McKinley` of `Amb. McKinley`: a title before a name of one word or two."""
    first, _, rest = words.partition(" ")
    return rest if first.endswith(".") and first.upper().strip(".") in _titles() and rest else words


def _closed_above(lines: Sequence[str], at: int) -> bool:
    """Whether an empty line parts a name from a text that has ended, and no list of names goes on there."""
    above = next((line for line in reversed(lines[:at]) if not stands_behind(line)), "")
    return not lines[at - 1] and ends_sentence(above) and above[-1:] not in ":;"


def _is_signature(words: str, lines: Sequence[str], at: int) -> bool:
    # What an archive stamps between text and signature is neither's.
    above = next((line for line in reversed(lines[:at]) if not stands_behind(line)), "")
    # Under a list or an address, whose lines are short and have no full stop, a name in capitals is one.
    listed = len(above.split()) <= _SHORT_LINE or ":" in above
    set_off = listed and _LOUD.fullmatch(words) is not None and _SMALL.search(above) is not None
    apart = stands_behind(lines[at - 1]) or ends_sentence(above) or is_rule(above) or set_off
    if not apart:
        return False
    if _LOUD.fullmatch(words):
        return len(words.split()) <= 5
    # A particle makes it a name: `van Tromp`; else a line of its own has to.
    return _QUIET.fullmatch(words) is not None and (not lines[at - 1] or words[0].islower())


def _surnames(words: str) -> tuple[str, ...]:
    found: list[str] = []
    for name in _SEVERAL.split(words):
        kept = name.split()
        while kept and kept[0].upper().strip(".") in _titles() and (len(kept) > 1 or found):
            kept = kept[1:]
        if not kept and found:
            continue
        if not kept or any(word.upper().strip(".") in _NOBODY for word in kept):
            return ()
        if sum(letter.isalpha() for letter in "".join(kept)) >= 2:
            found.append(" ".join(kept))
    return tuple(found)
