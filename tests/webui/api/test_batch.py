"""Lists by the API: the counts are those of a search for each line, and what is wrong is told."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

V1 = "/api/v1"


def asked(client: FlaskClient, text: str, **parameters: object) -> Any:
    answer = client.post(
        f"{V1}/batch", query_string=parameters, data=text.encode(), content_type="text/csv"
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json


def test_rows_have_the_counts_of_a_search(client: FlaskClient) -> None:
    text = "query,label,tag,since\nlanterns,a,,\nlanterns,b,X1,2003\nburn,c,,\nnosuch,d,,\n--,e,,\n"
    found = asked(client, text)
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
    first = asked(client, text)
    assert (len(first["rows"]), first["following"]) == (50, 50)
    rest = asked(client, text, **{"from": first["following"]})
    assert ([row["line"] for row in rest["rows"]], rest["following"]) == ([*range(51, 61)], None)


@pytest.mark.parametrize(
    ("parameters", "sent", "kind", "status", "said"),
    [
        ("", b"x", "application/json", 415, "text/plain, text/csv"),
        ("?as=sound", b"x", "text/plain", 400, "one of words, exact, names, one-letter, two-letters."),
        ("?from=x", b"x", "text/plain", 400, "The parameter from must be a number from 0 to 1000."),
        ("?letters=1", b"x", "text/plain", 400, "There is no parameter 'letters' here"),
        ("", b"x\n" * 1_001, "text/plain", 413, "This list has 1,001 lines"),
        ("", b"x" * 2_400_001, "text/plain", 413, "longer than 200,000 characters"),
        ("", b"PK\x03\x04", "text/csv", 400, "save the spreadsheet"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(
    client: FlaskClient, parameters: str, sent: bytes, kind: str, status: int, said: str
) -> None:
    answer = client.post(f"{V1}/batch{parameters}", data=sent, content_type=kind)
    assert answer.status_code == status
    assert said in answer.json["detail"]


def test_an_empty_list_has_no_rows(client: FlaskClient) -> None:
    assert asked(client, "\n \n") == {"lines": 0, "notes": [], "following": None, "rows": []}
