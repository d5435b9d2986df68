"""What a cable has to do with others: what it cites, what cites it, and what is like it; as lists and as a picture.

Owns the geometry of the picture. Must not know a searcher: the cables around are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Cable, Reference
from search.answers.results import CableSummary, Similar
from search.language.tree import Word
from webui.asking.address import State, build, cable_path
from webui.asking.related import Related
from webui.pages.cable_header import HEAD
from webui.pages.marking import Hits, MarkedText
from webui.pages.network import around_url
from webui.pages.titles import title_of
from webui.pages.wording import Link, counted, paragraph_label, shortened

# So many cables on a side of the picture; the lists have all that are known.
_SIDE = 14
# The picture's units are pixels at its full size: the height of a row, and where the columns are.
ROW, WIDTH = 24, 640
_LEFT, _RIGHT = 190, 450

_KINDS = {"tel": "telephone", "web": "web page", "other": "no cable"}


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """An item of the REF line; `url` is "" where it leads nowhere, and `note` says why, or what the cable is about."""

    text: MarkedText
    bullet: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A paragraph of another cable, and the words that both have."""

    link: Link
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Node:
    """A cable in the picture: where its name stands, and the line to the middle; `url` is "" for one not here."""

    text: str
    url: str
    x: int
    y: float
    end: bool
    line: str


@dataclass(frozen=True, slots=True)
class Graph:
    """One hop of references: left what the cable cites, right what cites it."""

    height: int
    middle: float
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """All that is said of a cable's relations. `graph` is None where there is nobody around."""

    cites: tuple[ReferenceView, ...]
    cited_by: tuple[ReferenceView, ...]
    all_citing: Link | None
    similar: tuple[SimilarView, ...]
    more_like: Link
    network: Link
    graph: Graph | None


def relations(cable: Cable, state: State, around: Related, hits: Hits) -> Relations:
    """The relations of a cable. Links to others leave the question behind and keep the collection.

    What the cable cites is part of its header, and what was hit there is marked again.
    """
    fresh = state.afresh()
    cites = tuple(
        _reference(each, fresh, around.cited, hits.mark_again(each.text, HEAD, linked=True))
        for each in cable.references
    )
    citing = [(each.id, build(fresh, cable_path(each.id))) for each in around.citing]
    cited_by = tuple(
        ReferenceView(hits.leave(name), "", url, shortened(title_of(each.subject), 70))
        for (name, url), each in zip(citing, around.citing, strict=True)
    )
    all_citing = build(fresh.asking(str(Word(cable.id, "cites"))))
    return Relations(
        cites,
        cited_by,
        Link(f"All {counted(around.citing_total, 'cable')} that cite it", all_citing)
        if around.citing_total > len(around.citing)
        else None,
        tuple(_similar(each, fresh) for each in around.similar),
        Link("More like this", build(fresh, cable_path(cable.id, "similar"))),
        Link("Network of references", around_url(fresh, cable.id)),
        _graph(cable, cites, citing),
    )


def _reference(
    one: Reference, fresh: State, cited: Mapping[str, CableSummary], text: MarkedText
) -> ReferenceView:
    bullet = one.bullet or ""
    if one.id and (found := cited.get(one.id)):
        return ReferenceView(
            text, bullet, build(fresh, cable_path(found.id)), shortened(title_of(found.subject), 70)
        )
    if one.id:
        return ReferenceView(text, bullet, "", "not in this collection")
    if one.kind == "cable":
        return ReferenceView(text, bullet, "", "which cable is meant is not certain")
    return ReferenceView(text, bullet, "", _KINDS.get(one.kind, one.kind))


def _similar(one: Similar, fresh: State) -> SimilarView:
    hit = one.hit
    return SimilarView(
        Link(
            f"{hit.cable.id} {paragraph_label(hit.anchor, hit.number)}",
            build(fresh, cable_path(hit.cable.id), hit.anchor),
        ),
        shortened(title_of(hit.cable.subject), 70),
        ", ".join(one.shared),
    )


def _graph(
    cable: Cable, cites: Sequence[ReferenceView], citing: Sequence[tuple[str, str]]
) -> Graph | None:
    """The picture; `citing` are the names and addresses of what cites the cable."""
    named = [
        (view.url, reference.id)
        for view, reference in zip(cites, cable.references, strict=True)
        if reference.id
    ]
    left = list(dict.fromkeys((text, url) for url, text in named))[:_SIDE]
    right = citing[:_SIDE]
    if not left and not right:
        return None
    rows = max(len(left), len(right), 3)
    middle = rows * ROW / 2
    return Graph(rows * ROW, middle, (*_side(left, middle, end=True), *_side(right, middle)))


def _side(names: Sequence[tuple[str, str]], middle: float, *, end: bool = False) -> Iterable[Node]:
    """A column of names, in the middle of the height; `end` has them end where the lines begin."""
    first = middle - (len(names) - 1) * ROW / 2
    x = _LEFT if end else _RIGHT
    centre = WIDTH // 2 + (-70 if end else 70)
    for place, (text, url) in enumerate(names):
        y = first + place * ROW
        start, bend = (x + 6, (x + centre) // 2) if end else (x - 6, (x + centre) // 2)
        yield Node(
            text, url, x, y, end, f"M{start} {y}C{bend} {y} {bend} {middle} {centre} {middle}"
        )
