"""What a cluster may suffer while it is loaded and searched: nodes killed, cut off, and back; an index gone or refused.

    python -m pytest tests/opensearch/faults.py

Three real nodes are three processes here. In each of the first tests one thread commits cables, as `cablegram index`
does, and starts again what was refused; another searches all the time. Promised is: every cable that was acknowledged
is there afterwards, exactly once, and every answer has all that was acknowledged before it was asked for; where there
is no answer a sentence says so.

The file has a name that pytest does not look for: it needs a JDK. `make test-opensearch` names it.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.model import Cable, Paragraph, Part
from search.engine import Searcher
from search.engines import CLUSTER_URL, open_searcher, open_writer
from search.errors import IndexMissing, SearchError
from search.query import Query, Word

sys.path.insert(0, str(Path(__file__).parent))
from server import Cluster, Node, running

TOGETHER = 20  # cables of a commit
BEFORE, AFTER = 40, 40  # cables acknowledged before a fault, and more during it
SECONDS = 240.0


def cable(number: int, *words: str) -> Cable:
    texts = (f"alpha {number}", *words)
    paragraphs = tuple(
        Paragraph(f"p{place}", place, "U", None, Part.BODY, text)
        for place, text in enumerate(texts, start=1)
    )
    return Cable(f"07PARIS{number}", paragraphs=paragraphs)


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition by asking."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, f"after {SECONDS:.0f} s still not: {what}"
        threading.Event().wait(0.05)


@dataclass(frozen=True, slots=True)
class Row:
    """What was seen in one test."""

    fault: str
    acknowledged: int
    found: int
    lost: int
    doubled: int
    slowest: float
    unanswered: int
    green: float


class Load(threading.Thread):
    """Commits cables, twenty at a time, until it is told to stop; what fails is started again."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.acknowledged = 0
        self.started = 0
        self.refusals: list[str] = []
        self.broken: list[BaseException] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self.started = self.acknowledged + TOGETHER
                try:
                    with open_writer(self.folder, "opensearch") as writer:
                        for number in range(self.acknowledged, self.started):
                            writer.put(cable(number))
                except SearchError as error:
                    self.refusals.append(str(error))
                else:
                    self.acknowledged = self.started
        except BaseException as error:
            self.broken.append(error)


class Watch(threading.Thread):
    """Searches until it is told to stop; an answer with less than was acknowledged, or more than was sent, is wrong."""

    def __init__(self, load: Load) -> None:
        super().__init__()
        self.load = load
        self.answers = 0
        self.slowest = 0.0
        self.wrong: list[str] = []
        self.unanswered: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        searcher = open_searcher(self.load.folder)
        try:
            while not self.stopping.is_set():
                self._ask(searcher)
        except BaseException as error:
            self.wrong.append(repr(error))
        finally:
            searcher.close()

    def _ask(self, searcher: Searcher) -> None:
        least, began = self.load.acknowledged, time.monotonic()
        try:
            result = searcher.search(Query(Word("alpha"), seconds=30.0))
        except SearchError as error:
            self.unanswered.append(str(error))
        else:
            most = self.load.started
            if not least <= result.cables <= most or result.cables != result.paragraphs:
                self.wrong.append(f"{least} <= {result.cables} ({result.paragraphs}) <= {most}")
            self.answers += 1
            self.slowest = max(self.slowest, time.monotonic() - began)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running() as nodes:
        yield nodes


@pytest.fixture(autouse=True)
def address(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CLUSTER_URL, cluster.url)


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[list[Row]]:
    """The rows of the table, printed at the end."""
    rows: list[Row] = []
    yield rows
    lines = [
        "",
        "| fault | acknowledged | found | lost | doubled | slowest answer | no answer | green after |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row.fault} | {row.acknowledged} | {row.found} | {row.lost} | {row.doubled} |"
        f" {row.slowest:.1f} s | {row.unanswered} | {row.green:.1f} s |"
        for row in rows
    ]
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        sys.stdout.write("\n".join([*lines, ""]))


def others(cluster: Cluster) -> list[Node]:
    manager = cluster.manager()
    return [node for node in cluster.nodes if node is not manager]


def kill_manager(cluster: Cluster) -> list[Node]:
    return [cluster.manager()]


def kill_data_node(cluster: Cluster) -> list[Node]:
    return others(cluster)[:1]


def kill_two(cluster: Cluster) -> list[Node]:
    return [cluster.manager(), others(cluster)[0]]


@pytest.mark.parametrize(
    ("fault", "choose", "how"),
    [
        ("the elected manager killed", kill_manager, signal.SIGKILL),
        ("a data node killed", kill_data_node, signal.SIGKILL),
        ("two of three nodes killed", kill_two, signal.SIGKILL),
        ("a node cut off", kill_data_node, signal.SIGSTOP),
    ],
    ids=["manager", "data", "two", "cut off"],
)
def test_what_was_acknowledged_is_there_once_and_answers_are_whole(
    cluster: Cluster,
    table: list[Row],
    tmp_path: Path,
    fault: str,
    choose: Callable[[Cluster], list[Node]],
    how: signal.Signals,
) -> None:
    load = Load(tmp_path / "index")
    load.start()
    until(lambda: load.acknowledged > 0 or bool(load.broken), "a first commit")
    watch = Watch(load)
    watch.start()
    hit: list[Node] = []
    try:
        until(lambda: load.acknowledged >= BEFORE or bool(load.broken), "commits before the fault")
        hit = choose(cluster)
        for node in hit:
            node.signal(how)
            if how == signal.SIGKILL:
                node.kill()
        if len(hit) == 1:
            goal = load.acknowledged + AFTER
            until(lambda: load.acknowledged >= goal, "the load goes on without the node")
        else:
            until(lambda: bool(watch.unanswered), "a sentence instead of a part of the answer")
    finally:
        for node in hit:
            if how == signal.SIGKILL:
                node.start()
            else:
                node.signal(signal.SIGCONT)
    green = cluster.wait()
    goal = load.acknowledged + AFTER
    until(lambda: load.acknowledged >= goal, "the load goes on after the fault")
    load.stopping.set()
    load.join()
    watch.stopping.set()
    watch.join()
    found = ids(tmp_path / "index")
    wanted = {f"07PARIS{number}" for number in range(load.acknowledged)}
    table.append(
        Row(
            fault,
            load.acknowledged,
            found.total(),
            len(wanted - set(found)),
            sum(count - 1 for count in found.values()),
            watch.slowest,
            len(watch.unanswered),
            green,
        )
    )
    assert (load.broken, watch.wrong) == ([], [])
    assert found == Counter(wanted)
    assert watch.answers > 0
    assert all(
        sentence.endswith(".") or "is it running?" in sentence for sentence in watch.unanswered
    )


def ids(folder: Path) -> Counter[str]:
    """The cable of each paragraph of an index."""
    searcher = open_searcher(folder)
    try:
        hits = searcher.search(Query(grouped=False, size=9_000, snippets=False)).hits
        return Counter(hit.cable.id for hit in hits)
    finally:
        searcher.close()


def test_an_index_that_somebody_deleted_is_missed_and_not_made_anew(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        writer.put(cable(1))
    searcher = open_searcher(folder)
    place = json.loads((folder / "opensearch-1" / "cluster.json").read_bytes())
    index = place["index"]
    writer = open_writer(folder)
    writer.__enter__()
    writer.put(cable(2))
    cluster.ask("DELETE", index)
    with pytest.raises(IndexMissing, match="cablegram index --rebuild PATH"):
        searcher.search(Query(Word("alpha")))
    with pytest.raises(IndexMissing):
        writer.__exit__(None, None, None)
    searcher.close()
    with pytest.raises(IndexMissing), open_writer(folder):
        pytest.fail("an index that is gone was written to")
    assert index not in cluster.ask("GET", "_cat/indices?h=index")


def test_an_index_comes_back_from_a_snapshot_and_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        for number in range(3):
            writer.put(cable(number))
    index = json.loads((folder / "opensearch-1" / "cluster.json").read_bytes())["index"]
    chosen = {"indices": index, "include_global_state": False}
    cluster.ask("PUT", "_snapshot/backups", {"type": "fs", "settings": {"location": "here"}})
    cluster.ask("PUT", "_snapshot/backups/one?wait_for_completion=true", chosen)
    with open_writer(folder) as writer:
        writer.put(cable(3))
    cluster.ask("DELETE", index)
    cluster.ask("POST", "_snapshot/backups/one/_restore?wait_for_completion=true", chosen)
    assert ids(folder) == Counter(f"07PARIS{number}" for number in range(3))
    with open_writer(folder) as writer:
        writer.put(cable(0, "beta"))
        writer.put(cable(4))
    assert ids(folder) == {"07PARIS0": 2, "07PARIS1": 1, "07PARIS2": 1, "07PARIS4": 1}


def test_a_mapping_that_refuses_cables_stops_the_build_and_names_them(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CLUSTER_URL, f"{cluster.url}/conflict")
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        writer.put(cable(1))
    other = {"mappings": {"properties": {"number_position": {"type": "boolean"}}}}
    cluster.ask(
        "PUT",
        "_index_template/theirs",
        {"index_patterns": ["cablegram-s1-conflict-*"], "priority": 900, "template": other},
    )
    writer = open_writer(folder, rebuild=True)
    writer.__enter__()
    writer.put(cable(2))
    writer.put(cable(3))
    with pytest.raises(SearchError, match=r"refused 2 of the cables \(2007PARIS2: .*2007PARIS3"):
        writer.__exit__(None, None, None)
    cluster.ask("DELETE", "_index_template/theirs")
    assert ids(folder) == {"07PARIS1": 1}
    with open_writer(folder, rebuild=True) as writer:
        writer.put(cable(2))
    assert ids(folder) == {"07PARIS2": 1}
    indexes = cluster.ask("GET", "_cat/indices/cablegram-s1-conflict-*?h=index").split()
    assert len(indexes) == 1
