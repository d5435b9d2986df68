"""What stands behind the last paragraph of a cable: its signature, class lines, notes.

Owns the placing of these lines; must not know paragraphs. Who signed is read by `indexer.header.signatures`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import SegmentKind
from corpus.posts import post_by_spelling
from indexer.body.text import is_item, is_row
from indexer.grammar.marks import ends_sentence, stops_short
from indexer.grammar.vocabulary import level_alone
from indexer.header.person_names import SURNAME_BEGINS, SURNAME_OPENERS
from indexer.header.positions import is_position
from indexer.header.signatures import is_title_line, signed_by, stands_behind, without_title
from indexer.lines.headings import mostly_upper, part_of
from indexer.lines.lines import Line

_END_MARK = SegmentKind.END_MARK
# The drafter's chief, alone on the last line: `BOEKER`, `McCONNELL`, `DE LA CRUZ`, `Delacourt`, `WOLFF ##`, `#QUILL`,
# `van Tromp`, `de la Cruz`.
_SIGNATURE = re.compile(rf"#*\s*{SURNAME_BEGINS}(?:[A-Z][A-Za-z'’.-]*\s?){{1,3}}\s*#*")
# The same behind the last sentence, where the ends of lines were lost: `... in May. QUILL`, `End text QUILL`.
_BEHIND_SENTENCE = re.compile(
    rf"(?:(?P<above>\S*[.!?)\"”’'*])|\b(?i:end\s(?:comments?|text|summary|note)))\s+"
    rf"(?P<name>#*{SURNAME_BEGINS}[A-Z][A-Za-z'’-]+(?:\s(?:[A-Z]\.|[A-Z][A-Za-z'’-]+)){{0,2}})[\s#*]*\Z"
)
# What ends with a stop and no sentence: `Mr.`, `U.S.`, `No.`, `J.`.
_SHORT_FORM = re.compile(
    r"\W*(?:Mrs?|Ms|Drs?|Gen|Lt|Col|Maj|Capt|Cpt|Sgt|Adm|Amb|Gov|Sen|Rep|Prof|Rev|St|Nos?|Hon|Msgr|Pres|Min|vs|cf|etc|"
    r"(?:\w\.)*\w)\.",
    re.IGNORECASE,
)
# Behind these words a name in small letters, or in a text of capitals, is a signature: `... soon. End Comment. Quill`.
_CLOSED = re.compile(
    r"\bend (?:of )?(?:comment|text|summary|note|message|cable)s?[.)]*\s+\S+(?:\s\S+){0,3}\Z",
    re.IGNORECASE,
)
_LONGEST_TAIL = 80
_SHORTEST_TEXT = 20
_SHORTEST_NAME = 4
# A shorter line is not full, so that what stands under it begins something new.
_SHORT_LINE = 50
_SENTENCE_WORDS = 5
# A paragraph's own number: `2. WE RECOMMEND`.
_NUMBERED = re.compile(r"\d{1,3}\.\s")
# So many lines of notes, plugs and drafters stand behind a signature at most.
_MOST_BEHIND = 6


def place_ending(lines: list[Line], *, parted: bool = False) -> str | None:
    """Place what stands behind the last paragraph (signature, class line); gives the signer's line.

    With `parted` a signature that stands on the line of the last sentence gets a line of its own, in `lines`.
    """
    at = len(lines) - 1
    while at >= 0:
        line = lines[at]
        if line.kind is None and not line.blank:
            if level_alone(line.words) is None:
                break
            line.assign(_END_MARK, "classification")
        at -= 1
    # Notes, plugs and drafters are known as such only under a signature: else they are the cable's own last words.
    behind: list[Line] = []
    while at >= 0 and len(behind) <= _MOST_BEHIND:
        line = lines[at]
        if line.kind is None and not line.blank:
            if not stands_behind(line.words):
                break
            behind.append(line)
        at -= 1
    if at < 0 or lines[at].kind is not None or lines[at].blank:
        return None
    # Under a name its title: `STRUBLE` / `CHARGE D'AFFAIRES`, `P. Michael McKinley` / `Ambassador`.
    title = lines[at] if at > 1 and is_title_line(lines[at].words) else None
    if title is not None and _signs(lines, at - 1, titled=True):
        at -= 1
    else:
        title = None
        if not (at and _signs(lines, at)):
            if not (parted and _part_signature(lines, at)):
                return None
            at += 1
    signer = lines[at]
    # Over a note or a plug only a surname in capitals is one: `Contacts` over an address is the cable's own.
    if behind and not without_title(signer.words.rstrip("# "))[-2:].isupper():
        return None
    under = [title] if title is not None else []
    said = "\n".join(line.words.strip("# ") for line in (signer, *under))
    # What is nobody's name stays in the text: `The Ambassador`, `TOTAL`.
    if not signed_by(said):
        return None
    for line in behind:
        line.assign(_END_MARK)
    for line in (signer, *under):
        line.assign(_END_MARK, "signature")
    return said


def _part_signature(lines: list[Line], at: int) -> bool:
    """Part the line in two where the drafter's chief stands behind its last sentence; says whether one does."""
    line = lines[at]
    if line.words[-1] in ".:)?!":
        return False
    tail = line.words[-_LONGEST_TAIL:]
    found = _BEHIND_SENTENCE.search(tail)
    if found is None:
        return False
    # `End text. QUILL` is closed, however short; so is a paragraph's last line: `2. PLEASE ADVISE.  INGERSOLL`.
    if (
        len(line.words) - len(found["name"]) < _SHORTEST_TEXT
        and not _CLOSED.search(tail)
        and not (_NUMBERED.match(line.words) or (at and _is_text(lines[at - 1])))
    ):
        return False
    if found["above"] and _SHORT_FORM.fullmatch(found["above"]):
        return False
    name = found["name"].strip("#")
    if stops_short(name.split()[0]) and not name[0].islower():  # `By J. QUILL`
        return False
    surname = name.split()[-1]
    loud = surname[-2:].isupper() and not mostly_upper(line.words)
    if not (
        loud
        or name[0].islower()
        or _CLOSED.search(tail.rstrip("#* "))
        or _stands_alone(name, lines)
    ):
        return False
    if not signed_by(" ".join(word for word in name.split() if word[0].isupper())):
        return False
    cut = line.text.rindex(found["name"])
    lines[at : at + 1] = [
        Line(line.text[:cut], line.number, line.inside),
        Line(line.text[cut:], line.number, line.inside),
    ]
    return True


def _is_text(line: Line) -> bool:
    return line.kind is None and not line.blank


def _stands_alone(name: str, lines: Sequence[Line]) -> bool:
    """Whether what ends a text in capitals is a name and no sentence's beginning: the text has it once.

    One word, or one behind a particle: `... INSTRUCTIONS. VANDEN HEUVEL`; `LA PAZ` is a post.
    """
    if not name.isupper() or len(name) < _SHORTEST_NAME or stops_short(name):
        return False
    words = name.split()
    if len(words) > 1 and (
        not SURNAME_OPENERS.issuperset(words[:-1]) or post_by_spelling(name) is not None
    ):
        return False
    word = re.compile(rf"\b{re.escape(name)}\b")
    return sum(len(word.findall(line.words)) for line in lines if line.kind is None) == 1


def _signs(lines: Sequence[Line], at: int, *, titled: bool = False) -> bool:
    """Whether a line is the drafter's chief: names in capitals or title case, parted from the text above.

    `titled`: under the line stands a title, and it may be a whole name.
    """
    line = lines[at]
    name = without_title(line.words.rstrip("# "))
    if line.kind is not None or len(line.words) > 60 or not _SIGNATURE.fullmatch(name):
        return False
    above = next(
        (other for other in reversed(lines[:at]) if other.kind is None or not other.blank), None
    )
    loud = mostly_upper(name)
    if (
        above is None
        or not (
            lines[at - 1].blank
            or ends_sentence(above.words)
            or line.words[0] == "#"
            # A plug or an address is no text that a name in capitals would go on with.
            or (loud and stands_behind(above.words))
            or _is_apart(above.words, name, lines[:at])
        )
    ):
        return False
    # A whole name in small letters may stand in a list of names and titles, which no sentence is.
    if titled and not loud:
        text = next((other.words for other in reversed(lines[:at]) if not other.blank), "")
        return lines[at - 1].blank and ends_sentence(text) and text[-1] not in ":;"
    words = name.strip("# ").split()
    particles = next((n for n, word in enumerate(words) if word[0].isupper()), 0)
    # A line of small words that goes on with a sentence is none: `la Cruz` stands behind a sentence's end.
    if particles and not ends_sentence(above.words):
        return False
    words = words[particles:]
    return (
        len(words) <= (3 if loud else 2)
        and part_of(name) is None
        and all(word[0].isupper() for word in words)
        and sum(c.isalpha() for c in line.words) >= 3
    )


def _is_apart(above: str, words: str, text: Sequence[Line]) -> bool:
    """Whether one word in capitals under a short line is a name: no sentence goes on there, as under a full line.

    `Start Date: 3/24/2010` / `SMITH`. In a text of capitals the line above is one of a sentence, and the word nowhere
    else in the text, no post and no title: `WE RECOMMEND THAT DEPARTMENT REPLY` / `ELIOT`.
    """
    if not (len(above) < _SHORT_LINE and words.isupper() and " " not in words):
        return False
    if stops_short(above):
        return False
    if not mostly_upper(above):
        return True
    return (
        len(above.split()) >= _SENTENCE_WORDS
        and not is_row(above, after_row=True)
        and (_NUMBERED.match(above) or not is_item(above))
        and not is_position(words)
        and post_by_spelling(words) is None
        and len(words) >= _SHORTEST_NAME
        and not _stands_in(words, text)
    )


def _stands_in(word: str, text: Sequence[Line]) -> bool:
    found = re.compile(rf"\b{re.escape(word)}\b")
    return any(line.kind is None and found.search(line.words) for line in text)
