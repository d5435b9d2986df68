"""What a researcher does on the page of results, on the program as it is served, with scripts and without, by keyboard
where it says so; and where the results begin."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from conftest import Watched

TabTo = Callable[[Locator], None]
BOX = "Search the cables"
# A sentence of a cable, longer than the box is wide.
LONG = " OR ".join(["putian", "injunction", "wheat", "harbour", "ambassador", "minister"] * 6)[:300]
# One for each way in which the top of the page may grow.
TOPS = {
    "word": "/search?q=putian",
    "words": "/search?q=putian+injunction",
    "everything": "/search",
    "paragraphs": "/search?q=the&view=paragraphs&sort=newest",
    "filtered": "/search?q=minister&since=2004&until=2009&-mark=S&-origin=Ankara",
    "collected": "/search?q=minister&c=07GUANGZHOU376",
    "long": f"/search?q={LONG.replace(' ', '+')}",
    "dated": "/search?q=minister&since=3/4/2004",
    "dated-wrongly": "/search?q=the&since=soon",
    "corrected": "/search?q=putien+OR+minister+OR+china",
    "dated-and-corrected": "/search?q=putien+OR+minister&since=3/4/2004",
    "trouble": "/search?q=putian+AND+(shoes",
    "named": "/search?q=see+OR+07GUANGZHOU376",
    "any": "/search?q=putian+shoes&match=any",
}
# What each of those has to say, so that none of them is an ordinary page.
SAID = {
    "dated": ["“3/4/2004” was read as 4 March 2004"],
    "dated-wrongly": ["“soon” is not a date"],
    "corrected": ["Did you mean putian"],
    "dated-and-corrected": ["“3/4/2004” was read as 4 March 2004", "Did you mean putian"],
    "trouble": ["This parenthesis is not closed.", "Showing results for"],
    "named": ["Open 07GUANGZHOU376"],
    "any": ["Any of these words may match"],
}


def ask(page: Page, text: str) -> None:
    page.get_by_label(BOX).fill(text)
    page.get_by_label(BOX).press("Enter")


def count(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(("width", "height", "most"), [(1440, 900, 220), (360, 800, 300)])
@pytest.mark.parametrize("name", TOPS)
def test_the_results_begin_at_the_top_behind_at_most_twelve_stops(
    browser: Watched, site: str, name: str, width: int, height: int, most: int
) -> None:
    page = browser.page(site, width, height)
    page.goto(TOPS[name])
    top = page.locator(".card").first.bounding_box()
    picture = page.locator(".when svg").bounding_box()
    said = page.locator(".asides").inner_text()
    for one in SAID.get(name, ()):
        assert one in said
    assert top is not None
    assert top["y"] <= most
    assert picture is not None
    assert picture["height"] == 48
    stops = 0
    while not page.evaluate("!!document.activeElement.closest('.card')"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 13, "no result is reached"
    # The last one is the result.
    assert stops - 1 <= 12


def test_a_person_in_one_year(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    ask(page, "ambassador")
    everything = count(page)
    filters = page.get_by_role("complementary", name="Filters")
    filters.get_by_role("link", name="2007", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(everything)
    dates = page.locator(".card time").all_inner_texts()
    assert dates
    assert all("2007" in date for date in dates)
    page.locator(".pass").first.click()
    expect(page.locator(":target mark").first).to_be_in_viewport()
    page.get_by_role("link", name="Back to the results").click()
    page.get_by_role("link", name=re.compile("^Remove the filter Date 2007")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(everything)


def test_a_person_in_one_year_by_the_keyboard(page: Page, tab_to: TabTo) -> None:
    page.goto("/search?q=ambassador")
    tab_to(page.get_by_label("From"))
    page.keyboard.type("2007")
    page.keyboard.press("Tab")
    page.keyboard.type("Dec 2007")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"since=2007&until=Dec\+2007"))
    dates = page.locator(".card time").all_inner_texts()
    assert dates
    assert all("2007" in date for date in dates)
    tab_to(page.locator(".pass").first)
    page.keyboard.press("Enter")
    expect(page.locator(":target mark").first).to_be_in_viewport()


def test_dates_typed_as_people_do(either_page: Page) -> None:
    page = either_page
    page.goto("/search?q=the&since=2007-03&until=2007-03")
    wanted = count(page)
    for since, until in (
        ("March 2007", "Mar 2007"),
        ("3/2007", "31 March 2007"),
        ("20070301", "2007/3/31"),
        ("31.3.2007", "1.3.2007"),
    ):
        page.goto("/search?q=the")
        page.get_by_label("From").fill(since)
        page.get_by_label("Until").fill(until)
        page.get_by_role("button", name="Apply").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(wanted)
    expect(page.get_by_text("From was after Until, so the two were swapped")).to_be_visible()
    ask(page, "the date:March 2007")
    expect(page.get_by_role("heading", level=1)).to_have_text(wanted)


def test_a_wrong_date_marks_its_box_and_keeps_the_search(either_page: Page) -> None:
    page = either_page
    page.goto("/search?q=minister&until=2008")
    before = count(page)
    page.get_by_label("From").fill("30 Feb 2004")
    page.get_by_role("button", name="Apply").click()
    box = page.get_by_label("From")
    expect(box).to_have_value("30 Feb 2004")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(
        "“30 Feb 2004” is not a date: February 2004 has 29 days."
    )
    expect(page.get_by_label("Until")).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)
    page.get_by_role("link", name="Correct the date").click()
    expect(page.get_by_label("From")).to_be_in_viewport()


def test_over_time_from_a_search(either_page: Page) -> None:
    page = either_page
    page.goto("/search?q=minister")
    everything = count(page)
    page.get_by_text("Show as table").click()
    row = page.get_by_role("row", name=re.compile("^2008 "))
    number = row.get_by_role("cell").first.inner_text()
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{number} paragraph")
    # By months now; one of them, then all of it again.
    page.get_by_text("Show as table").click()
    page.locator("tbody a").first.click()
    expect(page.locator(".chip", has_text="From: ")).to_contain_text("2008")
    filters = page.get_by_role("complementary", name="Filters")
    filters.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(everything)


def test_a_bar_of_the_picture_leads_to_its_year(page: Page) -> None:
    page.goto("/search?q=minister")
    bar = page.locator(".when a", has=page.locator("title", has_text="2008: "))
    number = re.search(r"\d+$", bar.locator("title").text_content() or "")
    assert number is not None
    bar.locator(".tap").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{number[0]} paragraph")


def test_accents(either_page: Page) -> None:
    page = either_page
    found = []
    for spelling in ("Tokgöz", "tokgoz", "TOKGÖZ"):
        page.goto("/")
        ask(page, spelling)
        expect(page.locator(".said mark").first).to_have_text("Tokgöz")
        found.append(count(page))
    assert len(set(found)) == 1


def test_a_phrase_over_a_page_break(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    ask(page, '"his own records give 1.64 cubic meters"')
    expect(page.get_by_role("heading", level=1)).to_have_text("1 paragraph in 1 cable")
    page.locator(".pass").first.click()
    expect(page.locator(":target mark").first).to_be_in_viewport()
    expect(page.get_by_text("LIMA 00900029 002 OF 002")).to_have_count(0)


def test_nothing_found_corrected(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    ask(page, "putien injuction")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing found for putien injuction")
    words = page.locator(".counted li").all_inner_texts()
    assert [" ".join(word.split()) for word in words] == [
        "putien no results",
        "injuction no results",
    ]
    expect(page.locator("main svg, main article, aside")).to_have_count(0)
    page.locator(".best a").click()
    expect(page.locator(".said mark").first).to_have_text("Putian")


def test_nothing_found_corrected_by_the_keyboard(page: Page, tab_to: TabTo) -> None:
    page.goto("/search?q=putien+injuction")
    tab_to(page.locator(".best a"))
    page.keyboard.press("Enter")
    expect(page.locator(".card")).not_to_have_count(0)


def test_a_cables_number_goes_to_the_cable_and_its_text_can_be_searched(either_page: Page) -> None:
    page = either_page
    page.goto("/search?q=minister")
    ask(page, "07 Guangzhou 00376")
    expect(page).to_have_url(re.compile("/cable/07GUANGZHOU376"))
    page.get_by_role("link", name=re.compile("^Search the text for")).click()
    expect(page.get_by_label(BOX)).to_have_value('"07 Guangzhou 00376"')


def test_order_and_export_by_the_keyboard(page: Page, tab_to: TabTo) -> None:
    page.goto("/search?q=minister")
    tab_to(page.locator("summary", has_text="Sort: Relevance"))
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("link", name="Oldest first"))
    page.keyboard.press("Enter")
    expect(page.locator("summary", has_text="Sort: Oldest first")).to_be_visible()
    tab_to(page.get_by_role("link", name="Paragraphs", exact=True))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=oldest&view=paragraphs"))
    tab_to(page.locator("summary", has_text="Export"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("CSV")).first).to_be_visible()
