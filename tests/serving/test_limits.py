"""One client may ask so much a minute; who is refused is told when to come back."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from webui import WebSettings, create_app
from webui.middleware.limits import Limit


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_again() -> None:
    clock = Clock()
    limit = Limit(6, clock)
    assert [limit.spend("a") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    clock.now += 9
    assert limit.spend("a") == 1
    clock.now += 1
    assert limit.spend("a") == 0
    assert limit.spend("a") == 10
    clock.now += 3600
    assert [limit.spend("a") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]


def test_each_client_has_its_own_and_old_ones_are_forgotten() -> None:
    clock = Clock()
    limit = Limit(1, clock)
    assert limit.spend("a") == 0
    assert limit.spend("b") == 0
    assert limit.spend("a") == 60
    for number in range(10_000):
        assert limit.spend(str(number)) == 0
    assert limit.spend("a") == 0


def test_what_is_charged_beyond_the_bucket_is_waited_for() -> None:
    clock = Clock()
    limit = Limit(6, clock)
    assert limit.spend("a") == 0
    limit.charge("a", 9)
    assert limit.spend("a") == 50
    clock.now += 40
    assert limit.spend("a") == 10
    assert limit.spend("b") == 0
    limit.charge("nobody", 9)
    assert limit.spend("nobody") == 0


@pytest.fixture
def app() -> Flask:
    settings = WebSettings(requests_per_minute=2, proxies=1)
    return create_app(MemoryIndex().searcher(), settings=settings)


def test_too_many_requests_of_the_api_are_a_problem(app: Flask) -> None:
    client = app.test_client()
    assert [client.get("/api/v1/status").status_code for _ in range(3)] == [200, 200, 429]
    response = client.get("/api/v1/status")
    assert 1 <= int(response.headers["Retry-After"]) <= 30
    assert response.content_type == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json["status"] == 429


def test_too_many_pages_are_a_page(app: Flask) -> None:
    client = app.test_client()
    statuses = [client.get("/search?q=x").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    response = client.get("/help")
    assert response.headers["Retry-After"]
    assert "Too many requests" in response.text
    assert "come back in" in response.text


def test_clients_behind_a_proxy_are_told_apart_and_can_not_pretend(app: Flask) -> None:
    client = app.test_client()

    def ask(forwarded: str) -> int:
        return client.get("/help", headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask("192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert ask("192.0.2.2") == 200
    # What the client itself wrote stands before what the proxy wrote.
    assert ask("203.0.113.9, 192.0.2.1") == 429


def test_watchers_and_files_are_never_refused(app: Flask) -> None:
    client = app.test_client()
    for path in ("/healthz", "/metrics", "/robots.txt", "/static/favicon.svg"):
        for _ in range(4):
            with client.get(path) as response:
                assert response.status_code == 200


def test_without_a_setting_there_is_no_limit() -> None:
    client = create_app(MemoryIndex().searcher()).test_client()
    assert {client.get("/help").status_code for _ in range(50)} == {200}


@pytest.mark.parametrize(
    ("path", "lines", "left"),
    [
        ("/api/v1/batch", 10, 4),
        ("/api/v1/batch", 11, 3),
        # Of a longer list fifty lines are answered at a time.
        ("/api/v1/batch?from=980", 1_000, 3),
        ("/api/v1/batch?as=one-letter", 4, 1),
        ("/batch", 31, 1),
        ("/batch.csv", 40, 1),
        ("/batch-hits.jsonl", 30, 2),
    ],
)
def test_a_list_counts_by_its_lines(path: str, lines: int, left: int) -> None:
    client = _of_a_minute(5)
    text = "lamp\n" * lines
    if path.startswith("/api"):
        first = client.post(path, data=text, content_type="text/plain")
    else:
        first = client.post(path, data={"list": text})
    assert first.status_code == 200
    statuses = [client.get("/help").status_code for _ in range(left + 1)]
    assert statuses == [200] * left + [429]


def test_a_long_list_is_answered_and_waited_for_afterwards() -> None:
    client = _of_a_minute(5)
    assert client.post("/batch.csv", data={"list": "lamp\n" * 1_000}).status_code == 200
    refused = client.get("/help")
    assert refused.status_code == 429
    # A hundred requests at five a minute, of which five were there.
    assert 1_140 <= int(refused.headers["Retry-After"]) <= 1_152


def test_a_draft_counts_by_what_is_looked_up() -> None:
    draft = (
        "It says “the old lamp of the harbor” (06PARIS12, 06PARIS13), and “nothing at all of it”."
    )
    for path in ("/check", "/api/v1/check"):
        client = _of_a_minute(5)
        if path == "/check":
            assert client.post(path, data={"draft": draft}).status_code == 200
        else:
            sent = client.post(path, data=draft.encode(), content_type="text/plain")
            assert sent.status_code == 200
        assert [client.get("/help").status_code for _ in range(2)] == [200, 429]


def _of_a_minute(requests: int) -> FlaskClient:
    settings = WebSettings(requests_per_minute=requests)
    return create_app(MemoryIndex().searcher(), settings=settings).test_client()
