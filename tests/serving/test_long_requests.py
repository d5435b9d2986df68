"""What long questions, slow readers and silent clients may take of a server, over real connections.

A stalled reader is one who asks for more than the buffers of a connection hold, and takes none of it.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import NoReturn, cast
from urllib.parse import urlsplit

import breaking_answer
import pytest
from flask import Flask
from indexes import index_of
from memory_engine import MemoryIndex
from odd_cables import ODD_CABLES
from servers import BIN, running
from waitress.server import BaseWSGIServer
from waitress.trigger import trigger
from werkzeug.test import TestResponse

from corpus.model import Cable, Segment, SegmentKind
from search.deadline import check, limited, watched
from search.engines import open_searcher
from search.engines.reading import FolderSearcher
from search.errors import Busy, IndexMissing, TooSlow
from webui import WebSettings, create_app
from webui.commands import listen
from webui.errors import Left
from webui.middleware import turns
from webui.middleware.lane import RETRY_AFTER
from webui.server.waitress_server import make_server, watching

ROOT = Path(__file__).resolve().parents[2]
PLAIN = ODD_CABLES["complete"]
# More than an export's first piece, of more bytes than all buffers between a server and its reader hold.
MANY, LETTERS = 130, 100_000
THREADS = 4
STALLED = 0.4
PATIENCE = 60


def _cable(number: int) -> Cable:
    """A cable whose page is long, which costs nothing to index."""
    page = f"{'lantern ' * (LETTERS // 8)}\n"
    return replace(
        PLAIN, id=f"07LIMA{number}", segments=(Segment(SegmentKind.PARAGRAPH, page, anchor="p1"),)
    )


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("long")
    index_of(folder / "index", map(_cable, range(1, MANY + 1))).close()
    with closing(open_searcher(folder / "index")) as searcher:
        yield create_app(searcher, settings=WebSettings(threads=THREADS), folder=folder / "index")


Address = tuple[str, int]


@contextmanager
def listening(app: Flask, patience: float) -> Iterator[tuple[Address, BaseWSGIServer]]:
    """A server that is made and watched as `cablegram serve` does it, with another patience for silence."""
    with listen("127.0.0.1", 0) as listener:
        server = make_server(app, listener, THREADS)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            with watching(server, patience):
                yield listener.getsockname(), server
        finally:
            # What ends waitress from another thread.
            cast(trigger, server.trigger).pull_trigger(server.close)
            server.task_dispatcher.shutdown()
            thread.join(PATIENCE)
            assert not thread.is_alive()


@contextmanager
def stalled(address: Address, protocol: str = "HTTP/1.1") -> Iterator[socket.socket]:
    """A reader who asks for an export, sees that it comes, and takes no more of it."""
    with socket.socket() as reader:
        # Set before the connection is made: the window that is offered depends on it.
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(PATIENCE)
        reader.connect(address)
        reader.sendall(f"GET /search.jsonl {protocol}\r\nHost: x\r\n\r\n".encode())
        assert b"200 OK" in reader.recv(200)
        yield reader


def rest(reader: socket.socket, *, strict: bool = False) -> bytes:
    """The last bytes that come until the connection ends; `strict` is whether a reset is an error."""
    last = b""
    try:
        while piece := reader.recv(1 << 16):
            last = (last + piece)[-20:]
    except ConnectionResetError:
        if strict:
            raise
    return last


def status(address: Address, path: str) -> tuple[int, str | None]:
    """The status of an answer, and when to come back."""
    with closing(HTTPConnection(*address, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers["Retry-After"]


def test_readers_who_stop_reading_hold_no_more_than_the_places(app: Flask) -> None:
    assert turns.places_for(THREADS) == 2
    with listening(app, PATIENCE) as (address, _), stalled(address):
        with stalled(address):
            # The export after those that fill the places is told when to come back, and pages are answered.
            assert status(address, "/search.jsonl") == (503, str(RETRY_AFTER))
            assert status(address, "/search?q=lantern") == (200, None)
            # What is short needs no place.
            assert status(address, "/search.csv?q=07LIMA5") == (200, None)
        while status(address, "/search.jsonl")[0] != 200:
            threading.Event().wait(STALLED / 10)


@pytest.mark.parametrize("protocol", ["HTTP/1.0", "HTTP/1.1"])
def test_a_reader_who_stops_reading_is_cut_off_and_half_an_answer_does_not_look_whole(
    app: Flask, protocol: str
) -> None:
    with listening(app, STALLED) as (address, server), stalled(address, protocol) as reader:
        # (Its type is given wrongly: it is a dict.)
        while cast(dict[int, object], server.active_channels):
            threading.Event().wait(STALLED / 10)
        # What was on its way still comes.
        with pytest.raises(ConnectionResetError):
            rest(reader, strict=True)
        assert status(address, "/search.jsonl")[0] == 200


def test_a_whole_export_says_how_many_results_it_has(app: Flask) -> None:
    answer = app.test_client().get("/search.jsonl")
    assert answer.headers["Cablegram-Results"] == str(MANY)
    assert len(answer.data.splitlines()) == MANY


@pytest.mark.parametrize("protocol", ["HTTP/1.0", "HTTP/1.1"])
def test_an_export_that_breaks_off_inside_does_not_look_whole(
    app: Flask, protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is gone in the middle of it."""

    def gone(*_: object, **__: object) -> NoReturn:
        raise IndexMissing("There is no index any more.")

    with listening(app, PATIENCE) as (address, _), stalled(address, protocol) as reader:
        monkeypatch.setattr(FolderSearcher, "get", gone)
        if protocol == "HTTP/1.0":
            with pytest.raises(ConnectionResetError):
                rest(reader, strict=True)
        else:
            # Its last chunk is missing.
            assert not rest(reader).endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("protocol", ["HTTP/1.0", "HTTP/1.1"])
def test_what_breaks_off_under_gunicorn_does_not_look_whole(tmp_path: Path, protocol: str) -> None:
    command = (str(BIN / "gunicorn"), "--bind", "127.0.0.1:0", "breaking_answer:application")
    places = os.pathsep.join((str(Path(breaking_answer.__file__).parent), str(ROOT)))
    with running(command, tmp_path, {"PYTHONPATH": places}) as server:
        to = urlsplit(server.address)
        with socket.create_connection((to.hostname, to.port), PATIENCE) as reader:
            reader.sendall(f"GET / {protocol}\r\nHost: x\r\n\r\n".encode())
            if protocol == "HTTP/1.0":
                with pytest.raises(ConnectionResetError):
                    rest(reader, strict=True)
            else:
                assert not rest(reader).endswith(b"0\r\n\r\n")
        while "ValueError: in the middle" not in server.said:
            assert server.read(PATIENCE), server.said
        assert server.complaints()


def test_hundreds_of_silent_connections_keep_nobody_out(app: Flask) -> None:
    """waitress's own limit is 100."""
    with listening(app, STALLED) as (address, _), ExitStack() as open_ones:
        silent = [open_ones.enter_context(socket.create_connection(address)) for _ in range(300)]
        for each in silent:
            each.sendall(b"GET / HTTP/1.1\r\nHost")
        assert status(address, "/healthz") == (200, None)
        # A request that never comes whole is cut off.
        for each in silent:
            each.settimeout(PATIENCE)
            assert rest(each) == b""


class _Places:
    """Turns by hand: who works long, and who has left."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, count: int = 1) -> None:
        monkeypatch.setattr(turns, "PATIENCE", -1.0)
        self.places = turns.Places(count)

    def turn(self, asked: str = "a", gone: Callable[[], bool] | None = None) -> turns.Turn:
        known = self.places.was_long(asked.encode())
        return turns.Turn(self.places, asked.encode(), gone, known=known)


def test_a_long_request_needs_a_place_and_gives_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand = _Places(monkeypatch)
    one, other = by_hand.turn("a"), by_hand.turn("b")
    with watched(one.look):
        check()
        check()
    with watched(other.look), pytest.raises(Busy, match="no more than 1 such") as refused:
        check()
    assert refused.value.seconds == RETRY_AFTER
    one.end()
    one.end()
    with watched(other.look):
        check()


def test_what_was_long_needs_its_place_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand = _Places(monkeypatch)
    first = by_hand.turn("long")
    first.look()
    monkeypatch.setattr(turns, "PATIENCE", 1000.0)
    by_hand.turn("short").look()
    with pytest.raises(Busy):
        by_hand.turn("long").look()
    first.end()
    by_hand.turn("long").look()


def test_work_of_other_threads_counts_and_waiting_for_them_counts_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_hand = _Places(monkeypatch)
    by_hand.turn("other").look()
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    waiting, working = by_hand.turn("a"), by_hand.turn("b")
    threading.Event().wait(0.1)
    waiting.look()

    def work() -> None:
        end = time.thread_time() + 0.1
        working.look()
        while time.thread_time() < end:
            pass
        working.look()

    with ThreadPoolExecutor(1) as pool, pytest.raises(Busy):
        pool.submit(work).result()
    monkeypatch.setattr(turns, "WAITING", 0.0)
    with pytest.raises(Busy):
        waiting.look()


def test_so_many_long_requests_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    places = turns.Places(1)
    for number in range(3_000):
        places.remember(str(number).encode())
    assert places.was_long(b"2999")
    assert not places.was_long(b"0")


def test_nobody_is_refused_once_the_answer_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand = _Places(monkeypatch)
    by_hand.turn("a").look()
    late = by_hand.turn("b")
    late.begin()
    late.look()


def test_who_has_left_is_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    here = [False, False, True]
    leaving = _Places(monkeypatch).turn(gone=lambda: here.pop(0))
    with watched(leaving.look):
        check()
        check()
        with pytest.raises(Left):
            check()


def test_a_request_whose_client_has_hung_up_ends_while_it_is_answered() -> None:
    """Over a real connection: the client sends a reset while the view works."""
    app = create_app(MemoryIndex().searcher())
    began, ended = threading.Event(), threading.Event()

    @app.get("/work")
    def work() -> NoReturn:
        began.set()
        try:
            while True:
                check()
                threading.Event().wait(0.005)
        finally:
            ended.set()

    with listening(app, PATIENCE) as (address, _):
        client = socket.create_connection(address)
        client.sendall(b"GET /work HTTP/1.1\r\nHost: x\r\n\r\n")
        assert began.wait(PATIENCE)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        # Long before the request's own time is over.
        assert ended.wait(turns.SECONDS / 2)
        assert status(address, "/healthz")[0] == 200


def test_a_question_inside_a_request_has_no_more_time_than_it() -> None:
    with limited(0.0), limited(1000.0), pytest.raises(TooSlow, match="after 0 seconds"):
        check()
    with limited(1000.0), limited(None), limited(0.0), pytest.raises(TooSlow):
        check()
    with limited(1000.0), limited(None):
        check()


def test_what_is_said_of_a_question_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0.0)
    app = create_app(MemoryIndex().searcher())
    app.add_url_rule("/long", view_func=check)
    answer = app.test_client().get("/long")
    assert answer.status_code == 503
    assert "<h1>This question takes too long</h1>" in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/search?q=a", "text/html"), ("/api/v1/search?q=a", "application/problem+json")],
)
def test_what_is_said_where_there_is_no_place(
    monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(PLAIN)
    app = create_app(index.searcher(), settings=WebSettings(threads=1))
    monkeypatch.setattr(turns, "PATIENCE", -1.0)
    refused: list[TestResponse] = []

    @app.get("/long")
    def long() -> str:
        check()
        # While this one has the only place.
        refused.append(app.test_client().get(path))
        return "answered"

    assert app.test_client().get("/long").text == "answered"
    (answer,) = refused
    assert (answer.status_code, answer.mimetype) == (503, kind)
    assert answer.headers["Retry-After"] == str(RETRY_AFTER)
    assert "answers no more than 1 such" in answer.text
    assert ("<h1>Please ask again in a moment</h1>" in answer.text) is (kind == "text/html")
    assert app.test_client().get(path).status_code == 200
