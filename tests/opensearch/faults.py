"""What a cluster may suffer while it is loaded and searched: nodes killed, cut off, and back.

    python -m pytest tests/opensearch/faults.py

Three real nodes are three processes here. In each test one thread commits cables, as `cablegram index`
does, and starts again what was refused; another searches all the time. Promised is: every cable that was acknowledged
is there afterwards, exactly once, and every answer has all that was acknowledged before it was asked for; where there
is no answer a sentence says so.

The file has a name that pytest does not look for: it needs a JDK. `make test-faults` names it.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from load import Load, Row, Watch, ids, names, seen, until
from server import Cluster, Node

BEFORE, AFTER = 40, 40  # cables acknowledged before a fault, and more during it
pytestmark = pytest.mark.usefixtures("address")


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
    load.goes_on(BEFORE, "before the fault")
    watch = Watch(load)
    watch.start()
    until(lambda: watch.answers > 0 or bool(watch.wrong), "an answer before the fault")
    # A copy of each shard takes a moment to be made; before, one node may have the only one.
    cluster.wait()
    hit = choose(cluster)
    try:
        for node in hit:
            node.signal(how)
            if how == signal.SIGKILL:
                node.kill()
        if len(hit) == 1:
            load.goes_on(AFTER, "without the node")
        else:
            until(lambda: bool(watch.unanswered), "a sentence instead of a part of the answer")
    finally:
        for node in hit:
            if how == signal.SIGKILL:
                node.start()
            else:
                node.signal(signal.SIGCONT)
    cluster.started_again.clear()
    green = cluster.wait()
    load.goes_on(AFTER, "after the fault")
    load.stop()
    watch.stop()
    found = ids(tmp_path / "index")
    table.append(seen(fault, [load], watch, green, " ".join(cluster.started_again)))
    assert watch.wrong == []
    assert found == Counter(names(range(load.acknowledged)))
    assert watch.answers > 0
    assert all(
        sentence.endswith(".") or "is it running?" in sentence for sentence in watch.unanswered
    )
