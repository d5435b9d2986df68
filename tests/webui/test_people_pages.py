"""The pages of people and bodies: every number on them leads to what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from indexes import index_of

from corpus.model import Cable, NamedPerson, Paragraph, Part, Post
from search.people.reading import Mention, Names, read_names
from webui import create_app

OSLO = Post("OSLO", "Oslo", "Norway", "Europe")
# What a page of results says it found.
FOUND = re.compile(r"([\d,]+) paragraphs?")


def cable(number: int, year: int, *texts: str, **more: object) -> Cable:
    return Cable(
        f"{year % 100:02}OSLO{number}",
        datetime(year, 3, 1, tzinfo=UTC),
        origin=OSLO,
        subject="Herring",
        paragraphs=tuple(
            Paragraph(f"p{at}", at, None, None, Part.BODY, text) for at, text in enumerate(texts, 1)
        ),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    listed = NamedPerson("Mora, Anna L.", "p_MAL_1", "Consul in Oslo until 2008", ("Anna L. Mora",))
    cables = (
        cable(
            1,
            2007,
            "Consul Anna L. Mora left.",
            "Anna Mora of the IMF met Tom Weiss.",
            "The World Bank was asked.",
        ),
        cable(2, 2008, "MINISTER ANNA MORA CAME BACK TODAY WITH THE OTHERS.", signed_by=("WEISS",)),
        cable(3, 2008, "He saw Anna L. Mora.", people=(listed,)),
        cable(4, 2008, 'Mr. Tom "Tiny" Weiss & Mrs. <b>Olga Weiss</b> spoke.'),
    )
    with closing(index_of(tmp_path_factory.mktemp("people"), cables)) as searcher:
        yield create_app(searcher).test_client()


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize(
    "address",
    ["/people", "/organizations", "/people/anna-l-mora", "/people/tom-weiss", "/organizations/IMF"],
)
def test_every_number_is_a_link_to_what_it_counts(client: FlaskClient, address: str) -> None:
    page = soup(client, address)
    numbers = page.select("a.num")
    assert numbers
    assert not page.select("span.num")
    for link in numbers:
        number = str(link.find(string=True, recursive=False)).strip()
        if number == "headers":
            continue
        found = soup(client, unescape(str(link["href"]))).select_one("h1")
        assert found is not None
        said = FOUND.search(found.text)
        assert said is not None, link
        assert said[1] == number, link


def test_a_person_page_says_what_is_known(client: FlaskClient) -> None:
    text = soup(client, "/people/anna-l-mora").get_text(" ", strip=True)
    for said in (
        "Anna Mora",
        "same surname",
        "Consul in Oslo until 2008",
        "Minister",
        "IMF",
        "2007",
    ):
        assert said in text
    assert "tagged by the editors" in text


@pytest.mark.parametrize("form", ["Anna%20Mora", "anna%20l.%20mora", "Mora"])
def test_any_form_leads_to_the_page(client: FlaskClient, form: str) -> None:
    answer = client.get(f"/people/{form}?c=07OSLO1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/people/anna-l-mora?c=07OSLO1"


def test_the_box_offers_the_person(client: FlaskClient) -> None:
    for question in ("mora", "anna+mora", "%22Anna+L.+Mora%22"):
        links = soup(client, f"/search?q={question}").select("p.goto a")
        assert [str(link["href"]) for link in links] == ["/people/anna-l-mora"]
    assert not soup(client, "/search?q=herring").select("p.goto")
    assert not soup(client, "/search?q=person:mora").select("p.goto")


def test_who_is_not_here_is_told(client: FlaskClient) -> None:
    # A surname alone that could be Olga's or Tom's is an entry of its own.
    assert "header" in soup(client, "/people/weiss").text
    assert client.get("/people/nobody").status_code == 404
    assert "<h1>This person is not here</h1>" in client.get("/people/nobody").text
    assert "<h1>This organization is not here</h1>" in client.get("/organizations/None").text
    # The address as somebody types it, without the initial.
    assert client.get("/people/anna-mora").location.endswith("/people/anna-l-mora")
    assert client.get("/organizations/nothing").status_code == 404


def test_a_body_is_found_in_any_case(client: FlaskClient) -> None:
    assert client.get("/organizations/imf").headers["Location"] == "/organizations/IMF"


def test_a_list_is_narrowed(client: FlaskClient) -> None:
    names = [
        link.text for link in soup(client, "/people?find=MOR").select("ul.counted li > span a")
    ]
    assert names == ["Anna L. Mora"]
    assert "No matching name" in soup(client, "/people?find=kangaroo").text


@pytest.mark.parametrize("address", ["/people", "/organizations"])
def test_a_page_beyond_the_last_leads_back(
    client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("webui.views.people.SIZE", "webui.pages.people.SIZE"):
        monkeypatch.setattr(module, 1)
    first = soup(client, address)
    said = first.select(".values > p")[1].get_text()
    count = int(said.split()[0])
    assert count > 1
    last = soup(client, f"{address}?page={count}")
    assert last.select(".values > p")[1].get_text() == said
    assert last.select(".counted li")
    beyond = soup(client, f"{address}?page={count + 1}")
    assert not beyond.select(".counted li")
    (back,) = beyond.select(".notice a")
    assert soup(client, str(back["href"])).select(".counted li") == last.select(".counted li")


def test_the_api_has_the_same(client: FlaskClient) -> None:
    listed = client.get("/api/v1/people?find=mora").get_json()
    assert listed["total"] == 1
    (one,) = listed["people"]
    assert (one["key"], one["paragraphs"]) == ("anna-l-mora", 4)
    assert client.get("/api/v1/people/mora").get_json() == one
    assert client.get("/api/v1/people/nobody").status_code == 404
    assert client.get("/api/v1/people?start=1&find=mora").get_json()["people"] == []


def test_a_folder_is_needed_for_nothing(tmp_path: Path) -> None:
    with closing(index_of(tmp_path / "one", (cable(1, 2007, "No name."),))) as searcher:
        client = create_app(searcher).test_client()
        assert "0 people" in client.get("/people").text
        assert "0 organizations" in client.get("/organizations").text


def test_a_person_page_has_the_ids_of_volumes(client: FlaskClient) -> None:
    page = soup(client, "/people/anna-l-mora")
    (heading,) = (each for each in page.select("h2") if each.text == "In lists of persons")
    (entry,) = heading.find_next_siblings("ul")[0].select("li")
    assert "Mora, Anna L. #p_MAL_1" in entry.get_text(" ", strip=True)
    (link,) = entry.select("a")
    assert link["href"] == "/cable/08OSLO3"
    assert "In lists of persons" not in soup(client, "/people/tom-weiss").text


def test_what_only_another_reader_found_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(
        texts: Sequence[str],
        tagged: Mapping[str, str] | None = None,
        heard: Iterable[str] = (),
        year: int | None = None,
    ) -> list[Names]:
        found = read_names(texts, tagged, heard, year)
        for text, names in zip(texts, found, strict=True):
            if (at := text.find("Tolland")) >= 0:
                names.people.append(Mention(at, at + 7, "Tolland", "", "model"))
        return found

    monkeypatch.setattr("search.people.naming.recognizer", lambda: read)
    cables = (cable(1, 2007, "Tolland came too."), cable(2, 2007, "Consul Anna Mora left."))
    with closing(index_of(tmp_path, cables)) as searcher:
        client = create_app(searcher, folder=tmp_path).test_client()
        monkeypatch.setattr(
            "search.sources.manifest.Manifest.names_read_by",
            lambda _self: ("a statistical model (en_cables 1.2)",),
        )
        told = "found by a statistical model (en_cables 1.2)"
        assert told in soup(client, "/people/tolland").get_text(" ", strip=True)
        assert told not in soup(client, "/people/anna-mora").get_text(" ", strip=True)
