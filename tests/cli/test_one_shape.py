"""The command line's --json and the API say the same of one index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from command_line import Run
from flask.testing import FlaskClient

from search.engines import open_searcher
from search.fields import FACETS
from webui import create_app

HARBOUR_ID = "07GUANGZHOU900101"


@pytest.fixture
def api(run: Run, pages: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    assert run("index", pages).code == 0
    searcher = open_searcher(tmp_path / "cablegram-index")
    yield create_app(searcher).test_client()
    searcher.close()


def search(api: FlaskClient, **asked: str) -> dict[str, Any]:
    facets = [("facet", name) for name in FACETS]
    found = api.get(f"/api/v1/search?{urlencode([*asked.items(), *facets, ('facet_limit', '0')])}")
    content: dict[str, Any] = found.json
    assert content.pop("milliseconds") >= 0
    return content


@pytest.mark.parametrize("query", ["injunction", "injunction AND (stalls", "putian", ""])
def test_a_search(run: Run, api: FlaskClient, query: str) -> None:
    for flags, view in (((), "paragraphs"), (("--group",), "cables")):
        told = run("search", query, "--json", *flags).json
        assert told.pop("milliseconds") >= 0
        assert search(api, q=query, view=view) == told


def test_filters_and_order(run: Run, api: FlaskClient) -> None:
    told = run("search", "--json", "--mark", "SBU", "--sort", "newest", "--limit", "2").json
    told.pop("milliseconds")
    assert search(api, mark="SBU", sort="newest", view="paragraphs", size="2") == told


def test_a_cable_but_for_its_folder(run: Run, api: FlaskClient) -> None:
    told = run("show", HARBOUR_ID, "--json").json
    assert told["address"].endswith("harbour.txt")
    told["address"] = "harbour.txt"
    assert api.get(f"/api/v1/cables/{HARBOUR_ID}").json == told


def test_a_paragraph(run: Run, api: FlaskClient) -> None:
    told = run("show", f"{HARBOUR_ID}#p3", "--json").json
    assert api.get(f"/api/v1/cables/{HARBOUR_ID}/paragraphs/p3").json == told
