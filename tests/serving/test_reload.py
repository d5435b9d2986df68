"""Stop and reload of real servers while real clients ask them: no answer is lost, and none is broken."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from servers import BIN, PATIENCE, Server, running, serve

from corpus.sample_cables import samples_folder
from indexer.runs.build import build

# What each client asks in turn: a long page, a small answer, an export that is written piece by piece.
ASKED = ("/cable/07GUANGZHOU376", "/readyz", "/search.jsonl?q=putian")
PAUSE = 0.1
# Seconds for another process to answer, on a machine with much else to do.
BEGINNING = 240


class Clients:
    """Threads that ask a server again and again, on connections that stay open or on new ones.

    Whatever is no whole answer is a fault. A connection that is refused is none once the server was told to stop.
    """

    def __init__(self, address: str, count: int, *, pause: float = PAUSE) -> None:
        self._pause = pause
        self._where = urlsplit(address).netloc
        self.answers: Counter[int] = Counter()
        self.faults: list[str] = []
        self.may_refuse = threading.Event()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(each,)) for each in range(count)]

    def __enter__(self) -> Clients:
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """No more is asked; what was asked has been answered."""
        self._over.set()
        for each in self._threads:
            each.join()

    def wait_for(self, more: int) -> None:
        """Waits for so many more answers."""
        wanted, end = self.answers.total() + more, time.monotonic() + PATIENCE
        while self.answers.total() < wanted:
            assert time.monotonic() < end, (self.answers, self.faults)
            time.sleep(0.005)

    def _ask(self, number: int) -> None:
        stays = number % 2 == 0
        connection = HTTPConnection(self._where, timeout=PATIENCE)
        turn = number
        # (The pause leaves the process that is begun something of the processor.)
        while not self._over.wait(self._pause):
            path = ASKED[turn % len(ASKED)]
            turn += 1
            try:
                if connection.sock is None:
                    connection.connect()
            except ConnectionRefusedError:
                if not self.may_refuse.is_set():
                    self.faults.append(f"{path}: refused")
                return
            try:
                connection.request("GET", path, headers={} if stays else {"Connection": "close"})
                answer = connection.getresponse()
                said = answer.read()
                self.answers[answer.status] += 1
                stopping = path == "/readyz" and self.may_refuse.is_set()
                # On a machine with much else to do it may be told that it is one of too many, and when to come back.
                if answer.status != 200 and not (stopping or answer.headers["Retry-After"]):
                    self.faults.append(
                        f"{path}: {answer.status} {said[said.find(b'<h1') :][:300]!r}"
                    )
            except (HTTPException, OSError) as error:
                self.faults.append(f"{path}: {error!r}")
                connection.close()
        connection.close()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reload") / "index"
    with samples_folder() as samples:
        build([str(samples)], place, workers=1)
    return place


def said(server: Server, times: int, wanted: str = "Serving ") -> None:
    """Waits until the server has said something so often."""
    while server.said.count(wanted) < times:
        assert server.read(BEGINNING), server.said


def test_reloads_and_a_stop_under_load_lose_nothing(samples: Path, tmp_path: Path) -> None:
    settings = tmp_path / "cablegram.toml"
    settings.write_text('title = "Before"\n', "utf-8")
    with running(serve(samples), tmp_path) as server, Clients(server.address, 3) as clients:
        clients.wait_for(8)
        for turn in range(2, 4):
            settings.write_text(f'title = "Title {turn}"\n', "utf-8")
            server.process.send_signal(signal.SIGHUP)
            said(server, turn)
            said(server, turn - 1, "Reloaded")
            clients.wait_for(8)
        assert_ends_without_loss(server, clients, b"Title 3")


def test_gunicorn_with_our_settings_loses_nothing_either(
    samples: Path, tmp_path: Path, root: Path
) -> None:
    """Its two processes are replaced twice, and stopped while connections wait for one to take them."""
    settings = tmp_path / "cablegram.toml"
    settings.write_text('title = "Before"\n', "utf-8")
    command = [str(BIN / "gunicorn"), "--config", str(root / "deploy" / "gunicorn.conf.py")]
    more = {"CABLEGRAM_INDEX": str(samples), "CABLEGRAM_PORT": "0", "PYTHONPATH": str(root)}
    with (
        running([*command, "webui.wsgi:create()"], tmp_path, more) as server,
        Clients(server.address, 6, pause=0.01) as clients,
    ):
        clients.wait_for(16)
        for turn in range(2, 4):
            settings.write_text(f'title = "Title {turn}"\n', "utf-8")
            server.process.send_signal(signal.SIGHUP)
            said(server, 2 * turn, "Booting worker")
            said(server, 2 * (turn - 1), "Worker exiting")
            clients.wait_for(16)
        assert_ends_without_loss(server, clients, b"Title 3")


def assert_ends_without_loss(server: Server, clients: Clients, title: bytes) -> None:
    """The server has that title by now; it is told to stop, and each answer until then was whole."""
    connection = HTTPConnection(urlsplit(server.address).netloc, timeout=PATIENCE)
    connection.request("GET", "/")
    assert title in connection.getresponse().read()
    connection.close()
    clients.may_refuse.set()
    server.process.terminate()
    server.process.wait(PATIENCE)
    assert server.process.returncode == 0
    clients.end()
    assert clients.faults == []
    assert clients.answers[200] > 16


def test_while_it_stops_it_is_not_ready_and_answers_what_runs(
    samples: Path, tmp_path: Path
) -> None:
    command = [*serve(samples), "--leave-seconds", "2", "--log-format", "json"]
    with running(command, tmp_path) as server:
        where = urlsplit(server.address).netloc
        connection = HTTPConnection(where, timeout=PATIENCE)
        assert asked(connection, "/readyz") == (200, {"ready": True})
        name, head = "check-7", {"X-Request-Id": "check-7"}
        connection.request("GET", "/healthz", headers=head)
        answer = connection.getresponse()
        # Nobody stands in front of this server, so whoever asks does not choose the name.
        assert (answer.read(), answer.headers["X-Request-Id"]) != (b"", name)
        server.process.terminate()
        end = time.monotonic() + PATIENCE
        while (said := asked(where, "/readyz"))[0] == 200:
            assert time.monotonic() < end
        assert said == (503, {"ready": False, "reason": "stopping"})
        # New connections are taken still, and those that are there are answered.
        assert asked(where, "/healthz")[0] == 200
        assert asked(connection, "/healthz")[0] == 200
        server.process.wait(PATIENCE)
        connection.close()
    lines = [json.loads(line) for line in server.said.splitlines()]
    assert [each["event"] for each in lines if each["event"] != "request"] == ["serving", "stopped"]
    assert all(each["time"].endswith("Z") and each["level"] for each in lines)
    requests = [each for each in lines if each["event"] == "request"]
    assert {each["route"] for each in requests} == {"/readyz", "/healthz"}
    assert {each["status"] for each in requests} == {200, 503}
    assert len({each["request_id"] for each in requests}) == len(requests)


def test_a_process_that_dies_is_replaced_and_a_bad_reload_changes_nothing(
    samples: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "cablegram.toml"
    with running(serve(samples), tmp_path) as server:
        where = urlsplit(server.address).netloc
        settings.write_text("threads = 0\n", "utf-8")
        server.process.send_signal(signal.SIGHUP)
        said(server, 1, "goes on as it was")
        assert "cablegram.toml: threads is 0; it must be from 1 to 256" in server.said
        assert asked(where, "/readyz")[0] == 200
        settings.unlink()
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        (worker,) = children.read_text().split()
        os.kill(int(worker), signal.SIGKILL)
        said(server, 2)
        assert "ended (by the signal SIGKILL); another one is begun" in server.said
        # Whoever came meanwhile has waited at the socket, which was there all the time.
        assert asked(where, "/readyz")[0] == 200


def asked(whom: HTTPConnection | str, path: str) -> tuple[int, dict[str, object]]:
    """The answer on a connection, or on a new one."""
    connection = HTTPConnection(whom, timeout=PATIENCE) if isinstance(whom, str) else whom
    connection.request("GET", path)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    if isinstance(whom, str):
        connection.close()
    return answer.status, said
