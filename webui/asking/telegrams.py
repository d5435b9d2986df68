"""What other cables have of a cable: the versions of its telegram, and the passages of its paragraphs.

Owns that the two are asked for together: a version is not told again for each of its paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.model import Cable
from search.asking.reused import Reused, reused
from search.asking.telegrams import FoundVersion, versions_of
from search.deadline import bounded
from search.engines.protocols import Searcher
from search.folders import Folders

# A page is not kept waiting for longer by what stands beside its text.
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Around:
    """The versions of a cable's telegram, itself among them, and by anchor where its paragraphs stand again."""

    versions: tuple[FoundVersion, ...]
    again: Mapping[str, tuple[Reused, ...]]


def around_of(searcher: Searcher, folders: Folders, cable: Cable) -> Around:
    """Look for both, in the indexes in those folders."""
    versions = versions_of(searcher, folders, cable.id)
    again: Mapping[str, tuple[Reused, ...]] = {}
    with bounded(_SECONDS):
        again = reused(searcher, folders, cable, [each.cable.id for each in versions])
    return Around(versions, again)
