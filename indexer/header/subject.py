"""The subject of a cable, as the drafter wrote it.

Owns where a subject ends and what is taken off it. How it looks in title case is `corpus.title_case`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from indexer.grammar.labels import is_class_line, opened_field
from indexer.grammar.marks import leading_mark
from indexer.grammar.vocabulary import LEVEL
from indexer.header.blocks import Block, ends_prose, is_paragraph_start
from indexer.header.header import Header

# A compound at the end of a line goes on without a blank: `large-` / `scale`, `U.S.-` / `UK`; a dash ` --` does not.
# (What stands before the hyphen is looked at behind it, so that the search goes from hyphen to hyphen.)
_COMPOUND = re.compile(r"-(?<=[\w.]-)[ \t]*\n[ \t]*(?=\w)")
# White space of ASCII, but for the blank.
_OTHER_BLANKS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"
# A subject that cannot end where its line ends: on a small word, a comma, an open parenthesis or quotation mark.
_UNFINISHED = re.compile(
    r"(?:\b(?:AND|OF|THE|FOR|TO|IN|ON|WITH|BY|FROM|AT|OR|A|AN|BETWEEN|AGAINST|&)|[,(/&-])$",
    re.IGNORECASE,
)
# Where collapsed text starts its first paragraph: `... CENTER ¶1. (U) POST IS`, `... CENTER 1. (U) POST IS`.
_PARAGRAPH = re.compile(
    r"(?<=\S) ?(?:¶ ?\d|\b1\. ?\((?:U|C|S|SBU|LOU)(?:/+[A-Z]{1,9})?\)).*", re.DOTALL
)
# One that stands where the subject begins is no paragraph's: `SUBJECT: ¶1. FOO`.
_COUNT = re.compile(r"¶ ?\d\.? ")
# The mark behind a subject, as the services put it: `FOO BAR (U)`.
_MARK_BEHIND = re.compile(r"\s*\((?:U|C|S|SBU|S//?NF|C//?NF|SBU//?NF|U//?FOUO)\)\s*$")
# What joined the references to it: `FOO; REF: STATE 12`, `FOO -- REF: STATE 12`, `FOO (REF STATE 12)`.
_JOINT_BEHIND = re.compile(r"(?:[,;(]|(?<=\s)-{1,3})\s*$")
_JOINT_ENDS = frozenset(",;(-")
# The day of declassification on the subject's line: `FOO, DECL: 12/12/2014`.
_DECLASSIFY_BEHIND = re.compile(
    r"\bDECL(?:ASSIFY(?: ON)?)?[:.]? ?\d{1,2} ?[/-] ?\d{1,2}\b.*", re.IGNORECASE
)
# The class line that follows on the subject's own line: `... SHIP... C O N F I D E N T I A L VALLETTA 000512 SIPDIS`.
_CLASSIFIED_BEHIND = re.compile(rf"(?<=\.\.\.) *{LEVEL} +[A-Z][A-Z ]{{2,30}} \d{{3,}}\b.*")
# A stray parenthesis or colon left by a damaged label or mark: `: FOO`, `-- FOO`.
_LEFT_OVER = re.compile(r"^(?:[\s:;,.)\]*-]|\((?:NF|NOFORN)\))+(?=\S)")
# A line that opens a form to be filled in: `HIGHLY RECOMMEND:`, `FOR:`; or hands the telegram on: `FOR: EUR/WE`,
# `DRAFTED BY: JSMITH`.
_FORM = re.compile(
    r"(?:\S+\s+){0,2}\S+:|(?:FOR|FROM|PASS|PASS TO|(?:DRAFTED|CLEARED|APPROVED|AUTHORIZED) BY):.*"
)
# The references on the subject's own line, without a colon: `... PACKAGE REF BONN 1234`, `... REF A. STATE 12`.
_REFERENCES_BEHIND = re.compile(
    r"\s\(?REF(?:S|TELS?)?\.? +(?=(?:\(?[A-Z][).:] ?)?(?:\d\d ?)?[A-Z]{3,}(?: [A-Z]{2,}){0,2} \d{2,}).*"
)
# A line below the subject that speaks of the message: `SENSITIVE BUT UNCLASSIFIED`, `THIS IS AN ACTION CABLE`.
_WARNING = re.compile(
    r"(?:SENSITIVE|UNCLASSIFIED|CONFIDENTIAL|SECRET|NOT FOR|NO FOREIGN|THIS (?:IS|MESSAGE|CABLE)|PLEASE|CORRECTED|"
    r"ACTION|JOINT (?:MESSAGE|CABLE))\b",
    re.IGNORECASE,
)
# Two words in capitals and more; who is to read the message: `EYES ONLY`, `FOR SMITH FROM JONES`, `DEPT PASS AID`.
_PLAIN_WORDS = re.compile(r"(?=.{4,60}$)[A-Z'-]+(?: [A-Z'-]+)+")
_READERS = re.compile(
    r"\b(?:PASS|CHANNEL|ONLY|DISTRIBUTION|HANDLING|DEPT|DEPARTMENT|STATE|EMBASSY|AMEMBASSY|USMISSION|AMBASSADOR|CHARGE|DCM|"
    r"SUMMARY|INTRODUCTION|PAGE|SECTION|REFTEL|REF|TAGS)\b|^(?:FOR|FROM|TO|INFO|BY) "
)
# A subject's line, label included, that is broken off because it is full.
_FULL_LINE = 55
# The fields that may follow a subject.
_DRAFTED = frozenset({"references", "tags", "eo", "classified_by", "reasons", "declassify"})
_SHORTEST_LOUD = 8  # characters of capitals, so that small letters below them tell something
_SMALL_WORDS = 3  # of a line that is a sentence
_LONGEST_LINE = 1000  # characters: text collapsed into one line
_LONGEST = 12  # lines; no subject seen has more than eight


def joined(block: str) -> str:
    """Wrapped lines as one: line ends become blanks (none after a compound's hyphen), runs of blanks one."""
    if "\n" in block:
        block = (_COMPOUND.sub("-", block) if "-" in block else block).replace("\n", " ")
    if _may_have_other_blanks(block):
        return " ".join(block.split())
    # Of all that is white space only the blank can be printed: taking a text apart and joining it takes longer.
    while "  " in block:
        block = block.replace("  ", " ")
    return block.strip(" ")


def _may_have_other_blanks(block: str) -> bool:
    """Whether a text may have white space that is no blank: each sign of ASCII's is found faster than all are."""
    if not block.isascii():
        return not block.isprintable()
    return any(map(block.__contains__, _OTHER_BLANKS))


def breaks_off(line: str) -> bool:
    """Whether a subject may go on behind a blank line: its last line is full, or stops in the middle of a phrase."""
    return len(line) >= _FULL_LINE or "(" in line or _UNFINISHED.search(line) is not None


def subject(text: str | Header) -> str:
    """The subject, its lines joined by blanks and its portion mark taken off; "" if there is none.

    The first label with a colon counts; one without a colon (`SUBJECT FOO`) only where no other is. It ends at a
    blank line, the next field, a rule, a page mark, a caption or the first paragraph. A blank line does not end it in
    the middle of a phrase (`... AND`), nor where a line that is full goes on in one more before the next field.
    """
    found = Header.of(text).blocks
    subjects = [
        (block, following is None or following.field in _DRAFTED)
        for block, following in zip_longest(found, found[1:])
        if block is not None and block.field == "subject"
    ]
    for block, closed in sorted(subjects, key=lambda each: not each[0].sure):
        words = _cleaned(joined("\n".join(_lines(block, closed=closed))))
        if words:
            return words
    return ""


def _lines(block: Block, *, closed: bool) -> list[str]:
    """The field's lines; `closed` says that another field of the drafter's, or the header's end, follows on them."""
    kept: list[str] = []
    # Subjects that count their own items (`1. FOO` / `2. BAR`) do not end at a number.
    counted = is_paragraph_start(block.lines[0])
    for at, line in enumerate(block.lines):
        words = line.strip()
        if not words:
            rest = block.lines[at + 1 :]
            full = (
                len(block.label) + len(kept[0]) if len(kept) == 1 else len(kept[-1]) if kept else 0
            )
            wrapped = (
                closed and bool(kept) and _is_last_line(kept[-1], rest, full=full >= _FULL_LINE)
            )
            if kept and not wrapped and not _goes_on(kept, rest):
                break
            continue
        number = is_paragraph_start(line)
        if at and (ends_prose(line) and not (number and counted)):
            break
        if kept and (leading_mark(words)[0] is not None or _FORM.fullmatch(words)):
            break
        if kept and (is_class_line(words) or _is_first_sentence(kept, words)):
            break
        kept.append(words[:_LONGEST_LINE])
        if len(kept) == _LONGEST:
            break
    return kept


def _is_first_sentence(kept: Sequence[str], words: str) -> bool:
    """Whether a line below a subject in capitals is the text's first sentence: `Action is requested in para 3.`."""
    so_far = " ".join(kept)
    small = [word for word in words.split() if word.islower()]
    return (
        so_far.isupper()
        and len(so_far) >= _SHORTEST_LOUD
        and len(small) >= _SMALL_WORDS
        and words[:1].isupper()
        and words.endswith((".", ":", "!"))
    )


def _goes_on(kept: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether a subject reaches over a blank line: it breaks off in a phrase, and the next line is like it."""
    so_far = " ".join(kept)
    follower = next((line for line in rest[:3] if line.strip()), "")
    if not follower or ends_prose(follower) or len(follower.strip()) > 90:
        return False
    broken = _UNFINISHED.search(so_far) or so_far.count("(") > so_far.count(")")
    return bool(broken) and (follower.isupper() or not so_far.isupper())


def _is_last_line(above: str, rest: Sequence[str], *, full: bool) -> bool:
    """Whether what is left of a field is one line more of the subject: no sentence, no pass line, no warning.

    Below a line of some words that is not full, it has to be capitals only, and must not speak of who is to read it.
    """
    below = [line.strip() for line in rest if line.strip()]
    return (
        len(below) == 1
        and below[0].isupper() is above.isupper()
        and not below[0].endswith((".", ":", "!"))
        and below[0][0].isalnum()
        and not ends_prose(below[0])
        and opened_field(below[0]) is None
        and _WARNING.match(below[0]) is None
        and (
            full
            or (
                _PLAIN_WORDS.fullmatch(below[0]) is not None
                and not _READERS.search(below[0])
                and " " in above
            )
        )
    )


def _cleaned(words: str) -> str:
    words = _COUNT.sub("", words, count=1) if words.startswith("¶") else words
    if "1." in words or "¶" in words:
        words = _PARAGRAPH.sub("", words, count=1)
    behind = _REFERENCES_BEHIND.search(words) if "REF" in words else None
    # `RESPONSE TO REF STATE 123` is a phrase of the subject's.
    if behind and not _UNFINISHED.search(words[: behind.start()]):
        words = words[: behind.start()]
    declassify = _DECLASSIFY_BEHIND.search(words) if "DECL" in words.upper() else None
    if declassify and declassify.start():
        words = words[: declassify.start()]
    words = _without_left_over(words)
    words = _CLASSIFIED_BEHIND.sub("", words) if "..." in words else words
    while True:
        mark, rest = leading_mark(words)
        if mark is None or not rest:
            break
        words = _without_left_over(rest)
    words = words.rstrip()
    if words[-1:] in _JOINT_ENDS:
        words = _JOINT_BEHIND.sub("", words).rstrip()
    return (_MARK_BEHIND.sub("", words) if words[-1:] == ")" else words).strip()


def _without_left_over(words: str) -> str:
    left = _LEFT_OVER.match(words)
    return words[left.end() :] if left else words
