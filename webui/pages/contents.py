"""What a cable's page says of the order of its text: the headings, and where the hits are.

Owns which headings are listed and the geometry of the strip. Must not know how a text was marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webui.pages.cable_text import SectionView
from webui.pages.wording import counted

# So many headings are listed; the rest is folded away.
_FIRST = 12
# The width of the strip, in units of its own.
_WIDTH = 1_000
# A paragraph of a word is seen, too, and can be hit.
_LEAST = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading, or the part of a text that has none; `hits` counts what stands there."""

    title: str
    url: str
    hits: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings in their order; none where there is only one stretch of text."""

    first: tuple[Entry, ...]
    more: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A paragraph with hits: where it stands in the strip, and how wide; `name` and `count` are for the mouse."""

    url: str
    name: str
    x: int
    width: int


def contents(sections: Sequence[SectionView]) -> Contents:
    """The list of a cable's sections; what only goes on is counted with its beginning."""
    found: list[tuple[str, str, int]] = []
    for each in sections:
        hits = sum(one.text.hits for one in each.paragraphs)
        hits += each.heading.hits if each.heading else 0
        if each.goes_on and found:
            title, url, before = found[-1]
            found[-1] = title, url, before + hits
        else:
            title = each.title or (each.part or "text").capitalize()
            found.append((title, f"#{each.id or each.paragraphs[0].anchor}", hits))
    if len(found) < 2:
        return Contents((), ())
    entries = tuple(Entry(*each) for each in found)
    # One more is shown rather than folded away.
    most = len(entries) if len(entries) <= _FIRST + 1 else _FIRST
    return Contents(entries[:most], entries[most:])


def strip(sections: Iterable[SectionView]) -> tuple[Tick, ...]:
    """Where in the text the hits are; a paragraph is as wide as it is long. Empty where all are in one paragraph."""
    paragraphs = [one for each in sections for one in each.paragraphs]
    if len(paragraphs) < 2:
        return ()
    lengths = [max(len(one.text.plain), _LEAST) for one in paragraphs]
    total = sum(lengths)
    found = []
    before = 0
    for one, length in zip(paragraphs, lengths, strict=True):
        start, end = (_WIDTH * place // total for place in (before, before + length))
        before += length
        if one.text.hits:
            name = f"{one.label}: {counted(one.text.hits, 'hit')}"
            found.append(Tick(f"#{one.anchor}", name, start, max(end - start - 1, 2)))
    return tuple(found)
