"""What a researcher does, in a real browser: with the mouse, with the keyboard alone, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

TabTo = Callable[[Locator], None]
SECTION = "Putian: Shoes and More Shoes, but Little Action"
CABLE = "/cable/07GUANGZHOU376"


def landed_at_paragraph_12(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/cable/07GUANGZHOU376\?q=putian&section=[^#]*#p12$"))
    paragraph = page.locator("#p12")
    expect(paragraph).to_be_in_viewport()
    expect(paragraph.locator("mark").first).to_be_in_viewport()
    expect(paragraph.locator("mark").first).to_have_text("Putian")
    expect(paragraph).to_contain_text("preliminary injunctions")
    # The paragraph that the address names stands out, whatever the scheme's colours are.
    expect(paragraph).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_find_narrow_and_land_on_the_paragraph(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    page.get_by_label("Search the cables").fill("putian")
    page.get_by_role("button", name="Search", exact=True).click()
    filters = page.get_by_role("complementary", name="Filters")
    filters.locator("summary", has_text="More").click()
    filters.get_by_role("link", name=SECTION, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 paragraphs in 1 cable")
    page.locator(".pass", has_text="¶12").click()
    landed_at_paragraph_12(page)


def test_the_same_with_the_keyboard_alone(page: Page, tab_to: TabTo) -> None:
    page.goto("/")
    tab_to(page.get_by_label("Search the cables"))
    page.keyboard.type("putian")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=putian$"))
    tab_to(page.get_by_role("complementary").locator("summary", has_text="More"))
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("complementary").get_by_role("link", name=SECTION, exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 paragraphs in 1 cable")
    tab_to(page.locator(".pass", has_text="¶12"))
    page.keyboard.press("Enter")
    landed_at_paragraph_12(page)


def test_skipping_to_the_content_and_to_the_filters(page: Page, tab_to: TabTo) -> None:
    page.goto("/search?q=tag:ECON")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    # Behind the first result: whoever wants to narrow need not pass all others.
    skip = page.get_by_role("link", name="Skip to the filters")
    tab_to(skip)
    expect(skip).to_be_in_viewport()
    assert page.locator(".card").count() > 2
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#filters$"))
    expect(page.get_by_role("complementary", name="Filters")).to_be_focused()


def test_the_address_of_a_paragraph_is_the_cable_at_that_paragraph(either_page: Page) -> None:
    answer = either_page.goto(f"{CABLE}/p/16?q=comment")
    assert answer
    assert answer.status == 200
    assert not answer.request.redirected_from
    paragraph = either_page.locator("#p16")
    expect(paragraph).to_be_in_viewport()
    expect(paragraph).to_be_focused()
    expect(paragraph).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    # The old link to the same place, which many have kept.
    either_page.goto(f"{CABLE}#p16")
    expect(paragraph).to_be_in_viewport()


def test_exclude_a_value_and_take_it_back(either_page: Page) -> None:
    page = either_page
    page.goto("/search")
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Exclude Consulate Guangzhou", exact=True).click()
    expect(page.get_by_text("Origin is not: Consulate Guangzhou")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    page.get_by_role("link", name="Remove the filter Origin is not Consulate Guangzhou").click()
    expect(page).to_have_url(re.compile("/search$"))


def test_walk_the_hits_by_links(either_page: Page) -> None:
    page = either_page
    page.goto(f"{CABLE}?q=putian")
    page.get_by_role("link", name="First hit").click()
    last = page.locator("mark[id]").count()
    assert last > 3
    for number in range(1, last):
        expect(page).to_have_url(re.compile(f"#h{number}$"))
        expect(page.locator(f"#h{number}")).to_be_in_viewport()
        step = page.locator(".step:visible")
        expect(step).to_have_count(1)
        expect(step).to_contain_text(f"hit {number} of {last}")
        step.get_by_role("link", name="next").click()
    expect(page.locator(".step:visible").get_by_role("link", name="next")).to_have_count(0)
    page.locator(".step:visible").get_by_role("link", name="previous").click()
    expect(page).to_have_url(re.compile(f"#h{last - 1}$"))


def test_walk_the_hits_from_the_paragraph_one_lands_on(either_page: Page) -> None:
    either_page.goto(f"{CABLE}?q=putian#p12")
    first = either_page.locator("#p12 mark").first.get_attribute("id")
    either_page.locator(".step:visible").get_by_role("link", name="next").click()
    expect(either_page).to_have_url(re.compile(f"#{first}$"))


def test_walk_the_hits_by_keys(page: Page) -> None:
    page.goto(f"{CABLE}?q=putian#p12")
    first = int((page.locator("#p12 mark").first.get_attribute("id") or "")[1:])
    for key, number in (("n", first), ("n", first + 1), ("p", first), ("p", first - 1)):
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(f"#h{number}$"))
        expect(page.locator(f"#h{number}")).to_be_in_viewport()


def test_the_marks_can_be_switched_off(either_page: Page) -> None:
    page = either_page
    page.goto(f"{CABLE}?q=putian")
    mark = page.locator("#h1")
    expect(mark).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    page.get_by_label("highlight").uncheck()
    expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_walk_the_results_and_come_back(either_page: Page) -> None:
    page = either_page
    page.goto("/search?q=tag:ECON&sort=oldest")
    titles = page.locator(".card h2 a").all_inner_texts()
    assert len(titles) > 2
    page.get_by_role("link", name=titles[0]).click()
    for title in titles[1:3]:
        page.get_by_role("link", name="Next result").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(re.compile(r"/search\?q=tag%3AECON&sort=oldest$"))


def test_walk_the_results_by_keys(page: Page) -> None:
    page.goto("/search?q=tag:ECON&sort=oldest")
    titles = page.locator(".card h2 a").all_inner_texts()
    page.locator(".card h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])
    page.wait_for_load_state()  # the keys come with the script
    page.keyboard.press("]")
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[1])
    page.wait_for_load_state()
    page.keyboard.press("[")
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])


def test_recover_from_a_typing_error(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    page.get_by_label("Search the cables").fill("putian AND (injunction")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This parenthesis is not closed.")
    page.get_by_role("alert").get_by_role("link", name="putian AND injunction").click()
    expect(page.get_by_label("Search the cables")).to_have_value("putian AND injunction")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".pass", has_text="¶12")).to_be_visible()


def test_from_a_problem_to_the_line_as_received(either_page: Page) -> None:
    page = either_page
    page.goto(CABLE)
    page.get_by_role("link", name="Original page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("original page")
    expect(page.get_by_text("page mark", exact=True).first).to_be_visible()
    page.get_by_role("link", name="¶12", exact=True).first.click()
    expect(page).to_have_url(re.compile("#p12$"))
    expect(page.locator("#p12")).to_be_in_viewport()


def test_the_box_and_the_help_by_keys_and_silence_in_the_box(page: Page) -> None:
    page.goto("/search?q=putian")
    page.keyboard.press("/")
    box = page.get_by_label("Search the cables")
    expect(box).to_be_focused()
    page.keyboard.type("n/p?[]")
    expect(box).to_have_value("n/p?[]")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    expect(page).to_have_url(re.compile("/help$"))


def test_the_keys_can_be_switched_off_and_stay_off(page: Page) -> None:
    page.goto(CABLE)
    button = page.get_by_role("button", name="Keyboard shortcuts")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_text("Keyboard shortcuts: off")
    page.goto(f"{CABLE}?q=putian")
    expect(button).to_have_text("Keyboard shortcuts: off")
    page.keyboard.press("n")
    page.keyboard.press("/")
    expect(page.get_by_label("Search the cables")).not_to_be_focused()
    expect(page).to_have_url(re.compile(r"\?q=putian$"))
    button.click()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("#h1$"))


def test_on_a_narrow_screen_a_link_leads_to_the_filters(narrow_page: Page) -> None:
    page = narrow_page
    page.goto("/search?q=putian&mark=SBU")
    filters = page.get_by_role("complementary", name="Filters")
    expect(filters).not_to_be_in_viewport()
    page.get_by_role("link", name="Filters (1)").click()
    expect(filters.get_by_role("heading", name="Filters")).to_be_in_viewport()


def test_a_hit_in_the_subject_and_one_in_a_heading_are_landed_at_and_walked(
    either_page: Page,
) -> None:
    page = either_page
    page.goto("/search?q=ustr")
    page.get_by_role("link", name="in the subject").first.click()
    expect(page).to_have_url(re.compile("q=ustr#head$"))
    head = page.locator("#head")
    expect(head.locator("h1 mark")).to_be_in_viewport()
    expect(head).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    step = page.locator(".step:visible")
    expect(step).to_contain_text("subject and header: hit")
    step.get_by_role("link", name="next").click()
    expect(page).to_have_url(re.compile("#h1$"))
    expect(page.locator(".step:visible")).to_contain_text("hit 1 of ")
    page.goto(f"{CABLE}?q=putian#s-p11")
    heading = page.locator("#s-p11")
    expect(heading).to_be_in_viewport()
    expect(heading).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.locator(".step:visible")).to_contain_text("heading: hit")
