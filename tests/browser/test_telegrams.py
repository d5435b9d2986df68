"""The versions of one telegram in a browser: by keys, without scripts, and nothing for axe to find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_findings import COLOUR_RULES, RULES, findings
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sent_again import pages_of_one_telegram
from servers import index, running, serve

if TYPE_CHECKING:
    from conftest import Watched

CABLE = "/cable/1974OSLO00100"
PAGES = ("/search?q=herring", "/search?q=herring&versions=all", CABLE, f"{CABLE}/also/p3")


@pytest.fixture(scope="module")
def herring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("herring")
    place = index(folder, pages_of_one_telegram(folder / "pages"))
    with running(serve(place), folder) as server:
        yield server.address


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(browser: Watched, herring: str, address: str, width: int) -> None:
    page = browser.page(herring, width, bypass_csp=True)
    page.emulate_media(color_scheme="light")
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(Axe().axe_script)
    assert findings(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert findings(page, COLOUR_RULES) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_results_to_a_passage_by_keys(
    browser: Watched, herring: str, scripts: bool
) -> None:
    page = browser.new_context(base_url=herring, java_script_enabled=scripts).new_page()
    page.goto("/search?q=herring")
    whole = page.get_by_role("link", name="Show all versions")
    whole.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(4)
    once = page.get_by_role("link", name="Show each telegram once")
    once.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(2)
    page.goto(CABLE)
    versions = page.get_by_role("region", name="Versions of this telegram")
    expect(versions.get_by_role("link", name="1974OSLO00117", exact=True)).to_have_count(1)
    also = page.get_by_role("link", name=re.compile("1 other cable ?: Paragraph 3"))
    also.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 other cable")
    there = page.get_by_role("link", name="1974ROME00009 ¶1").first
    there.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{herring}/cable/1974ROME00009/p/1")
