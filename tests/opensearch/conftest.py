"""The cluster that the tests of this folder share; it is started by the first that asks for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import CLUSTER_URL
from search.engines.opensearch_engine.schema import PREFIX

sys.path.insert(0, str(Path(__file__).parent))
from server import Cluster, running


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Three nodes."""
    with running() as nodes:
        yield nodes


@pytest.fixture
def address(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The cluster is the one that Cablegram is set to; what a test made on it goes with the test."""
    monkeypatch.setenv(CLUSTER_URL, cluster.url)
    yield
    for index in cluster.ask("GET", f"_cat/indices/{PREFIX}*?h=index").split():
        cluster.ask("DELETE", index)
