"""What a researcher does with what was found: suggestions, references, citations, exports, terms, a collection."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import bibtexparser
import pytest
import zotero
from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from conftest import Watched

CABLE = "/cable/07GUANGZHOU376"
CITING = "07GUANGZHOU900002"
TabTo = Callable[[Locator], None]


def box_of(page: Page) -> Locator:
    return page.get_by_label("Search the cables")


def citing(page: Page) -> Locator:
    return page.get_by_role("list", name="Cited by").get_by_role("link", name=CITING)


def cited(page: Page) -> Locator:
    return page.get_by_role("list", name="Cites").locator(f"a[href='{CABLE}']")


def test_the_box_suggests_and_the_keyboard_takes(page: Page) -> None:
    page.goto("/")
    box = box_of(page)
    expect(box).to_have_role("combobox")
    box.press_sequentially("guangz")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("post: China")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    page.keyboard.press("Enter")
    expect(box).to_have_value("origin:Guangzhou")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page).to_have_url(re.compile("/$"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=origin%3AGuangzhou"))


def test_suggestions_close_and_let_the_question_be(page: Page) -> None:
    page.goto("/")
    box = box_of(page)
    box.press_sequentially("guangz")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("guangz")
    box.press_sequentially("h")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=guangzh$"))


def test_a_suggestion_is_taken_with_the_mouse(page: Page) -> None:
    page.goto("/")
    box_of(page).press_sequentially("07guangzhou3")
    page.get_by_role("option", name="07GUANGZHOU376").click()
    expect(page).to_have_url(re.compile(f"{CABLE}$"))


def test_follow_a_reference_and_see_who_cites_it(either_page: Page) -> None:
    page = either_page
    page.goto(CABLE)
    citing(page).click()
    expect(page).to_have_url(re.compile(f"/cable/{CITING}$"))
    cited(page).click()
    expect(page).to_have_url(re.compile(f"{CABLE}$"))
    page.locator(f"svg a[href='/cable/{CITING}']").click()
    expect(page).to_have_url(re.compile(f"/cable/{CITING}$"))


def test_follow_a_reference_with_the_keyboard_alone(page: Page, tab_to: TabTo) -> None:
    page.goto(CABLE)
    tab_to(citing(page))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/cable/{CITING}$"))
    tab_to(cited(page))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{CABLE}$"))


def cited_paragraph(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/cite/p11\?q=putian$"))
    note = page.locator("#cite-chicago-note")
    expect(note).to_contain_text("“USTR's Second IPR Provincial Review")
    expect(note).to_contain_text("para. 11")


def test_cite_a_paragraph(either_page: Page) -> None:
    page = either_page
    page.goto(f"{CABLE}?q=putian#p11")
    # With a script a menu opens at the sign, without one it leads to the paragraph's own page with the same choices.
    page.locator("#p11").get_by_role("link", name="¶11").click()
    page.locator("#p11").get_by_role("link", name="Cite").click()
    cited_paragraph(page)
    page.get_by_role("link", name="Back to the cable").click()
    expect(page).to_have_url(re.compile(r"\?q=putian#p11$"))


def test_cite_a_paragraph_with_the_keyboard_alone(page: Page, tab_to: TabTo) -> None:
    page.goto(f"{CABLE}?q=putian#p11")
    tab_to(page.locator("#p11 .no"))
    page.keyboard.press("Enter")
    tab_to(page.locator("#p11").get_by_role("link", name="Cite"))
    page.keyboard.press("Enter")
    cited_paragraph(page)


def test_a_citation_and_an_address_are_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{CABLE}/cite/p11")
    button = page.locator("[data-copy-of=cite-chicago-note]")
    button.click()
    expect(button).to_have_text("Copied")
    read = "navigator.clipboard.readText()"
    assert page.evaluate(read) == page.locator("#cite-chicago-note").inner_text()


def bluebook_is_shown(page: Page) -> Locator:
    expect(page).to_have_url(re.compile(r"/cite/p11#cite-bluebook-head$"))
    expect(page.get_by_role("heading", name="Bluebook")).to_be_in_viewport()
    found = page.locator("#cite-bluebook")
    expect(found).to_be_in_viewport()
    expect(found).to_contain_text("Diplomatic cable 07GUANGZHOU376 from U.S. Consulate Guangzhou")
    expect(found).to_contain_text(" ¶ 11 (Mar. 23, 2007) (published by Scoop).")
    return found


def test_cite_in_bluebook(either_page: Page) -> None:
    page = either_page
    page.goto(CABLE)
    page.locator("#p11 .no").click()
    page.locator("#p11").get_by_role("link", name="Cite").click()
    styles = page.get_by_role("navigation", name="Citation styles")
    styles.get_by_role("link", name="Bluebook").click()
    bluebook_is_shown(page)


def test_cite_in_bluebook_with_the_keyboard_alone(page: Page, tab_to: TabTo) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{CABLE}#p11")
    tab_to(page.locator("#p11 .no"))
    page.keyboard.press("Enter")
    tab_to(page.locator("#p11").get_by_role("link", name="Cite"))
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("link", name="Bluebook"))
    page.keyboard.press("Enter")
    text = bluebook_is_shown(page).inner_text()
    button = page.locator("[data-copy-of=cite-bluebook]")
    tab_to(button)
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == text


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("RIS", lambda text: zotero.ris(text)[0]["callNumber"]),
        ("BibTeX", lambda text: bibtexparser.parse_string(text).entries[0]["number"]),
        ("CSL-JSON", lambda text: json.loads(text)[0]["number"]),
    ],
)
def test_into_a_reference_manager_and_back(
    either_page: Page, label: str, read: Callable[[str], str]
) -> None:
    page = either_page
    page.goto(f"{CABLE}/cite/p11")
    shown = page.locator(f"#cite-{label.lower()}").inner_text()
    with page.expect_download() as download:
        page.get_by_role("main").locator(".acts").get_by_role(
            "link", name=label, exact=True
        ).last.click()
    file = download.value.path().read_text("utf-8")
    number = read(file)
    assert number == read(shown)
    # The number opens the cable.
    page.goto("/")
    box_of(page).fill(number)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"{CABLE}(\?|#|$)"))


def test_zotero_saves_a_page_of_results_and_a_cable(page: Page, site: str) -> None:
    def get(address: str) -> str:
        answer = page.request.get(address)
        assert answer.ok
        return answer.text()

    page.goto("/search?q=putian")
    found = zotero.unapi(zotero.Page(page.content(), page.url), get)
    assert len(found) == page.locator(".card").count() > 0
    assert {each["itemType"] for each in found} == {"letter"}
    # The ids are for programs: nothing of them is seen, reached or read aloud.
    for ident in page.locator(".unapi-id").all():
        expect(ident).to_be_hidden()
    page.goto("/cable/1974LAPAZ900035")
    there = zotero.Page(page.content(), page.url)
    for item in (*zotero.unapi(there, get), zotero.embedded_metadata(there)):
        assert [each["creatorType"] for each in item["creators"]] == ["author", "recipient"]
        assert item["callNumber"] == "1974LAPAZ900035"
        # A specimen of the program is in no archive.
        assert item["archiveLocation"] == item["callNumber"]
        assert "archive" not in item


def exported(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


@pytest.fixture
def filtered() -> str:
    return "/search?q=putian&mark=SBU&view=paragraphs"


def count_of(page: Page) -> int:
    found = re.match(r"\d+", page.get_by_role("heading", level=1).inner_text())
    assert found
    return int(found[0])


def test_export_the_filtered_set(either_page: Page, filtered: str) -> None:
    page = either_page
    page.goto(filtered)
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = exported(download.value.path())
    assert len(rows) == count_of(page) > 3


def test_export_with_the_keyboard_alone(page: Page, filtered: str, tab_to: TabTo) -> None:
    page.goto(filtered)
    tab_to(page.locator("summary", has_text="Export"))
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("link", name="CSV"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert len(exported(download.value.path())) == count_of(page)


def test_see_a_term_over_time(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    page.get_by_role("link", name="Trends").click()
    page.get_by_label("Term 1").fill("putian")
    page.get_by_role("button", name="Show").click()
    page.get_by_label("Term 2").fill("trade")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(2)
    page.locator("section").first.locator("svg a").click()
    expect(page).to_have_url(re.compile(r"/search\?q=putian&since=2007&until=2007$"))
    page.locator("svg a").first.click()
    expect(page).to_have_url(re.compile(r"since=2007-03&until=2007-03$"))
    expect(page.get_by_text("From: March 2007")).to_be_visible()


def test_see_a_term_over_time_with_the_keyboard_alone(page: Page, tab_to: TabTo) -> None:
    page.goto("/terms")
    tab_to(page.get_by_label("Term 1"))
    page.keyboard.type("putian")
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("table").get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=putian&since=2007&until=2007$"))
    tab_to(page.locator("summary", has_text="Show as table"))
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("table").get_by_role("link", name="March 2007"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"since=2007-03&until=2007-03$"))


def test_compare_a_cable_with_one_that_is_picked_by_words(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    page.get_by_role("link", name="Compare").click()
    page.get_by_label("Left").fill("07guangzhou376")
    page.get_by_role("button", name="Compare").click()
    expect(
        page.get_by_role("heading", name="Cables that it cites, or that cite it")
    ).to_be_visible()
    page.get_by_label("Right").fill("trade fair")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("link", name=re.compile("Provincial Trade Fair")).click()
    expect(page).to_have_url(re.compile(f"/compare\\?a=07GUANGZHOU376&b={CITING}$"))
    left, right = (page.locator(f"#{side}-p1").bounding_box() for side in "ab")
    assert left
    assert right
    # Side by side where there is room, else one above the other with its cable's name.
    if (page.viewport_size or {})["width"] > 480:
        assert left["x"] + left["width"] <= right["x"]
    else:
        assert left["y"] + left["height"] <= right["y"]
        expect(page.locator(".pair:not(.heads) .whose").first).to_be_visible()
    page.get_by_role("link", name="Swap sides").click()
    expect(page.get_by_label("Left")).to_have_value(CITING)


def test_compare_with_the_keyboard_alone(page: Page, tab_to: TabTo) -> None:
    page.goto("/compare")
    tab_to(page.get_by_label("Left"))
    page.keyboard.type("07GUANGZHOU376")
    page.keyboard.press("Tab")
    page.keyboard.type("trade fair")
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("link", name=re.compile("Provincial Trade Fair")))
    page.keyboard.press("Enter")
    expect(page.get_by_text("All paragraphs differ.")).to_be_visible()


def test_dates_are_typed_and_taken_back(either_page: Page) -> None:
    page = either_page
    page.goto("/search?q=the")
    before = count_of(page)
    page.get_by_label("From").fill("2007")
    page.get_by_label("Until").fill("2008-06")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"\?q=the&since=2007&until=2008-06$"))
    assert 0 < count_of(page) < before
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"\?q=the$"))


def test_exclude_a_value_with_the_keyboard_alone(page: Page, tab_to: TabTo) -> None:
    page.goto("/search")
    before = count_of(page)
    tab_to(page.get_by_role("link", name="Exclude Consulate Guangzhou", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Origin is not: Consulate Guangzhou")).to_be_visible()
    assert count_of(page) < before


def test_recover_with_the_keyboard_alone(page: Page, tab_to: TabTo) -> None:
    page.goto("/search")
    tab_to(box_of(page))
    page.keyboard.type("putian AND (injunction")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    tab_to(page.get_by_role("alert").get_by_role("link", name="putian AND injunction"))
    page.keyboard.press("Enter")
    expect(box_of(page)).to_have_value("putian AND injunction")


def test_did_you_mean(either_page: Page) -> None:
    page = either_page
    page.goto("/search?q=injuction")
    page.get_by_role("link", name=re.compile("injunction")).click()
    expect(page.locator(".card mark").first).to_be_visible()


def test_the_outline_is_open_where_there_is_room_and_folded_where_not(
    page: Page, narrow_page: Page
) -> None:
    for each, visible in ((page, True), (narrow_page, False)):
        each.goto(CABLE)
        link = each.get_by_role("navigation", name="Contents").get_by_role("link", name="Putian")
        expect(link).to_be_visible(visible=visible)
    narrow_page.locator(".outline summary").click()
    expect(narrow_page.locator(".outline a[href='#s-p11']")).to_be_visible()


def test_the_style_sheet_means_the_same_as_it_was_written(page: Page, site: str) -> None:
    page.goto("/help")
    rules = """async (address) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(await (await fetch(address)).text());
      // What a browser keeps as it was written: the blanks in the value of a variable.
      return [...sheet.cssRules].map((rule) => rule.cssText.replaceAll(", ", ","));
    }"""
    served = page.evaluate(rules, page.locator("link[rel=stylesheet]").get_attribute("href"))
    written = page.evaluate(rules, "/static/style.css")
    assert len(written) > 100
    assert served == written


def test_on_paper_the_text_has_the_page_and_nothing_to_click(browser: Watched, site: str) -> None:
    page = browser.new_context(base_url=site).new_page()
    page.goto(f"{CABLE}?q=putian#p12")
    page.emulate_media(media="print")
    for gone in ("header.bar", ".outline", ".hits", "#p12 .acts", "#p12 > .step", "footer"):
        expect(page.locator(gone)).to_be_hidden()
    text, sheet = page.locator("#text").bounding_box(), page.locator("main").bounding_box()
    assert text
    assert sheet
    assert text["width"] > 0.9 * sheet["width"]
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
