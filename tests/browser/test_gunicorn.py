"""The main roads once more, served by gunicorn as `docs/serving.md` has it: files, pages, suggestions and exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from servers import Server, gunicorn, index, running

if TYPE_CHECKING:
    from conftest import Watched

CABLE = "/cable/07GUANGZHOU376"


@pytest.fixture(scope="module")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("gunicorn")
    more = {"CABLEGRAM_INDEX": str(index(folder)), "PYTHONPATH": str(root)}
    with running(gunicorn(root), folder, more) as started:
        yield started


@pytest.fixture(scope="module")
def site(server: Server) -> str:
    return server.address


def test_find_and_land_on_the_paragraph(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    page.get_by_label("Search the cables").fill("putian injunction")
    page.keyboard.press("Enter")
    page.locator('a[href*="#p12"]').first.click()
    expect(page.locator("#p12")).to_be_in_viewport()


def test_the_scripts_run(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the cables").press_sequentially("inj")
    expect(page.get_by_role("option", name="injunction")).to_be_visible()
    page.goto(f"{CABLE}?q=putian#p12")
    page.keyboard.press("/")
    expect(page.get_by_label("Search the cables")).to_be_focused()


def test_every_file_of_a_page_is_there(browser: Watched, site: str) -> None:
    # A browser that has none of the files yet.
    page = browser.new_context(base_url=site).new_page()
    arrived: dict[str, int] = {}
    page.on("response", lambda answer: arrived.update({answer.url: answer.status}))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert {url.rpartition(".")[2] for url in arrived} >= {"js", "css"}
    assert set(arrived.values()) == {200}


def test_an_export_comes_whole(page: Page) -> None:
    page.goto("/search?q=putian&view=paragraphs")
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.path().read_text("utf-8-sig").startswith("cable,")
