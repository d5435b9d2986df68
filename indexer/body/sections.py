"""Which sections of a telegram a page lacks: the wire sent long ones in several, and pages were kept one by one.

Owns the counting of a telegram's sections, and the doubt that some are missing. Must not place a line.

Sources: the class line of each section (`CONFIDENTIAL SECTION 1 OF 2 JAKARTA 11907`, `FINAL SECTION OF 02`), NARA's
page lines (`PAGE 02 JAKART 11907  01 OF 02  150955Z`), the wire's marks since 2005 (`LIMA 00000555  002 OF 003`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Problem, SegmentKind
from indexer.grammar.marks import COUNT_WORD, counted, inner_page_marks
from indexer.lines.lines import Line

# Asked for on every line: a member of an Enum takes a look-up in Python, a name of the module does not.
_PAGE_MARK, _HEADER = SegmentKind.PAGE_MARK, SegmentKind.HEADER
_PARAGRAPH = SegmentKind.PARAGRAPH
_COUNT = rf"(?:\d{{1,2}}|{COUNT_WORD})"
# Each of the forms above; a page line that counts no sections has `00 OF 02`, or nothing.
_SECTION = re.compile(
    rf"\bSECTION\s+(?P<number>{_COUNT})\s+OF\s+(?P<of>{_COUNT})\b"
    rf"|\b(?P<final>FINAL)\s+SECTION\s+OF\s+(?P<of_final>{_COUNT})\b"
    r"|^PAGE\s.*\s(?P<part>\d{1,2})\s+OF\s+(?P<parts>\d{1,2})\s+\d{6}Z"
    r"|\d{4,8}\s+(?P<page>\d{3})(?:[. ]\d)?\s+[O0]F\s+(?P<pages>\d{3})$",
    re.IGNORECASE,
)
# The same where an archive joined the lines: `... OF TEA CONFIDENTIAL SECTION 2 OF 2 LIMA 1234`, `01 OF 02  150955Z`.
_INSIDE = re.compile(
    rf"\bSECTION\s+(?P<section>{_COUNT})\s+OF\s+{_COUNT}\b|\b(?P<part>\d{{1,2}})\s+OF\s+\d{{1,2}}\s+\d{{6}}Z"
)
_FINAL_INSIDE = re.compile(r"\bFINAL SECTION OF\b")
# A section has about a hundred lines. Where a page has many more of them, marks were lost, and no text.
_LONGEST_SECTION = 150


def missing_sections(lines: Sequence[Line], *, signed: bool) -> Problem | None:
    """The doubt that a page has not all sections of its telegram, and which it lacks.

    `signed`: somebody signed, which is done under the last section. So a page that shows the first one alone, and is
    signed, lost the marks of the others; a page that shows a later one shows them all.
    """
    # Nearly all telegrams have one section: their marks count none.
    marks = [line.words for line in lines if line.kind is _PAGE_MARK or line.field == "class"]
    together = "\n".join(marks).upper()
    if "OF" not in together and "0F" not in together:
        return None
    seen: set[int] = set()
    total = text = 0
    headed = False
    for line in lines:
        kind = line.kind
        headed = headed or kind is _HEADER
        if kind is _PAGE_MARK or (kind is _HEADER and line.field == "class"):
            found = _SECTION.search(line.words) if " " in line.words else None
            if found is not None:
                number, of = _numbers(found)
                total = max(total, of)
                # Text over the first mark is of section 1, whose class line was lost; over a mark of the wire stands
                # the end of the section before, be it the header's.
                if text and not seen:
                    seen.add(1)
                if (text or headed) and found["page"]:
                    seen.add(number - 1)
                seen.add(number)
        elif kind is _PARAGRAPH:
            text += 1
    seen.discard(0)
    if total < 2 or not seen or text > _LONGEST_SECTION * len(seen):
        return None
    missing = [number for number in range(1, total + 1) if number not in seen]
    if not missing or (signed and seen == {1}) or _marked_inside(lines, missing):
        return None
    which = " and ".join(filter(None, (", ".join(map(str, missing[:-1])), str(missing[-1]))))
    word = "section" if len(missing) == 1 else "sections"
    return Problem(
        "section-missing",
        f"{word} {which} of the telegram's {total} {'is' if len(missing) == 1 else 'are'} not on the page",
    )


def _numbers(found: re.Match[str]) -> tuple[int, int]:
    """The number of a section and of how many it is."""
    if found["final"]:
        return counted(found["of_final"]), counted(found["of_final"])
    if found["number"]:
        return counted(found["number"]), counted(found["of"])
    if found["part"]:
        return int(found["part"]), int(found["parts"])
    return int(found["page"]), int(found["pages"])


def _marked_inside(lines: Sequence[Line], missing: Sequence[int]) -> bool:
    """Whether one of these is marked inside a line of the text: `... of tea LIMA 00000555  002 OF 003 and`."""
    for line in lines:
        if line.kind is not _PARAGRAPH or " OF " not in line.words.upper():
            continue
        if _FINAL_INSIDE.search(line.words):
            return True
        marks = [line.words[start:end] for start, end in inner_page_marks(line.words)]
        numbers = [_numbers(found)[0] for mark in marks if (found := _SECTION.search(mark))]
        numbers.extend(
            counted(found["section"] or found["part"]) for found in _INSIDE.finditer(line.words)
        )
        if not set(numbers).isdisjoint(missing):
            return True
    return False
