"""The command line, asked in this process: what `cablegram` prints for some arguments, and how it ends.

A process of its own takes half a second before it does anything, most of which is loading what is loaded here already.
That the program says the same is held by `tests/cli/test_front_door.py`; signals, pipes, terminals, permissions and the
ways in which a process ends are seen there and wherever a test asks for the program.

Owns what surrounds a command here: its folder, its environment, its streams. Must not know what any command does.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import cablegram


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)


Run = Callable[..., Done]


def own_environment() -> dict[str, str]:
    """The environment of the commands: ours, without settings of Cablegram's."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CABLEGRAM_")}


def ask(folder: Path, environment: Mapping[str, str], *arguments: str | Path) -> Done:
    """What `cablegram` does with these arguments in a folder and an environment, standard input being empty."""
    with _streams() as (out, err), chdir(folder), patch.dict(os.environ, environment, clear=True):
        try:
            cablegram.main([str(each) for each in arguments], prog_name="cablegram")
        except SystemExit as end:
            code = end.code
        else:
            raise AssertionError("the command has not left the program")
    assert isinstance(code, int)
    done = Done(code, _printed(out), _printed(err))
    assert "Traceback" not in done.err, done.err
    return done


@contextmanager
def _streams() -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Standard output and error as a program's own are where both are read by another: no terminals."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    nothing = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with (
        patch.object(sys, "stdin", nothing),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        yield out, err


def _printed(stream: io.TextIOWrapper) -> str:
    """What was written, each end of a line as a line feed, as `subprocess` gives it."""
    stream.flush()
    stream.seek(0)
    return io.TextIOWrapper(stream.detach(), "utf-8", newline=None).read()
