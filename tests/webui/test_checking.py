"""The page that checks a draft, and the API's answer to one: what is sent, shown, refused, and not kept."""

from __future__ import annotations

import gzip
import io

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart
from wrapping import docx, docx_paragraph

from search.exports.citations import STYLES
from webui.api.endpoints import WORD
from webui.asking.checking import MOST_BYTES, MOST_CHARACTERS, MOST_FOUND

WORDS = "Harbour inspectors seize counterfeit shoes"
DRAFT = f"In 07GUANGZHOU901 “{WORDS}”, and “{WORDS.replace('seize', 'sell')}” (07GUANGZHOU901), and 06FAKETOWN1234.\n"
API = "/api/v1/check"


def sent(client: FlaskClient, draft: str = "", file: bytes | None = None) -> TestResponse:
    """What the page answers to its form; made here, as the client leaves its own file of a long one open."""
    data: dict[str, object] = {"draft": draft}
    if file is not None:
        data["file"] = FileStorage(io.BytesIO(file), "draft.docx", "file")
    boundary, body = encode_multipart(data)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return client.post("/check", data=body, content_type=kind)


def test_the_form_is_linked_from_the_first_page_the_help_and_the_foot(client: FlaskClient) -> None:
    for page in ("/", "/help", "/search"):
        assert 'href="/check"' in client.get(page).text
    html = client.get("/check").text
    assert (
        '<form class="draft" action="/check" method="post" enctype="multipart/form-data">' in html
    )
    assert "Nothing of it is kept." in html


@pytest.mark.parametrize("way", ["pasted", "file", "docx"])
def test_a_draft_is_checked(client: FlaskClient, way: str) -> None:
    match way:
        case "pasted":
            response = sent(client, DRAFT)
        case "file":
            response = sent(client, file=DRAFT.encode())
        case _:
            response = sent(client, file=docx(docx_paragraph(DRAFT)))
    html = response.text
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "2 quotations: 1 exact, 1 altered. 2 cable numbers, 1 of no cable here." in html
    assert '<del><span class="unseen">in the draft: </span>sell</del>' in html
    assert '<ins><span class="unseen">in the cable: </span>seize</ins>' in html
    assert 'href="/cable/07GUANGZHOU901/p/head"' in html
    assert 'href="/cable/07GUANGZHOU901/cite/head"' in html
    assert "No cable of this collection has this number." in html
    # What was pasted comes back, to be changed.
    assert (f"\n{DRAFT.strip()}" in html) == (way == "pasted")


def test_a_hostile_draft_is_text(client: FlaskClient) -> None:
    html = sent(client, "“<script>alert(1)</script> was said” and <b>x</b> </textarea>").text
    assert "<script>alert" not in html
    assert "<b>" not in html.replace("<b aria", "")
    assert html.count("</textarea>") == 1


def test_the_collection_goes_along(client: FlaskClient) -> None:
    html = client.get("/check?c=07GUANGZHOU901").text
    assert 'action="/check?c=07GUANGZHOU901"' in html
    assert "Collection (1)" in client.post("/check?c=07GUANGZHOU901", data={"draft": DRAFT}).text


@pytest.mark.parametrize(
    ("draft", "file", "status", "sentence"),
    [
        ("", None, 400, "Paste a draft, or choose a file."),
        (" \n", b"", 400, "Paste a draft, or choose a file."),
        ("", b"%PDF-1.7", 400, "The draft can’t be read: it is a PDF; paste its text"),
        ("x" * (MOST_CHARACTERS + 1), None, 413, f"The draft has more than {MOST_CHARACTERS:,} characters."),
        ("“lamp”\n" * (MOST_FOUND + 1), None, 413, f"The draft has {MOST_FOUND + 1} quotations and 0 cable numbers."),
        ("", b"x" * (MOST_BYTES + 1), 413, "The file has more than 3 million bytes."),
        ("", b"x" * (3 * MOST_BYTES), 413, "The file has more than 3 million bytes."),
    ],
)  # fmt: skip
def test_what_can_not_be_checked_is_one_sentence_beside_the_form(
    client: FlaskClient, draft: str, file: bytes | None, status: int, sentence: str
) -> None:
    response = sent(client, draft, file)
    assert response.status_code == status
    html = response.text.replace("&#39;", "’")
    assert f'<p class="notice" role="alert">{sentence}' in html
    assert '<form class="draft"' in html


def test_the_page_stays_light(client: FlaskClient) -> None:
    full = sent(client, DRAFT * (MOST_FOUND // 2)).data
    assert full.count(b"<blockquote") == MOST_FOUND
    assert len(gzip.compress(full)) < 20_000


@pytest.mark.parametrize("kind", ["text/plain", "text/markdown; charset=utf-8", WORD])
def test_the_api_answers_what_the_command_line_does(client: FlaskClient, kind: str) -> None:
    data = docx(docx_paragraph(DRAFT)) if kind == WORD else DRAFT.encode()
    response = client.post(API, data=data, content_type=kind)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert [each["verdict"] for each in response.json["quotes"]] == ["exact", "altered"]
    assert [each["found"] for each in response.json["numbers"]] == [True, False]


def test_the_api_cites_in_the_style_that_is_asked_for(client: FlaskClient) -> None:
    cited = {
        client.post(f"{API}?style={style}", data=DRAFT, content_type="text/plain").json["quotes"][
            0
        ]["citation"]
        for style in STYLES[:5]
    }
    assert len(cited) > 3
    wrong = client.post(f"{API}?style=ris", data=DRAFT, content_type="text/plain")
    assert (wrong.status_code, wrong.json["parameter"]) == (400, "style")


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (DRAFT, "application/json", 415),
        (DRAFT, None, 415),
        ("%PDF-1.7", "text/plain", 400),
        ("x" * (MOST_CHARACTERS + 1), "text/plain", 413),
        ("x" * (2 * MOST_BYTES), "text/plain", 413),
    ],
)
def test_the_api_says_what_is_wrong(
    client: FlaskClient, data: str, kind: str | None, status: int
) -> None:
    response = client.post(API, data=data, content_type=kind)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"


def test_a_draft_is_sent_and_never_part_of_an_address(client: FlaskClient) -> None:
    assert client.get(API).status_code == 405
    assert client.get(f"/check?draft={WORDS}").text == client.get("/check").text
    allowed = client.options(API).headers
    assert allowed["Access-Control-Allow-Methods"] == "OPTIONS, POST"
    assert "Content-Type" in allowed["Access-Control-Allow-Headers"]
