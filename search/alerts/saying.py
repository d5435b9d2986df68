"""What is said of hits: in a message, in a file, on the command line.

Owns the wording and how much stands in one message. Must not know how anything is delivered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from search.alerts.state import Found
from search.exports.about import About

# A message has so many hits and so many characters at most: mail programs and chats cut longer ones, or refuse them.
MOST_HITS = 50
_MOST_CHARACTERS = 30_000
# Of one alert so many messages come of one run; the last says how many hits more there are.
MOST_MESSAGES = 10
# Files with these endings have an object of JSON a line, others are to be read.
_JSON_LINES = (".jsonl", ".ndjson")


def headline(name: str, hits: int, cables: int) -> str:
    """`Putian shoes: 3 new hits in 2 cables`."""
    return (
        f"{name}: {hits:,} new {'hit' if hits == 1 else 'hits'}"
        f" in {cables:,} {'cable' if cables == 1 else 'cables'}"
    )


def lines_of(found: Found, site: str) -> Iterator[str]:
    """A hit for people to read."""
    yield ", ".join(part for part in (found.cable, found.date, found.origin) if part)
    if found.subject:
        yield found.subject
    yield f"{found.place}: {found.passage}" if found.place else found.passage
    yield About(site=site).link(found.path)


def messages(name: str, found: Sequence[Found], site: str) -> Iterator[tuple[str, str]]:
    """Title and text of each message that tells of these hits."""
    title = headline(name, len(found), len({each.cable for each in found}))
    parts: list[list[str]] = [[]]
    length = 0
    told = 0
    for each in found:
        text = "\n".join(lines_of(each, site))
        if parts[-1] and (len(parts[-1]) == MOST_HITS or length + len(text) > _MOST_CHARACTERS):
            if len(parts) == MOST_MESSAGES:
                break
            parts.append([])
            length = 0
        parts[-1].append(text)
        length += len(text) + 2
        told += 1
    if told < len(found):
        parts[-1].append(
            f"And {len(found) - told:,} more hits, which no message tells: they are too many."
            " Search for them, or give the alert a feed or a file, which have them all."
        )
    for number, part in enumerate(parts, start=1):
        which = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
        yield f"{title}{which}", "\n\n".join(part)


def file_part(path: Path, name: str, found: Sequence[Found], site: str) -> str:
    """What is written behind the end of a file for these hits."""
    if path.suffix in _JSON_LINES:
        return "".join(
            f"{json.dumps(_json(name, each, site), ensure_ascii=False)}\n" for each in found
        )
    return "".join("\n".join((f"[{name}]", *lines_of(each, site), "", "")) for each in found)


def _json(name: str, found: Found, site: str) -> dict[str, object]:
    return {
        "alert": name,
        "cable": found.cable,
        "subject": found.subject,
        "date": found.date,
        "origin": found.origin,
        "tags": found.tags,
        "anchor": found.anchor,
        "place": found.place,
        "passage": found.passage,
        "indexed": found.indexed.isoformat(),
        "url": About(site=site).link(found.path),
    }
