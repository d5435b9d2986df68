"""The page of one cable: its header, its paragraphs with the hits marked, its outline and its references.

Must not know how a cable was parsed or is kept; asks nobody: what it needs is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from corpus.handling import shown_classification
from corpus.model import Cable, Paragraph, Part
from search.query import DEFAULT_FIELD
from search.results import SnippetRun
from webui.address import State, build, cable_path
from webui.pages.cable_header import Row, header_rows, place_of
from webui.pages.marking import MarkedText, Marker, marked, paragraph_step, whole
from webui.pages.reading import Reading
from webui.pages.received import segment_at
from webui.pages.sources import Source, source_of
from webui.pages.trail import TrailLink
from webui.pages.wording import (
    Badge,
    Moment,
    badge,
    counted,
    moment,
    paragraph_label,
    paragraph_name,
)


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
class ReferenceView:
    """An item of the REF line; `url` is "" and `note` says why where it leads nowhere."""

    text: str
    bullet: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Something the parser was not sure of; `url` leads to the line as received, "" without a line."""

    message: str
    line: int | None
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
    references: tuple[ReferenceView, ...]
    source: Source
    problems: tuple[ProblemView, ...]
    received_url: str


def cable_page(
    cable: Cable,
    state: State,
    reading: Reading,
    marker: Marker | None,
    trail: tuple[TrailLink, ...],
    in_collection: Callable[[str], bool],
) -> CablePage:
    """The page of a cable as seen from a search.

    `marker` cuts a text into runs by what the search marks, None without a question; `in_collection`
    says whether a cable of that id can be opened.
    """
    texts, words = _marked_texts(cable, marker)
    total = sum(text.hits for text in texts)
    sections = _sections(cable, state, texts, total, marker)
    subject = cable.subject or f"Cable {cable.id}, without a subject"
    return CablePage(
        cable.id,
        f"{cable.id}: {cable.subject}" if cable.subject else cable.id,
        _marked(subject, "subject", marker),
        moment(cable.date, cable.date_precision),
        place_of(cable),
        badge(shown_classification(cable)),
        trail,
        reading,
        *header_rows(cable),
        _hit_bar(total, words) if marker else None,
        sections,
        sections,
        tuple(_references(cable, state, in_collection)),
        source_of(cable),
        tuple(_problems(cable, state)),
        build(state, cable_path(cable.id, "received")) if cable.segments else "",
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
    )


def _hit_bar(total: int, words: dict[str, int]) -> HitBar:
    if not total:
        return HitBar("No word of the question stands in these paragraphs.", "", "")
    most = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{word} {count}" for word, count in most[:6])
    return HitBar(counted(total, "hit"), shown + (", …" if len(most) > 6 else ""), "#h1")


def _references(
    cable: Cable, state: State, in_collection: Callable[[str], bool]
) -> Iterable[ReferenceView]:
    for reference in cable.references:
        bullet = reference.bullet or ""
        if reference.id and in_collection(reference.id):
            yield ReferenceView(
                reference.text, bullet, build(State(), cable_path(reference.id)), ""
            )
        elif reference.id:
            yield ReferenceView(reference.text, bullet, "", "not in this collection")
        elif reference.kind == "cable":
            yield ReferenceView(reference.text, bullet, "", "which cable is meant is not certain")
        else:
            kind = {"tel": "telephone", "web": "web page", "other": "no cable"}
            yield ReferenceView(
                reference.text, bullet, "", kind.get(reference.kind, reference.kind)
            )


def _problems(cable: Cable, state: State) -> Iterable[ProblemView]:
    for problem in cable.problems:
        segment = segment_at(cable, problem.line) if problem.line else ""
        url = build(state, cable_path(cable.id, "received"), segment) if segment else ""
        message = problem.message[:1].upper() + problem.message[1:]
        yield ProblemView(message, problem.line, url)
