"""The versions of one telegram, as the index folder knows them, for whoever shows them.

Owns the look-up. Must not know how versions are found (`search.telegrams`), nor who asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.engines.protocols import Searcher
from search.folders import Folders, folders_of
from search.telegrams.store import Member, ask

if TYPE_CHECKING:
    from search.telegrams.comparing import Kind

# What a version is called.
KIND_NAMES: dict[Kind, str] = {
    "copy": "copy",
    "extract": "extract",
    "retransmission": "retransmission",
    "correction": "corrected copy",
}


@dataclass(frozen=True, slots=True)
class FoundVersion:
    """A version of a telegram: its cable, what kind of version it is, whether it is the fullest, and the share of the
    words of the shorter one, of this and the fullest, that the other has (0 to 1)."""

    cable: Cable
    kind: Kind
    share: float
    fullest: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return KIND_NAMES[self.kind]


def versions_of(searcher: Searcher, folders: Folders, cable_id: str) -> tuple[FoundVersion, ...]:
    """All versions of a cable's telegram, itself among them, the fullest first; none for one that stands alone.

    Of several folders each knows the telegrams of its own cables; the first that knows this cable's is believed.
    """
    none: tuple[Member, ...] = ()
    found = []
    known = (
        ask(folder, lambda store: store.versions(lookup_key(cable_id)), none)
        for folder in folders_of(folders)
    )
    for each in next(filter(None, known), none):
        cable = searcher.get(each.cable)
        # What went since the last run compared the cables is no version any more.
        if cable is not None:
            found.append(FoundVersion(cable, each.kind, each.share, each.fullest))
    return tuple(found) if len(found) > 1 else ()
