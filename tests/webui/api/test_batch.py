"""Lists by the API: the counts are those of a search for each line, and what is wrong is told."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

V1 = "/api/v1"


def asked(client: FlaskClient, **body: object) -> Any:
    answer = client.post(f"{V1}/batch", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_rows_have_the_counts_of_a_search(client: FlaskClient) -> None:
    text = "query,label,tag,since\nlanterns,a,,\nlanterns,b,X1,2003\nburn,c,,\nnosuch,d,,\n--,e,,\n"
    found = asked(client, list=text)
    assert found["lines"] == 5
    assert found["notes"] == [
        "Line 1 was read as the heading of a table: query, label, tag, since."
    ]
    assert found["following"] is None
    for row, tag in zip(found["rows"][:4], ("", "X1", "", ""), strict=True):
        more = {"tag": tag} if tag else {}
        search = client.get(
            f"{V1}/search", query_string={"q": row["query"], "size": 1, **more}
        ).json
        total = search["total"]
        assert (row["paragraphs"], row["cables"], row["others"]) == (
            total["paragraphs"], total["cables"], total["others"],
        )  # fmt: skip
    best = found["rows"][0]["best"]
    assert best["url"].startswith("http://localhost/cable/")
    assert "<mark>lanterns</mark>" in best["snippet"].lower()
    assert found["rows"][0]["first"] == "2001-02-03"
    wrong = found["rows"][4]
    assert (wrong["paragraphs"], wrong["problem"]) == (
        None, "There is no letter and no digit to look for.",
    )  # fmt: skip


def test_pages_follow_each_other(client: FlaskClient) -> None:
    text = "\n".join(["lanterns"] * 60)
    first = asked(client, list=text)
    assert (len(first["rows"]), first["following"]) == (50, 50)
    rest = asked(client, list=text, **{"from": first["following"]})
    assert ([row["line"] for row in rest["rows"]], rest["following"]) == ([*range(51, 61)], None)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "The member list is missing."),
        ({"list": 3}, "The member list must be a text."),
        ({"list": "x", "from": "3"}, "The member from must be a whole number."),
        ({"list": "x", "as": "sound"}, "must be one of words, exact, names, one-letter, two-letters."),
        ({"list": "x", "letters": 1}, "There is no member 'letters' here; there are list, as, from."),
        ({"list": "x\n" * 1_001}, "This list has 1,001 lines"),
        ([], "What is sent has to be a JSON object."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(client: FlaskClient, body: object, said: str) -> None:
    answer = client.post(f"{V1}/batch", json=body)
    assert answer.status_code == 400
    assert said in answer.json["detail"]


def test_what_is_no_json_is_told(client: FlaskClient) -> None:
    answer = client.post(f"{V1}/batch", data="lanterns")
    assert (answer.status_code, answer.json["detail"]) == (400, "What was sent is no JSON.")


def test_letters_that_no_text_has_are_no_fault_of_ours(client: FlaskClient) -> None:
    answer = client.post(
        f"{V1}/batch", data=b'{"list": "\\ud800 lanterns"}', content_type="application/json"
    )
    assert answer.status_code == 200
