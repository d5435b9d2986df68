"""Where the body begins on a line that a field of the header opens: `REF: STATE 57598 (SBU) On March 20, Econoff ...`.

Owns that decision, and where the references end with which a text begins. Must not part a line, nor read a field.
"""

from __future__ import annotations

import re
from itertools import islice

from indexer.grammar.labels import drafted_label, opening
from indexer.grammar.marks import MARK, leading_mark
from indexer.grammar.vocabulary import CAPTION
from indexer.header.references.mentions import mentions
from indexer.lines.headings import mostly_upper

# A mark in its parentheses behind a paragraph's number: `(SBU)`, `(C/NF)`, `(C - ENTIRE TEXT)`.
MARKED = rf"[(\[]\s?{MARK}(?:\s?[-:,]?\s?ENTIRE TEXT)?\s?[)\]]"
# The first paragraph behind a field: by its mark or word, or as a sentence: `ROME 6 1. (SBU) We`, `OIL 1.The port`.
_FIRST_BEHIND = re.compile(
    rf"(?<=[^\s:])\s{{1,4}}(?=(?:¶\s?)?1\s?\.\s{{0,4}}(?:{MARKED}|(?:BEGIN\s)?(?i:SUMMARY|INTRODUCTION)\b|"
    r"[A-Z][\w'’-]{0,20}\s[a-z]))"
)
# A mark behind a field and a sentence behind that: `REF: STATE 57598 (SBU) On March 20, Econoff urged the ...`.
_MARK_BEHIND = re.compile(rf"(?<=[^\s:])\s{{1,4}}(?={MARKED}\s{{0,3}}[A-Z\"“])")
# A sentence: a word in small letters early in it, and several of them.
_SENTENCE = re.compile(r"[\"“(]?[A-Z][\w'’.-]*,?(?:\s[\w'’,.$%-]+){0,4}?(?:\s[a-z][\w'’,-]*){2}")
_SHORTEST_SENTENCE = 40
_FIELDS = frozenset(
    {"subject", "references", "tags", "eo", "classified_by", "reasons", "declassify"}
)
# What a line opens shows at its start; longer ones are no header lines for the grammar.
_LABEL_REACH = 300
# The end of a sentence: a word's small letters and a stop.
_STOP = re.compile(r"[a-z]{2}[.!?](?:\s|$)")
# An item's letter at a line's start: `B. 06 GUANGZHOU 32379`, `¶C. LIMA 12`, `(D) ROME 3`.
_LETTERED = re.compile(r"\s*¶?[(\[]?[A-Z][.)\]:]\s")
# An item's letter before the first reference or between two: `B. 08 LIMA 4567`, `; C) `, ` AND (D) `.
_BULLET = re.compile(r"[\s,;.]*(?:AND\s+)?(?:[(\[]?¶?[A-Z][.):\]]{1,2}\s*)?", re.IGNORECASE)
# Behind the last reference, said of it: ` (NOTAL).`, ` (NODIS) `.
_ASIDE = re.compile(
    rf"(?:\s*\(?(?:NOTAL|AND PREVIOUS|{CAPTION})\)?)?[.,;)]?(?:\s+|$)", re.IGNORECASE
)
# So many marks behind a field are looked at: references have letters like them.
_MOST_ITEMS = 8
# So far into a line the references of a REF field may reach.
_LONGEST_REFERENCES = 1000


def field_on(text: str, *, listed: bool) -> tuple[bool, int | None]:
    """Whether a line opens a drafter's field, and where the body begins on it, None if it does not.

    `listed` says that the line may as well go on with a list of references.
    """
    head = text[:_LABEL_REACH]
    opened = opening(head.strip())
    label = drafted_label(head)
    if opened is not None and opened.field in _FIELDS and label is not None:
        return True, _body_behind(text, label.end, opened.field)
    if listed and _LETTERED.match(text) and references_end(text):
        return True, _body_behind(text, 0, "references")
    return False, None


def _body_behind(text: str, start: int, field: str) -> int | None:
    """Where the body begins on the line of a field whose text begins at `start`; None if it does not."""
    found = []
    first = _FIRST_BEHIND.search(text, start + 1)
    if first is not None:
        found.append(first.end())
    if field in {"references", "subject", "tags", "eo"}:
        mark = next(
            (
                m
                for m in islice(_MARK_BEHIND.finditer(text, start + 1), _MOST_ITEMS)
                if _is_body(text, start, m, field)
            ),
            None,
        )
        if mark is not None:
            found.append(mark.end())
    if field == "references":
        end = start + references_end(text[start:])
        rest = text[end : end + _LABEL_REACH]
        if end > start and _is_prose(rest) and not _LETTERED.match(rest):
            found.append(end)
    return min(found, default=None)


def _is_body(text: str, start: int, mark: re.Match[str], field: str) -> bool:
    """Whether a portion mark on a field's line opens the body: a sentence follows, and it is no item's letter."""
    behind = text[mark.end() : mark.end() + _LABEL_REACH]
    sentence = leading_mark(behind)[1]
    if not _is_prose(sentence):
        return False
    before = text[start : mark.start()]
    if field == "subject":
        return mostly_upper(before)
    return not (behind.startswith("(C)") and "(B)" in before)


def _is_prose(text: str) -> bool:
    """Whether a text begins with a sentence, and has the end of one."""
    return (
        len(text) >= _SHORTEST_SENTENCE
        and _SENTENCE.match(text) is not None
        and _STOP.search(text) is not None
    )


def references_end(text: str) -> int:
    """Where the references end with which a text begins: 0 if it begins with none.

    Only items in a row count, with nothing but their letters between them.
    """
    end = 0
    head = text[:_LONGEST_REFERENCES]
    for cable in mentions(head):
        if cable.start < end:
            continue
        if _BULLET.fullmatch(head, end, cable.start) is None:
            break
        aside = _ASIDE.match(head, cable.end)
        if aside is None:
            break
        end = aside.end()
    return end
