"""A command as a process of its own, measured: seconds, processor seconds and the peak memory of all its processes.

Memory is what the machine has to keep for them: pages of files, which it can drop at any time, are left out, and what
processes share counts once. Linux says so for each process (`/proc/PID/smaps_rollup`); elsewhere the largest process's
resident size has to do.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
# How often memory is looked at, in seconds, and at least how many times as long as a look takes: a large process has
# many pages to be counted.
_INTERVAL = 0.2
_TIMES_THE_LOOK = 100
_KEPT = ("Pss_Anon:", "Pss_Shmem:")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took: wall-clock and processor seconds, megabytes; and what it printed."""

    seconds: float
    processor: float
    peak_mb: float
    output: str


def run(command: Sequence[str], root: Path, well: Collection[int] = (0,)) -> Measured:
    """Run a command in the folder `root`, which is on Python's path too.

    Raises RuntimeError with its last words if its exit code is none of `well`.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    peak = 0.0
    process = subprocess.Popen(  # noqa: S603 - commands of our own
        command,
        cwd=root,
        env=environment(root),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    pause = _INTERVAL
    while True:
        try:
            output, errors = process.communicate(timeout=pause)
            break
        except subprocess.TimeoutExpired:
            look = time.perf_counter()
            peak = max(peak, tree_megabytes(process.pid))
            pause = max(_INTERVAL, _TIMES_THE_LOOK * (time.perf_counter() - look))
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in well:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {errors[-2000:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, processor, peak or _largest_child(after), output)


def environment(root: Path) -> dict[str, str]:
    """What a process of ours needs around it."""
    return {**os.environ, "PYTHONPATH": str(root)}


class Answering:
    """A process that answers a line with a line, so that several can be asked in turns.

    It runs in the folder `root`, which is on Python's path too.
    """

    def __init__(self, root: Path, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - commands of our own
            command,
            cwd=root,
            env=environment(root),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("no pipes to the process that answers")
        self._asked, self._answers = self._process.stdin, self._process.stdout

    def ask(self, line: str) -> str:
        """The answer to a line, which has no end of line of its own."""
        self._asked.write(f"{line}\n")
        self._asked.flush()
        return self.next()

    def next(self) -> str:
        """The next line that it says by itself."""
        return self._answers.readline()

    def close(self) -> None:
        """Ends the process."""
        # One that has died leaves what it was asked behind.
        with suppress(BrokenPipeError):
            self._asked.close()
        self._process.wait()
        self._answers.close()


def tree_megabytes(pid: int) -> float:
    """The memory of a process and all below it; 0 where the system does not say."""
    return sum(_kilobytes(each) for each in _tree(pid)) / 1000


def _largest_child(usage: resource.struct_rusage) -> float:
    unit = 1_000_000 if sys.platform == "darwin" else 1000
    return usage.ru_maxrss / unit


def _tree(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            listed = [
                path.read_text(encoding="ascii") for path in _PROC.glob(f"{each}/task/*/children")
            ]
        except OSError:  # it ended meanwhile
            continue
        found += [int(child) for children in listed for child in children.split()]
    return found


def _kilobytes(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(_KEPT))
