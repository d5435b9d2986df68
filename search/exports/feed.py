"""Atom: what feed readers follow (RFC 4287).

Owns the form of a feed, and the feed of some entries. Must not know a question, nor where a feed ends: paging (RFC
5005) is told to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from search.exports.about import About
from search.exports.entries import Entry
from search.text.dates import in_utc

# Atom wants a moment for every entry. A cable without a date gets one before all cables, so that readers put it last.
_UNDATED = datetime(1800, 1, 1, tzinfo=UTC)
# So much of a paragraph, or of a cable's first one, is shown in the feed.
_EXCERPT = 1_000
# What XML 1.0 cannot hold, escaped or not: control characters, halves of surrogate pairs, two non-characters.
_NOT_XML = late_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as a feed writes it. `name` is its id, `link` an address that needs no more encoding, or ""."""

    name: str
    link: str
    title: str
    updated: datetime
    author: str
    summary: str
    tags: tuple[str, ...] = ()


def feed(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """The feed, an entry at a time. It is as old as its first entry: let them come newest first."""
    self_link = (
        f'<link rel="self" type="application/atom+xml" href={_address(about, about.address)}/>'
    )
    page = f'<link rel="alternate" type="text/html" href={_address(about, about.page)}/>'
    links = [self_link, page]
    if about.following:
        links.append(f'<link rel="next" href={_address(about, about.following)}/>')
    items = (_item(entry, about) for entry in entries)
    return written(about.site + about.address, about.title, items, links)


def written(
    name: str, title: str, items: Iterable[Item], links: Iterable[str] = (), subtitle: str = ""
) -> Iterator[str]:
    """A feed of that id, an item at a time. It is as old as its first one; `links` are its own, in XML."""
    rest = iter(items)
    first = next(rest, None)
    yield from (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"  <id>{_text(name)}</id>\n",
        f"  <title>{_text(title)}</title>\n",
        *((f"  <subtitle>{_text(subtitle)}</subtitle>\n",) if subtitle else ()),
        f"  <updated>{_moment(first.updated if first else _UNDATED)}</updated>\n",
        "  <author><name>Cablegram</name></author>\n",
        *(f"  {link}\n" for link in links),
    )
    for item in chain((first,) if first else (), rest):
        yield _written_item(item)
    yield "</feed>\n"


def _item(entry: Entry, about: About) -> Item:
    cable, unit = entry.cable, entry.unit
    link = about.link(entry.path)
    title = cable.subject or cable.id
    if unit:
        what = unit.anchor if entry.paragraph else unit.name
        title = f"{title} ({cable.id}, {what})"
    updated = entry.indexed or cable.date or _UNDATED
    summary = _words(entry)[:_EXCERPT]
    return Item(link, link, title, updated, cable.origin or cable.id, summary, cable.tags)


def _written_item(item: Item) -> str:
    link = f'<link rel="alternate" type="text/html" href={quoteattr(_clean(item.link))}/>'
    lines = [
        f"<id>{_text(item.name)}</id>",
        f"<title>{_text(item.title)}</title>",
        f"<updated>{_moment(item.updated)}</updated>",
        f"<author><name>{_text(item.author)}</name></author>",
        # An entry without an address has to have its content itself.
        link if item.link else f'<content type="text">{_text(item.summary)}</content>',
        *(f"<category term={quoteattr(_clean(tag))}/>" for tag in item.tags),
        f'<summary type="text">{_text(item.summary)}</summary>',
    ]
    return "  <entry>\n" + "".join(f"    {line}\n" for line in lines) + "  </entry>\n"


def _words(entry: Entry) -> str:
    """The text of a unit, or of a cable's first paragraph."""
    if entry.unit:
        return entry.unit.text
    return next((each.text for each in entry.loaded.paragraphs), "")


def _moment(moment: datetime) -> str:
    utc = in_utc(moment).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='seconds')}Z"


def _address(about: About, address: str) -> str:
    return quoteattr(_clean(about.site + address))


def _clean(text: str) -> str:
    return _NOT_XML.sub("�", text)


def _text(text: str) -> str:
    return escape(_clean(text))
