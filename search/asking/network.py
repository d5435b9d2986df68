"""The network of references: which cables of a search refer to which, and what they refer to besides.

Owns what a node and an edge are, which of a large network are shown, and the threads: which cable answers which. Must
not know a page, a file format or an engine.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from corpus.ids import lookup_key, year_and_post
from corpus.late_dataclasses import dataclass
from corpus.model import Cable, ReferenceKind
from corpus.posts import post
from search.answers.answer import summary
from search.answers.results import CableSummary, SearchResult
from search.deadline import check
from search.engines.protocols import Searcher
from search.language.tree import And, Query, Word, simplify
from search.text.date_spans import span_of
from search.text.dates import span as minutes_of

# matching: the search found it; cited: a cable of the collection that the search did not find; lacking: a cable that is
# not in the collection; unclear: a cable, and it is not certain which; document: anything else that is no cable.
Standing = Literal["matching", "cited", "lacking", "unclear", "document"]
# Each cable is read whole, in about a millisecond.
MOST_READ = 500
MOST_SHOWN = 60
# To know which of very many cables are cited most takes an engine as long as to count for each; of more, the newest
# are read.
MOST_RANKED = 5_000
ReadBy = Literal["all", "referenced", "newest"]
# Before and after every date that there is, in minutes.
_EARLIEST, _LATEST = -(1 << 60), 1 << 60


@dataclass(frozen=True, slots=True)
class Node:
    """A cable, or something else that a cable refers to.

    `key` is the same for each spelling of a cable's number, `id` the number as it is shown; of what is no cable, or
    none that is certain, `key` names the reference and `id` is its text. `cable` is there for cables of the collection;
    what the number of any other tells stands in `year` (0: nothing) and `post`. `references` is how many references
    the cable has.
    """

    key: str
    id: str
    standing: Standing
    cable: CableSummary | None = None
    year: int = 0
    post: str = ""
    references: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last minute at which it may have been sent; without a date it may be any."""
        if self.cable is not None and (known := span_of(self.cable)):
            return known.first, known.last
        whole = minutes_of(f"{self.year:04}") if self.year else None
        return whole or (_EARLIEST, _LATEST)

    @property
    def order(self) -> tuple[int, str]:
        """Nodes in the order of time; those without a date last."""
        first, _ = self.span
        return (_LATEST if first == _EARLIEST else first), self.key


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` refers to `target`, by their keys; `text` is the reference as printed, `kind` what its reader took it
    for. Of several references to one cable there is one edge, with the texts of all."""

    source: str
    target: str
    kind: ReferenceKind
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A cable in a thread: it answers `answers` (None for the one that begins it), `depth` steps from the beginning."""

    node: Node
    depth: int
    answers: Node | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a search, as far as it is shown.

    `matching` cables were found, the references of `read` of them were read: `read_by` says which ones, where these are
    not all: the most cited, or of more than `MOST_RANKED` the newest. `connected` is how many cables have a reference
    among those read, or are the target of one. `nodes` are the most connected ones with those next to them, in the
    order of time; `degree` says how many cables each is connected with, `edges` are those between them. `threads` are
    of all that was read, the longest first. `backwards` are references to a cable that was sent later.
    """

    matching: int
    read: int
    connected: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    degree: Mapping[str, int]
    threads: tuple[tuple[Step, ...], ...]
    backwards: tuple[tuple[Node, Node], ...]
    # How many references of the cables that were read are none to a certain cable.
    others: int = 0
    # What the search says of its answer.
    notes: tuple[str, ...] = ()
    read_by: ReadBy = "all"


def network(
    searcher: Searcher, query: Query, *, most: int = MOST_SHOWN, read: int = MOST_READ
) -> Network:
    """The network of what a question finds, `most` nodes of it; the references of at most `read` cables are read.

    Raises TooSlow and SearchError as a search does.
    """
    found, read_by = _first(searcher, query, read)
    nodes: dict[str, Node] = {}
    # Those that are cited, as though the collection did not have them.
    cited: dict[str, Node] = {}
    edges: list[Edge] = []
    others = 0
    for group in found.groups:
        check()
        cable = searcher.get(group.cable.id)
        if cable is None:  # taken out of the index meanwhile
            continue
        node = matching_node(cable)
        nodes[node.key] = node
        for edge, target in edges_of(cable):
            if target.standing == "lacking":
                edges.append(edge)
                cited.setdefault(target.key, target)
            else:
                others += 1
    whole = found.cables <= len(found.groups)
    for key, node in _targets(searcher, cited, nodes, query, whole=whole):
        nodes[key] = node
    between = sorted(
        (each for each in edges if each.source != each.target),
        key=lambda each: (nodes[each.source].order, nodes[each.target].order),
    )
    degree = _degrees(between)
    chosen = _chosen(between, lambda key: (-degree[key], *nodes[key].order), most)
    shown = set(chosen)
    return Network(
        found.cables,
        len(found.groups),
        len(degree),
        tuple(sorted((nodes[key] for key in chosen), key=lambda node: node.order)),
        tuple(each for each in between if each.source in shown and each.target in shown),
        {key: degree[key] for key in chosen},
        threads(nodes, between),
        tuple((nodes[each.source], nodes[each.target]) for each in _backwards(nodes, between)),
        others,
        found.notes,
        read_by,
    )


def _first(searcher: Searcher, query: Query, read: int) -> tuple[SearchResult, ReadBy]:
    """The cables whose references are read, and which they are."""
    newest = replace(
        query,
        sort="newest",
        grouped=True,
        page=1,
        after="",
        size=read,
        per_cable=1,
        facets=(),
        snippets=False,
    )
    found = searcher.search(newest)
    if found.cables <= read:
        return found, "all"
    if found.cables > MOST_RANKED:
        return found, "newest"
    return searcher.search(replace(newest, sort="referenced")), "referenced"


def matching_node(cable: Cable) -> Node:
    """The node of a cable that was found."""
    return in_collection(cable, "matching")


def in_collection(cable: Cable, standing: Standing) -> Node:
    """The node of a cable that is there."""
    shown = summary(cable)
    year = cable.date.year if cable.date else 0
    return Node(
        lookup_key(cable.id), cable.id, standing, shown, year, shown.origin, len(cable.references)
    )


def edges_of(cable: Cable) -> Iterator[tuple[Edge, Node]]:
    """What a cable refers to, each with its node as though the collection had no other cable."""
    source = lookup_key(cable.id)
    cables: dict[str, list[str]] = {}
    ids: dict[str, str] = {}
    for number, one in enumerate(cable.references, 1):
        text = _without_bullet(one.text, one.bullet)
        if one.id:
            key = lookup_key(one.id)
            ids.setdefault(key, one.id)
            cables.setdefault(key, []).append(text)
            continue
        # Two cables that name "Smith e-mail" need not mean the same one: each such reference stands by itself.
        key = f"{cable.id} reference {number}"
        standing: Standing = "unclear" if one.kind == "cable" else "document"
        yield Edge(source, key, one.kind, text), Node(key, text, standing)
    for key, texts in cables.items():
        yield Edge(source, key, "cable", "; ".join(dict.fromkeys(texts))), lacking(key, ids[key])


def _without_bullet(text: str, bullet: str | None) -> str:
    """`A) 06 BEIJING 12345` is `06 BEIJING 12345`."""
    return text.removeprefix(bullet or "").strip() or text


def lacking(key: str, cable_id: str) -> Node:
    """The node of a cable that is not there, with what its number tells."""
    known = year_and_post(key)
    if known is None:
        return Node(key, cable_id, "lacking")
    year, code = known
    place = post(code)
    return Node(key, cable_id, "lacking", None, year, place.name if place else code)


def _targets(
    searcher: Searcher,
    cited: Mapping[str, Node],
    read: Mapping[str, Node],
    query: Query,
    *,
    whole: bool,
) -> Iterator[tuple[str, Node]]:
    """The cables that were cited and not read: whether the collection has them, and whether the search finds them."""
    there: dict[str, Node] = {}
    for key, node in cited.items():
        if key in read:
            continue
        check()
        found = searcher.get(node.id)
        if found is None:
            yield key, node
        else:
            there[key] = in_collection(found, "cited")
    ids = [] if whole else [each.id for each in there.values()]
    finds = matching_among(searcher, query, ids)
    for key, node in there.items():
        yield key, replace(node, standing="matching") if node.id in finds else node


def matching_among(searcher: Searcher, query: Query, ids: Sequence[str]) -> set[str]:
    """Which of these cables a question finds."""
    asked = [
        Query(
            simplify(And((query.tree, Word(one, "id")))),
            query.filters,
            match=query.match,
            seconds=query.seconds,
        )
        for one in ids
    ]
    return {
        one
        for one, brief in zip(ids, searcher.briefs(asked), strict=True)
        if brief.units and not brief.problem
    }


def _degrees(edges: Iterable[Edge]) -> dict[str, int]:
    """With how many others each is connected, whichever of two refers to the other."""
    pairs = {frozenset((each.source, each.target)) for each in edges}
    return dict(Counter(key for pair in pairs for key in pair))


def _chosen(
    edges: Iterable[Edge], rank: Callable[[str], tuple[int, int, str]], most: int
) -> list[str]:
    """Those that are shown: from the most connected on, each time the most connected of those that are next to one that
    is shown already; where there is none, the most connected of the rest. So no hub stands without its spokes."""
    beside: dict[str, set[str]] = defaultdict(set)
    for each in edges:
        beside[each.source].add(each.target)
        beside[each.target].add(each.source)
    taken: dict[str, None] = {}
    reached: list[tuple[tuple[int, int, str], str]] = []
    for start in sorted(beside, key=rank):
        if start in taken:
            continue
        heapq.heappush(reached, (rank(start), start))
        while reached:
            if len(taken) == most:
                return list(taken)
            _, key = heapq.heappop(reached)
            if key in taken:
                continue
            taken[key] = None
            for other in beside[key] - taken.keys():
                heapq.heappush(reached, (rank(other), other))
    return list(taken)


def _is_later(one: Node, other: Node) -> bool:
    """Whether the first was certainly sent after the second."""
    return one.span[0] > other.span[1]


def _backwards(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> Iterator[Edge]:
    """References to a cable that was sent later: its number or a date is printed or read wrong."""
    return (each for each in edges if _is_later(nodes[each.target], nodes[each.source]))


def threads(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> tuple[tuple[Step, ...], ...]:
    """Which cable answers which, as the threads of a mailbox: each cable stands once, below the latest of those that it
    refers to. A thread begins with a cable that answers none of the others; what was sent later answers nobody.

    In a thread each cable comes before those that answer it; the longest thread is the first.
    """
    cites: dict[str, list[str]] = defaultdict(list)
    for each in edges:
        if not _is_later(nodes[each.target], nodes[each.source]):
            cites[each.source].append(each.target)
    above: dict[str, str] = {}
    for key in sorted(cites, key=lambda key: nodes[key].order):
        # Of cables that refer to each other, on one day, one answers the other.
        for target in sorted(cites[key], key=lambda each: nodes[each].order, reverse=True):
            if not _stands_above(key, target, above):
                above[key] = target
                break
    below: dict[str, list[str]] = defaultdict(list)
    for key in sorted(above, key=lambda key: nodes[key].order):
        below[above[key]].append(key)
    roots = [key for key in below if key not in above]
    found = [tuple(_thread(root, below, nodes)) for root in roots]
    return tuple(sorted(found, key=lambda steps: (-len(steps), steps[0].node.order)))


def _stands_above(key: str, other: str, above: Mapping[str, str]) -> bool:
    """Whether `key` is `other`, or somewhere above it."""
    at: str | None = other
    while at is not None and at != key:
        at = above.get(at)
    return at is not None


def _thread(
    root: str, below: Mapping[str, Sequence[str]], nodes: Mapping[str, Node]
) -> Iterator[Step]:
    todo: list[tuple[str, int, str | None]] = [(root, 0, None)]
    while todo:
        key, depth, answers = todo.pop()
        yield Step(nodes[key], depth, None if answers is None else nodes[answers])
        todo.extend((each, depth + 1, key) for each in reversed(below.get(key, ())))
