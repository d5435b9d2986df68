"""The wheel in a clean environment: what a user does first, from a folder that is not the repository."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Installed


@pytest.fixture(scope="session")
def index(installed: Installed) -> Path:
    """An index of the sample cables that the wheel brought."""
    samples = installed.python("import corpus; print(*corpus.__path__)") + "/samples"
    folder = installed.elsewhere / "index"
    installed.cablegram("index", samples, "--index", str(folder))
    return folder


def test_everything_is_imported_from_the_environment(installed: Installed) -> None:
    names = ("cablegram", "corpus", "indexer", "search", "webui")
    for name in names:
        place = installed.python(f"import {name}; print({name}.__file__)")
        assert Path(place).is_relative_to(installed.venv)


def test_version(installed: Installed, root: Path) -> None:
    declared = re.search(r'^version = "(.+)"$', (root / "pyproject.toml").read_text(), re.MULTILINE)
    assert declared
    assert declared[1] in installed.cablegram("--version")


def test_search(installed: Installed, index: Path) -> None:
    answer = json.loads(
        installed.cablegram("search", "injunction", "--index", str(index), "--json")
    )
    assert answer["hits"][0]["cable"] == "07GUANGZHOU376"
    assert answer["hits"][0]["anchor"] == "p12"


def test_search_that_finds_nothing(installed: Installed, index: Path) -> None:
    printed = installed.cablegram("search", "xylophonist", "--index", str(index), "--json", exits=1)
    assert json.loads(printed)["hits"] == []


def test_show(installed: Installed, index: Path) -> None:
    shown = installed.cablegram("show", "07GUANGZHOU376#p12", "--index", str(index))
    assert "injunction" in shown


def test_indexing_again_changes_nothing(installed: Installed, index: Path) -> None:
    asked = ("search", "putian", "--index", str(index), "--json")
    before = json.loads(installed.cablegram(*asked))
    samples = installed.python("import corpus; print(*corpus.__path__)") + "/samples"
    installed.cablegram("index", samples, "--index", str(index))
    assert json.loads(installed.cablegram(*asked))["total"] == before["total"]


@pytest.fixture(scope="session")
def site(installed: Installed, index: Path) -> Iterator[str]:
    """The address at which the installed program serves the index."""
    command = [installed.command, "serve", "--port", "0", "--index", str(index)]
    server = subprocess.Popen(command, cwd=installed.elsewhere, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = re.search(r"http://\S+?(?=/?\s)", server.stdout.readline())
        assert address
        yield address[0]
    finally:
        server.terminate()
        server.communicate(timeout=30)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", "Cablegram"),
        ("/search?q=putian", "07GUANGZHOU376"),
        ("/cable/07GUANGZHOU376", "injunction"),
        ("/static/style.css", "{"),
        ("/healthz", "ok"),
    ],
)
def test_pages(site: str, path: str, text: str) -> None:
    """The templates and the static files are found where the wheel put them."""
    with urllib.request.urlopen(site + path, timeout=30) as answer:
        assert answer.status == 200
        assert text in answer.read().decode()
