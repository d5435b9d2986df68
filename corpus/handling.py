"""How a cable was to be handled, as a reader is told: its classification with what limits it further.

Owns the one distinction that the classification alone does not make: an unclassified cable may be sensitive. Must not
know who shows it.
"""

from __future__ import annotations

from itertools import islice

from corpus.model import Cable

UNCLASSIFIED = "UNCLASSIFIED"
SENSITIVE = "UNCLASSIFIED//SBU"
# So many paragraphs are asked for their marks: lists ask this for each paragraph of a cable, and one that is sensitive
# says so in its first ones.
_ASKED = 40


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
