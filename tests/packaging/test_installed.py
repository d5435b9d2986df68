"""The wheel in a clean environment: what a user does first, from a folder that is not the repository."""

from __future__ import annotations

import json
import re
import subprocess
import sys
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


def test_library(installed: Installed, index: Path) -> None:
    code = (
        "import cablegram\n"
        f"with cablegram.open_index({str(index)!r}) as index:\n"
        "    print([hit.id for hit in index.search('injunction')])\n"
        "with cablegram.open_samples() as index:\n"
        "    print(index.cite('07GUANGZHOU376#p12', 'apa-text'))"
    )
    assert installed.python(code).splitlines() == [
        "['07GUANGZHOU376#p12']",
        "(U.S. Consulate Guangzhou, 2007, para. 12)",
    ]


# What a user of the library writes. Where a line says `type: ignore` it is wrong, and strict mypy complains if it finds
# nothing wrong there.
TYPED = """
from collections.abc import Iterator

import cablegram


def rows(query: str) -> Iterator[dict[str, str]]:
    with cablegram.open_index("index", address="https://cables.example") as index:
        results = index.search(query, filters={"year": [1974, "1975"], "origin": "La Paz"}, sort="newest")
        for hit in results:
            subject: str = hit.cable.subject
            print(hit.id, subject, index.cite(hit), index.link(hit))
        cable: cablegram.Cable = index.cable("07GUANGZHOU376")
        print(cable.paragraphs[0].text, index.references(cable).cited_by[0].id)
        years: dict[str, int] = results.facet("year")
        trend: cablegram.TrendRow = index.trends("oil", by="month")[0]
        print(years, trend.per_million)
        for row in index.batch(["oil", "grain"]):
            print(row.paragraphs + 1)
        yield from index.export(query)


def wrong() -> None:
    with cablegram.open_samples() as index:
        index.search("oil", sort="loudest")  # type: ignore[arg-type]
        cablegram.nothing  # type: ignore[attr-defined]
        index.cable(3)  # type: ignore[arg-type]
        try:
            index.cable("07NOWHERE1")
        except cablegram.NotFound as error:
            print(error)
"""


def test_types_are_known_where_it_is_installed(installed: Installed, tmp_path: Path) -> None:
    script = tmp_path / "notes.py"
    script.write_text(TYPED, encoding="utf-8")
    python = str(installed.venv / "bin" / "python")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", python, str(script)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "Success: no issues found in 1 source file\n", done.stderr


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
