"""Text that runs from right to left, inside a page that runs from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from servers import serving_cable

from corpus.model import Cable, Paragraph, Part

ARABIC = "وصل السفير إلى صنعاء يوم الأحد."
HEBREW = "נפתח בתל אביב"
CABLE = Cable(
    id="07SANAA901",
    date=datetime(2007, 3, 23, tzinfo=UTC),
    subject=HEBREW,
    paragraphs=(
        Paragraph("p1", 1, "U", None, Part.BODY, ARABIC),
        Paragraph("p2", 2, "U", ARABIC, Part.BODY, "The ambassador arrived on Sunday."),
    ),
)


@pytest.fixture(scope="module")
def eastern_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_cable(tmp_path_factory.mktemp("eastern"), CABLE) as server:
        yield server.address


def test_each_text_has_its_own_direction(page: Page, eastern_site: str) -> None:
    page.goto(f"{eastern_site}/cable/07SANAA901")
    expect(page.locator("#p1 p[dir=auto]")).to_have_css("direction", "rtl")
    expect(page.locator("#p2 p[dir=auto]")).to_have_css("direction", "ltr")
    expect(page.locator("h1 bdi")).to_have_css("direction", "rtl")
    expect(page.locator(".text h2")).to_have_css("direction", "rtl")
    # What the page says of a paragraph stays on its side.
    expect(page.locator("#p1 .no")).to_have_css("direction", "ltr")
    expect(page.locator("html")).to_have_css("direction", "ltr")


def test_results_and_a_question_from_right_to_left(page: Page, eastern_site: str) -> None:
    page.goto(f"{eastern_site}/search?q=صنعاء")
    expect(page.get_by_label("Search the cables")).to_have_css("direction", "rtl")
    expect(page.locator('.pass[href$="#p1"] .said')).to_have_css("direction", "rtl")
    expect(page.locator("mark").first).to_have_text("صنعاء")
    expect(page.locator(".where").first).to_have_css("direction", "ltr")
