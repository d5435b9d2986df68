"""A cluster that has too much to do: a full queue, requests beyond what a node takes, a shard that is slow.

    python -m pytest tests/opensearch/slowness.py

The file has a name that pytest does not look for: it needs a JDK. `make test-faults` names it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from search.deadline import limited
from search.engines import CLUSTER_URL, open_searcher, open_writer
from search.engines.opensearch_engine.cluster import Cluster as Asked
from search.engines.opensearch_engine.place import REPLICAS, Settings, read_place
from search.errors import TooSlow
from search.language.tree import Query, Word

sys.path.insert(0, str(Path(__file__).parent))
from load import Load, Row, Watch, cable, ids, names, seen, until
from server import Cluster, running

# One thread writes and one request may wait for it: a bulk request to three shards is too much already.
NARROW = (
    "thread_pool.write.size: 1\nthread_pool.write.queue_size: 1\nhttp.max_content_length: 2mb\n"
)


@pytest.fixture(scope="module")
def narrow() -> Iterator[Cluster]:
    """One node that takes little at a time."""
    with running(1, NARROW) as nodes:
        yield nodes


@pytest.fixture
def little(narrow: Cluster, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    """That node is the cluster that Cablegram is set to."""
    monkeypatch.setenv(CLUSTER_URL, narrow.url)
    monkeypatch.setenv(REPLICAS, "0")
    return narrow


def rejected(cluster: Cluster) -> int:
    """How many requests to write found the queue full."""
    told = json.loads(cluster.ask("GET", "_nodes/stats/thread_pool"))
    pools = [node["thread_pool"]["write"] for node in told["nodes"].values()]
    return sum(int(pool["rejected"]) for pool in pools)


def test_what_finds_the_queue_full_is_sent_again_until_all_is_there(
    little: Cluster, table: list[Row], tmp_path: Path
) -> None:
    loads = [Load(tmp_path / str(number), together=60) for number in range(3)]
    for load in loads:
        load.start()
    loads[0].goes_on(60, "at first")
    watch = Watch(loads[0])
    watch.start()
    until(lambda: rejected(little) >= 20, "a full queue")
    for load in loads:
        load.goes_on(60, "although the queue is full")
    for load in loads:
        load.stop()
    watch.stop()
    table.append(seen("a full queue (429)", loads, watch))
    for load in loads:
        assert (load.broken, load.refusals) == ([], [])
        assert ids(load.folder) == Counter(names(range(load.acknowledged)))
    assert (watch.wrong, watch.unanswered) == ([], [])
    assert watch.answers > 0


def test_more_than_a_node_takes_at_once_is_sent_in_parts(little: Cluster, tmp_path: Path) -> None:
    # Words that are all different, so that they can't be packed into less: some 300,000 bytes of each cable, and of one
    # of them more than a request may have.
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        for number in range(12):
            words = 50_000 if number == 5 else 4_000
            writer.put(cable(number, " ".join(f"{number}word{each:x}" for each in range(words))))
    assert list(writer.refused) == ["2007PARIS5"]
    assert ids(folder) == Counter(names(range(12)) - {"07PARIS5"}) + Counter(
        names(range(12)) - {"07PARIS5"}
    )


# As long as a script of OpenSearch's may run for one document.
# As long as a script may run, and so often for each paragraph that a quick machine takes its time too.
SLOW = "long sum = 0; for (int each = 0; each < 900000; ++each) { sum += each % 7 } return sum >= 0"
TIMES = 20


@pytest.mark.usefixtures("address")
def test_a_slow_shard_is_a_sentence_and_never_a_part_of_the_answer(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with open_writer(folder, "opensearch") as writer:
        for number in range(600):
            writer.put(cable(number))
    (data,) = folder.glob("opensearch-*")
    settings = Settings.read()
    with closing(Asked(read_place(data, settings), settings)) as asked:
        script = {"script": {"script": {"source": SLOW}}}
        slow = {"query": {"bool": {"filter": [script] * TIMES}}, "track_total_hits": True}
        with pytest.raises(TooSlow), limited(0.5):
            asked.search(slow)
    with closing(open_searcher(folder)) as searcher:
        assert searcher.search(Query(Word("alpha"), seconds=60.0)).cables == 600
