"""The commands of `deploy/` and of `docs/serving.md`, run as they stand there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from servers import BIN, PATIENCE, gunicorn, index, running

from search.settings import BY_NAME, Settings, read_settings
from webui.asking.checking import MOST_BYTES as DRAFT_BYTES
from webui.asking.lists import MOST_BYTES as LIST_BYTES


@dataclass(frozen=True, slots=True)
class Installed:
    """An index of the sample cables, and a folder to run in."""

    folder: Path
    index: Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    return Installed(folder, index(folder))


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return json.loads(answer.read())


def assert_serves_samples(address: str) -> None:
    assert get(f"{address}/healthz")["ok"] is True
    assert get(f"{address}/api/v1/cables/07GUANGZHOU376")["id"] == "07GUANGZHOU376"
    with pytest.raises(urllib.error.HTTPError) as missing:
        get(f"{address}/api/v1/cables/07NOWHERE1")
    assert missing.value.code == 404
    missing.value.close()


def test_the_unit_of_systemd(root: Path, installed: Installed, tmp_path: Path) -> None:
    unit = (root / "deploy" / "cablegram.service").read_text(encoding="utf-8")
    (command,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    settings = (root / "deploy" / "cablegram.toml").read_text(encoding="utf-8")
    (tmp_path / "cablegram.toml").write_text(settings, encoding="utf-8")
    placed = shlex.split(
        command.replace("/opt/cablegram/.venv/bin", str(BIN)).replace(
            "/etc/cablegram", str(tmp_path)
        )
    )
    assert placed[0] == str(BIN / "cablegram")
    environment = {"CABLEGRAM_INDEX": str(installed.index), "CABLEGRAM_PORT": "0"}
    with running(placed, installed.folder, environment) as server:
        assert_serves_samples(server.address)


def test_the_settings_file_of_deploy_is_good(root: Path) -> None:
    found = read_settings({}, {}, root / "deploy" / "cablegram.toml")
    assert found.index == "/var/lib/cablegram/index"
    unit = (root / "deploy" / "cablegram.service").read_text(encoding="utf-8")
    assert "StateDirectory=cablegram\n" in unit
    assert f"WorkingDirectory={Path(found.index).parent}\n" in unit


def instructions(root: Path) -> list[tuple[str, str]]:
    text = (root / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


def test_the_command_of_the_dockerfile(root: Path, installed: Installed) -> None:
    steps = instructions(root)
    (command,) = (json.loads(rest) for step, rest in steps if step == "CMD")
    settings = dict(rest.split("=", 1) for step, rest in steps if step == "ENV")
    # Where the program is, and that Python writes nothing beside it.
    assert settings.pop("PATH").startswith("/opt/cablegram/.venv/bin:")
    assert settings.pop("PYTHONDONTWRITEBYTECODE") == "1"
    assert set(settings) <= {each.variable for each in BY_NAME.values()}
    environment = {
        **settings,
        "CABLEGRAM_INDEX": str(installed.index),
        "CABLEGRAM_PORT": "0",
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }
    command[0] = str(BIN / command[0])
    with running(command, installed.folder, environment) as server:
        port = server.address.rpartition(":")[2]
        assert_serves_samples(f"http://127.0.0.1:{port}")
        (check,) = (rest for step, rest in steps if step == "HEALTHCHECK")
        program, *arguments = json.loads(check.removeprefix("CMD "))
        assert program == "python"
        healthy = subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "CABLEGRAM_PORT": port},
            timeout=PATIENCE,
            check=False,
        )
        assert healthy.returncode == 0


def test_the_dockerfile_copies_what_is_there_and_all_that_is_needed(root: Path) -> None:
    copied = [
        name
        for step, rest in instructions(root)
        if step == "COPY" and not rest.startswith("--from=")
        for name in rest.split()[:-1]
    ]
    assert {name for name in copied if not (root / name).exists()} == set()
    assert {"corpus", "indexer", "search", "webui", "cablegram.py", "pyproject.toml"} <= set(copied)
    ignored = (root / ".dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{name}" for name in copied} <= set(ignored)


def test_its_packages_are_installed_as_make_does(root: Path) -> None:
    runs = [json.loads(rest) for step, rest in instructions(root) if step == "RUN"]
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    (locked,) = re.findall(r"^LOCKED = install (.+)$", makefile, re.MULTILINE)
    assert f"{locked} requirements/run.txt" in " ".join(runs[1])
    # What make asks scripts/check_lock.py: here nothing else is installed.
    assert runs[3] == [".venv/bin/python", "-m", "pip", "check"]


def test_the_container_is_of_a_base_by_its_digest_and_of_no_rights(root: Path) -> None:
    steps = instructions(root)
    assert steps[0] == ("ARG", "BASE")  # without a default: a tag would be another image tomorrow
    assert [rest for step, rest in steps if step == "FROM"] == ["${BASE} AS built", "${BASE}"]
    text = (root / "deploy" / "Dockerfile").read_text("utf-8")
    assert "--build-arg BASE=python:3.12-slim@sha256:..." in text
    assert text.count("docker run --rm --read-only --cap-drop ALL --security-opt no-new-priv") == 1
    assert text.count("docker run --detach --read-only --cap-drop ALL --security-opt no-new") == 1
    ordered = [step for step, _ in steps]
    assert dict(steps)["USER"] == "10001"
    assert ordered.index("USER") < ordered.index("CMD")
    # Nothing is made or changed by the user who serves.
    assert not {"RUN", "COPY", "ADD"} & set(ordered[ordered.index("USER") :])


def test_the_settings_for_gunicorn(root: Path, installed: Installed) -> None:
    """With its log as lines of JSON, reloaded and stopped; a name that a proxy gave a request is kept."""
    command = [str(BIN / "gunicorn"), "--config", str(root / "deploy" / "gunicorn.conf.py")]
    environment = {
        "CABLEGRAM_INDEX": str(installed.index),
        "CABLEGRAM_LOG_FORMAT": "json",
        "CABLEGRAM_PORT": "0",
        "CABLEGRAM_PROXIES": "1",
        "PYTHONPATH": str(root),
    }
    with running([*command, "webui.wsgi:create()"], installed.folder, environment) as server:
        asked = urllib.request.Request(
            f"{server.address}/readyz", headers={"X-Request-Id": "proxy-1"}
        )
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            assert answer.headers["X-Request-Id"] == "proxy-1"
            assert json.loads(answer.read()) == {"ready": True}
    lines = [json.loads(line) for line in server.said.splitlines()]
    (request,) = [each for each in lines if each["event"] == "request"]
    assert (request["request_id"], request["route"], request["status"]) == (
        "proxy-1", "/readyz", 200,
    )  # fmt: skip


def test_the_settings_for_nginx(root: Path) -> None:
    """What the server takes, it lets through; what `proxies = 1` believes, it writes. benchmarks/idle.py runs it."""
    text = (root / "deploy" / "nginx.conf").read_text("utf-8")
    said = dict(re.findall(r"^ *(\w+) ([^;{]+);", text, re.MULTILINE))
    sent = dict(re.findall(r"^ *proxy_set_header (\S+) (\S+);", text, re.MULTILINE))
    # By these alone ProxyFix goes (`webui.middleware.install`); a client's own would come through otherwise.
    believed = {"X-Forwarded-For": "$remote_addr", "X-Forwarded-Proto": "$scheme"}
    assert believed.items() <= sent.items()
    assert sent["X-Forwarded-Host"] == sent["Host"] == "$host"
    assert sent["Connection"] == '""'
    assert said["proxy_http_version"] == "1.1"
    assert said["server"] == f"127.0.0.1:{Settings().port}"
    assert said["large_client_header_buffers"] == "4 16k"
    assert int(said["client_max_body_size"].removesuffix("m")) * 1e6 > max(LIST_BYTES, DRAFT_BYTES)
    # A list has forty seconds, a server that stops as many as its settings say.
    longest = max(40, Settings().stop_seconds)
    assert int(said["proxy_read_timeout"].removesuffix("s")) > longest
    assert int(said["worker_connections"]) >= 2 * 10_000 <= int(said["worker_rlimit_nofile"])
    assert "$request_uri" not in text
    assert "$args" not in text


def test_the_command_for_gunicorn(root: Path, installed: Installed) -> None:
    environment = {"CABLEGRAM_INDEX": str(installed.index), "PYTHONPATH": str(root)}
    with running(gunicorn(root), installed.folder, environment) as server:
        assert_serves_samples(server.address)


def test_gunicorn_is_told_what_is_wrong_in_a_sentence(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        gunicorn(root),
        cwd=tmp_path,
        env={
            **os.environ,
            "CABLEGRAM_PORT": "many",
            "PYTHONPATH": str(root),
            "HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode != 0
    assert "cablegram: CABLEGRAM_PORT is 'many'; it must be a whole number." in done.stderr


def test_flags_beat_the_file(installed: Installed, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('title = "From the file"\nport = 1\nrequests_per_minute = 1\n', "utf-8")
    command = [
        str(BIN / "cablegram"), "serve", "--config", str(file), "--port", "0",
        "--index", str(installed.index), "--title", "From a flag",
    ]  # fmt: skip
    with running(command, installed.folder, {"CABLEGRAM_REQUESTS_PER_MINUTE": "0"}) as server:
        for _ in range(3):
            document = get(f"{server.address}/api/v1/openapi.json")
        assert document["info"]["title"] == "From a flag API"


@pytest.mark.parametrize(
    ("text", "variable", "sentence"),
    [
        ("prot = 1", "", "{file}: there is no setting 'prot'; did you mean port."),
        ("", "x", "CABLEGRAM_THREADS is 'x'; it must be a whole number."),
    ],
)
def test_serve_tells_a_bad_setting_in_a_sentence(
    tmp_path: Path, text: str, variable: str, sentence: str
) -> None:
    (tmp_path / "cablegram.toml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [BIN / "cablegram", "serve"],
        cwd=tmp_path,
        env={**os.environ, "CABLEGRAM_THREADS": variable},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip() == f"cablegram: {sentence.format(file='cablegram.toml')}".rstrip(".")
