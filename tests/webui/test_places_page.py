"""The page of the places of a search: maps, tables, years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from html import unescape

import pytest
from flask.testing import FlaskClient
from indexes import index_of

from corpus.model import Cable, Paragraph, Part, Post
from webui import create_app

LIMA = Post("LIMA", "Lima", "Peru", "Western Hemisphere")
SECTO = Post("SECTO", "Secretary's party (SECTO)")


def _cable(name: str, year: int, origin: Post | None, *texts: str) -> Cable:
    return Cable(
        name,
        date=datetime(year, 3, 1, 12, tzinfo=UTC),
        origin=origin,
        subject="Quinoa",
        paragraphs=tuple(
            Paragraph(f"p{at}", at, "U", None, Part.BODY, f"About quinoa: {text}")
            for at, text in enumerate(texts, 1)
        ),
    )


CABLES = (
    _cable("07LIMA1", 2007, LIMA, "growers in Lima and Peru", "Bolivian growers", "no place"),
    _cable("08LIMA2", 2008, LIMA, "BURMESE GROWERS IN RANGOON", "growers in Arequipa"),
    _cable("08SECTO3", 2008, SECTO, "growers in Bolivia, Peru and Chile"),
    _cable("08NOWHERE4", 2008, None, "Quinoa in <b>Quito</b>"),
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with closing(index_of(tmp_path_factory.mktemp("places"), CABLES)) as searcher:
        yield create_app(searcher).test_client()


def _page(here: FlaskClient, asked: str) -> str:
    answer = here.get(asked)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def _rows(page: str, side: str) -> dict[str, int]:
    section = page.partition(f'<h2 id="{side}">')[2].partition("</tbody>")[0]
    rows = re.findall(r'<tr><th scope="row"><bdi>([^<]*)</bdi>.*?nofollow">([0-9,]+)<', section)
    return {unescape(name): int(count) for name, count in rows}


def test_from_where_and_about_where(here: FlaskClient) -> None:
    page = _page(here, "/places?q=quinoa")
    assert _rows(page, "from") == {"Lima": 5, "Secretary's party (SECTO)": 1}
    assert _rows(page, "about") == {
        "Bolivia": 2,
        "Peru": 2,
        "Arequipa, Peru": 1,
        "Burma": 1,
        "Chile": 1,
        "Lima, Peru": 1,
        "Quito, Ecuador": 1,
        "Yangon, Burma": 1,
    }
    assert page.count("not on the map") == 1


def test_every_number_is_a_link_to_what_it_counts(here: FlaskClient) -> None:
    page = _page(here, "/places?q=quinoa")
    numbers = re.findall(r'<a href="(/search[^"]*)"[^>]*>([0-9,]+)', page)
    # A row for each post and place, the sum, and the years.
    assert len(numbers) > 15
    for url, number in numbers:
        found = here.get(f"/api/v1{unescape(url)}").get_json()["total"]["paragraphs"]
        assert found == int(number), url


def test_circles_are_links_with_names(here: FlaskClient) -> None:
    page = _page(here, "/places?q=quinoa")
    circles = re.findall(
        r'<a href="([^"]*)"[^>]*aria-label="([^"]*)"><title>([^<]*)</title><circle', page
    )
    assert len(circles) == 1 + 8
    assert ("Bolivia: 2 paragraphs", "Bolivia: 2 paragraphs") in {each[1:] for each in circles}
    # Areas are in proportion: the largest is that of the most.
    radii = [float(each) for each in re.findall(r'<circle [^>]*r="([0-9.]+)"', page)]
    assert radii[1] == radii[2] == max(radii[1:])


def test_a_filter_of_a_side_narrows_the_other_one(here: FlaskClient) -> None:
    page = _page(here, "/places?q=quinoa&origin=Lima")
    assert "Chile" not in _rows(page, "about")
    assert "Secretary's party (SECTO)" in _rows(page, "from")


def test_over_time(here: FlaskClient) -> None:
    page = _page(here, "/places?q=growers&place=Bolivia")
    years = page.partition('aria-label="About where: by year"')[2].partition("</table>")[0]
    assert re.findall(r'<th scope="row">([0-9]{4})', years) == ["2007", "2008"]


def test_nothing_found_is_no_map(here: FlaskClient) -> None:
    page = _page(here, "/places?q=asparagus")
    assert "<image" not in page
    assert "0 matching paragraphs" in page


def test_it_is_linked_from_a_search(here: FlaskClient) -> None:
    assert 'href="/places?q=quinoa"' in _page(here, "/search?q=quinoa")


def test_a_place_is_found_under_its_other_names(here: FlaskClient) -> None:
    for asked in ("place=Myanmar", "q=place:burma", "q=place:rangoon", "place=yangon,%20burma"):
        found = here.get(f"/api/v1/search?{asked}").get_json()["total"]["paragraphs"]
        assert found == 1, asked


def test_the_api_says_where_they_are(here: FlaskClient) -> None:
    read = here.get("/api/v1/places?q=quinoa&limit=1").get_json()
    (lima,) = read["from"]["places"]
    assert (lima["name"], lima["country"], lima["paragraphs"]) == ("Lima", "Peru", 5)
    assert (round(lima["latitude"]), round(lima["longitude"])) == (-12, -77)
    assert lima["years"] == {"2007": 3, "2008": 2}
    assert (read["from"]["more"], read["about"]["more"]) == (1, 7)


def test_the_outline_of_the_land_is_served(here: FlaskClient) -> None:
    with here.get("/static/land.svg") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "image/svg+xml"
