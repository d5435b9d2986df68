"""What pages, files and the API say of a line that was read in a way of its own, and of one that was cut."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

LIST = " ".join(f"name{number}" for number in range(70))


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_other_reading_is_one_click_away(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "LANTERNS ARE NOT COPIED"}).text
    assert "NOT was read as a word, as this line is in capitals." in text_of(page)
    assert "Or search for LANTERNS AND ARE AND NOT COPIED" in text_of(page)
    (link,) = re.findall(r'Or search for <a href="([^"]+)"', page)
    other = client.get(unescape(link)).text
    # The same words again, as operators: nothing is left to be chosen.
    assert "was read as a word" not in other


def test_a_reference_without_a_year_offers_its_cable_among_other_words(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "REF: A) GUANGZHOU 000901 (NOTAL)"}).text
    assert "Open 07GUANGZHOU901" in text_of(page)


@pytest.mark.parametrize("name", ["csv", "jsonl", "ris", "bib", "atom", "txt"])
def test_a_file_of_a_question_that_is_cut_is_refused_and_says_why(
    client: FlaskClient, name: str
) -> None:
    answer = client.get(f"/search.{name}", query_string={"q": LIST})
    assert answer.status_code == 400
    assert "Only the first 64 terms were searched." in text_of(answer.text)
    assert "/batch" in answer.text


def test_a_page_of_a_question_that_is_cut_says_so(client: FlaskClient) -> None:
    page = text_of(client.get("/search", query_string={"q": LIST}).text)
    assert "Only the first 64 terms were searched. For a list of names use the page /batch" in page
    assert "52 more words, not counted" in page
    long = client.get("/search", query_string={"q": "name " * 500})
    assert long.status_code == 400
    assert "longer than 2,000 characters. For a list of names" in text_of(long.text)
    assert 'maxlength="2000"' not in client.get("/").text


def test_the_api_says_that_an_answer_is_incomplete(client: FlaskClient) -> None:
    for address in ("/search?q=", "/facets/tag?q=", "/terms?t="):
        answer = client.get(f"/api/v1{address}{LIST.replace(' ', '+')}")
        assert answer.headers["Cablegram-Incomplete"] == "1"
        told = answer.json.get("notes", []) + [
            each["message"] for each in answer.json.get("problems", [])
        ]
        assert any("Only the first 64 terms were searched." in each for each in told)
        whole = client.get(f"/api/v1{address}lanterns")
        assert "Cablegram-Incomplete" not in whole.headers
    assert client.get("/api/v1/search?q=lanterns").json["incomplete"] is False


def test_a_collection_with_a_cable_that_is_gone_gives_no_file_that_lacks_it(
    client: FlaskClient,
) -> None:
    answer = client.get("/collection.csv?c=07GUANGZHOU901&c=07NOPE1%23p2")
    assert answer.status_code == 400
    assert "Not in the index: 07NOPE1#p2." in text_of(answer.text)
    assert client.get("/collection.csv?c=07GUANGZHOU901").status_code == 200
