"""Every file of the pages, from the servers that people start: whole under each encoding, by GET and HEAD, and once."""

from __future__ import annotations

import gzip
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import brotli
import pytest
from servers import PATIENCE, Server, gunicorn, index, running, serve

from webui.middleware.style import condensed

STATIC = Path(__file__).resolve().parents[2] / "webui" / "static"
FILES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())
# What stands in the place of a file's name for the style sheet as pages name it.
SHEET = "the style sheet of a page"
DECODED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "identity": bytes,
}
# What is larger is worth it.
LARGE = 1_200

# `<link rel="stylesheet" href="/style-0123456789ab.css">`
STYLE = re.compile(r'rel="stylesheet" href="([^"]+)"')
# All that a page fetches: `href="/static/favicon.svg"`, `src="/static/keys.js"`.
FETCHED = re.compile(r'"/static/([^"]+)"')
IMPORTED = re.compile(r'^import "\./([^"]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came."""

    status: int
    headers: Message
    content: bytes


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as found:
            return Answer(found.status, found.headers, found.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


@pytest.fixture(scope="module", params=["cablegram serve", "gunicorn"])
def server(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    place = index(folder)
    command = gunicorn(root) if request.param == "gunicorn" else serve(place)
    more = {"CABLEGRAM_INDEX": str(place), "PYTHONPATH": str(root)}
    with running(command, folder, more) as started:
        yield started


@pytest.fixture(autouse=True)
def quiet_server(server: Server) -> Iterator[None]:
    yield
    assert server.complaints() == []


@pytest.fixture(params=[*FILES, SHEET])
def named(request: pytest.FixtureRequest, server: Server) -> tuple[str, bytes]:
    """The address of a file, and what must come."""
    if request.param != SHEET:
        return f"{server.address}/static/{request.param}", (STATIC / request.param).read_bytes()
    found = STYLE.search(ask(f"{server.address}/").content.decode())
    assert found
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    return f"{server.address}{found[1]}", condensed(sheet).encode()


def test_a_page_fetches_these_files(server: Server) -> None:
    fetched = FETCHED.findall(ask(f"{server.address}/").content.decode())
    # The outline of the land.
    fetched += FETCHED.findall(ask(f"{server.address}/places").content.decode())
    # A script names those that it needs itself.
    for name in [each for each in fetched if each.endswith(".js")]:
        fetched += IMPORTED.findall(ask(f"{server.address}/static/{name}").content.decode())
    assert set(fetched) == set(FILES) - {"style.css"}
    assert "favicon.svg" in fetched


@pytest.mark.parametrize("coding", DECODED)
def test_it_comes_whole(named: tuple[str, bytes], coding: str) -> None:
    address, content = named
    answer = ask(address, Accept_Encoding=coding)
    assert answer.status == 200
    given = answer.headers.get("Content-Encoding", "identity")
    assert given == (coding if len(content) >= LARGE else "identity")
    assert DECODED[given](answer.content) == content
    assert answer.headers.get("Content-Length") in (None, str(len(answer.content)))


@pytest.mark.parametrize("coding", DECODED)
def test_head_tells_of_it(named: tuple[str, bytes], coding: str) -> None:
    whole, head = (ask(named[0], method, Accept_Encoding=coding) for method in ("GET", "HEAD"))
    assert (head.status, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Encoding", "ETag", "Vary"):
        assert head.headers.get(name) == whole.headers.get(name)


@pytest.mark.parametrize("coding", DECODED)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_it_does_not_come_twice(named: tuple[str, bytes], coding: str, method: str) -> None:
    tag = ask(named[0], Accept_Encoding=coding).headers["ETag"]
    again = ask(named[0], method, Accept_Encoding=coding, If_None_Match=tag)
    assert (again.status, again.content) == (304, b"")
    other = ask(named[0], method, Accept_Encoding=coding, If_None_Match='"another"')
    assert other.status == 200


@pytest.mark.parametrize("coding", DECODED)
def test_it_does_not_come_before_it_has_changed(server: Server, coding: str) -> None:
    address = f"{server.address}/static/keys.js"
    when = ask(address).headers["Last-Modified"]
    assert ask(address, Accept_Encoding=coding, If_Modified_Since=when).status == 304


@pytest.mark.parametrize("coding", DECODED)
@pytest.mark.parametrize(
    "path", ["/", "/search?q=putian", "/search.csv?q=putian", "/api/v1/status"]
)
def test_pages_and_exports_come_whole(server: Server, path: str, coding: str) -> None:
    answer = ask(f"{server.address}{path}", Accept_Encoding=coding)
    assert answer.status == 200
    given = answer.headers.get("Content-Encoding", "identity")
    assert given in (coding, "identity")
    assert b"able" in DECODED[given](answer.content)
