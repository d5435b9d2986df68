"""`cablegram network`: the references of a search as a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
from command_line import Run


def test_a_search_as_csv(asking: Run) -> None:
    done = asking("network", "lanterns", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff")))
    assert (row["source"], row["target"], row["text"]) == (
        "2007GUANGZHOU900101",
        "2007GUANGZHOU900051",
        "GUANGZHOU 900051",
    )
    assert done.code == 0


def test_graphml_in_a_file_and_how_many(asking: Run, tmp_path: Path) -> None:
    target = tmp_path / "network.graphml"
    done = asking("network", "-o", target)
    graph = nx.read_graphml(target)
    cables = graph.graph["cables"]
    assert done.err == (
        f"{cables} cables and {len(graph) - cables} that they refer to, "
        f"{graph.number_of_edges()} reference{'s' if graph.number_of_edges() != 1 else ''} in {target}\n"
    )
    assert not target.with_name("network.graphml.part").exists()


def test_filters_count(asking: Run) -> None:
    done = asking("network", "--origin", "la paz", "--format", "nodes.csv")
    assert "08LAPAZ900102" in done.out
    assert "GUANGZHOU" not in done.out


def test_nothing_found_is_told_by_the_exit_code(asking: Run) -> None:
    assert asking("network", "nothingatall").code == 1
