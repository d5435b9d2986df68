"""A load that is killed in the middle goes on where it was when it is started again: `cablegram index` itself, kill -9.

    python -m pytest tests/opensearch/interruption.py

The file has a name that pytest does not look for: it needs a JDK. `make test-opensearch` names it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from corpus.cable_json import cable_to_json
from search.engines import open_searcher
from search.language.tree import Query, Word
from search.sources import read

sys.path.insert(0, str(Path(__file__).parent))
from load import cable, names, until
from server import Cluster

COMMAND = Path(sys.executable).with_name("cablegram")
# More than can be read before the first commit of a new index is due, which is after two seconds.
CABLES = 12_000
TEXT = " ".join(f"word{number}" for number in range(120))


def sent(cluster: Cluster, folder: Path) -> int:
    """How many documents the index of a folder was sent, copies not counted."""
    (path,) = folder.glob("opensearch-*/cluster.json")
    index = json.loads(path.read_bytes())["index"]
    told = json.loads(cluster.ask("GET", f"{index}/_stats/indexing"))
    return int(told["_all"]["primaries"]["indexing"]["index_total"])


def pages_read(folder: Path, export: Path) -> int:
    """How many pages of an export the index is known to have, 0 if it was never committed."""
    with read(folder) as manifest:
        source = manifest.source(str(export))
    return 0 if source is None or source.pages is None else source.pages


@pytest.mark.usefixtures("address")
def test_a_load_that_was_killed_goes_on_where_it_was(cluster: Cluster, tmp_path: Path) -> None:
    export, folder = tmp_path / "export.jsonl", tmp_path / "newsroom"
    lines = (json.dumps(cable_to_json(cable(number, TEXT))) for number in range(CABLES))
    export.write_text("\n".join(lines) + "\n", encoding="utf-8")
    index = [str(COMMAND), "index", str(export), "--index", str(folder), "--json"]
    with subprocess.Popen(
        [*index, "--engine", "opensearch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as first:
        until(lambda: pages_read(folder, export) > 0 or first.poll() is not None, "a commit")
        os.killpg(first.pid, signal.SIGKILL)
    assert first.returncode == -signal.SIGKILL
    read_before, sent_before = pages_read(folder, export), sent(cluster, folder)
    assert 0 < read_before < CABLES
    with closing(open_searcher(folder)) as searcher:
        assert searcher.search(Query(Word("alpha"))).cables >= read_before
    done = subprocess.run(index, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["cables"] == CABLES
    assert report["paragraphs"] == 2 * CABLES
    # Each cable has three documents, its head and two paragraphs. Fewer are sent than there are in all, and no more
    # than were not known to be there.
    again = sent(cluster, folder) - sent_before
    assert again <= 3 * (CABLES - read_before)
    with closing(open_searcher(folder)) as searcher:
        found = searcher.search(Query(size=CABLES, per_cable=3, snippets=False))
    assert Counter(hit.cable.id for hit in found.hits) == Counter(names(range(CABLES))) + Counter(
        names(range(CABLES))
    )
    assert found.cables == CABLES
