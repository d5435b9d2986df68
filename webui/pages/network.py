"""The page of the network of references: a picture of who refers to whom, the threads, and both as tables.

Owns the geometry of the picture: a line for each cable, in the order of time, and an arc for each reference. Must not
know a searcher: network and counts are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from search.asking.network import MOST_SHOWN, Edge, Network, Node, ReadBy, Standing, Step
from search.exports.network import NETWORK_FORMATS
from search.language.tree import Word
from search.text.date_spans import first_and_last, span_of
from webui.asking.address import State, build, cable_path
from webui.asking.network import Counts, bare
from webui.pages.export_links import ExportLink
from webui.pages.titles import title_of
from webui.pages.wording import Link, counted, place, shortened

# The picture's units are pixels at its full size: the height of a line, where the names begin, how far arcs reach.
LINE, WIDTH = 24, 560
_NAMES, _REACH = 210, 190
# So many steps of threads are shown, and so many of one.
_STEPS, _STEPS_OF_ONE = 100, 60
_DEEPEST = 4
_READ: dict[ReadBy, str] = {"referenced": "most cited", "newest": "newest"}
_STANDINGS: dict[Standing, str] = {
    "matching": "in this search",
    "cited": "in the collection, not in this search",
    "lacking": "not in the collection",
}


@dataclass(frozen=True, slots=True)
class NodeView:
    """A cable: `url` is "" for one that is not here. `cites` and `cited` link to what they count, None for none."""

    id: str
    url: str
    date: str
    city: str
    post: str
    subject: str
    standing: str
    lacking: bool
    cites: Link | None
    cited: Link | None
    y: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A reference in the picture, and its words."""

    line: str
    words: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A cable of a thread, so many steps from its beginning; `answers` is "" for the first."""

    indent: int
    node: NodeView
    answers: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread; `more` says that not all of its cables are shown."""

    steps: tuple[StepView, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """All that the page says. `told` are sentences on what is shown and what is not; `read` are the cables whose
    references were read for the page, None for all."""

    title: str
    search: Link
    back_url: str
    referring: Link | None
    read: Link | None
    told: tuple[str, ...]
    height: int
    nodes: tuple[NodeView, ...]
    arcs: tuple[Arc, ...]
    threads: tuple[ThreadView, ...]
    more_threads: bool
    backwards: tuple[tuple[NodeView, NodeView], ...]
    exports: tuple[ExportLink, ...]
    api_url: str


def network_page(state: State, found: Network, counts: Counts) -> NetworkPage:
    """The page of a state."""
    rows = {each.key: at for at, each in enumerate(found.nodes)}
    show = _Shower(state.afresh(), counts.citing)
    plain = replace(state.on_page(1), view="cables")
    title = f"Network of references: {state.q}" if state.q else "Network of references"
    shown, more = _threads(found.threads, show)
    return NetworkPage(
        title,
        Link(counted(found.matching, "matching cable"), build(plain)),
        build(state),
        Link(
            counted(counts.referring, "of them has references", "of them have references"),
            build(_having_references(plain)),
        )
        if counts.referring
        else None,
        Link(
            f"the {found.read:,} {_READ[found.read_by]} cables",
            build(plain.sorted_by(found.read_by)),
        )
        if found.read_by != "all"
        else None,
        (*found.notes, *_told(found)),
        len(found.nodes) * LINE,
        tuple(show.node(each, row) for row, each in enumerate(found.nodes)),
        tuple(_arc(each, rows, found.nodes) for each in found.edges),
        shown,
        more,
        tuple((show.node(one), show.node(other)) for one, other in found.backwards[:MOST_SHOWN]),
        network_links(state),
        build(bare(state), "/api/v1/network"),
    )


def network_links(state: State) -> tuple[ExportLink, ...]:
    """The files of a state's network, of all its cables."""
    return tuple(
        ExportLink(
            each.name, each.label, each.media_type, build(bare(state), f"/network.{each.name}")
        )
        for each in NETWORK_FORMATS
    )


def network_url(state: State) -> str:
    """The page of a search."""
    return build(replace(state.on_page(1), view="cables", sort="relevance"), "/network")


def around_url(fresh: State, cable_id: str) -> str:
    """The page of a cable, what it refers to, and what refers to it."""
    return build(fresh.asking(f"id:{_word(cable_id)} OR cites:{_word(cable_id)}"), "/network")


def _word(cable_id: str) -> str:
    return str(Word(cable_id, "id")).removeprefix("id:")


def _having_references(state: State) -> State:
    return (
        state
        if "references" in state.filter("has").included
        else state.including("has", "references")
    )


class _Shower:
    """Makes views of nodes, with the counts of this network."""

    def __init__(self, fresh: State, citing: Mapping[str, int]) -> None:
        self._fresh = fresh
        self._citing = citing

    def node(self, node: Node, row: int = 0) -> NodeView:
        cable, fresh = node.cable, self._fresh
        cites = node.references
        cited = self._citing.get(node.key, 0)
        url = build(fresh, cable_path(cable.id)) if cable else ""
        known = span_of(cable) if cable else None
        return NodeView(
            node.id,
            url,
            first_and_last(known)[0] if known else (str(node.year) if node.year else ""),
            shortened(node.post, 24),
            place(cable.origin, cable.country) if cable else node.post,
            shortened(title_of(cable.subject), 90) if cable else "",
            _STANDINGS.get(node.standing, node.standing),
            cable is None,
            Link(f"{cites:,}", build(fresh, cable_path(cable.id), "refs"))
            if cites and cable
            else None,
            Link(f"{cited:,}", build(fresh.asking(str(Word(node.id, "cites"))))) if cited else None,
            row * LINE + LINE // 2,
        )


def _told(found: Network) -> list[str]:
    told = []
    if found.connected > len(found.nodes):
        told.append("Shown: the most connected cables and those next to them.")
    if found.others:
        told.append(
            "References to letters, telephone calls and books, and to cables that are not certain, are in the files "
            "only."
        )
    return told


def _arc(edge: Edge, rows: Mapping[str, int], nodes: Sequence[Node]) -> Arc:
    """From the line of the one that cites to the line of the one that is cited: the further apart, the wider."""
    start, end = (rows[key] * LINE + LINE // 2 for key in (edge.source, edge.target))
    reach = _NAMES - 8 - min(_REACH, 14 + abs(start - end) // 3)
    x = _NAMES - 8
    return Arc(
        f"M{x} {start}C{reach} {start} {reach} {end} {x} {end}",
        f"{nodes[rows[edge.source]].id} refers to {nodes[rows[edge.target]].id}",
    )


def _threads(
    threads: Sequence[Sequence[Step]], show: _Shower
) -> tuple[tuple[ThreadView, ...], bool]:
    found: list[ThreadView] = []
    left = _STEPS
    for steps in threads:
        if left <= 0:
            break
        some = list(islice(steps, min(_STEPS_OF_ONE, left)))
        left -= len(some)
        more = len(steps) - len(some)
        found.append(
            ThreadView(
                tuple(
                    StepView(
                        min(each.depth, _DEEPEST),
                        show.node(each.node),
                        each.answers.id if each.answers else "",
                    )
                    for each in some
                ),
                bool(more),
            )
        )
    return tuple(found), len(threads) > len(found)
