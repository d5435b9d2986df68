"""Long requests in processes of their own: asked, stopped and killed for real, and as `cablegram serve` has them."""

from __future__ import annotations

import io
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import lane_applications
import pytest
from flask import Flask
from indexes import index_of
from odd_cables import ODD_CABLES
from servers import COMMAND, running
from werkzeug.test import TestResponse, create_environ

from search.engines import open_searcher
from search.errors import Busy, TooSlow
from search.settings import Settings, read_settings
from search.system.processes import WorkerDied
from webui import WebSettings, create_app
from webui.errors import Left
from webui.middleware import lane as lanes
from webui.middleware import turns
from webui.middleware.install import NOTED
from webui.middleware.lane import RETRY_AFTER, Answer, Lane
from webui.server.serving import lane_application

PLAIN = ODD_CABLES["complete"]
# More than the first piece of an export.
CABLES = 105
SECONDS = 60.0
# How long a question took, on pages and in the API.
_TOOK = re.compile(r"[0-9.]+ ms|\"(?:seconds|milliseconds|took)\": [0-9.]+")
OF_THE_MOMENT = {"Date": "", "Content-Length": "", "ETag": "", "X-Request-Id": ""}


@pytest.fixture
def lane() -> Iterator[Lane]:
    with closing(Lane(1, ("noted",), lane_applications.start)) as made:
        yield made


def ask(
    lane: Lane,
    path: str,
    body: bytes = b"",
    seconds: float = SECONDS,
    gone: Callable[[], bool] | None = None,
) -> Answer:
    environ: dict[str, Any] = {
        **create_environ(path),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "of no use": object(),
    }
    # Some of it was read before the request was handed on.
    environ["wsgi.input"].read(2)
    return lane.ask(environ, seconds, gone)


def got(app: Flask, path: str, **more: Any) -> TestResponse:
    """An answer, taken to its end and closed as a server does it."""
    return app.test_client().get(path, buffered=True, **more)


def process_of(answer: Answer) -> int:
    return int(dict(answer.begun.headers)["Server-Process"])


def whole(answer: Answer) -> bytes:
    with closing(answer):
        return b"".join(answer)


def test_an_answer_comes_whole_and_the_process_stays(lane: Lane) -> None:
    first = ask(lane, "/", b"a list")
    assert (first.begun.status, first.begun.facts) == ("200 OK", {"noted": 6})
    assert whole(first) == b"heard a list"
    again = ask(lane, "/")
    assert process_of(again) == process_of(first) != os.getpid()
    assert whole(again) == b"heard "


def test_a_process_is_nicer_than_the_server(lane: Lane) -> None:
    with closing(ask(lane, "/")) as answer:
        assert os.getpriority(os.PRIO_PROCESS, process_of(answer)) > os.getpriority(
            os.PRIO_PROCESS, 0
        )


def test_who_finds_no_process_free_waits_and_is_refused(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "WAITING", 0.5)
    with closing(ask(lane, "/")), pytest.raises(Busy, match="no more than 1 such") as refused:
        ask(lane, "/")
    assert refused.value.seconds == RETRY_AFTER
    assert whole(ask(lane, "/")) == b"heard "


def test_who_waits_gets_the_process_that_becomes_free(lane: Lane) -> None:
    first = ask(lane, "/")
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(ask, lane, "/", b"me")
        assert whole(first) == b"heard "
        assert whole(second.result()) == b"heard me"


def test_only_so_many_wait(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "WAITERS", 0)
    with pytest.raises(Busy):
        ask(lane, "/")


def test_who_leaves_while_waiting_is_not_waited_for(lane: Lane) -> None:
    with closing(ask(lane, "/")), pytest.raises(Left):
        ask(lane, "/", gone=lambda: True)


@pytest.mark.parametrize("path", ["/dies", "/dies-late", "/breaks"])
def test_a_process_that_ends_is_seen_and_replaced(lane: Lane, path: str) -> None:
    with pytest.raises(WorkerDied):
        whole(ask(lane, path))
    assert whole(ask(lane, "/", b"next")) == b"heard next"


def test_what_hears_nothing_is_ended_after_its_time(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "_GRACE", 0.0)
    with pytest.raises(TooSlow):
        ask(lane, "/deaf", seconds=0.5)
    assert whole(ask(lane, "/")) == b"heard "


@pytest.mark.parametrize(("path", "stays"), [("/heeds", True), ("/deaf", False)])
def test_who_leaves_frees_the_process(lane: Lane, path: str, *, stays: bool) -> None:
    with closing(ask(lane, "/")) as answer:
        before = process_of(answer)
    with pytest.raises(Left):
        ask(lane, path, gone=lambda: True)
    with closing(ask(lane, "/")) as answer:
        assert (process_of(answer) == before) is stays


def test_an_answer_that_nobody_takes_whole_frees_the_process(lane: Lane) -> None:
    with closing(ask(lane, "/")) as answer:
        before = process_of(answer)
        assert next(iter(answer)) == b"heard "
    assert process_of(ask(lane, "/")) == before


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("lane")
    cables = (replace(PLAIN, id=f"07LIMA{number}") for number in range(1, CABLES + 1))
    index_of(folder / "index", cables).close()
    return read_settings({"index": str(folder / "index"), "threads": 2}, file=None)


@pytest.fixture(scope="module")
def one_lane(settings: Settings) -> Iterator[Lane]:
    with closing(Lane(1, NOTED, lane_application, settings)) as made:
        yield made


@pytest.fixture
def app(settings: Settings, one_lane: Lane) -> Iterator[Flask]:
    folder = Path(settings.index)
    with closing(open_searcher(folder)) as searcher:
        web = WebSettings(requests_per_minute=100, threads=2)
        yield create_app(searcher, settings=web, folder=folder, lane=one_lane)


@pytest.mark.parametrize(
    "path", ["/search?q=lantern", "/search.csv", "/api/v1/search?q=lima", "/search.atom?q=lima"]
)
def test_a_request_that_moves_gets_the_answer_that_it_had_got_here(
    app: Flask, one_lane: Lane, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    here = got(app, path)
    moves: list[str] = []
    monkeypatch.setattr(turns, "PATIENCE", -1.0)

    def noted(environ: dict[str, Any], *rest: Any) -> Answer:
        moves.append(environ["PATH_INFO"])
        return Lane.ask(one_lane, environ, *rest)

    monkeypatch.setattr(one_lane, "ask", noted)
    # While it works, and then, as it is known, as soon as it is let in.
    for _ in range(2):
        moved = got(app, path)
        assert moved.status_code == here.status_code
        # What differs is how long it took.
        assert _TOOK.sub("", moved.text) == _TOOK.sub("", here.text)
        assert dict(moved.headers) | OF_THE_MOMENT == dict(here.headers) | OF_THE_MOMENT
    assert moves == [urlsplit(path).path] * 2


def test_a_list_moves_with_its_body_and_weighs_what_it_weighs(app: Flask) -> None:
    names = "\n".join(f"lantern {number}" for number in range(900))
    answer = app.test_client().post("/batch.csv", data={"list": names}, buffered=True)
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) > 900
    # 900 lines count as 90 requests: another ten, and there are none left of the minute's hundred.
    assert [got(app, "/search?q=x").status_code for _ in range(12)][-1] == 429


def test_metrics_count_what_moved_by_its_view(app: Flask) -> None:
    assert got(app, "/search.jsonl").status_code == 200
    assert 'cablegram_requests_total{status="200",view="export.search"} 1.0' in (
        got(app, "/metrics").text
    )


def test_what_is_no_longer_long_comes_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(turns, "PATIENCE", -1.0)
    got(app, "/search?q=lantern")
    monkeypatch.setattr(
        turns.Places, "forget", lambda places, each: (asked.append(each), places._long.pop(each))
    )
    # In the process it takes no time, and PATIENCE is there what it always is.
    got(app, "/search?q=lantern")
    assert asked
    asked.clear()
    got(app, "/search.jsonl")
    got(app, "/search.jsonl")
    assert not asked


def test_a_process_that_is_killed_is_told_of(
    app: Flask, one_lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert got(app, "/search.jsonl").status_code == 200
    (worker,) = one_lane._idle
    assert worker._process.pid
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.join()
    answer = got(app, "/search.jsonl")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(RETRY_AFTER))
    assert "ended from outside" in answer.text
    assert got(app, "/search.jsonl").status_code == 200


def test_pages_are_answered_while_the_lane_is_full(
    app: Flask, one_lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "WAITING", 0.5)
    with closing(ask(one_lane, "/healthz")):
        refused = got(app, "/search.jsonl")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(RETRY_AFTER))
        assert got(app, "/search?q=lantern").status_code == 200


def test_more_are_let_in_than_are_at_work(app: Flask) -> None:
    """Two threads are at work here; while they are, a third request waits, and the one of the watchers does not."""
    at_work, go_on = threading.Semaphore(0), threading.Event()

    @app.get("/work")
    def work() -> str:
        at_work.release()
        go_on.wait(SECONDS)
        return "done"

    with ThreadPoolExecutor(3) as pool:
        both = [pool.submit(got, app, "/work") for _ in range(2)]
        for _ in both:
            assert at_work.acquire(timeout=SECONDS)
        third = pool.submit(got, app, "/work")
        assert got(app, "/healthz").status_code == 200
        assert not at_work.acquire(timeout=0.2)
        go_on.set()
        assert [each.result().text for each in (*both, third)] == ["done"] * 3


def test_the_command_hands_an_export_to_a_process_and_ends_it(
    settings: Settings, tmp_path: Path
) -> None:
    command = (COMMAND, "serve", "--port", "0", "--index", settings.index)
    with running(command, tmp_path) as server:
        with urlopen(f"{server.address}/search.jsonl", timeout=SECONDS) as answer:
            assert len(answer.read().splitlines()) == CABLES
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        started = children.read_text().split() if children.exists() else []
        assert not server.complaints()
    assert not [each for each in started if Path(f"/proc/{each}").exists()]
