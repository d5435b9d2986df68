"""What is said, and what is sent again, when a cluster answers otherwise than with what was asked for.

The cluster is a small HTTP server on loopback; its answers are given, and have the form of those of OpenSearch 2.19.
"""

from __future__ import annotations

import json
import math
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import ConnectionTimeout

from search.deadline import limited
from search.engines.advising import Unusable, advising
from search.engines.opensearch_engine import cluster as cluster_py
from search.engines.opensearch_engine import connection, sending
from search.engines.opensearch_engine.administration import Administration
from search.engines.opensearch_engine.cluster import Cluster
from search.engines.opensearch_engine.connection import SignedConnection
from search.engines.opensearch_engine.place import Place, Settings
from search.engines.opensearch_engine.sending import Operation, Sender
from search.errors import IndexMissing, SearchError, TooSlow

Answer = tuple[int, dict[str, Any]]
WHOLE = {"timed_out": False, "_shards": {"total": 3, "successful": 3, "failed": 0}, "hits": {}}


class Stub(ThreadingHTTPServer):
    """Gives its answers in order, the last one again and again; keeps what it was asked."""

    daemon_threads = True

    def __init__(self, answers: list[Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.asked: list[str] = []
        self.pause = 0.0  # seconds before each answer


class Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.server.asked.append(self.rfile.read(length).decode())
        threading.Event().wait(self.server.pause)
        answers = self.server.answers
        status, told = answers.pop(0) if len(answers) > 1 else answers[0]
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            with suppress(BrokenPipeError):  # who asked has not waited
                self.wfile.write(content)

    do_HEAD = do_POST  # noqa: N815 - the name that the base class looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Nothing on the terminal."""


@contextmanager
def asked_of(*answers: Answer, settings: Settings | None = None) -> Iterator[tuple[Cluster, Stub]]:
    server = Stub(list(answers))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    place = Place(
        (f"http://127.0.0.1:{server.server_port}",), "newsroom", "cablegram-s2-newsroom-1"
    )
    cluster = Cluster(place, settings or Settings())
    try:
        yield cluster, server
    finally:
        cluster.close()
        server.shutdown()
        thread.join()
        server.server_close()


def error(kind: str, reason: str, status: int, **more: object) -> Answer:
    told = {"type": kind, "reason": reason, **more}
    return status, {"error": {**told, "root_cause": [told]}, "status": status}


GONE = {"type": "index_not_found_exception", "reason": "no such index"}
CLOSED = {"type": "node_closed_exception", "reason": "node closed"}
FAULT = {"type": "null_pointer_exception", "reason": "a fault of the cluster's own"}
FAILED_SHARD = {"shard": 1, "index": "x", "reason": {"type": "node_disconnected_exception"}}


@pytest.mark.parametrize(
    ("answer", "kind", "sentence"),
    [
        (error("security_exception", "no", 401), SearchError, "refuses the user reader; set "),
        (error("security_exception", "no permissions", 403), SearchError, "reader may not do this"),
        (error("index_not_found_exception", "no such index", 404), IndexMissing, "has no index newsroom; build"),
        (
            error("search_phase_execution_exception", "failed to expand hits", 404, caused_by=GONE),
            IndexMissing,
            "has no index newsroom; build",
        ),
        (error("rejected_execution_exception", "queue is full", 429), SearchError, "too much to do"),
        (
            error("search_phase_execution_exception", "", 503, failed_shards=[FAILED_SHARD]),
            SearchError,
            "No answer: 1 part of the index can't be read now",
        ),
        (
            error("search_phase_execution_exception", "", 500, failed_shards=[FAILED_SHARD], caused_by=CLOSED),
            SearchError,
            "No answer: 1 part of the index can't be read now",
        ),
        (
            error("search_phase_execution_exception", "", 500, failed_shards=[FAILED_SHARD], caused_by=FAULT),
            SearchError,
            r"could not do it \(500\)",
        ),
        ((200, WHOLE | {"timed_out": True}), SearchError, "No answer: "),
        (
            (200, WHOLE | {"_shards": {"total": 3, "successful": 2, "failed": 1}}),
            SearchError,
            "No answer: 1 of 3 parts of the index",
        ),
        (
            (200, WHOLE | {"_shards": {"total": 3, "successful": 2, "failed": 0}}),
            SearchError,
            "No answer: 1 of 3 parts of the index",
        ),
        (error("parsing_exception", "what is this", 400), SearchError, r"\(400\): what is this\.$"),
    ],
    ids=["401", "403", "404", "404 half way", "429", "503", "500", "fault", "timed out", "failed", "not asked", "400"],
)  # fmt: skip
def test_no_answer_is_a_sentence_and_never_a_part(
    answer: Answer, kind: type[SearchError], sentence: str, tmp_path: Path
) -> None:
    settings = Settings(user="reader", password="word")  # noqa: S106 - of nothing
    with asked_of(answer, settings=settings) as (cluster, _):
        with pytest.raises(kind, match=sentence) as said, advising(tmp_path):
            cluster.search({"query": {"match_all": {}}})
        assert "\n" not in str(said.value)
        assert "word" not in str(said.value).split()


def test_a_certificate_file_that_is_not_there() -> None:
    place = Place(("https://127.0.0.1:9",), "newsroom", "x")
    with pytest.raises(SearchError, match=r"no file /nothing/ca\.pem; CABLEGRAM_OPENSEARCH_CA"):
        Cluster(place, Settings(ca="/nothing/ca.pem"))


def test_a_whole_answer_is_given() -> None:
    with asked_of((200, WHOLE)) as (cluster, _):
        assert cluster.search({"query": {"match_all": {}}})["hits"] == {}


def test_a_cluster_that_is_not_there() -> None:
    cluster = Cluster(Place(("http://127.0.0.1:9",), "newsroom", "x"), Settings())
    with pytest.raises(SearchError, match=r"127\.0\.0\.1:9 can't be reached .*; is it running\?"):
        cluster.search({})
    cluster.close()


def test_a_node_that_takes_a_connection_and_never_answers_is_passed_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is asked for a sign of life only, and by none of the later requests that could have met it."""
    monkeypatch.setattr(connection, "SIGN_SECONDS", 0.2)
    with asked_of((200, WHOLE)) as (one, server), socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(10.0)
        hosts = (f"http://127.0.0.1:{silent.getsockname()[1]}", *one.place.hosts)
        cluster = Cluster(replace(one.place, hosts=hosts), Settings())
        for _ in range(6):
            assert cluster.search({"query": {"match_all": {}}})["hits"] == {}
        cluster.close()
        taken, _ = silent.accept()
        with taken:
            assert taken.recv(100).startswith(b"HEAD / HTTP")
        silent.settimeout(0.0)
        with pytest.raises(BlockingIOError):
            silent.accept()
    assert len([body for body in server.asked if body]) == 6


def test_where_no_node_gives_a_sign_each_is_asked_without_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when all of them have so much to do that none is quick."""
    monkeypatch.setattr(connection, "SIGN_SECONDS", 0.001)
    with asked_of((200, WHOLE)) as (one, server):
        server.pause = 0.3
        hosts = (*one.place.hosts, one.place.hosts[0].replace("127.0.0.1", "localhost"))
        cluster = Cluster(replace(one.place, hosts=hosts), Settings())
        assert cluster.search({"query": {"match_all": {}}})["hits"] == {}
        cluster.close()
    assert "" in server.asked


def test_the_only_node_is_not_asked_again_while_it_is_still_at_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster_py, "_SEARCH_SECONDS", 0.2)
    with asked_of((200, WHOLE)) as (cluster, server):
        server.pause = 1.0
        with pytest.raises(SearchError, match="did not answer in time; try again later"):
            cluster.search({})
        assert len(server.asked) == 1


def test_a_question_has_its_time_also_far_away() -> None:
    with asked_of((200, WHOLE)) as (cluster, server):
        with limited(5.0):
            cluster.search({"query": {"match_all": {}}})
        milliseconds = json.loads(server.asked[0])["timeout"].removesuffix("ms")
        assert 0 < int(milliseconds) <= 5000
        with pytest.raises(TooSlow), limited(0.0):
            cluster.search({})
        assert len(server.asked) == 1


def item(status: int, what: str = "index", kind: str = "", reason: str = "") -> dict[str, object]:
    told: dict[str, object] = {"status": status}
    if kind:
        told["error"] = {"type": kind, "reason": reason}
    return {what: told}


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that would have been made, by a clock that only they move."""
    made: list[float] = []
    init: Callable[..., None] = sending.Patience.__init__
    monkeypatch.setattr(
        sending.Patience,
        "__init__",
        lambda self, cluster: init(self, cluster, made.append, lambda: sum(made)),
    )
    return made


OPERATIONS = [Operation("K1", "K1#0", {"a": 1}), Operation("K2", "K2#0", {"a": 2})]


def send(cluster: Cluster) -> dict[str, str]:
    sender = Sender(cluster)
    for operation in OPERATIONS:
        sender.add(operation)
    sender.finish()
    return sender.refused


def test_only_what_there_was_no_room_for_is_sent_again(pauses: list[float]) -> None:
    first = {"items": [item(201), item(429, kind="rejected_execution_exception")]}
    with asked_of((200, first), (200, {"items": [item(201)]})) as (cluster, server):
        assert send(cluster) == {}
    assert [body.count("\n") for body in server.asked] == [4, 2]
    assert '"K2#0"' in server.asked[1]
    assert len(pauses) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_request_that_was_turned_away_is_sent_again_whole(
    pauses: list[float], status: int
) -> None:
    done = (200, {"items": [item(201), item(200)]})
    full = error("rejected_execution_exception", "full", status)
    with asked_of(full, full, full, full, full, done) as (cluster, server):
        assert send(cluster) == {}
    assert len(set(server.asked)) == 1
    assert len(pauses) >= 1


@pytest.mark.parametrize(
    "trouble",
    [
        error("circuit_breaking_exception", "[parent] Data too large", 429),
        error("search_phase_execution_exception", "", 503, failed_shards=[FAILED_SHARD]),
        (200, {**WHOLE, "_shards": {"total": 3, "successful": 2, "failed": 1}}),
    ],
    ids=["no room", "no shard", "part missing"],
)
def test_a_writer_that_is_not_told_what_is_there_asks_again(
    pauses: list[float], trouble: Answer
) -> None:
    hit = {"_id": "K1#0", "fields": {"owner": ["K1"]}, "sort": [1, 0]}
    found = (200, {**WHOLE, "hits": {"total": {"value": 1}, "hits": [hit]}})
    answers = (*[trouble] * 6, found)  # more than the client asks again by itself
    with asked_of(*answers) as (cluster, server):
        administration = Administration(cluster, Settings(), "form")
        assert administration.documents_of(["K1"]) == {"K1": {"K1#0"}}
        assert len(server.asked) == len(answers)
    with asked_of(*answers) as (cluster, _):
        assert Administration(cluster, Settings(), "form").has({"match_all": {}}, "K1")
    assert len(pauses) > 1


def test_pauses_grow_and_end_in_a_sentence(pauses: list[float]) -> None:
    full = (200, {"items": [item(429), item(429)]})
    with (
        asked_of(full) as (cluster, server),
        pytest.raises(SearchError, match=r"took nothing for 300 seconds \(status 429\); run"),
    ):
        send(cluster)
    assert max(pauses[:3]) < max(pauses[3:]) <= sending.LONGEST_PAUSE
    assert sum(pauses) <= sending.PATIENCE
    assert len(server.asked) == len(pauses) + 1


def test_a_fault_of_the_cluster_sets_no_cable_aside(pauses: list[float]) -> None:
    """Its disk is full: the cable that the index has already must stay, and the operator must be told why."""
    full = item(500, kind="translog_exception", reason="No space left on device")
    then = (200, {"items": [item(201)]})
    with asked_of((200, {"items": [item(201), full]}), then) as (cluster, server):
        assert send(cluster) == {}
        assert len(server.asked) == 2
    flooded = item(429, kind="cluster_block_exception", reason="disk usage exceeded flood-stage")
    with (
        asked_of((200, {"items": [flooded, flooded]})) as (cluster, _),
        pytest.raises(SearchError, match=r"\(status 429, disk usage exceeded flood-stage\); run"),
    ):
        send(cluster)


def test_a_shard_without_a_primary_that_knows_it_is_told_with_what_helps(
    pauses: list[float],
) -> None:
    """OpenSearch 2.19.1, after two of three nodes were killed and started again under a load."""
    idle = item(500, kind="retry_on_primary_exception", reason="shard is not in primary mode")
    with (
        asked_of((200, {"items": [idle, idle]})) as (cluster, _),
        pytest.raises(
            SearchError, match=r"mode\); start the node with that shard's primary again, run"
        ),
    ):
        send(cluster)


def test_what_is_refused_for_good_is_named_and_not_sent_again(pauses: list[float]) -> None:
    conflict = item(400, kind="mapper_parsing_exception", reason="failed to parse field [a]")
    with asked_of((200, {"items": [conflict, item(201)]})) as (cluster, server):
        assert send(cluster) == {"K1": "failed to parse field [a]"}
    assert (len(server.asked), pauses) == (1, [])


@pytest.mark.parametrize("operation", [*OPERATIONS[:1], Operation("K1", "K1#0", None)])
def test_an_index_that_may_not_be_written_to_refuses_no_cable(
    pauses: list[float], operation: Operation
) -> None:
    """It is about the index, or the user, and the same for every cable: the load ends, and none is set aside."""
    blocked = item(403, kind="cluster_block_exception", reason="index [x] blocked by: [write]")
    with asked_of((200, {"items": [blocked]})) as (cluster, server):
        sender = Sender(cluster)
        sender.add(operation)
        with pytest.raises(SearchError, match=r"can't be written to: index \[x\] blocked by"):
            sender.finish()
        assert (len(server.asked), pauses, sender.refused) == (1, [], {})


def test_a_request_that_is_too_large_is_sent_in_parts(pauses: list[float]) -> None:
    too_large = (413, {"error": "Request Entity Too Large"})
    with asked_of(too_large, (200, {"items": [item(201)]})) as (cluster, server):
        assert send(cluster) == {}
    assert [body.count("\n") for body in server.asked] == [4, 2, 2]
    assert pauses == []


def test_a_document_that_is_too_large_alone_is_refused(pauses: list[float]) -> None:
    too_large = (413, {"error": "Request Entity Too Large"})
    done = (200, {"items": [item(201)]})
    with asked_of(too_large, too_large, done) as (cluster, server):
        assert send(cluster) == {"K1": "52 bytes are too many for a request"}
    assert '"K2#0"' in server.asked[-1]
    assert (len(server.asked), pauses) == (3, [])


def test_an_index_that_is_gone_is_not_made_anew(pauses: list[float]) -> None:
    gone = item(404, kind="index_not_found_exception", reason="no such index")
    with (
        asked_of((200, {"items": [gone, gone]}), (404, {})) as (cluster, _),
        pytest.raises(Unusable),
    ):
        send(cluster)
    assert pauses == []


def test_an_index_that_one_node_does_not_know_yet_is_waited_for(pauses: list[float]) -> None:
    gone = item(404, kind="index_not_found_exception", reason="no such index")
    done = (200, {"items": [item(201), item(201)]})
    with asked_of((200, {"items": [gone, gone]}), (200, {}), (200, {}), done) as (cluster, _):
        assert send(cluster) == {}
    assert len(pauses) == 1


@pytest.mark.parametrize("operation", [OPERATIONS[0], Operation("K1", "K1#0", None)])
def test_a_shard_that_a_node_does_not_have_is_about_no_document(
    pauses: list[float], operation: Operation
) -> None:
    """404 as well: the cable must not be set aside for it, and a deletion not be taken for done."""
    moved = item(404, kind="shard_not_found_exception", reason="no such shard")
    with asked_of((200, {"items": [moved]}), (200, {"items": [item(200)]})) as (cluster, server):
        sender = Sender(cluster)
        sender.add(operation)
        sender.finish()
        assert sender.refused == {}
        assert len(server.asked) == 2
    assert len(pauses) == 1


def test_a_document_that_is_gone_already_need_not_be_deleted() -> None:
    with asked_of((200, {"items": [item(404, "delete")]})) as (cluster, server):
        sender = Sender(cluster)
        sender.add(Operation("K1", "K1#7", None))
        sender.finish()
        assert sender.refused == {}
        assert json.loads(server.asked[0]) == {"delete": {"_id": "K1#7", "routing": "K1"}}


def test_requests_have_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST_BYTES", 10)
    with asked_of((200, {"items": [item(201)]})) as (cluster, server):
        assert send(cluster) == {}
    assert [body.count("\n") for body in server.asked] == [2, 2]


@pytest.mark.parametrize(
    ("path", "took", "believed"),
    [
        ("/x/_search", 0, False),
        ("/x/_search?preference=q1", 10, False),
        ("/x/_search", 60_000, True),
        ("/x/_bulk", 0, True),
        ("/x/_refresh", None, True),
    ],
    ids=["late", "late, with parameters", "worked on", "a load", "no search"],
)
def test_a_search_that_came_late_and_not_for_hard_work_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, path: str, took: int | None, believed: bool
) -> None:
    """The node may have stood still, and have answered before it knew that it was left out."""
    monkeypatch.setattr(connection, "QUIET_SECONDS", 0.2)
    monkeypatch.setattr(connection, "SIGN_SECONDS", 1.0)
    with asked_of((200, WHOLE if took is None else WHOLE | {"took": took})) as (_, server):
        node = SignedConnection(host="127.0.0.1", port=server.server_port)
        node._heard = math.inf  # it needs no sign
        server.pause = 1.5
        if believed:
            assert node.perform_request("POST", path, body=b"{}")[0] == 200
        else:
            with pytest.raises(ConnectionTimeout, match="came late"):
                node.perform_request("POST", path, body=b"{}")
        # Either way it is passed by before it is asked the next time, and asked where there is no other.
        server.pause = 0.0
        monkeypatch.setattr(connection, "SIGN_SECONDS", 30.0)
        node._heard = -math.inf
        with pytest.raises(NoConnection, match="until it knows the others"):
            node.perform_request("POST", path, body=b"{}")
        assert node.perform_request("POST", path, body=b"{}")[0] == 200


def test_a_node_that_gave_no_sign_is_passed_by_once_more_when_it_gives_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "QUIET_SECONDS", -1.0)
    monkeypatch.setattr(connection, "PASSED_BY_SECONDS", -1.0)
    monkeypatch.setattr(connection, "SIGN_SECONDS", 0.2)
    with asked_of((200, WHOLE)) as (_, server):
        node = SignedConnection(host="127.0.0.1", port=server.server_port)
        server.pause = 0.5
        with pytest.raises(ConnectionTimeout):
            node.perform_request("POST", "/x/_search", body=b"{}")
        server.pause = 0.0
        monkeypatch.setattr(connection, "SIGN_SECONDS", 30.0)
        with pytest.raises(NoConnection, match="until it knows the others"):
            node.perform_request("POST", "/x/_search", body=b"{}")
        assert node.perform_request("POST", "/x/_search", body=b"{}")[0] == 200


def test_another_node_answers_for_one_that_stood_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "QUIET_SECONDS", 0.2)
    monkeypatch.setattr(connection, "SIGN_SECONDS", 0.2)
    old = WHOLE | {"took": 1, "hits": {"old": True}}
    # It says that it worked for a minute: however slow this machine is, its answer did not lie about.
    new = WHOLE | {"took": 60_000, "hits": {"old": False}}
    with asked_of((200, old)) as (one, still), asked_of((200, new)) as (two, _):
        both = Cluster(replace(one.place, hosts=one.place.hosts + two.place.hosts), Settings())
        try:
            while not still.asked:
                both.search({"query": {}})
            still.pause = 0.5
            assert {both.search({"query": {}})["hits"]["old"] for _ in range(6)} == {False}
        finally:
            both.close()
