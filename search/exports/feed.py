"""Atom: what feed readers follow (RFC 4287).

Owns the feed of some entries. Must not know a question, nor where a feed ends: paging (RFC 5005) is told to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from search.answers.results import CableSummary
from search.exports.about import About
from search.exports.entries import Entry
from search.text.dates import in_utc

# Atom wants a moment for every entry. A cable without a date gets one before all cables, so that readers put it last.
_UNDATED = datetime(1800, 1, 1, tzinfo=UTC)
# So much of a paragraph, or of a cable's first one, is shown in the feed.
_EXCERPT = 1_000
# What XML 1.0 cannot hold, escaped or not: control characters, halves of surrogate pairs, two non-characters.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def feed(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """The feed, an entry at a time. It is as old as its first entry: let them come newest first."""
    rest = iter(entries)
    first = next(rest, None)
    yield from (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"  <id>{_text(about.site + about.address)}</id>\n",
        f"  <title>{_text(about.title)}</title>\n",
        f"  <updated>{_moment(first.cable) if first else f'{_UNDATED:%Y-%m-%dT%H:%M:%SZ}'}</updated>\n",
        "  <author><name>Cablegram</name></author>\n",
        f'  <link rel="self" type="application/atom+xml" href={_address(about, about.address)}/>\n',
        f'  <link rel="alternate" type="text/html" href={_address(about, about.page)}/>\n',
    )
    if about.following:
        yield f'  <link rel="next" href={_address(about, about.following)}/>\n'
    for entry in chain((first,) if first else (), rest):
        yield _entry(entry, about)
    yield "</feed>\n"


def _entry(entry: Entry, about: About) -> str:
    cable = entry.cable
    link = _text(about.link(entry.path))
    unit = entry.unit
    title = cable.subject or cable.id
    if unit:
        what = unit.anchor if entry.paragraph else unit.name
        title = f"{title} ({cable.id}, {what})"
    lines = [
        f"<id>{link}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{_moment(cable)}</updated>",
        f"<author><name>{_text(cable.origin or cable.id)}</name></author>",
        f'<link rel="alternate" type="text/html" href={quoteattr(about.link(entry.path))}/>',
        *(f"<category term={quoteattr(_clean(tag))}/>" for tag in cable.tags),
        f'<summary type="text">{_text(_words(entry)[:_EXCERPT])}</summary>',
    ]
    return "  <entry>\n" + "".join(f"    {line}\n" for line in lines) + "  </entry>\n"


def _words(entry: Entry) -> str:
    """The text of a unit, or of a cable's first paragraph."""
    if entry.unit:
        return entry.unit.text
    return next((each.text for each in entry.loaded.paragraphs), "")


def _moment(cable: CableSummary) -> str:
    utc = in_utc(cable.date or _UNDATED).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='seconds')}Z"


def _address(about: About, address: str) -> str:
    return quoteattr(_clean(about.site + address))


def _clean(text: str) -> str:
    return _NOT_XML.sub("�", text)


def _text(text: str) -> str:
    return escape(_clean(text))
