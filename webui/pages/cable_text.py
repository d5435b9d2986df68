"""The text of a cable on its page: sections, paragraphs, notes and what only other versions have, with the hits marked.

Owns how the units of a cable become what is read. Must not know a searcher, nor what stands around the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.model import Cable, Paragraph, Part, Version
from search.answers.unit_names import place_path
from search.units import heading_anchor, note_units, version_units
from webui.asking.address import State, build, cable_path
from webui.asking.versions import version_name
from webui.pages.cable_header import NOTES
from webui.pages.collection import compare_url
from webui.pages.gaps import gaps_of
from webui.pages.marking import Hits, MarkedText, Step, step
from webui.pages.wording import Badge, badge, paragraph_label, paragraph_name

# What hits are told under.
TEXT, HEADINGS, VERSIONS = "in paragraphs", "in headings", "in other versions"


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph with its hits marked; `url` is its own page, where the choices stand.

    `kept_url` takes it out of the collection, "" for one that is not in it.
    """

    anchor: str
    label: str
    name: str
    url: str
    kept_url: str
    badge: Badge | None
    text: MarkedText
    step: Step | None


@dataclass(frozen=True, slots=True)
class SectionView:
    """Consecutive paragraphs of one section and part; `heading` is None where the section only goes on, or has none.

    `id` is the heading's anchor, `title` the heading without marks, for lists of sections; `goes_on` tells the two
    apart.
    """

    id: str
    heading: MarkedText | None
    title: str
    step: Step | None
    part: str
    goes_on: bool
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A footnote of the editors; `label` names the paragraph that it belongs to, `to` leads there ("" for none)."""

    id: str
    mark: str
    name: str
    text: MarkedText
    label: str
    to: str
    url: str
    kept_url: str
    step: Step | None


@dataclass(frozen=True, slots=True)
class PassageView:
    """A paragraph that only another version has; `compare_url` compares the two ("" where its text is not kept)."""

    id: str
    label: str
    name: str
    text: MarkedText
    url: str
    kept_url: str
    compare_url: str
    step: Step | None


def sections(cable: Cable, state: State, hits: Hits) -> Iterator[SectionView]:
    """The paragraphs in their order; what comes first on the page is marked first."""
    last: str | None = None
    for (heading, part), group in groupby(
        cable.paragraphs, key=lambda paragraph: (paragraph.section, paragraph.part)
    ):
        paragraphs = tuple(group)
        new = heading if heading and heading != last else ""
        marked = hits.mark(new, HEADINGS, "text", "section") if new else None
        yield SectionView(
            heading_anchor(paragraphs[0].anchor) if new else "",
            marked,
            new,
            step(marked, "heading") if marked else None,
            "" if part is Part.BODY else part.value,
            bool(heading) and not new,
            tuple(_paragraph(cable, state, paragraph, hits) for paragraph in paragraphs),
        )
        last = heading


def _paragraph(cable: Cable, state: State, paragraph: Paragraph, hits: Hits) -> ParagraphView:
    said = paragraph_label(paragraph.anchor, paragraph.number)
    text = hits.mark(paragraph.text, TEXT, gaps=gaps_of(paragraph.text))
    return ParagraphView(
        paragraph.anchor,
        said,
        paragraph_name(paragraph.anchor, paragraph.number),
        build(state, place_path(cable.id, paragraph.anchor)),
        _kept_url(cable, state, paragraph.anchor),
        badge(paragraph.mark),
        text,
        step(text, said),
    )


def _kept_url(cable: Cable, state: State, anchor: str) -> str:
    name = f"{cable.id}#{anchor}"
    if not state.has_collected(name):
        return ""
    return build(state.discarding(name), cable_path(cable.id), anchor)


def notes(cable: Cable, state: State, hits: Hits) -> Iterator[NoteView]:
    """The footnotes; the note on the source stands in the header."""
    numbers = {each.anchor: each.number for each in cable.paragraphs}
    units = note_units("", cable.footnotes, cable.paragraphs)
    for note, unit in zip(cable.footnotes, units, strict=True):
        to = next(iter(unit.under), "")
        text = hits.mark(note.text, NOTES, gaps=gaps_of(note.text))
        yield NoteView(
            unit.anchor,
            note.number or "*",
            unit.name,
            text,
            paragraph_label(to, numbers[to]) if to else "",
            f"#{to}" if to else "",
            build(state, place_path(cable.id, unit.anchor)),
            _kept_url(cable, state, unit.anchor),
            step(text, unit.name),
        )


def passages(
    cable: Cable, state: State, hits: Hits, comparable: Collection[Version]
) -> Iterable[PassageView]:
    """What only other versions have; `comparable` are those of the versions whose texts are kept."""
    places = [cable.versions.index(each.version) for each in cable.passages]
    units = version_units(cable.passages, places)
    for each, place, unit in zip(cable.passages, places, units, strict=True):
        text = hits.mark(each.paragraph.text, VERSIONS, gaps=gaps_of(each.paragraph.text))
        url = compare_url(state, cable.id, version_name(cable, place + 2), each.paragraph.anchor)
        yield PassageView(
            unit.anchor,
            paragraph_label(each.paragraph.anchor, each.paragraph.number),
            unit.name,
            text,
            build(state, place_path(cable.id, unit.anchor)),
            _kept_url(cable, state, unit.anchor),
            url if each.version in comparable else "",
            step(text, unit.name),
        )
