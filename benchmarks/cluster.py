"""A cluster beside the embedded engine: paragraphs a second, bytes, heap, and how long questions take, in one run.

Run by hand: `PYTHONPATH=.:tests/opensearch .venv/bin/python benchmarks/cluster.py --paragraphs 10000 100000 300000
--json out.json`. It needs what `make test-opensearch` needs. A dump of synthetic cables (benchmarks/synthesize.py) is
parsed once, by all processors, and kept as JSON lines; each engine then gets the same cables, size after size, in the
same index: the rate of a size is that of what came to it since the one before. A question asks for ten paragraphs with
snippets and five facets. The nodes of a cluster are processes of this machine and share its processors with the
questions and with each other: three nodes are slower here than one, which three machines are not.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

# In the folder of the cluster's tests.
from server import Cluster, running

from benchmarks.synthesize import write
from corpus.cable_json import cable_from_json, cable_to_json
from corpus.model import Cable
from indexer.inputs.files import Item, read
from indexer.inputs.finding import PageFile
from indexer.page import PassedOver, SetAside
from indexer.runs.worker import cables_of
from search.engines import CLUSTER_ENGINE, CLUSTER_URL, DEFAULT_ENGINE, open_searcher, open_writer
from search.engines.opensearch_engine.place import REPLICAS
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Query

FACETS = ("mark", "classification", "origin", "tag", "year")
# A synthetic cable has some twelve paragraphs; with these there are enough cables for what is asked.
_FEWEST_PARAGRAPHS = 11
_EACH = 6  # questions of a kind
_WARM_UP = 1
_ROUNDS = 3
# As a node of that size would be run, one gigabyte of heap, with the compilers and the collector that Java chooses.
_JVM = ("-Xms1g", "-Xmx1g", "-Dlog4j2.disable.jmx=true")
# A size that is the same so many times, a second between, has settled.
_ALIKE = 8
_SETTLED_SECONDS = 180
_LONG_ENOUGH = 4  # letters of a word that is asked for


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
    Setup("three nodes, two copies", CLUSTER_ENGINE, 3, 1),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one setup does at one size. Bytes are for each paragraph and copy, times in milliseconds: median and 95 %.

    `merged` is the bytes after a forced merge, measured at the last size; `heap` what lives in the fullest node's heap,
    in megabytes. Both are None where there is no cluster.
    """

    setup: str
    cables: int
    paragraphs: int
    rate: float
    bytes: float
    log: float | None
    merged: float | None
    heap: float | None
    times: dict[str, tuple[float, float]]


def parsed(item: Item) -> list[str]:
    """The cables of a page as JSON lines; those of one that is set aside are none."""
    cables = cables_of(item)
    if isinstance(cables, SetAside | PassedOver):
        return []
    return [json.dumps(cable_to_json(cable)) for cable in cables]


def make_cables(folder: Path, paragraphs: int) -> Path:
    """A file of JSON lines with at least so many paragraphs, made from a dump."""
    dump, lines = folder / "cables.csv", folder / "cables.jsonl"
    with dump.open("wb") as out:
        write(out, math.ceil(paragraphs / _FEWEST_PARAGRAPHS), 1)
    seen: set[str] = set()
    with ProcessPoolExecutor() as pool, lines.open("w", encoding="utf-8") as out:
        items: Iterable[Item] = read(PageFile(dump, dump.name))
        for page in pool.map(parsed, items, chunksize=64):
            for line in page:
                # A cable that comes twice is one: all engines are to be given the same number of documents.
                ident = json.loads(line)["id"]
                if ident not in seen:
                    seen.add(ident)
                    out.write(f"{line}\n")
    return lines


def portions(lines: Path, sizes: Sequence[int]) -> Iterator[Iterator[Cable]]:
    """For each size the cables that bring the index to so many paragraphs, or a few more."""
    held = 0
    with lines.open(encoding="utf-8") as stream:

        def until(size: int) -> Iterator[Cable]:
            nonlocal held
            while held < size:
                line = stream.readline()
                if not line:
                    sys.exit(f"the dump has only {held} of {size} paragraphs")
                cable = cable_from_json(json.loads(line))
                held += len(cable.paragraphs)
                yield cable

        for size in sizes:
            yield until(size)


def questions(lines: Path, size: int) -> dict[str, list[str]]:
    """Questions by kind, of words by how many of the first cables have them."""
    found: Counter[str] = Counter()
    for cable in chain.from_iterable(portions(lines, (size,))):
        text = " ".join(paragraph.text for paragraph in cable.paragraphs).lower()
        words = {word for word in text.split() if word.isalpha() and len(word) >= _LONG_ENOUGH}
        found.update(words)
    ranked = [word for word, _ in sorted(found.items(), key=lambda each: (-each[1], each[0]))]
    seen_twice = [word for word in ranked if found[word] >= 2]
    common = ranked[_EACH : 2 * _EACH]
    middle = ranked[len(seen_twice) // 20 :][:_EACH]
    return {
        "rare word": seen_twice[-_EACH:],
        "common word": common,
        "AND": [f"{a} {b}" for a, b in zip(middle, common, strict=True)],
        "prefix": [f"{word[:_LONG_ENOUGH]}*" for word in middle],
        "pattern": [f"{word[:2]}*{word[-1]}" for word in middle],
    }


@contextmanager
def cluster_of(setup: Setup) -> Iterator[Cluster | None]:
    """The cluster that a setup needs, if any, named in the environment."""
    if not setup.nodes:
        yield None
        return
    with running(setup.nodes, options=_JVM) as cluster:
        os.environ |= {CLUSTER_URL: cluster.url, REPLICAS: str(setup.replicas)}
        yield cluster


def load(folder: Path, engine: str, cables: Iterator[Cable]) -> tuple[int, float]:
    """Put cables into an index; gives their paragraphs, and the seconds it took without the reading of the file."""
    count, seconds = 0, 0.0
    began = time.perf_counter()
    with open_writer(folder, engine) as writer:
        seconds += time.perf_counter() - began
        for cable in cables:
            began = time.perf_counter()
            writer.put(cable)
            seconds += time.perf_counter() - began
            count += len(cable.paragraphs)
        began = time.perf_counter()
    return count, seconds + time.perf_counter() - began


def answers(searcher: Searcher, asked: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """How long each kind of question takes."""
    told = {}
    for kind, lines in asked.items():
        times = []
        for number in range(-_WARM_UP, _ROUNDS):
            for line in lines:
                began = time.perf_counter()
                searcher.search(Query(parse(line).tree, facets=FACETS))
                if number >= 0:
                    times.append((time.perf_counter() - began) * 1000)
        told[kind] = statistics.median(times), statistics.quantiles(times, n=20)[18]
    return told


def log_bytes(cluster: Cluster) -> int:
    """What the nodes keep of what they were sent, beside the index, to be safe and to bring copies up to date."""
    told = json.loads(cluster.ask("GET", "cablegram-*/_stats/translog"))
    size: int = told["_all"]["total"]["translog"]["size_in_bytes"]
    return size


def merged_bytes(cluster: Cluster, searcher: Searcher) -> int:
    """The bytes of all copies after a forced merge, when the files it took the place of are gone."""
    cluster.ask("POST", "cablegram-*/_forcemerge?max_num_segments=1")
    cluster.ask("POST", "cablegram-*/_flush")
    # Readers keep the files that were merged until they are told to look anew, and nothing does that by itself here.
    cluster.ask("POST", "cablegram-*/_refresh")
    end = time.monotonic() + _SETTLED_SECONDS
    sizes = [searcher.stats().bytes]
    while len(sizes) <= _ALIKE or len(set(sizes[-_ALIKE:])) > 1:
        if time.monotonic() > end:
            sys.exit(
                f"the index has no settled size {_SETTLED_SECONDS} s after a merge: {sizes[-_ALIKE:]}"
            )
        time.sleep(1)
        sizes.append(searcher.stats().bytes)
    return sizes[-1]


def heap(cluster: Cluster) -> float:
    """What lives in the fullest node's heap after a collection, in megabytes."""
    for node in cluster.nodes:
        assert node.process is not None
        collect = ["jcmd", str(node.process.pid), "GC.run"]
        subprocess.run(collect, check=True, capture_output=True)  # noqa: S603
    nodes = json.loads(cluster.ask("GET", "_nodes/stats/jvm"))["nodes"].values()
    return max(node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes) / 1e6


def measure(setup: Setup, lines: Path, sizes: Sequence[int]) -> Iterator[Row]:
    """A row for each size."""
    asked = questions(lines, sizes[0])
    with tempfile.TemporaryDirectory() as temporary, cluster_of(setup) as cluster:
        folder = Path(temporary) / "index"
        for size, cables in zip(sizes, portions(lines, sizes), strict=True):
            count, seconds = load(folder, setup.engine, cables)
            searcher = open_searcher(folder)
            stats = searcher.stats()
            documents = stats.paragraphs * (1 + setup.replicas)
            log = log_bytes(cluster) / documents if cluster else None
            times = answers(searcher, asked)
            lives = heap(cluster) if cluster else None
            merged = None
            if cluster and size == sizes[-1]:
                merged = merged_bytes(cluster, searcher) / documents
            searcher.close()
            yield Row(
                setup.name,
                stats.cables,
                stats.paragraphs,
                count / seconds,
                stats.bytes / documents,
                log,
                merged,
                lives,
                times,
            )


def line_of(row: Row) -> str:
    """A line of the table."""

    def told(value: float | None, form: str = ",.0f") -> str:
        return "" if value is None else format(value, form)

    cells = [row.setup, f"{row.paragraphs:,}", told(row.rate), told(row.bytes)]
    cells += [told(row.log), told(row.merged), told(row.heap)]
    cells += [f"{median:.0f}/{late:.0f}" for median, late in row.times.values()]
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Print the table, a row for each setup and size; everything as JSON into a file, if one is named."""
    options = argparse.ArgumentParser(description="a cluster beside the embedded engine")
    options.add_argument("--paragraphs", type=int, nargs="+", default=[10_000])
    options.add_argument("--json", type=Path, metavar="FILE")
    chosen = options.parse_args()
    sizes = sorted(chosen.paragraphs)
    rows: list[Row] = []
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        lines = make_cables(Path(folder), sizes[-1])
        took["cables made"] = time.perf_counter() - began
        heads = [
            *("", "paragraphs", "a second", "bytes a paragraph", "... of log", "... merged"),
            *("heap MB", *questions(lines, sizes[0])),
        ]
        print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}", flush=True)
        for setup in SETUPS:
            began = time.perf_counter()
            for row in measure(setup, lines, sizes):
                rows.append(row)
                print(line_of(row), flush=True)
            took[setup.name] = time.perf_counter() - began
    print("; ".join(f"{what} {seconds:.0f} s" for what, seconds in took.items()), file=sys.stderr)
    if chosen.json:
        told = {"rows": [asdict(row) for row in rows], "seconds": took}
        chosen.json.write_text(f"{json.dumps(told, indent=2)}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
