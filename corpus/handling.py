"""How a cable was to be handled, as a reader is told: its classification with what limits it further, its precedence.

Owns the one distinction that the classification alone does not make, that an unclassified cable may be sensitive; and
what the letters of a precedence mean. Must not know who shows it.
"""

from __future__ import annotations

from itertools import islice

from corpus.model import Cable

UNCLASSIFIED = "UNCLASSIFIED"
SENSITIVE = "UNCLASSIFIED//SBU"
# So many paragraphs are asked for their marks: lists ask this for each paragraph of a cable, and one that is sensitive
# says so in its first ones.
_ASKED = 40


# By the letter before a date-time group, and by the word before an addressee (ACP 121).
_PRECEDENCES = {"Z": "Flash", "O": "Immediate", "P": "Priority", "R": "Routine"}
_PRECEDENCE_WORDS = {word.upper(): word for word in _PRECEDENCES.values()} | {
    "EMERGENCY": "Emergency",
    "OPS": "ops",
}


def precedence_in_words(printed: str) -> str:
    """`Immediate` for `O` and for `IMMEDIATE`; of two letters the second is for those who are informed.

    What is no precedence is given as it is: `NIACT IMMEDIATE` is `NIACT Immediate`.
    """
    parts = printed.split()
    if len(parts) > 1 and all(part in _PRECEDENCES for part in parts):
        first, *others = dict.fromkeys(_PRECEDENCES[part] for part in parts)
        return ", ".join((first, *(f"{other} for information" for other in others)))
    return " ".join(
        _PRECEDENCES.get(part) or _PRECEDENCE_WORDS.get(part.upper(), part) for part in parts
    )


def shown_classification(cable: Cable) -> str | None:
    """The classification for people: `UNCLASSIFIED//SBU` for an unclassified cable that is sensitive but unclassified.

    That is one with the caption SENSITIVE, or with a portion mark SBU (Foreign Affairs Manual, 12 FAM 540: such
    information is unclassified and yet not for everybody). Any other classification is given as it is.
    """
    if cable.classification != UNCLASSIFIED:
        return cable.classification
    marks = (paragraph.mark or "" for paragraph in islice(cable.paragraphs, _ASKED))
    sensitive = "SENSITIVE" in cable.caveats or any(mark.startswith("SBU") for mark in marks)
    return SENSITIVE if sensitive else cable.classification
