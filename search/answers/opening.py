"""How a cable's summary opens: the sentence or two of it that a list of cables has room for.

Owns what is taken off the summary's paragraphs (its label, its end mark) and where they are cut. Which paragraphs are
the summary's the parser said (`corpus.model.Part`). Must not know a page or an engine.
"""

from __future__ import annotations

import re

from corpus.late_patterns import late_pattern
from corpus.model import Cable, Part

# So many characters at most: two lines on a wide page.
_LONGEST = 220
# A summary that opens with less is shown with its next sentence.
_SHORTEST = 60
# `SUMMARY:`, `Begin summary.`, `(SBU) SUMMARY AND COMMENT --`: what stands before the summary's first word.
_LABEL = late_pattern(
    r"\s*(?:\([A-Z/ ]{1,12}\)\s*)?(?:begin\s+)?(?:executive\s+)?summary"
    r"(?:\s*(?:and|&|/)\s*(?:action request|comment|introduction|[a-z]+))?"
    r"\s*(?:\([A-Z/ ]{1,12}\)\s*)?(?:[:.;]+|-+|–|—)\s*",
    re.IGNORECASE,
)
# `END SUMMARY.`, `(End of summary and comment.)`, and all behind it.
_END = late_pattern(
    r"[-(\[*_ ]*\bend\s+(?:of\s+)?(?:executive\s+)?sum(?:mary)?\b.*", re.IGNORECASE | re.DOTALL
)
# The end of a sentence; not of `U.S.`, `Mr.`, `Gen.` or `No.`: behind a word of three small letters or four capitals, a
# number or a closing sign.
_SENTENCE_END = late_pattern(r"(?:[a-zà-ÿ]{3}|[A-Z]{4}|[0-9]{2}|[)”\"%])[.!?][”\"’')\]]*(?=\s|$)")


def opening(cable: Cable) -> str:
    """The first sentences of a cable's summary, on one line; "" if the cable has none.

    A sentence that is too long by itself is cut at a blank, and ends with `…`.
    """
    taken = ""
    for paragraph in cable.paragraphs:
        if paragraph.part is not Part.SUMMARY:
            continue
        label = None if taken else _LABEL.match(paragraph.text)
        text = paragraph.text[label.end() :] if label else paragraph.text
        words = _END.sub("", text).split()
        taken = " ".join([taken, *words]) if taken else " ".join(words)
        if len(taken) > _LONGEST or _END.search(text):
            break
    if len(taken) <= _LONGEST:
        return taken
    ends = [found.end() for found in _SENTENCE_END.finditer(taken, 0, _LONGEST)]
    if ends and ends[-1] >= _SHORTEST:
        return taken[: ends[-1]]
    return f"{taken[:_LONGEST].rpartition(' ')[0].rstrip(',;:-–— ')} …"
