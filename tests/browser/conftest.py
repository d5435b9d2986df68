"""The sample cables, parsed, indexed and served for real, and a Chromium to look at them with."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from werkzeug.serving import make_server

from corpus.sample_cables import samples_folder
from indexer.build import build
from search.engines import open_searcher
from webui import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# More than any page here has links and buttons.
MANY = 400

ROOT = Path(__file__).resolve().parents[2]

# Chromium asks its maker's hosts for several things at every start; none of that belongs to a test.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """The path of a Chromium: the one that is named, or the one that the project's script finds."""
    named = os.environ.get("CABLEGRAM_CHROMIUM")
    if named:
        return named
    script = [str(ROOT / "scripts" / "chromium")]
    return subprocess.run(script, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser for as long as the context lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield browser
        browser.close()


def whole(app: WSGIApplication) -> WSGIApplication:
    """The application with each answer made whole and closed before it is sent.

    This server leaves an answer's file open when the browser goes away in the middle of it, which a browser that is
    sent from page to page does; the one that serves people (waitress) closes it.
    """

    def run(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = app(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if (close := getattr(answer, "close", None)) is not None:
                close()

    return run


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The samples' web application on a free port, its index built in `folder`; gives the site's address."""
    with samples_folder() as samples:
        build([str(samples)], folder)
    searcher = open_searcher(folder)
    app = whole(create_app(searcher, folder=folder).wsgi_app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        searcher.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("web") / "index") as address:
        yield address


@contextmanager
def _page(context: BrowserContext) -> Iterator[Page]:
    """A page on which an error of a script, or of the security policy, fails the test."""
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with _page(browser.new_context(base_url=site, viewport={"width": 1280, "height": 800})) as page:
        yield page


@pytest.fixture(params=["page", "plain_page"], ids=["scripts", "no-scripts"])
def either_page(request: pytest.FixtureRequest) -> Page:
    """A page with scripts, and one without."""
    found: Page = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def tab_to(page: Page) -> Callable[[Locator], None]:
    """Presses Tab until a target has the focus; it must be reached."""

    def press(target: Locator) -> None:
        for _ in range(MANY):
            page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{target} is not reached with Tab")

    return press


@pytest.fixture
def narrow_page(browser: Browser, site: str) -> Iterator[Page]:
    with _page(browser.new_context(base_url=site, viewport={"width": 390, "height": 800})) as page:
        yield page


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    with _page(
        browser.new_context(
            base_url=site, viewport={"width": 1280, "height": 800}, java_script_enabled=False
        )
    ) as page:
        yield page
