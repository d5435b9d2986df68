"""What is said of a whole cable: withdrawn, a partial extract, without its text, released in part.

Owns the lines by which archives and releases say it: they stand around the cable, not in it. Must not know how a page
was read; it is handed lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.late_patterns import late_pattern
from corpus.omissions.codes import codes_in, codes_of
from corpus.omissions.model import Omission, OmissionKind

# `This record is a partial extract of the original cable.`, `Partial extracts of the original cable`.
_PARTIAL = late_pattern(
    r"(?:this (?:record|cable|document|message) is )?an? ?partial extracts?\b.{0,120}|partial extracts?\.?|"
    r"partial extracts? (?:of|from) the (?:original )?(?:cable|telegram|message|document)\b.{0,120}|"
    r"this (?:record|cable) is a partial extract\b.{0,120}|"
    r"the full text of the original cable is not available\.?"
)
# `WITHDRAWN`, `Withdrawal card`, `This document has been withdrawn because ...`, `DENIED IN FULL`, `Withdrawn item`. A
# text that a delegation withdrew is another matter.
_WITHDRAWN = late_pattern(
    r"\[?(?:withdrawn|withdrawal (?:card|notice|sheet|record|slip)s?(?: ?(?:no\b|number|id\b|:|-).{0,80})?|"
    r"this (?:item|document|record|telegram|cable|message|page|file) (?:has been|was|is) "
    r"(?:withdrawn|denied in full|withheld in full|exempted in full)\b.{0,160}|"
    r"(?:the )?(?:item|document|record|telegram|cable|message|page|text)s? (?:(?:has|have) been |was |were |is )?"
    r"(?:withdrawn from (?:the |this )?(?:file|record|collection|folder|box|series|database)s?\b.{0,120}|"
    r"(?:denied|withheld|exempted) in full\b.{0,80})|(?:withdrawn|restricted) items?(?: ?(?:no\b|number|:|-).{0,80})?|"
    r"(?:status: ?)?(?:release )?(?:denied|withheld|exempt(?:ed)?|excised) in full\b.{0,80}|access restricted\.?)\]?"
)
# `TEXT UNAVAILABLE`, `Error reading text index`, `EXPAND ELECTRONIC TELEGRAM - NO TEXT`, `MESSAGE TEXT: n/a`.
_NO_TEXT = late_pattern(
    r"(?:error reading text(?: index)?\b.{0,80}|expand electronic telegram\b.{0,20}no text\b.{0,20}|"
    r"(?:the )?(?:message |telegram |cable |full |original |document )?text(?: (?:of|for) th(?:is|e) "
    r"(?:message|telegram|cable|document|record))?(?: is| was|:)? ?(?:not available|unavailable|missing|lost|n/a|"
    r"not (?:found|received|in file|on file|in electronic form)|illegible)\b.{0,80}|"
    r"no (?:message |electronic )?text(?: (?:available|found|of (?:this|the) (?:message|telegram|cable)))?)\.?"
)
# `RELEASE IN PART B1, 1.4(D)`, `RELEASED IN PART`, `EXCISED IN PART`, `[Released in part: B6]`.
_IN_PART = late_pattern(r"\b(?:released?|excised?|denied|declassified|sanitized) in part\b")
_IN_FULL = late_pattern(r"\b(?:denied|withheld|exempt(?:ed)?) in full\b")
# NARA's own fields behind the text: `Review Exemptions: B1`, `Review Withdrawn Fields: Subject, Text`; mostly `n/a`.
_REVIEWED = late_pattern(
    r"(?:review )?(?P<field>exemptions?|withdrawn fields?): ?(?P<value>(?!n/?a\b|none\b|null\b)\S.{0,200})"
)
# One of them stands in each of those lines, in small letters; few of them in lines of other kinds.
_HINTS = (
    *(
        "partial extract",
        "withdraw",
        "in full",
        "in part",
        "exempt",
        "ess restricted",
        "restricted item",
    ),
    *(
        "unavailable",
        "not available",
        "reading text",
        "no text",
        "message text",
        "text n/a",
        "text: n/a",
    ),
    *(
        "text missing",
        "text lost",
        "text is ",
        "text was ",
        "text not ",
        "text illegible",
        "full text of",
    ),
)
# A line that begins as an exemption of the Act does: `B1`, `(b)(6)`, `b(3)`.
_MARGIN = late_pattern(r"^[ \t]*(?:\([bB]\) ?\(|[bB]-?\(?[1-9]).{0,60}$", re.MULTILINE)
_LONGEST = 400
_LONGEST_MARGIN = 60


def of_the_record(lines: Iterable[str]) -> tuple[Omission, ...]:
    """What lines around a cable, or a text that stands for it, say of all of it: each kind once, with its exemptions.

    The places are 0: nothing of the cable's own text stands for what is missing.
    """
    codes: dict[OmissionKind, dict[str, None]] = {}
    for line in _likely(lines):
        kind = kind_of_line(line)
        if kind is not None:
            codes.setdefault(kind, {}).update(dict.fromkeys(codes_in(" ".join(line.split()))))
    return tuple(Omission(0, 0, kind, (), tuple(found)) for kind, found in codes.items())


def _likely(lines: Iterable[str]) -> Iterator[str]:
    """The lines that may say something, in their order: a page has many, and most say nothing of the kind."""
    text = "\n".join(lines)
    small = text.lower()
    if len(small) != len(text):  # a letter whose small form is two
        yield from text.splitlines()
        return
    places = {found.start() for found in _MARGIN.finditer(text)}
    for hint in _HINTS:
        at = small.find(hint)
        while at >= 0:
            places.add(small.rfind("\n", 0, at) + 1)
            end = small.find("\n", at)
            at = small.find(hint, end) if end >= 0 else -1
    for start in sorted(places):
        end = text.find("\n", start)
        yield text[start : end if end >= 0 else len(text)]


def kind_of_line(line: str) -> OmissionKind | None:
    """What a line says of the whole cable, None where that is nothing."""
    return OmissionKind.EXEMPTION if _is_margin(line) else kind_of_text(line)


def _is_margin(line: str) -> bool:
    """Whether a line is exemptions alone, as they stand in the margin: one of them of the Act, for those of the order
    are reasons for classifying, too."""
    if len(line) > _LONGEST_MARGIN or not ("B" in line or "b" in line):
        return False
    codes = codes_of(line.strip())
    return codes is not None and any(code.startswith("B") for code in codes)


def kind_of_text(line: str) -> OmissionKind | None:
    """The same of a text that stands for a cable's: of more than a line it says nothing."""
    if len(line) > _LONGEST:
        return None
    lower = line.lower()
    if not any(map(lower.__contains__, _HINTS)):
        return None
    words = " ".join(lower.split()).strip(" -*<>")
    if _PARTIAL.fullmatch(words):
        return OmissionKind.PARTIAL_EXTRACT
    if _WITHDRAWN.fullmatch(words) or (_IN_FULL.search(words) and _is_stamp(line)):
        return OmissionKind.WITHDRAWN
    if _NO_TEXT.fullmatch(words):
        return OmissionKind.TEXT_MISSING
    if reviewed := _REVIEWED.fullmatch(words):
        withdrawn = reviewed["field"].startswith("withdrawn")
        return OmissionKind.WITHDRAWN if withdrawn else OmissionKind.EXEMPTION
    if _IN_PART.search(words) and _is_stamp(line):
        return OmissionKind.EXEMPTION
    return None


# A stamp is short of sentences: capitals, or `Released in Part`.
_SENTENCE = late_pattern(r"\b(?:[a-z]{3,} ){4}")


def _is_stamp(line: str) -> bool:
    return _SENTENCE.search(line) is None
