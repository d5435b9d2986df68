"""What a page says of a telegram's versions, and of passages that stand again in other cables.

Must not know how either is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from corpus.model import Cable, Paragraph
from search.answers.unit_names import place_path
from search.asking.reused import Reused, Span
from search.asking.telegrams import FoundVersion
from webui.asking.address import State, build, cable_path
from webui.asking.telegrams import Around
from webui.pages.collection import compare_url
from webui.pages.sources import SOURCE_NAMES
from webui.pages.titles import title_of
from webui.pages.wording import Link, Moment, counted, moment, paragraph_label, shortened

# Where the list of versions stands on a cable's page.
TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of the telegram, in words; no `url` for the one whose page it is. `share` leads to where it is compared
    with the fullest, `compare_url` to where it is compared with the page's own."""

    id: str
    said: str
    share: Link | None
    url: str
    compare_url: str


@dataclass(frozen=True, slots=True)
class Told:
    """The versions of a cable's telegram, and by anchor the link to where a paragraph stands again."""

    versions: tuple[VersionRow, ...]
    also: Mapping[str, Link]


NOTHING_TOLD = Told((), {})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands again: the link there, what it is, and both texts, what they have in common marked."""

    link: Link
    title: str
    date: Moment | None
    said: str
    here: Markup
    there: Markup


@dataclass(frozen=True, slots=True)
class AlsoPage:
    """All that the page of a paragraph's passages says; `back` leads to the paragraph."""

    title: str
    back: Link
    count: str
    places: tuple[Place, ...]


def told_of(cable: Cable, around: Around, state: State) -> Told:
    """What a cable's page says of it."""
    return Told(
        tuple(_rows(cable, around.versions, state)),
        {
            anchor: Link(
                counted(len(places), "other cable"),
                build(state, cable_path(cable.id, "also", anchor)),
            )
            for anchor, places in around.again.items()
        },
    )


def _rows(cable: Cable, versions: Sequence[FoundVersion], state: State) -> Iterator[VersionRow]:
    fullest = next((each.cable.id for each in versions if each.fullest), cable.id)
    for each in versions:
        own = each.cable.id == cable.id
        said = [SOURCE_NAMES.get(each.cable.source, each.cable.source), each.name]
        said += ["fullest text"] if each.fullest else []
        share = Link(
            f"{each.share:.0%} of its words in the fullest text",
            compare_url(state, fullest, each.cable.id),
        )
        yield VersionRow(
            each.cable.id,
            ", ".join(said),
            None if each.fullest else share,
            "" if own else build(state, cable_path(each.cable.id)),
            "" if own or cable.id == fullest else compare_url(state, cable.id, each.cable.id),
        )


def also_page(
    cable: Cable, paragraph: Paragraph, places: Sequence[Reused], state: State
) -> AlsoPage:
    """The page of a paragraph's passages in other cables."""
    label = paragraph_label(paragraph.anchor, paragraph.number)
    return AlsoPage(
        f"{cable.id} {label}: also in",
        Link(f"{cable.id} {label}", build(state, cable_path(cable.id), paragraph.anchor)),
        counted(len(places), "other cable"),
        tuple(
            Place(
                Link(
                    f"{each.cable.id} {each.unit.name}",
                    build(state, place_path(each.cable.id, each.unit.anchor)),
                ),
                shortened(title_of(each.cable.subject)),
                moment(each.cable.date, each.cable.date_precision, each.cable.date_end),
                f"{counted(each.words, 'word')} in common",
                _marked(paragraph.text, each.here),
                _marked(each.unit.text, each.there),
            )
            for each in places
        ),
    )


def _marked(text: str, spans: Sequence[Span]) -> Markup:
    """A text with what is common in `<mark>`."""
    made, end = Markup(""), 0
    for span in spans:
        made += escape(text[end : span.start])
        made += Markup("<mark>{}</mark>").format(text[span.start : span.end])
        end = span.end
    return made + escape(text[end:])
