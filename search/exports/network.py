"""The network of references as a file: every cable that a search finds, everything that they refer to, every reference.

Owns how the whole of it is gone through, and its formats. Must not know how a part of it is chosen to be shown.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from corpus.dates import iso_date
from corpus.late_dataclasses import dataclass
from search.asking.network import Edge, Network, Node, edges_of, in_collection, matching_node
from search.engines.protocols import Searcher
from search.exports.entries import counted_results
from search.exports.table import cell
from search.language.tree import Query

# References beyond so many bytes wait in a file: they are written when all nodes are known.
_IN_MEMORY = 8 << 20
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class End:
    """A node as a reference tells it: its id, its date as printed ("" for none) and its post."""

    id: str
    date: str
    post: str
    first: int | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference between two nodes. `days` from the one that is cited to the one that cites, None where one of the
    dates is not known to the day."""

    edge: Edge
    source: End
    target: End

    @property
    def days(self) -> int | None:
        """How many days after the cited cable the other was sent; negative if it was sent before it."""
        first, last = self.target.first, self.source.first
        return None if first is None or last is None else last // _DAY - first // _DAY


@dataclass(frozen=True, slots=True)
class Totals:
    """What a network had, when all of it has been gone through: a file that has this at its end is whole."""

    cables: int
    nodes: int
    references: int


Piece = Node | Reference | Totals
Write = Callable[[Iterator[Piece]], Iterator[str]]


def counted_network(searcher: Searcher, query: Query) -> tuple[int, Iterator[Piece]]:
    """How many cables a question finds, and the network of all of them: first every node, then every reference, at the
    end the totals.

    Of each node a line is kept in memory; the references wait in a file. Raises Incomplete and SearchError as
    `entries.results` does.
    """
    total, entries = counted_results(searcher, query, whole=True)

    def pieces() -> Iterator[Piece]:
        ends: dict[str, End] = {}
        cited: dict[str, Node] = {}
        cables = references = 0
        with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as waiting:
            for entry in entries:
                cable = entry.loaded
                node = matching_node(cable)
                ends[node.key] = _end(node)
                cables += 1
                yield node
                for edge, target in edges_of(cable):
                    references += 1
                    waiting.write(json.dumps((edge.source, edge.target, edge.kind, edge.text)))
                    waiting.write("\n")
                    cited.setdefault(target.key, target)
            for key, node in cited.items():
                if key in ends:
                    continue
                found = searcher.get(node.id) if node.standing == "lacking" else None
                known = node if found is None else in_collection(found, "cited")
                ends[key] = _end(known)
                yield known
            waiting.seek(0)
            for line in waiting:
                edge = Edge(*json.loads(line))
                yield Reference(edge, ends[edge.source], ends[edge.target])
        yield Totals(cables, len(ends), references)

    return total, pieces()


def _end(node: Node) -> End:
    cable = node.cable
    exact = cable is not None and cable.date_precision in ("day", "minute") and cable.date
    return End(node.key, _date(node), node.post, node.span[0] if exact else None)


def _date(node: Node) -> str:
    """As precise as it is known; of a cable that is not there the year, which its number tells."""
    if node.cable is not None:
        return iso_date(node.cable.date, node.cable.date_precision) or ""
    return f"{node.year:04}" if node.year else ""


# What is said of a node and of a reference, in this order in every format, and its type in GraphML.
NODE_COLUMNS = {
    "id": "string",
    "label": "string",
    "kind": "string",
    "date": "string",
    "year": "int",
    "post": "string",
    "country": "string",
    "classification": "string",
    "subject": "string",
}
REFERENCE_COLUMNS = {
    "source": "string",
    "target": "string",
    "kind": "string",
    "text": "string",
    "days": "int",
    "source_date": "string",
    "source_post": "string",
    "target_date": "string",
    "target_post": "string",
}
# What a reference says of its ends; in GraphML the nodes have it.
_ENDS = tuple(name for name in REFERENCE_COLUMNS if name.startswith(("source", "target")))


def node_values(node: Node) -> dict[str, Any]:
    """What the columns have of a node; None where nothing is known."""
    cable = node.cable
    return {
        "id": node.key,
        "label": node.id,
        "kind": node.standing,
        "date": _date(node) or None,
        "year": node.year or None,
        "post": node.post or None,
        "country": (cable.country if cable else "") or None,
        "classification": cable.classification if cable else None,
        "subject": (cable.subject if cable else "") or None,
    }


def reference_values(one: Reference) -> dict[str, Any]:
    """What the columns have of a reference."""
    return {
        "source": one.source.id,
        "target": one.target.id,
        "kind": one.edge.kind,
        "text": one.edge.text,
        "days": one.days,
        "source_date": one.source.date or None,
        "source_post": one.source.post or None,
        "target_date": one.target.date or None,
        "target_post": one.target.post or None,
    }


def graphml(pieces: Iterator[Piece]) -> Iterator[str]:
    """GraphML, for Gephi, networkx, igraph and others. The last data of the graph are its totals."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name in ("cables", "nodes", "references"):
        yield f'<key id="g-{name}" for="graph" attr.name="{name}" attr.type="int"/>\n'
    for letter, told, columns in (
        ("n", "node", NODE_COLUMNS),
        ("e", "edge", REFERENCE_COLUMNS),
    ):
        for name, kind in columns.items():
            if name not in ("id", *_ENDS):
                yield (
                    f'<key id="{letter}-{name}" for="{told}" attr.name="{name}" '
                    f'attr.type="{kind}"/>\n'
                )
    yield '<graph id="references" edgedefault="directed">\n'
    for piece in pieces:
        match piece:
            case Node():
                yield f"<node id={_quoted(piece.key)}>{_data('n', node_values(piece))}</node>\n"
            case Reference():
                values = reference_values(piece)
                ends = f"source={_quoted(piece.source.id)} target={_quoted(piece.target.id)}"
                yield f"<edge {ends}>{_data('e', values)}</edge>\n"
            case Totals():
                yield f"{_data('g', _totals(piece))}\n"
    yield "</graph>\n</graphml>\n"


def _data(letter: str, values: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{letter}-{name}">{escape(_for_xml(str(value)))}</data>'
        for name, value in values.items()
        if value is not None and name not in ("id", *_ENDS)
    )


def _quoted(value: str) -> str:
    return quoteattr(_for_xml(value))


def _for_xml(text: str) -> str:
    """The text without what no XML may have: control characters, halves of a surrogate pair, U+FFFE and U+FFFF."""
    if text.isascii() and text.isprintable():  # as most are
        return text
    return "".join(each if _is_xml(ord(each)) else "\ufffd" for each in text)


def _is_xml(code: int) -> bool:
    return (
        code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF
    )


def reference_table(pieces: Iterator[Piece]) -> Iterator[str]:
    """CSV, a reference a row, with the dates and posts of both cables."""
    rows = (reference_values(each) for each in pieces if isinstance(each, Reference))
    return _csv(tuple(REFERENCE_COLUMNS), rows)


def node_table(pieces: Iterator[Piece]) -> Iterator[str]:
    """CSV, a row for each cable and whatever else is referred to."""
    rows = (node_values(each) for each in pieces if isinstance(each, Node))
    return _csv(tuple(NODE_COLUMNS), rows)


def _csv(columns: tuple[str, ...], rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    row = io.StringIO()
    writer = csv.writer(row)
    row.write("\ufeff")
    writer.writerow(columns)
    for values in rows:
        # A number is no formula, whatever its sign; what a cable printed may be one.
        writer.writerow(
            [
                value if isinstance(value, int) else cell(value or "")
                for value in (values[name] for name in columns)
            ]
        )
        if row.tell() > 1 << 14:
            yield _taken(row)
    yield _taken(row)


def _taken(row: io.StringIO) -> str:
    text = row.getvalue()
    row.seek(0)
    row.truncate()
    return text


def as_json(pieces: Iterator[Piece]) -> Iterator[str]:
    """JSON: `nodes`, `references`, and at the end the totals."""
    name, between = "nodes", ""
    yield '{"nodes": ['
    for piece in pieces:
        match piece:
            case Node():
                yield f"{between}\n{_json(node_values(piece))}"
            case Reference():
                if name == "nodes":
                    name, between = "references", ""
                    yield '\n],\n"references": ['
                yield f"{between}\n{_json(reference_values(piece))}"
            case Totals():
                yield '\n],\n"references": [\n],\n' if name == "nodes" else "\n],\n"
                yield f'"totals": {_json(_totals(piece))}}}\n'
        between = ","


def _totals(one: Totals) -> dict[str, Any]:
    return {"cables": one.cables, "nodes": one.nodes, "references": one.references}


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def network_to_json(found: Network) -> dict[str, Any]:
    """A part of a network, as the API answers: nodes and references as in the file, and the threads, each a list of the
    nodes' ids with the one that each answers."""
    nodes = {each.key: each for each in found.nodes}
    return {
        "matching": found.matching,
        "read": found.read,
        "read_by": found.read_by,
        "connected": found.connected,
        "nodes": [
            node_values(each) | {"connections": found.degree[each.key]} for each in found.nodes
        ],
        "references": [
            reference_values(Reference(each, _end(nodes[each.source]), _end(nodes[each.target])))
            for each in found.edges
        ],
        "threads": [
            [
                {
                    "id": step.node.key,
                    "label": step.node.id,
                    "kind": step.node.standing,
                    "answers": step.answers.key if step.answers else None,
                }
                for step in steps
            ]
            for steps in found.threads
        ],
        "notes": list(found.notes),
    }


@dataclass(frozen=True, slots=True)
class NetworkFormat:
    """A format: `name` is the ending of its addresses, and what the command line calls it."""

    name: str
    label: str
    media_type: str
    write: Write

    def encoded(self, pieces: Iterator[Piece]) -> Iterator[bytes]:
        """The file in UTF-8, a piece at a time."""
        for text in self.write(pieces):
            yield text.encode("utf-8", "backslashreplace")


NETWORK_FORMATS: tuple[NetworkFormat, ...] = (
    NetworkFormat("graphml", "GraphML", "application/graphml+xml", graphml),
    NetworkFormat("csv", "CSV of references", "text/csv", reference_table),
    NetworkFormat("nodes.csv", "CSV of cables", "text/csv", node_table),
    NetworkFormat("json", "JSON", "application/json", as_json),
)
NETWORK_FORMAT_OF: dict[str, NetworkFormat] = {each.name: each for each in NETWORK_FORMATS}
