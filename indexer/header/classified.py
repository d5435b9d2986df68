"""Who classified a cable: the `Classified By` field.

Owns the joining of its broken lines, and which of its pieces are persons. What a title or an office is, is
`indexer.header.positions`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.posts import post_by_spelling
from indexer.grammar.labels import CLASSIFIED_WORD
from indexer.header.blocks import Block, ends_prose
from indexer.header.header import Header
from indexer.header.person_names import is_initial, is_name_word, name_in_title_case
from indexer.header.positions import is_office_shape, is_position, name_without_office

# The field's label again inside the field: `Classified By: Classified by ...`, `: (U) CLASSIFIED BY`.
_LABEL_AGAIN = re.compile(
    r"\W{0,9}(?:\([A-Z/]{1,8}\)\W{0,4})?(?:(?:THIS )?(?:MESSAGE|CABLE|TELEGRAM) (?:WAS |IS )?)?"
    rf"(?:{CLASSIFIED_WORD}|DERIVED|DRAFTED AND CLASSIFIED|APPROVED)"
    r"(?: AND APPROVED)?\W{1,4}(?:BY|FROM)\b\W{0,9}",
    re.IGNORECASE,
)
# Where the reasons begin, and the name has ended: `for reasons 1.4 (b)`, `REASON:`, `per 1.4`, `E.O. 12958`, `1.5 b`,
# `pursuant to`, `under section`, `due to`, `Declassify on`, `reasns` (misspelt), `1. 4 (b)`.
_REASONS_BEGIN = re.compile(
    r"\b(?:(?:(?:FOR|FR|FO|OFR|FRO|WITH|BY|PER|UNDER|AND|ON|UPON|IN|THE|FOLLOWING|GIVEN|CITING|IAW) ){0,2}"
    r"(?:REASON|REASN|RESON|RATIONALE)"
    r"|(?:FOR )?(?:PER|PURSUANT|UNDER(?!.?SECRETAR)|BECAUSE|DUE TO|BASED (?:UP)?ON|"
    r"IN ACCORDANCE|ACCORDING TO|AS PER|CITING|IAW|"
    r"USING)\b|(?:FOR )?(?:SECTIONS?|SECT?\.|PARAGRAPHS?|PARAS?|SUBSECTIONS?) ?\d|"
    r"(?:FOR )?E\.? ?[O0]\.? ?:? ?\d|EXECUTIVE ORDER"
    r"|(?:FOR )?1 ?[.,] ?[4-6]\b|FOR 1\b|DECL(?:ASSIF(?:Y|ICATION|IED))?\b|FOR ?:|\(?[BD]\)? (?:AND|&) \(?[BD]\)?)",
    re.IGNORECASE,
)
# Where another sentence or field begins: `. Summary`, `¶1.`, ` 1. (C)`.
_OVER = re.compile(r"\s¶|\s1\.\s+\([A-Z]|\bSUMMARY\b|\bREF:|\bSUBJECT:|\bTAGS:", re.IGNORECASE)
_COLUMN = 80
LONGEST_STATEMENT = 600  # characters; the longest seen names three persons in 250
_WIDTH_OF_WRAP = 78
# Words that stand on their own at a line's start: what is before them was a whole word.
_WHOLE = frozenset(
    {"FOR", "AND", "OF", "THE", "BY", "PER", "TO", "IN", "ON", "AT", "UNDER", "REASON", "REASONS", "A"}
)  # fmt: skip
# The pieces of a word on both sides of a line end: `Gra` / `ppo`.
_LAST_WORD = re.compile(r"[^\W\d_][\w'.-]*$")
_FIRST_WORD = re.compile(r"[^\W\d_][\w'/.-]*")
# `GDS 9/20/85 (BOEKER, PAUL H.)`: the schedule of 1978 and behind it the classifier, surname first.
_BEHIND_SCHEDULE = re.compile(
    r"\bX?[GR]DS\b[^(]{0,30}\((?P<surname>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+)?), ?(?P<given>[A-Z][A-Za-z. ]{0,30})\)"
)
# What parts persons and offices: a comma, a semicolon, a colon, a dash with blanks, a parenthesis, `and`, a full stop
# behind a word (but not behind an initial or `Jr.`).
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{4})\.(?=\s|$)")
_PARTS = re.compile(r"([,;:()]|\s[-–—]{1,2}\s|--|\s&\s|\s(?i:and)\s)")
# The full stop at the statement's end, behind a short surname too: `JOHN DOE. REASONS 1.4`; `JR.` and initials keep it.
_LAST_STOP = re.compile(r"(?<=[^\W\d_]{2})(?<!\bJR)(?<!\bSR)(?<!\b[JS]r)\.\s{0,2}$")
# No person: `Multiple Sources`, `VARIOUS SOURCES`.
_SOURCES = re.compile(r"\W*(?:MULTIPLE|VARIOUS|SEVERAL)\s+SOURCES?\b.*", re.IGNORECASE)
# What follows a name behind a comma and belongs to it: `, Jr.`, `, III`.
_SUFFIX = re.compile(r"\s*(?:JR|SR)\.?|\s*I{2,3}|\s*IV", re.IGNORECASE)
# `d' Affaires`: the blank behind the apostrophe is a slip.
_PARTED_ARTICLE = re.compile(r"(\b[dD]') (?=[Aa])")
# `Charge d'Affaires` as typists have it, his `a.i.` with it: `CHARGE D\\'AFFAIRES`, `Charge de Affaires`, `Charge,
# d,Affaires a. i.`, `CHARGE D AFFAIRS`.
_CHARGE = re.compile(
    r"\bCHARG[E\u00c9]\W{0,3}D\W{0,3}(?:E\W{0,2})?AFF?AIRE?S?\b"
    r"(?:\W{0,3}(?:A\.? ?I\b\.?|AD INTERIM\b))?[\s,.]{0,3}",
    re.IGNORECASE,
)
# A reference where a person should be: `Classified By: IZMIR 222`.
_REFERENCE = re.compile(r"(?:\d\d )?[A-Z][A-Z .']{2,30} \d{1,6}")
_APOSTROPHES = str.maketrans("’`´‘", "''''")


def classified_by(text: str | Header) -> tuple[str, ...]:
    """The persons who classified the cable, in title case, without titles and offices; () if none is named.

    `Classified By: DCM JOHN F. McCONNELL for reasons 1.4 (b)` gives `("John F. McConnell",)`. Several persons are
    given in order. A surname alone is given alone (`Ambassador Smith` is `Smith`); an office alone is nobody.
    """
    header = Header.of(text)
    found: list[str] = []
    for block in header.blocks_of("classified_by"):
        if _REFERENCE.fullmatch(block.lines[0].strip(" :")):
            continue  # the references got the wrong label
        statement = _statement(block)
        for name in () if _SOURCES.match(statement) else _persons(statement):
            if name not in found:
                found.append(name)
        if found:
            return tuple(found)
    # Under the order of 1978 the classifier stood behind the date: `E.O. 12065: GDS 9/20/85 (BOEKER, PAUL H.)`.
    for block in header.blocks_of("eo"):
        match = _BEHIND_SCHEDULE.search(block.lines[0][:LONGEST_STATEMENT])
        if match:
            return (name_in_title_case([*match["given"].split(), *match["surname"].split()]),)
    return ()


def _statement(block: Block) -> str:
    """The field's text in one line, up to the reasons, labels off."""
    words = joined_lines(block)
    while True:
        label = _LABEL_AGAIN.match(words)
        if label is None:
            break
        words = words[label.end() :]
    for end in (_OVER, _REASONS_BEGIN):
        match = end.search(words)
        if match:
            words = words[: match.start()]
    words = _LAST_STOP.sub("", words)
    words = _CHARGE.sub("CHARGE D'AFFAIRES ", words)
    return _PARTED_ARTICLE.sub(r"\1", words.translate(_APOSTROPHES))


def _field_lines(block: Block) -> list[str]:
    lines: list[str] = []
    for at, line in enumerate(block.lines):
        if not line.strip():
            if lines:
                break
            continue
        if at and ends_prose(line):
            break
        # The label's colon, where a word had to stand behind it: `Classified By` / `: DCM`.
        lines.append(line[:LONGEST_STATEMENT] if lines else line[:LONGEST_STATEMENT].lstrip(" :;"))
        lines = [each for each in lines if each]
        if len(lines) == 6:
            break
    return lines


def joined_lines(block: Block) -> str:
    """The lines as one, with the words mended that were broken at column 80."""
    result = ""
    width = 0
    for at, line in enumerate(_field_lines(block)):
        words = line.strip()
        if not result:
            result = words
        elif _breaks_word(result, words, width, line):
            result += words
        else:
            result += f" {words}"
        # The label belongs to the first line's width, and what stands before it.
        width = len(line.rstrip()) if at else max(block.width, len(line.rstrip()))
    return " ".join(result[:LONGEST_STATEMENT].split())


def _breaks_word(before: str, after: str, width: int, line: str) -> bool:
    """Whether a line end stands inside a word: `Gary Gra` / `ppo for reasons`, at the wire's last column."""
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if last is None or first is None or line[:1].isspace():
        return False
    head, tail = last.group(), first.group()
    if tail.upper() in _WHOLE and not tail[0].isupper() and is_name_word(head):
        return False
    whole = (head + tail).upper()
    if (is_position(whole) or whole in _WHOLE) and not is_position(tail):
        return True
    if is_position(tail) or tail.upper() in _WHOLE or (head.upper() in _WHOLE and len(head) > 1):
        return False
    if tail[0].islower():
        # Names do not begin small, but for particles.
        return width >= _WIDTH_OF_WRAP - 8
    return width == _COLUMN and head.isupper() and tail.isupper() and len(head) > 1


def _persons(statement: str) -> Iterable[str]:
    pieces = _PARTS.split(_SENTENCE_END.sub(";", statement))
    named = False
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        joint = pieces[at - 1].strip().upper() if at else ""
        follower = pieces[at + 2] if at + 2 < len(pieces) else ""
        suffix = _SUFFIX.match(follower) if pieces[at + 1 : at + 2] == [","] else None
        titled, words = name_without_office(piece.split())
        if words and _is_person(words, titled=titled, joint=joint, named=named):
            name = name_in_title_case(words)
            if suffix and follower[suffix.end() :].strip() == "":
                name += f", {name_in_title_case([suffix.group().strip()])}"
                at += 2
            elif suffix and follower[suffix.end() : suffix.end() + 1] in {" ", "."}:
                name += f", {name_in_title_case([suffix.group().strip()])}"
            elif pieces[at + 1 : at + 2] == [","] and _is_reversed(words, follower, joint, named):
                given = follower.split()
                name = name_in_title_case([*given, *words])
                at += 2
            named = True
            yield name
        at += 2


def _is_person(words: Sequence[str], *, titled: bool, joint: str, named: bool) -> bool:
    """Whether what is left of a piece is a person: behind the first, only one with a title, or joined by `and`."""
    full = sum(not is_initial(word) for word in words)
    if full == 0 or (post_by_spelling(" ".join(words)) and (named or (titled and len(words) > 1))):
        return False
    if not named:
        return True
    if joint in {"AND", "&", ";"}:
        return titled or full >= 2 or joint in {"AND", "&"}
    return titled and full >= 1 and len(words) >= 2


def _is_reversed(words: Sequence[str], follower: str, joint: str, named: bool) -> bool:
    """`SMITH, JOHN`: one word, a comma, and one or two words that are no office."""
    given = follower.split()
    return (
        len(words) == 1
        and not joint
        and not named
        and 1 <= len(given) <= 2
        and all(is_name_word(word) and not is_position(word) for word in given)
        and not all(post_by_spelling(word) for word in given)
        and any(not is_initial(word) for word in given) | (len(given) == 1)
        and not is_office_shape(follower)
        and not (len(given) == 1 and given[0].isupper() and not words[0].isupper())
    )
