"""The sample cables, indexed and served by the program as people start it, and a Chromium to look at them with."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    sync_playwright,
)
from servers import Server, serving_samples

# The first status of an answer that tells of a client's fault, and of a server's.
MISSING = 400
SERVER_ERROR = 500
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


@dataclass(slots=True)
class Watched:
    """A browser each of whose pages is watched: an error of a script, or of the security policy, and an answer that
    tells of a fault of the server are kept."""

    browser: Browser
    _contexts: list[BrowserContext] = field(default_factory=list)
    _kept: dict[str, tuple[Page, CDPSession]] = field(default_factory=dict)
    _faults: list[str] = field(default_factory=list)
    _logged: list[ConsoleMessage] = field(default_factory=list)
    _missing: set[str] = field(default_factory=set)

    def new_context(self, **options: Any) -> BrowserContext:
        """A context as Playwright makes it, watched until the test ends."""
        context = self._context(**options)
        self._contexts.append(context)
        return context

    def _context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(**options)
        # Playwright keeps something on whatever a bound method is bound to: here there is no room for it.
        context.on("weberror", lambda error: self._faults.append(str(error.error)))
        context.on("console", lambda message: self._console(message))
        context.on("response", lambda response: self._response(response))
        return context

    def page(self, site: str, width: int, height: int = 800, **options: Any) -> Page:
        """A page with nothing on it, in a browser that knows nothing of what earlier tests did.

        It may be the page of an earlier test: what that has left is taken away. A new context with its page, and the
        process that draws it, cost twice what it costs to load a page.
        """
        options["viewport"] = {"width": width, "height": height}
        key = json.dumps([site, options])
        if key in self._kept:
            page, session = self._kept[key]
            _forget(page, session)
        else:
            context = self._context(base_url=site, **options)
            page = context.new_page()
            self._kept[key] = page, context.new_cdp_session(page)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._logged.append(message)

    def _response(self, response: Response) -> None:
        if response.status >= SERVER_ERROR:
            self._faults.append(f"{response.status} {response.url}")
        elif response.status >= MISSING and response.request.is_navigation_request():
            self._missing.add(response.url)

    def faults(self) -> list[str]:
        """What went wrong on any page, since this was asked before. A page that is not there is told by the console,
        too, and is none."""
        logged = [
            f"{one.text} ({one.location['url']})"
            for one in self._logged
            if one.location["url"] not in self._missing
        ]
        found = self._faults + logged
        self._faults.clear()
        self._logged.clear()
        self._missing.clear()
        return found

    def close(self) -> None:
        """Closes what a test has opened for itself."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()


def _forget(page: Page, session: CDPSession) -> None:
    """Takes away what a test has left in a page's browser: other pages, what is allowed, what a site has stored, and
    where the mouse is. How a page is shown (`emulate_media`) is not looked after: a test that says so has its own."""
    for other in page.context.pages:
        if other != page:
            other.close()
    # The page gets an address that no test asks for: whatever is opened next is loaded then, even if it is another
    # place of the page that is there.
    page.evaluate("location.protocol === 'http:' && history.replaceState(null, '', '/left')")
    page.mouse.move(0, 0)
    page.context.clear_permissions()
    session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    session.send("Storage.clearCookies")


@pytest.fixture(scope="session")
def chromium_runs() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_samples(tmp_path_factory.mktemp("served")) as started:
        yield started


@pytest.fixture(scope="session")
def site(server: Server) -> str:
    """The address of the server."""
    return server.address


@pytest.fixture(autouse=True)
def quiet_server(server: Server) -> Iterator[None]:
    """A test during which the server tells of an error has failed."""
    yield
    assert server.complaints() == []


@pytest.fixture(scope="session")
def watched(chromium_runs: Browser) -> Watched:
    return Watched(chromium_runs)


@pytest.fixture
def browser(watched: Watched) -> Iterator[Watched]:
    """A test in which something goes wrong on a page has failed, whatever it looked at."""
    yield watched
    watched.close()
    assert watched.faults() == []


@pytest.fixture
def page(browser: Watched, site: str) -> Page:
    return browser.page(site, 1280)


@pytest.fixture(params=["page", "plain_page"], ids=["scripts", "no-scripts"])
def either_page(request: pytest.FixtureRequest) -> Page:
    """A page with scripts, and one without."""
    found: Page = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def tab_to(page: Page) -> Callable[[Locator], None]:
    """Presses Tab until a target has the focus; it must be reached."""

    def press(target: Locator) -> None:
        # Looked for once: to find a link by its name, the name of each is made out.
        wanted = target.element_handle()
        for _ in range(MANY):
            page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{target} is not reached with Tab")

    return press


@pytest.fixture
def narrow_page(browser: Watched, site: str) -> Page:
    return browser.page(site, 390)


@pytest.fixture
def plain_page(browser: Watched, site: str) -> Page:
    """A page in a browser that runs no scripts."""
    return browser.page(site, 1280, java_script_enabled=False)
