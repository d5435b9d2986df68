"""What is missing from a text, and from a cable: what was withheld, lost or left out, of which kind and how much.

The face of its modules: `model` has the types, `sizes` reads how much, `phrases` what brackets say, `codes` the
exemptions, `reading` finds them in a text, `records` reads what is said of a whole cable. Needs no page and no index.
"""

from __future__ import annotations

from corpus.omissions.model import KINDS, Omission, OmissionKind, Size
from corpus.omissions.reading import omissions
from corpus.omissions.records import of_the_record

__all__ = ["KINDS", "Omission", "OmissionKind", "Size", "of_the_record", "omissions"]
