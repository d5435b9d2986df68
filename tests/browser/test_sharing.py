"""What a researcher hands on: a paragraph, a collection, a comparison; with the keyboard alone, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect
from servers import serving_cable

from corpus.model import Cable, Paragraph, Part, Post

if TYPE_CHECKING:
    from conftest import Watched

CABLE = "/cable/07GUANGZHOU376"
CITING = "07GUANGZHOU900002"
READ = "navigator.clipboard.readText()"
# More than any page here has links and buttons.
MANY = 400
TabTo = Callable[[Locator], None]

LONG = Cable(
    id="07ANKARA900802",
    date=datetime(2007, 3, 23, tzinfo=UTC),
    origin=Post("ANKARA", "Ankara", "Turkey"),
    sender="AMEMBASSY ANKARA",
    subject="A Catalogue of Lanterns",
    paragraphs=tuple(
        Paragraph(f"p{n}", n, "U", f"Quarter {n // 3}", Part.BODY, f"Street {n} has lanterns. " * 9)
        for n in range(1, 151)
    ),
)


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_cable(tmp_path_factory.mktemp("long"), LONG) as server:
        yield server.address


def opened_by_somebody_else(browser: Watched, address: str, *, scripts: bool = True) -> Page:
    """A page of a browser that has seen nothing of this site."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(address)
    return page


def test_copy_the_link_of_a_paragraph_and_open_it_in_a_fresh_browser(
    page: Page, browser: Watched, site: str, tab_to: TabTo
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{CABLE}?q=putian&mark=SBU&c=07GUANGZHOU900002#p12")
    tab_to(page.locator("#p12 .no"))
    page.keyboard.press("Enter")
    choice = page.locator("#p12 .choices")
    expect(choice.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(choice.get_by_role("link", name="Copied")).to_be_visible()
    address = page.evaluate(READ)
    # The paragraph's own address: nothing of the reader's search, nothing of the collection.
    assert address == f"{site}{CABLE}/p/12"
    for scripts in (True, False):
        other = opened_by_somebody_else(browser, address, scripts=scripts)
        expect(other).to_have_url(address)
        expect(other).to_have_title(re.compile("^07GUANGZHOU376 ¶12: USTR"))
        expect(other.locator("#p12")).to_be_in_viewport()
        expect(other.locator("#p12")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
        expect(other.locator("mark")).to_have_count(0)
        expect(other.get_by_role("link", name="Collection (1)")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(choice.get_by_role("link", name="Copied")).to_be_visible()
    assert page.evaluate(READ) == f"{site}{CABLE}/p/12?q=putian&mark=SBU"
    page.keyboard.press("Escape")
    expect(choice).to_have_count(0)
    expect(page.locator("#p12 .no")).to_be_focused()


def test_the_menu_of_a_paragraph_opens_where_a_mouse_rests_and_closes_behind_it(page: Page) -> None:
    page.goto(f"{CABLE}#p12")
    page.locator("#p12 .no").hover()
    menu = page.locator("#p12 .choices")
    expect(menu.get_by_role("link", name="Cite")).to_be_visible()
    expect(menu.get_by_role("link", name="Copy link with my search")).to_have_count(0)
    page.get_by_label("Search the cables").hover()
    expect(menu).to_have_count(0)
    page.locator("#p12 .no").click()
    page.locator("#p13 .no").click()
    expect(page.locator(".choices")).to_have_count(1)
    expect(page.locator("#p13 .choices").get_by_role("link").first).to_be_focused()
    page.locator("h1").click()
    expect(page.locator(".choices")).to_have_count(0)


def test_the_menu_of_a_paragraph_opens_at_a_touch(browser: Watched, site: str) -> None:
    context = browser.new_context(
        base_url=site, viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{CABLE}?q=putian#p12")
    page.locator("#p12 .no").tap()
    choices = page.locator("#p12 .choices")
    expect(choices.get_by_role("link", name="Collect")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    choices.get_by_role("link", name="Collect").tap()
    expect(page.locator("#p12 .no")).to_have_accessible_name(re.compile(r"^¶12\s?, collected"))


def collected_by_keys(page: Page, tab_to: TabTo) -> None:
    """Five things: three on the page of results, two on a cable's."""
    page.goto("/search?q=putian")
    for place in ("¶12", "¶11", "cable"):
        tab_to(
            page.locator(".collect").first.get_by_role(
                "link", name=f"Collect 07GUANGZHOU376 {place}"
            )
        )
        page.keyboard.press("Enter")
        expect(
            page.locator(".collect").first.get_by_role("link", name=place)
        ).to_have_accessible_name(re.compile("^✓?\\s*Remove from collection"))
    tab_to(page.locator(".card h2 a").first)
    page.keyboard.press("Enter")
    for place in ("p2", "p3"):
        tab_to(page.locator(f"#{place} .no"))
        page.keyboard.press("Enter")
        tab_to(page.locator(f"#{place} .choices").get_by_role("link", name="Collect"))
        page.keyboard.press("Enter")
        expect(page.locator(f"#{place} .no")).to_have_accessible_name(re.compile("collected"))
    tab_to(page.get_by_role("link", name="Collection (5)"))
    page.keyboard.press("Enter")


def test_collect_five_note_share_and_restore_by_keys(
    page: Page, browser: Watched, tab_to: TabTo
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    collected_by_keys(page, tab_to)
    expect(page.get_by_text("1 cable and 4 paragraphs.")).to_be_visible()
    expect(page.get_by_text("the server keeps nothing")).to_be_visible()
    note = page.get_by_label("Note on 07GUANGZHOU376 ¶12")
    tab_to(note)
    page.keyboard.type('Ask "É. Núñez" & check 😀')
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("p12%7CAsk"))
    expect(note).to_have_value('Ask "É. Núñez" & check 😀')
    tab_to(page.get_by_role("link", name="Copy link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Copied")).to_be_visible()
    for scripts in (True, False):
        other = opened_by_somebody_else(browser, page.evaluate(READ), scripts=scripts)
        expect(other.get_by_text("1 cable and 4 paragraphs.")).to_be_visible()
        expect(other.get_by_label("Note on 07GUANGZHOU376 ¶12")).to_have_value(
            'Ask "É. Núñez" & check 😀'
        )
        expect(other.get_by_text("was cut on its way")).to_have_count(0)
    # Left, lost, and found again on this browser.
    page.goto("/")
    page.goto("/collection")
    expect(page.get_by_text("Your collection is empty.")).to_be_visible()
    kept = page.get_by_role("region", name="Remembered in this browser")
    tab_to(kept.get_by_role("link", name="Restore").first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 cable and 4 paragraphs.")).to_be_visible()
    expect(note).to_have_value('Ask "É. Núñez" & check 😀')
    page.goto("/collection")
    tab_to(kept.get_by_role("button", name="Forget all"))
    page.keyboard.press("Enter")
    expect(kept).to_be_hidden()
    page.reload()
    expect(kept).to_be_hidden()
    assert page.evaluate("localStorage.getItem('cablegram-collections')") is None


def test_collect_and_share_without_scripts(plain_page: Page, browser: Watched) -> None:
    page = plain_page
    page.goto("/search?q=putian")
    page.locator(".collect").first.get_by_role("link", name="¶12").click()
    # Back at the same result.
    expect(page.locator(".collect").first).to_be_in_viewport()
    page.locator(".pass", has_text="¶11").first.click()
    page.locator("#p11").get_by_role("link", name="¶11").click()
    expect(page).to_have_url(re.compile(r"/p/11\?q=putian&c="))
    page.locator("#p11").get_by_role("link", name="Collect").click()
    page.get_by_role("link", name="Collection (2)").click()
    page.get_by_label("Note on 07GUANGZHOU376 ¶11").fill("Two\nlines")
    page.get_by_label("Note on 07GUANGZHOU376 ¶11").press("Tab")
    page.get_by_role("button", name="Save notes").last.click()
    page.get_by_label("Add a cable or a paragraph").fill(f"https://example.org/cable/{CITING}/p/2")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("3 paragraphs.")).to_be_visible()
    expect(page.get_by_text("Remembered in this browser")).to_be_hidden()
    link = page.get_by_role("link", name="Link to this").get_attribute("href")
    other = opened_by_somebody_else(browser, f"{page.url.partition('/collection')[0]}{link}")
    expect(other.get_by_text("3 paragraphs.")).to_be_visible()
    expect(other.get_by_label("Note on 07GUANGZHOU376 ¶11")).to_have_value("Two\nlines")


def test_a_collection_is_kept_as_a_file_and_loaded_by_somebody_else(
    page: Page, browser: Watched, site: str, tmp_path: Path
) -> None:
    page.goto("/collection?c=07GUANGZHOU376%23p12%7CAsk%0A%22why%22+%26+how&c=07GUANGZHOU900002")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    kept = tmp_path / "kept.json"
    download.value.save_as(kept)
    other = opened_by_somebody_else(browser, f"{site}/collection?c=07LIMA900001")
    other.get_by_label("Load a file").set_input_files(kept)
    expect(other.get_by_text("2 cables and 1 paragraph.")).to_be_visible()
    expect(other.get_by_label("Note on 07GUANGZHOU376 ¶12")).to_have_value('Ask\n"why" & how')
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"items": []}', "utf-8")
    other.get_by_label("Load a file").set_input_files(wrong)
    expect(other.get_by_role("alert")).to_contain_text("not a collection")


def test_a_link_of_somebody_else_takes_nothing_away(page: Page) -> None:
    page.goto("/collection?c=07GUANGZHOU376&c=07GUANGZHOU900002")
    page.goto("/collection?c=07LIMA900001")
    kept = page.get_by_role("region", name="Remembered in this browser")
    expect(kept.get_by_role("listitem")).to_have_count(1)
    # One more of the same collection takes its place.
    page.goto("/collection?c=07LIMA900001&c=07GUANGZHOU376")
    expect(kept.get_by_role("listitem")).to_have_count(1)
    kept.get_by_role("link", name="Restore").click()
    expect(page).to_have_url(re.compile(r"\?c=07GUANGZHOU376&c=07GUANGZHOU900002$"))


def test_compare_two_cables_of_a_collection_by_keys(page: Page, tab_to: TabTo) -> None:
    page.goto(f"/collection?c=07GUANGZHOU376&c={CITING}")
    tab_to(page.get_by_role("link", name="Compare the two cables"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"07GUANGZHOU376 and {CITING}")
    tab_to(page.locator(".heads h2 a").last)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/cable/{CITING}\\?c=07GUANGZHOU376&c={CITING}$"))


def stops(page: Page) -> int:
    """At how many places the Tab key stops on its way through a page, from its first one on."""
    page.locator(".skip").first.focus()
    for count in range(1, MANY):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return count
    raise AssertionError("Tab comes to no end")


@pytest.mark.parametrize("question", ["", "?q=lanterns"])
def test_the_longest_cable_has_eighty_stops(page: Page, long_site: str, question: str) -> None:
    page.goto(f"{long_site}/cable/{LONG.id}{question}")
    assert 20 < stops(page) <= 80
    page.goto(f"{long_site}/cable/{LONG.id}/p/149{question}")
    assert 20 < stops(page) <= 80


def test_any_of_many_paragraphs_is_reached_by_keys(
    page: Page, long_site: str, tab_to: TabTo
) -> None:
    page.goto(f"{long_site}/cable/{LONG.id}")
    tab_to(page.locator(".no").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#p3 .no")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#p2 .no")).to_be_focused()
    # The one that was used last is where Tab comes back to.
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#p2 .no")).to_be_focused()
    page.goto(f"{long_site}/cable/{LONG.id}#p100")
    expect(page.locator("#p100 .no")).to_have_attribute("tabindex", "0")
    page.keyboard.press("Tab")
    expect(page.locator("#p100 .no")).to_be_focused()


def test_any_of_many_paragraphs_is_reached_without_scripts(
    plain_page: Page, long_site: str
) -> None:
    page = plain_page
    page.goto(f"{long_site}/cable/{LONG.id}?q=lanterns")
    page.get_by_label("Go to ¶").fill("149")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/p/149\?q=lanterns$"))
    expect(page.locator("#p149")).to_be_in_viewport()
    # What can be done with it is near: behind the way on from its hits and its own sign.
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("#p149 .no")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#p149").get_by_role("link", name="Link to this")).to_be_focused()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_longest_cable_does_not_scroll_sideways(
    browser: Watched, long_site: str, width: int
) -> None:
    page = browser.page(long_site, width)
    page.goto(f"{long_site}/cable/{LONG.id}?q=lanterns")
    assert page.evaluate("document.documentElement.scrollWidth") == width
