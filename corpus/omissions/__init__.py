"""What is missing from a text, and from a cable: what was withheld, lost or left out, of which kind and how much.

The face of its modules: `model` has the types, `sizes` reads how much, `phrases` what brackets say, `codes` the
exemptions, `reading` finds them in a text, `records` reads what is said of a whole cable. Needs no page and no index.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.omissions.model import KINDS, Omission, OmissionKind, Size

__all__ = ["KINDS", "Omission", "OmissionKind", "Size", "of_the_record", "omissions"]


# What reads is loaded by who reads: to ask an index takes none of it.
def omissions(text: str) -> tuple[Omission, ...]:
    """What is missing from a text; see `corpus.omissions.reading`."""
    from corpus.omissions.reading import omissions as read

    return read(text)


def of_the_record(lines: Iterable[str]) -> tuple[Omission, ...]:
    """What lines around a cable say of all of it; see `corpus.omissions.records`."""
    from corpus.omissions.records import of_the_record as read

    return read(lines)
