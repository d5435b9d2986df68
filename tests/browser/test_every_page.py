"""What holds for every page: axe finds nothing, nothing is wider than the screen, no other host is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_findings import COLOUR_RULES, RULES, findings
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Request

if TYPE_CHECKING:
    from conftest import Watched

CABLE = "/cable/07GUANGZHOU376"
# Each kind of page, small where it can be: what axe does grows with the elements, and another post's rows are the same.
PAGES = {
    "home": "/",
    "results": "/search?q=putian+shoes",
    "single-paragraphs": "/search?q=consul&view=paragraphs&sort=newest",
    "filtered": "/search?q=putian&part=body&-mark=U&-classification=SECRET",
    "browse": "/search?page=3",
    "named": "/search?q=see+07GUANGZHOU376",
    "number": "/search?q=07GUANGZHOU376",
    "trouble": "/search?q=putian+AND+(shoes",
    "nothing": "/search?q=putian+kangaroo&origin=Guangzhou",
    "wrong-date": "/search?q=trade&since=soon&until=3/4/2007",
    "nothing-wrong": "/search?q=kangaroo&since=soon&until=2004&-mark=U",
    "several-words": "/search?q=putien+OR+minister+china&c=07GUANGZHOU376",
    "values": "/values/tag?q=the",
    "levels": "/values/mark?find=s",
    "cable": f"{CABLE}?q=putian",
    "paragraph": f"{CABLE}?q=putian#p12",
    "hit": f"{CABLE}?q=putian#h2",
    "place": f"{CABLE}/p/12?q=putian",
    "heading": f"{CABLE}/p/s-p11",
    "received": f"{CABLE}/received",
    "cite": f"{CABLE}/cite/p11",
    "narrowed": "/search?q=trade&since=2007&until=2007&c=07GUANGZHOU376",
    "terms": "/terms?t=china&t=trade",
    "network": "/network?q=consul",
    "network-of-one": "/network?q=id%3A07GUANGZHOU376+OR+cites%3A07GUANGZHOU376&c=07GUANGZHOU376",
    "places": "/places",
    "places-filtered": "/places?q=china&place=China&since=2006",
    "alert": "/alert?q=putian+shoes&since=2006&same=cable&-tag=KIPR",
    "collection": "/collection?c=07GUANGZHOU376%23p11&c=07GUANGZHOU900002&c=none",
    "noted": "/collection?of=99&c=07GUANGZHOU376%23p11%7CAsk%0A%22%C3%A9%22+%26+%F0%9F%98%80&c=07GUANGZHOU900002",
    "compare": "/compare?a=07GUANGZHOU376&b=07GUANGZHOU900002",
    "compare-picks": "/compare?a=07GUANGZHOU376&b=trade&c=07GUANGZHOU900002",
    "compare-beside": "/compare?a=07GUANGZHOU376",
    "check": "/check",
    "batch": "/batch",
    "api": "/api",
    "similar": f"{CABLE}/similar",
    "also": f"{CABLE}/also/p11",
    "all-versions": "/search?q=putian&versions=all",
    "people": "/people",
    "people-found": "/people?find=o&c=07GUANGZHOU376",
    "nobody": "/people?find=kangaroo",
    "person": "/people/david-buxbaum",
    "signatory": "/people/rosalind-tremaine",
    "nobody-here": "/people/nobody",
    "organizations": "/organizations",
    "organization": "/organizations/World%20Bank",
    "status": "/status",
    "help": "/help",
    "missing-record": "/missing?post=Guangzhou",
    "numberings": "/missing/numbers?post=Guangzhou",
    "numbering": "/missing/numbers/2007GUANGZHOU",
    "span-of-numbers": "/missing/numbers/2007GUANGZHOU?first=370&last=380",
    "name-taken-out": "/cable/10MANAGUA900024#p4",
    "missing": "/cable/07GUANGZHOU1",
    "no-such-paragraph": f"{CABLE}/p/99?c=07GUANGZHOU376",
}
# What opens over a page: it is looked at by itself. What lies under it, another menu too, is too small to be hit.
OVER = "details.menu, .choices"


# Every page in a telephone's width, a tablet's and a desk's; those of a search in another telephone's besides.
WIDTHS = (320, 768, 1440)
SCREENS = (320, 360, 768, 1440, 1920)
SEARCHES = (
    "results",
    "filtered",
    "trouble",
    "nothing",
    "nothing-wrong",
    "wrong-date",
    "values",
    "levels",
    "browse",
)
# What the other pages are made of: here every colour is looked at in both schemes at each width. The others are looked
# at once in each scheme, light on a telephone and dark at a desk: contrasts are two thirds of what axe does.
KINDS = ("home", "filtered", "cable", "person", "network", "numbering", "compare", "noted")


# As it was loaded, what was opened is closed again. How wide it is then.
CLOSED = """() => {
    window.folded ??= [...document.querySelectorAll('details:not([open])')];
    folded.forEach(one => one.open = false);
    document.querySelector('.no[aria-expanded=true]')?.click();
    return document.documentElement.scrollWidth;
}"""
# Whatever is folded away is part of the page, too.
UNFOLDED = "folded.forEach(one => one.open = !one.matches('.menu'))"
OPENED = """() => {
    document.querySelectorAll('details.menu').forEach(one => one.open = true);
    document.querySelector('.no[title]')?.click();
}"""


@pytest.mark.parametrize("name", PAGES)
def test_each_page_alone_fits_every_screen_and_axe_finds_nothing(
    browser: Watched, site: str, name: str
) -> None:
    widths = (*WIDTHS, 360) if name in SEARCHES else WIDTHS
    # Past the policy: axe's own script gets in, and another host would be asked.
    page = browser.page(site, 320, bypass_csp=True)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(PAGES[name])
    page.evaluate(Axe().axe_script)
    too_wide: dict[int, int] = {}
    found: dict[str, list[str]] = {}
    for width in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        across = page.evaluate(CLOSED)
        if across > width:
            too_wide[width] = across
        if width not in widths:
            continue
        page.emulate_media(color_scheme="light")
        page.evaluate(UNFOLDED)
        in_light = name in KINDS or width == min(WIDTHS)
        found[f"{width}, light"] = findings(page, RULES, but=() if in_light else COLOUR_RULES)
        page.evaluate(OPENED)
        over = findings(page, RULES, OVER)
        found[f"{width}, what is over it"] = [
            one for one in over if not one.startswith("target-size")
        ]
        if name in KINDS or width == max(WIDTHS):
            page.emulate_media(color_scheme="dark")
            found[f"{width}, dark"] = findings(page, COLOUR_RULES)
    page.remove_listener("request", note)
    assert {where: each for where, each in found.items() if each} == {}
    assert too_wide == {}
    # The page, and what belongs to it.
    assert len(asked) > 1
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}
    assert page.context.cookies() == []
