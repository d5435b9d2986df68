"""Readers of several collections, as people start the server: behind a proxy that signs them in, and over its lane."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from servers import COMMAND, running
from stub_proxy import proxying

from corpus.model import Cable, Paragraph, Part
from search.engines import open_writer
from search.settings import read_settings
from webui.middleware import turns
from webui.middleware.install import NOTED
from webui.middleware.lane import Lane
from webui.server.served import opened
from webui.server.serving import lane_application
from webui.settings import web_settings

RIGHTS = """
[sign_in]
by = "header"
[collections.open]
index = "open"
readers = ["@everyone"]
[collections.leak]
index = "leak"
readers = ["anna", "@desk"]
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("behind")
    for name, cable_id in (("open", "07ROME1"), ("leak", "07LIMA7")):
        paragraph = Paragraph("p1", 1, None, None, Part.BODY, "Putian lanterns")
        with open_writer(folder / name) as writer:
            writer.put(Cable(cable_id, subject="LANTERNS", paragraphs=(paragraph,)))
    (folder / "rights.toml").write_text(RIGHTS)
    return folder


def found(address: str, **headers: str) -> list[str]:
    """The ids of the cables that a reader finds."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    asked = urllib.request.Request(f"{address}/api/v1/search?q=lanterns", headers=names)
    with urllib.request.urlopen(asked) as answer:
        return sorted(each["cable"] for each in json.load(answer)["groups"])


def test_a_proxy_that_signs_readers_in(place: Path) -> None:
    log = place / "audit.jsonl"
    command = [COMMAND, "serve", "--rights", "rights.toml", "--port", "0", "--audit-log", str(log)]
    sessions = {"s=anna": ("anna", ""), "s=dora": ("dora", "press,desk"), "s=boris": ("boris", "")}
    with (
        running(command, place) as server,
        proxying(server.address, sessions) as proxy,
    ):
        assert "Serving 2 collections" in server.said
        assert found(proxy) == ["07ROME1"]
        assert found(proxy, Cookie="s=anna") == ["07LIMA7", "07ROME1"]
        assert found(proxy, Cookie="s=dora") == ["07LIMA7", "07ROME1"]
        assert found(proxy, Cookie="s=boris") == ["07ROME1"]
        # What a client says of itself does not come through, in any spelling.
        for name in ("X_Forwarded_User", "x_forwarded_user"):
            assert found(proxy, **{name: "anna"}) == ["07ROME1"]
        host = proxy.removeprefix("http://")
        with closing(http.client.HTTPConnection(host)) as raw:
            raw.putrequest("GET", "/cable/07LIMA7")
            raw.putheader("X_Forwarded_User", "anna")
            raw.endheaders()
            assert raw.getresponse().status == 404
    lines = [json.loads(each) for each in log.read_text().splitlines()]
    assert [each["reader"] for each in lines if each["event"] == "sign-in"] == [
        "anna",
        "dora",
        "boris",
    ]
    assert "lanterns" not in log.read_text()


def test_long_requests_take_along_who_asks(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request moves to a process of the lane, which answers each reader with what they may read."""
    monkeypatch.setattr(turns.Places, "was_long", lambda *_: True)
    settings = read_settings({"rights": str(place / "rights.toml")}, {}, None)
    served = opened(settings)
    with closing(served.source), closing(Lane(1, NOTED, lane_application, settings)) as lane:
        client = served.application(web_settings(settings), lane).test_client()
        for _ in range(2):
            for name, number in (("", 1), ("anna", 2), ("boris", 1)):
                headers = {"X-Forwarded-User": name} if name else {}
                answer = client.get("/api/v1/status", headers=headers)
                assert answer.json["cables"] == number
                assert answer.headers["Cache-Control"] == "private, no-store"
        # Refused before it moves, by the address of whoever is connected.
        far = {"REMOTE_ADDR": "10.1.1.1"}
        answer = client.get("/", headers={"X-Forwarded-User": "anna"}, environ_overrides=far)
        assert answer.status_code == 403
