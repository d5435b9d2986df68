"""What the box suggests, and what the question is with a suggestion taken up."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def suggested(client: FlaskClient, q: str) -> list[dict[str, str]]:
    answer = client.get("/suggest", query_string={"q": q}).json
    assert answer is not None
    found: list[dict[str, str]] = answer["suggestions"]
    return found


@pytest.mark.parametrize(
    ("typed", "text", "question"),
    [
        ("sand", "sandals", "sandals"),
        ("the sand", "sandals", "the sandals"),
        ("section:sand", "sandals", "section:sandals"),
        ('"more sand', "sandals", '"more sandals'),
        ("la p", "La Paz", 'origin:"La Paz"'),
        ("week guangz", "Guangzhou", "week origin:Guangzhou"),
        ("week tag:ki", "KIPR", "week tag:KIPR"),
    ],
)
def test_a_suggestion_takes_the_place_of_what_it_goes_on_from(
    client: FlaskClient, typed: str, text: str, question: str
) -> None:
    (found,) = [one for one in suggested(client, typed) if one["text"] == text]
    assert found["q"] == question


def test_tags_and_posts_are_explained_and_cables_lead_to_their_page(client: FlaskClient) -> None:
    (tag,) = [one for one in suggested(client, "kip") if one["kind"] == "TAGS"]
    assert tag["meaning"] == "Intellectual Property Rights"
    cable = suggested(client, "07guang")[-1]
    assert cable["url"] == "/cable/07GUANGZHOU902"
    assert cable["meaning"] == "Sandals, continued"


def test_a_collection_goes_along_to_a_suggested_cable(client: FlaskClient) -> None:
    answer = client.get("/suggest?q=07guang&c=08LAPAZ666&mark=U").json
    assert answer is not None
    assert answer["suggestions"][-1]["url"] == "/cable/07GUANGZHOU902?c=08LAPAZ666"


def test_nothing_typed_has_no_suggestion(client: FlaskClient) -> None:
    assert suggested(client, "") == []
    assert suggested(client, "  -- ") == []
