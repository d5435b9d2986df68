"""The network of references as files, read by those who read such files. Cables are invented."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import networkx as nx
import pytest
from indexes import index_of

from corpus.model import Cable, Paragraph, Part, Post, Reference
from search.exports.network import NETWORK_FORMAT_OF, NODE_COLUMNS, counted_network
from search.language.parser import parse
from search.language.tree import Query

ROME = Post("ROME", "Rome", "Italy", "Europe and Eurasia")
ODD = '=HYPERLINK("x") <b>&\x07\ufffe\U0001f600'


def _cable(
    name: str, day: int, *refers: Reference, text: str = "olives", subject: str = "Oil"
) -> Cable:
    return Cable(
        name,
        date=datetime(2008, 5, day, 9, 30, tzinfo=UTC),
        origin=ROME,
        subject=subject,
        classification="CONFIDENTIAL",
        references=refers,
        paragraphs=(Paragraph("p1", 1, "U", None, Part.BODY, f"About {text}."),),
    )


CABLES = (
    _cable("08ROME1", 1, text="vines"),
    _cable(
        "08ROME2",
        11,
        Reference("ROME 1", "08ROME1"),
        Reference("07 MILAN 5", "07MILAN5"),
        subject=ODD,
    ),
    _cable("08ROME3", 12, Reference("Rossi fax", None, "fax"), Reference("ROME 2", "08ROME2")),
)


def _written(folder: Path, name: str, asked: str = "olives") -> str:
    searcher = index_of(folder, CABLES)
    try:
        total, pieces = counted_network(searcher, Query(parse(asked).tree, sort="oldest"))
        assert total == (2 if asked == "olives" else 0)
        return b"".join(NETWORK_FORMAT_OF[name].encoded(pieces)).decode()
    finally:
        searcher.close()


def test_graphml_is_read_by_networkx(tmp_path: Path) -> None:
    graph = nx.parse_graphml(_written(tmp_path, "graphml"))
    assert graph.is_directed()
    kinds = {name: data["kind"] for name, data in graph.nodes(data=True)}
    assert kinds == {
        "2008ROME2": "matching",
        "2008ROME3": "matching",
        "2008ROME1": "cited",
        "2007MILAN5": "lacking",
        "08ROME3 reference 1": "document",
    }
    assert graph.nodes["2008ROME3"] == {
        "label": "08ROME3",
        "kind": "matching",
        "date": "2008-05-12T09:30Z",
        "year": 2008,
        "post": "Rome",
        "country": "Italy",
        "classification": "CONFIDENTIAL",
        "subject": "Oil",
    }
    assert graph.nodes["2007MILAN5"]["year"] == 2007
    assert graph.edges["2008ROME2", "2008ROME1"] == {"kind": "cable", "text": "ROME 1", "days": 10}
    assert graph.edges["2008ROME3", "08ROME3 reference 1"]["kind"] == "fax"
    assert {name: graph.graph[name] for name in ("cables", "nodes", "references")} == {
        "cables": 2,
        "nodes": 5,
        "references": 4,
    }


def test_graphml_says_the_type_of_all_that_it_has(tmp_path: Path) -> None:
    text = _written(tmp_path, "graphml")
    keys = dict(re.findall(r'<key id="([^"]+)" [^>]*attr.type="([^"]+)"', text))
    assert set(re.findall(r'<data key="([^"]+)"', text)) <= keys.keys()
    assert set(keys.values()) == {"string", "int"}
    # What XML cannot hold is shown to be missing.
    subjects = {data.get("subject") for _, data in nx.parse_graphml(text).nodes(data=True)}
    assert '=HYPERLINK("x") <b>&\ufffd\ufffd\U0001f600' in subjects


def test_a_graph_that_was_cut_is_refused(tmp_path: Path) -> None:
    whole = _written(tmp_path, "graphml")
    with pytest.raises(ParseError):
        nx.parse_graphml(whole[: len(whole) // 2])


def test_each_reference_is_a_row(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_written(tmp_path, "csv").removeprefix("\ufeff"))))
    assert [(row["source"], row["target"], row["kind"], row["days"]) for row in rows] == [
        ("2008ROME2", "2008ROME1", "cable", "10"),
        ("2008ROME2", "2007MILAN5", "cable", ""),
        ("2008ROME3", "08ROME3 reference 1", "fax", ""),
        ("2008ROME3", "2008ROME2", "cable", "1"),
    ]
    assert rows[1]["target_date"] == "2007"


def test_each_cable_is_a_row_and_no_formula(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_written(tmp_path, "nodes.csv").removeprefix("\ufeff"))))
    assert len(rows) == 5
    assert list(rows[0]) == list(NODE_COLUMNS)
    assert rows[0]["subject"].startswith("'=HYPERLINK")


def test_json_ends_with_its_totals(tmp_path: Path) -> None:
    read = json.loads(_written(tmp_path, "json"))
    assert read["totals"] == {"cables": 2, "nodes": 5, "references": 4}
    assert len(read["nodes"]) == 5
    assert len(read["references"]) == 4


@pytest.mark.parametrize("name", NETWORK_FORMAT_OF)
def test_nothing_found_is_a_whole_file(tmp_path: Path, name: str) -> None:
    text = _written(tmp_path, name, "asparagus")
    if name == "graphml":
        assert len(nx.parse_graphml(text)) == 0
    elif name == "json":
        assert json.loads(text) == {
            "nodes": [],
            "references": [],
            "totals": {"cables": 0, "nodes": 0, "references": 0},
        }
    else:
        assert text.count("\r\n") == 1
