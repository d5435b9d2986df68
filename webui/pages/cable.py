"""The page of one cable: its header, its paragraphs with the hits marked, its outline and its references.

Must not know how a cable was parsed or is kept; asks nobody: what it needs is handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from corpus.handling import shown_classification
from corpus.model import Cable, Paragraph, Part, SegmentKind, Version
from search.query import DEFAULT_FIELD, Like
from search.results import SnippetRun
from webui.address import State, build, cable_path
from webui.pages.cable_header import Row, header_rows, place_of
from webui.pages.collecting import collect_link
from webui.pages.collection import compare_url
from webui.pages.marking import MarkedText, Marker, marked, paragraph_step, whole
from webui.pages.reading import Reading
from webui.pages.received import segment_at
from webui.pages.relations import Around, Relations, relations
from webui.pages.sources import Source, place_found, source_of
from webui.pages.trail import TrailLink
from webui.pages.wording import (
    Badge,
    Link,
    Moment,
    badge,
    counted,
    moment,
    paragraph_label,
    paragraph_name,
)
from webui.versions import version_name


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph with its hits marked; `hits` says how many in words ("" for none)."""

    anchor: str
    label: str
    short: str
    name: str
    url: str
    badge: Badge | None
    text: Markup
    hits: str
    step: Markup
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """Consecutive paragraphs of one section and part; `heading` is "" where the section only goes on."""

    id: str
    heading: Markup
    part: str
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class HitBar:
    """How many hits there are, of which words, and where the first one is ("" if there is none)."""

    count: str
    words: str
    first_url: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A footnote of the editors; `label` names the paragraph that it belongs to, `url` leads there ("" for none)."""

    mark: str
    text: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Something the parser was not sure of; `url` leads to the line as received, "" without a line."""

    message: str
    line: int | None
    url: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """Another place in which the cable was found; `url` compares its text with this one ("" if it is not kept)."""

    found: Source
    url: str


@dataclass(frozen=True, slots=True)
class CablePage:
    """All that the page of a cable says."""

    id: str
    title: str
    subject: Markup
    date: Moment | None
    place: str
    badge: Badge | None
    trail: tuple[TrailLink, ...]
    reading: Reading
    header: tuple[Row, ...]
    more_header: tuple[Row, ...]
    hit_bar: HitBar | None
    outline: tuple[SectionView, ...]
    sections: tuple[SectionView, ...]
    notes: tuple[NoteView, ...]
    relations: Relations
    source: Source
    versions: tuple[VersionView, ...]
    problems: tuple[ProblemView, ...]
    received_url: str
    raw_header: str
    url: str
    actions: tuple[Link, ...]


def cable_page(
    cable: Cable,
    state: State,
    reading: Reading,
    marker: Marker | None,
    trail: tuple[TrailLink, ...],
    around: Around,
    comparable: Collection[Version] = (),
) -> CablePage:
    """The page of a cable as seen from a search.

    `marker` cuts a text into runs by what the search marks, None without a question; `around` are the cables that it
    has to do with; `comparable` are those of its versions whose texts are kept.
    """
    texts, words = _marked_texts(cable, marker)
    total = sum(text.hits for text in texts)
    sections = _sections(cable, state, texts, total, marker)
    subject = cable.subject or f"Cable {cable.id}, without a subject"
    return CablePage(
        cable.id,
        f"{cable.id}: {cable.subject}" if cable.subject else cable.id,
        _marked(subject, "subject", marker),
        moment(cable.date, cable.date_precision, cable.date_end),
        place_of(cable),
        badge(shown_classification(cable)),
        trail,
        reading,
        *header_rows(cable, state),
        _hit_bar(total, words) if marker else None,
        sections,
        sections,
        tuple(_notes(cable)),
        relations(cable, state, around),
        source_of(cable),
        tuple(_versions(cable, state, comparable)),
        tuple(_problems(cable, state)),
        build(state, cable_path(cable.id, "received")) if cable.segments else "",
        "".join(each.text for each in cable.segments if each.kind is SegmentKind.HEADER),
        build(state, cable_path(cable.id)),
        _actions(cable, state),
    )


def _actions(cable: Cable, state: State) -> tuple[Link, ...]:
    """What can be done with the cable, besides reading it."""
    alone = State(collected=(cable.id,))
    return (
        Link("Cite", build(state, cable_path(cable.id, "cite"))),
        Link("Text", build(alone, "/collection.txt")),
        Link("JSON", build(State(), f"/api/v1/cables/{cable.id}")),
        Link("Compare", compare_url(state, cable.id, "")),
        collect_link(state, cable.id, cable_path(cable.id)),
    )


def _marked_texts(cable: Cable, marker: Marker | None) -> tuple[list[MarkedText], dict[str, int]]:
    """The paragraphs' texts with their hits numbered through the cable, and how often each word was hit."""
    cut = [
        tuple(marker(paragraph.text, DEFAULT_FIELD)) if marker else (SnippetRun(paragraph.text),)
        for paragraph in cable.paragraphs
    ]
    words: dict[str, int] = {}
    for run in (run for runs in cut for run in runs if run.marked):
        word = run.text.lower()
        words[word] = words.get(word, 0) + 1
    total = sum(words.values())
    texts: list[MarkedText] = []
    before = 0
    for runs in cut:
        texts.append(marked(runs, before, total))
        before += texts[-1].hits
    return texts, words


def _marked(text: str, field: str, marker: Marker | None) -> Markup:
    """A subject or a heading; its marks are not counted among the hits, which are those of the paragraphs."""
    return whole(marker(text, field) if marker else (SnippetRun(text),))


def _sections(
    cable: Cable, state: State, texts: list[MarkedText], total: int, marker: Marker | None
) -> tuple[SectionView, ...]:
    pairs = zip(cable.paragraphs, texts, strict=True)
    found: list[SectionView] = []
    last: str | None = None
    for index, ((heading, part), group) in enumerate(
        groupby(pairs, key=lambda pair: (pair[0].section, pair[0].part))
    ):
        found.append(
            SectionView(
                f"section-{index + 1}",
                _marked(heading if heading and heading != last else "", "section", marker),
                "" if part is Part.BODY else part.value,
                tuple(_paragraph(cable, state, *pair, total) for pair in group),
            )
        )
        last = heading
    return tuple(found)


def _paragraph(
    cable: Cable, state: State, paragraph: Paragraph, text: MarkedText, total: int
) -> ParagraphView:
    label = paragraph_label(paragraph.anchor, paragraph.number)
    name = f"{cable.id}#{paragraph.anchor}"
    return ParagraphView(
        paragraph.anchor,
        label,
        label.removeprefix("¶"),
        paragraph_name(paragraph.anchor, paragraph.number),
        build(state, cable_path(cable.id), paragraph.anchor),
        badge(paragraph.mark),
        text.text,
        counted(text.hits, "hit") if text.hits else "",
        paragraph_step(text, total, label),
        (
            Link("Cite", build(state, cable_path(cable.id, "cite", paragraph.anchor))),
            Link("More like this", build(state.afresh().asking(str(Like(name))))),
            collect_link(state, name, cable_path(cable.id), paragraph.anchor),
        ),
    )


def _hit_bar(total: int, words: dict[str, int]) -> HitBar:
    if not total:
        return HitBar("No word of the question stands in these paragraphs.", "", "")
    most = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{word} {count}" for word, count in most[:6])
    return HitBar(counted(total, "hit"), shown + (", …" if len(most) > 6 else ""), "#h1")


def _notes(cable: Cable) -> Iterable[NoteView]:
    labels = {one.anchor: paragraph_label(one.anchor, one.number) for one in cable.paragraphs}
    for note in cable.footnotes:
        anchor = note.anchor if note.anchor in labels else None
        yield NoteView(
            note.number, note.text, labels.get(anchor or "", ""), f"#{anchor}" if anchor else ""
        )


def _versions(cable: Cable, state: State, comparable: Collection[Version]) -> Iterable[VersionView]:
    for number, each in enumerate(cable.versions, 2):
        url = compare_url(state, cable.id, version_name(cable, number))
        yield VersionView(place_found(each.source, each.address), url if each in comparable else "")


def _problems(cable: Cable, state: State) -> Iterable[ProblemView]:
    for problem in cable.problems:
        segment = segment_at(cable, problem.line) if problem.line else ""
        url = build(state, cable_path(cable.id, "received"), segment) if segment else ""
        message = problem.message[:1].upper() + problem.message[1:]
        yield ProblemView(message, problem.line, url)
