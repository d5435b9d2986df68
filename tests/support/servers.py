"""Servers as people start them: `cablegram serve`, or another, in a process of its own.

Owns the process, the line by which it says its address, and what it says afterwards. Must not know what it is asked.
"""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from command_line import ask

from corpus.cable_json import cable_to_json
from corpus.model import Cable
from corpus.sample_cables import samples_folder

PATIENCE = 60  # seconds; what is waited for takes about one
# Where the programs of this environment are: `cablegram` and `gunicorn` as they are installed.
BIN = Path(sys.executable).parent
COMMAND = str(BIN / "cablegram")

# What the servers say when they listen: `at http://127.0.0.1:8000/ (`, `Listening at: http://127.0.0.1:8000 (1)`.
LISTENING = re.compile(r" at:? (http://\S+?)/? \(")
# What they say when something went wrong: a traceback, `ERROR in app: Exception on /search [GET]`, waitress's
# `Exception while serving /static/keys.js`, gunicorn's `[CRITICAL] WORKER TIMEOUT`.
COMPLAINT = re.compile(r"^(?:Traceback|.*\b(?:ERROR|CRITICAL|Exception)\b).*", re.MULTILINE)


@dataclass(slots=True)
class Server:
    """A server that listens at `address`; `said` is what it has printed so far."""

    process: subprocess.Popen[bytes]
    said: str = ""
    _told: int = 0

    def read(self, patience: float) -> bool:
        """Takes what it has printed; waits for it so many seconds. False if it is silent, or has ended."""
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], patience)
        piece = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b""
        self.said += piece.decode(errors="replace")
        return bool(piece)

    @property
    def address(self) -> str:
        """Its address, without a slash at its end; waited for if it has not said it yet."""
        while not (found := LISTENING.search(self.said)):
            assert self.read(PATIENCE), f"no address: {self.said}"
        return found[1]

    def complaints(self) -> list[str]:
        """The lines that tell of an error, since this was asked before; all that it said, if there is one."""
        while self.read(0):
            pass
        new, self._told = self.said[self._told :], len(self.said)
        return [new] if COMPLAINT.search(new) else []


def surroundings(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Our environment without settings of Cablegram's, and with these."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CABLEGRAM_")}
    # gunicorn puts a socket of its own into the home of whoever starts it.
    return {**ours, "PYTHONUNBUFFERED": "1", "HOME": str(folder), **more}


@contextmanager
def running(
    command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server that listens, for as long as the context lasts; it has to end well when it is told to."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=surroundings(folder, more or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        server = Server(process)
        try:
            assert server.address
            yield server
            process.terminate()
            process.wait(timeout=PATIENCE)
            assert process.returncode == 0, server.said
            assert server.complaints() == []
        finally:
            process.kill()


def index(folder: Path, *pages: Path) -> Path:
    """The index that `cablegram index` has made in a folder of these pages; of the sample cables if none are given."""
    place = folder / "index"
    if pages:
        _indexed(folder, place, *pages)
    else:
        shutil.copytree(Path(_samples_index().name) / "index", place)
    return place


@cache
def _samples_index() -> tempfile.TemporaryDirectory[str]:
    """A folder with the index of the sample cables, made once in this process: there are many servers of it."""
    folder = tempfile.TemporaryDirectory()
    with samples_folder() as samples:
        _indexed(Path(folder.name), Path(folder.name) / "index", samples)
    return folder


def _indexed(folder: Path, place: Path, *pages: Path) -> None:
    # As a program, and with a process for each processor, it would take three times as long.
    done = ask(
        folder, surroundings(folder, {}), "index", *pages, "--index", place, "--workers", "1"
    )
    assert done.code == 0, done.err


def serve(place: Path) -> list[str]:
    """The command that serves an index at a free port."""
    return [COMMAND, "serve", "--index", str(place), "--port", "0"]


def gunicorn(root: Path) -> list[str]:
    """The command of `docs/serving.md` for gunicorn, at a free port. The index is named in the environment."""
    page = (root / "docs" / "serving.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^gunicorn .+$", page, re.MULTILINE)
    words = shlex.split(command.replace("127.0.0.1:8000", "127.0.0.1:0"))
    return [str(BIN / words[0]), *words[1:]]


@contextmanager
def serving_samples(folder: Path) -> Iterator[Server]:
    """`cablegram serve` over an index of the sample cables, made in `folder`."""
    with running(serve(index(folder)), folder) as server:
        yield server


@contextmanager
def serving_cable(folder: Path, cable: Cable) -> Iterator[Server]:
    """`cablegram serve` over an index of one cable, read from an export as `cablegram index` reads it."""
    exported = folder / "cables.jsonl"
    exported.write_text(f"{json.dumps(cable_to_json(cable), ensure_ascii=False)}\n", "utf-8")
    with running(serve(index(folder, exported)), folder) as server:
        yield server
