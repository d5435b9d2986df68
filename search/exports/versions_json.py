"""The versions of a telegram, and the passages of a cable in others, as JSON: for the API and the command line.

Owns the names. Must not know how either is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.dates import iso_date
from search.asking.reused import Reused
from search.asking.telegrams import FoundVersion


def versions_to_json(
    cable_id: str, versions: Sequence[FoundVersion], again: Mapping[str, Sequence[Reused]]
) -> dict[str, Any]:
    """The versions, the fullest first and the cable itself among them, and where its passages stand again."""
    return {
        "cable": cable_id,
        "versions": [
            {
                "cable": each.cable.id,
                "kind": each.kind,
                "fullest": each.fullest,
                "share": round(each.share, 3),
                "source": each.cable.source,
                "date": iso_date(each.cable.date, each.cable.date_precision),
                "subject": each.cable.subject,
                "paragraphs": len(each.cable.paragraphs),
            }
            for each in versions
        ],
        "passages": [
            {
                "anchor": anchor,
                "cable": each.cable.id,
                "place": each.unit.anchor,
                "date": iso_date(each.cable.date, each.cable.date_precision),
                "words": each.words,
            }
            for anchor, places in again.items()
            for each in places
        ],
    }
