"""The feed of an alert: a file of Atom with its last hits, newest first.

Owns what stands in it, and that it is replaced as a whole. An entry keeps its id, so that a feed which is written twice
tells nothing twice.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from corpus.late_dataclasses import dataclass
from search.alerts.entries import Alert
from search.alerts.state import Found, State
from search.exports.about import About
from search.exports.feed import Item, written

# A feed has so many hits; or all of the last run, if those are more, but no more than the second number.
KEPT = 200
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Written:
    """Up to which of an alert's hits its feed was written, and how many of those that are new it has no room for."""

    last: int
    left_out: int


def write_feed(state: State, alert: Alert, site: str) -> Written | None:
    """Write the feed of an alert, if it has one that is not as it should be. Raises OSError if it can't be written."""
    if alert.feed is None:
        return None
    last, before = state.last_told(alert.name), state.feed_written(alert.name)
    if last == before and alert.feed.exists():
        return None
    new = state.count_after(alert.name, before)
    told = state.told(alert.name, min(MOST, max(KEPT, new)))
    more = state.count(alert.name) - len(told)
    subtitle = (
        f"The last {len(told):,} hits; {more:,} earlier ones are no longer here." if more else ""
    )
    items = (_item(alert.name, each, words, site) for _, words, each in told)
    name = _urn(f"feed:{alert.name}")
    text = "".join(written(name, f"Cablegram: {alert.name}", items, subtitle=subtitle))
    _replace(alert.feed, text.encode("utf-8", "backslashreplace"))
    return Written(last, max(0, new - len(told)))


def _item(name: str, found: Found, words: bytes, site: str) -> Item:
    title = found.subject or found.cable
    return Item(
        name=_urn(f"hit:{name}:{found.cable}#{found.anchor}:{words.hex()}"),
        link=About(site=site).link(found.path) if site else "",
        title=f"{title} ({found.cable}, {found.place or found.anchor})",
        updated=found.indexed,
        author=found.origin or found.cable,
        summary=found.passage,
        tags=found.tags,
    )


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"cablegram:{name}").urn


def _replace(path: Path, content: bytes) -> None:
    """Write a file that is the old one or the new one at any moment, whole, also when the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
