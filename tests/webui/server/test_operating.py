"""What whoever runs a server sees of it: whether it is ready, and its log, where no question stands unasked."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from corpus.sample_cables import samples_folder
from indexer.runs.build import build
from search import sources as manifests
from search.engines import open_searcher
from search.engines.manifest import MANIFEST_FILE
from search.system import logs
from webui import WebSettings, create_app

ASKED = "putian"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("operating") / "index"
    with samples_folder() as samples:
        build([str(next(samples.rglob("07GUANGZHOU376.html")))], folder, workers=1)
    return folder


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def json_log() -> Iterator[None]:
    logs.set_up("json")
    yield
    logs.set_up("text")
    assert not logs.in_json()


def app_of(index: Path, **settings: object) -> Flask:
    return create_app(
        open_searcher(index),
        settings=WebSettings(**settings),
        folder=index,  # type: ignore[arg-type]
    )


def ready(app: Flask) -> tuple[int, str]:
    answer = app.test_client().get("/readyz")
    assert answer.json
    return answer.status_code, answer.json.get("reason", "")


def test_readiness_has_one_reason(index: Path, tmp_path: Path) -> None:
    stopping: list[int] = []
    with closing(open_searcher(index)) as searcher:
        app = create_app(searcher, folder=index, stopping=lambda: bool(stopping))
        assert ready(app) == (200, "")
        stopping.append(1)
        assert ready(app) == (503, "stopping")
        stopping.clear()
        # Of another commit than its list of sources: it can be searched, and is not what it should be.
        kept = (index / manifests.FILE_NAME).read_bytes()
        with closing(sqlite3.connect(index / manifests.FILE_NAME)) as ledger, ledger:
            ledger.execute("UPDATE settled SET mark = '1'")
        assert ready(app) == (503, "disagrees")
        assert app.test_client().get("/healthz").status_code == 200
        page = app.test_client().get("/status").text
        assert "The index and the list of its files are from different runs" in page
        assert str(index) not in page
        (index / manifests.FILE_NAME).unlink()
        assert ready(app) == (503, "disagrees")
        (index / manifests.FILE_NAME).write_bytes(kept)
        assert ready(app) == (200, "")
        assert "different runs" not in app.test_client().get("/status").text
        told = json.loads((index / MANIFEST_FILE).read_bytes())
        (index / MANIFEST_FILE).write_text(json.dumps(told | {"schema": "older"}), "utf-8")
        assert ready(app) == (503, "outdated")
        (index / MANIFEST_FILE).write_text("{", "utf-8")
        assert ready(app) == (503, "damaged")
        (index / MANIFEST_FILE).unlink()
        assert ready(app) == (503, "missing")


@pytest.mark.usefixtures("json_log")
def test_a_line_for_each_request_and_no_question_in_it(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_of(index, logs_requests=True, proxies=1)

    @app.get("/fault")
    def fault() -> str:
        raise LookupError("of a view")

    @app.get("/export")
    def export() -> Iterator[str]:
        yield "begun"
        raise LookupError("in the middle")

    client = app.test_client()
    assert client.get(f"/search?q={ASKED}", buffered=True).status_code == 200
    named = client.get(
        "/cable/07GUANGZHOU376", headers={"X-Request-Id": "from-a-proxy"}, buffered=True
    )
    assert named.headers["X-Request-Id"] == "from-a-proxy"
    broken = client.get("/nowhere", headers={"X-Request-Id": "two words\tand more"}, buffered=True)
    assert broken.headers["X-Request-Id"] not in ("", "two words\tand more")
    assert client.get("/fault", buffered=True).status_code == 500
    with pytest.raises(LookupError):
        client.get("/export", buffered=True)

    said = capsys.readouterr().err
    lines = [json.loads(line) for line in said.splitlines()]
    requests = [each for each in lines if each["event"] == "request"]
    assert [(each["route"], each["status"], each["level"]) for each in requests] == [
        ("/search", 200, "info"),
        ("/cable/<cable_id>", 200, "info"),
        ("", 404, "info"),
        ("/fault", 500, "warning"),
        ("/export", 200, "info"),
    ]
    assert ASKED not in said
    assert requests[1]["bytes"] == len(named.data)
    assert requests[4]["broken_off"] is True
    assert all(0 <= each["seconds"] < 60 and each["method"] == "GET" for each in requests)
    # The fault has its traceback on its own line, and the name of its request.
    (failed,) = [each for each in lines if each["event"] == "log"]
    assert failed["request_id"] == requests[3]["request_id"]
    assert failed["error"]["type"] == "LookupError"
    assert "of a view" in failed["error"]["traceback"]


@pytest.mark.usefixtures("json_log")
def test_what_nobody_catches_and_what_libraries_say_are_lines_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    import sys
    import threading

    try:
        raise OSError("two\nlines")
    except OSError as error:
        sys.excepthook(OSError, error, error.__traceback__)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    logging.getLogger("waitress").warning("Task queue depth is %d", 3)
    logging.getLogger("py.warnings").warning("soon gone")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(each["event"], each["level"]) for each in lines] == [
        ("failed", "critical"), ("failed", "critical"), ("log", "warning"), ("log", "warning"),
    ]  # fmt: skip
    assert lines[0]["error"]["message"] == "two\nlines"
    assert lines[1]["error"]["type"] == "ZeroDivisionError"
    assert (lines[2]["logger"], lines[2]["message"]) == ("waitress", "Task queue depth is 3")
    assert "soon gone" in lines[3]["message"]


def test_a_line_in_words_with_what_was_asked_where_that_is_wanted(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("text", requests=True)
    try:
        app_of(index, logs_requests=True, logs_questions=True).test_client().get(
            f"/search?q={ASKED}", buffered=True
        )
    finally:
        logs.set_up("text")
    (line,) = capsys.readouterr().err.splitlines()
    when, method, route, status, *_, asked = line.split(" ")
    assert (method, route, status, asked) == ("GET", "/search", "200", f"?q={ASKED}")
    assert when.endswith("Z")
    # Nobody wants one: then there is none.
    app_of(index).test_client().get("/", buffered=True)
    assert capsys.readouterr().err == ""


def test_a_run_of_the_indexer_is_in_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from indexer.runs.logged import logged_run

    logs.set_up("json")
    try:
        page = tmp_path / "pages" / "no-cable.txt"
        page.parent.mkdir()
        page.write_text("Nothing here is a telegram.\n", "utf-8")
        with samples_folder() as samples:
            shutil.copy(next(samples.rglob("07LIMA900001.html")), page.parent)
        with logged_run([str(page.parent)], tmp_path / "index") as ended:
            ended(build([str(page.parent)], tmp_path / "index", workers=1))
        with pytest.raises(LookupError), logged_run(["x"], tmp_path / "other"):
            raise LookupError("no room")
    finally:
        logs.set_up("text")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [each["event"] for each in lines] == [
        "index started", "set aside", "index finished", "index started", "index failed",
    ]  # fmt: skip
    assert lines[1]["address"].endswith("no-cable.txt")
    assert (lines[2]["cables"], lines[2]["new"], lines[2]["set_aside"]) == (1, 2, 1)
    assert "no room" in lines[4]["error"]["traceback"]
