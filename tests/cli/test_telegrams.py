"""One telegram under several numbers, from the index command to the pages, the API and the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from command_line import Run
from flask.testing import FlaskClient
from sent_again import TEXTS, page_of, pages_of_one_telegram

from search.engines import open_searcher
from search.maintenance.same_telegram import is_current
from search.telegrams import FILE_NAME
from webui import create_app

INDEX = Path("cablegram-index")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return pages_of_one_telegram(tmp_path / "pages")


@pytest.fixture
def client(run: Run, pages: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    assert run("index", pages).code == 0
    folder = tmp_path / INDEX
    with closing(open_searcher(folder)) as searcher:
        yield create_app(searcher, folder=folder).test_client()


def versions(run: Run, cable: str) -> list[str]:
    found = json.loads(run("versions", cable, "--json").out)
    return [each["cable"] for each in found["versions"]]


def test_the_command_names_the_versions(run: Run, pages: Path) -> None:
    assert run("index", pages).code == 0
    told = run("versions", "74 Oslo 117")
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0].startswith("1974OSLO00121, ")
    assert "corrected copy, fullest text" in lines[0]
    assert [line.split(",")[0] for line in lines[1:3]] == ["1974OSLO00100", "1974OSLO00117"]
    assert re.fullmatch(r"#p3 also in 1974ROME00009#p1, \d+ words", lines[3])
    assert "has no other version" in run("versions", "1974ROME00009").out
    assert "other versions of this telegram: 1974OSLO00121" in run("show", "1974OSLO00100").err
    missing = run("versions", "1974OSLO00999")
    assert missing.code == 1
    assert "there is no cable 1974OSLO00999" in missing.err


def test_results_are_folded_unless_all_are_wanted(run: Run, pages: Path) -> None:
    assert run("index", pages).code == 0
    folded = run("search", "herring", "--group")
    assert "also in: " in folded.out
    assert "2 telegrams; --all-versions lists all" in folded.out
    answer = json.loads(run("search", "herring", "--group", "--json").out)
    assert answer["total"]["telegrams"] == len(answer["groups"]) == 2
    assert answer["total"]["cables"] == 4
    whole = json.loads(run("search", "herring", "--group", "--all-versions", "--json").out)
    assert whole["total"]["telegrams"] is None
    assert len(whole["groups"]) == 4
    assert {**whole["total"], "telegrams": 2} == answer["total"]


def test_the_page_of_results_counts_both_and_leads_to_both(client: FlaskClient) -> None:
    html = client.get("/search?q=herring").text
    assert (
        'rel="nofollow">4 cables</a> are versions of <a href="/search?q=herring" rel="nofollow">2 telegrams</a>'
        in html
    )
    assert html.count('<article class="card">') == 2
    [whole] = re.findall(r'href="([^"]+)" rel="nofollow">Show all versions', html)
    assert unescape(whole) == "/search?q=herring&versions=all"
    assert re.search(r'href="[^"]+#telegram">2 other versions</a>', html)
    everything = client.get(unescape(whole)).text
    assert everything.count('<article class="card">') == 4
    assert '<a href="/search?q=herring" rel="nofollow">Show each telegram once</a>' in everything
    # What cannot be folded says nothing of it.
    assert "versions" not in client.get("/search?q=zanzibar&view=paragraphs").text


def test_the_cable_says_its_versions_and_where_its_passages_stand(client: FlaskClient) -> None:
    html = client.get("/cable/1974OSLO00100").text
    section = html[html.index('id="telegram"') : html.index('id="found"')]
    assert re.findall(r"<bdi>(1974OSLO\d+)</bdi></a>", section) == [
        "1974OSLO00121",
        "1974OSLO00117",
    ]
    assert "corrected copy, fullest text" in section
    assert "<b>1974OSLO00100</b>" in section
    [link] = re.findall(r'href="([^"]+/also/p3)"', html)
    also = client.get(link)
    assert also.status_code == 200
    assert "<bdi>1974ROME00009 ¶1</bdi>" in also.text
    assert "<mark>HERRING" in also.text
    compared = re.findall(r'<a href="(/compare[^"]+)" rel="nofollow">(\d+%)', section)
    assert compared
    assert client.get(unescape(compared[0][0])).status_code == 200
    assert client.get("/cable/1974OSLO00100/also/p1").text.count("No other cable") == 1
    assert client.get("/cable/1974OSLO00100/also/head").status_code == 404
    assert client.get("/cable/74OSLO100/also/p3").location.endswith("/cable/1974OSLO00100/also/p3")


def test_the_api_says_the_same(run: Run, client: FlaskClient) -> None:
    found = client.get("/api/v1/cables/1974OSLO00100/versions").json
    assert found == json.loads(run("versions", "1974OSLO00100", "--json").out)
    answer = client.get("/api/v1/search?q=herring").json
    assert answer["total"]["telegrams"] == 2
    assert sorted(len(each["versions"]) for each in answer["groups"]) == [0, 2]
    assert client.get("/api/v1/search?q=herring&versions=all").json["total"]["telegrams"] is None


def test_runs_keep_the_telegrams_up_to_date(run: Run, pages: Path, tmp_path: Path) -> None:
    folder = tmp_path / INDEX
    assert run("index", pages).code == 0
    whole = versions(run, "1974OSLO00100")
    (pages / "copy.txt").unlink()
    assert run("index", pages).code == 0
    assert versions(run, "1974OSLO00100") == [each for each in whole if each != "1974OSLO00117"]
    (pages / "copy.txt").write_text(page_of("OSLO", 117, 5, TEXTS))
    assert run("index", pages).code == 0
    assert versions(run, "1974OSLO00100") == whole
    # What a killed run left undone, the next one does, though it has nothing to read.
    (folder / FILE_NAME).unlink()
    assert not is_current(folder)
    assert versions(run, "1974OSLO00100") == []
    assert run("index", pages).code == 0
    assert is_current(folder)
    assert versions(run, "1974OSLO00100") == whole
    assert run("index", pages, "--rebuild").code == 0
    assert versions(run, "1974OSLO00100") == whole


def test_a_copy_of_the_index_has_them_too(run: Run, pages: Path, tmp_path: Path) -> None:
    assert run("index", pages).code == 0
    target = tmp_path / "copy"
    assert run("copy", "--to", target, "--engine", "whoosh").code == 0
    assert is_current(target)
    found = json.loads(run("versions", "1974OSLO00100", "--json", "--index", target).out)
    assert [each["cable"] for each in found["versions"]] == versions(run, "1974OSLO00100")
