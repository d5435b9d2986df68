"""The page of the cables most like one: each by its most similar paragraph, with the words that both have.

Must not know a searcher: what is similar is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Cable
from search.answers.results import Similar
from search.language.tree import Like
from webui.asking.address import State, build, cable_path
from webui.pages.titles import title_of
from webui.pages.wording import (
    Badge,
    Link,
    Moment,
    badge,
    moment,
    paragraph_label,
    place,
    shortened,
)

# As much of a paragraph is shown.
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class SimilarCable:
    """A cable, its most similar paragraph with the beginning of its text, and the words that both have."""

    title: str
    url: str
    id: str
    date: Moment | None
    place: str
    mark: Badge | None
    label: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """All that the page says. `all` finds every paragraph that shares words with the cable."""

    title: str
    back: Link
    cables: tuple[SimilarCable, ...]
    all: Link


def similar_page(cable: Cable, state: State, found: Sequence[Similar]) -> SimilarPage:
    """The page of a cable; `found` are others, the most similar first."""
    fresh = state.afresh()
    subject = title_of(cable.subject) or cable.id
    return SimilarPage(
        f"Cables like {cable.id}",
        Link(subject, build(fresh, cable_path(cable.id))),
        tuple(_cables(found, fresh)),
        Link(
            "All paragraphs that share its distinctive words",
            build(fresh.asking(str(Like(cable.id)))),
        ),
    )


def _cables(found: Iterable[Similar], fresh: State) -> Iterable[SimilarCable]:
    for each in found:
        hit = each.hit
        cable = hit.cable
        yield SimilarCable(
            title_of(cable.subject) or cable.id,
            build(fresh, cable_path(cable.id), hit.anchor),
            cable.id,
            moment(cable.date, cable.date_precision, cable.date_end),
            place(cable.origin, cable.country),
            badge(cable.classification),
            paragraph_label(hit.anchor, hit.number),
            shortened(hit.text, _SHOWN),
            ", ".join(each.shared),
        )
