"""Signing in by the real oauth2-proxy, with the flags of docs/private.md, and a provider of accounts.

`make test-sign-in` runs it. What the proxy promises is what the stub of `stub_proxy` does, which the others have.
"""

from __future__ import annotations

import json
import re
import secrets
import shlex
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from openid_provider import Provider, providing
from servers import COMMAND, PATIENCE, running

from corpus.model import Cable, Paragraph, Part
from search.engines import open_writer

OPEN, LEAK = "07ROME1", "07LIMA7"
RIGHTS = """
[sign_in]
by = "header"
sign_in_at = "/oauth2/sign_in"
sign_out_at = "/oauth2/sign_out"
[collections.open]
index = "open"
readers = ["@everyone"]
[collections.leak]
index = "leak"
readers = ["anna", "anna@cables.example", "@desk"]
"""
ANNA = {"sub": "anna", "email": "anna@cables.example", "groups": []}
BORIS = {"sub": "boris", "email": "boris@cables.example", "groups": []}
DORA = {"sub": "dora", "email": "dora@cables.example", "groups": ["press", "desk"]}
# A socket as systemd hands one down (sd_listen_fds): the first number after those of standard input and output.
_FIRST = 3
_HANDED_DOWN = f"""
import os, sys
os.dup2(int(sys.argv[1]), {_FIRST})
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[2], sys.argv[2:])
"""
# What lets visitors through, as the page says.
VISITORS = "--skip-auth-route=GET=^/"


class Browser:
    """Somebody who asks by way of the proxy, with cookies of their own."""

    def __init__(self, proxy: str) -> None:
        self.proxy = proxy
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of a page, at the end of all that it leads on to."""
        asked = urllib.request.Request(self.proxy + path, headers=headers)
        try:
            with self._opener.open(asked, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def found(self, **headers: str) -> list[str]:
        """The cables that a search finds for whoever this is."""
        status, text = self.get("/api/v1/search?q=lanterns", **headers)
        assert status == 200, text
        return sorted(each["cable"] for each in json.loads(text)["groups"])


@pytest.fixture(scope="module")
def root() -> Path:
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def program(root: Path) -> str:
    made = subprocess.run([root / "scripts" / "oauth2-proxy"], stdout=subprocess.PIPE, check=True)
    return made.stdout.decode().strip()


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing("cablegram") as provider:
        yield provider


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("behind")
    for name, cable_id in (("open", OPEN), ("leak", LEAK)):
        paragraph = Paragraph("p1", 1, None, None, Part.BODY, "Putian lanterns")
        with open_writer(folder / name) as writer:
            writer.put(Cable(cable_id, subject="LANTERNS", paragraphs=(paragraph,)))
    (folder / "rights.toml").write_text(RIGHTS)
    command = [COMMAND, "serve", "--rights", "rights.toml", "--port", "0"]
    with running(command, folder) as serving:
        yield serving.address


@contextmanager
def proxy(
    root: Path, program: str, provider: Provider, server: str, folder: Path, *more: str
) -> Iterator[str]:
    """The address of an oauth2-proxy that is started as docs/private.md says, but for addresses, files and HTTPS."""
    page = (root / "docs" / "private.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"^oauth2-proxy \\\n(?:.+\n)+?(?=```)", page, re.MULTILINE)
    # Bound here and handed down: it takes connections before the program is there to answer them.
    listener = socket.create_server(("127.0.0.1", 0))
    here = f"127.0.0.1:{listener.getsockname()[1]}"
    (folder / "secret").write_text("a secret of the client")
    (folder / "cookie").write_bytes(secrets.token_bytes(32))
    for known, ours in (
        ("https://login.example", provider.issuer),
        ("https://cables.example", f"http://{here}"),
        ("--cookie-secure=true", "--cookie-secure=false"),
        ("127.0.0.1:4180", here),
        ("http://127.0.0.1:8000", server),
        ("/etc/oauth2-proxy/", f"{folder}/"),
    ):
        assert known in written
        written = written.replace(known, ours)
    words = shlex.split(written.replace("\\\n", " "))[1:]
    words = [
        f"--http-address=fd:{_FIRST}" if each.startswith("--http-address") else each
        for each in words
    ]
    with (
        listener,
        subprocess.Popen(
            [sys.executable, "-c", _HANDED_DOWN, str(listener.fileno()), program, *words, *more],
            pass_fds=(listener.fileno(),),
            stdout=subprocess.DEVNULL,
        ) as process,
    ):
        # (Whoever asks a program that has ended is refused, and does not wait for it.)
        listener.close()
        try:
            yield f"http://{here}"
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def test_readers_are_who_the_provider_says(
    root: Path, program: str, provider: Provider, server: str, tmp_path: Path
) -> None:
    with proxy(root, program, provider, server, tmp_path) as address:
        # Nobody comes through who has not signed in.
        assert Browser(address).get("/cable/07ROME1")[0] == 403
        for account, seen in ((ANNA, [LEAK, OPEN]), (BORIS, [OPEN]), (DORA, [LEAK, OPEN])):
            provider.account = account
            browser = Browser(address)
            assert browser.get("/oauth2/start?rd=/cable/07ROME1")[0] == 200
            assert browser.found() == seen
            # What a client says of itself does not come through, in any spelling that it was ever let through in.
            for name in ("X-Forwarded-User", "x-forwarded-user", "X_Forwarded_User"):
                assert browser.found(**{name: "anna"}) == seen
                assert browser.found(**{name.replace("ser", "SER"): "anna"}) == seen
            assert browser.found(**{"X-Forwarded-Groups": "desk"}) == seen
            # Out again.
            browser.get("/oauth2/sign_out")
            assert browser.get("/cable/07ROME1")[0] == 403
        # The proxy answers these itself.
        assert "Disallow" in Browser(address).get("/robots.txt")[1]
        assert Browser(address).get("/ping") == (200, "OK")


def test_visitors_are_let_through_where_that_is_said(
    root: Path, program: str, provider: Provider, server: str, tmp_path: Path
) -> None:
    with proxy(root, program, provider, server, tmp_path, VISITORS) as address:
        provider.account = ANNA
        browser = Browser(address)
        assert browser.found() == [OPEN]
        for name in ("X-Forwarded-User", "x-forwarded-user", "X_Forwarded_User"):
            assert browser.found(**{name: "anna"}) == [OPEN]
        # The page leads to the sign-in, and after it names who it is.
        assert 'href="/oauth2/sign_in' in browser.get("/")[1]
        assert browser.get("/oauth2/start?rd=/")[0] == 200
        assert browser.found() == [LEAK, OPEN]
        assert 'href="/oauth2/sign_out' in browser.get("/")[1]


def test_readers_may_be_known_by_their_address(
    root: Path, program: str, provider: Provider, server: str, tmp_path: Path
) -> None:
    by_address = "--prefer-email-to-user=true"
    with proxy(root, program, provider, server, tmp_path, by_address) as address:
        # The name of an account that the rights have is no use then to one with another address.
        for account, seen in ((ANNA, [LEAK, OPEN]), ({**BORIS, "sub": "anna"}, [OPEN])):
            provider.account = account
            browser = Browser(address)
            assert browser.get("/oauth2/start?rd=/cable/07ROME1")[0] == 200
            assert browser.found() == seen
