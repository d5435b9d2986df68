"""`cablegram index --watch`: what comes into a folder is indexed, and told, until the end."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest
from command_line import Run

from indexer.watching import QUIET

COMMAND = Path(sys.executable).with_name("cablegram")
# So long is waited for what must come; it comes within seconds where nothing else runs.
LONGEST = 90


class Watching:
    """A process that watches, and the lines that it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self._lines: Queue[str] = Queue()
        for stream in (process.stdout, process.stderr):
            threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: Iterator[str]) -> None:
        for line in stream:
            self._lines.put(line.rstrip("\n"))

    def wait_for(self, *parts: str) -> None:
        """Waits until lines were said, from now on, that have these texts, in any order."""
        missing = list(parts)
        end = time.monotonic() + LONGEST
        while missing:
            try:
                line = self._lines.get(timeout=max(0.1, end - time.monotonic()))
            except Empty:
                pytest.fail(f"{missing} was not said; it ended: {self.process.poll()}; {self.said}")
            self.said.append(line)
            missing = [part for part in missing if part not in line]

    def end(self, sign: signal.Signals) -> int:
        """Ends it, and gives how it ended."""
        self.process.send_signal(sign)
        return self.process.wait(LONGEST)


@contextmanager
def watching(at: Path, environment: dict[str, str], *arguments: str) -> Iterator[Watching]:
    with subprocess.Popen(
        [COMMAND, "index", "--watch", *arguments],
        cwd=at,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        try:
            yield Watching(process)
        finally:
            process.kill()


def test_what_comes_is_indexed_when_it_is_whole_and_told(
    tmp_path: Path, environment: dict[str, str], run: Run, harbour: str, orchard: str
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "harbour.txt").write_text(harbour, "utf-8")
    assert run("index", "pages", "--index", "pages/idx").code == 0
    added = ("alerts", "add", "Courts", "injunction", "--file", "hits.txt", "--index", "pages/idx")
    assert run(*added).code == 0
    # The index lies in the folder that is watched: what is written there is no reason for another run.
    with watching(tmp_path, environment, "pages", "--index", "pages/idx") as seen:
        seen.wait_for("Nothing changed", "Watching")
        half = len(orchard) // 2
        slow = pages / "orchard.txt"
        with slow.open("w", encoding="utf-8") as file:
            # Piece by piece, with shorter pauses between them than the one after which a run begins.
            for start in range(0, half, half // 3):
                file.write(orchard[start : start + half // 3])
                file.flush()
                time.sleep(QUIET / 4)
            file.write(orchard[start + half // 3 :])
        (pages / "unfinished.txt.part").write_text(harbour[:50], "utf-8")
        seen.wait_for("1 new hit in 1 cable, to hits.txt", "2 cables, 7 paragraphs", "Watching")
        assert "growers went to court" in (tmp_path / "hits.txt").read_text("utf-8")
        assert not any("read again" in line for line in seen.said)
        slow.unlink()
        seen.wait_for("1 gone", "Watching")
        assert seen.end(signal.SIGINT) == 0
    assert run("search", "wells", "--index", "pages/idx").code == 1
    # It ran three times: at the start and for each of two changes.
    assert sum("Watching" in line for line in seen.said) == 3


@pytest.mark.parametrize("sign", [signal.SIGTERM])
def test_a_run_that_fails_does_not_end_it(
    tmp_path: Path, environment: dict[str, str], harbour: str, orchard: str, sign: signal.Signals
) -> None:
    pages, index = tmp_path / "pages", tmp_path / "cablegram-index"
    pages.mkdir()
    (pages / "harbour.txt").write_text(harbour, "utf-8")
    index.write_text("in the way", "utf-8")
    with watching(tmp_path, environment, "pages") as seen:
        seen.wait_for("cablegram-index is a file; name a folder for the index with --index; trying")
        index.unlink()
        (pages / "orchard.txt").write_text(orchard, "utf-8")
        seen.wait_for("2 cables, 7 paragraphs", "Watching")
        assert seen.end(sign) == 0


@pytest.mark.parametrize("path", ["pages/harbour.txt", "none"])
def test_only_folders_are_watched(tmp_path: Path, run: Run, pages: Path, path: str) -> None:
    done = run("index", "--watch", path)
    assert done.code == 2
    assert f"--watch is for folders, and {path} is none; name the folder it is in" in done.err


def test_without_the_library_it_is_said(
    run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    done = run("index", "--watch", "pages")
    assert (done.code, "pip install 'cablegram[alerts]'" in done.err) == (2, True)
