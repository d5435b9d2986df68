"""The page for a list of names: the form, a page of answers, what is refused, and the files."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from flask.testing import FlaskClient

from search.batch.lines import read_lines
from search.engines.protocols import Searcher
from webui.asking.lists import MOST_ALIKE, MOST_CHARACTERS, MOST_LINES, SECONDS, meaning, rows


def sent(client: FlaskClient, text: str, path: str = "/batch", **more: object) -> str:
    return client.post(path, data={"list": text, **more}).text


def cells(html: str) -> list[list[str]]:
    """The text of each cell, row by row."""
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
        for row in body.split("</tr>")[:-1]
    ]


def test_each_line_has_a_row_with_what_the_search_finds(client: FlaskClient) -> None:
    html = sent(client, "sandals\n\nnosuchword\n--\ntag:KIPR harbour\n")
    first, absent, wrong, query = cells(html)
    assert first[:2] == ["1", "sandals"]
    paragraphs = re.search(r"([0-9,]+) paragraphs?", client.get("/search?q=sandals").text)
    assert paragraphs
    assert first[2] == paragraphs[1]
    assert first[4] <= first[5]
    assert absent[:4] == ["3", "nosuchword", "0", "0"]
    assert wrong == ["4", "--", "Not searched: There is no letter and no digit to look for."]
    assert query[0] == "5"
    assert 'href="/search?q=sandals"' in html
    assert "<mark" in html
    assert "4 lines" in html
    # The list stays on the page.
    assert "sandals\n\nnosuchword" in html.replace("\r\n", "\n")


def test_nothing_is_kept_by_caches_and_the_form_alone_asks_nothing(client: FlaskClient) -> None:
    assert client.post("/batch", data={"list": "sandals"}).headers["Cache-Control"] == "no-store"
    html = client.get("/batch").text
    assert "<tbody>" not in html
    assert f"Up to {MOST_LINES:,} lines" in html


def test_a_long_list_is_answered_page_by_page(client: FlaskClient) -> None:
    text = "\n".join(f"sandals {number}" for number in range(120))
    html = sent(client, text)
    assert [row[0] for row in cells(html)] == [str(number) for number in range(1, 51)]
    assert "120 lines, 1 to 50 shown" in html
    assert 'name="from" value="50">Next: 51 to 100<' in html
    last = sent(client, text, **{"from": "100"})
    assert [row[0] for row in cells(last)] == [str(number) for number in range(101, 121)]
    assert 'name="from"' not in last
    assert len(cells(sent(client, text, **{"from": "999999"}))) == 50


@pytest.mark.parametrize(
    ("text", "how", "status", "said"),
    [
        ("x\n" * (MOST_LINES + 1), "words", 413, "1,001 lines, and a page takes 1,000: nothing was searched"),
        ("x\n" * (MOST_ALIKE + 1), "one-letter", 413, "101 lines, and a page takes 100 where letters may be off"),
        ("x" * (MOST_CHARACTERS + 1), "words", 413, "longer than 200,000 characters"),
        (" \n\n", "words", 400, "This list is empty"),
        ("name,name\na,b", "words", 400, "has the column name twice"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_told_before_anything_is_searched(
    client: FlaskClient, text: str, how: str, status: int, said: str
) -> None:
    answer = client.post("/batch", data={"list": text, "as": how})
    assert answer.status_code == status
    assert said in answer.text
    assert "<tbody>" not in answer.text
    assert "list" in answer.text


def test_a_request_of_any_length_is_refused_unread(client: FlaskClient) -> None:
    answer = client.post("/batch", data={"list": "x" * (13 * MOST_CHARACTERS)})
    assert answer.status_code == 413
    assert "nothing was searched" in answer.text


def test_a_file_may_be_sent_instead(client: FlaskClient) -> None:
    table = "name;label\n\u201csandals\u201d;s\u00f8\n".encode("cp1252")
    data = {"list": "", "as": "exact", "file": (io.BytesIO(table), "names.csv")}
    html = client.post("/batch", data=data).text
    (row,) = cells(html)
    assert row[0] == "2"
    assert "sø" in row[1]
    assert "read as Windows-1252" in html
    assert "Line 1 was read as the heading of a table: name, label." in html
    spreadsheet = (io.BytesIO(b"PK\x03\x04\0"), "names.xlsx")
    answer = client.post("/batch", data={"file": spreadsheet})
    assert answer.status_code == 400
    assert "save the spreadsheet or document as CSV" in answer.text


def test_rows_and_hits_as_files(client: FlaskClient) -> None:
    text = "sandals\n--\nnosuchword"
    table = client.post("/batch.csv", data={"list": text})
    assert table.headers["Content-Disposition"] == 'attachment; filename="batch.csv"'
    read = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert [row["line"] for row in read] == ["1", "2", "3"]
    assert read[1]["paragraphs"] == ""
    assert read[0]["link"] == "http://localhost/search?q=sandals"
    lines = client.post("/batch.jsonl", data={"list": text}).text.splitlines()
    assert [json.loads(line)["paragraphs"] for line in lines] == [
        int(read[0]["paragraphs"]),
        None,
        0,
    ]
    every = client.post("/batch-hits.csv", data={"list": text}).text.removeprefix("\ufeff")
    found = list(csv.DictReader(io.StringIO(every)))
    exported = client.get("/search.csv?q=sandals&view=paragraphs").text.removeprefix("\ufeff")
    same = list(csv.DictReader(io.StringIO(exported)))
    *hits, untold = found
    assert [{name: row[name] for name in same[0]} for row in hits] == same
    assert {(row["line"], row["query"]) for row in hits} == {("1", "sandals")}
    assert (untold["line"], untold["cable"]) == ("2", "")
    assert untold["text"].startswith("Not written: There is no letter")
    assert client.post("/batch.xml", data={"list": text}).status_code == 404
    assert client.post("/batch-hits.html", data={"list": text}).status_code == 404
    assert client.post("/batch.csv", data={"list": "x\n" * (MOST_LINES + 1)}).status_code == 413


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    html = sent(client, "<script>alert(1)</script>\n</textarea><b>x")
    assert "<script>alert" not in html
    assert "</textarea><b>" not in html
    assert "<script>alert" not in sent(client, "<script>alert(1)</script>", "/batch.html")


def test_the_collection_goes_along(client: FlaskClient) -> None:
    html = client.post("/batch?c=07GUANGZHOU901", data={"list": "sandals"}).text
    assert 'action="/batch?c=07GUANGZHOU901"' in html
    assert "q=sandals&amp;c=07GUANGZHOU901" in html


def test_what_is_not_answered_in_time_says_so(searcher: Searcher) -> None:
    lines = read_lines("\n".join(["sandals"] * 25)).lines
    times = iter([0.0, 0.0, SECONDS - 1, SECONDS + 1])
    found = list(rows(searcher, lines, meaning("words").choices, lambda: next(times)))
    assert [bool(row.problem) for row in found] == [False] * 20 + [True] * 5
    assert "ended after 30 seconds" in found[-1].problem
