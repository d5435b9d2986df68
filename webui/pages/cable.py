"""The page of one cable: its header, its paragraphs with the hits marked, its outline and its references.

Must not know how a cable was parsed or is kept; asks nobody: what it needs is handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from corpus.model import Cable, SegmentKind, Version
from search.units import Unit
from webui.asking.address import State, build, cable_path, pairs
from webui.asking.questions import Marker
from webui.asking.related import Related
from webui.asking.versions import version_name
from webui.pages.cable_header import HEAD, HeaderRows, Level, Row
from webui.pages.cable_text import (
    TEXT,
    NoteView,
    PassageView,
    SectionView,
    notes,
    passages,
    sections,
)
from webui.pages.choices import Choices, Patterns, choices, patterns
from webui.pages.collecting import collect_link
from webui.pages.collection import compare_url
from webui.pages.contents import Contents, Tick, contents, strip
from webui.pages.gaps import MissingRow, missing_rows
from webui.pages.marking import Hits, MarkedText, Step
from webui.pages.reading import Reading
from webui.pages.received import segment_at
from webui.pages.relations import Relations, relations
from webui.pages.sharing import Shared, named
from webui.pages.sources import SourceShown, place_found, source_of
from webui.pages.telegrams import NOTHING_TOLD, Told, VersionRow
from webui.pages.titles import numbered_title, title_of
from webui.pages.trail import TrailLink
from webui.pages.wording import Link, Moment, counted, moment

# Up to so many paragraphs and notes each is reached with the Tab key by itself. Of more the first is, and the arrow
# keys lead from one to the next; a field leads to any by its number.
MOST_STOPS = 24


@dataclass(frozen=True, slots=True)
class HitBar:
    """How many hits there are, where, of which words, and where the first one is ("" if there is none)."""

    count: str
    places: str
    words: str
    first_url: str
    strip: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class GoTo:
    """The form that leads to a paragraph by its number; `kept` goes along."""

    path: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Here:
    """The place that the address names, with what can be done with it."""

    anchor: str
    name: str
    choices: Choices


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Something the parser was not sure of; `url` leads to the line as received, "" without a line."""

    message: str
    line: int | None
    url: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """Another place in which the cable was found; `url` compares its text with this one ("" if it is not kept)."""

    found: SourceShown
    url: str


@dataclass(frozen=True, slots=True)
class CablePage:
    """All that the page of a cable says.

    `printed` is the subject as the cable has it, "" if its title does not show it in another case. `unfold` says that
    something of the header that is folded away was hit. `here` is there on the page of a place. `goto` is there where
    not every paragraph can be reached with the Tab key.
    """

    id: str
    title: str
    subject: MarkedText
    printed: str
    step: Step | None
    date: Moment | None
    level: Level | None
    trail: tuple[TrailLink, ...]
    reading: Reading
    header: tuple[Row, ...]
    more_header: tuple[Row, ...]
    raw_header: MarkedText | None
    unfold: bool
    hit_bar: HitBar | None
    contents: Contents
    goto: GoTo | None
    sections: tuple[SectionView, ...]
    notes: tuple[NoteView, ...]
    passages: tuple[PassageView, ...]
    relations: Relations
    source: SourceShown
    versions: tuple[VersionView, ...]
    missing: tuple[MissingRow, ...]
    problems: tuple[ProblemView, ...]
    received_url: str
    url: str
    search_url: str
    actions: tuple[Link, ...]
    patterns: Patterns
    here: Here | None
    shared: Shared
    telegram: tuple[VersionRow, ...]
    also: Mapping[str, Link]


def cable_page(
    cable: Cable,
    state: State,
    reading: Reading,
    marker: Marker | None,
    trail: tuple[TrailLink, ...],
    around: Related,
    shared: Shared,
    comparable: Collection[Version] = (),
    place: Unit | None = None,
    *,
    told: Told = NOTHING_TOLD,
) -> CablePage:
    """The page of a cable as seen from a search, or of a place in it.

    `marker` cuts a text into runs by what the search marks, None without a question; `around` are the cables that it
    has to do with; `shared` is what the page tells of itself; `comparable` are those of its versions whose texts are
    kept; `told` are the other cables of its telegram, and where its paragraphs stand again.
    """
    hits = Hits(marker)
    # Hits are numbered as they stand on the page, from its top to its end.
    capitals = title_of(cable.subject) != cable.subject
    subject = (
        hits.mark(cable.subject, HEAD, "text", "subject")
        if cable.subject
        else hits.leave(f"Cable {cable.id}, without a subject")
    )
    printed = cable.subject if capitals else ""
    rows = HeaderRows(cable, state, hits)
    level = rows.level()
    header = rows.first()
    above = hits.total
    more_header, raw = rows.rest(), _raw_header(cable, hits)
    in_head = Step("subject and header", 1, hits.total, hits) if hits.total else None
    unfold = hits.total > above
    text = tuple(sections(cable, state, hits))
    below = tuple(notes(cable, state, hits))
    elsewhere = tuple(passages(cable, state, hits, comparable))
    beside = relations(cable, state, around, hits)
    return CablePage(
        cable.id,
        ": ".join(filter(None, (named(cable, place), title_of(cable.subject)))),
        numbered_title(subject) if cable.subject else subject,
        printed,
        in_head,
        moment(cable.date, cable.date_precision, cable.date_end),
        level,
        trail,
        reading,
        header,
        more_header,
        raw,
        unfold,
        _hit_bar(hits, strip(text)) if marker else None,
        contents(text),
        _goto(cable, state, len(cable.paragraphs) + len(below) + len(elsewhere)),
        text,
        below,
        elsewhere,
        beside,
        source_of(cable),
        tuple(_versions(cable, state, comparable)),
        missing_rows(cable, state),
        tuple(_problems(cable, state)),
        build(state, cable_path(cable.id, "received")) if cable.segments else "",
        build(State(), cable_path(cable.id)),
        "" if state.asks_nothing else build(state.shared, cable_path(cable.id)),
        _actions(cable, state),
        patterns(cable.id, state),
        Here(place.anchor, named(cable, place), choices(cable.id, place, state)) if place else None,
        shared,
        told.versions,
        told.also,
    )


def _goto(cable: Cable, state: State, stops: int) -> GoTo | None:
    if stops <= MOST_STOPS:
        return None
    return GoTo(build(State(), cable_path(cable.id, "p", "")), tuple(pairs(state)))


def _raw_header(cable: Cable, hits: Hits) -> MarkedText | None:
    """The header as printed; what was marked in its rows is marked here as well, and counted there."""
    text = "".join(each.text for each in cable.segments if each.kind is SegmentKind.HEADER)
    return hits.mark_again(text, HEAD) if text.strip() else None


def _actions(cable: Cable, state: State) -> tuple[Link, ...]:
    """What can be done with the cable, besides reading it."""
    alone = State(collected=(cable.id,), chosen=state.chosen)
    return (
        Link("Cite", build(state, cable_path(cable.id, "cite"))),
        Link("Text", build(alone, "/collection.txt")),
        Link("JSON", build(State(), f"/api/v1/cables/{cable.id}")),
        Link("Compare", compare_url(state, cable.id, "")),
        collect_link(state, cable.id, cable_path(cable.id)),
    )


def _hit_bar(hits: Hits, where: tuple[Tick, ...]) -> HitBar:
    if not hits.total:
        return HitBar("No match in this cable.", "", "", "", ())
    most = sorted(hits.words.items(), key=lambda item: (-item[1], item[0]))
    words = ", ".join(f"{word} {count:,}" for word, count in most[:6])
    places = [f"{count:,} {place}" for place, count in hits.places.items()]
    return HitBar(
        counted(hits.total, "hit"),
        ", ".join(places) if len(places) > 1 or TEXT not in hits.places else "",
        words + (", …" if len(most) > 6 else ""),
        "#h1",
        where,
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
