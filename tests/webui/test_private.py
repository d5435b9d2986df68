"""A server whose collections are for some readers: who is believed, who is refused, and what an answer carries."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.model import Cable, Paragraph, Part
from search.engines import open_writer
from search.rights import passwords
from search.rights.audit import AuditLog
from search.rights.file import RightsFile
from search.rights.passwords import Passwords, set_password
from webui import WebSettings, create_app
from webui.private import Private

ANNA = {"X-Forwarded-User": "anna"}
PAGE = {"Accept": "text/html"}
LANTERN = "a lantern at noon"


def cable(cable_id: str, text: str) -> Cable:
    return Cable(
        cable_id,
        subject=f"{text} IN BRIEF",
        paragraphs=(
            Paragraph(anchor="p1", number=1, mark=None, section=None, part=Part.BODY, text=text),
        ),
    )


def indexed(folder: Path, *cables: Cable) -> None:
    with open_writer(folder) as writer:
        for each in cables:
            writer.put(each)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with its cheapest parameters; those that people get, in tests/search/rights/test_passwords.py."""
    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher.from_parameters(CHEAPEST))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collections")
    indexed(folder / "open", cable("07ROME1", "Putian lanterns"), cable("07ROME2", "Wheat"))
    indexed(folder / "leak", cable("07LIMA7", "Secret lanterns"), cable("07ROME2", "Wheat again"))
    indexed(folder / "other", cable("07OSLO3", "Herring"))
    return folder


COLLECTIONS = """
[collections.open]
index = "open"
readers = [{everyone}]
[collections.leak]
index = "leak"
title = "The leak"
readers = ["anna"{desk}]
[collections.other]
index = "other"
readers = ["clara"]
"""


@contextmanager
def served(
    place: Path, name: str, sign_in: str, *, everyone: str = '"@everyone"', questions: bool = False
) -> Iterator[FlaskClient]:
    path = place / f"{name}.toml"
    desk = ', "@desk"' if "header" in sign_in else ""
    rules = COLLECTIONS.format(everyone=everyone, desk=desk)
    path.write_text(f"[sign_in]\n{sign_in}\n{rules}")
    log = AuditLog(place / f"{name}.log", questions=questions)
    with closing(Private(RightsFile(path), WebSettings(), log)) as private:
        yield create_app(private).test_client()


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[FlaskClient]:
    with served(place, "header", 'by = "header"\nsign_out_at = "/oauth2/sign_out"') as found:
        yield found


@pytest.fixture
def by_password(place: Path) -> Iterator[FlaskClient]:
    (place / "users").unlink(missing_ok=True)
    (place / "passwords.log").unlink(missing_ok=True)
    set_password(place / "users", "anna", LANTERN)
    set_password(place / "users", "dora", LANTERN)
    with served(place, "passwords", 'by = "passwords"', everyone="") as found:
        yield found


def logged(place: Path, name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (place / f"{name}.log").read_text().splitlines()]


def cables(client: FlaskClient, headers: dict[str, str], asked: str = "") -> int:
    found = client.get(f"/api/v1/status{asked}", headers=headers)
    assert found.status_code == 200, found.text
    return int(found.json["cables"])


def test_who_is_given_what(client: FlaskClient) -> None:
    assert cables(client, {}) == 2
    # 07ROME2 stands in both, and is the first one's.
    assert cables(client, ANNA) == 3
    assert cables(client, {"X-Forwarded-User": "dora"}) == 2
    assert cables(client, {"X-Forwarded-User": "dora", "X-Forwarded-Groups": "press, desk"}) == 3
    assert cables(client, ANNA, "?collection=leak") == 2
    assert cables(client, ANNA, "?collection=leak&collection=open") == 3
    text = client.get("/api/v1/cables/07ROME2", headers=ANNA).json["paragraphs"][0]["text"]
    alone = client.get("/api/v1/cables/07ROME2?collection=leak", headers=ANNA)
    assert (text, alone.json["paragraphs"][0]["text"]) == ("Wheat", "Wheat again")


def test_what_may_not_be_seen_is_as_what_is_not_there(client: FlaskClient) -> None:
    """The same bytes and headers, but for the name that was asked for."""

    def told(path: str, name: str) -> tuple[int, str, str]:
        answer = client.get(path.format(name), headers=PAGE)
        lines = str(answer.headers).replace(name, "NAME")
        return (
            answer.status_code,
            answer.text.replace(name, "NAME"),
            re.sub("(Content-Length|X-Request-Id).*", "", lines),
        )

    for path in (
        "/cable/{}",
        "/cable/{}/p/1",
        "/cable/{}/cite",
        "/cable/{}/similar",
        "/api/v1/cables/{}",
        "/api/v1/cables/{}/paragraphs/p1",
        "/search?q={}",
        "/search?q=cites:{}",
        "/collection?c={}",
        "/collection.ris?c={}",
        "/compare?a={}&b=07ROME1",
        "/unapi?id={}&format=ris",
        "/search?q=x&collection={}",
        "/api/v1/status?collection={}",
    ):
        assert told(path, "07LIMA7") == told(path, "07NONE9"), path
    for path in ("/search?q=x&collection={}", "/api/v1/status?collection={}"):
        assert told(path, "leak") == told(path, "nope"), path


def test_a_header_is_believed_from_the_proxy_alone(client: FlaskClient, place: Path) -> None:
    for headers, said in (
        (ANNA, "does not come from the proxy"),
        ({"X-Forwarded-Groups": "desk"}, "does not come from the proxy"),
    ):
        for peer in ("10.1.2.3", "::2", "", "localhost"):
            answer = client.get("/", headers=headers, environ_overrides={"REMOTE_ADDR": peer})
            assert answer.status_code == 403
            assert said in answer.text
    assert cables_from(client, "::ffff:127.0.0.1") == 3
    # Sent twice, or with what is no name.
    for name in ("anna, clara", "x" * 201, "@desk"):
        answer = client.get("/", headers={"X-Forwarded-User": name})
        assert (answer.status_code, "can't be one reader's" in answer.text) == (403, True)
    # Nobody: the proxy asks for somebody who has not signed in.
    assert cables(client, {"X-Forwarded-User": " "}) == 2
    why = [each["why"] for each in logged(place, "header") if each["event"] == "refused"]
    assert len(why) == 11


def cables_from(client: FlaskClient, peer: str) -> int:
    answer = client.get("/api/v1/status", headers=ANNA, environ_overrides={"REMOTE_ADDR": peer})
    return int(answer.json["cables"])


def test_a_header_does_not_come_through_a_proxy_that_is_not_trusted(place: Path) -> None:
    """The word of X-Forwarded-For on who is connected is not what makes a proxy trusted."""
    (place / "far.toml").write_text(
        '[sign_in]\nby = "header"\ntrusted = ["10.9.0.0/16"]\n'
        + COLLECTIONS.format(everyone="", desk="")
    )
    with closing(Private(RightsFile(place / "far.toml"), WebSettings(proxies=1))) as private:
        client = create_app(private).test_client()
        for peer, far, status in (
            ("10.9.1.1", "8.8.8.8", 200),
            ("8.8.8.8", "10.9.1.1", 403),
        ):
            answer = client.get(
                "/api/v1/status",
                headers={**ANNA, "X-Forwarded-For": far},
                environ_overrides={"REMOTE_ADDR": peer},
            )
            assert answer.status_code == status


def test_no_cache_keeps_an_answer_for_another_reader(client: FlaskClient) -> None:
    for path in (
        "/",
        "/search?q=lanterns",
        "/nothing",
        "/search.csv",
        "/api/v1/search",
        "/sitemap.xml",
    ):
        answer = client.get(path, headers=ANNA)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert {"X-Forwarded-User", "X-Forwarded-Groups"} <= set(answer.vary)
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    # The ETag of one reader's answer is none of another's.
    hers = client.get("/api/v1/search", headers=ANNA)
    again = {"If-None-Match": hers.headers["ETag"]}
    assert client.get("/api/v1/search", headers={**ANNA, **again}).status_code == 304
    assert client.get("/api/v1/search", headers=again).status_code == 200
    with client.get("/static/favicon.svg") as file:
        assert "no-store" not in file.headers.get("Cache-Control", "")


def test_the_page_says_who_is_signed_in_and_what_is_read(client: FlaskClient) -> None:
    page = client.get("/search?q=lanterns&page=1", headers=ANNA).text
    assert (
        '<a href="/search?q=lanterns&amp;collection=leak" rel="nofollow"><bdi>The leak</bdi></a>'
        in page
    )
    assert "/oauth2/sign_out" in page
    counted = re.findall(r'<bdi>(open|The leak)</bdi></a> <span class="num">(\d+)', page)
    assert counted == [("open", "1"), ("The leak", "1")]
    chosen = client.get("/search?q=lanterns&collection=leak", headers=ANNA).text
    assert '<b aria-current="true"><bdi>The leak</bdi></b>' in chosen
    assert "07ROME1" not in chosen
    assert (
        '<span class="who"><bdi>The leak</bdi></span>'
        in client.get("/cable/07LIMA7", headers=ANNA).text
    )
    alone = client.get("/search?q=lanterns").text
    assert "The leak" not in alone
    assert "All collections" not in alone


# What is for programs has its own way to say what is read; what begins anew asks for all.
_WITHOUT = re.compile(r"/(?:static/|style-|opensearch\.xml|api/|oauth2/)")


def test_what_is_chosen_goes_along_on_every_link(client: FlaskClient) -> None:
    """From page to page, as far as links and forms lead."""
    seen: set[str] = set()
    lost: list[tuple[str, str]] = []
    coming = ["/?collection=leak", "/search?q=lanterns&collection=leak&c=07LIMA7"]
    while coming and len(seen) < 60:
        path = coming.pop(0)
        kind = re.sub(r"[?#].*", "", path)
        if kind in seen:
            continue
        seen.add(kind)
        answer = client.get(path, headers={**ANNA, **PAGE})
        assert answer.status_code in (200, 300, 400, 404), path
        if answer.mimetype != "text/html":
            continue
        page = re.sub(
            r'<div class="who.*?</div>|<details open class="who".*?</details>',
            "",
            answer.text,
            flags=re.DOTALL,
        )
        for form in re.findall(
            r'<form[^>]*action="/[^"]*"[^>]*method="get">.*?</form>', page, re.DOTALL
        ):
            assert 'name="collection" value="leak"' in form, (path, form)
        for link in re.findall(r'(?:href|action)="(/[^"]*)"', page):
            if _WITHOUT.match(link) or 'method="get"' in link:
                continue
            link = link.replace("&amp;", "&")
            if f'action="{link}"' in page and "?" not in link:
                continue
            if re.fullmatch(r"/cable/[^?]*", link):
                continue  # a place to hand on, of which no state goes along
            if "collection=leak" not in link:
                lost.append((path, link))
            coming.append(link)
    assert lost == []
    assert len(seen) > 25


def signed_in(
    client: FlaskClient, name: str = "anna", password: str = LANTERN, **form: str
) -> TestResponse:
    return client.post("/sign-in", data={"name": name, "password": password, **form})


def test_signing_in_with_a_password(by_password: FlaskClient, place: Path) -> None:
    client = by_password
    away = client.get("/search?q=lanterns", headers=PAGE)
    assert (away.status_code, away.location) == (303, "/sign-in?to=%2Fsearch%3Fq%3Dlanterns")
    asked = client.get("/api/v1/status")
    assert (asked.status_code, asked.headers["WWW-Authenticate"][:5]) == (401, "Basic")
    assert asked.mimetype == "application/problem+json"
    assert client.get(away.location).status_code == 200

    wrong = [signed_in(client, "anna", "wrong password"), signed_in(client, "nobody")]
    pages = [re.sub(r'value="(anna|nobody)"', "", each.text) for each in wrong]
    assert [each.status_code for each in wrong] == [403, 403]
    assert pages[0] == pages[1]

    inside = signed_in(client, to="/search?q=lanterns")
    assert (inside.status_code, inside.location) == (303, "/search?q=lanterns")
    kept = inside.headers["Set-Cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    assert LANTERN not in kept
    assert "07LIMA7" in client.get("/search?q=lanterns", headers=PAGE).text
    assert client.get("/search.csv?q=lanterns").status_code == 200

    # Another password, and nobody is signed in by the old one.
    set_password(place / "users", "anna", LANTERN + "!")
    assert client.get("/search?q=lanterns", headers=PAGE).status_code == 303
    signed_in(client, "anna", LANTERN + "!")
    assert client.get("/", headers=PAGE).status_code == 200
    assert client.post("/sign-out").status_code == 303
    assert client.get("/", headers=PAGE).status_code == 303
    assert client.get("/", auth=("anna", "wrong")).status_code == 401
    lines = logged(place, "passwords")
    # Each once, whichever way it came.
    assert [(each["event"], each["reader"]) for each in lines] == [
        ("refused", "anna"),
        ("refused", "nobody"),
        ("sign-in", "anna"),
        ("export", "anna"),
        ("sign-in", "anna"),
        ("sign-out", "anna"),
        ("refused", "anna"),
    ]
    assert lines[3]["what"] == "export.search.csv"
    assert "lanterns" not in json.dumps(lines)


def test_a_reader_of_nothing_is_told_so(by_password: FlaskClient) -> None:
    signed_in(by_password, "dora")
    answer = by_password.get("/", headers=PAGE)
    assert answer.status_code == 403
    assert "may read none of the collections" in answer.text
    assert "07" not in re.sub(r"style-\w+", "", answer.text)


def test_only_this_site_signs_anybody_in_or_out(by_password: FlaskClient) -> None:
    form = {"name": "anna", "password": LANTERN}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        answer = by_password.post("/sign-in", data=form, headers=headers)
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (403, False)
        assert by_password.post("/sign-out", headers=headers).status_code == 403
    for to in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "x",
        "/sign-in",
        "/a\tb",
    ):
        assert signed_in(by_password, to=to).location == "/"
    assert signed_in(by_password, to="/cable/07LIMA7?q=a%2Fb").location == "/cable/07LIMA7?q=a%2Fb"


def test_passwords_can_not_be_tried_without_end(
    by_password: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A slow machine has checked ten of them when there is one more to try.
    monkeypatch.setattr(Passwords, "is_right", lambda *_: False)
    answers = [signed_in(by_password, "anna", "wrong password") for _ in range(11)]
    assert [each.status_code for each in answers] == [403] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    # The right one is not taken then either, and what was known is still good.
    assert signed_in(by_password).status_code == 429


def test_programs_sign_in_by_basic(by_password: FlaskClient, place: Path) -> None:
    def header(password: str) -> dict[str, str]:
        return {"Authorization": f"Basic {b64encode(f'anna:{password}'.encode()).decode()}"}

    for _ in range(20):  # checked once
        assert by_password.get("/api/v1/status", headers=header(LANTERN)).json["cables"] == 2
    wrong = by_password.get("/api/v1/status", headers=header("wrong password"))
    assert (wrong.status_code, "WWW-Authenticate" in wrong.headers) == (401, True)
    set_password(place / "users", "anna", "another password")
    assert by_password.get("/api/v1/status", headers=header(LANTERN)).status_code == 401
    assert (
        by_password.get("/api/v1/status", headers={"Authorization": "Bearer x"}).status_code == 401
    )


def test_a_broken_file_of_rights_lets_nobody_in(place: Path) -> None:
    with served(place, "breaking", 'by = "header"') as client:
        assert client.get("/", headers=ANNA).status_code == 200
        (place / "breaking.toml").write_text("[")
        for path in (
            "/",
            "/search?q=lanterns",
            "/cable/07ROME1",
            "/api/v1/status",
            "/search.csv",
            "/healthz",
        ):
            answer = client.get(path, headers=ANNA)
            assert answer.status_code == 503, path
            assert "TOML" not in answer.text
            assert str(place) not in answer.text


def test_questions_are_logged_where_that_is_asked_for(place: Path) -> None:
    with served(place, "asked", 'by = "header"', questions=True) as client:
        client.get("/search.csv?q=lanterns", headers=ANNA)
        client.get("/search?q=herring", headers=ANNA)
    (signing, export) = logged(place, "asked")
    assert (signing["event"], export["asked"]) == ("sign-in", "/search.csv?q=lanterns")


def test_health_tells_nothing_of_the_collections(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"ok": True}
    counted = client.get("/metrics").text
    assert "cablegram_cables 2.0" in counted
