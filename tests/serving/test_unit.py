"""The unit of systemd: what it allows, and that the server really lives with it."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from servers import BIN, PATIENCE, running

from corpus.sample_cables import samples_folder
from indexer.runs.build import build

# What `systemd-analyze security` may find at most, of 10; it was 4.9 before.
MOST_EXPOSED = 1.0
# What must stand in the unit whatever else does.
LINES = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "ProtectProc=invisible",
    "ProcSubset=pid",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "PrivateUsers=yes",
    "PrivateMounts=yes",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "MemoryDenyWriteExecute=yes",
    "LockPersonality=yes",
    "SystemCallArchitectures=native",
    "UMask=0077",
    "CapabilityBoundingSet=",
    "AmbientCapabilities=",
    "MemoryMax=4G",
    "TasksMax=512",
    "User=cablegram",
    "Group=cablegram",
    "Type=notify",
    "KillMode=mixed",
    "ReadOnlyPaths=/var/lib/cablegram",
)
# Seconds for another process to answer.
BEGINNING = 240
# A list of so many lines is a long request.
LONG = 600
NOBODY = "nobody"


@pytest.fixture(scope="module")
def unit(root: Path) -> Path:
    return root / "deploy" / "cablegram.service"


def test_what_it_takes_away_stands_in_it(unit: Path) -> None:
    said = unit.read_text("utf-8").splitlines()
    assert [line for line in LINES if line not in said] == []
    calls = [line.partition("=")[2] for line in said if line.startswith("SystemCallFilter=")]
    assert calls == ["@system-service", "~@privileged @resources", "setpriority prlimit64"]
    assert "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX" in said
    assert "ExecReload=/bin/kill -HUP $MAINPID" in said


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_its_exposure_as_systemd_counts_it(unit: Path) -> None:
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(unit)],
        capture_output=True, text=True, check=True, timeout=PATIENCE,
    ).stdout  # fmt: skip
    (exposed,) = re.findall(r"exposure level for cablegram.service: ([\d.]+)", told)
    assert float(exposed) <= MOST_EXPOSED, told


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("systemd-analyze") or sys.platform != "linux",
    reason="only root can take rights away, and only systemd knows its groups of system calls",
)
def test_the_server_lives_with_it(unit: Path, root: Path, tmp_path: Path) -> None:
    """It answers, also a long question in a process of its own, is reloaded and stopped, as the unit confines it."""
    place = tmp_path / "index"
    with samples_folder() as samples:
        build([str(samples)], place, workers=1)
    shutil.chown(tmp_path, NOBODY)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    shutil.chown(temporary, NOBODY)
    for folder in (tmp_path, *tmp_path.parents):
        if folder != Path("/tmp") and folder.is_relative_to("/tmp"):  # noqa: S108 - pytest's own
            folder.chmod(folder.stat().st_mode | 0o011)
    program = [str(BIN / "cablegram"), "serve", "--index", str(place), "--port", "0"]
    program += ["--log-format", "json", "--threads", "2"]
    confined = Path(__file__).parents[1] / "support" / "confined.py"
    command = [sys.executable, str(confined), str(unit), NOBODY, str(temporary), "--", *program]
    with running(command, tmp_path, {"TMPDIR": str(temporary)}) as server:
        address = server.address
        status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
        assert re.findall(r"^Uid:\s+(\d+)", status, re.MULTILINE) == [
            str(pwd.getpwnam(NOBODY).pw_uid)
        ]
        assert re.findall(r"^CapBnd:\s+(\w+)", status, re.MULTILINE) == ["0" * 16]
        assert re.findall(r"^(NoNewPrivs|Seccomp):\s+(\d)", status, re.MULTILINE) == [
            ("NoNewPrivs", "1"),
            ("Seccomp", "2"),
        ]
        mounts = Path(f"/proc/{server.process.pid}/mounts").read_text("utf-8").splitlines()
        written = [line.split()[1] for line in mounts if line.split()[3].split(",")[0] != "ro"]
        # (ProtectSystem=strict leaves the devices as they are.)
        assert {each for each in written if not each.startswith("/dev/")} <= {str(temporary)}
        with urlopen(f"{address}/readyz", timeout=PATIENCE) as answer:
            assert json.loads(answer.read()) == {"ready": True}
        with urlopen(f"{address}/search?q=putian", timeout=PATIENCE) as answer:
            assert b"07GUANGZHOU376" in answer.read()
        names = urlencode({"list": "\n".join(f"lamp {number}" for number in range(LONG))}).encode()
        with urlopen(f"{address}/batch.csv", names, timeout=BEGINNING) as answer:
            assert len(answer.read().splitlines()) == LONG + 1
        # The process for long requests was begun, and is no child of the one that knows the others.
        (worker,) = children(server.process.pid)
        assert len(children(worker)) >= 1
        server.process.send_signal(signal.SIGHUP)
        while "Reloaded" not in server.said:
            assert server.read(BEGINNING), server.said
        with urlopen(f"{address}/readyz", timeout=PATIENCE) as answer:
            assert answer.status == 200


def children(process: int) -> list[int]:
    """The processes that a process has begun, in any of its threads."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(each) for task in tasks for each in (task / "children").read_text("utf-8").split()]
