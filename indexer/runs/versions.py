"""A cable as one place has it, and what follows for the others when several places have one.

Owns what the index is told of the other versions, and of which of them the text is kept. Which place is the best the
ledger says; must not know where this is written down, nor an engine.
"""

from __future__ import annotations

import json
import re
from collections import Counter

from corpus.ids import lookup_key
from corpus.model import Cable, Version
from search.sources.records import Facts, Held
from search.telegrams.signatures import signature

# A name that the publisher took out: `XXXXXXXXXXXX`.
BLACKED_OUT = re.compile(r"\bX{4,}\b")


def facts(cable: Cable, found: str) -> Facts:
    """What the ledger keeps of a cable that was found there."""
    problems = Counter(problem.code for problem in cable.problems)
    return Facts(
        lookup_key(cable.id),
        cable.id,
        weight(cable),
        len(cable.paragraphs),
        json.dumps(problems, sort_keys=True),
        found,
        Version(cable.source, cable.address, cable.digest),
        cable.versions,
        signature(cable),
    )


def weight(cable: Cable) -> int:
    """How much text a cable has, in characters; what was blacked out counts nothing, however long it is."""
    texts = (paragraph.text for paragraph in cable.paragraphs)
    return sum(len(BLACKED_OUT.sub("", text) if "XXXX" in text else text) for text in texts)


def versions(held: list[Held]) -> tuple[Version, ...]:
    """The other versions of a cable, for the best of all that hold it: that is the first. Each once, and not itself."""
    best, *others = held
    named = [version for each in others for version in (each.version, *each.also)]
    return tuple(each for each in dict.fromkeys((*named, *best.also)) if each != best.version)


def compared(held: list[Held]) -> tuple[Held, ...]:
    """The holdings whose texts are kept, for those of one cable, the best first: the first of each other version."""
    first = {each.version: each for each in reversed(held)}
    return tuple(each for each in held[1:] if first[each.version] is each)
