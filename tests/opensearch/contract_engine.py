"""A plugin of pytest: the contract's tests with the engine of the cluster in Whoosh's place.

    server.py -- python -m pytest -p contract_engine tests/contract -k opensearch

The tests are collected with the engines that `search.engines` has, so it is given others before. There are two of them,
as there are in the tests that change from one to the other.
"""

from __future__ import annotations

import pytest

from search import engines


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    engines.ENGINES = (engines.DEFAULT_ENGINE, engines.CLUSTER_ENGINE)
