"""A plugin of pytest: the contract's tests with the engine of the cluster in Whoosh's place.

    server.py -- python -m pytest -p contract_engine tests/contract -k opensearch

The tests are collected with the engines that `search.engines` has, so it is given others before. There are two of them,
as there are in the tests that change from one to the other.
"""

from __future__ import annotations

import os
import secrets
import urllib.request
from collections.abc import Iterator

import pytest

from search import engines
from search.engines.opensearch_engine.place import REPLICAS
from search.engines.opensearch_engine.schema import PREFIX

# Nothing in the contract is about copies: tests/opensearch/copies.py is, and faults.py.
os.environ.setdefault(REPLICAS, "0")
NODE = os.environ[engines.CLUSTER_URL].split(",")[0]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    engines.ENGINES = (engines.DEFAULT_ENGINE, engines.CLUSTER_ENGINE)


@pytest.fixture(autouse=True)
def indexes_of_a_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test made on the cluster goes with it, or hundreds of indexes would slow it down.

    Several processes share the cluster: each takes away what itself has named.
    """
    made: list[str] = []
    token_hex = secrets.token_hex

    def told(count: int) -> str:
        made.append(token_hex(count))
        return made[-1]

    monkeypatch.setattr(secrets, "token_hex", told)
    yield
    if not made:
        return
    for index in listed():
        if not index.endswith(tuple(made)):
            continue
        request = urllib.request.Request(f"{NODE}/{index}", method="DELETE")
        urllib.request.urlopen(request, timeout=60).close()


def listed() -> set[str]:
    with urllib.request.urlopen(f"{NODE}/_cat/indices/{PREFIX}*?h=index", timeout=60) as answer:
        return set(answer.read().decode().split())
