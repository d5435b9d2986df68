"""What who runs a cluster does with it: back up, restore, and bring it to a newer version while it is searched.

    python -m pytest tests/opensearch/operations.py

The requests are those that `docs/cluster.md` tells, read from that page and sent to three real nodes. The file has a
name that pytest does not look for: it needs a JDK.
"""

from __future__ import annotations

import json
import re
import shlex
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from corpus.sample_cables import samples_folder
from search.engines import CLUSTER_URL, open_searcher
from search.errors import SearchError
from search.language.tree import Query

sys.path.insert(0, str(Path(__file__).parent))
from command import Command
from server import Cluster, assemble, running

OLD, NEW = "2.19.1", "2.19.4"
PAGE = Path(__file__).resolve().parents[2] / "docs/cluster.md"
# A request in the page: `ask PUT _snapshot/backups/monday '{"indices": "x"}'`.
REQUEST = re.compile(r"^ask .+$", re.MULTILINE)
# The index that the page takes for its example.
EXAMPLE = "cablegram-s2-newsroom-1f2e3d4c"
SECONDS = 60


def requests_of(heading: str) -> list[tuple[str, str, object]]:
    """The requests under a heading of the page: the method, the path, and the body if there is one."""
    section = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2]
    found = []
    for line in REQUEST.findall(section.partition("\n## ")[0]):
        _, method, path, *body = shlex.split(line)
        found.append((method, path, json.loads(body[0]) if body else None))
    return found


def replaced(body: object, names: Mapping[str, str]) -> object:
    """A body with the page's example names replaced by those of the test."""
    text = json.dumps(body)
    for name, real in names.items():
        text = text.replace(name, real)
    return json.loads(text)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    with running() as nodes:
        monkeypatch.setenv(CLUSTER_URL, f"{nodes.url}/newsroom")
        yield nodes


class Watch(threading.Thread):
    """Asks for everything, again and again; an answer that has not all of it is wrong."""

    def __init__(self, folder: Path, paragraphs: int) -> None:
        # A test that fails may leave it behind; it must not keep the tests from ending.
        super().__init__(daemon=True)
        self.folder = folder
        self.paragraphs = paragraphs
        self.answers = 0
        self.unanswered: list[str] = []
        self.wrong: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        searcher = open_searcher(self.folder)
        try:
            while not self.stopping.is_set():
                try:
                    found = searcher.search(Query(seconds=30.0)).paragraphs
                except SearchError as error:
                    self.unanswered.append(str(error))
                else:
                    self.answers += 1
                    if found != self.paragraphs:
                        self.wrong.append(f"{found} of {self.paragraphs}")
        except BaseException as error:
            self.wrong.append(repr(error))
        finally:
            searcher.close()


def versions(cluster: Cluster) -> set[str]:
    return set(cluster.ask("GET", "_cat/nodes?h=version").split())


def test_a_snapshot_is_restored_and_the_nodes_become_newer_while_it_is_searched(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    run = Command(tmp_path, {CLUSTER_URL: f"{cluster.url}/newsroom"})
    with samples_folder() as samples:
        run("index", samples, "--index", folder, "--engine", "opensearch")
    held = run("export", "--index", folder)
    assert held.count("\n") == 43

    (place,) = folder.glob("opensearch-*/cluster.json")
    names = {EXAMPLE: json.loads(place.read_bytes())["index"], "/backups": "backups"}
    for method, path, body in requests_of("Backup"):
        told = cluster.ask(method, path.replace(EXAMPLE, names[EXAMPLE]), replaced(body, names))
        assert '"FAILED"' not in told
    cluster.wait()
    assert run("export", "--index", folder) == held

    newer = assemble("newer.xml")
    before, after = requests_of("Upgrade")[:2], requests_of("Upgrade")[2:]
    assert versions(cluster) == {OLD}
    watch = Watch(folder, 303)
    watch.start()
    try:
        manager = cluster.manager()
        for node in [*(node for node in cluster.nodes if node is not manager), manager]:
            for method, path, body in before:
                cluster.ask(method, path, body)
            node.signal(signal.SIGTERM)
            assert node.process is not None
            node.process.wait(SECONDS)
            node.server = newer
            node.start()
            cluster.wait("yellow")
            for method, path, body in after:
                cluster.ask(method, path, body)
            cluster.wait()
    finally:
        watch.stopping.set()
        watch.join()
    assert versions(cluster) == {NEW}
    assert watch.wrong == []
    assert watch.answers > 0
    sys.stdout.write(
        f"{watch.answers} answers, {len(watch.unanswered)} without: {set(watch.unanswered)}\n"
    )
    assert run("export", "--index", folder) == held
    # Who writes goes on as well, in what the older version made.
    one = tmp_path / "one.html"
    with samples_folder() as samples:
        one.write_bytes((samples / "scoop/07GUANGZHOU376.html").read_bytes())
    assert "1 new" in run("index", one, "--index", folder)
