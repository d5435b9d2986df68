"""A cluster beside the embedded engine: paragraphs a second, bytes, and how long questions take, in one run.

Run by hand: `PYTHONPATH=.:tests/opensearch .venv/bin/python benchmarks/cluster.py --cables 834 8334 25000`. It needs
what `make test-opensearch` needs, starts clusters of one node and of three on this machine, and stops them. All nodes
share the processors of the machine with the questions, so three nodes are slower here than one, as three machines would
not be.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# In the folder of the cluster's tests.
from server import running

from benchmarks.synthesize import synthetic_cables, vocabulary
from search.engines import CLUSTER_ENGINE, CLUSTER_URL, DEFAULT_ENGINE, open_searcher, open_writer
from search.engines.opensearch_engine.place import REPLICAS
from search.query import Query
from search.query_parser import parse

FACETS = ("mark", "classification", "origin", "tag", "year")
_WARM_UP = 2
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Setup:
    """What is measured: an engine, and how many nodes and further copies its cluster has."""

    name: str
    engine: str
    nodes: int = 0
    replicas: int = 0


SETUPS = (
    Setup("tantivy", DEFAULT_ENGINE),
    Setup("one node", CLUSTER_ENGINE, 1, 0),
    Setup("three nodes", CLUSTER_ENGINE, 3, 1),
)


def questions() -> dict[str, list[str]]:
    """Questions by kind; the words are from fixed ranks of the vocabulary."""
    words = [word for word in vocabulary(1).words if len(word) > 3]
    rare, middle, common = words[9000:9008], words[300:308], words[20:28]
    return {
        "rare word": rare,
        "common word": common,
        "AND": [f"{a} {b}" for a, b in zip(middle, common, strict=True)],
        "prefix": [f"{word[:4]}*" for word in middle],
        "pattern": [f"{word[:2]}*{word[-1]}" for word in middle],
    }


@contextmanager
def cluster_of(setup: Setup) -> Iterator[None]:
    """The cluster that a setup needs, if any, named in the environment."""
    if not setup.nodes:
        yield
        return
    with running(setup.nodes) as cluster:
        os.environ |= {CLUSTER_URL: cluster.url, REPLICAS: str(setup.replicas)}
        yield


def measure(setup: Setup, count: int) -> None:
    """Print a row for one setup and one size."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "index"
        cables = list(synthetic_cables(count))
        started = time.perf_counter()
        with open_writer(folder, setup.engine) as writer:
            for cable in cables:
                writer.put(cable)
        seconds = time.perf_counter() - started
        searcher = open_searcher(folder)
        stats = searcher.stats()
        row = [
            setup.name,
            f"{stats.paragraphs}",
            f"{stats.paragraphs / seconds:.0f}",
            f"{stats.bytes / stats.paragraphs / (1 + setup.replicas):.0f}",
        ]
        for asked in questions().values():
            times = []
            for number in range(-_WARM_UP, _ROUNDS):
                for line in asked:
                    began = time.perf_counter()
                    searcher.search(Query(parse(line).tree, facets=FACETS))
                    if number >= 0:
                        times.append((time.perf_counter() - began) * 1000)
            row.append(
                f"{statistics.median(times):.0f}/{statistics.quantiles(times, n=20)[18]:.0f}"
            )
        searcher.close()
    print(f"| {' | '.join(row)} |", flush=True)


def main() -> int:
    """Print the table, a row for each setup and size."""
    options = argparse.ArgumentParser(description="a cluster beside the embedded engine")
    options.add_argument("--cables", type=int, nargs="+", default=[834])
    chosen = options.parse_args()
    heads = ["", "paragraphs", "a second", "bytes a paragraph and copy", *questions()]
    print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}", flush=True)
    for setup in SETUPS:
        with cluster_of(setup):
            for count in chosen.cables:
                measure(setup, count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
