"""The cluster that the tests of this folder share; it is started by the first that asks for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import CLUSTER_URL
from search.engines.opensearch_engine.schema import PREFIX

sys.path.insert(0, str(Path(__file__).parent))
from load import Row
from server import Cluster, running


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Three nodes."""
    with running() as nodes:
        yield nodes


@pytest.fixture(scope="session")
def table(request: pytest.FixtureRequest) -> Iterator[list[Row]]:
    """The rows of the table in docs/cluster.md, printed at the end."""
    rows: list[Row] = []
    yield rows
    head = (
        "fault | acknowledged | found | lost | doubled | slowest answer | no answer | green after"
    )
    lines = ["", f"| {head} |", f"|{' --- |' * (head.count('|') + 1)}", *map(str, rows), ""]
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        sys.stdout.write("\n".join(lines))


@pytest.fixture
def address(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The cluster is the one that Cablegram is set to; what a test made on it goes with the test."""
    monkeypatch.setenv(CLUSTER_URL, cluster.url)
    yield
    for index in cluster.ask("GET", f"_cat/indices/{PREFIX}*?h=index").split():
        cluster.ask("DELETE", index)
